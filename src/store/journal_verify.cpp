#include "store/journal_verify.hpp"

#include "store/journal_rows.hpp"
#include "tocsin/model/state.hpp"

#include <sqlite3.h>

namespace tocsin::store {

namespace {

/// Why the row is not the entry that must follow `last`; empty if it is.
std::string faultOf(const JournalRow& row, std::int64_t lastSeq, const base::Digest& lastHash) {
    const auto& entry = row.entry;
    const auto hash = model::chainHash(lastHash, entry.seq, entry.source, entry, row.dataText);
    if (hash != entry.hash)
        return lastSeq == 0 ? "the entry does not match its hash: it was changed"
                            : "the entry does not match its hash: it was changed, or entry " + std::to_string(lastSeq) +
                                  " before it was";
    const auto data = nlohmann::json::parse(row.dataText, nullptr, false);
    if (data.is_discarded())
        return "the data is no JSON";
    try {
        (void)model::changesOf(data);
    } catch (const std::exception& e) {
        return std::string("the data has an after-image that is none: ") + e.what();
    }
    return {};
}

/// The highest entry that the projections know; 0 for a database that has none yet.
std::int64_t lastProjected(SQLite::Database& db) {
    if (!db.tableExists("entry_subject"))
        return 0;
    return db.execAndGet("SELECT coalesce(max(seq), 0) FROM entry_subject").getInt64();
}

} // namespace

base::Result<std::optional<JournalFault>>
verifyJournal(SQLite::Database& db, const std::filesystem::path& file,
              const std::function<void(std::int64_t done, std::int64_t all)>& progress) {
    std::int64_t last = 0;
    try {
        const std::int64_t all = db.execAndGet("SELECT coalesce(max(seq), 0) FROM journal").getInt64();
        base::Digest hash{};
        SQLite::Statement rows(db, "SELECT " TOCSIN_ENTRY_COLUMNS " FROM journal j ORDER BY j.seq");
        while (rows.executeStep()) {
            const std::int64_t seq = rows.getColumn(0).getInt64();
            if (seq < 1)
                return JournalFault{seq, "the entry has a number below 1"};
            if (seq != last + 1)
                return JournalFault{last + 1, "the entry is missing"};
            try {
                const auto row = JournalRow::from(rows);
                if (auto fault = faultOf(row, last, hash); !fault.empty())
                    return JournalFault{seq, std::move(fault)};
                hash = row.entry.hash;
            } catch (const Damaged& damaged) {
                return JournalFault{seq, damaged.message};
            }
            last = seq;
            if (progress)
                progress(seq, all);
        }
        rows.reset();
        if (lastProjected(db) > last)
            return JournalFault{last + 1, "the entry is missing: the journal's end was cut off"};
        return std::nullopt;
    } catch (const SQLite::Exception& e) {
        if (e.getErrorCode() == SQLITE_CORRUPT)
            return JournalFault{last + 1, std::string("the entry cannot be read: ") + e.what()};
        return tl::unexpected(errorOf(e, file));
    }
}

} // namespace tocsin::store
