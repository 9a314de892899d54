#include "app/app_fixture.hpp"
#include "app/rules_file.hpp"

#include <algorithm>
#include <condition_variable>
#include <gmock/gmock.h>
#include <mutex>
#include <optional>

// rules.toml while the desk runs: what a person writes into it, and what the desk does.

using namespace tocsin;
using namespace tocsin::test;
using ::testing::HasSubstr;

namespace {

std::string ruleText(const std::string& id) {
    return "[[rule]]\nid = \"" + id +
           "\"\nsensor = \"gauge\"\nabove = 4.0\nhysteresis = 0.2\nseverity = \"II\"\nclass = \"naturalDisaster\"\n"
           "hazard = \"flood\"\ntitle = \"High\"\nguidance = \"Look\"\n";
}

class RulesKept : public App {
  protected:
    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:00Z")};
    base::RandomIdSource ids{clock};
    std::unique_ptr<desk::Desk> desk;
    std::optional<app::LoadedRules> loaded;
    std::unique_ptr<app::RulesKeeper> keeper;
    std::mutex mutex;
    std::condition_variable heard;
    std::vector<app::RulesNotice> told;

    void SetUp() override {
        App::SetUp();
        (void)write("rules.toml", ruleText("first"));
        start();
    }
    void start() {
        auto store = store::Store::open(folder / "tocsin.db", store::Access::readWrite, "testshire");
        auto readings = store::ReadingStore::open(folder / "readings", store::Access::readWrite);
        ASSERT_TRUE(store && readings);
        auto read = app::loadRules({folder}, **store, true);
        ASSERT_TRUE(read) << read.error().describe();
        loaded = *read;
        auto started = desk::Desk::start(
            {std::move(*store), std::move(*readings), detect::Detector(loaded->rules), {}, clock, ids});
        ASSERT_TRUE(started) << started.error().message;
        desk = std::move(*started);
        keeper = std::make_unique<app::RulesKeeper>(*desk, county::CountyFolder{folder}, *loaded);
        (void)desk->snapshot(); // from here on it hears of each change
        keeper->listen([this](const app::RulesNotice& notice) {
            const std::lock_guard lock(mutex);
            told.push_back(notice);
            heard.notify_all();
        });
    }
    void TearDown() override {
        keeper.reset();
        desk.reset();
        App::TearDown();
    }
    /// Until all that the desk has said is in the file.
    void finish() {
        (void)desk->snapshot();
        keeper.reset();
    }
    /// The first notice of which `wanted` holds, whenever it comes.
    template <typename Wanted>
    std::optional<app::RulesNotice> waitFor(Wanted wanted) {
        std::unique_lock lock(mutex);
        const auto found = [&] { return std::find_if(told.begin(), told.end(), wanted); };
        const bool came = heard.wait_for(lock, std::chrono::seconds(60), [&] { return found() != told.end(); });
        return came ? std::optional(*found()) : std::nullopt;
    }
    std::string text(const char* name) { return county::readText(folder / name).value_or("absent"); }
    std::vector<std::string> changes() {
        std::vector<std::string> texts;
        const auto journal = store::Store::open(folder / "tocsin.db", store::Access::readOnly);
        EXPECT_TRUE(journal);
        EXPECT_TRUE((*journal)->readOf({"rules.changed"}, 1, [&](const model::Entry& entry) {
            texts.push_back(entry.data.at("text").get<std::string>());
            return true;
        }));
        return texts;
    }
    /// The last that was told, of those for which `wanted` holds.
    template <typename Wanted>
    std::optional<app::RulesNotice> last(Wanted wanted) {
        const std::lock_guard lock(mutex);
        const auto found = std::find_if(told.rbegin(), told.rend(), wanted);
        return found == told.rend() ? std::nullopt : std::optional(*found);
    }
};

} // namespace

TEST_F(RulesKept, AGoodChangeByHandIsInForceAndInTheJournal) {
    (void)write("rules.toml", ruleText("by-hand"));
    keeper->look();
    EXPECT_THAT(changes(), ::testing::ElementsAre(ruleText("by-hand")));
    const auto notice = last([](const auto& one) { return one.trouble.has_value(); });
    ASSERT_TRUE(notice);
    EXPECT_TRUE(notice->trouble->empty());
    EXPECT_THAT(notice->said.text, HasSubstr("in force now"));
    keeper->look();
    EXPECT_EQ(changes().size(), 1U) << "once";
    finish();
    EXPECT_THAT(text("rules.good.toml"), HasSubstr("by-hand"));
    EXPECT_EQ(text("rules.yours.toml"), "absent");
}

TEST_F(RulesKept, AChangeByHandIsTriedOverTheStoredPast) {
    keeper.reset();
    desk.reset();
    {
        auto readings = store::ReadingStore::open(folder / "readings", store::Access::readWrite);
        ASSERT_TRUE(readings);
        std::vector<model::Reading> batch;
        for (int i = 0; i < 480; ++i)
            batch.push_back({model::SensorId("gauge"), clock.now() - std::chrono::seconds(300) + std::chrono::milliseconds(250 * i),
                             {}, i % 2 == 0 ? 9.0 : 0.0, "m"});
        ASSERT_TRUE((*readings)->append(batch));
    }
    start();
    (void)write("rules.toml", ruleText("first") + "\n" + ruleText("loud"));
    keeper->look();
    const auto notice = waitFor([](const auto& one) { return one.said.text.find("doubtful") != std::string::npos; });
    ASSERT_TRUE(notice);
    EXPECT_THAT(notice->said.text, HasSubstr("rule 'loud': Over the stored past it would have fired up to 120 times in one minute"));
    EXPECT_THAT(notice->said.in("zh_CN"), HasSubstr("规则“loud”：按已存储的历史数据"));
    EXPECT_THAT(notice->said.text, ::testing::Not(HasSubstr("'first'"))) << "it is as it was";
}

TEST_F(RulesKept, ABadChangeByHandLeavesTheLastGoodOnesInForceAndSaysSo) {
    auto refused = ruleText("second");
    refused.replace(refused.find("above"), 5, "when = \"several\"\nk = 5\nabove");
    for (const auto& bad : {ruleText("second") + "[[rule]\n", refused}) {
        (void)write("rules.toml", bad);
        keeper->look();
        const auto notice = last([](const auto& one) { return one.trouble.has_value(); });
        ASSERT_TRUE(notice);
        EXPECT_THAT(notice->trouble->text, HasSubstr("last good rules"));
        EXPECT_THAT(notice->trouble->in("zh_CN"), HasSubstr("仍使用"));
    }
    EXPECT_TRUE(changes().empty());
    (void)write("rules.toml", ruleText("first"));
    keeper->look();
    EXPECT_TRUE(last([](const auto& one) { return one.trouble.has_value(); })->trouble->empty()) << "mended";
    EXPECT_TRUE(changes().empty());
}

TEST_F(RulesKept, WhatAPersonWroteIsPutAsideAndNotWrittenOver) {
    (void)write("rules.toml", ruleText("by-hand"));
    ASSERT_TRUE(desk->submit({desk->newCommandId(), "M. Keller", desk::ChangeRules{ruleText("saved")}}).get());
    finish();
    EXPECT_EQ(text("rules.toml"), ruleText("saved"));
    EXPECT_EQ(text("rules.yours.toml"), ruleText("by-hand"));
    const auto notice = last([](const auto& one) { return !one.aside.empty(); });
    ASSERT_TRUE(notice);
    EXPECT_EQ(notice->aside, ruleText("by-hand"));
    EXPECT_THAT(notice->said.text, HasSubstr("rules.yours.toml"));
}

TEST_F(RulesKept, WhatWasChangedBeforeTheKeeperHeardAnythingIsInTheFileToo) {
    keeper.reset();
    ASSERT_TRUE(desk->submit({desk->newCommandId(), "M. Keller", desk::ChangeRules{ruleText("early")}}).get());
    keeper = std::make_unique<app::RulesKeeper>(*desk, county::CountyFolder{folder}, *loaded);
    finish();
    EXPECT_EQ(text("rules.toml"), ruleText("early"));
    EXPECT_THAT(text("rules.good.toml"), HasSubstr("early"));
    EXPECT_EQ(text("rules.yours.toml"), "absent");
}

TEST_F(RulesKept, AnotherOneIsPutBesideTheFirst) {
    (void)write("rules.yours.toml", "# of last week\n");
    (void)write("rules.toml", "[[rule]\n");
    ASSERT_TRUE(desk->submit({desk->newCommandId(), "M. Keller", desk::ChangeRules{ruleText("saved")}}).get());
    finish();
    EXPECT_EQ(text("rules.toml"), ruleText("saved"));
    EXPECT_EQ(text("rules.yours.toml"), "# of last week\n");
    EXPECT_EQ(text("rules.yours-2.toml"), "[[rule]\n");
    EXPECT_FALSE(last([](const auto& one) { return !one.aside.empty(); })) << "nobody is offered what cannot be read";
}

TEST_F(RulesKept, WhatTheDeskWroteItselfIsNobodysHand) {
    ASSERT_TRUE(desk->submit({desk->newCommandId(), "M. Keller", desk::ChangeRules{ruleText("saved")}}).get());
    finish();
    EXPECT_EQ(text("rules.toml"), ruleText("saved"));
    EXPECT_EQ(text("rules.yours.toml"), "absent");
    EXPECT_TRUE(told.empty());
}
