#pragma once

#include <QString>
#include <filesystem>

namespace tocsin::gui {

/// The window's settings: `place` is the county's folder, or an .ini file.
[[nodiscard]] QString settingsFile(const std::filesystem::path& place);

} // namespace tocsin::gui
