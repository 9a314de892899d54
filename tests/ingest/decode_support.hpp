#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest::test {

std::string readFile(const std::filesystem::path& path);

/// The folder of real messages, where there is one.
std::optional<std::filesystem::path> corpora();

std::string ownFile(std::string_view name);

/// Every failure must say where: a line, or a byte that is within the input or at its end.
void expectPlace(const base::Error& error, std::size_t size);

/// Decodes what may be anything; whatever comes out must be whole and placed.
void expectWhole(std::string_view bytes, std::optional<Format> format = std::nullopt);

struct Cap {
    std::string version = "urn:oasis:names:tc:emergency:cap:1.2";
    std::string identifier = "<identifier>TOC-1</identifier>";
    std::string sender = "<sender>weather@example.org</sender>";
    std::string sent = "<sent>2026-11-20T08:00:00+01:00</sent>";
    std::string kind = "<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>";
    std::string rest = "";

    [[nodiscard]] std::string text() const;
};

std::string infoWith(const std::string& tail, const std::string& head = "");
std::string areaWith(const std::string& shapes);
Decoded decoded(std::string_view bytes, std::optional<Format> format = std::nullopt);
base::Error refused(std::string_view bytes, std::optional<Format> format = std::nullopt);
model::Warning warningOf(std::string_view bytes);

} // namespace tocsin::ingest::test
