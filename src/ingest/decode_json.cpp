#include "decode_json.hpp"

#include "tocsin/base/text.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace tocsin::ingest {

namespace {

using base::Code;

std::string shown(double value) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%g", value);
    return out.data();
}

} // namespace

base::Result<std::unique_ptr<JsonInput>> JsonInput::read(std::string_view bytes) {
    auto out = std::unique_ptr<JsonInput>(new JsonInput());
    const std::size_t mark = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    out->m_text = bytes.substr(mark);
    out->m_lines = std::make_shared<const TextLines>(out->m_text, mark);
    std::size_t bad = 0;
    if (!base::isUtf8(out->m_text, &bad))
        return base::fail(Code::malformed, "a byte that is not UTF-8", out->placeAt(bad));
    if (const auto objection = checkJson(out->m_text))
        return base::fail(objection->tooDeep ? Code::tooLarge : Code::malformed, objection->message,
                          out->placeAt(objection->offset));
    out->m_padded = simdjson::padded_string(out->m_text);
    return out;
}

base::Place JsonInput::place(const char* inDocument) const {
    return placeAt(inDocument == nullptr ? 0 : static_cast<std::size_t>(inDocument - m_padded.data()));
}

std::unique_ptr<JsonInput> JsonInput::part(std::string_view element) const {
    auto out = std::unique_ptr<JsonInput>(new JsonInput());
    out->m_base = m_base + static_cast<std::size_t>(element.data() - m_padded.data());
    out->m_text = element;
    out->m_lines = m_lines;
    out->m_padded = simdjson::padded_string(element);
    return out;
}

std::vector<std::string_view> JsonInput::elements(simdjson::ondemand::array array, std::size_t most) const {
    std::vector<std::string_view> out;
    for (auto element : array) {
        simdjson::ondemand::value value = element.value();
        const std::string_view token = value.raw_json_token();
        if (out.size() == most)
            fail(Code::tooLarge, "more than " + std::to_string(most) + " elements in an array", token.data());
        simdjson::ondemand::object object;
        out.push_back(value.get_object().get(object) == simdjson::SUCCESS ? object.raw_json().value() : token);
    }
    return out;
}

void JsonInput::fail(Code code, std::string message, const char* where) const {
    throw JsonFault{base::Error{code, std::move(message), place(where)}};
}

void JsonField::fail(Code code, std::string_view what) const {
    m_input->fail(code, quoted(m_name) + " " + std::string(what), m_at);
}

bool JsonField::isNull() {
    return m_at != nullptr && *m_at == 'n';
}

double JsonField::number(double least, double most) {
    double value = 0;
    if (m_value.get_double().get(value) != simdjson::SUCCESS || !std::isfinite(value))
        fail(Code::malformed,
             *m_at == '-' || (*m_at >= '0' && *m_at <= '9') ? "is beyond the range of numbers" : "must be a number");
    if (value < least || value > most)
        fail(Code::outOfRange, "is " + shown(value) + ", outside " + shown(least) + " to " + shown(most));
    return value;
}

std::int64_t JsonField::integer(std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    if (m_value.get_int64().get(value) != simdjson::SUCCESS) {
        // 1.6e12 is a whole number too; what is beyond 2^53 is not told apart any more.
        double real = 0;
        if (m_value.get_double().get(real) != simdjson::SUCCESS || real != std::floor(real) || std::fabs(real) > 9e15)
            fail(Code::malformed, "must be a whole number");
        value = static_cast<std::int64_t>(real);
    }
    if (value < least || value > most)
        fail(Code::outOfRange,
             "is " + std::to_string(value) + ", outside " + std::to_string(least) + " to " + std::to_string(most));
    return value;
}

std::string JsonField::string(std::size_t most, bool allowLines) {
    std::string_view text;
    if (m_value.get_string().get(text) != simdjson::SUCCESS)
        fail(Code::malformed, "must be a text");
    if (findControl(text, allowLines) != std::string_view::npos)
        fail(Code::malformed, "holds a control character");
    text = trimmed(text);
    if (characters(text) > most)
        fail(Code::tooLarge, "is longer than " + std::to_string(most) + " characters");
    return std::string(text);
}

simdjson::ondemand::object JsonField::object() {
    simdjson::ondemand::object out;
    if (m_value.get_object().get(out) != simdjson::SUCCESS)
        fail(Code::malformed, "must be an object");
    return out;
}

simdjson::ondemand::array JsonField::array() {
    simdjson::ondemand::array out;
    if (m_value.get_array().get(out) != simdjson::SUCCESS)
        fail(Code::malformed, "must be an array");
    return out;
}

base::Time JsonField::time() {
    if (*m_at != '"') {
        constexpr std::int64_t year1900 = -2'208'988'800'000;
        constexpr std::int64_t year2200 = 7'258'118'400'000;
        return base::fromUnixMillis(integer(year1900, year2200));
    }
    const auto parsed = base::parseTime(string(40));
    if (!parsed)
        fail(parsed.error().code, "is not a time: " + parsed.error().message);
    return *parsed;
}

void eachField(const JsonInput& input, simdjson::ondemand::object object, std::span<const std::string_view> known,
               const std::function<void(std::size_t index, JsonField& field)>& use,
               const std::function<void(std::string_view key, const char* at)>& unknown) {
    std::uint64_t seen = 0;
    for (auto&& fieldResult : object) {
        simdjson::ondemand::field field;
        if (const auto error = std::move(fieldResult).get(field); error != simdjson::SUCCESS)
            throw simdjson::simdjson_error(error);
        const char* const keyAt = field.key().raw() - 1;
        const std::string_view key = field.unescaped_key();
        simdjson::ondemand::value value = field.value();
        std::size_t index = 0;
        while (index < known.size() && known[index] != key)
            ++index;
        if (index == known.size()) {
            if (unknown)
                unknown(key, keyAt);
            continue;
        }
        if ((seen & (1ULL << index)) != 0)
            input.fail(Code::malformed, quoted(key) + " stands twice", keyAt);
        seen |= 1ULL << index;
        JsonField out(input, known[index], value, value.raw_json_token().data());
        use(index, out);
    }
}

} // namespace tocsin::ingest
