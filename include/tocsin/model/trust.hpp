#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin::model {

/// How far a source is believed before somebody has judged; more is greater.
enum class Trust : std::uint8_t { unverified, known, official };
[[nodiscard]] std::string_view toString(Trust trust);
[[nodiscard]] std::optional<Trust> trustFrom(std::string_view text);

} // namespace tocsin::model
