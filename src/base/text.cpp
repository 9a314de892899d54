#include "tocsin/base/text.hpp"

namespace tocsin::base {

const std::string& LocalText::in(std::string_view language) const {
    if (translations.empty())
        return text;
    if (const auto exact = translations.find(std::string(language)); exact != translations.end())
        return exact->second;
    if (const auto cut = language.find_first_of("_-"); cut != std::string_view::npos) {
        if (const auto first = translations.find(std::string(language.substr(0, cut))); first != translations.end())
            return first->second;
    }
    return text;
}

bool isUtf8(std::string_view bytes, std::size_t* badAt) {
    const auto bad = [&](std::size_t at) {
        if (badAt != nullptr)
            *badAt = at;
        return false;
    };
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        std::size_t more = 0;
        // Unicode 15, table 3-7: the second byte's range rules out overlong forms, surrogates and beyond U+10FFFF.
        unsigned char low = 0x80;
        unsigned char high = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            more = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            more = 2;
            low = lead == 0xE0 ? 0xA0 : 0x80;
            high = lead == 0xED ? 0x9F : 0xBF;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            more = 3;
            low = lead == 0xF0 ? 0x90 : 0x80;
            high = lead == 0xF4 ? 0x8F : 0xBF;
        } else {
            return bad(i);
        }
        for (std::size_t k = 1; k <= more; ++k) {
            if (i + k >= bytes.size())
                return bad(i);
            const auto c = static_cast<unsigned char>(bytes[i + k]);
            if (c < (k == 1 ? low : 0x80) || c > (k == 1 ? high : 0xBF))
                return bad(i);
        }
        i += more + 1;
    }
    return true;
}

} // namespace tocsin::base
