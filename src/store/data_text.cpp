#include "store/data_text.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tocsin::store {

namespace {

using nlohmann::json;

constexpr std::size_t usualSize = 900; ///< bytes: most entries hold one report, alarm or reading's worth

/// How a byte stands in a JSON text: itself, or after a backslash, or (u) by its number.
constexpr std::array<char, 256> escapes = [] {
    std::array<char, 256> out{};
    for (std::size_t c = 0; c < 0x20; ++c)
        out.at(c) = 'u';
    out['\b'] = 'b';
    out['\t'] = 't';
    out['\n'] = 'n';
    out['\f'] = 'f';
    out['\r'] = 'r';
    out['"'] = '"';
    out['\\'] = '\\';
    return out;
}();

void appendText(std::string& out, const std::string& text) {
    static constexpr std::string_view hex = "0123456789abcdef";
    if (!base::isUtf8(text)) {
        out += json(text).dump(); // throws, and says where
        return;
    }
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const char escape = escapes[byte];
        if (escape == 0)
            continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        out += '\\';
        out += escape;
        if (escape == 'u') {
            out += "00";
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        }
    }
    out.append(text, plain);
    out += '"';
}

template <typename Number>
void appendWhole(std::string& out, Number number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

} // namespace

void appendJson(std::string& out, const json& value) {
    switch (value.type()) {
    case json::value_t::object: {
        char before = '{';
        for (auto each = value.begin(); each != value.end(); ++each) {
            out += before;
            before = ',';
            appendText(out, each.key());
            out += ':';
            appendJson(out, each.value());
        }
        out += value.empty() ? "{}" : "}";
        break;
    }
    case json::value_t::array: {
        char before = '[';
        for (const auto& each : value) {
            out += before;
            before = ',';
            appendJson(out, each);
        }
        out += value.empty() ? "[]" : "]";
        break;
    }
    case json::value_t::string:
        appendText(out, value.get_ref<const std::string&>());
        break;
    case json::value_t::boolean:
        out += value.get<bool>() ? "true" : "false";
        break;
    case json::value_t::number_integer:
        appendWhole(out, value.get<std::int64_t>());
        break;
    case json::value_t::number_unsigned:
        appendWhole(out, value.get<std::uint64_t>());
        break;
    case json::value_t::null:
        out += "null";
        break;
    default: // a number with a fraction has its spelling there; the rest has none, and throws or says so
        out += value.dump();
        break;
    }
}

DataText::DataText(const json& data) {
    m_text.reserve(usualSize);
    if (!data.is_object()) {
        appendJson(m_text, data);
        return;
    }
    const auto part = [this](const std::string& key, const json& value) {
        const auto begin = m_text.size();
        appendJson(m_text, value);
        m_parts.push_back({key, begin, m_text.size() - begin});
    };
    char before = '{';
    for (auto each = data.begin(); each != data.end(); ++each) {
        m_text += before;
        before = ',';
        appendText(m_text, each.key());
        m_text += ':';
        const auto& value = each.value();
        if (!value.is_array() || value.empty()) {
            part(each.key(), value);
            continue;
        }
        char beforeElement = '[';
        for (const auto& element : value) {
            m_text += beforeElement;
            beforeElement = ',';
            part(each.key(), element);
        }
        m_text += ']';
    }
    m_text += data.empty() ? "{}" : "}";
}

std::string_view DataText::member(std::string_view key, std::size_t n) const {
    // One entry may hold 100,000 sensors: no walk over them for each.
    const auto first = std::lower_bound(m_parts.begin(), m_parts.end(), key,
                                        [](const Part& part, std::string_view wanted) { return part.key < wanted; });
    if (n >= static_cast<std::size_t>(m_parts.end() - first))
        return {};
    const auto& part = first[static_cast<std::ptrdiff_t>(n)];
    return part.key == key ? std::string_view(m_text).substr(part.begin, part.size) : std::string_view();
}

} // namespace tocsin::store
