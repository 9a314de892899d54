#pragma once

#include "xml_text.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace tocsin::ingest {

struct XmlAttribute {
    std::string_view name; ///< local
    std::string_view uri;  ///< of its namespace; empty if it has none
    std::string_view value;
};

/// What a document says, in its order. Names live as long as the parse. Offsets are into XmlText::text().
/// A handler that returns an error ends the parse with it.
class XmlHandler {
  public:
    using Stop = std::optional<base::Error>;

    virtual ~XmlHandler() = default;
    /// Whether attributes() is called, just before start() of each element that has any. Asked once for a document.
    [[nodiscard]] virtual bool wantsAttributes() const { return false; }
    /// The attributes of the element whose start() comes next; they live during the call.
    virtual Stop attributes(std::span<const XmlAttribute> /*attributes*/) { return {}; }
    /// `offset` is that of the tag's '<'; `foreignAttribute` is the first attribute that is no xsi: or xml: one, or
    /// empty.
    virtual Stop start(std::string_view prefix, std::string_view name, std::string_view uri,
                       std::string_view foreignAttribute, std::size_t offset) = 0;
    /// A piece of character data; entities and CDATA are already text. `offset` is where the piece begins.
    virtual Stop text(std::string_view piece, std::size_t offset) = 0;
    /// `offset` is after the element's end tag, or nearly.
    virtual Stop end(std::size_t offset) = 0;
};

/// Runs libxml2 over the text. It loads nothing, expands no entity but the five of XML, and is refused what xml_scan
/// refuses. The first fault of form ends the parse, with its place.
[[nodiscard]] base::Result<void> parseXml(const XmlText& text, XmlHandler& handler);

} // namespace tocsin::ingest
