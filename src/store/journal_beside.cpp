#include "store/journal_store.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <array>
#include <limits>

// What stands beside the journal: the quarantine, and who told a report.

namespace tocsin::store {

using base::Code;

namespace {

#define TOCSIN_QUARANTINE_COLUMNS                                                                                      \
    "id, time, feed, format, code, message, line, \"column\", byte, bytes, state, judged_by, judged_at"

constexpr std::array<std::string_view, 3> quarantineStates{"open", "taken", "dismissed"};

QuarantineState stateFrom(std::string_view word) {
    for (std::size_t i = 0; i < quarantineStates.size(); ++i) {
        if (quarantineStates.at(i) == word)
            return static_cast<QuarantineState>(i);
    }
    return QuarantineState::open;
}

Code codeFrom(const std::string& word) {
    for (int i = 0; i <= static_cast<int>(Code::internal); ++i) {
        if (word == base::toString(static_cast<Code>(i)))
            return static_cast<Code>(i);
    }
    return Code::internal;
}

void bindOptional(SQLite::Statement& statement, int at, const std::optional<std::uint64_t>& value) {
    if (value)
        statement.bind(at, static_cast<std::int64_t>(*value));
    else
        statement.bind(at);
}

std::optional<std::uint64_t> optionalFrom(const SQLite::Column& column) {
    if (column.isNull())
        return std::nullopt;
    return static_cast<std::uint64_t>(column.getInt64());
}

QuarantineItem itemFrom(SQLite::Statement& row) {
    QuarantineItem item;
    item.id = row.getColumn(0).getInt64();
    item.time = base::fromUnixMicros(row.getColumn(1).getInt64());
    item.feed = row.getColumn(2).getString();
    item.format = row.getColumn(3).getString();
    item.error.code = codeFrom(row.getColumn(4).getString());
    item.error.message = row.getColumn(5).getString();
    item.error.place.line = optionalFrom(row.getColumn(6));
    item.error.place.column = optionalFrom(row.getColumn(7));
    item.error.place.byte = optionalFrom(row.getColumn(8));
    item.bytes = row.getColumn(9).getString();
    item.state = stateFrom(row.getColumn(10).getString());
    item.judgedBy = row.getColumn(11).getString();
    if (!row.getColumn(12).isNull())
        item.judgedAt = base::fromUnixMicros(row.getColumn(12).getInt64());
    return item;
}

} // namespace

std::string_view toString(QuarantineState state) {
    return quarantineStates.at(static_cast<std::size_t>(state));
}

base::Result<std::int64_t> JournalStore::quarantine(const QuarantineItem& item) {
    if (auto can = writable(); !can)
        return tl::unexpected(can.error());
    auto id = guarded(m_file, [&]() -> base::Result<std::int64_t> {
        SQLite::Statement insert(*m_db, "INSERT INTO quarantine (time, feed, format, code, message, line, \"column\", "
                                        "byte, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (item.bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
            return base::fail(Code::tooLarge, "too large for the quarantine");
        insert.bind(1, base::toUnixMicros(item.time));
        insert.bindNoCopy(2, item.feed);
        insert.bindNoCopy(3, item.format);
        insert.bind(4, base::toString(item.error.code));
        insert.bindNoCopy(5, item.error.message);
        bindOptional(insert, 6, item.error.place.line);
        bindOptional(insert, 7, item.error.place.column);
        bindOptional(insert, 8, item.error.place.byte);
        insert.bindNoCopy(9, static_cast<const void*>(item.bytes.data()), static_cast<int>(item.bytes.size()));
        insert.exec();
        return m_db->getLastInsertRowid();
    });
    if (!id)
        rollback();
    return id;
}

base::Result<std::vector<QuarantineItem>> JournalStore::quarantined(std::size_t most) const {
    return guarded(m_file, [&]() -> base::Result<std::vector<QuarantineItem>> {
        SQLite::Statement rows(*m_db, "SELECT " TOCSIN_QUARANTINE_COLUMNS " FROM quarantine ORDER BY id DESC LIMIT ?");
        rows.bind(1, static_cast<std::int64_t>(
                         std::min<std::size_t>(most, std::numeric_limits<std::int64_t>::max())));
        std::vector<QuarantineItem> items;
        while (rows.executeStep())
            items.push_back(itemFrom(rows));
        return items;
    });
}

base::Result<std::int64_t> JournalStore::quarantineCount() const {
    return guarded(m_file, [&]() -> base::Result<std::int64_t> {
        return m_db->execAndGet("SELECT count(*) FROM quarantine WHERE state = 'open'").getInt64();
    });
}

base::Result<QuarantineItem> JournalStore::quarantineItem(std::int64_t id) const {
    return guarded(m_file, [&]() -> base::Result<QuarantineItem> {
        SQLite::Statement row(*m_db, "SELECT " TOCSIN_QUARANTINE_COLUMNS " FROM quarantine WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep())
            return base::fail(Code::notFound, "nothing in quarantine has the number " + std::to_string(id));
        return itemFrom(row);
    });
}

base::Result<void> JournalStore::judgeQuarantine(std::int64_t id, QuarantineState state, const std::string& by,
                                                 base::Time at) {
    if (auto can = writable(); !can)
        return can;
    return guarded(m_file, [&]() -> base::Result<void> {
        SQLite::Statement change(*m_db, "UPDATE quarantine SET state = ?, judged_by = ?, judged_at = ? "
                                        "WHERE id = ? AND state = 'open'");
        change.bind(1, std::string(toString(state)));
        change.bind(2, by);
        change.bind(3, base::toUnixMicros(at));
        change.bind(4, id);
        if (change.exec() == 1)
            return {};
        auto item = quarantineItem(id);
        if (!item)
            return tl::unexpected(item.error());
        return base::fail(Code::conflict, "number " + std::to_string(id) + " in quarantine was judged already, by " +
                                              item->judgedBy);
    });
}

base::Result<void> JournalStore::putContact(model::ReportId report, const model::Contact& contact) {
    if (auto can = writable(); !can)
        return can;
    return guarded(m_file, [&]() -> base::Result<void> {
        if (!m_putContact)
            m_putContact =
                std::make_unique<SQLite::Statement>(*m_db, "INSERT INTO contact (report, body) VALUES (?, ?) "
                                                           "ON CONFLICT (report) DO UPDATE SET body = excluded.body");
        Use put(*m_putContact);
        put->bind(1, report.toString());
        put->bind(2, nlohmann::json(contact).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        put->exec();
        return {};
    });
}

base::Result<model::Contact> JournalStore::contactOf(model::ReportId report) const {
    return guarded(m_file, [&]() -> base::Result<model::Contact> {
        SQLite::Statement row(*m_db, "SELECT body FROM contact WHERE report = ?");
        row.bind(1, report.toString());
        if (!row.executeStep())
            return model::Contact{};
        const auto body = nlohmann::json::parse(row.getColumn(0).getString(), nullptr, false);
        return body.is_object() ? body.get<model::Contact>() : model::Contact{};
    });
}

} // namespace tocsin::store
