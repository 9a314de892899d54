#pragma once

#include "tocsin/base/time.hpp"

#include <string>
#include <string_view>

namespace tocsin::base {

/// A string as TOML writes it, with its quotes.
[[nodiscard]] std::string tomlQuoted(std::string_view text);
/// A time as TOML's readers here take it, quoted: "90s", "5min", "6h", "2d", "250ms".
[[nodiscard]] std::string tomlDuration(Duration time);
/// A TOML text in which the tables of a list ([[name]], with all that stands under them) are replaced by `block`; all else
/// stays as it stands, comments too. It goes by lines: a text can be written in ways that lines do not show (a header within
/// a long text), so whoever calls reads the result and compares.
[[nodiscard]] std::string withTomlTables(std::string_view toml, std::string_view name, const std::string& block);
/// A TOML text in which one key of a table ([name]) has this value, as TOML writes it; empty: the key is taken out. A table
/// that is not there is added at the end. All else stays as it stands; by lines, too, with the same limits.
[[nodiscard]] std::string withTomlKey(std::string_view toml, std::string_view table, std::string_view key, const std::string& value);

} // namespace tocsin::base
