#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/model/warning.hpp"

#include <string>
#include <vector>

namespace tocsin::model {

/// The words of one of a warning's parts, each reader's where it tells the same in his language. `say` takes from one
/// language's part what is wanted.
template <typename Say>
[[nodiscard]] base::LocalText wordsOf(const Warning& warning, const WarningInfo& part, Say say) {
    constexpr const char* languages[] = {"zh_CN"}; // beside English; those in which the window is there
    std::vector<const WarningInfo*> infos{&part};
    for (const auto& info : warning.infos) {
        if (&info != &part && tellTheSame(info, part))
            infos.push_back(&info);
    }
    base::LocalText out;
    out.text = say(infoFor(infos, "en"));
    for (const char* language : languages) {
        auto text = say(infoFor(infos, language));
        if (text != out.text)
            out.translations[language] = std::move(text);
    }
    return out;
}

/// What it warns of: its headline, else the event.
[[nodiscard]] inline std::string headlineOf(const WarningInfo& info) {
    return info.headline.empty() ? info.event : info.headline;
}

} // namespace tocsin::model
