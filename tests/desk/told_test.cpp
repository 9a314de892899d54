#include "desk/desk_fixture.hpp"

#include "tocsin/model/json.hpp"

// What a team must hear of its assignment, and whether it has: its order, another way, its incident's new place, its recall. And what is written to units.

using namespace tocsin;
using namespace tocsin::test;
using base::Code;
using model::AssignmentState;
using model::Reached;
using model::TeamWord;

namespace {

class DeskTold : public DeskFixture {
  protected:
    void SetUp() override {
        DeskFixture::SetUp();
        const auto one = team("Pump 1");
        must(desk::RegisterResources{{one}});
        must(sending(openIncident(), {one.id}));
        const auto all = desk->snapshot().state.assignments;
        ASSERT_EQ(all.size(), 1U);
        id = all.begin()->first;
    }
    [[nodiscard]] model::Assignment now() { return desk->snapshot().state.assignments.at(id); }
    void replan() { must(anotherWay(id)); }
    model::AssignmentId id;
};

TEST_F(DeskTold, AnOrderIsToldByVoiceUntilItHasReachedAPhone) {
    EXPECT_EQ(now().word, TeamWord::order);
    EXPECT_EQ(now().wordAt, now().notifiedAt);
    EXPECT_TRUE(model::mustBeTold(now()));
    must(desk::RecordTold{{id}, Reached::nobody, now().wordAt});
    EXPECT_EQ(now().reached, Reached::nobody);
    EXPECT_TRUE(model::mustBeTold(now()));
    EXPECT_TRUE(must(desk::RecordTold{{id}, Reached::phone, *now().wordAt - std::chrono::seconds(1)}).entries.empty()) << "of an older word";
    EXPECT_TRUE(model::mustBeTold(now()));
    must(desk::RecordTold{{id}, Reached::phone, now().wordAt});
    EXPECT_FALSE(model::mustBeTold(now()));
    EXPECT_TRUE(must(desk::RecordTold{{id}, Reached::nobody, now().wordAt}).duplicate) << "what has come stays so";
    EXPECT_EQ(now().reached, Reached::phone);
    EXPECT_EQ(run(desk::RecordTold{{}, Reached::phone}).error().code, Code::refused);
    EXPECT_EQ(run(desk::RecordTold{{id}, Reached::waits}).error().code, Code::refused);
    EXPECT_EQ(run(desk::RecordTold{{ids.make<model::AssignmentId>()}}).error().code, Code::notFound);
}

TEST_F(DeskTold, AnotherWayIsAWordOfItsOwnOnceTheOrderIsKnown) {
    replan();
    EXPECT_EQ(now().word, TeamWord::order) << "the order that nobody has heard yet has the new way in it";
    must(desk::RecordTold{{id}, Reached::voice});
    clock.advance(std::chrono::seconds(5));
    replan();
    EXPECT_EQ(now().word, TeamWord::way);
    EXPECT_EQ(now().wordAt, clock.now());
    EXPECT_EQ(now().reached, Reached::waits);
    must(desk::AdvanceAssignment{id, AssignmentState::accepted});
    EXPECT_TRUE(model::mustBeTold(now())) << "that it has accepted the order says nothing of the way";
    must(desk::AdvanceAssignment{id, AssignmentState::enRoute});
    must(desk::AdvanceAssignment{id, AssignmentState::onScene});
    EXPECT_FALSE(model::mustBeTold(now()));
}

TEST_F(DeskTold, WhoIsReleasedByTheDeskMustHearOfItAndWhoHasSaidSoItselfNeedNot) {
    must(desk::AdvanceAssignment{id, AssignmentState::accepted});
    clock.advance(std::chrono::seconds(5));
    must(desk::ReleaseAssignments{{id}, "called off"});
    EXPECT_EQ(now().word, TeamWord::recall);
    EXPECT_TRUE(model::mustBeTold(now()));
    must(desk::RecordTold{{id}, Reached::voice});
    EXPECT_FALSE(model::mustBeTold(now()));
    const auto again = team("Pump 2");
    must(desk::RegisterResources{{again}});
    must(sending(openIncident(), {again.id}));
    for (const auto& [key, one] : desk->snapshot().state.assignments) {
        if (key != id) {
            ASSERT_TRUE(run(desk::AdvanceAssignment{key, AssignmentState::released}, "team:Pump 2"));
        }
    }
    for (const auto& [key, one] : desk->snapshot().state.assignments) {
        if (key != id) {
            EXPECT_EQ(one.word, TeamWord::none);
            EXPECT_FALSE(model::mustBeTold(one));
        }
    }
}

TEST_F(DeskTold, AnAssignmentOfBeforeWordsWereKeptIsReadAndItsOrderToldByVoice) {
    auto old = nlohmann::json(now());
    old.erase("word");
    old.erase("wordAt");
    const auto read = old.get<model::Assignment>();
    EXPECT_EQ(read.word, TeamWord::none);
    EXPECT_TRUE(model::mustBeTold(read));
    EXPECT_EQ(nlohmann::json(now()).get<model::Assignment>(), now());
}

TEST_F(DeskTold, ANewPlaceIsAWordOfItsOwnThatNoStepOfTheTeamAnswersFor) {
    must(desk::RecordTold{{id}, Reached::phone});
    clock.advance(std::chrono::seconds(5));
    must(desk::MoveIncident{now().incident, model::Position::trusted(47.2, 9.55), {"Ruggell"}, "the caller meant the other bridge"});
    EXPECT_EQ(now().word, TeamWord::moved);
    EXPECT_EQ(now().wordAt, clock.now());
    EXPECT_EQ(now().reached, Reached::waits);
    must(desk::AdvanceAssignment{id, AssignmentState::accepted});
    must(desk::AdvanceAssignment{id, AssignmentState::enRoute});
    must(desk::AdvanceAssignment{id, AssignmentState::onScene});
    EXPECT_TRUE(model::mustBeTold(now())) << "it may stand where nothing is";
    must(desk::RecordTold{{id}, Reached::voice});
    EXPECT_FALSE(model::mustBeTold(now()));
}

TEST_F(DeskTold, WhoWasMarkedAsNotToldInAJournalOfBeforeMustHearOfTheNewPlace) {
    auto old = nlohmann::json(now());
    old["word"] = "order";
    old["reached"] = "phone";
    old["untold"] = true;
    const auto read = old.get<model::Assignment>();
    EXPECT_EQ(read.word, TeamWord::moved);
    EXPECT_EQ(read.reached, Reached::waits);
    EXPECT_TRUE(model::mustBeTold(read));
    EXPECT_FALSE(nlohmann::json(read).contains("untold"));
    old["untold"] = false;
    EXPECT_EQ(old.get<model::Assignment>().word, TeamWord::order);
}

TEST_F(DeskTold, AReceiptOfTheTeamsOwnPhoneIsProofAndNoOtherIs) {
    const auto hear = [&](const std::string& unit) {
        model::UnitPosition p;
        p.unit = model::UnitId(unit);
        p.callSign = unit;
        p.type = "a-f-G-U-C";
        p.time = clock.now();
        p.stale = p.time + std::chrono::minutes(5);
        p.position = model::Position::trusted(47.1, 9.5);
        std::promise<bool> promise;
        desk->positions({"phones", {p}}, [&](auto result) { promise.set_value(result.has_value()); });
        ASSERT_TRUE(promise.get_future().get());
    };
    const auto receipt = [&](const std::string& unit, const std::string& of) {
        model::FieldMessage m;
        m.sourceId = "b-t-f-d." + of;
        m.receiptOf = of;
        m.from = model::UnitId(unit);
        m.time = clock.now();
        return must(desk::TakeFieldMessage{"cot", m});
    };
    hear("phone-1");
    hear("phone-2");
    must(desk::BindUnit{model::UnitId("phone-1"), now().resource});
    must(desk::RecordTold{{id}, Reached::nobody, now().wordAt});
    const auto order = model::wordIdOf(now());
    EXPECT_TRUE(receipt("phone-2", order).duplicate) << "another's";
    EXPECT_TRUE(receipt("nobody", order).duplicate);
    EXPECT_TRUE(receipt("phone-1", order + "0").duplicate);
    EXPECT_TRUE(receipt("phone-1", "4de0262c-633f-46eb-b8e5-5ef1eb1e5e22").duplicate);
    EXPECT_EQ(now().reached, Reached::nobody);
    clock.advance(std::chrono::seconds(5));
    replan();
    EXPECT_TRUE(receipt("phone-1", order).duplicate) << "of an older word";
    EXPECT_TRUE(model::mustBeTold(now()));
    EXPECT_FALSE(receipt("phone-1", model::wordIdOf(now())).duplicate);
    EXPECT_EQ(now().reached, Reached::phone);
    EXPECT_FALSE(model::mustBeTold(now()));
    EXPECT_TRUE(receipt("phone-1", model::wordIdOf(now())).duplicate) << "read, too: it is known";
}

TEST_F(DeskTold, NobodyWritesToAUnitThatIsNotThere) {
    EXPECT_EQ(run(desk::WriteToUnit{model::UnitId("nobody"), "Come back"}).error().code, Code::notFound);
    EXPECT_EQ(run(desk::RecordWritten{model::UnitId("nobody"), "1", true}).error().code, Code::notFound);
}

} // namespace
