// Who is called in turn, and the county's lists of them.
#include "desk/desk_fixture.hpp"

#include <limits>

namespace tocsin::test {
namespace {

using namespace std::chrono_literals;

class CallDownTest : public DeskFixture {
  protected:
    model::Resource first;

    void SetUp() override {
        start();
        first = team("First");
        must(desk::RegisterResources{{first}});
    }
    /// A list with one person, who has a minute.
    model::CallDownId callDivers() {
        model::CallDown list;
        list.title = "Divers";
        list.people = {{"Anna", "1"}};
        list.every = base::Seconds(60);
        return *model::CallDownId::parse(must(desk::StartCallDown{list}).ids.at(0));
    }
};

TEST_F(CallDownTest, PeopleAreCalledInTurnUntilOneAnswersByName) {
    model::CallDown list;
    list.title = "Dyke engineers";
    list.people = {{"Anna", "1"}, {"Beat", "2"}, {"Cora", "3"}};
    list.every = base::Seconds(120);
    const auto id = *model::CallDownId::parse(must(desk::StartCallDown{list}).ids.at(0));
    const auto stands = [&] {
        must(desk::WriteNote{"look", std::nullopt});
        return desk->snapshot().state.callDowns.at(id);
    };
    EXPECT_EQ(stands().at, 0);
    clock.advance(125s);
    must(desk::WriteNote{"look", std::nullopt});
    EXPECT_EQ(stands().at, 1) << "two minutes without an answer";
    EXPECT_EQ(stands().people[0].result, model::turnPassed) << "the desk rings nobody: that there was no answer is a person's word";
    must(desk::AnswerCallDown{id, 1, false, "engaged"});
    EXPECT_EQ(stands().at, 2);
    must(desk::AnswerCallDown{id, 0, false, ""});
    EXPECT_EQ(stands().people[0].result, model::noAnswer) << "called after all, out of turn";
    EXPECT_FALSE(run(desk::AnswerCallDown{id, 2, true, ""})) << "an answer without what was said proves nothing";
    must(desk::AnswerCallDown{id, 2, true, "is coming in 20 minutes"});
    EXPECT_EQ(stands().answeredBy, "Cora");
    EXPECT_EQ(stands().state, model::CallDownState::answered);
    EXPECT_FALSE(run(desk::AnswerCallDown{id, 0, true, "too late"}));
    EXPECT_TRUE(alarms("call-down").empty());
}

TEST_F(CallDownTest, AListOnWhichNobodyAnswersIsAnAlarm) {
    const auto id = callDivers();
    clock.advance(66s);
    ASSERT_EQ(alarms("call-down").size(), 1U);
    EXPECT_EQ(alarms("call-down")[0].title.text, "Nobody reached: Divers");
    EXPECT_TRUE(alarms("call-down")[0].guidance.text.find("nobody said that they were called") != std::string::npos);
    restart();
    must(desk::AnswerCallDown{id, 0, true, "called back"});
    clock.advance(6s);
    EXPECT_FALSE(alarms("call-down")[0].holds);
}

TEST_F(CallDownTest, WhereAllWereCalledTheAlarmSaysSo) {
    const auto id = callDivers();
    must(desk::AnswerCallDown{id, 0, false, ""});
    clock.advance(6s);
    ASSERT_EQ(alarms("call-down").size(), 1U);
    EXPECT_EQ(alarms("call-down")[0].title.text, "Nobody answers: Divers");
    EXPECT_EQ(desk->snapshot().state.callDowns.at(id).people[0].result, model::noAnswer);
}

TEST_F(CallDownTest, ACallListIsKeptUnderItsNameChangedAndRemoved) {
    const auto lists = [&] {
        must(desk::WriteNote{"look", std::nullopt});
        return desk->snapshot().state.callLists;
    };
    model::CallList list;
    list.name = "Flood";
    EXPECT_FALSE(run(desk::PutCallList{list})) << "without steps";
    list.steps = {{"Anna", "1", "leader", {}, base::Seconds(60)}, {"", "", "", first.id, base::Seconds(300)}};
    auto bad = list;
    bad.steps[0].phone.clear();
    EXPECT_FALSE(run(desk::PutCallList{bad})) << "a person has a phone";
    for (const double wait : {0.0, -60.0, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
        bad = list;
        bad.steps[0].wait = base::Seconds(wait);
        EXPECT_FALSE(run(desk::PutCallList{bad})) << wait;
    }
    bad = list;
    bad.steps[1].resource = model::ResourceId();
    EXPECT_FALSE(run(desk::PutCallList{bad})) << "a resource that is not there";
    bad = list;
    bad.steps.assign(51, list.steps[0]);
    EXPECT_FALSE(run(desk::PutCallList{bad}));
    const auto added = must(desk::PutCallList{list});
    EXPECT_EQ(added.entries.at(0).type, "call-list.added");
    list.id = *model::CallListId::parse(added.ids.at(0));
    const auto seen = lists().at(list.id);
    EXPECT_EQ(seen.steps, list.steps);
    auto second = list;
    second.id = {};
    EXPECT_FALSE(run(desk::PutCallList{second})) << "the name is taken";
    EXPECT_TRUE(must(desk::PutCallList{list}).duplicate) << "as it is";
    list.steps.pop_back();
    EXPECT_EQ(must(desk::PutCallList{list, seen}).entries.at(0).type, "call-list.changed");
    list.name = "Flood, night";
    EXPECT_FALSE(run(desk::PutCallList{list, seen})) << "it has changed since it was seen";
    restart();
    EXPECT_EQ(lists().at(list.id).steps, list.steps) << "from the table";
    must(desk::RemoveCallList{list.id, "nobody needs it"});
    EXPECT_TRUE(lists().at(list.id).removed);
    EXPECT_FALSE(run(desk::RemoveCallList{list.id, ""}));
    EXPECT_FALSE(run(desk::PutCallList{list}));
    EXPECT_FALSE(must(desk::PutCallList{second}).duplicate) << "the name is free again";
}

TEST_F(CallDownTest, EachOnAListHasMinutesOfHisOwn) {
    model::CallDown list;
    list.title = "Flood";
    list.people = {{"Anna", "1"}, {"Beat", "2"}, {"Cora", "3"}};
    list.every = base::Seconds(120);
    list.people[0].wait = base::Seconds(600);
    list.people[1].wait = base::Seconds(60);
    auto bad = list;
    bad.people[0].wait = base::Seconds(1);
    EXPECT_FALSE(run(desk::StartCallDown{bad}));
    bad = list;
    bad.list = model::CallListId::parse(first.id.toString());
    EXPECT_FALSE(run(desk::StartCallDown{bad})) << "no such list is kept";
    const auto id = *model::CallDownId::parse(must(desk::StartCallDown{list}).ids.at(0));
    const auto stands = [&] {
        must(desk::WriteNote{"look", std::nullopt});
        return desk->snapshot().state.callDowns.at(id);
    };
    clock.advance(125s);
    must(desk::WriteNote{"look", std::nullopt});
    EXPECT_EQ(stands().at, 0) << "Anna has ten minutes";
    clock.advance(480s);
    must(desk::WriteNote{"look", std::nullopt});
    EXPECT_EQ(stands().at, 1);
    clock.advance(65s);
    must(desk::WriteNote{"look", std::nullopt});
    EXPECT_EQ(stands().at, 2);
    EXPECT_EQ(*stands().nextAt - *stands().people[2].askedAt, std::chrono::seconds(120)) << "Cora has the list's own time";
}

} // namespace
} // namespace tocsin::test
