#include "store/support.hpp"

#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::store::test;
using store::Access;

namespace {

class Verify : public ::testing::Test {
  protected:
    void SetUp() override {
        DraftMaker maker(77);
        m_store = openStore(m_file);
        ASSERT_TRUE(appendAll(*m_store, maker.next(20)));
        tamper(m_file, "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete; DROP TRIGGER journal_append");
        ASSERT_EQ(faultAfter("SELECT 1"), 0);
    }

    /// The number of the first bad entry; 0 if there is none.
    std::int64_t faultAfter(const std::string& sql) {
        tamper(m_file, sql);
        const auto fault = m_store->verify();
        EXPECT_TRUE(fault) << fault.error().message;
        if (!fault || !*fault)
            return 0;
        EXPECT_FALSE((*fault)->reason.empty());
        m_reason = (*fault)->reason;
        return (*fault)->seq;
    }

    TempFolder m_folder;
    std::filesystem::path m_file = m_folder / "tocsin.db";
    std::unique_ptr<store::Store> m_store;
    std::string m_reason;
};

TEST_F(Verify, tellsItsProgress) {
    std::vector<std::int64_t> seen;
    ASSERT_TRUE(m_store->verify([&](std::int64_t done, std::int64_t all) {
        EXPECT_EQ(all, 20);
        seen.push_back(done);
    }));
    EXPECT_EQ(seen.back(), 20);
}

class VerifyField : public Verify, public ::testing::WithParamInterface<const char*> {};

TEST_P(VerifyField, namesTheEntryThatWasChanged) {
    EXPECT_EQ(faultAfter(std::string("UPDATE journal SET ") + GetParam() + " WHERE seq = 8"), 8) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Each, VerifyField,
                         ::testing::Values("id = '01234567-89ab-7def-8123-456789abcdef'", "id = upper(id)", "id = 'x'",
                                           "source = 'urn:tocsin:elsewhere'", "type = type || ' '", "subject = 'other'",
                                           "time = time + 1", "time = 'noon'", "actor = 'somebody else'",
                                           "command = '01234567-89ab-7def-8123-456789abcdef'", "command = ''",
                                           "data = data || ' '", "data = replace(data, 'note', 'nota')",
                                           "data = CAST(data AS BLOB)", "data = '{'", "hash = randomblob(32)"));

TEST_F(Verify, namesAMissingEntry) {
    EXPECT_EQ(faultAfter("DELETE FROM journal WHERE seq = 8"), 8);
    EXPECT_NE(m_reason.find("missing"), std::string::npos);
}

TEST_F(Verify, namesTheFirstWhenTheBeginningIsMissing) {
    EXPECT_EQ(faultAfter("DELETE FROM journal WHERE seq <= 3"), 1);
}

TEST_F(Verify, noticesACutOffEnd) {
    EXPECT_EQ(faultAfter("DELETE FROM journal WHERE seq > 17"), 18);
}

TEST_F(Verify, noticesAnEntryBeforeTheFirst) {
    EXPECT_EQ(faultAfter("INSERT INTO journal SELECT 0, 'x', source, type, subject, time, actor, command, data, hash "
                         "FROM journal WHERE seq = 1"),
              0);
    EXPECT_NE(m_reason.find("below 1"), std::string::npos);
}

TEST_F(Verify, namesTheFirstOfTwoSwapped) {
    EXPECT_EQ(faultAfter("UPDATE journal SET seq = -1 WHERE seq = 8; UPDATE journal SET seq = 8 WHERE seq = 12; "
                         "UPDATE journal SET seq = 12 WHERE seq = -1"),
              8);
}

TEST_F(Verify, namesTheFirstThatWasRenumbered) {
    EXPECT_EQ(faultAfter("DELETE FROM journal WHERE seq = 8; UPDATE journal SET seq = seq - 1 WHERE seq > 8"), 8);
}

TEST_F(Verify, aHashMadeAgainBreaksTheNextEntry) {
    auto entries = allEntries(*m_store);
    auto& entry = entries.at(7);
    entry.actor = "forger";
    const auto hash =
        base::toHex(model::chainHash(entries.at(6).hash, entry.seq, entry.source, entry, entry.data.dump()));
    EXPECT_EQ(faultAfter("UPDATE journal SET actor = 'forger', hash = x'" + hash + "' WHERE seq = 8"), 9);
}

TEST_F(Verify, worksOnAReadOnlyStore) {
    tamper(m_file, "UPDATE journal SET actor = 'x' WHERE seq = 3");
    auto reader = openStore(m_file, Access::readOnly);
    const auto fault = reader->verify().value();
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->seq, 3);
}

} // namespace
