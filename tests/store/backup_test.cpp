#include "tocsin/store/backup.hpp"

#include "store/support.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <random>
#include <thread>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using store::Access;

namespace {

namespace fs = std::filesystem;

/// A county folder with something of everything, and room beside it.
class Backup : public ::testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(m_county / "rules");
        m_store = openStore(m_county / "tocsin.db");
        ASSERT_TRUE(appendAll(*m_store, m_maker.next(300)));
        m_readings = openReadings(m_county / "readings");
        ASSERT_TRUE(m_readings->append(someReadings(30'000, 60)));
        ASSERT_TRUE(m_readings->append(someReadings(500, 5, at("2026-09-01T00:00:00Z"))));
        writeBytes(m_county / "config.toml", "name = \"Testland\"\n");
        writeBytes(m_county / "rules/river.toml", "[[rule]]\n");
        writeBytes(m_county / "empty.toml", "");
        writeBytes(m_county / "tiles.mbtiles", std::string(100'000, 't'));
        writeBytes(m_county / "notes.txt", "no part of it");
        SQLite::Database map((m_county / "map.gpkg").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        map.exec(
            "CREATE TABLE road (name TEXT, shape BLOB); INSERT INTO road VALUES ('Rheinstrasse', zeroblob(3000000))");
    }

    [[nodiscard]] std::vector<std::string> beside() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(m_folder.path()))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }

    /// The folder holds what the county had, and works.
    void expectRestored(const fs::path& folder) const {
        auto store = openStore(folder / "tocsin.db");
        EXPECT_EQ(store->lastSeq(), m_store->lastSeq());
        EXPECT_EQ(store->projectionDigest().value(), m_store->projectionDigest().value());
        EXPECT_FALSE(store->verify()->has_value());
        auto readings = openReadings(folder / "readings");
        EXPECT_EQ(readings->count().value(), m_readings->count().value());
        EXPECT_EQ(readings->latest().value(), m_readings->latest().value());
        EXPECT_EQ(bytesOf(folder / "config.toml"), bytesOf(m_county / "config.toml"));
        EXPECT_EQ(bytesOf(folder / "rules/river.toml"), "[[rule]]\n");
        EXPECT_TRUE(fs::exists(folder / "empty.toml"));
        EXPECT_EQ(ask(folder / "map.gpkg", "SELECT name || length(shape) FROM road"), "Rheinstrasse3000000");
        EXPECT_FALSE(fs::exists(folder / "tiles.mbtiles"));
        EXPECT_FALSE(fs::exists(folder / "notes.txt"));
    }

    void expectRefused(const fs::path& in, Code code) {
        const auto target = m_folder / "restored";
        const auto before = beside();
        const auto restored = store::restore(in, target);
        ASSERT_FALSE(restored);
        EXPECT_EQ(restored.error().code, code) << restored.error().message;
        EXPECT_FALSE(fs::exists(target));
        EXPECT_EQ(beside(), before);
    }

    TempFolder m_folder;
    fs::path m_county = m_folder / "county";
    fs::path m_file = m_folder / "county.backup";
    DraftMaker m_maker{31};
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<store::ReadingStore> m_readings;
};

TEST_F(Backup, comesBackWhole) {
    std::vector<int> percents;
    const auto backed = store::backup(m_county, m_file, [&](int percent) { percents.push_back(percent); });
    ASSERT_TRUE(backed) << backed.error().message;
    EXPECT_TRUE(std::is_sorted(percents.begin(), percents.end()));
    EXPECT_EQ(percents.back(), 100);
    EXPECT_EQ(beside(), (std::vector<std::string>{"county", "county.backup"}));

    percents.clear();
    const auto restored =
        store::restore(m_file, m_folder / "absent", [&](int percent) { percents.push_back(percent); });
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(percents.back(), 100);
    expectRestored(m_folder / "absent");

    fs::create_directory(m_folder / "empty");
    ASSERT_TRUE(store::restore(m_file, fs::path((m_folder / "empty").string() + "/")));
    expectRestored(m_folder / "empty");
    EXPECT_EQ(beside(), (std::vector<std::string>{"absent", "county", "county.backup", "empty"}));
}

TEST_F(Backup, isTakenWhileTheDeskWrites) {
    std::atomic<bool> done{false};
    std::atomic<std::int64_t> written{0};
    std::thread desk([&] {
        for (int i = 0; !done; ++i) {
            ASSERT_TRUE(appendAll(*m_store, m_maker.next(3)));
            ASSERT_TRUE(m_readings->append(someReadings(300, 60, someTime() + std::chrono::hours(i + 1))));
            ++written;
        }
    });
    for (int round = 0; round < 3; ++round) {
        const auto before = written.load();
        const auto target = m_folder / ("restored" + std::to_string(round));
        const auto backed = store::backup(m_county, m_file);
        EXPECT_TRUE(backed) << backed.error().message;
        const auto after = written.load();
        const auto restored = store::restore(m_file, target);
        EXPECT_TRUE(restored) << restored.error().message;
        auto store = openStore(target / "tocsin.db");
        EXPECT_GE(store->lastSeq(), 300 + 3 * before);
        EXPECT_LE(store->lastSeq(), 300 + 3 * (after + 1));
        EXPECT_EQ(store->lastSeq() % 3, 0); // whole units only
        const auto digest = store->projectionDigest().value();
        EXPECT_TRUE(store->rebuild());
        EXPECT_EQ(store->projectionDigest().value(), digest);
        // Readings are copied later: at least as many units as the journal has.
        EXPECT_GE(openReadings(target / "readings")->count().value(), 30'500 + 300 * ((store->lastSeq() - 303) / 3));
    }
    done = true;
    desk.join();
    EXPECT_GT(written, 0);
}

TEST_F(Backup, replacesOnlyAnEarlierBackup) {
    ASSERT_TRUE(store::backup(m_county, m_file));
    ASSERT_TRUE(appendAll(*m_store, m_maker.next(5)));
    ASSERT_TRUE(store::backup(m_county, m_file));
    ASSERT_TRUE(store::restore(m_file, m_folder / "restored"));
    expectRestored(m_folder / "restored");

    for (const auto& taken : {m_county / "tocsin.db", m_county / "notes.txt", m_county}) {
        const auto backed = store::backup(m_county, taken);
        ASSERT_FALSE(backed);
        EXPECT_EQ(backed.error().code, Code::refused) << backed.error().message;
    }
    EXPECT_EQ(bytesOf(m_county / "notes.txt"), "no part of it");
    EXPECT_EQ(m_store->newest(1).value().at(0).seq, 305);
}

TEST_F(Backup, refusesAFolderThatIsNoCounty) {
    EXPECT_EQ(store::backup(m_folder / "nowhere", m_file).error().code, Code::storage);
    EXPECT_EQ(store::backup(m_county / "readings", m_file).error().code, Code::notFound);
    EXPECT_EQ(beside(), (std::vector<std::string>{"county"}));
}

TEST_F(Backup, ofABrokenChainIsRefused) {
    tamper(m_county / "tocsin.db", "DROP TRIGGER journal_no_update; UPDATE journal SET actor = 'x' WHERE seq = 7");
    const auto backed = store::backup(m_county, m_file);
    ASSERT_FALSE(backed);
    EXPECT_EQ(backed.error().code, Code::storage);
    EXPECT_NE(backed.error().message.find("entry 7"), std::string::npos) << backed.error().message;
    EXPECT_EQ(beside(), (std::vector<std::string>{"county"}));
}

TEST_F(Backup, ofADamagedReadingsFileIsRefused) {
    m_readings.reset();
    scribble(m_county / "readings/2026-11.db", 5 * 4096, 3 * 4096);
    const auto backed = store::backup(m_county, m_file);
    ASSERT_FALSE(backed);
    EXPECT_EQ(backed.error().code, Code::storage);
    EXPECT_NE(backed.error().message.find("2026-11.db"), std::string::npos) << backed.error().message;
    EXPECT_EQ(beside(), (std::vector<std::string>{"county"}));
}

TEST_F(Backup, onAFullDiskLeavesNothing) {
    {
        const FullDisk full(1'500'000);
        const auto backed = store::backup(m_county, m_file);
        ASSERT_FALSE(backed);
        EXPECT_EQ(backed.error().code, Code::storage) << backed.error().message;
    }
    EXPECT_EQ(beside(), (std::vector<std::string>{"county"}));
    ASSERT_TRUE(store::backup(m_county, m_file));
    const FullDisk full(1'500'000);
    expectRefused(m_file, Code::storage);
}

TEST_F(Backup, isNotRestoredOverAnything) {
    ASSERT_TRUE(store::backup(m_county, m_file));
    const auto target = m_folder / "restored";
    fs::create_directory(target);
    writeBytes(target / "letter.txt", "keep me");
    EXPECT_EQ(store::restore(m_file, target).error().code, Code::refused);
    EXPECT_EQ(bytesOf(target / "letter.txt"), "keep me");
    EXPECT_EQ(store::restore(m_file, target / "letter.txt").error().code, Code::refused);
    EXPECT_EQ(store::restore(m_file, m_county).error().code, Code::refused);
}

TEST_F(Backup, thatIsNoneIsRefused) {
    expectRefused(m_folder / "nothing", Code::notFound);
    writeBytes(m_file, "a letter");
    expectRefused(m_file, Code::storage);
    writeBytes(m_file, "");
    expectRefused(m_file, Code::storage);
    expectRefused(m_county / "tocsin.db", Code::storage);
}

TEST_F(Backup, ofANewerProgramIsRefused) {
    ASSERT_TRUE(store::backup(m_county, m_file));
    tamper(m_file, "PRAGMA user_version = 99");
    expectRefused(m_file, Code::newer);
}

TEST_F(Backup, thatHoldsANewerDatabaseIsRefused) {
    ASSERT_TRUE(store::backup(m_county, m_file));
    // The version of the database inside, with a digest that fits.
    const auto inner = m_folder / "inner.db";
    {
        SQLite::Database db(m_file.string(), SQLite::OPEN_READONLY);
        SQLite::Statement pieces(db, "SELECT bytes FROM piece WHERE id / 4294967296 = "
                                     "(SELECT id FROM file WHERE path = 'tocsin.db') ORDER BY id");
        std::string bytes;
        while (pieces.executeStep())
            bytes += pieces.getColumn(0).getString();
        writeBytes(inner, bytes);
    }
    tamper(inner, "PRAGMA user_version = 99");
    {
        const auto bytes = bytesOf(inner);
        SQLite::Database db(m_file.string(), SQLite::OPEN_READWRITE);
        const auto id = db.execAndGet("SELECT id FROM file WHERE path = 'tocsin.db'").getInt64();
        db.exec("DELETE FROM piece WHERE id / 4294967296 = " + std::to_string(id));
        SQLite::Statement piece(db, "INSERT INTO piece VALUES (?, ?)");
        piece.bind(1, id << 32U);
        piece.bind(2, bytes.data(), static_cast<int>(bytes.size()));
        piece.exec();
        db.exec("UPDATE file SET sha256 = '" + base::toHex(base::sha256(bytes)) + "' WHERE id = " + std::to_string(id));
    }
    fs::remove(inner);
    expectRefused(m_file, Code::newer);
}

TEST_F(Backup, thatWasChangedIsRefused) {
    ASSERT_TRUE(store::backup(m_county, m_file));
    const auto whole = bytesOf(m_file);
    for (const char* sql : {
             "UPDATE file SET sha256 = 'x' WHERE path = 'config.toml'",
             "UPDATE file SET size = size - 1 WHERE path = 'tocsin.db'",
             "UPDATE file SET size = 4e18 WHERE path = 'map.gpkg'",
             "UPDATE file SET size = -1 WHERE path = 'map.gpkg'",
             "UPDATE file SET path = '../escaped.toml' WHERE path = 'config.toml'",
             "UPDATE file SET path = '/tmp/escaped.toml' WHERE path = 'config.toml'",
             "UPDATE file SET path = 'a/../../escaped.toml' WHERE path = 'config.toml'",
             "UPDATE file SET path = 'program.sh' WHERE path = 'config.toml'",
             "DELETE FROM piece WHERE id % 4294967296 = 1",
             "DELETE FROM file WHERE path = 'tocsin.db'",
             "UPDATE piece SET bytes = CAST('name = \"Evilland\"' || char(10) AS BLOB) WHERE length(bytes) = 18",
             "CREATE TABLE more (x)",
             "CREATE TRIGGER t AFTER INSERT ON file BEGIN SELECT 1; END",
             "DROP TABLE piece; CREATE VIEW piece AS SELECT 1 AS id, 2 AS bytes",
         }) {
        writeBytes(m_file, whole);
        tamper(m_file, sql);
        SCOPED_TRACE(sql);
        expectRefused(m_file, Code::storage);
    }
}

TEST_F(Backup, thatWasScribbledOverIsRefused) {
    ASSERT_TRUE(store::backup(m_county, m_file));
    const auto whole = bytesOf(m_file);
    std::mt19937 random(8);
    for (int i = 0; i < 12; ++i) {
        writeBytes(m_file, whole);
        scribble(m_file, 100 + random() % (whole.size() - 10'000), 9000); // more than a page, so no slack hides it
        const auto restored = store::restore(m_file, m_folder / "restored");
        EXPECT_FALSE(restored);
        EXPECT_FALSE(fs::exists(m_folder / "restored"));
        writeBytes(m_file, whole.substr(0, 1 + random() % (whole.size() - 1))); // cut off
        EXPECT_FALSE(store::restore(m_file, m_folder / "restored"));
        EXPECT_FALSE(fs::exists(m_folder / "restored"));
    }
    EXPECT_EQ(beside(), (std::vector<std::string>{"county", "county.backup"}));
}

} // namespace
