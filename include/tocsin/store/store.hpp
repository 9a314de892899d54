#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/journal.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/store/correction.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::store {

enum class Access : unsigned char { readWrite, readOnly };

/// What became of something in quarantine.
enum class QuarantineState : unsigned char {
    open,
    taken,    ///< again, after a mend
    dismissed ///< somebody has looked and wants nothing of it
};
[[nodiscard]] std::string_view toString(QuarantineState state);

/// Bytes that could not be taken, kept with the reason: whole, as long as their feed has room.
struct QuarantineItem {
    std::int64_t id{0}; ///< given by the store
    base::Time time;
    std::string feed;
    std::string format;
    base::Error error;
    std::string bytes;
    QuarantineState state{QuarantineState::open};
    std::string judgedBy{};
    std::optional<base::Time> judgedAt{};
    std::string topic{};                  ///< of the message that it came by, where there is such
    std::optional<base::Time> received{}; ///< when it came; absent: as `time`
    std::uint64_t size{0};                ///< of what came; given by the store, as the next two
    std::uint64_t kept{0};                ///< how many bytes of it are still here
    std::string sha256{};                 ///< of what came, in hexadecimal, where that is fewer
    std::int64_t seen{1};                 ///< how often the same came while this is not judged; given by the store
    std::optional<base::Time> lastSeen{}; ///< when it came again; absent: it came once

    [[nodiscard]] bool isWhole() const { return kept == size; }
};

/// How much is kept of what could not be taken. That it was refused is recorded in any case.
struct QuarantineBounds {
    /// Of one feed, of what is not judged. Beyond it only the head of an item is kept, with the SHA-256 of all of it.
    std::uint64_t bytesOfOne{64U << 20U};
    std::size_t head{1024};
    base::Duration judgedFor{std::chrono::hours(24 * 30)}; ///< then the bytes of what was judged are given back
};

/// What of one feed stands in quarantine and is not judged.
struct QuarantineTally {
    std::int64_t open{0};
    std::int64_t cut{0};  ///< those of them of which not all is kept
    std::int64_t kept{0}; ///< bytes
    friend bool operator==(const QuarantineTally&, const QuarantineTally&) = default;
};

/// Which items are wanted: the newest of one feed (empty: of all) in one state.
struct QuarantineQuery {
    std::string feed;
    QuarantineState state{QuarantineState::open};
    std::size_t most{200};
};
struct QuarantinePage {
    std::vector<QuarantineItem> items; ///< newest first, without their bytes
    std::int64_t all{0};               ///< how many there are of that feed and state
};

/// A reason without what differs from one item to the next: what stands in quotes, and numbers. Items of a feed whose
/// reasons are then the same are alike.
[[nodiscard]] std::string reasonKind(const base::Error& reason);

/// An entry without its data.
struct EntryHead {
    std::int64_t seq{0};
    base::Time time;
};

/// The first entry of a journal that is not what it should be.
struct JournalFault {
    std::int64_t seq{0};
    std::string reason;
};

/// tocsin.db: the journal and its projections. One thread at a time (the desk's); readers open their own, readOnly.
/// Every failure comes back as Code::storage (full, damaged), unavailable (locked by another program for a second) or
/// newer, and leaves nothing half done: whatever fails between begin() and commit() ends the transaction and takes all
/// of it back.
class Store {
  public:
    /// Makes the file if it is absent and access is readWrite; runs the migrations that are due. A file of a newer
    /// version (Code::newer) or of somebody else (Code::storage) is refused untouched. `county` is written at creation
    /// and becomes the entries' source ("urn:tocsin:" + county, percent-encoded); later openings leave it as it is.
    /// readOnly opens a damaged file too as long as SQLite can read its first pages, and a file on a medium that cannot
    /// be written; it refuses one that must be migrated first (Code::refused), and an absent one (Code::notFound).
    [[nodiscard]] static base::Result<std::unique_ptr<Store>> open(const std::filesystem::path& file, Access access,
                                                                   const std::string& county = {});
    virtual ~Store() = default;

    /// The state from the projection tables. A readOnly store whose tables are damaged takes it from the journal.
    [[nodiscard]] virtual base::Result<model::State> loadState() const = 0;

    /// Opens a transaction; entries appended until commit() are one unit. Rolls back on rollback(), failure or
    /// destruction. Code::conflict if another program appended entries since this store was opened: open it again.
    [[nodiscard]] virtual base::Result<void> begin() = 0;
    /// Adds an entry and projects its after-images, inside the open transaction. Code::malformed for data that is no
    /// valid UTF-8, not finite or has an after-image that is none; Code::conflict for an entry id, or a source's
    /// message (see findBySource), that is there already under another id.
    [[nodiscard]] virtual base::Result<model::Entry> append(const model::EntryDraft& draft) = 0;
    /// Keeps the item, or beyond its feed's bound its head, and gives its id. Inside the open transaction if there is
    /// one, else durable on return.
    [[nodiscard]] virtual base::Result<std::int64_t> quarantine(const QuarantineItem& item,
                                                                const QuarantineBounds& bounds = {}) = 0;
    /// Durable on return.
    [[nodiscard]] virtual base::Result<void> commit() = 0;
    virtual void rollback() = 0;

    /// Entries that a command made, in order; empty if it is unknown.
    [[nodiscard]] virtual base::Result<std::vector<model::Entry>> entriesOf(model::CommandId command) const = 0;
    /// Calls `each` for entries with seq ≥ from, in order, until it returns false.
    [[nodiscard]] virtual base::Result<void> read(std::int64_t from,
                                                  const std::function<bool(const model::Entry&)>& each) const = 0;
    /// The same for entries of these types only.
    [[nodiscard]] virtual base::Result<void> readOf(const std::vector<std::string>& types, std::int64_t from,
                                                    const std::function<bool(const model::Entry&)>& each) const = 0;
    /// The same for when entries happened, without reading what they say: 100,000 in some hundredths of a second.
    [[nodiscard]] virtual base::Result<void> heads(std::int64_t from,
                                                   const std::function<bool(const EntryHead&)>& each) const = 0;
    /// The newest entries, newest first.
    [[nodiscard]] virtual base::Result<std::vector<model::Entry>> newest(std::size_t most) const = 0;
    /// Newest first, about one subject or naming it in its after-images.
    [[nodiscard]] virtual base::Result<std::vector<model::Entry>> about(const std::string& subject,
                                                                        std::size_t most) const = 0;
    /// The newest entry's number, with those of the open transaction; 0 for an empty journal.
    [[nodiscard]] virtual std::int64_t lastSeq() const = 0;

    /// Checks the whole chain: seq without gaps, hashes, well-formed data, no end cut off. Empty optional: all is
    /// right. The first bad entry is named, also one that the disk does not give back. An entry whose hash was made
    /// anew after a change is found at the next one: the reason then names both.
    [[nodiscard]] virtual base::Result<std::optional<JournalFault>>
    verify(const std::function<void(std::int64_t done, std::int64_t all)>& progress = {}) const = 0;
    /// Makes the projections again from the journal, in one transaction: on error they stay as they were.
    [[nodiscard]] virtual base::Result<void>
    rebuild(const std::function<void(std::int64_t done, std::int64_t all)>& progress = {}) = 0;
    /// A digest over all projection tables, row by row: equal tables have equal digests.
    [[nodiscard]] virtual base::Result<std::string> projectionDigest() const = 0;

    [[nodiscard]] virtual base::Result<QuarantinePage> quarantined(const QuarantineQuery& query) const = 0;
    /// What is open, by feed; feeds of which nothing is may be left out.
    [[nodiscard]] virtual base::Result<std::map<std::string, QuarantineTally>> quarantineTallies() const = 0;
    [[nodiscard]] virtual base::Result<QuarantineTally> quarantineTally(const std::string& feed) const = 0;
    /// One item with at most so many of its bytes, from the first. Code::notFound for an unknown id.
    [[nodiscard]] virtual base::Result<QuarantineItem>
    quarantineItem(std::int64_t id, std::size_t mostBytes = std::numeric_limits<std::size_t>::max()) const = 0;
    /// The open items of the same feed whose reason is alike (reasonKind), with this one if it is open; oldest first.
    [[nodiscard]] virtual base::Result<std::vector<std::int64_t>> quarantineAlike(std::int64_t id) const = 0;
    /// Judges one item, inside the open transaction. Code::notFound for an unknown id, Code::conflict for one that is
    /// judged already.
    [[nodiscard]] virtual base::Result<void> judgeQuarantine(std::int64_t id, QuarantineState state,
                                                             const std::string& by, base::Time at) = 0;
    /// Deletes the bytes of at most so many items that were judged before then, and says of how many; the items stay.
    /// A unit of its own: no transaction may be open.
    [[nodiscard]] virtual base::Result<std::size_t> giveBackQuarantine(base::Time before, std::size_t most) = 0;

    /// Who told a report: kept beside the journal, never in it. Inside the open transaction.
    [[nodiscard]] virtual base::Result<void> putContact(model::ReportId report, const model::Contact& contact) = 0;
    /// Empty where nobody is known.
    [[nodiscard]] virtual base::Result<model::Contact> contactOf(model::ReportId report) const = 0;
    /// By what a name is proved (base/pin_record): beside the journal too. Inside the open transaction; an empty one takes it away.
    [[nodiscard]] virtual base::Result<void> putPin(const std::string& name, const std::string& record) = 0;
    /// Empty where there is none.
    [[nodiscard]] virtual base::Result<std::string> pinOf(const std::string& name) const = 0;
    /// Corrections of readings that entries of this transaction tell of and the readings' files are still to take. Inside the open transaction.
    [[nodiscard]] virtual base::Result<void> putCorrectionsDue(const std::vector<Correction>& corrections) = 0;
    /// The first of them, in order.
    [[nodiscard]] virtual base::Result<std::vector<Correction>> correctionsDue(std::size_t most) const = 0;
    /// So many of the first are in those files. Inside the open transaction.
    [[nodiscard]] virtual base::Result<void> dropCorrectionsDue(std::size_t first) = 0;
    /// By which the reports of one sender are known as such without telling who it is: HMAC-SHA-256 over the phone
    /// number (its last nine digits, so that +41 79 … and 079 … are one) or, without one, the e-mail address, in
    /// lower-case hexadecimal, 32 digits. The key is random, the county's own, and stands beside the journal. Empty where
    /// there is neither number nor address, and in a readOnly store that has no key yet.
    [[nodiscard]] virtual std::string senderOf(const model::Contact& contact) const = 0;

    /// The id of an object that a source already sent, by kind ("warning", "report", "earthquake", "chat") and source key.
    /// Answered from the projections (unique index), so it survives restarts. An earthquake is found under every id
    /// that its agency has given it; of a chat message, known by its own id, the entry is told. Code::internal for any
    /// other kind.
    [[nodiscard]] virtual base::Result<std::optional<std::string>> findBySource(const std::string& kind,
                                                                                const std::string& sourceKey) const = 0;
    [[nodiscard]] virtual const std::string& source() const = 0;
};

/// The key under which a source's own message is known again: findBySource's second argument. Parts are joined by '|';
/// a '|' or '\' within a part is escaped by '\'.
[[nodiscard]] std::string sourceKey(const model::Warning& warning);  // sender|identifier|sent
[[nodiscard]] std::string sourceKey(const model::Report& report);    // feed|sourceId; empty where there is no sourceId
[[nodiscard]] std::string sourceKey(const model::Earthquake& quake); // source|sourceId

} // namespace tocsin::store
