#include "store/sql.hpp"
#include "store/support.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using store::Access;
using store::Schema;

namespace {

const std::filesystem::path stored = std::filesystem::path(TOCSIN_SOURCE_DIR) / "tests/data/store";

/// Makes a database from a stored dump.
void load(const std::filesystem::path& dump, const std::filesystem::path& file) {
    SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(bytesOf(dump));
}

std::string versionOf(const std::filesystem::path& file) {
    return ask(file, "PRAGMA user_version");
}

TEST(Migration, filesAreNumberedWithoutGaps) {
    for (const auto& schema : {store::deskSchema(), store::readingsSchema()}) {
        EXPECT_GE(schema.migrations.size(), 2U);
        int number = 0;
        for (const auto& migration : schema.migrations) {
            ++number;
            EXPECT_EQ(std::stoi(std::string(migration.name.substr(0, 4))), number) << migration.name;
            EXPECT_FALSE(migration.sql.empty());
        }
    }
}

TEST(Migration, anOldDeskDatabaseIsBroughtUpToDate) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    load(stored / "desk_v1.sql", file);
    EXPECT_EQ(store::Store::open(file, Access::readOnly).error().code, Code::refused);
    EXPECT_EQ(versionOf(file), "1");

    auto store = openStore(file);
    EXPECT_EQ(versionOf(file), std::to_string(store::deskSchema().version()));
    EXPECT_EQ(store->source(), "urn:tocsin:Oldland");
    EXPECT_EQ(store->lastSeq(), 15);
    EXPECT_FALSE(store->verify()->has_value());
    // Its bytes have moved to a table of their own, and it is counted.
    EXPECT_EQ(store->quarantineTally("tcp").value(), (store::QuarantineTally{1, 0, 1}));
    const auto kept = store->quarantineItem(1).value();
    EXPECT_EQ(kept.bytes, "{");
    EXPECT_TRUE(kept.isWhole());
    EXPECT_EQ(kept.size, 1U);
    EXPECT_FALSE(kept.received);
    model::State expected;
    for (const auto& entry : allEntries(*store))
        model::apply(expected, entry);
    EXPECT_FALSE(expected.incidents.empty());
    EXPECT_FALSE(expected.alarms.empty());
    for (const auto& [id, alarm] : expected.alarms) { // from before there was more to an alarm's life
        EXPECT_EQ(alarm.kind, model::AlarmKind::process);
        EXPECT_EQ(alarm.holds, alarm.state != model::AlarmState::normal &&
                                   alarm.state != model::AlarmState::returnedUnacknowledged);
        EXPECT_FALSE(alarm.escalatesAt || alarm.until || alarm.suppressedBy || alarm.flapping || alarm.latching);
        EXPECT_EQ(alarm.repeats, 0);
    }
    EXPECT_TRUE(store->loadState().value() == expected);
    EXPECT_EQ(store->findBySource("warning", "old@met.test|W-1|2026-11-20T08:00:00.000000Z").value(),
              "01a1f7f8-3000-7002-aad7-1e75cde2b88e");
    EXPECT_EQ(store->about("01a1f7f8-3000-7000-9b9c-559891948d23", 10).value().at(0).type, "incident.opened");
    const auto digest = store->projectionDigest().value();
    ASSERT_TRUE(store->rebuild());
    EXPECT_EQ(store->projectionDigest().value(), digest);
    DraftMaker maker(3);
    EXPECT_TRUE(appendAll(*store, maker.next(5)));
    EXPECT_FALSE(store->verify()->has_value());
}

TEST(Migration, aDeskFromBeforeThereWereDrawingsGetsTheirTable) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    load(stored / "desk_v1.sql", file);
    const auto before = openStore(file)->loadState().value();
    // As version 2 left it: what later ones add is taken away.
    for (const char* sql :
         {"DROP TABLE drawing", "DROP TABLE cluster", "DROP TABLE decision", "DROP TABLE call_down", "DROP TABLE aid_request", "DROP TABLE call_list", "DROP TABLE chat", "DROP TABLE unit", "DROP TABLE contact", "DROP TABLE name_pin", "DROP TABLE correction_due",
          "DROP TRIGGER quarantine_came", "DROP TRIGGER quarantine_was_judged", "DROP TABLE quarantine_tally",
          "DROP INDEX quarantine_open", "DROP INDEX quarantine_judged", "DROP INDEX quarantine_like",
          "ALTER TABLE quarantine DROP COLUMN likeness", "ALTER TABLE quarantine DROP COLUMN seen",
          "ALTER TABLE quarantine DROP COLUMN last_seen",
          "ALTER TABLE quarantine ADD COLUMN bytes BLOB NOT NULL DEFAULT X''",
          "UPDATE quarantine SET bytes = (SELECT b.bytes FROM quarantine_bytes b WHERE b.item = quarantine.id)",
          "DROP TABLE quarantine_bytes", "ALTER TABLE quarantine DROP COLUMN topic",
          "ALTER TABLE quarantine DROP COLUMN received", "ALTER TABLE quarantine DROP COLUMN size",
          "ALTER TABLE quarantine DROP COLUMN kept", "ALTER TABLE quarantine DROP COLUMN sha256",
          "ALTER TABLE quarantine DROP COLUMN state", "ALTER TABLE quarantine DROP COLUMN judged_by",
          "ALTER TABLE quarantine DROP COLUMN judged_at"})
        tamper(file, sql);
    tamper(file, "PRAGMA user_version = 2");
    EXPECT_EQ(store::Store::open(file, Access::readOnly).error().code, Code::refused);
    auto store = openStore(file);
    EXPECT_EQ(versionOf(file), std::to_string(store::deskSchema().version()));
    EXPECT_TRUE(store->loadState().value() == before);
    DraftMaker maker(4);
    const auto drawing = maker.newDrawing();
    EXPECT_TRUE(appendAll(*store, {maker.with({drawing}, "area.placed", drawing.id.toString())}));
    EXPECT_EQ(store->loadState()->drawings.at(drawing.id), drawing);
    EXPECT_EQ(store->about(drawing.id.toString(), 1)->at(0).type, "area.placed");
    const auto digest = store->projectionDigest().value();
    ASSERT_TRUE(store->rebuild());
    EXPECT_EQ(store->projectionDigest().value(), digest);
}

TEST(Migration, anOldReadingsFileIsReadAsItIsAndBroughtUpToDateWhenWritten) {
    const TempFolder folder;
    load(stored / "readings_v1.sql", folder / "2026-10.db");
    const auto file = folder / "2026-10.db";
    const auto time = base::fromUnixMicros(1793000060000000);
    const auto check = [&](const store::ReadingStore& readings) {
        EXPECT_EQ(readings.count().value(), 3);
        EXPECT_EQ(readings.latest().value().at(model::SensorId("rhine-vaduz")), (store::ReadingPoint{time, 3.25}));
    };
    check(*openReadings(folder.path(), Access::readOnly));
    EXPECT_EQ(versionOf(file), "1");
    auto readings = openReadings(folder.path());
    check(*readings);
    ASSERT_EQ(readings->append(std::vector{reading("rhine-vaduz", time, 3.25)}).value().at(0),
              store::ReadingOutcome::duplicate);
    EXPECT_EQ(versionOf(file), std::to_string(store::readingsSchema().version()));
    check(*readings);
}

/// A schema of three versions, the last of which can be broken.
Schema schemaOf(std::size_t versions, const char* third = "ALTER TABLE thing ADD COLUMN size INTEGER;") {
    Schema schema{0x1234, "test database", {}, {}};
    schema.migrations = {{"0001_a.sql", "CREATE TABLE thing (name TEXT);"},
                         {"0002_b.sql", "INSERT INTO thing VALUES ('from two');"},
                         {"0003_c.sql", third}};
    schema.migrations.resize(versions);
    return schema;
}

TEST(Migration, stepsOnlyForwardFromWhereTheDatabaseIs) {
    const TempFolder folder;
    const auto file = folder / "x.db";
    ASSERT_TRUE(openDatabase(file, Access::readWrite, schemaOf(1)));
    tamper(file, "INSERT INTO thing VALUES ('mine')");
    ASSERT_TRUE(openDatabase(file, Access::readWrite, schemaOf(3)));
    ASSERT_TRUE(openDatabase(file, Access::readWrite, schemaOf(3)));
    EXPECT_EQ(versionOf(file), "3");
    EXPECT_EQ(ask(file, "SELECT group_concat(name || coalesce(size, '-')) FROM thing"), "mine-,from two-");
}

TEST(Migration, thatFailsLeavesTheOldVersion) {
    const TempFolder folder;
    const auto file = folder / "x.db";
    ASSERT_TRUE(openDatabase(file, Access::readWrite, schemaOf(1)));
    const auto opened =
        openDatabase(file, Access::readWrite, schemaOf(3, "DELETE FROM thing; INSERT INTO nowhere VALUES (1);"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Code::storage);
    EXPECT_EQ(versionOf(file), "1");
    EXPECT_EQ(ask(file, "SELECT count(*) FROM thing"), "0");
}

TEST(Migration, refillsDerivedTablesOnceAndInTheSameTransaction) {
    const TempFolder folder;
    const auto file = folder / "x.db";
    int calls = 0;
    auto schema = schemaOf(3, "-- tocsin: refill\nCREATE TABLE derived (n INTEGER);");
    schema.refill = [&calls](SQLite::Database& db) {
        if (++calls == 1)
            db.exec("INSERT INTO nowhere VALUES (1)");
        db.exec("INSERT INTO derived VALUES (7)");
    };
    ASSERT_FALSE(openDatabase(file, Access::readWrite, schema));
    EXPECT_EQ(versionOf(file), "0");
    ASSERT_TRUE(openDatabase(file, Access::readWrite, schema));
    ASSERT_TRUE(openDatabase(file, Access::readWrite, schema));
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(ask(file, "SELECT count(*) FROM derived"), "1");
}

/// Opening in both ways is refused with this code, and not a byte changes nor does a file appear.
void expectUntouched(const TempFolder& folder, const std::filesystem::path& file, Code code) {
    const auto before = bytesOf(file);
    const auto log = bytesOf(file.string() + "-wal");
    for (const auto access : {Access::readWrite, Access::readOnly}) {
        const auto store = store::Store::open(file, access);
        ASSERT_FALSE(store);
        EXPECT_EQ(store.error().code, code) << store.error().message;
        EXPECT_NE(store.error().message.find(file.filename().string()), std::string::npos) << store.error().message;
    }
    EXPECT_EQ(bytesOf(file), before);
    EXPECT_EQ(bytesOf(file.string() + "-wal"), log);
    (void)folder;
}

TEST(Migration, aNewerDatabaseIsRefusedUntouched) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    {
        DraftMaker maker(5);
        auto store = openStore(file);
        ASSERT_TRUE(appendAll(*store, maker.next(3)));
    }
    tamper(file, "PRAGMA user_version = 99");
    expectUntouched(folder, file, Code::newer);
}

TEST(Migration, aDatabaseThatIsNewerOnlyInItsLogIsRefusedUntouched) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    openStore(file).reset();
    const TempFolder copies;
    {
        SQLite::Database newer(file.string(), SQLite::OPEN_READWRITE);
        newer.exec("PRAGMA journal_mode = WAL; PRAGMA user_version = 99");
        // As after a crash: the log was not folded in.
        std::filesystem::copy(file, copies / "tocsin.db");
        std::filesystem::copy(file.string() + "-wal", copies / "tocsin.db-wal");
    }
    expectUntouched(copies, copies / "tocsin.db", Code::newer);
}

TEST(Migration, whatIsNoDeskDatabaseIsRefusedUntouched) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    writeBytes(file, "this is a letter to the county's mayor");
    expectUntouched(folder, file, Code::storage);
    writeBytes(file, std::string(10'000, 'x'));
    expectUntouched(folder, file, Code::storage);

    std::filesystem::remove(file);
    tamper((SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE), file),
           "CREATE TABLE recipes (name TEXT)");
    expectUntouched(folder, file, Code::storage);

    ASSERT_TRUE(openReadings(folder.path())->append(std::vector{reading("a", someTime(), 1)}));
    expectUntouched(folder, folder / "2026-11.db", Code::storage);
}

TEST(Migration, aFileThatWasOnlyBegunIsTakenAsNew) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    writeBytes(file, "");
    auto store = openStore(file);
    ASSERT_TRUE(store);
    DraftMaker maker(5);
    EXPECT_TRUE(appendAll(*store, maker.next(3)));
}

TEST(Migration, aFileThatIsNotThereIsNotMadeByAReader) {
    const TempFolder folder;
    const auto store = store::Store::open(folder / "tocsin.db", Access::readOnly);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, Code::notFound);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    EXPECT_FALSE(store::Store::open(folder / "no/such/folder/tocsin.db", Access::readWrite));
}

} // namespace
