#pragma once

#include "ingest/decode_support.hpp"

#include <cstdint>
#include <vector>

namespace tocsin::ingest::test {

template <typename T>
std::vector<T> allOf(const Decoded& out) {
    std::vector<T> found;
    for (const auto& message : out.messages)
        if (const auto* one = std::get_if<T>(&message))
            found.push_back(*one);
    return found;
}

std::vector<model::Reading> readingsOf(const Decoded& out);
std::vector<model::Sensor> sensorsOf(const Decoded& out);

/// "usgs-01491000-00060 2019-02-14T05:00:00.000000Z 974 ft3/s"
std::string said(const model::Reading& reading);

Decoded decodedIn(std::string_view bytes, const Source& source, Format format);

/// Decodes a corpus file that is of that format by its content; skips what is not there.
std::optional<Decoded> corpusFile(const std::string& name, Format format);

/// A broken input, what is said of it and where.
struct Broken {
    std::string text;
    std::string says;
    std::uint64_t line{1};
};

/// As a whole or, where a sensor beside it was understood, in the part that is bad.
void expectRefused(const std::vector<Broken>& cases, Format format);

/// Every file of a corpus folder with that beginning is taken, or refused with a place.
void expectWholeFolder(const std::string& folder, const std::string& prefix);

} // namespace tocsin::ingest::test
