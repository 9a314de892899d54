#pragma once

#include "store/sql.hpp"
#include "tocsin/model/journal.hpp"

#include <string>

namespace tocsin::store {

/// The columns of an entry, in the order that entryFrom() and JournalRow::from() take.
#define TOCSIN_ENTRY_COLUMNS "j.seq, j.id, j.source, j.type, j.subject, j.time, j.actor, j.command, j.data, j.hash"

/// A row of the journal, its data still as the text that was hashed.
struct JournalRow {
    model::Entry entry; ///< without data
    std::string dataText;

    /// Throws Damaged when ids, hash or kinds of values are not what they must be.
    [[nodiscard]] static JournalRow from(SQLite::Statement& statement);
};

/// A whole entry. Throws Damaged.
[[nodiscard]] model::Entry entryFrom(SQLite::Statement& statement);

} // namespace tocsin::store
