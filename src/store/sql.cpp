#include "store/sql.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace tocsin::store {

namespace fs = std::filesystem;
using base::Code;

base::Error errorOf(const SQLite::Exception& exception, const fs::path& file) {
    const auto name = file.string();
    const auto detail = std::string(" (") + exception.what() + ")";
    // A backup's step gives the extended code as the code.
    const int extended = exception.getErrorCode() > 0xFF ? exception.getErrorCode() : exception.getExtendedErrorCode();
    switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {Code::unavailable, name + " is in use by another program"};
    case SQLITE_FULL:
        return {Code::storage, "the disk is full: " + name + " could not be written"};
    case SQLITE_IOERR:
        if ((extended == SQLITE_IOERR_WRITE) || (extended == SQLITE_IOERR_SHMSIZE) || (extended == SQLITE_IOERR_FSYNC))
            return {Code::storage, name + " could not be written: the disk is full or failing" + detail};
        return {Code::storage, name + " could not be read or written: the disk is failing" + detail};
    case SQLITE_CORRUPT:
        return {Code::storage, name + " is damaged" + detail};
    case SQLITE_NOTADB:
        return {Code::storage, name + " is damaged or no database" + detail};
    case SQLITE_READONLY:
        return {Code::storage, name + " may not be written" + detail};
    case SQLITE_CANTOPEN:
        return {Code::storage, name + " cannot be opened" + detail};
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {Code::storage, name + " may not be opened" + detail};
    case SQLITE_CONSTRAINT:
        return {Code::conflict, name + " refuses it: " + exception.what()};
    case SQLITE_TOOBIG:
        return {Code::tooLarge, "too large for " + name};
    case SQLITE_NOMEM:
        return {Code::storage, "not enough memory for " + name};
    case SQLITE_ERROR:
        return {Code::storage, name + " is not as it should be" + detail};
    default:
        return {Code::internal, name + ": " + exception.what()};
    }
}

void rollBack(SQLite::Database& db) noexcept {
    if (sqlite3_get_autocommit(db.getHandle()) == 0)
        sqlite3_exec(db.getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

WriteTransaction::WriteTransaction(SQLite::Database& db) : m_db(db) {
    m_db.exec("BEGIN IMMEDIATE");
}

WriteTransaction::~WriteTransaction() {
    if (m_open)
        rollBack(m_db);
}

void WriteTransaction::commit() {
    m_db.exec("COMMIT");
    m_open = false;
}

namespace {

std::int64_t numberOf(SQLite::Database& db, const char* sql) {
    SQLite::Statement statement(db, sql);
    return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

FileStamp stampOf(SQLite::Database& db) {
    FileStamp stamp;
    stamp.applicationId = static_cast<std::int32_t>(numberOf(db, "PRAGMA application_id"));
    stamp.version = static_cast<std::int32_t>(numberOf(db, "PRAGMA user_version"));
    const bool fresh =
        stamp.applicationId == 0 && stamp.version == 0 && numberOf(db, "SELECT count(*) FROM sqlite_master") == 0;
    stamp.kind = fresh ? FileStamp::Kind::empty : FileStamp::Kind::sqlite;
    return stamp;
}

/// Refuses a file that this program must not touch.
base::Result<void> checkStamp(const FileStamp& stamp, const fs::path& file, const Schema& schema) {
    if (stamp.kind == FileStamp::Kind::other)
        return base::fail(Code::storage, file.string() + " is damaged or no Tocsin " + schema.noun);
    if (stamp.kind != FileStamp::Kind::sqlite)
        return {};
    if (stamp.applicationId != schema.applicationId)
        return base::fail(Code::storage, file.string() + " is not a Tocsin " + schema.noun);
    if (stamp.version > schema.version())
        return base::fail(Code::newer, file.string() + " was written by a newer Tocsin (version " +
                                           std::to_string(stamp.version) + ", this program knows " +
                                           std::to_string(schema.version()) + "): it was not touched");
    if (stamp.version < 0)
        return base::fail(Code::storage, file.string() + " is damaged: its version is below zero");
    return {};
}

void migrate(SQLite::Database& db, const Schema& schema) {
    WriteTransaction transaction(db);
    const auto from = stampOf(db).version; // again, under the lock: another program may have been faster
    bool refill = false;
    for (int n = from; n < schema.version(); ++n) {
        const auto& migration = schema.migrations[static_cast<std::size_t>(n)];
        db.exec(std::string(migration.sql));
        refill = refill || migration.sql.find("-- tocsin: refill\n") != std::string_view::npos;
    }
    if (refill && schema.refill)
        schema.refill(db);
    db.exec("PRAGMA application_id = " + std::to_string(schema.applicationId));
    db.exec("PRAGMA user_version = " + std::to_string(std::max(from, schema.version())));
    transaction.commit();
}

std::string uriOf(const fs::path& file, const char* parameters) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : fs::absolute(file).string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || std::strchr("/-._~", c) != nullptr) {
            uri += c;
        } else {
            uri += '%';
            uri += hex[byte >> 4U];
            uri += hex[byte & 15U];
        }
    }
    return uri + parameters;
}

/// Own threads are kept apart by the store's rules, so SQLite need not lock within a connection.
constexpr int baseFlags = SQLITE_OPEN_NOMUTEX;

void harden(SQLite::Database& db) {
    sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

} // namespace

std::unique_ptr<SQLite::Database> openToRead(const fs::path& file, int busyMillis) {
    try {
        auto db = std::make_unique<SQLite::Database>(file.string(), SQLITE_OPEN_READONLY | baseFlags, busyMillis);
        harden(*db);
        numberOf(*db, "SELECT count(*) FROM sqlite_master");
        return db;
    } catch (const SQLite::Exception& e) {
        // A folder that cannot be written has no room for WAL's shared memory. Without a log there is none to miss.
        // Only where nobody can write: an immutable file takes part in no locking.
        const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
        const bool cannotShare = (e.getErrorCode() == SQLITE_CANTOPEN || e.getErrorCode() == SQLITE_READONLY) &&
                                 ::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) != 0;
        std::error_code ec;
        const auto log = fs::path(file.string() + "-wal");
        if (!cannotShare || !fs::exists(file, ec) || (fs::exists(log, ec) && fs::file_size(log, ec) > 0))
            throw;
    }
    auto db = std::make_unique<SQLite::Database>(uriOf(file, "?immutable=1"),
                                                 SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | baseFlags, busyMillis);
    harden(*db);
    numberOf(*db, "SELECT count(*) FROM sqlite_master");
    return db;
}

FileStamp stampOf(const fs::path& file) {
    FileStamp stamp;
    std::error_code ec;
    if (!fs::exists(file, ec))
        return stamp;
    stamp.kind = FileStamp::Kind::other;
    if (!fs::is_regular_file(file, ec))
        return stamp;
    if (fs::file_size(file, ec) == 0) {
        stamp.kind = FileStamp::Kind::empty;
        return stamp;
    }
    try {
        const auto db = openToRead(file);
        return stampOf(*db);
    } catch (const SQLite::Exception& e) {
        if (e.getErrorCode() == SQLITE_NOTADB)
            return stamp;
        throw;
    }
}

namespace {

/// The stamp before the file is opened to write. A reader cannot undo a transaction that an earlier crash left in a
/// rollback journal, as while a file is first made: that one is left to the writer, who looks again.
FileStamp stampBeforeWriting(const fs::path& file) {
    try {
        return store::stampOf(file);
    } catch (const SQLite::Exception& e) {
        if (e.getErrorCode() != SQLITE_READONLY && e.getErrorCode() != SQLITE_CANTOPEN)
            throw;
    }
    FileStamp unknown;
    unknown.kind = FileStamp::Kind::empty;
    return unknown;
}

} // namespace

base::Result<std::unique_ptr<SQLite::Database>> openDatabase(const fs::path& file, Access access, const Schema& schema,
                                                             const OpenOptions& options) {
    using Opened = base::Result<std::unique_ptr<SQLite::Database>>;
    return guarded(file, [&]() -> Opened {
        if (access == Access::readOnly) {
            std::error_code ec;
            if (!fs::exists(file, ec))
                return base::fail(Code::notFound, file.string() + " does not exist");
            auto db = openToRead(file, options.busyMillis);
            const auto stamp = stampOf(*db);
            if (auto fits = checkStamp(stamp, file, schema); !fits)
                return tl::unexpected(fits.error());
            if (!options.allowOlder && stamp.version < schema.version())
                return base::fail(Code::refused, file.string() + " was written by an older Tocsin: it must be opened "
                                                                 "for writing once, to be brought up to date");
            db->exec("PRAGMA cache_size = -" + std::to_string(options.cacheKiB));
            return db;
        }
        if (auto fits = checkStamp(stampBeforeWriting(file), file, schema); !fits)
            return tl::unexpected(fits.error());
        auto db = std::make_unique<SQLite::Database>(
            file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | baseFlags, options.busyMillis);
        harden(*db);
        // Until we know that the file is ours, closing it must not fold its log in.
        sqlite3_db_config(db->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        const auto stamp = stampOf(*db);
        if (auto fits = checkStamp(stamp, file, schema); !fits)
            return tl::unexpected(fits.error());
        if (stamp.kind == FileStamp::Kind::empty && options.givesBack)
            db->exec("PRAGMA auto_vacuum = INCREMENTAL");
        if (stamp.kind == FileStamp::Kind::empty)
            db->exec("PRAGMA page_size = " + std::to_string(options.pageSize));
        SQLite::Statement mode(*db, "PRAGMA journal_mode = WAL");
        if (!mode.executeStep() || mode.getColumn(0).getString() != "wal")
            return base::fail(Code::storage, file.string() + " lies where write-ahead logging does not work");
        mode.reset();
        db->exec("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -" +
                 std::to_string(options.cacheKiB) +
                 "; PRAGMA wal_autocheckpoint = " + std::to_string(options.checkpointPages));
        if (stamp.version < schema.version())
            migrate(*db, schema);
        sqlite3_db_config(db->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
        return db;
    });
}

} // namespace tocsin::store
