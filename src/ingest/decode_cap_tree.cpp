#include "decode_cap_tree.hpp"

namespace tocsin::ingest::cap {

Space spaceOf(std::string_view uri) {
    if (uri.empty())
        return Space::none;
    if (uri == "urn:oasis:names:tc:emergency:cap:1.2")
        return Space::cap12;
    if (uri == "urn:oasis:names:tc:emergency:cap:1.1")
        return Space::cap11;
    if (uri == "http://www.incident.com/cap/1.0" || uri == "urn:oasis:names:tc:emergency:cap:1.0")
        return Space::cap10;
    if (uri == "http://www.w3.org/2000/09/xmldsig#")
        return Space::signature;
    return Space::other;
}

std::size_t Node::offsetOf(std::size_t inText) const {
    std::size_t best = offset;
    for (const Piece& piece : pieces) {
        if (piece.inText > inText)
            break;
        best = piece.inDocument + (inText - piece.inText);
    }
    return best;
}

XmlHandler::Stop AlertFinder::start(std::string_view prefix, std::string_view name, std::string_view uri,
                                    std::string_view foreignAttribute, std::size_t offset) {
    const Space space = spaceOf(uri);
    if (m_rootName.empty()) {
        m_rootName = prefix.empty() ? std::string(name) : std::string(prefix) + ":" + std::string(name);
        m_rootOffset = offset;
        m_rootIsAlert = name == "alert";
    }
    if (m_open.empty() && !(name == "alert" && (isCap(space) || (m_outside == 0 && m_rootIsAlert)))) {
        ++m_outside;
        if (name == "entry" || name == "item")
            ++m_entries;
        return {};
    }
    Node node;
    node.name = name;
    node.uri = uri;
    node.foreignAttribute = foreignAttribute;
    node.offset = static_cast<std::uint32_t>(offset);
    node.space = space;
    m_open.push_back(std::move(node));
    return {};
}

XmlHandler::Stop AlertFinder::text(std::string_view piece, std::size_t offset) {
    if (m_open.empty())
        return {};
    Node& node = m_open.back();
    // Pieces that follow on in the document need no entry of their own.
    if (node.pieces.empty() || node.pieces.back().inDocument + (node.text.size() - node.pieces.back().inText) != offset)
        node.pieces.push_back({static_cast<std::uint32_t>(node.text.size()), static_cast<std::uint32_t>(offset)});
    node.text.append(piece);
    return {};
}

XmlHandler::Stop AlertFinder::end(std::size_t offset) {
    if (m_open.empty()) {
        --m_outside;
        return {};
    }
    Node done = std::move(m_open.back());
    m_open.pop_back();
    done.end = static_cast<std::uint32_t>(offset);
    if (m_open.empty())
        return m_take(done);
    Node& parent = m_open.back();
    // A signature is noticed, not kept: nothing here reads it.
    if (done.space == Space::signature) {
        m_open.front().isSigned = m_open.front().isSigned || done.name == "Signature";
        done.text.clear();
        done.pieces.clear();
        done.children.clear();
    }
    parent.children.push_back(std::move(done));
    return {};
}

} // namespace tocsin::ingest::cap
