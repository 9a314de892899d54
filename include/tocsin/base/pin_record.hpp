#pragma once

#include "tocsin/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin::base {

inline constexpr std::size_t fewestInPin = 4; ///< characters
inline constexpr std::size_t mostInPin = 12;
inline constexpr std::size_t mostPinBytes = 4 * mostInPin;

/// What one try costs, by scrypt's own parameters (RFC 7914): 128 · r · 2^logN bytes of memory, and time to match. They stand in
/// each record, so that they may be raised later.
struct PinCost {
    int logN{15};
    int r{8};
    int p{1};
};

/// 4 to 12 characters of UTF-8, none of them a control character.
[[nodiscard]] bool isPin(std::string_view text);

/// "scrypt$15$8$1$SALT$KEY" with a salt of its own. Takes some hundredths of a second and 32 MB: not for a thread that somebody
/// waits for. Code::refused for what is no PIN, Code::internal where the library has no scrypt or no randomness.
[[nodiscard]] Result<std::string> pinRecord(std::string_view pin, const PinCost& cost = {});

/// Takes as long. False too for a record that is none or would cost more than 256 MB; the keys are compared in constant time.
[[nodiscard]] bool matchesPin(std::string_view pin, std::string_view record);

} // namespace tocsin::base
