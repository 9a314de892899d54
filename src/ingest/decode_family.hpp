#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <array>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// The keys at the beginning of JSON text, by their depth.
struct JsonKeysSeen {
    std::array<std::set<std::string, std::less<>>, 4> at; ///< [0] in the outermost object or, for an array, [1]
    std::vector<std::string> first;                       ///< those of the outermost object, in order

    [[nodiscard]] bool has(std::size_t depth, std::string_view key) const { return at[depth].contains(key); }
    [[nodiscard]] bool anywhere(std::string_view key) const;
};

/// What a recogniser is shown: the beginning of the bytes, looked at once for all of them.
struct Glimpse {
    std::string_view bytes;   ///< as they came, all of them
    std::string_view text;    ///< the first 64 KiB as UTF-8, without a byte order mark and white space before; may be cut
    enum class Kind : unsigned char { binary, text, xml, json } kind{Kind::text};
    std::string_view root;    ///< xml: the root element's local name
    std::string_view rootTag; ///< xml: the whole start tag, with its namespaces
    bool isArray{false};      ///< json: the outermost is an array
    JsonKeysSeen keys;        ///< json
};

/// One format: how it is known and how it is read. Both are pure and never throw but for want of memory.
struct Decoder {
    Format format;
    bool (*recognises)(const Glimpse& glimpse);
    base::Result<Decoded> (*decode)(std::string_view bytes, const Source& source);
    std::size_t mostBytes{maxMessageBytes};
};

// Asked in this order, and within one family in its own: the more particular before the more general.
[[nodiscard]] std::span<const Decoder> sensorDecoders();
[[nodiscard]] std::span<const Decoder> waterDecoders();
[[nodiscard]] std::span<const Decoder> quakeDecoders();
[[nodiscard]] std::span<const Decoder> warningDecoders();
[[nodiscard]] std::span<const Decoder> citizenDecoders();
[[nodiscard]] std::span<const Decoder> unitDecoders();

} // namespace tocsin::ingest
