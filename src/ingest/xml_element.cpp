#include "xml_element.hpp"

#include "decode_place.hpp"

namespace tocsin::ingest {

const XmlElement* XmlElement::child(std::string_view childName) const {
    for (const auto& one : children)
        if (one.name == childName)
            return &one;
    return nullptr;
}

const XmlElement* XmlElement::at(std::string_view path) const {
    const XmlElement* here = this;
    while (here != nullptr && !path.empty()) {
        const auto slash = path.find('/');
        here = here->child(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return here;
}

std::string_view XmlElement::textAt(std::string_view path) const {
    const XmlElement* found = at(path);
    return found == nullptr ? std::string_view() : trimmed(found->text);
}

std::string_view XmlElement::attribute(std::string_view attributeName) const {
    for (const auto& [key, value] : attributes)
        if (key == attributeName)
            return trimmed(value);
    return {};
}

XmlHandler::Stop XmlWalk::attributes(std::span<const XmlAttribute> attributes) {
    m_attributes.clear();
    for (const auto& one : attributes)
        m_attributes.emplace_back(one.name, one.value);
    return {};
}

XmlHandler::Stop XmlWalk::start(std::string_view /*prefix*/, std::string_view name, std::string_view uri,
                                std::string_view /*foreignAttribute*/, std::size_t offset) {
    XmlElement element;
    element.name = name;
    element.uri = uri;
    element.offset = static_cast<std::uint32_t>(offset);
    element.attributes.swap(m_attributes);
    m_open.push_back(std::move(element));
    return {};
}

XmlHandler::Stop XmlWalk::text(std::string_view piece, std::size_t /*offset*/) {
    if (!m_open.empty())
        m_open.back().text.append(piece);
    return {};
}

XmlHandler::Stop XmlWalk::end(std::size_t offset) {
    XmlElement done = std::move(m_open.back());
    done.end = static_cast<std::uint32_t>(offset);
    m_open.pop_back();
    auto keep = m_closed(m_open, done);
    if (!keep)
        return std::move(keep.error());
    if (*keep && !m_open.empty())
        m_open.back().children.push_back(std::move(done));
    return {};
}

} // namespace tocsin::ingest
