#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/journal.hpp"
#include "tocsin/model/state.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tocsin::store {

enum class Access : unsigned char { readWrite, readOnly };

/// Bytes that could not be taken, kept whole with the reason.
struct QuarantineItem {
    std::int64_t id{0}; ///< given by the store
    base::Time time;
    std::string feed;
    std::string format;
    base::Error error;
    std::string bytes;
};

/// The first entry of a journal that is not what it should be.
struct JournalFault {
    std::int64_t seq{0};
    std::string reason;
};

/// tocsin.db: the journal and its projections. One thread at a time (the desk's); readers open their own, readOnly.
/// Every failure comes back as Code::storage (full, damaged), unavailable (locked) or newer, and leaves nothing half
/// done.
class Store {
  public:
    /// Makes the file if it is absent and access is readWrite; runs the migrations that are due. A file of a newer
    /// version is refused untouched. `county` is written at creation and becomes the entries' source.
    [[nodiscard]] static base::Result<std::unique_ptr<Store>> open(const std::filesystem::path& file, Access access,
                                                                   const std::string& county = {});
    virtual ~Store() = default;

    /// The state from the projection tables.
    [[nodiscard]] virtual base::Result<model::State> loadState() const = 0;

    /// Opens a transaction; entries appended until commit() are one unit. Rolls back on rollback(), failure or
    /// destruction.
    [[nodiscard]] virtual base::Result<void> begin() = 0;
    /// Adds an entry and projects its after-images, inside the open transaction.
    [[nodiscard]] virtual base::Result<model::Entry> append(const model::EntryDraft& draft) = 0;
    [[nodiscard]] virtual base::Result<std::int64_t> quarantine(const QuarantineItem& item) = 0;
    [[nodiscard]] virtual base::Result<void> commit() = 0;
    virtual void rollback() = 0;

    /// Entries that a command made, in order; empty if it is unknown.
    [[nodiscard]] virtual base::Result<std::vector<model::Entry>> entriesOf(model::CommandId command) const = 0;
    /// Calls `each` for entries with seq ≥ from, in order, until it returns false.
    [[nodiscard]] virtual base::Result<void> read(std::int64_t from,
                                                  const std::function<bool(const model::Entry&)>& each) const = 0;
    /// The newest entries, newest first.
    [[nodiscard]] virtual base::Result<std::vector<model::Entry>> newest(std::size_t most) const = 0;
    /// Newest first, about one subject or naming it in its after-images.
    [[nodiscard]] virtual base::Result<std::vector<model::Entry>> about(const std::string& subject,
                                                                        std::size_t most) const = 0;
    [[nodiscard]] virtual std::int64_t lastSeq() const = 0;

    /// Checks the whole chain: seq without gaps, hashes, well-formed data. Empty optional: all is right.
    [[nodiscard]] virtual base::Result<std::optional<JournalFault>>
    verify(const std::function<void(std::int64_t done, std::int64_t all)>& progress = {}) const = 0;
    /// Makes the projections again from the journal, in one transaction.
    [[nodiscard]] virtual base::Result<void>
    rebuild(const std::function<void(std::int64_t done, std::int64_t all)>& progress = {}) = 0;
    /// A digest over all projection tables, row by row: equal tables have equal digests.
    [[nodiscard]] virtual base::Result<std::string> projectionDigest() const = 0;

    [[nodiscard]] virtual base::Result<std::vector<QuarantineItem>> quarantined(std::size_t most) const = 0;
    [[nodiscard]] virtual base::Result<std::int64_t> quarantineCount() const = 0;

    /// The id of an object that a source already sent, by kind ("warning", "report", "earthquake") and source key.
    /// Answered from the projections (unique index), so it survives restarts.
    [[nodiscard]] virtual base::Result<std::optional<std::string>> findBySource(const std::string& kind,
                                                                                const std::string& sourceKey) const = 0;
    [[nodiscard]] virtual const std::string& source() const = 0;
};

/// The key under which a source's own message is known again: findBySource's second argument.
[[nodiscard]] std::string sourceKey(const model::Warning& warning);  // sender | identifier | sent
[[nodiscard]] std::string sourceKey(const model::Report& report);    // feed | sourceId; empty where there is none
[[nodiscard]] std::string sourceKey(const model::Earthquake& quake); // source | sourceId

} // namespace tocsin::store
