#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::base {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
[[nodiscard]] std::string toHex(const Digest& digest);

} // namespace tocsin::base
