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

const WarningInfo* infoFor(const Warning& warning, std::string_view language) {
    if (warning.infos.empty())
        return nullptr;
    const auto wanted = plain(language);
    const WarningInfo* sameFirst = nullptr;
    const WarningInfo* english = nullptr;
    for (const auto& info : warning.infos) {
        const auto has = plain(info.language);
        if (has == wanted)
            return &info;
        if (sameFirst == nullptr && firstPart(has) == firstPart(wanted))
            sameFirst = &info;
        if (english == nullptr && firstPart(has) == "en")
            english = &info;
    }
    if (sameFirst != nullptr)
        return sameFirst;
    return english != nullptr ? english : &warning.infos.front();
}

} // namespace tocsin::model
