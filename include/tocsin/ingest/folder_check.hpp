#pragma once

#include "tocsin/ingest/file_ingest.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::ingest {

/// What would become of the files of a folder: each is in one of the five.
struct FolderTally {
    std::string folder;       ///< by its name in the one that was asked for; "." is what lies there directly
    std::size_t files{0};
    std::size_t taken{0};     ///< whole, and as their standard says
    std::size_t deviating{0}; ///< whole, though they stray
    std::size_t partly{0};    ///< something of them is taken and something would go to quarantine
    std::size_t refused{0};   ///< of a known format, and nothing of them would be taken
    std::size_t unknown{0};   ///< of no format that a feed takes, or no file that can be read: these would go to quarantine, too
    std::map<std::string, std::size_t> kinds{}; ///< what was understood of all

    void add(const FileResult& result);
    void add(const FolderTally& other);
    [[nodiscard]] bool good() const { return partly + refused + unknown == 0; }
};
/// One object: folder, files, taken, deviating, partly, refused, unknown, kinds. Always UTF-8.
[[nodiscard]] nlohmann::json toJson(const FolderTally& tally);

struct FolderCheckOptions {
    std::optional<Format> format; ///< absent: each by its content
    Source source;                ///< how what the files leave open is meant
    std::size_t mostFiles{100'000}; ///< and folders
    std::size_t mostLevels{32};   ///< folders in folders
};

/// Judges every file of a folder and of all folders below it as a watched folder's feed would (checkFile): links are not followed,
/// names that are hidden or not finished (".x", "x.part") are passed over. `each` is given every file's result, in the order of their
/// names, and what could not be looked into. Gives a tally a folder below the asked one, what lies deeper counted with it; one file
/// is held at a time. An error only where the folder itself cannot be read.
[[nodiscard]] base::Result<std::vector<FolderTally>> checkFolder(const std::filesystem::path& folder, const FolderCheckOptions& options,
                                                                 const std::function<void(const FileResult&)>& each);

} // namespace tocsin::ingest
