#pragma once

#include <string>
#include <string_view>

namespace tocsin::county {

/// Lower case without accents, for comparing names: "Städtle" → "stadtle", "Straße" → "strasse"; runs of blanks and
/// punctuation become one blank. Latin letters (up to U+024F), Greek and Cyrillic case; others stay as they are.
/// Malformed bytes are dropped.
[[nodiscard]] std::string fold(std::string_view text);
/// The same with ä, ö, ü written ae, oe, ue, as people type them without the keys; equal to fold() without such
/// letters.
[[nodiscard]] std::string foldGerman(std::string_view text);
/// The number of code points of well-formed UTF-8.
[[nodiscard]] std::size_t letters(std::string_view text);

} // namespace tocsin::county
