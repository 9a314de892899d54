#pragma once

#include "tocsin/base/text.hpp"

#include <string>

namespace tocsin::ingest {

/// For JSON, whatever bytes a name or a reason has: those that are not UTF-8 are replaced.
[[nodiscard]] inline std::string utf8(std::string text) {
    std::size_t bad = 0;
    while (!base::isUtf8(text, &bad))
        text.replace(bad, 1, "\xEF\xBF\xBD");
    return text;
}

} // namespace tocsin::ingest
