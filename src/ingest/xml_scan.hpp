#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// What is too much in an XML document, told before a parser sees it. libxml2 alone would need quadratic time for a tag
/// with a million attributes.
struct XmlLimits {
    int depth{48};
    int attributes{48}; ///< of one element
    std::size_t elements{500'000};
    std::size_t nameBytes{1'000};
};

struct XmlObjection {
    std::size_t offset{0};
    std::string message;
    bool tooMuch{false}; ///< a limit, not a fault of form
};

/// One pass over the text without building anything. Finds document type declarations (never allowed) and what goes
/// over the limits. Says nothing about well-formedness: that is the parser's part.
[[nodiscard]] std::optional<XmlObjection> scanXml(std::string_view text, const XmlLimits& limits = {});

/// The name of the root element with its prefix, looked for in the beginning of a document; empty if there is none.
[[nodiscard]] std::string_view rootName(std::string_view text, std::size_t* at = nullptr);

} // namespace tocsin::ingest
