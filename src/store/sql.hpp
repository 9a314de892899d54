#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/store/store.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tocsin::store {

/// The numbers by which our files are known again (PRAGMA application_id): "TOCS", "TOCR", "TOCB".
constexpr std::int32_t deskApplicationId = 0x544F4353;
constexpr std::int32_t readingsApplicationId = 0x544F4352;
constexpr std::int32_t backupApplicationId = 0x544F4342;

struct Migration {
    std::string_view name; ///< "0001_journal.sql"
    std::string_view sql;
};

/// What a kind of database looks like: the n-th migration brings it to version n.
struct Schema {
    std::int32_t applicationId{0};
    const char* noun{""}; ///< "desk database", for messages
    std::vector<Migration> migrations;
    /// Fills the derived tables again; called inside the migrations' transaction when one of them has the line
    /// "-- tocsin: refill".
    std::function<void(SQLite::Database&)> refill;

    [[nodiscard]] int version() const { return static_cast<int>(migrations.size()); }
};
[[nodiscard]] Schema deskSchema();
[[nodiscard]] Schema readingsSchema();

/// The database is not as the program left it, in a way that SQLite does not see: caught by guarded().
struct Damaged {
    std::string message;
};

/// A sentence for a person from SQLite's exception about `file`.
[[nodiscard]] base::Error errorOf(const SQLite::Exception& exception, const std::filesystem::path& file);

/// Runs `body` (which returns a Result) and turns what it throws into an error. The layer's edge.
template <typename Body>
auto guarded(const std::filesystem::path& file, Body&& body) -> std::invoke_result_t<Body> {
    try {
        return std::forward<Body>(body)();
    } catch (const SQLite::Exception& e) {
        return tl::unexpected(errorOf(e, file));
    } catch (const Damaged& e) {
        return base::fail(base::Code::storage, file.string() + " is damaged: " + e.message);
    } catch (const std::exception& e) {
        return base::fail(base::Code::internal, file.string() + ": " + e.what());
    }
}

struct OpenOptions {
    bool allowOlder{false}; ///< readOnly only: take a database that has yet to be migrated
    int busyMillis{1000};   ///< how long to wait for another program's lock
    int cacheKiB{2000};
    int pageSize{4096};        ///< bytes, of a database that is made
    int checkpointPages{1000}; ///< how long the log may grow before it is folded in
    bool givesBack{false};     ///< of a database that is made: PRAGMA incremental_vacuum can shrink it
};

/// Opens a database of ours, in WAL mode with synchronous FULL. With readWrite makes it if it is absent and brings it
/// to today's version; a newer, foreign or broken file is refused before a byte of it changes.
[[nodiscard]] base::Result<std::unique_ptr<SQLite::Database>>
openDatabase(const std::filesystem::path& file, Access access, const Schema& schema, const OpenOptions& options = {});

/// Opens any SQLite database to read, also on a medium that cannot be written. Throws SQLite::Exception.
[[nodiscard]] std::unique_ptr<SQLite::Database> openToRead(const std::filesystem::path& file, int busyMillis = 1000);

/// What a file says it is. Asked through SQLite and never by reading the file: closing a second descriptor would drop
/// the locks that this process holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2).
struct FileStamp {
    enum class Kind : unsigned char { absent, empty, sqlite, other }; ///< empty: also a database without tables
    Kind kind{Kind::absent};
    std::int32_t applicationId{0};
    std::int32_t version{0};
};
/// Throws SQLite::Exception.
[[nodiscard]] FileStamp stampOf(const std::filesystem::path& file);

/// A write transaction: rolls back unless committed. Throws SQLite::Exception.
class WriteTransaction {
  public:
    explicit WriteTransaction(SQLite::Database& db);
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;
    ~WriteTransaction();
    void commit();

  private:
    SQLite::Database& m_db;
    bool m_open{true};
};

/// Ends a transaction if one is open, whatever state it is in.
void rollBack(SQLite::Database& db) noexcept;

/// A prepared statement in use: reset when the use ends, so that it keeps no lock and no snapshot.
class Use {
  public:
    explicit Use(SQLite::Statement& statement) : m_statement(statement) {
        m_statement.tryReset();
        m_statement.clearBindings();
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() { m_statement.tryReset(); }
    SQLite::Statement* operator->() { return &m_statement; }
    SQLite::Statement& operator*() { return m_statement; }

  private:
    SQLite::Statement& m_statement;
};

} // namespace tocsin::store
