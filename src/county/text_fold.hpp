#pragma once

#include <string>
#include <string_view>

namespace tocsin::county {

/// Lower case without accents, for comparing names: "Städtle" → "stadtle", "Straße" → "strasse"; runs of blanks and
/// punctuation become one blank. Latin letters (up to U+024F), Greek and Cyrillic case; others stay as they are.
/// Malformed bytes are dropped. Beside Chinese (Japanese, Korean) characters no blank stays: "建国路 12号" and
/// "建国路12号" are one.
[[nodiscard]] std::string fold(std::string_view text);
/// The same with ä, ö, ü written ae, oe, ue, as people type them without the keys; equal to fold() without such
/// letters.
[[nodiscard]] std::string foldGerman(std::string_view text);
/// As fold(), but blanks stay beside Chinese characters too: for telling the words that a person typed apart.
[[nodiscard]] std::string foldWords(std::string_view text);
/// The code point's bytes at `at`; empty at the end. Of well-formed UTF-8.
[[nodiscard]] std::string_view characterAt(std::string_view text, std::size_t at);
/// Whether it is of a script written without blanks between words: Chinese, Japanese, Korean.
[[nodiscard]] bool isIdeographic(std::string_view character);
/// The number of code points of well-formed UTF-8.
[[nodiscard]] std::size_t letters(std::string_view text);

} // namespace tocsin::county
