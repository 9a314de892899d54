#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tocsin::base {

/// A county's own words, with translations where it has them: names, titles, guidance. `text` is what stands
/// when the asked language is missing. Languages are written as Qt writes locales: "zh_CN".
struct LocalText {
    std::string text;
    std::map<std::string, std::string> translations;

    LocalText() = default;
    LocalText(std::string t) : text(std::move(t)) {} // NOLINT(google-explicit-constructor): a plain name is one
    LocalText(const char* t) : text(t) {}            // NOLINT(google-explicit-constructor)

    /// The text in `language` ("zh_CN"), else in its first part ("zh"), else `text`.
    [[nodiscard]] const std::string& in(std::string_view language) const;
    [[nodiscard]] bool empty() const { return text.empty(); }
    friend bool operator==(const LocalText&, const LocalText&) = default;
};

/// True if the bytes are well-formed UTF-8 (no overlong forms, no surrogates). `badAt` gets the first bad byte's offset.
[[nodiscard]] bool isUtf8(std::string_view bytes, std::size_t* badAt = nullptr);

} // namespace tocsin::base
