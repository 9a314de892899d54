#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::triage {

/// In which language somebody wrote, as far as its small words and its script tell: only texts of one language are
/// expected to share words when they tell of one thing.
enum class Tongue : std::uint8_t { unknown, english, german, french, chinese };
[[nodiscard]] Tongue tongueOf(std::string_view text);

} // namespace tocsin::triage
