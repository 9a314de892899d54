#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tocsin::ingest::cap {

enum class Version : std::uint8_t { v10, v11, v12 };
[[nodiscard]] std::string_view toString(Version version); // "1.0", "1.1", "1.2"

/// What an element may hold, as the XML schemas of the three CAP versions say.
enum class Kind : std::uint8_t { text, time, language, integer, decimal, words, pair, info, resource, area };

struct Rule {
    std::string_view name;
    Kind kind{Kind::text};
    int least{0};                              ///< how often it must be there
    bool many{false};                          ///< may be there more than once
    std::span<const std::string_view> words{}; ///< Kind::words: the words allowed
};

/// The children of <alert>, <info>, <resource> and <area> in the order in which they must stand.
struct Schema {
    Version version;
    std::span<const Rule> alert;
    std::span<const Rule> info;
    std::span<const Rule> resource;
    std::span<const Rule> area;
};

[[nodiscard]] const Schema& schemaOf(Version version);

/// True for an xs:dateTime as this version wants it: 1.2 wants seconds, no fraction and a numeric offset.
[[nodiscard]] bool isScheduledTime(std::string_view text, Version version);
/// True for xs:language, xs:integer, xs:decimal.
[[nodiscard]] bool isLanguageTag(std::string_view text);
[[nodiscard]] bool isInteger(std::string_view text);
[[nodiscard]] bool isDecimal(std::string_view text);

} // namespace tocsin::ingest::cap
