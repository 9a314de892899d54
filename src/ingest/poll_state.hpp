#pragma once

#include "tocsin/base/result.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// A message that may be another one under the same address by now, as nothing in its index would say so.
struct PollAgain {
    std::string url;
    std::string etag;
    std::string lastModified;
    std::string digest;  ///< SHA-256 of what was taken
    bool isIndex{false}; ///< it led to further messages

    friend bool operator==(const PollAgain&, const PollAgain&) = default;
};

/// What a polled feed remembers across restarts. Losing it costs fetching again what the desk then knows as double.
struct PollState {
    std::string address; ///< that it was about: another address begins anew
    std::string etag;
    std::string lastModified;
    std::string digest; ///< SHA-256 of the last body, where its server gives neither
    std::map<std::string, std::string> taken; ///< the index's messages: id → when it was changed, or ""
    std::map<std::string, PollAgain> again;   ///< those of them that are asked for each time
    std::string lastAgain;                    ///< which of these was asked last: the next is the next time's first

    friend bool operator==(const PollState&, const PollState&) = default;
};

/// The file of a feed's state in the county's folder: feeds/<name>.json, with what a file name cannot have as %XX.
[[nodiscard]] std::filesystem::path pollStateFile(const std::filesystem::path& county, std::string_view feed);

/// What stands in the file if it is about that address; else, and where the file is missing or damaged, an empty one.
[[nodiscard]] PollState loadPollState(const std::filesystem::path& file, std::string_view address);
/// Written beside and renamed, so that a reader finds the old one or the new one.
[[nodiscard]] base::Result<void> savePollState(const std::filesystem::path& file, const PollState& state);

} // namespace tocsin::ingest
