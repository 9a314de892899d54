#include "store/support.hpp"
#include "tocsin/store/backup.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <limits>
#include <sys/wait.h>
#include <unistd.h>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using store::Access;

namespace {

std::vector<std::string> idsOf(const std::vector<model::Entry>& entries) {
    std::vector<std::string> ids;
    for (const auto& entry : entries)
        ids.push_back(entry.id.toString());
    return ids;
}

TEST(Journal, keepsWhatWasAppendedAcrossReopening) {
    const TempFolder folder;
    DraftMaker maker(1);
    const auto drafts = maker.next(50);
    {
        auto store = openStore(folder / "tocsin.db");
        EXPECT_EQ(store->lastSeq(), 0);
        EXPECT_EQ(store->source(), "urn:tocsin:Testland");
        ASSERT_TRUE(appendAll(*store, drafts));
    }
    auto store = openStore(folder / "tocsin.db");
    EXPECT_EQ(store->lastSeq(), 50);
    const auto entries = allEntries(*store);
    ASSERT_EQ(entries.size(), drafts.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        EXPECT_EQ(entries[i].seq, static_cast<std::int64_t>(i) + 1);
        EXPECT_EQ(entries[i].id, drafts[i].id);
        EXPECT_EQ(entries[i].type, drafts[i].type);
        EXPECT_EQ(entries[i].subject, drafts[i].subject);
        EXPECT_EQ(entries[i].time, drafts[i].time);
        EXPECT_EQ(entries[i].actor, drafts[i].actor);
        EXPECT_EQ(entries[i].command, drafts[i].command);
        EXPECT_EQ(entries[i].data, drafts[i].data);
        EXPECT_EQ(entries[i].source, store->source());
    }
    EXPECT_FALSE(store->verify()->has_value());
}

TEST(Journal, hashesEachEntryOverThePreviousOne) {
    const TempFolder folder;
    DraftMaker maker(2);
    auto store = openStore(folder / "tocsin.db");
    const auto drafts = maker.next(3);
    ASSERT_TRUE(appendAll(*store, drafts));
    base::Digest previous{};
    for (const auto& entry : allEntries(*store)) {
        const auto& draft = drafts.at(static_cast<std::size_t>(entry.seq) - 1);
        previous = model::chainHash(previous, entry.seq, store->source(), draft, draft.data.dump());
        EXPECT_EQ(entry.hash, previous);
    }
}

TEST(Journal, namesItsCountyAsAUri) {
    const TempFolder folder;
    auto store = store::Store::open(folder / "tocsin.db", Access::readWrite, "积石山 county");
    ASSERT_TRUE(store);
    EXPECT_EQ((*store)->source(), "urn:tocsin:%E7%A7%AF%E7%9F%B3%E5%B1%B1%20county");
    store->reset();
    EXPECT_EQ(store::Store::open(folder / "tocsin.db", Access::readWrite, "Other").value()->source(),
              "urn:tocsin:%E7%A7%AF%E7%9F%B3%E5%B1%B1%20county");
}

TEST(Journal, rollsBackWhatIsNotCommitted) {
    const TempFolder folder;
    DraftMaker maker(3);
    auto store = openStore(folder / "tocsin.db");
    ASSERT_TRUE(appendAll(*store, maker.next(20)));
    const auto digest = store->projectionDigest().value();

    ASSERT_TRUE(store->begin());
    for (const auto& draft : maker.next(10))
        ASSERT_TRUE(store->append(draft));
    EXPECT_EQ(store->lastSeq(), 30);
    store->rollback();
    EXPECT_EQ(store->lastSeq(), 20);
    EXPECT_EQ(store->projectionDigest().value(), digest);

    ASSERT_TRUE(store->begin());
    ASSERT_TRUE(store->append(maker.next()));
    store.reset(); // as when the program ends in between
    store = openStore(folder / "tocsin.db");
    EXPECT_EQ(store->lastSeq(), 20);
    EXPECT_EQ(store->projectionDigest().value(), digest);
    ASSERT_TRUE(appendAll(*store, maker.next(5)));
    EXPECT_FALSE(store->verify()->has_value());
}

TEST(Journal, refusesAnIdTwiceAndLeavesNothingOfTheUnit) {
    const TempFolder folder;
    DraftMaker maker(4);
    auto store = openStore(folder / "tocsin.db");
    const auto first = maker.next();
    ASSERT_TRUE(appendAll(*store, {first}));
    ASSERT_TRUE(store->begin());
    ASSERT_TRUE(store->append(maker.next()));
    const auto again = store->append(first);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Code::conflict);
    EXPECT_FALSE(store->commit());
    EXPECT_EQ(store->lastSeq(), 1);
    EXPECT_EQ(allEntries(*store).size(), 1U);
    EXPECT_TRUE(appendAll(*store, {maker.next()}));
}

TEST(Journal, refusesDataThatIsNone) {
    const TempFolder folder;
    DraftMaker maker(5);
    auto store = openStore(folder / "tocsin.db");
    std::vector<model::EntryDraft> bad(5, maker.next());
    bad[0].data["note"] = "\xff";
    bad[1].data["incident"] = "no incident";
    bad[2].data["alarm"] = nlohmann::json::array({nlohmann::json::object()});
    bad[3].actor = "\xc3\x28";
    auto alarm = maker.newAlarm();
    alarm.value = std::numeric_limits<double>::quiet_NaN();
    bad[4] = maker.with({alarm});
    for (auto& draft : bad) {
        draft.id = maker.newId<model::EntryId>();
        ASSERT_TRUE(store->begin());
        const auto entry = store->append(draft);
        ASSERT_FALSE(entry);
        EXPECT_EQ(entry.error().code, Code::malformed) << entry.error().message;
    }
    EXPECT_EQ(store->lastSeq(), 0);
    EXPECT_TRUE(store->loadState().value() == model::State{});
}

TEST(Journal, wantsATransactionToAppend) {
    const TempFolder folder;
    DraftMaker maker(6);
    auto store = openStore(folder / "tocsin.db");
    EXPECT_FALSE(store->append(maker.next()));
    EXPECT_FALSE(store->commit());
    ASSERT_TRUE(store->begin());
    EXPECT_FALSE(store->begin());
    EXPECT_TRUE(store->append(maker.next()));
    EXPECT_TRUE(store->commit());
    EXPECT_EQ(store->lastSeq(), 1);
}

TEST(Journal, findsTheEntriesOfACommand) {
    const TempFolder folder;
    DraftMaker maker(7);
    auto store = openStore(folder / "tocsin.db");
    auto drafts = maker.next(30);
    const auto command = maker.newId<model::CommandId>();
    drafts[10].command = command;
    drafts[20].command = command;
    drafts[5].command = {};
    ASSERT_TRUE(appendAll(*store, drafts));
    const auto entries = store->entriesOf(command).value();
    EXPECT_EQ(idsOf(entries), (std::vector{drafts[10].id.toString(), drafts[20].id.toString()}));
    EXPECT_TRUE(store->entriesOf(maker.newId<model::CommandId>()).value().empty());
    EXPECT_TRUE(store->entriesOf({}).value().empty());
}

TEST(Journal, readsFromAnyEntryAndStopsWhenTold) {
    const TempFolder folder;
    DraftMaker maker(8);
    auto store = openStore(folder / "tocsin.db");
    ASSERT_TRUE(appendAll(*store, maker.next(10)));
    std::vector<std::int64_t> seen;
    ASSERT_TRUE(store->read(4, [&](const model::Entry& entry) {
        seen.push_back(entry.seq);
        return seen.size() < 3;
    }));
    EXPECT_EQ(seen, (std::vector<std::int64_t>{4, 5, 6}));
    const auto newest = store->newest(2).value();
    ASSERT_EQ(newest.size(), 2U);
    EXPECT_EQ(newest[0].seq, 10);
    EXPECT_EQ(newest[1].seq, 9);
    EXPECT_EQ(store->newest(1000).value().size(), 10U);
}

TEST(Journal, knowsWhatEntriesAreAbout) {
    const TempFolder folder;
    DraftMaker maker(9);
    auto store = openStore(folder / "tocsin.db");
    auto incident = maker.newIncident();
    auto alarm = maker.newAlarm();
    model::Assignment assignment;
    assignment.id = maker.newId<model::AssignmentId>();
    assignment.incident = incident.id;
    assignment.resource = maker.newId<model::ResourceId>();

    std::vector<model::EntryDraft> drafts;
    drafts.push_back(maker.with({alarm}, "alarm.raised", alarm.id.toString()));
    alarm.incident = incident.id;
    drafts.push_back(maker.with({incident, alarm}, "incident.opened", incident.id.toString()));
    drafts.push_back(maker.with({maker.newAlarm()}));
    drafts.push_back(maker.with({alarm}, "alarm.acknowledged", alarm.id.toString()));
    drafts.push_back(maker.with({assignment}, "assignment.proposed", assignment.id.toString()));
    drafts.push_back(maker.with({}, "duty.noted", incident.id.toString()));
    ASSERT_TRUE(appendAll(*store, drafts));

    const auto seqs = [&](const std::string& subject, std::size_t most = 100) {
        std::vector<std::int64_t> out;
        const auto entries = store->about(subject, most).value();
        for (const auto& entry : entries)
            out.push_back(entry.seq);
        return out;
    };
    EXPECT_EQ(seqs(incident.id.toString()), (std::vector<std::int64_t>{6, 5, 4, 2}));
    EXPECT_EQ(seqs(incident.id.toString(), 2), (std::vector<std::int64_t>{6, 5}));
    EXPECT_EQ(seqs(alarm.id.toString()), (std::vector<std::int64_t>{4, 2, 1}));
    EXPECT_EQ(seqs(assignment.resource.toString()), (std::vector<std::int64_t>{5}));
    EXPECT_EQ(seqs("nobody"), (std::vector<std::int64_t>{}));
}

TEST(Journal, knowsASourcesMessagesAgain) {
    const TempFolder folder;
    DraftMaker maker(10);
    auto warning = maker.newWarning();
    auto report = maker.newReport();
    report.sourceId = "call|7";
    auto anonymous = maker.newReport();
    anonymous.sourceId.clear();
    auto another = maker.newReport();
    another.sourceId.clear();
    auto quake = maker.newEarthquake();
    quake.sourceId = "us1000";
    quake.otherIds = {"us1000", "ci77"};
    {
        auto store = openStore(folder / "tocsin.db");
        ASSERT_TRUE(appendAll(*store, {maker.with({warning, report, anonymous, another, quake})}));
        quake.sourceId = "at900"; // the agency prefers another id now
        ASSERT_TRUE(appendAll(*store, {maker.with({quake})}));
    }
    auto store = openStore(folder / "tocsin.db");
    EXPECT_EQ(store->findBySource("warning", store::sourceKey(warning)).value(), warning.id.toString());
    EXPECT_EQ(store->findBySource("report", store::sourceKey(report)).value(), report.id.toString());
    for (const char* id : {"us1000", "ci77", "at900"})
        EXPECT_EQ(store->findBySource("earthquake", std::string("usgs|") + id).value(), quake.id.toString()) << id;
    EXPECT_FALSE(store->findBySource("warning", "x|y|z").value());
    EXPECT_EQ(store::sourceKey(anonymous), "");
    EXPECT_FALSE(store->findBySource("report", "").value());
    EXPECT_FALSE(store->findBySource("resource", "x"));

    // A second warning from the same message is refused, whole.
    auto twin = warning;
    twin.id = maker.newId<model::WarningId>();
    ASSERT_TRUE(store->begin());
    const auto entry = store->append(maker.with({twin}));
    ASSERT_FALSE(entry);
    EXPECT_EQ(entry.error().code, Code::conflict);
    EXPECT_EQ(store->lastSeq(), 2);
}

TEST(Journal, sourceKeysDoNotRunIntoEachOther) {
    model::Report a;
    a.feed = "a|b";
    a.sourceId = "c";
    model::Report b;
    b.feed = "a";
    b.sourceId = "b|c";
    EXPECT_NE(store::sourceKey(a), store::sourceKey(b));
}

TEST(Journal, keepsQuarantinedBytesWhole) {
    const TempFolder folder;
    std::string bytes(300'000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i * 7);
    {
        auto store = openStore(folder / "tocsin.db");
        ASSERT_TRUE(store->begin());
        const auto first = store->quarantine(
            {0, someTime(), "tcp", "ndjson", {Code::malformed, "no number", {3, 14, std::nullopt}}, bytes});
        ASSERT_TRUE(first);
        ASSERT_TRUE(store->commit());
        const auto second = store->quarantine( // one alone is its own unit
            {0, someTime(), "http", "cap", {Code::tooLarge, "too long", {std::nullopt, std::nullopt, 120}}, ""});
        ASSERT_TRUE(second);
        EXPECT_NE(*first, *second);
        ASSERT_TRUE(store->begin());
        ASSERT_TRUE(store->quarantine({0, someTime(), "http", "cap", {}, "gone"}));
        store->rollback();
    }
    auto store = openStore(folder / "tocsin.db", Access::readOnly);
    const auto page = store->quarantined({}).value();
    EXPECT_EQ(page.all, 2);
    const auto& items = page.items;
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].feed, "http");
    EXPECT_EQ(items[0].error.code, Code::tooLarge);
    EXPECT_EQ(items[0].error.place.byte, 120U);
    EXPECT_TRUE(items[1].bytes.empty()) << "only the chosen one's are read";
    EXPECT_EQ(store->quarantineItem(items[1].id)->bytes, bytes);
    EXPECT_EQ(store->quarantineItem(items[1].id, 100)->bytes, bytes.substr(0, 100));
    EXPECT_EQ(items[1].time, someTime());
    EXPECT_EQ(items[1].format, "ndjson");
    EXPECT_EQ(items[1].error.message, "no number");
    EXPECT_EQ(items[1].error.place.line, 3U);
    EXPECT_EQ(items[1].error.place.column, 14U);
    EXPECT_FALSE(items[1].error.place.byte);
    EXPECT_EQ(store->quarantined({{}, store::QuarantineState::open, 1}).value().items.size(), 1U);
}

TEST(Journal, cannotBeChangedBehindItsBack) {
    const TempFolder folder;
    DraftMaker maker(11);
    auto store = openStore(folder / "tocsin.db");
    ASSERT_TRUE(appendAll(*store, maker.next(3)));
    EXPECT_ANY_THROW(tamper(folder / "tocsin.db", "UPDATE journal SET actor = 'me' WHERE seq = 2"));
    EXPECT_ANY_THROW(tamper(folder / "tocsin.db", "DELETE FROM journal WHERE seq = 3"));
    EXPECT_ANY_THROW(tamper(folder / "tocsin.db", "INSERT INTO journal SELECT 9, 'x', source, type, subject, time, "
                                                  "actor, command, data, hash FROM journal WHERE seq = 1"));
    EXPECT_ANY_THROW(tamper(folder / "tocsin.db",
                            "INSERT OR REPLACE INTO journal SELECT 2, 'x', source, type, subject, "
                            "time, actor, command, data, hash FROM journal WHERE seq = 1"));
    EXPECT_FALSE(store->verify()->has_value());
}

TEST(Journal, readersSeeWhatTheWriterCommits) {
    const TempFolder folder;
    DraftMaker maker(12);
    auto writer = openStore(folder / "tocsin.db");
    auto reader = openStore(folder / "tocsin.db", Access::readOnly);
    EXPECT_EQ(reader->lastSeq(), 0);
    ASSERT_TRUE(writer->begin());
    ASSERT_TRUE(writer->append(maker.next()));
    EXPECT_EQ(reader->lastSeq(), 0);
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(reader->lastSeq(), 1);
    EXPECT_EQ(reader->source(), writer->source());
    EXPECT_TRUE(reader->loadState().value() == writer->loadState().value());
    EXPECT_EQ(reader->begin().error().code, Code::refused);
    EXPECT_EQ(reader->append(maker.next()).error().code, Code::refused);
    EXPECT_EQ(reader->quarantine({}).error().code, Code::refused);
    EXPECT_EQ(reader->rebuild().error().code, Code::refused);
}

/// Runs only as a program of its own, started by the test below.
TEST(OtherProgram, DISABLED_opensAndCloses) {
    const char* file = std::getenv("TOCSIN_TEST_FILE");
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(openStore(file)->lastSeq(), 5);
}

TEST(Journal, keepsItsLocksWhileOthersInTheProgramComeAndGo) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    DraftMaker maker(14);
    auto writer = openStore(file);
    ASSERT_TRUE(appendAll(*writer, maker.next(5)));
    openStore(file, Access::readOnly).reset();
    EXPECT_FALSE(store::backup(folder.path(), file)); // looks at the file and refuses it
    ASSERT_TRUE(store::backup(folder.path(), folder / "backup"));
    // Another program that believes to be the last one would fold the log in and delete it.
    const pid_t other = fork();
    ASSERT_GE(other, 0);
    if (other == 0) {
        setenv("TOCSIN_TEST_FILE", file.c_str(), 1);
        execl("/proc/self/exe", "store_tests", "--gtest_filter=OtherProgram.*", "--gtest_also_run_disabled_tests",
              "--gtest_brief=1", nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(other, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    EXPECT_TRUE(std::filesystem::exists(file.string() + "-wal"));
    ASSERT_TRUE(appendAll(*writer, maker.next(5)));
    EXPECT_EQ(openStore(file, Access::readOnly)->lastSeq(), 10);
}

TEST(Journal, refusesToWriteOverAnotherWritersEntries) {
    const TempFolder folder;
    DraftMaker maker(13);
    auto one = openStore(folder / "tocsin.db");
    auto other = openStore(folder / "tocsin.db");
    ASSERT_TRUE(appendAll(*one, maker.next(2)));
    const auto begun = other->begin();
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, Code::conflict);
    EXPECT_TRUE(appendAll(*one, maker.next(2)));
    EXPECT_FALSE(one->verify()->has_value());
}

TEST(Journal, headsAndSingleTypesAreReadWithoutTheRest) {
    const TempFolder folder;
    auto store = openStore(folder / "tocsin.db");
    DraftMaker maker(8);
    std::vector<model::EntryDraft> drafts;
    for (int i = 0; i < 20; ++i)
        drafts.push_back(maker.with({}, i % 4 == 0 ? "alarm.raised" : i % 4 == 1 ? "incident.opened" : "note.written"));
    ASSERT_TRUE(appendAll(*store, drafts));
    std::vector<std::int64_t> seqs;
    ASSERT_TRUE(store->heads(5, [&](const store::EntryHead& head) {
        EXPECT_EQ(head.time, drafts[static_cast<std::size_t>(head.seq - 1)].time);
        seqs.push_back(head.seq);
        return head.seq < 12;
    }));
    EXPECT_EQ(seqs, (std::vector<std::int64_t>{5, 6, 7, 8, 9, 10, 11, 12}));
    seqs.clear();
    ASSERT_TRUE(store->readOf({"alarm.raised", "incident.opened"}, 9, [&](const model::Entry& entry) {
        EXPECT_NE(entry.type, "note.written");
        seqs.push_back(entry.seq);
        return true;
    }));
    EXPECT_EQ(seqs, (std::vector<std::int64_t>{9, 10, 13, 14, 17, 18}));
}

} // namespace
