#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// toml++ 3.3 asserts on some malformed keys ("[desk" and the line's end) that it refuses in its next step: a file that
// anybody edits must not end the program in any build. So toml++ is included here and nowhere else.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

namespace tocsin::base {

/// A TOML text; a fault is Code::malformed and names its line and column.
[[nodiscard]] Result<toml::table> parseToml(std::string_view text);

/// "90s", "5min", "1.5h", "250ms", "2d", with a sign before it if need be. Absent if it is none of these, or longer
/// than ten years.
[[nodiscard]] std::optional<Duration> parseDuration(std::string_view text);

/// Reads one table of a settings file key by key. The first fault is kept, with its place; what is asked for after it
/// comes back absent or unchanged. At the end done() also refuses keys that nobody asked for, so that a misspelt one is
/// found. Holds a reference to the table.
class TomlReader {
  public:
    /// `what` names the table in messages: "rule 'rhine-1'".
    TomlReader(const toml::table& table, std::string what);

    void call(std::string what) { m_what = std::move(what); }
    [[nodiscard]] bool has(std::string_view key) const { return m_table.contains(key); }
    [[nodiscard]] bool failed() const { return m_fault.has_value(); }

    [[nodiscard]] std::optional<std::string> text(std::string_view key);
    [[nodiscard]] std::optional<double> number(std::string_view key); ///< finite; an integer will do
    [[nodiscard]] std::optional<bool> flag(std::string_view key);
    [[nodiscard]] std::optional<Duration> duration(std::string_view key); ///< a number is seconds
    /// "…" or { text = "…", zh_CN = "…" }.
    [[nodiscard]] std::optional<LocalText> localText(std::string_view key);
    /// The tables of [[key]]; empty where there are none.
    [[nodiscard]] std::vector<const toml::table*> tables(std::string_view key);
    /// Any node; absent keys give null. For values that only the caller understands.
    [[nodiscard]] const toml::node* node(std::string_view key);

    /// As the plain form, but an absent key is a fault.
    [[nodiscard]] std::string needText(std::string_view key);
    [[nodiscard]] double needNumber(std::string_view key);
    [[nodiscard]] LocalText needLocalText(std::string_view key);

    /// Faults at a key's value, or at the table where the key is absent.
    void refuse(std::string_view key, std::string message);
    void refuse(const toml::node& where, std::string message);
    /// Takes over what another reader found.
    void take(const Error& error);

    /// The first fault, or success. Refuses keys that were not asked for.
    [[nodiscard]] Result<void> done();

    /// A node's duration: a number of seconds or a text.
    [[nodiscard]] static std::optional<Duration> durationOf(const toml::node& node);
    [[nodiscard]] static Place placeOf(const toml::node& node);

  private:
    const toml::table& m_table;
    std::string m_what;
    std::set<std::string, std::less<>> m_asked;
    std::optional<Error> m_fault;
};

} // namespace tocsin::base
