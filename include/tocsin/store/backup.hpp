#pragma once

#include "tocsin/base/result.hpp"

#include <filesystem>
#include <functional>

namespace tocsin::store {

/// Copies a county folder's databases while the desk runs (SQLite's online backup), with config, map and tiles'
/// names, into one file; checks the copy (integrity, journal chain) before it takes its final name.
[[nodiscard]] base::Result<void> backup(const std::filesystem::path& countyFolder, const std::filesystem::path& out,
                                        const std::function<void(int percent)>& progress = {});

/// Unpacks a backup into a folder that is empty or absent, after checking it. Refuses a damaged or newer one untouched.
[[nodiscard]] base::Result<void> restore(const std::filesystem::path& in, const std::filesystem::path& countyFolder,
                                         const std::function<void(int percent)>& progress = {});

} // namespace tocsin::store
