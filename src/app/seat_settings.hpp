#pragma once

#include "tocsin/county/folder.hpp"

#include <map>
#include <string>
#include <vector>

namespace tocsin::app {

/// What a window goes by that stands in the county's files and not in the journal: a digest for each, by the file's name. A desk says
/// those that it goes by, so that a seat finds out that its own are others.
using SeatSettings = std::map<std::string, std::string>;
/// [capabilities] and [gbt] of config.toml, which a window takes over while it runs; "config.toml" is the rest of it that a window reads.
inline constexpr const char* typingSettings = "config.toml [capabilities]";

/// As the files are now. A file that is not there, or of which no window could read anything, counts as empty. Reads files; not for the
/// GUI's thread once there is a window.
[[nodiscard]] SeatSettings settingsOf(const county::CountyFolder& folder);

struct OtherSettings {
    std::vector<std::string> names; ///< that the desk goes by otherwise than this window
    bool readAgain{false};          ///< the files are as the desk has them: who opens anew goes by the same
    friend bool operator==(const OtherSettings&, const OtherSettings&) = default;
};
/// `own`: as this window read them; `files`: as they are now. What a window takes over while it runs is not named. A desk that says nothing
/// goes by nothing else.
[[nodiscard]] OtherSettings otherSettings(const SeatSettings& told, const SeatSettings& own, const SeatSettings& files);

} // namespace tocsin::app
