#pragma once

#include "tocsin/base/result.hpp"

#include <string>
#include <string_view>

namespace tocsin::county {

/// What a window reads of config.toml, in one manner however it is written there: the tables in the order of their names, no comments.
/// What only the desk's own program goes by (feeds, watches, doors, the readings' keeping) is left out.
struct WindowWords {
    std::string general; ///< all but the next
    std::string typing;  ///< [capabilities] and [gbt]
};
/// An error where it is no TOML; whether it is a county's is not looked at.
[[nodiscard]] base::Result<WindowWords> windowWords(std::string_view toml);

} // namespace tocsin::county
