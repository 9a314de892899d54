#pragma once

#include <string>
#include <string_view>

namespace tocsin::base {

/// A string as TOML writes it, with its quotes.
[[nodiscard]] std::string tomlQuoted(std::string_view text);

} // namespace tocsin::base
