#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/model/warning.hpp"

#include <string>

namespace tocsin::model {

/// A warning's own words, each reader's where it has them. `say` takes from one language's part what is wanted.
template <typename Say>
[[nodiscard]] base::LocalText wordsOf(const Warning& warning, Say say) {
    constexpr const char* languages[] = {"zh_CN"}; // beside English; those in which the window is there
    base::LocalText out;
    if (const auto* info = infoFor(warning, "en"))
        out.text = say(*info);
    for (const char* language : languages) {
        const auto* info = infoFor(warning, language);
        if (info != nullptr && say(*info) != out.text)
            out.translations[language] = say(*info);
    }
    return out;
}

/// What it warns of: its headline, else the event.
[[nodiscard]] inline std::string headlineOf(const WarningInfo& info) {
    return info.headline.empty() ? info.event : info.headline;
}

} // namespace tocsin::model
