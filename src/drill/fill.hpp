#pragma once

#include <string>
#include <string_view>

namespace tocsin::drill {

/// The text with "{name}" replaced wherever it stands.
[[nodiscard]] inline std::string filled(std::string text, std::string_view name, std::string_view with) {
    const std::string mark = std::string("{").append(name).append("}");
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size()))
        text.replace(at, mark.size(), with);
    return text;
}

} // namespace tocsin::drill
