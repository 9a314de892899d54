#pragma once

#include "tocsin/base/result.hpp"

#include <filesystem>

namespace tocsin::store {

/// Makes the folder (its parent must exist) and lets the disk know. No error if it is there.
[[nodiscard]] base::Result<void> makeFolder(const std::filesystem::path& folder);

/// Waits until the disk has the file's, or the folder's, content.
[[nodiscard]] base::Result<void> syncToDisk(const std::filesystem::path& fileOrFolder);

} // namespace tocsin::store
