#include "store/journal_store.hpp"

#include "store/journal_rows.hpp"
#include "store/journal_verify.hpp"
#include "store/sender_key.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/model/json_text.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <sqlite3.h>

namespace tocsin::store {

using base::Code;

namespace {

/// CloudEvents wants a URI reference: what a URN may not hold is percent-encoded.
std::string sourceOf(const std::string& county) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string urn = "urn:tocsin:";
    for (const char c : county.empty() ? std::string("county") : county) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~');
        if (plain) {
            urn += c;
        } else {
            urn += '%';
            urn += hex[byte >> 4U];
            urn += hex[byte & 15U];
        }
    }
    return urn;
}

std::int64_t limitOf(std::size_t most) {
    return static_cast<std::int64_t>(std::min<std::size_t>(most, std::numeric_limits<std::int64_t>::max()));
}

std::vector<model::Entry> entriesFrom(SQLite::Statement& statement) {
    std::vector<model::Entry> entries;
    while (statement.executeStep())
        entries.push_back(entryFrom(statement));
    return entries;
}

} // namespace

base::Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file, Access access,
                                                 const std::string& county) {
    using Opened = base::Result<std::unique_ptr<Store>>;
    auto opened = guarded(file, [&]() -> Opened {
        auto db = openDatabase(file, access, deskSchema());
        if (!db)
            return tl::unexpected(db.error());
        return std::make_unique<JournalStore>(file, std::move(*db), access, county);
    });
    // Nothing in a whole file is too large to be read.
    if (!opened && opened.error().code == base::Code::tooLarge)
        return base::fail(base::Code::storage, file.string() + " is damaged");
    return opened;
}

JournalStore::JournalStore(std::filesystem::path file, std::unique_ptr<SQLite::Database> db, Access access,
                           const std::string& county)
    : m_file(std::move(file)), m_db(std::move(db)), m_readOnly(access == Access::readOnly) {
    const auto known = [this] {
        SQLite::Statement source(*m_db, "SELECT value FROM about WHERE key = 'source'");
        return source.executeStep() ? source.getColumn(0).getString() : std::string();
    };
    m_source = known();
    if (m_source.empty() && !m_readOnly) {
        SQLite::Statement note(*m_db, "INSERT INTO about (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
        WriteTransaction transaction(*m_db);
        for (const auto& [key, value] : {std::pair{"source", sourceOf(county)}, std::pair{"county", county}}) {
            Use use(note);
            use->bind(1, key);
            use->bind(2, value);
            use->exec();
        }
        transaction.commit();
        m_source = known();
    }
    m_senderKey = takeSenderKey(*m_db, m_readOnly);
    m_headStatement =
        std::make_unique<SQLite::Statement>(*m_db, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
    if (!m_readOnly) {
        m_projector = std::make_unique<Projector>(*m_db);
        m_insert = std::make_unique<SQLite::Statement>(
            *m_db, "INSERT INTO journal (seq, id, source, type, subject, time, actor, command, data, hash) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        m_head = readHead();
        m_openHead = m_head;
    }
    m_ofCommand = std::make_unique<SQLite::Statement>(*m_db, "SELECT " TOCSIN_ENTRY_COLUMNS
                                                             " FROM journal j WHERE j.command = ? ORDER BY j.seq");
}

JournalStore::~JournalStore() {
    rollback();
}

std::string JournalStore::senderOf(const model::Contact& contact) const {
    return store::senderOf(contact, m_senderKey);
}

bool JournalStore::inTransaction() const {
    return sqlite3_get_autocommit(m_db->getHandle()) == 0;
}

JournalStore::Head JournalStore::readHead() const {
    Head head;
    Use use(*m_headStatement);
    if (use->executeStep()) {
        head.seq = use->getColumn(0).getInt64();
        const auto hash = use->getColumn(1);
        if (static_cast<std::size_t>(hash.getBytes()) != head.hash.size())
            throw Damaged{"entry " + std::to_string(head.seq) + " has a hash that is none"};
        std::copy_n(static_cast<const std::uint8_t*>(hash.getBlob()), head.hash.size(), head.hash.begin());
    }
    return head;
}

base::Result<void> JournalStore::writable() const {
    if (m_readOnly)
        return base::fail(Code::refused, m_file.string() + " is open for reading only");
    return {};
}

base::Result<model::State> JournalStore::loadState() const {
    return guarded(m_file, [&]() -> base::Result<model::State> {
        try {
            return Projector::load(*m_db);
        } catch (const Damaged&) {
            if (!m_readOnly)
                throw;
        } catch (const SQLite::Exception& e) {
            if (!m_readOnly || e.getErrorCode() != SQLITE_CORRUPT)
                throw;
        }
        // Whoever only reads still gets the picture from the journal, if that is whole.
        model::State state;
        SQLite::Statement rows(*m_db, "SELECT " TOCSIN_ENTRY_COLUMNS " FROM journal j ORDER BY j.seq");
        while (rows.executeStep())
            model::apply(state, entryFrom(rows));
        return state;
    });
}

base::Result<void> JournalStore::begin() {
    if (auto can = writable(); !can)
        return can;
    if (inTransaction())
        return base::fail(Code::internal, "a transaction is open already");
    return guarded(m_file, [&]() -> base::Result<void> {
        m_db->exec("BEGIN IMMEDIATE");
        try {
            if (readHead() != m_head) {
                rollBack(*m_db);
                return base::fail(Code::conflict,
                                  m_file.string() + " was written by another program meanwhile: open it again");
            }
        } catch (...) {
            rollBack(*m_db);
            throw;
        }
        m_openHead = m_head;
        return {};
    });
}

model::Entry JournalStore::write(const model::EntryDraft& draft) {
    model::Entry entry;
    static_cast<model::EntryDraft&>(entry) = draft;
    // What is projected now is what a replay will read: the text, where that is not the value it was made from.
    if (!model::survivesText(entry.data))
        entry.data = nlohmann::json::parse(entry.data.dump());
    const DataText data(entry.data);
    const auto& dataText = data.text();
    entry.seq = m_openHead.seq + 1;
    entry.source = m_source;
    entry.hash = model::chainHash(m_openHead.hash, entry.seq, entry.source, entry, dataText);
    {
        Use use(*m_insert);
        const auto id = entry.id.toString();
        const auto command = entry.command.toString();
        use->bind(1, entry.seq);
        use->bindNoCopy(2, id);
        use->bindNoCopy(3, entry.source);
        use->bindNoCopy(4, entry.type);
        use->bindNoCopy(5, entry.subject);
        use->bind(6, base::toUnixMicros(entry.time));
        use->bindNoCopy(7, entry.actor);
        use->bindNoCopy(8, command);
        use->bindNoCopy(9, dataText);
        use->bind(10, entry.hash.data(), static_cast<int>(entry.hash.size()));
        use->exec();
    }
    m_projector->project(entry, data);
    return entry;
}

base::Result<model::Entry> JournalStore::append(const model::EntryDraft& draft) {
    if (auto can = writable(); !can)
        return tl::unexpected(can.error());
    if (!inTransaction())
        return base::fail(Code::internal, "no transaction is open");
    auto entry = guarded(m_file, [&]() -> base::Result<model::Entry> {
        for (const auto* field : {&draft.type, &draft.subject, &draft.actor}) {
            if (!base::isUtf8(*field))
                return base::fail(Code::malformed, "the entry cannot be written: it is not UTF-8");
        }
        try {
            return write(draft);
        } catch (const SQLite::Exception&) {
            throw;
        } catch (const std::exception& e) { // from the data: no UTF-8, not finite, an image that is none
            return base::fail(Code::malformed, "the entry cannot be written: " + std::string(e.what()));
        }
    });
    if (entry)
        m_openHead = {entry->seq, entry->hash};
    else
        rollback();
    return entry;
}

base::Result<void> JournalStore::commit() {
    if (!inTransaction())
        return base::fail(Code::internal, "no transaction is open");
    auto done = guarded(m_file, [&]() -> base::Result<void> {
        m_db->exec("COMMIT");
        return {};
    });
    if (done)
        m_head = m_openHead;
    else
        rollback();
    return done;
}

void JournalStore::rollback() {
    rollBack(*m_db);
    m_openHead = m_head;
}

base::Result<std::vector<model::Entry>> JournalStore::entriesOf(model::CommandId command) const {
    return guarded(m_file, [&]() -> base::Result<std::vector<model::Entry>> {
        if (command.isNull())
            return std::vector<model::Entry>{};
        Use use(*m_ofCommand);
        use->bind(1, command.toString());
        return entriesFrom(*use);
    });
}

base::Result<void> JournalStore::read(std::int64_t from, const std::function<bool(const model::Entry&)>& each) const {
    return guarded(m_file, [&]() -> base::Result<void> {
        SQLite::Statement rows(*m_db, "SELECT " TOCSIN_ENTRY_COLUMNS " FROM journal j WHERE j.seq >= ? ORDER BY j.seq");
        rows.bind(1, from);
        while (rows.executeStep()) {
            if (!each(entryFrom(rows)))
                break;
        }
        return {};
    });
}

base::Result<void> JournalStore::readOf(const std::vector<std::string>& types, std::int64_t from,
                                        const std::function<bool(const model::Entry&)>& each) const {
    return guarded(m_file, [&]() -> base::Result<void> {
        std::string marks;
        for (std::size_t i = 0; i < types.size(); ++i)
            marks += i == 0 ? "?" : ", ?";
        SQLite::Statement rows(*m_db, "SELECT " TOCSIN_ENTRY_COLUMNS
                                      " FROM journal j WHERE j.seq >= ? AND j.type IN (" +
                                          marks + ") ORDER BY j.seq");
        rows.bind(1, from);
        for (std::size_t i = 0; i < types.size(); ++i)
            rows.bind(static_cast<int>(i) + 2, types[i]);
        while (rows.executeStep()) {
            if (!each(entryFrom(rows)))
                break;
        }
        return {};
    });
}

base::Result<void> JournalStore::heads(std::int64_t from, const std::function<bool(const EntryHead&)>& each) const {
    return guarded(m_file, [&]() -> base::Result<void> {
        SQLite::Statement rows(*m_db, "SELECT seq, time FROM journal WHERE seq >= ? ORDER BY seq");
        rows.bind(1, from);
        while (rows.executeStep()) {
            if (!rows.getColumn(1).isInteger())
                throw Damaged{"entry " + std::to_string(rows.getColumn(0).getInt64()) +
                              " has a time that is no number"};
            if (!each({rows.getColumn(0).getInt64(), base::fromUnixMicros(rows.getColumn(1).getInt64())}))
                break;
        }
        return {};
    });
}

base::Result<std::vector<model::Entry>> JournalStore::newest(std::size_t most) const {
    return guarded(m_file, [&]() -> base::Result<std::vector<model::Entry>> {
        SQLite::Statement rows(*m_db, "SELECT " TOCSIN_ENTRY_COLUMNS " FROM journal j ORDER BY j.seq DESC LIMIT ?");
        rows.bind(1, limitOf(most));
        return entriesFrom(rows);
    });
}

base::Result<std::vector<model::Entry>> JournalStore::about(const std::string& subject, std::size_t most) const {
    return guarded(m_file, [&]() -> base::Result<std::vector<model::Entry>> {
        SQLite::Statement rows(*m_db, "SELECT " TOCSIN_ENTRY_COLUMNS
                                      " FROM entry_subject s CROSS JOIN journal j ON j.seq = s.seq "
                                      "WHERE s.subject = ? ORDER BY s.seq DESC LIMIT ?");
        rows.bind(1, subject);
        rows.bind(2, limitOf(most));
        return entriesFrom(rows);
    });
}

std::int64_t JournalStore::lastSeq() const {
    if (!m_readOnly)
        return m_openHead.seq;
    // Somebody else writes. A file that cannot be read has no last entry that anyone could ask for.
    return guarded(m_file, [&]() -> base::Result<std::int64_t> { return readHead().seq; }).value_or(0);
}

base::Result<std::optional<JournalFault>>
JournalStore::verify(const std::function<void(std::int64_t done, std::int64_t all)>& progress) const {
    return guarded(m_file, [&] { return verifyJournal(*m_db, m_file, progress); });
}

base::Result<void> JournalStore::rebuild(const std::function<void(std::int64_t done, std::int64_t all)>& progress) {
    if (auto can = writable(); !can)
        return can;
    if (inTransaction())
        return base::fail(Code::internal, "a transaction is open already");
    return guarded(m_file, [&]() -> base::Result<void> {
        WriteTransaction transaction(*m_db);
        m_projector->replay(progress);
        transaction.commit();
        return {};
    });
}

base::Result<std::string> JournalStore::projectionDigest() const {
    return guarded(m_file, [&]() -> base::Result<std::string> { return Projector::digest(*m_db); });
}

base::Result<std::optional<std::string>> JournalStore::findBySource(const std::string& kind,
                                                                    const std::string& sourceKey) const {
    return guarded(m_file, [&]() -> base::Result<std::optional<std::string>> {
        const char* table = kind == "warning"      ? "warning"
                            : kind == "report"     ? "report"
                            : kind == "earthquake" ? "earthquake_key"
                            : kind == "chat"       ? "chat"
                                                   : nullptr;
        if (table == nullptr)
            return base::fail(Code::internal, "things of the kind '" + kind + "' have no source key");
        auto& row = m_bySource[table];
        if (!row)
            row = std::make_unique<SQLite::Statement>(*m_db, std::string("SELECT id FROM ") + table +
                                                                 " WHERE source_key = ?");
        Use use(*row);
        use->bindNoCopy(1, sourceKey);
        if (!use->executeStep())
            return std::nullopt;
        return use->getColumn(0).getString();
    });
}

} // namespace tocsin::store
