#include "store/support.hpp"

#include <gtest/gtest.h>
#include <random>

using namespace tocsin;
using namespace tocsin::store::test;
using store::Access;

namespace {

/// Every projection table's rows, as text, without going through the store.
std::string dumpOf(const std::filesystem::path& file) {
    std::string all;
    for (const char* table : {"desk", "incident", "alarm", "warning", "report", "earthquake", "earthquake_key",
                              "resource", "assignment", "sensor", "drawing", "entry_subject"}) {
        std::string columns;
        const auto list = ask(file, std::string("SELECT group_concat('quote(' || name || ')', '||'',''||') "
                                                "FROM pragma_table_info('") +
                                        table + "')");
        all += table;
        all += ask(file, "SELECT coalesce(group_concat(row, char(10)), '') FROM (SELECT " + list + " AS row FROM " +
                             table + " ORDER BY row)");
        all += '\n';
    }
    return all;
}

TEST(Projection, rebuildEqualsTheLiveTablesAfterALongRandomRun) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    DraftMaker maker(42);
    std::mt19937 random(7);
    auto store = openStore(file);
    model::State expected;
    std::int64_t committed = 0;
    while (committed < 4000) {
        auto drafts = maker.next(1 + random() % 40);
        ASSERT_TRUE(store->begin());
        for (const auto& draft : drafts)
            ASSERT_TRUE(store->append(draft));
        switch (random() % 8) {
        case 0: // given up, or the program ends in between: none of it is there
            store->rollback();
            break;
        case 1:
            store.reset();
            store = openStore(file);
            break;
        default:
            ASSERT_TRUE(store->commit());
            for (const auto& draft : drafts)
                model::apply(expected, draft);
            committed += static_cast<std::int64_t>(drafts.size());
        }
        ASSERT_EQ(store->lastSeq(), committed);
    }
    EXPECT_TRUE(store->loadState().value() == expected);
    const auto digest = store->projectionDigest().value();
    const auto dump = dumpOf(file);
    EXPECT_GT(dump.size(), 1'000'000U);

    std::int64_t last = 0;
    std::int64_t all = 0;
    ASSERT_TRUE(store->rebuild([&](std::int64_t done, std::int64_t of) {
        last = done;
        all = of;
    }));
    EXPECT_EQ(last, committed);
    EXPECT_EQ(all, committed);
    EXPECT_EQ(store->projectionDigest().value(), digest);
    EXPECT_EQ(dumpOf(file), dump);
    EXPECT_TRUE(store->loadState().value() == expected);
    EXPECT_FALSE(store->verify()->has_value());
}

TEST(Projection, rebuildRepairsTables) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    DraftMaker maker(43);
    auto store = openStore(file);
    ASSERT_TRUE(appendAll(*store, maker.next(300)));
    const auto digest = store->projectionDigest().value();
    const auto state = store->loadState().value();
    for (const char* sql : {"DELETE FROM alarm", "UPDATE incident SET grade = 9", "UPDATE sensor SET body = '{}'",
                            "DELETE FROM entry_subject WHERE seq % 2 = 0", "UPDATE desk SET body = 'x'",
                            "INSERT INTO earthquake_key VALUES ('a', 'b')"}) {
        tamper(file, sql);
        EXPECT_NE(store->projectionDigest().value(), digest) << sql;
        ASSERT_TRUE(store->rebuild());
        EXPECT_EQ(store->projectionDigest().value(), digest) << sql;
        EXPECT_TRUE(store->loadState().value() == state);
    }
}

TEST(Projection, rebuildThatCannotFinishChangesNothing) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    DraftMaker maker(44);
    auto store = openStore(file);
    ASSERT_TRUE(appendAll(*store, maker.next(100)));
    const auto digest = store->projectionDigest().value();
    tamper(file, "DROP TRIGGER journal_no_update; UPDATE journal SET data = '{\"alarm\": 1}' WHERE seq = 60");
    const auto rebuilt = store->rebuild();
    ASSERT_FALSE(rebuilt);
    EXPECT_EQ(rebuilt.error().code, base::Code::storage);
    EXPECT_NE(rebuilt.error().message.find("entry 60"), std::string::npos) << rebuilt.error().message;
    EXPECT_EQ(store->projectionDigest().value(), digest);
}

TEST(Projection, aReaderStillGetsThePictureWhenTablesAreBroken) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    DraftMaker maker(45);
    model::State state;
    {
        auto store = openStore(file);
        ASSERT_TRUE(appendAll(*store, maker.next(200)));
        state = store->loadState().value();
        tamper(file, "UPDATE alarm SET body = '{'");
        EXPECT_FALSE(store->loadState());
    }
    auto reader = openStore(file, Access::readOnly);
    EXPECT_TRUE(reader->loadState().value() == state);
}

} // namespace
