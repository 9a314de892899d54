#include "desk/desk_fixture.hpp"
#include "desk/pin_worker.hpp"

#include <algorithm>
#include <gmock/gmock.h>

// Names that are proved by a PIN: what may be done under them without it, and what becomes of wrong ones.

namespace tocsin::desk {
namespace {

using base::Code;
using ::testing::HasSubstr;
using ::testing::Not;

class Pins : public test::DeskFixture {
  protected:
    void SetUp() override {
        DeskFixture::SetUp();
        pump = team("Pump 1");
        must(RegisterResources{{pump}});
        incident = openIncident();
        model::Report told;
        told.text = "Water in the cellar";
        told.sourceId = "1";
        told.contact.name = "Li";
        told.contact.phone = "+423 370 11 22";
        report = *model::ReportId::parse(run(TakeReport{"http", told}, "feed:http").value().ids.at(0));
    }
    void equip(Desk::Parts& parts) override {
        parts.contactReaders = {"A. Ott"};
        parts.leaders = {"L. Frick", "R. Beck"};
        parts.pinCost = {8, 1, 1};
    }
    DispatchRules dispatch() override {
        DispatchRules rules;
        rules.approvalFrom = model::Grade::II;
        return rules;
    }

    base::Result<Done> as(const std::string& actor, CommandBody body, std::vector<std::string> proven = {}, bool seat = false) {
        return desk->submit(Command{desk->newCommandId(), actor, std::move(body), {seat, std::move(proven)}}).get();
    }
    base::Result<void> prove(const std::string& name, const std::string& pin) {
        std::promise<base::Result<void>> promise;
        desk->prove(name, pin, 1, [&](base::Result<void> proved) { promise.set_value(std::move(proved)); });
        return promise.get_future().get();
    }
    base::Result<void> change(const std::string& name, const std::string& old, const std::string& fresh) {
        std::promise<base::Result<void>> promise;
        desk->changePin(name, old, fresh, 1, [&](base::Result<void> done) { promise.set_value(std::move(done)); });
        return promise.get_future().get();
    }
    /// What waits for the leader's word.
    model::DecisionId propose(const std::string& by) {
        SendPlan plan;
        plan.decision.incident = incident;
        plan.decision.factsAt = clock.now();
        plan.decision.lines.emplace_back();
        auto& line = plan.decision.lines.back();
        line.resource = pump.id;
        line.need.capability = "dyke-defence";
        line.eta = line.etaLow = line.etaHigh = base::Seconds(300);
        const auto sent = as(by, plan);
        EXPECT_TRUE(sent) << (sent ? "" : sent.error().message);
        return sent ? *model::DecisionId::parse(sent->ids.at(0)) : model::DecisionId();
    }
    std::vector<model::Entry> journal() {
        std::vector<model::Entry> all;
        const auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
        EXPECT_TRUE((*store)->read(1, [&](const model::Entry& entry) {
            all.push_back(entry);
            return true;
        }));
        return all;
    }

    model::Resource pump;
    model::IncidentId incident;
    model::ReportId report;
};

TEST_F(Pins, aCountyThatSetsNoneWorksOnWords) {
    must(StartShift{"M. Keller", "L. Frick", std::nullopt});
    EXPECT_TRUE(as("A. Ott", ShowContact{report}));
    EXPECT_TRUE(as("A. Ott", ShowContact{report}, {}, true)) << "at a seat, too";
    const auto decision = propose("M. Keller");
    EXPECT_TRUE(as("L. Frick", JudgeDecision{decision, true, {}}, {}, true));
    EXPECT_TRUE(as("M. Keller", StartShift{"M. Keller", "Anybody", std::nullopt}));
    EXPECT_EQ(prove("A. Ott", "4711").error().code, Code::notFound);
}

TEST_F(Pins, contactsAreShownOnlyWhereThePinWasGiven) {
    ASSERT_TRUE(change("A. Ott", "", "4711"));
    for (const bool seat : {false, true}) {
        const auto refused = as("A. Ott", ShowContact{report}, {"L. Frick"}, seat);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::refused);
        EXPECT_THAT(refused.error().message, HasSubstr("A. Ott has a PIN"));
        const auto shown = as("A. Ott", ShowContact{report}, {"A. Ott"}, seat);
        ASSERT_TRUE(shown);
        EXPECT_EQ(shown->contact->name, "Li");
    }
    EXPECT_FALSE(as("M. Keller", ShowContact{report}, {"A. Ott"})) << "it goes by who acts";
    const auto bytes = as("A. Ott", ShowQuarantined{1}); // which may name them too
    ASSERT_FALSE(bytes);
    EXPECT_THAT(bytes.error().message, HasSubstr("A. Ott has a PIN"));
    EXPECT_FALSE(as("A. Ott", WriteNote{"x", std::nullopt}, {}, true)) << "nobody at a seat acts under that name at all";
    EXPECT_TRUE(as("A. Ott", WriteNote{"x", std::nullopt})) << "the desk's own shift goes on";
}

TEST_F(Pins, onlyTheLeaderWhoGaveThePinApproves) {
    must(StartShift{"M. Keller", "L. Frick", std::nullopt});
    ASSERT_TRUE(change("L. Frick", "", "4711"));
    const auto decision = propose("L. Frick");
    EXPECT_EQ(desk->snapshot().state.decisions.at(decision).state, model::DecisionState::waiting) << "the typed name is not enough to send it at once";
    EXPECT_FALSE(as("L. Frick", JudgeDecision{decision, true, {}}));
    EXPECT_FALSE(as("L. Frick", JudgeDecision{decision, true, {}}, {"A. Ott"}, true));
    EXPECT_TRUE(as("L. Frick", JudgeDecision{decision, true, {}}, {"L. Frick"}, true));
}

TEST_F(Pins, nobodyBecomesTheLeaderByBeingTypedIn) {
    must(StartShift{"M. Keller", "L. Frick", std::nullopt});
    ASSERT_TRUE(change("L. Frick", "", "4711"));
    const auto decision = propose("M. Keller");
    for (const auto* other : {"Mallory", "R. Beck", "A. Ott"})
        EXPECT_FALSE(as("M. Keller", StartShift{"M. Keller", other, std::nullopt})) << other;
    EXPECT_TRUE(as("M. Keller", StartShift{"N. Thoeny", "L. Frick", std::nullopt})) << "the shift goes on under the same leader";
    EXPECT_TRUE(as("M. Keller", StartShift{"N. Thoeny", "", std::nullopt})) << "or under none";
    EXPECT_THAT(as("Mallory", JudgeDecision{decision, true, {}}).error().message, HasSubstr("no leader is on duty"));
    EXPECT_FALSE(as("R. Beck", JudgeDecision{decision, true, {}})) << "who has no PIN";
    EXPECT_TRUE(as("L. Frick", StartShift{"N. Thoeny", "R. Beck", std::nullopt}, {"L. Frick"})) << "a leader says who leads";
    EXPECT_FALSE(as("M. Keller", StartShift{"L. Frick", "R. Beck", std::nullopt})) << "nor does anybody take the shift of a name with a PIN";
    EXPECT_FALSE(change("Mallory", "", "4711")) << "only who has a right has something to protect";
}

TEST_F(Pins, anotherIsSetForTheOldOneAlone) {
    ASSERT_TRUE(change("A. Ott", "", "4711"));
    EXPECT_FALSE(change("A. Ott", "", "9999")) << "the first was the first";
    EXPECT_FALSE(change("A. Ott", "4712", "9999"));
    EXPECT_FALSE(change("A. Ott", "4711", "123"));
    ASSERT_TRUE(change("A. Ott", "4711", "zwölf Worte"));
    EXPECT_FALSE(prove("A. Ott", "4711"));
    EXPECT_TRUE(prove("A. Ott", "zwölf Worte"));
    restart();
    EXPECT_TRUE(prove("A. Ott", "zwölf Worte"));
    ASSERT_TRUE(change("A. Ott", "zwölf Worte", ""));
    EXPECT_TRUE(as("A. Ott", ShowContact{report})) << "a word again";
    EXPECT_EQ(as("A. Ott", SetPin{"A. Ott", "x", true, false}).error().code, Code::conflict) << "it had none any more";
    EXPECT_TRUE(as("administrator", SetPin{"A. Ott", base::pinRecord("1234", {8, 1, 1}).value(), true, true}));
    EXPECT_TRUE(prove("A. Ott", "1234"));
}

TEST_F(Pins, wrongOnesAreSlowedAndNeverLockedOutForEver) {
    ASSERT_TRUE(change("A. Ott", "", "4711"));
    for (int i = 0; i < PinTries::freeTries; ++i)
        EXPECT_FALSE(prove("A. Ott", "0000"));
    EXPECT_THAT(prove("A. Ott", "4711").error().message, HasSubstr("too many wrong PINs")) << "not even the right one";
    EXPECT_FALSE(change("A. Ott", "4711", "9999")) << "nor by another way";
    look();
    const auto wrong = journal();
    const auto told = std::find_if(wrong.begin(), wrong.end(), [](const auto& entry) { return entry.type == "name.pin-wrong"; });
    ASSERT_NE(told, wrong.end()) << "the desk's log names it";
    EXPECT_EQ(told->subject, "A. Ott");
    EXPECT_EQ(told->data.at("seat"), 1);
    clock.advance(PinTries::firstWait);
    EXPECT_TRUE(prove("A. Ott", "4711"));
    EXPECT_FALSE(prove("A. Ott", "0000"));
    EXPECT_TRUE(prove("A. Ott", "4711")) << "the count began anew";
}

TEST(PinTries, waitLongerEachTimeUpToSomeMinutes) {
    PinTries tries;
    auto now = *base::parseTime("2026-11-20T08:00:00Z");
    auto last = base::Duration(0);
    for (int i = 0; i < 40; ++i) {
        tries.noteWrong("A", now);
        const auto wait = tries.waitOf("A", now);
        EXPECT_EQ(wait > base::Duration(0), i + 1 >= PinTries::freeTries) << i;
        EXPECT_GE(wait, last);
        EXPECT_LE(wait, PinTries::longestWait);
        EXPECT_EQ(tries.waitOf("A", now - std::chrono::hours(5)), wait) << "a clock that was set back";
        tries.noteRight("B");
        last = wait;
        now += wait;
    }
    EXPECT_EQ(last, PinTries::longestWait);
    EXPECT_EQ(tries.waitOf("B", now), base::Duration(0));
    tries.noteRight("A");
    EXPECT_EQ(tries.wrongOf("A"), 0);
}

TEST_F(Pins, neitherThePinNorItsHashIsInTheJournal) {
    ASSERT_TRUE(change("A. Ott", "", "4711-4711"));
    ASSERT_TRUE(change("A. Ott", "4711-4711", "8822-8822"));
    bool set = false;
    for (const auto& entry : journal()) {
        const auto text = entry.data.dump();
        for (const auto* secret : {"4711-4711", "8822-8822", "scrypt"})
            EXPECT_THAT(text, Not(HasSubstr(secret))) << entry.type;
        if (entry.type == "name.pin-set") {
            set = true;
            EXPECT_EQ(entry.actor, "A. Ott") << "who set it";
        }
    }
    EXPECT_TRUE(set);
    EXPECT_TRUE(desk->snapshot().state.desk.pins.contains("A. Ott")) << "that there is one all windows know";
    desk.reset();
    auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite).value();
    ASSERT_TRUE(store->rebuild());
    EXPECT_TRUE(store->loadState()->desk.pins.contains("A. Ott"));
    EXPECT_THAT(store->pinOf("A. Ott").value(), HasSubstr("scrypt$")) << "what stands beside the journal stays";
}

} // namespace
} // namespace tocsin::desk
