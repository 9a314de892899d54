#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::base {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
[[nodiscard]] std::string toHex(const Digest& digest);
/// RFC 2104 with SHA-256. Throws std::runtime_error where the library has none.
[[nodiscard]] Digest hmacSha256(std::string_view key, std::string_view bytes);
/// 32 bytes that nobody can guess. Throws std::runtime_error without randomness.
[[nodiscard]] Digest randomKey();

} // namespace tocsin::base
