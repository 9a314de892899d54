#include "decode_ea_item.hpp"

#include "decode_cut.hpp"
#include "decode_waterml_series.hpp"

namespace tocsin::ingest::ea {

using base::Code;
namespace json = simdjson::ondemand;

namespace {

constexpr std::size_t mostKeys = 200;
constexpr std::size_t mostText = 20'000;

std::string scalarIn(const JsonInput& input, std::string_view key, json::value value, const char* at) {
    switch (value.type()) {
    case json::json_type::string:
        return JsonField(input, key, value, at).string(mostText, true);
    case json::json_type::number:
    case json::json_type::boolean:
        return std::string(trimmed(value.raw_json_token()));
    default:
        return {};
    }
}

} // namespace

base::Result<Item> Item::read(JsonInput& part) {
    return part.walk<Item>([&](auto& document) {
        Item out;
        out.m_place = part.placeAt(0);
        json::object object;
        if (document.get_object().get(object) != simdjson::SUCCESS)
            part.fail(Code::malformed, "must be an object", nullptr);
        for (auto field : object) {
            const std::string key(std::string_view(field.unescaped_key()));
            json::value value = field.value();
            const char* const at = value.raw_json_token().data();
            if (out.m_cells.size() == mostKeys)
                part.fail(Code::tooLarge, "an object of more than " + std::to_string(mostKeys) + " keys", at);
            Cell cell;
            cell.place = part.place(at);
            const json::json_type type = value.type();
            if (type == json::json_type::object) {
                cell.raw = json::object(value.get_object()).raw_json();
            } else if (type == json::json_type::array) {
                cell.raw = json::array(value.get_array()).raw_json();
                const auto inner = trimmed(cell.raw.substr(1));
                const auto end = inner.find_first_of(",]");
                if (!inner.empty() && inner.front() != '{' && inner.front() != '[' && end != std::string_view::npos) {
                    auto first = trimmed(inner.substr(0, end));
                    if (first.starts_with('"') && first.ends_with('"') && first.size() >= 2 && first.find('\\') == std::string_view::npos)
                        first = first.substr(1, first.size() - 2);
                    cell.text = cutText(first, 400);
                    if (out.m_listed.empty() && !cell.text.empty())
                        out.m_listed = key;
                }
            } else {
                cell.text = scalarIn(part, key, value, at);
            }
            out.m_cells.insert_or_assign(key, std::move(cell));
        }
        return out;
    });
}

std::string_view Item::text(std::string_view key) const {
    const auto found = m_cells.find(key);
    return found == m_cells.end() ? std::string_view() : trimmed(found->second.text);
}

std::optional<double> Item::number(std::string_view key) const {
    return water::numberIn(text(key));
}

std::string_view Item::raw(std::string_view key) const {
    const auto found = m_cells.find(key);
    return found == m_cells.end() ? std::string_view() : found->second.raw;
}

base::Place Item::place(std::string_view key) const {
    const auto found = m_cells.find(key);
    return found == m_cells.end() ? m_place : found->second.place;
}

} // namespace tocsin::ingest::ea
