#include "store/support.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using store::Access;

namespace {

namespace fs = std::filesystem;

TEST(FullDisk, journalSaysSoAndStoresNothingOfTheUnit) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    DraftMaker maker(21);
    auto store = openStore(file);
    ASSERT_TRUE(appendAll(*store, maker.next(50)));
    const auto digest = store->projectionDigest().value();
    {
        const FullDisk full(fs::file_size(file.string() + "-wal") + 20'000);
        ASSERT_TRUE(store->begin());
        base::Result<void> result;
        for (int i = 0; i < 5000 && result; ++i) {
            if (auto entry = store->append(maker.next()); !entry)
                result = tl::unexpected(entry.error());
        }
        if (result)
            result = store->commit();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Code::storage);
        EXPECT_NE(result.error().message.find("disk is full"), std::string::npos) << result.error().message;
        EXPECT_EQ(store->lastSeq(), 50);
        EXPECT_EQ(store->projectionDigest().value(), digest);
        EXPECT_FALSE(store->commit()); // the unit is gone, not half of it
    }
    // With room again the desk goes on.
    ASSERT_TRUE(appendAll(*store, maker.next(10)));
    store = openStore(file);
    EXPECT_EQ(store->lastSeq(), 60);
    EXPECT_FALSE(store->verify()->has_value());
}

TEST(FullDisk, quarantineSaysSo) {
    const TempFolder folder;
    auto store = openStore(folder / "tocsin.db");
    {
        const FullDisk full(200'000);
        const auto id = store->quarantine({0, someTime(), "http", "cap", {}, std::string(1'000'000, 'x')});
        ASSERT_FALSE(id);
        EXPECT_EQ(id.error().code, Code::storage);
    }
    EXPECT_EQ(store->quarantineTally("http").value(), store::QuarantineTally{});
    EXPECT_TRUE(store->quarantine({0, someTime(), "http", "cap", {}, std::string(1'000'000, 'x')}));
}

TEST(FullDisk, readingsAreAllOrNoneAlsoOverMonths) {
    const TempFolder folder;
    auto readings = openReadings(folder / "readings");
    const auto before = someReadings(1000, 10);
    ASSERT_TRUE(readings->append(before));
    auto batch = someReadings(20'000, 10, at("2026-12-01T00:00:00Z"));
    for (const auto& more : someReadings(20'000, 10, at("2026-10-01T00:00:00Z")))
        batch.push_back(more);
    {
        const FullDisk full(300'000);
        const auto stored = readings->append(batch);
        ASSERT_FALSE(stored);
        EXPECT_EQ(stored.error().code, Code::storage);
        EXPECT_NE(stored.error().message.find("disk is full"), std::string::npos) << stored.error().message;
        EXPECT_EQ(readings->count().value(), 1000);
    }
    const auto outcomes = readings->append(batch);
    ASSERT_TRUE(outcomes);
    EXPECT_EQ(std::count(outcomes->begin(), outcomes->end(), store::ReadingOutcome::stored), 40'000);
    EXPECT_EQ(readings->count().value(), 41'000);
}

TEST(Locked, isUnavailableAndGoesOnLater) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    DraftMaker maker(22);
    auto store = openStore(file);
    ASSERT_TRUE(appendAll(*store, maker.next(5)));
    {
        SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        const auto begun = store->begin();
        ASSERT_FALSE(begun);
        EXPECT_EQ(begun.error().code, Code::unavailable);
        EXPECT_NE(begun.error().message.find("in use"), std::string::npos);
        EXPECT_EQ(store->newest(1).value().at(0).seq, 5); // reading goes on
    }
    EXPECT_TRUE(appendAll(*store, maker.next(5)));
}

TEST(Locked, readingsAreUnavailableAndGoOnLater) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    ASSERT_TRUE(readings->append(someReadings(10, 2)));
    const auto batch = someReadings(10, 2, someTime() + std::chrono::hours(1));
    {
        SQLite::Database other((folder / "2026-11.db").string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        const auto stored = readings->append(batch);
        ASSERT_FALSE(stored);
        EXPECT_EQ(stored.error().code, Code::unavailable);
    }
    EXPECT_TRUE(readings->append(batch));
    EXPECT_EQ(readings->count().value(), 20);
}

/// A database with a thousand entries, closed.
void makeJournal(const fs::path& file, std::size_t entries = 1000) {
    DraftMaker maker(23);
    auto store = openStore(file);
    ASSERT_TRUE(appendAll(*store, maker.next(entries)));
}

/// Where the table's root page lies in the file.
std::uintmax_t rootOf(const fs::path& file, const std::string& table) {
    return (std::stoull(ask(file, "SELECT rootpage FROM sqlite_master WHERE name = '" + table + "'")) - 1) * 4096;
}

TEST(Damaged, headerIsRefusedInPlainWords) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    makeJournal(file, 10);
    scribble(file, 0, 4096);
    for (const auto access : {Access::readWrite, Access::readOnly}) {
        const auto store = store::Store::open(file, access);
        ASSERT_FALSE(store);
        EXPECT_EQ(store.error().code, Code::storage);
        EXPECT_NE(store.error().message.find("damaged"), std::string::npos) << store.error().message;
    }
}

TEST(Damaged, projectionsStillShowThePictureToAReader) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    makeJournal(file);
    const auto state = openStore(file)->loadState().value();
    scribble(file, rootOf(file, "alarm"), 4096);
    auto reader = openStore(file, Access::readOnly);
    ASSERT_TRUE(reader);
    EXPECT_TRUE(reader->loadState().value() == state);
    EXPECT_FALSE(reader->verify()->has_value());
    const auto digest = reader->projectionDigest();
    ASSERT_FALSE(digest);
    EXPECT_EQ(digest.error().code, Code::storage);
}

TEST(Damaged, journalIsReadAsFarAsItGoes) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    makeJournal(file);
    // A leaf in the midst of the journal: SQLite stores a table's leaves mostly in order.
    const auto page = std::stoull(ask(file, "SELECT pageno FROM dbstat WHERE name = 'journal' AND pagetype = 'leaf' "
                                            "ORDER BY path LIMIT 1 OFFSET 40"));
    scribble(file, (page - 1) * 4096, 4096);
    auto reader = openStore(file, Access::readOnly);
    ASSERT_TRUE(reader);
    std::int64_t last = 0;
    const auto read = reader->read(1, [&](const model::Entry& entry) {
        last = entry.seq;
        return true;
    });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Code::storage);
    EXPECT_NE(read.error().message.find("damaged"), std::string::npos) << read.error().message;
    EXPECT_GT(last, 10);
    EXPECT_LT(last, 1000);
    const auto fault = reader->verify();
    ASSERT_TRUE(fault);
    ASSERT_TRUE(*fault);
    EXPECT_EQ((*fault)->seq, last + 1);
    EXPECT_EQ(reader->newest(3).value().at(0).seq, 1000);
    EXPECT_TRUE(reader->loadState()); // the tables are whole
}

TEST(Damaged, noScribblingCrashesAReader) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    makeJournal(file, 200);
    const auto whole = bytesOf(file);
    std::mt19937 random(9);
    for (int i = 0; i < 60; ++i) {
        writeBytes(file, whole);
        scribble(file, 100 + random() % (whole.size() - 600), 1 + random() % 500);
        auto store = store::Store::open(file, Access::readOnly);
        if (!store) {
            EXPECT_EQ(store.error().code, Code::storage) << store.error().message;
            continue;
        }
        (void)(*store)->loadState();
        (void)(*store)->newest(1000);
        (void)(*store)->about("desk", 1000);
        (void)(*store)->verify();
    }
}

TEST(Damaged, readingsFileIsNamed) {
    const TempFolder folder;
    {
        auto readings = openReadings(folder.path());
        ASSERT_TRUE(readings->append(someReadings(20'000, 10)));
    }
    const auto file = folder / "2026-11.db";
    scribble(file, rootOf(file, "piece"), 4096);
    auto readings = openReadings(folder.path(), Access::readOnly);
    const auto latest = readings->latest();
    ASSERT_FALSE(latest);
    EXPECT_EQ(latest.error().code, Code::storage);
    EXPECT_NE(latest.error().message.find("2026-11.db is damaged"), std::string::npos) << latest.error().message;
}

/// Gives up root's rights while it lives, so that permissions count.
class AsNobody {
  public:
    AsNobody() : m_before(geteuid()) {
        if (m_before == 0)
            m_done = seteuid(65534) == 0;
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;
    ~AsNobody() {
        if (m_done)
            (void)!seteuid(m_before);
    }

  private:
    uid_t m_before;
    bool m_done{false};
};

TEST(ReadOnlyMedium, canBeReadAndSaysThatItCannotBeWritten) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    makeJournal(file, 10);
    fs::remove(file.string() + "-wal");
    fs::remove(file.string() + "-shm");
    chmod(file.c_str(), 0444);
    chmod(folder.path().c_str(), 0555);
    {
        const AsNobody nobody;
        const auto writer = store::Store::open(file, Access::readWrite);
        ASSERT_FALSE(writer);
        EXPECT_EQ(writer.error().code, Code::storage) << writer.error().message;
        auto reader = openStore(file, Access::readOnly);
        ASSERT_TRUE(reader);
        EXPECT_EQ(reader->lastSeq(), 10);
        EXPECT_TRUE(reader->loadState());
    }
    chmod(folder.path().c_str(), 0755);
}

} // namespace
