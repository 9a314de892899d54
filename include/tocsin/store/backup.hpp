#pragma once

#include "tocsin/base/result.hpp"

#include <filesystem>
#include <functional>

namespace tocsin::store {

/// Copies a county folder into one file while the desk runs: tocsin.db, readings/*.db and map.gpkg by SQLite's online
/// backup, and every *.toml. Tiles (tiles.mbtiles) are left out: they are drawn again from the map. tocsin.db is copied
/// first, so the readings in the backup hold at least all that its entries name.
/// Each copy is checked (integrity, journal chain) and the whole is read back before it takes its final name; an
/// earlier backup of that name is then replaced, anything else of that name is refused (Code::refused). On error
/// nothing is left. Needs free space for the backup and once more for the largest database. Works on the caller's
/// thread; `progress` is called there with rising percents.
[[nodiscard]] base::Result<void> backup(const std::filesystem::path& countyFolder, const std::filesystem::path& out,
                                        const std::function<void(int percent)>& progress = {});

/// Unpacks a backup into a folder that is empty or absent (else Code::refused). Everything is unpacked beside the
/// folder and checked there first; only then it takes the folder's name. A damaged backup (Code::storage) or one that
/// holds a newer program's database (Code::newer) leaves the folder as it was.
[[nodiscard]] base::Result<void> restore(const std::filesystem::path& in, const std::filesystem::path& countyFolder,
                                         const std::function<void(int percent)>& progress = {});

} // namespace tocsin::store
