#pragma once

#include <QString>
#include <filesystem>

namespace tocsin::app {

/// What a person chose in the first window.
struct FirstRun {
    bool made{false}; ///< there is a county now
    QString language;
    QString theme; ///< "dark", "light"
};

/// Opens the window that asks which county to make, and makes it. Runs the application's event loop until that is done
/// or given up. `language` and `theme` as in WindowOptions; empty: the system's, dark.
[[nodiscard]] FirstRun runFirstTime(const std::filesystem::path& data, const QString& language, const QString& theme);

} // namespace tocsin::app
