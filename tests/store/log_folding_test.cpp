#include "store/log_folding.hpp"
#include "store/support.hpp"

#include <gtest/gtest.h>

namespace tocsin::store {
namespace {

namespace fs = std::filesystem;

/// A database in WAL mode whose log is folded in from `pages` pages on.
class LogFoldingTest : public testing::Test {
  protected:
    static constexpr int pages = 10;

    LogFoldingTest() {
        m_db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)");
        m_folding = std::make_unique<LogFolding>(m_db, m_file, pages);
    }

    void add() {
        m_db.exec("BEGIN IMMEDIATE; INSERT INTO t (body) VALUES (zeroblob(9000)); COMMIT");
        m_folding->afterCommit();
    }
    [[nodiscard]] std::uintmax_t logBytes() const { return fs::file_size(fs::path(m_file.string() + "-wal")); }

    test::TempFolder m_folder;
    fs::path m_file{m_folder.path() / "x.db"};
    SQLite::Database m_db{m_file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    std::unique_ptr<LogFolding> m_folding;
};

constexpr std::uintmax_t pageInLog = 4096 + 24;

TEST_F(LogFoldingTest, TheLogStaysBoundedHoweverMuchIsWritten) {
    // Ten pages, sixteen times as many while the thread is behind, and one transaction's.
    constexpr auto most = (17 * pages + 10) * pageInLog + 32;
    for (int i = 0; i < 2000; ++i) {
        add();
        ASSERT_LE(logBytes(), most) << i;
    }
    EXPECT_EQ(m_db.execAndGet("SELECT count(*) FROM t").getInt(), 2000);
}

TEST_F(LogFoldingTest, WhoReadsWhatIsOldHoldsNobodyUp) {
    add();
    SQLite::Database reader(m_file.string(), SQLite::OPEN_READONLY);
    reader.exec("BEGIN");
    EXPECT_EQ(reader.execAndGet("SELECT count(*) FROM t").getInt(), 1);
    for (int i = 0; i < 1000; ++i)
        add();
    EXPECT_GT(logBytes(), 2000 * pageInLog) << "what the reader does not see yet stays in the log";
    EXPECT_EQ(reader.execAndGet("SELECT count(*) FROM t").getInt(), 1);
    reader.exec("COMMIT");
    for (int i = 0; i < 1000; ++i)
        add();
    SQLite::Statement log(m_db, "PRAGMA wal_checkpoint(PASSIVE)");
    ASSERT_TRUE(log.executeStep());
    EXPECT_LT(log.getColumn(1).getInt(), 1000) << "begun anew since";
    EXPECT_EQ(reader.execAndGet("SELECT count(*) FROM t").getInt(), 2001);
}

TEST_F(LogFoldingTest, AllIsThereOnceItIsClosedAndTheLogGone) {
    for (int i = 0; i < 50; ++i)
        add();
    m_folding.reset();
    { const SQLite::Database gone(std::move(m_db)); }
    EXPECT_FALSE(fs::exists(fs::path(m_file.string() + "-wal")));
    SQLite::Database again(m_file.string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(again.execAndGet("SELECT count(*) FROM t").getInt(), 50);
}

} // namespace
} // namespace tocsin::store
