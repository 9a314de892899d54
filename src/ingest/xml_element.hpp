#pragma once

#include "xml_sax.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::ingest {

/// An element with what stands in it. Names live as long as the parse; offsets are into XmlText::text().
struct XmlElement {
    std::string_view name; ///< local
    std::string_view uri;
    std::string text; ///< its own, its children's not
    std::vector<std::pair<std::string_view, std::string>> attributes; ///< by local name
    std::vector<XmlElement> children;
    std::uint32_t offset{0}; ///< of its '<'
    std::uint32_t end{0};    ///< after its end tag

    /// The first child of that name; null if there is none.
    [[nodiscard]] const XmlElement* child(std::string_view childName) const;
    /// The first descendant along the path "origin/time/value" of local names; null if there is none.
    [[nodiscard]] const XmlElement* at(std::string_view path) const;
    /// The trimmed text of at(path); empty if there is none.
    [[nodiscard]] std::string_view textAt(std::string_view path) const;
    /// The value of an attribute, trimmed; empty if there is none.
    [[nodiscard]] std::string_view attribute(std::string_view attributeName) const;
};

/// Builds elements and offers each as it closes: what a decoder has taken need not be kept until the document ends.
class XmlWalk final : public XmlHandler {
  public:
    /// `above` are the elements in which it stands, outermost first; they have what closed before in them. What is to
    /// be kept in its parent is answered with true. The error ends the parse.
    using Closed = std::function<base::Result<bool>(std::span<const XmlElement> above, XmlElement& element)>;
    explicit XmlWalk(Closed closed) : m_closed(std::move(closed)) {}

    [[nodiscard]] bool wantsAttributes() const override { return true; }
    Stop attributes(std::span<const XmlAttribute> attributes) override;
    Stop start(std::string_view prefix, std::string_view name, std::string_view uri, std::string_view foreignAttribute,
               std::size_t offset) override;
    Stop text(std::string_view piece, std::size_t offset) override;
    Stop end(std::size_t offset) override;

  private:
    Closed m_closed;
    std::vector<XmlElement> m_open;
    std::vector<std::pair<std::string_view, std::string>> m_attributes; ///< of the element that starts next
};

} // namespace tocsin::ingest
