#include "tocsin/base/toml.hpp"

#include <cmath>
#include <cstdlib>

namespace tocsin::base {
namespace {

/// How many characters from `first` to before `end` toml++ takes for white space. A compiler refuses to evaluate what
/// is undefined, so this does not compile where the parser could go astray (see toml.hpp); its table ends at U+FEFF.
consteval int whiteSpace(char32_t first, char32_t end) {
    int count = 0;
    for (char32_t c = first; c < end; ++c)
        count += toml::impl::is_whitespace(c) ? 1 : 0;
    return count;
}
static_assert(whiteSpace(0x80, 0x4000) == 22); // in parts, since compilers bound their steps
static_assert(whiteSpace(0x4000, 0x8000) == 0);
static_assert(whiteSpace(0x8000, 0xC000) == 0);
static_assert(whiteSpace(0xC000, 0x10400) == 1);

constexpr double longestSeconds = 10 * 366 * 86400.0;

Place placeOfSource(const toml::source_region& source) {
    if (!source.begin)
        return {};
    return {.line = source.begin.line, .column = source.begin.column, .byte = {}};
}

std::optional<Duration> fromSeconds(double seconds) {
    if (!std::isfinite(seconds) || std::abs(seconds) > longestSeconds)
        return std::nullopt;
    return Duration(std::llround(seconds * 1e6));
}

std::string quoted(std::string_view word) {
    std::string out("'");
    out.append(word).append("'");
    return out;
}

} // namespace

Result<toml::table> parseToml(std::string_view text) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& e) {
        return fail(Code::malformed, std::string(e.description()), placeOfSource(e.source()));
    }
}

std::optional<Duration> parseDuration(std::string_view text) {
    // strtod would also take hex, "inf" and blanks: a plain number is all that is meant here.
    const std::size_t unitAt = text.find_first_not_of("+-.0123456789");
    if (unitAt == 0 || unitAt == std::string_view::npos || unitAt > 20)
        return std::nullopt;
    const std::string digits(text.substr(0, unitAt));
    char* end = nullptr;
    const double number = std::strtod(digits.c_str(), &end);
    if (end != digits.c_str() + digits.size())
        return std::nullopt;
    const std::string_view unit = text.substr(unitAt);
    if (unit == "ms")
        return fromSeconds(number / 1000);
    if (unit == "s")
        return fromSeconds(number);
    if (unit == "min")
        return fromSeconds(number * 60);
    if (unit == "h")
        return fromSeconds(number * 3600);
    if (unit == "d")
        return fromSeconds(number * 86400);
    return std::nullopt;
}

TomlReader::TomlReader(const toml::table& table, std::string what) : m_table(table), m_what(std::move(what)) {}

Place TomlReader::placeOf(const toml::node& node) {
    return placeOfSource(node.source());
}

void TomlReader::refuse(const toml::node& where, std::string message) {
    if (!m_fault)
        m_fault = Error{Code::malformed, m_what + ": " + std::move(message), placeOf(where)};
}

void TomlReader::refuse(std::string_view key, std::string message) {
    const toml::node* found = m_table.get(key);
    refuse(found != nullptr ? *found : static_cast<const toml::node&>(m_table), std::move(message));
}

void TomlReader::take(const Error& error) {
    if (!m_fault)
        m_fault = error;
}

const toml::node* TomlReader::node(std::string_view key) {
    m_asked.emplace(key);
    return m_fault ? nullptr : m_table.get(key);
}

std::optional<std::string> TomlReader::text(std::string_view key) {
    const toml::node* found = node(key);
    if (found == nullptr)
        return std::nullopt;
    if (const auto* value = found->as_string())
        return value->get();
    refuse(*found, quoted(key).append(" must be a text in quotes"));
    return std::nullopt;
}

std::optional<double> TomlReader::number(std::string_view key) {
    const toml::node* found = node(key);
    if (found == nullptr)
        return std::nullopt;
    const std::optional<double> value = found->is_number() ? found->value<double>() : std::nullopt;
    if (value && std::isfinite(*value))
        return value;
    refuse(*found, quoted(key).append(" must be a finite number"));
    return std::nullopt;
}

std::optional<bool> TomlReader::flag(std::string_view key) {
    const toml::node* found = node(key);
    if (found == nullptr)
        return std::nullopt;
    if (const auto* value = found->as_boolean())
        return value->get();
    refuse(*found, quoted(key).append(" must be true or false"));
    return std::nullopt;
}

std::optional<Duration> TomlReader::durationOf(const toml::node& node) {
    if (const auto* text = node.as_string())
        return parseDuration(text->get());
    const std::optional<double> seconds = node.is_number() ? node.value<double>() : std::nullopt;
    return seconds ? fromSeconds(*seconds) : std::nullopt;
}

std::optional<Duration> TomlReader::duration(std::string_view key) {
    const toml::node* found = node(key);
    if (found == nullptr)
        return std::nullopt;
    const std::optional<Duration> value = durationOf(*found);
    if (!value)
        refuse(*found,
               quoted(key).append(" must be a time such as \"90s\", \"5min\" or \"1h\", or a number of seconds"));
    return value;
}

std::optional<LocalText> TomlReader::localText(std::string_view key) {
    const toml::node* found = node(key);
    if (found == nullptr)
        return std::nullopt;
    LocalText result;
    if (const auto* plain = found->as_string()) {
        result.text = plain->get();
        return result;
    }
    const toml::table* table = found->as_table();
    if (table == nullptr) {
        refuse(*found, quoted(key).append(" must be a text or { text = \"…\", zh_CN = \"…\" }"));
        return std::nullopt;
    }
    for (const auto& [language, value] : *table) {
        const auto* translation = value.as_string();
        if (translation == nullptr) {
            refuse(value, quoted(key).append(" in ").append(language.str()).append(" must be a text in quotes"));
            return std::nullopt;
        }
        (language.str() == "text" ? result.text : result.translations[std::string(language.str())]) =
            translation->get();
    }
    if (!table->contains("text")) {
        refuse(*found, quoted(key).append(" has no 'text'"));
        return std::nullopt;
    }
    return result;
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key) {
    std::vector<const toml::table*> result;
    const toml::node* found = node(key);
    if (found == nullptr)
        return result;
    const toml::array* list = found->as_array();
    if (list == nullptr) {
        refuse(*found, quoted(key).append(" must be written as [[").append(key).append("]]"));
        return result;
    }
    for (const toml::node& item : *list) {
        if (!item.is_table()) {
            refuse(item, quoted(key).append(" must be written as [[").append(key).append("]]"));
            return {};
        }
        result.push_back(item.as_table());
    }
    return result;
}

std::vector<const toml::value<std::string>*> TomlReader::texts(std::string_view key) {
    std::vector<const toml::value<std::string>*> result;
    const toml::node* found = node(key);
    if (found == nullptr)
        return result;
    const auto wrong = [&](const toml::node& where) { refuse(where, quoted(key) + " must be a list of texts: [\"…\", \"…\"]"); };
    const toml::array* list = found->as_array();
    if (list == nullptr) {
        wrong(*found);
        return result;
    }
    for (const toml::node& item : *list) {
        if (!item.is_string()) {
            wrong(item);
            return {};
        }
        result.push_back(item.as_string());
    }
    return result;
}

std::string TomlReader::needText(std::string_view key) {
    auto value = text(key);
    if (!value)
        refuse(key, quoted(key).append(" is missing"));
    else if (value->empty())
        refuse(key, quoted(key).append(" is empty"));
    return value.value_or("");
}

double TomlReader::needNumber(std::string_view key) {
    const auto value = number(key);
    if (!value)
        refuse(key, quoted(key).append(" is missing"));
    return value.value_or(0);
}

LocalText TomlReader::needLocalText(std::string_view key) {
    auto value = localText(key);
    if (!value)
        refuse(key, quoted(key).append(" is missing"));
    else if (value->empty())
        refuse(key, quoted(key).append(" is empty"));
    return value.value_or(LocalText{});
}

Result<void> TomlReader::done() {
    for (const auto& [key, value] : m_table) {
        if (!m_asked.contains(key.str()))
            refuse(value, quoted(key.str()).append(" is not known here"));
    }
    if (m_fault)
        return tl::unexpected(*m_fault);
    return {};
}

} // namespace tocsin::base
