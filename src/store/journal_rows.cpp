#include "store/journal_rows.hpp"

#include <algorithm>

namespace tocsin::store {

namespace {

template <typename IdType>
IdType idFrom(const SQLite::Column& column, std::int64_t seq) {
    const auto text = column.getString();
    const auto id = IdType::parse(text);
    // Only the one spelling that we write is hashed alike.
    if (!id || id->toString() != text)
        throw Damaged{"entry " + std::to_string(seq) + " has an id that is none"};
    return *id;
}

} // namespace

JournalRow JournalRow::from(SQLite::Statement& statement) {
    JournalRow row;
    auto& entry = row.entry;
    entry.seq = statement.getColumn(0).getInt64();
    const auto fail = [&entry](const char* what) {
        throw Damaged{"entry " + std::to_string(entry.seq) + " has " + what};
    };
    entry.id = idFrom<model::EntryId>(statement.getColumn(1), entry.seq);
    entry.source = statement.getColumn(2).getString();
    entry.type = statement.getColumn(3).getString();
    entry.subject = statement.getColumn(4).getString();
    if (!statement.getColumn(5).isInteger())
        fail("a time that is no number");
    entry.time = base::fromUnixMicros(statement.getColumn(5).getInt64());
    entry.actor = statement.getColumn(6).getString();
    entry.command = idFrom<model::CommandId>(statement.getColumn(7), entry.seq);
    if (!statement.getColumn(8).isText())
        fail("data that is no text");
    row.dataText = statement.getColumn(8).getString();
    const auto hash = statement.getColumn(9);
    const auto size = static_cast<std::size_t>(hash.getBytes());
    if (!hash.isBlob() || size != entry.hash.size())
        fail("a hash that is none");
    std::copy_n(static_cast<const std::uint8_t*>(hash.getBlob()), size, entry.hash.begin());
    return row;
}

model::Entry entryFrom(SQLite::Statement& statement) {
    auto row = JournalRow::from(statement);
    row.entry.data = nlohmann::json::parse(row.dataText, nullptr, false);
    if (row.entry.data.is_discarded())
        throw Damaged{"entry " + std::to_string(row.entry.seq) + " has data that is no JSON"};
    return std::move(row.entry);
}

} // namespace tocsin::store
