#pragma once

#include "app/commands.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/ingest/file_ingest.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// What `tocsin check` and `tocsin ingest` share: which feed and format are meant, and what became of a file in words.
namespace tocsin::app {

/// For people; what the file itself says is escaped.
[[nodiscard]] std::string sentence(const ingest::FileResult& result);
/// "12 readings, 1 warnings".
[[nodiscard]] std::string kindWords(const std::map<std::string, std::size_t>& kinds);

/// The format that --format asks for. Outer absent: no such format, and the person has been told.
[[nodiscard]] std::optional<std::optional<ingest::Format>> wantedFormat(const std::string& text);
/// The feed that --feed names: how it means what it sends.
[[nodiscard]] base::Result<std::optional<ingest::FeedConfig>> feedOf(const FilesOptions& options, const std::vector<ingest::FeedConfig>& feeds);
/// As it is asked, else as the feed declares it.
[[nodiscard]] std::optional<ingest::Format> formatOf(std::optional<ingest::Format> asked, const std::optional<ingest::FeedConfig>& feed);

} // namespace tocsin::app
