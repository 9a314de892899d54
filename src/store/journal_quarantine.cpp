#include "store/journal_store.hpp"

#include "tocsin/base/sha256.hpp"

#include <algorithm>
#include <array>
#include <limits>

// What could not be taken: beside the journal, in its database. The bytes have a table of their own.

namespace tocsin::store {

using base::Code;

namespace {

#define TOCSIN_QUARANTINE_COLUMNS                                                                                      \
    "id, time, feed, format, code, message, line, \"column\", byte, state, judged_by, judged_at, topic, received, "    \
    "size, kept, sha256, seen, last_seen"

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

std::optional<base::Time> timeFrom(const SQLite::Column& column) {
    if (column.isNull())
        return std::nullopt;
    return base::fromUnixMicros(column.getInt64());
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
    item.state = stateFrom(row.getColumn(9).getString());
    item.judgedBy = row.getColumn(10).getString();
    item.judgedAt = timeFrom(row.getColumn(11));
    item.topic = row.getColumn(12).getString();
    item.received = timeFrom(row.getColumn(13));
    item.size = static_cast<std::uint64_t>(row.getColumn(14).getInt64());
    item.kept = static_cast<std::uint64_t>(row.getColumn(15).getInt64());
    item.sha256 = row.getColumn(16).getString();
    item.seen = row.getColumn(17).getInt64();
    item.lastSeen = timeFrom(row.getColumn(18));
    return item;
}

std::string hexOf(std::string_view bytes) {
    return base::toHex(base::sha256(bytes));
}

std::int64_t limitOf(std::size_t most) {
    return static_cast<std::int64_t>(std::min<std::size_t>(most, std::numeric_limits<std::int64_t>::max()));
}

QuarantineTally tallyFrom(SQLite::Statement& row, int first) {
    return {row.getColumn(first).getInt64(), row.getColumn(first + 1).getInt64(), row.getColumn(first + 2).getInt64()};
}

/// Throws SQLite::Exception.
QuarantineTally tallyOf(SQLite::Database& db, const std::string& feed) {
    SQLite::Statement row(db, "SELECT open, cut, kept FROM quarantine_tally WHERE feed = ?");
    row.bind(1, feed);
    return row.executeStep() ? tallyFrom(row, 0) : QuarantineTally{};
}

/// The same bytes of the same feed, refused for the same kind of reason. Empty for a message of a broker: without a time
/// of its own it means another thing each time.
std::string likenessOf(const QuarantineItem& item) {
    if (!item.topic.empty())
        return {};
    std::string of = hexOf(item.bytes);
    for (const auto& part : {item.format, reasonKind(item.error)}) {
        of += '\0';
        of += part;
    }
    return hexOf(of);
}

/// The open item that this one repeats, which is noted there; nothing if it is the first. Throws SQLite::Exception.
std::optional<std::int64_t> seenAgain(SQLite::Database& db, const QuarantineItem& item, const std::string& likeness) {
    if (likeness.empty())
        return std::nullopt;
    // The state and what is not empty stand in the question itself: only so the index is found.
    SQLite::Statement find(db, "SELECT id FROM quarantine "
                               "WHERE feed = ? AND likeness = ? AND state = 'open' AND likeness <> '' LIMIT 1");
    find.bindNoCopy(1, item.feed);
    find.bindNoCopy(2, likeness);
    if (!find.executeStep())
        return std::nullopt;
    const auto id = find.getColumn(0).getInt64();
    SQLite::Statement note(db, "UPDATE quarantine SET seen = seen + 1, last_seen = ? WHERE id = ?");
    note.bind(1, base::toUnixMicros(item.time));
    note.bind(2, id);
    note.exec();
    return id;
}

bool isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

} // namespace

std::string_view toString(QuarantineState state) {
    return quarantineStates.at(static_cast<std::size_t>(state));
}

std::string reasonKind(const base::Error& reason) {
    const std::string_view text = reason.message;
    std::string out(base::toString(reason.code));
    out += ' ';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c == '\'' || c == '"') && (i == 0 || !isWordCharacter(text[i - 1]))) { // not the one of "the desk's"
            auto end = text.find(c, i + 1);
            while (end != std::string_view::npos && end + 1 < text.size() && isWordCharacter(text[end + 1]))
                end = text.find(c, end + 1);
            if (end != std::string_view::npos) {
                out.append(2, c);
                i = end;
                continue;
            }
        }
        const bool digit = c >= '0' && c <= '9';
        if (!digit)
            out += c;
        else if (out.back() != '#')
            out += '#';
    }
    // A reading that came alone is refused for the same reason as many.
    constexpr std::string_view many = " (the first of # readings)";
    if (out.ends_with(many))
        out.resize(out.size() - many.size());
    return out;
}

/// The row and its bytes, or that what stands there already came again. Throws SQLite::Exception.
std::int64_t JournalStore::keep(const QuarantineItem& item, const QuarantineBounds& bounds) {
    const auto likeness = likenessOf(item);
    if (const auto known = seenAgain(*m_db, item, likeness))
        return *known;
    const auto held = static_cast<std::uint64_t>(std::max<std::int64_t>(0, tallyOf(*m_db, item.feed).kept));
    std::string_view bytes = item.bytes;
    std::string sha256;
    if (bytes.size() > bounds.head && held + bytes.size() > bounds.bytesOfOne) {
        sha256 = hexOf(bytes);
        bytes = bytes.substr(0, bounds.head);
    }
    SQLite::Statement insert(*m_db, "INSERT INTO quarantine (time, feed, format, code, message, line, \"column\", byte, "
                                    "topic, received, size, kept, sha256, likeness) "
                                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, base::toUnixMicros(item.time));
    insert.bindNoCopy(2, item.feed);
    insert.bindNoCopy(3, item.format);
    insert.bind(4, base::toString(item.error.code));
    insert.bindNoCopy(5, item.error.message);
    bindOptional(insert, 6, item.error.place.line);
    bindOptional(insert, 7, item.error.place.column);
    bindOptional(insert, 8, item.error.place.byte);
    insert.bindNoCopy(9, item.topic);
    if (item.received)
        insert.bind(10, base::toUnixMicros(*item.received));
    insert.bind(11, static_cast<std::int64_t>(item.bytes.size()));
    insert.bind(12, static_cast<std::int64_t>(bytes.size()));
    insert.bindNoCopy(13, sha256);
    insert.bindNoCopy(14, likeness);
    insert.exec();
    const auto id = m_db->getLastInsertRowid();
    SQLite::Statement put(*m_db, "INSERT INTO quarantine_bytes (item, bytes) VALUES (?, ?)");
    put.bind(1, id);
    put.bindNoCopy(2, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
    put.exec();
    return id;
}

base::Result<std::int64_t> JournalStore::quarantine(const QuarantineItem& item, const QuarantineBounds& bounds) {
    if (auto can = writable(); !can)
        return tl::unexpected(can.error());
    auto id = guarded(m_file, [&]() -> base::Result<std::int64_t> {
        if (item.bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
            return base::fail(Code::tooLarge, "too large for the quarantine");
        if (inTransaction())
            return keep(item, bounds);
        WriteTransaction alone(*m_db);
        const auto kept = keep(item, bounds);
        alone.commit();
        return kept;
    });
    if (!id)
        rollback();
    return id;
}

base::Result<QuarantinePage> JournalStore::quarantined(const QuarantineQuery& query) const {
    return guarded(m_file, [&]() -> base::Result<QuarantinePage> {
        // The state stands in the question itself: only so the index of what is open is found.
        std::string where = " FROM quarantine WHERE state = '" + std::string(toString(query.state)) + "'";
        if (!query.feed.empty())
            where += " AND feed = ?1";
        QuarantinePage page;
        SQLite::Statement rows(*m_db, "SELECT " TOCSIN_QUARANTINE_COLUMNS + where + " ORDER BY id DESC LIMIT ?2");
        if (!query.feed.empty())
            rows.bind(1, query.feed);
        rows.bind(2, limitOf(query.most));
        while (rows.executeStep())
            page.items.push_back(itemFrom(rows));
        if (query.state == QuarantineState::open && !query.feed.empty()) { // a feed's are counted already
            page.all = tallyOf(*m_db, query.feed).open;
            return page;
        }
        SQLite::Statement count(*m_db, "SELECT count(*)" + where);
        if (!query.feed.empty())
            count.bind(1, query.feed);
        if (count.executeStep())
            page.all = count.getColumn(0).getInt64();
        return page;
    });
}

base::Result<std::map<std::string, QuarantineTally>> JournalStore::quarantineTallies() const {
    using Tallies = std::map<std::string, QuarantineTally>;
    return guarded(m_file, [&]() -> base::Result<Tallies> {
        SQLite::Statement rows(*m_db, "SELECT feed, open, cut, kept FROM quarantine_tally WHERE open > 0");
        Tallies tallies;
        while (rows.executeStep())
            tallies[rows.getColumn(0).getString()] = tallyFrom(rows, 1);
        return tallies;
    });
}

base::Result<QuarantineTally> JournalStore::quarantineTally(const std::string& feed) const {
    return guarded(m_file, [&]() -> base::Result<QuarantineTally> { return tallyOf(*m_db, feed); });
}

base::Result<QuarantineItem> JournalStore::quarantineItem(std::int64_t id, std::size_t mostBytes) const {
    return guarded(m_file, [&]() -> base::Result<QuarantineItem> {
        SQLite::Statement row(*m_db, "SELECT " TOCSIN_QUARANTINE_COLUMNS " FROM quarantine WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep())
            return base::fail(Code::notFound, "nothing in quarantine has the number " + std::to_string(id));
        auto item = itemFrom(row);
        if (mostBytes == 0)
            return item;
        SQLite::Statement bytes(*m_db, "SELECT substr(bytes, 1, ?) FROM quarantine_bytes WHERE item = ?");
        bytes.bind(1, static_cast<std::int64_t>(std::min<std::size_t>(mostBytes, std::numeric_limits<int>::max())));
        bytes.bind(2, id);
        if (bytes.executeStep())
            item.bytes = bytes.getColumn(0).getString();
        return item;
    });
}

base::Result<std::vector<std::int64_t>> JournalStore::quarantineAlike(std::int64_t id) const {
    using Ids = std::vector<std::int64_t>;
    return guarded(m_file, [&]() -> base::Result<Ids> {
        const auto model = quarantineItem(id, 0);
        if (!model)
            return tl::unexpected(model.error());
        const auto kind = reasonKind(model->error);
        SQLite::Statement rows(*m_db, "SELECT id, code, message FROM quarantine "
                                      "WHERE state = 'open' AND feed = ? ORDER BY id");
        rows.bind(1, model->feed);
        Ids ids;
        while (rows.executeStep()) {
            if (reasonKind({codeFrom(rows.getColumn(1).getString()), rows.getColumn(2).getString(), {}}) == kind)
                ids.push_back(rows.getColumn(0).getInt64());
        }
        return ids;
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
        auto item = quarantineItem(id, 0);
        if (!item)
            return tl::unexpected(item.error());
        return base::fail(Code::conflict, "number " + std::to_string(id) + " in quarantine was judged already, by " +
                                              item->judgedBy);
    });
}

base::Result<std::size_t> JournalStore::giveBackQuarantine(base::Time before, std::size_t most) {
    if (auto can = writable(); !can)
        return tl::unexpected(can.error());
    if (inTransaction())
        return base::fail(Code::internal, "a transaction is open already");
    return guarded(m_file, [&]() -> base::Result<std::size_t> {
        std::vector<std::int64_t> ids;
        constexpr std::int64_t mostBytes = 8 << 20; // at once
        std::int64_t bytes = 0;
        SQLite::Statement due(*m_db, "SELECT id, kept FROM quarantine "
                                     "WHERE state <> 'open' AND kept > 0 AND judged_at < ? ORDER BY judged_at LIMIT ?");
        due.bind(1, base::toUnixMicros(before));
        due.bind(2, limitOf(most));
        while (bytes < mostBytes && due.executeStep()) {
            ids.push_back(due.getColumn(0).getInt64());
            bytes += due.getColumn(1).getInt64();
        }
        due.reset();
        if (ids.empty())
            return std::size_t{0};
        WriteTransaction transaction(*m_db);
        SQLite::Statement note(*m_db, "UPDATE quarantine SET kept = 0, sha256 = ? WHERE id = ?");
        SQLite::Statement away(*m_db, "DELETE FROM quarantine_bytes WHERE item = ?");
        for (const auto id : ids) {
            const auto item = quarantineItem(id, std::numeric_limits<std::size_t>::max());
            if (!item)
                return tl::unexpected(item.error());
            Use noting(note);
            noting->bind(1, item->sha256.empty() ? hexOf(item->bytes) : item->sha256);
            noting->bind(2, id);
            noting->exec();
            Use going(away);
            going->bind(1, id);
            going->exec();
        }
        transaction.commit();
        return ids.size();
    });
}

} // namespace tocsin::store
