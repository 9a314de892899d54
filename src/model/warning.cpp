#include "tocsin/model/warning.hpp"

#include "tocsin/base/ascii.hpp"

#include <algorithm>

namespace tocsin::model {

namespace {

/// "zh_CN" and "zh-cn" are the same language.
std::string plain(std::string_view language) {
    std::string out = base::lowerAscii(language);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

std::string_view firstPart(std::string_view language) {
    return language.substr(0, language.find('-'));
}

} // namespace

const WarningInfo& infoFor(std::span<const WarningInfo* const> infos, std::string_view language) {
    const auto wanted = plain(language);
    const WarningInfo* sameFirst = nullptr;
    const WarningInfo* english = nullptr;
    for (const auto* info : infos) {
        const auto has = plain(info->language);
        if (has == wanted)
            return *info;
        if (sameFirst == nullptr && firstPart(has) == firstPart(wanted))
            sameFirst = info;
        if (english == nullptr && firstPart(has) == "en")
            english = info;
    }
    if (sameFirst != nullptr)
        return *sameFirst;
    return english != nullptr ? *english : *infos.front();
}

const WarningInfo* infoFor(const Warning& warning, std::string_view language) {
    if (warning.infos.empty())
        return nullptr;
    std::vector<const WarningInfo*> all;
    for (const auto& info : warning.infos)
        all.push_back(&info);
    return &infoFor(all, language);
}

bool tellTheSame(const WarningInfo& a, const WarningInfo& b) {
    const auto samePlace = [](const WarningArea& one, const WarningArea& other) { // its name is in each one's language
        return one.polygons == other.polygons && one.circles == other.circles && one.geocodes == other.geocodes;
    };
    const bool sameEvent = a.eventCodes == b.eventCodes || a.eventCodes.empty() || b.eventCodes.empty();
    return sameEvent && a.onset == b.onset && a.urgency == b.urgency && a.severity == b.severity &&
           a.certainty == b.certainty &&
           std::equal(a.areas.begin(), a.areas.end(), b.areas.begin(), b.areas.end(), samePlace);
}

} // namespace tocsin::model
