#include "app/app_fixture.hpp"
#include "app/rules_file.hpp"

#include <gmock/gmock.h>

// rules.toml at a start: what an error, a crash and a person's hand make of it.

using namespace tocsin;
using namespace tocsin::test;
using ::testing::HasSubstr;

namespace {

std::string ruleText(const std::string& id) {
    return "[[rule]]\nid = \"" + id +
           "\"\nsensor = \"gauge\"\nabove = 4.0\nhysteresis = 0.2\nseverity = \"II\"\nclass = \"naturalDisaster\"\n"
           "hazard = \"flood\"\ntitle = \"High\"\nguidance = \"Look\"\n";
}

class RulesFile : public App {
  protected:
    std::unique_ptr<store::Store> journal;
    base::SeededIdSource ids{*base::parseTime("2026-11-20T08:00:00Z")};

    void SetUp() override {
        App::SetUp();
        auto store = store::Store::open(folder / "tocsin.db", store::Access::readWrite, "testshire");
        ASSERT_TRUE(store) << store.error().message;
        journal = std::move(*store);
    }
    base::Result<app::LoadedRules> load(bool mayWrite = true) { return app::loadRules({folder}, *journal, mayWrite); }
    std::string text(const char* name) { return county::readText(folder / name).value_or("absent"); }
    /// A change at the desk whose file was never written.
    void change(const std::string& toml) {
        model::EntryDraft draft;
        draft.id = ids.make<model::EntryId>();
        draft.type = "rules.changed";
        draft.subject = "rules";
        draft.time = *base::parseTime("2026-11-20T08:00:00Z");
        draft.actor = "M. Keller";
        draft.command = ids.make<model::CommandId>();
        draft.data = {{"text", toml}, {"count", 1}};
        ASSERT_TRUE(journal->begin());
        ASSERT_TRUE(journal->append(draft));
        ASSERT_TRUE(journal->commit());
    }
};

} // namespace

TEST_F(RulesFile, ASlipOfThePenLeavesTheLastGoodOnesInForce) {
    EXPECT_FALSE(load()) << "there is no file, and none was good before";
    (void)write("rules.toml", "[[rule]]\nid = ");
    const auto wrong = load();
    ASSERT_FALSE(wrong);
    EXPECT_TRUE(wrong.error().place.line);
    (void)write("rules.toml", ruleText("first"));
    ASSERT_TRUE(load());
    (void)write("rules.toml", ruleText("second") + "[[rule]\n");
    const auto loaded = load();
    ASSERT_TRUE(loaded);
    ASSERT_EQ(loaded->rules.size(), 1U);
    EXPECT_EQ(loaded->rules[0].id, "first");
    EXPECT_THAT(loaded->trouble.text, HasSubstr("line 11"));
    EXPECT_THAT(loaded->trouble.in("zh_CN"), HasSubstr("仍使用"));
    EXPECT_THAT(text("rules.toml"), HasSubstr("second")) << "the file is the county's: it stays";
    (void)write("rules.toml", ruleText("second"));
    EXPECT_TRUE(load()->trouble.empty());
    std::filesystem::remove(folder / "rules.toml");
    EXPECT_EQ(load()->rules[0].id, "second");
}

TEST_F(RulesFile, WhatTheWindowWouldRefuseIsNotInForceEither) {
    auto several = ruleText("second");
    several.replace(several.find("above"), 5, "when = \"several\"\nk = 5\nabove");
    (void)write("rules.toml", ruleText("first"));
    ASSERT_TRUE(load());
    (void)write("rules.toml", several);
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().describe();
    ASSERT_EQ(loaded->rules.size(), 1U);
    EXPECT_EQ(loaded->rules[0].id, "first");
    EXPECT_THAT(loaded->trouble.text, HasSubstr("rule 'second', 'k'"));
    EXPECT_EQ(loaded->text, ruleText("first"));
    EXPECT_EQ(loaded->file, several);
    // Where none are kept, the others of the file serve.
    std::filesystem::remove(folder / "rules.good.toml");
    (void)write("rules.toml", several + ruleText("third"));
    const auto others = load();
    ASSERT_TRUE(others);
    ASSERT_EQ(others->rules.size(), 1U);
    EXPECT_EQ(others->rules[0].id, "third");
    EXPECT_FALSE(others->trouble.empty());
}

TEST_F(RulesFile, ASlipBeforeTheFirstStartFindsTheRulesThatTheCountyWasMadeWith) {
    makeDemo();
    const auto file = folder / "county" / "rules.toml";
    const auto whole = county::readText(file).value();
    std::ofstream(file, std::ios::app) << "\n[[rule]\n";
    auto store = store::Store::open(folder / "county" / "tocsin.db", store::Access::readWrite);
    ASSERT_TRUE(store) << store.error().message;
    const auto loaded = app::loadRules({folder / "county"}, **store, true);
    ASSERT_TRUE(loaded) << loaded.error().describe();
    EXPECT_EQ(loaded->text, whole);
    EXPECT_FALSE(loaded->rules.empty());
    EXPECT_THAT(loaded->trouble.text, HasSubstr("the last good rules are in force"));
}

TEST_F(RulesFile, AChangeThatIsOnlyInTheJournalIsPutIntoTheFileOnce) {
    (void)write("rules.toml", ruleText("first"));
    ASSERT_TRUE(load());
    change(ruleText("second"));
    change(ruleText("third"));
    EXPECT_EQ(load(false)->rules[0].id, "third") << "a reader sees it, too, and writes nothing";
    EXPECT_THAT(text("rules.toml"), HasSubstr("first"));
    EXPECT_EQ(load()->rules[0].id, "third");
    EXPECT_EQ(text("rules.toml"), ruleText("third"));
    EXPECT_EQ(text("rules.before.toml"), ruleText("first"));
    // From here on a person's hand counts again.
    (void)write("rules.toml", ruleText("by-hand"));
    EXPECT_EQ(load()->rules[0].id, "by-hand");
    EXPECT_EQ(text("rules.toml"), ruleText("by-hand"));
}

TEST_F(RulesFile, TheProgramChecksAFile) {
    const auto wrong = run({"rules", "check", write("x.toml", "[[rule]]\nid = 4\n"), "--data", path("nowhere")});
    EXPECT_EQ(wrong.code, 1);
    EXPECT_THAT(wrong.errors, HasSubstr("x.toml: line 2"));
    EXPECT_EQ(run({"rules", "check", write("y.toml", ruleText("a")), "--data", path("nowhere")}).code, 0);
    const auto doubtful = run({"rules", "check", path("y.toml"), "--data", folder.string()});
    EXPECT_EQ(doubtful.code, 0);
    EXPECT_THAT(doubtful.output, HasSubstr("doubtful: rule 'a', 'sensor'")) << "nobody knows it";
    EXPECT_EQ(run({"rules", "backtest", "no-such-rule", "--file", path("y.toml"), "--data", folder.string()}).code, 1);
}
