#pragma once

#include "xml_sax.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest::cap {

enum class Space : std::uint8_t { none, cap10, cap11, cap12, signature, other };
[[nodiscard]] Space spaceOf(std::string_view uri);
[[nodiscard]] inline bool isCap(Space space) {
    return space == Space::cap10 || space == Space::cap11 || space == Space::cap12;
}

/// An element inside <alert>, with the places of its parts.
struct Node {
    /// Where a part of the text stood in the document: entities and CDATA shift what follows.
    struct Piece {
        std::uint32_t inText;
        std::uint32_t inDocument;
    };

    std::string_view name;
    std::string_view uri;
    std::string_view foreignAttribute;
    std::string text; ///< its own text and that of unknown elements in it
    std::vector<Piece> pieces;
    std::vector<Node> children;
    std::uint32_t offset{0};
    std::uint32_t end{0};
    Space space{Space::none};
    bool isSigned{false}; ///< of the alert: a signature stands somewhere in it

    /// The document's offset of a byte of `text`.
    [[nodiscard]] std::size_t offsetOf(std::size_t inText) const;
};

/// Reads a document and hands over each <alert> as a tree: the root itself, or those of a CAP namespace in any
/// container. Only one tree is held at a time.
class AlertFinder final : public XmlHandler {
  public:
    using Take = std::function<Stop(Node&)>;
    explicit AlertFinder(Take take) : m_take(std::move(take)) {}

    Stop start(std::string_view prefix, std::string_view name, std::string_view uri, std::string_view foreignAttribute,
               std::size_t offset) override;
    Stop text(std::string_view piece, std::size_t offset) override;
    Stop end(std::size_t offset) override;

    [[nodiscard]] const std::string& rootName() const { return m_rootName; }
    [[nodiscard]] std::size_t rootOffset() const { return m_rootOffset; }
    [[nodiscard]] bool rootIsAlert() const { return m_rootIsAlert; }
    [[nodiscard]] std::size_t entries() const { return m_entries; } ///< <entry> and <item> seen in a feed

  private:
    Take m_take;
    std::vector<Node> m_open; ///< the alert and what is open in it; empty outside
    int m_outside{0};         ///< open elements outside of an alert
    std::string m_rootName;
    std::size_t m_rootOffset{0};
    std::size_t m_entries{0};
    bool m_rootIsAlert{false};
};

} // namespace tocsin::ingest::cap
