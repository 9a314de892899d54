#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/sink.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

enum class FileOutcome : unsigned char {
    stored,
    duplicate,   ///< everything in it was known already
    quarantined, ///< it, or a part of it, could not be taken and is kept with the reason; `counts` tells of the rest
    refused,     ///< not a file that can be read, or the desk could not take it: nothing more of it is stored or kept
    valid,       ///< check: would be taken
    deviating,   ///< check: would be taken, but strays from its standard
    rejected,    ///< check: it, or a part of it, would go to quarantine
};
[[nodiscard]] std::string_view toString(FileOutcome outcome);

/// What became of a file.
struct FileResult {
    std::string file;
    Format format{Format::unknown};
    FileOutcome outcome{FileOutcome::refused};
    std::string reason; ///< of the first fault; empty when there is none
    base::Place place;  ///< of the first fault
    std::vector<std::string> ids;
    std::vector<std::string> deviations;
    struct Counts {
        std::size_t messages{0}; ///< understood; the three others sum up to these and the faults
        std::size_t stored{0};
        std::size_t duplicates{0};
        std::size_t quarantined{0}; ///< with check: would be
    } counts;
    // ---- of checkFile only
    std::map<std::string, std::size_t> kinds; ///< what was understood: "readings" → 12, "warnings" → 1
    std::vector<base::Error> faults;          ///< what would go to quarantine, the first `mostFaultsTold`
    static constexpr std::size_t mostFaultsTold = 100;

    /// Stored, duplicate, valid or deviating.
    [[nodiscard]] bool good() const;
};

/// One object: file, format, outcome, reason, line, column, byte (null where there is none), ids, deviations, counts, kinds,
/// and faults, each with reason, line, column and byte.
/// Always UTF-8: bytes that are not are replaced.
[[nodiscard]] nlohmann::json toJson(const FileResult& result);

/// Decodes and judges as a watched folder's feed does; stores nothing. `path` "-" is standard input. Only regular files (and
/// standard input) are read, up to what their format may have; readings line by line in bounded memory, however long the file
/// is. Never throws but for want of memory.
[[nodiscard]] FileResult checkFile(const std::string& path, std::optional<Format> format = std::nullopt,
                                   const Source& source = {});

struct FileIngestOptions {
    std::string feed{"file"};
    Source source; ///< how what the file leaves open is meant; its feed is `feed`
    std::size_t batchLines{10000};            ///< readings in one commit
    std::chrono::milliseconds retryFirst{20}; ///< after a busy desk; doubles up to retryMost, until `stop`
    std::chrono::milliseconds retryMost{500};
    std::stop_token stop;
    std::function<void(std::uint64_t bytesRead)> progress; ///< called now and then on the calling thread
};

/// Delivers a file as a feed would and waits for the receipts. Blocks; not on the desk's own thread. A file of messages
/// that fails as a whole goes to quarantine as a whole (over 16 MiB: its first 64 KiB, with its size and SHA-256).
[[nodiscard]] FileResult ingestFile(const std::string& path, std::optional<Format> format, Sink& sink,
                                    const FileIngestOptions& options = {});

} // namespace tocsin::ingest
