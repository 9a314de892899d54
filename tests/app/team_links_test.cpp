#include "app/team_links.hpp"
#include "desk/desk_fixture.hpp"

#include <fstream>
#include <future>
#include <sys/stat.h>

// What a team may see and say by the link of its order, against a real desk.

namespace tocsin::app {
namespace {

using base::Code;
using model::AssignmentState;

class TeamLink : public test::DeskFixture {
  protected:
    void SetUp() override {
        DeskFixture::SetUp();
        links = openLinks();
    }
    void TearDown() override { links.reset(); } // before the desk

    std::shared_ptr<TeamLinks> openLinks() {
        auto opened = TeamLinks::open(*desk, keyFile());
        EXPECT_TRUE(opened) << opened.error().message;
        (void)desk->snapshot(); // by then it has been told of all that there is
        return opened.value_or(nullptr);
    }
    [[nodiscard]] std::filesystem::path keyFile() const { return folder.path() / "team-links.key"; }

    /// A team that was sent; its assignment.
    model::AssignmentId sent(const std::string& name) {
        const auto one = team(name);
        must(desk::RegisterResources{{one}});
        const auto incident = openIncident();
        must(sending(incident, {one.id}));
        for (const auto& [id, assignment] : desk->snapshot().state.assignments)
            if (assignment.resource == one.id)
                return id;
        ADD_FAILURE() << name << " was not sent";
        return {};
    }
    [[nodiscard]] std::string tokenOf(model::AssignmentId id) const {
        const std::string start = "/team/";
        const auto path = links->pathOf(id);
        EXPECT_TRUE(path.starts_with(start)) << path;
        return path.substr(start.size());
    }
    base::Result<void> say(std::string_view token, std::optional<AssignmentState> step, const std::string& text = {}) {
        std::promise<base::Result<void>> promise;
        links->say(token, step, text, [&](base::Result<void> result) { promise.set_value(std::move(result)); });
        return promise.get_future().get();
    }
    [[nodiscard]] model::Assignment at(model::AssignmentId id) const { return desk->snapshot().state.assignments.at(id); }

    std::shared_ptr<TeamLinks> links;
};

TEST_F(TeamLink, showsTheWayInWordsAndWhoHasReleasedIt) {
    const auto id = sent("Pump 1");
    const auto token = tokenOf(id);
    must(desk::RecordTold{{id}});
    must(anotherWay(id));
    (void)desk->snapshot();
    auto order = links->order(token);
    ASSERT_TRUE(order);
    EXPECT_TRUE(order->otherWay);
    EXPECT_EQ(order->way.text, "12.3 km");
    EXPECT_EQ(order->way.in("zh_CN"), "12.3 公里");
    EXPECT_FALSE(order->recalled);
    must(desk::ReleaseAssignments{{id}, "called off"});
    (void)desk->snapshot();
    order = links->order(token);
    ASSERT_TRUE(order);
    EXPECT_TRUE(order->recalled);
    EXPECT_EQ(order->state, AssignmentState::released);
}

TEST_F(TeamLink, saysThatTheIncidentWasMovedAndShowsItsNewPlace) {
    const auto id = sent("Pump 1");
    const auto token = tokenOf(id);
    const auto to = model::Position::trusted(47.2, 9.55);
    must(desk::MoveIncident{desk->snapshot().state.assignments.at(id).incident, to, {"Ruggell"}, "the caller meant the other bridge"});
    (void)desk->snapshot();
    const auto order = links->order(token);
    ASSERT_TRUE(order);
    EXPECT_EQ(order->place.text, "Ruggell");
    EXPECT_EQ(order->position, to);
    EXPECT_TRUE(order->way.empty()) << "it leads to where the incident was";
    ASSERT_FALSE(order->tasks.empty());
    EXPECT_EQ(order->tasks.front().text, "The incident was moved: go to the place given here");
}

TEST_F(TeamLink, saysWhatTheTeamIsSentForAndThatItStandsBy) {
    links.reset();
    TeamWords words;
    words.capabilities["dyke-defence"] = "dyke defence";
    words.capabilities["dyke-defence"].translations["zh_CN"] = "堤防抢险";
    links = *TeamLinks::open(*desk, keyFile(), words);
    auto order = links->order(tokenOf(sent("Pump 1")));
    ASSERT_TRUE(order);
    ASSERT_EQ(order->tasks.size(), 1U);
    EXPECT_EQ(order->tasks[0].in("zh_CN"), "堤防抢险");
    const auto one = team("Pump 2");
    must(desk::RegisterResources{{one}});
    model::Decision card;
    card.incident = openIncident();
    card.lines.emplace_back();
    auto& line = card.lines.back();
    line.resource = one.id;
    line.purpose = model::Purpose::standBy;
    line.stops = {{model::Position::trusted(47.2, 9.6), "Fire station North", std::nullopt, base::Seconds(300)}};
    const auto done = must(desk::SendPlan{card});
    (void)desk->snapshot();
    order = links->order(tokenOf(*model::AssignmentId::parse(done.ids.at(1))));
    ASSERT_TRUE(order);
    ASSERT_EQ(order->tasks.size(), 1U);
    EXPECT_EQ(order->tasks[0].text, "stand by");
    EXPECT_EQ(order->place.text, "Fire station North");
}

TEST_F(TeamLink, showsTheOrderAndTakesItsSteps) {
    const auto id = sent("Pump 1");
    const auto token = tokenOf(id);
    std::string actor;
    const auto heard = desk->subscribe([](desk::Snapshot) {},
                                       [&](std::shared_ptr<const desk::Delta> delta) {
                                           for (const auto& entry : delta->entries)
                                               actor = entry.actor;
                                       });
    const auto order = links->order(token);
    ASSERT_TRUE(order);
    EXPECT_EQ(order->team.text, "Pump 1");
    EXPECT_EQ(order->incident.text, "Seepage");
    EXPECT_EQ(order->number, at(id).order);
    EXPECT_EQ(order->state, AssignmentState::notified);
    ASSERT_TRUE(order->position);
    EXPECT_NEAR(order->position->latitude(), 47.13, 1e-9);
    for (const auto step : {AssignmentState::accepted, AssignmentState::enRoute, AssignmentState::onScene}) {
        ASSERT_TRUE(say(token, step));
        EXPECT_EQ(at(id).state, step);
        EXPECT_EQ(links->order(token)->state, step);
    }
    EXPECT_EQ(actor, "team:Pump 1") << "the log says who";
}

TEST_F(TeamLink, isRefusedWhatTheDeskRefuses) {
    const auto id = sent("Pump 1");
    const auto token = tokenOf(id);
    const auto ahead = say(token, AssignmentState::onScene);
    ASSERT_FALSE(ahead);
    EXPECT_EQ(ahead.error().code, Code::conflict);
    EXPECT_EQ(at(id).state, AssignmentState::notified);
    EXPECT_FALSE(say(token, {}, std::string(100'000, 'x'))) << "a word, no book";
    ASSERT_TRUE(say(token, {}, "we are well"));
    EXPECT_EQ(at(id).state, AssignmentState::notified) << "a sign of life is no step";
}

TEST_F(TeamLink, isNobodyElses) {
    const auto mine = sent("Pump 1");
    const auto other = sent("Pump 2");
    const auto token = tokenOf(mine);
    const auto theirs = tokenOf(other);
    auto swapped = other.toString() + token.substr(token.find('.'));
    auto changed = token;
    changed.back() = changed.back() == '0' ? '1' : '0';
    auto shouted = token;
    for (auto& c : shouted)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    for (const auto& bad : {std::string(), std::string("."), mine.toString(), mine.toString() + ".", swapped, changed,
                            shouted, token + "0", token.substr(0, token.size() - 1), " " + token,
                            std::string(1'000'000, '.'), std::string("\0\0\xFF", 3)}) {
        EXPECT_FALSE(links->order(bad)) << bad.substr(0, 80);
        const auto said = say(bad, AssignmentState::accepted);
        ASSERT_FALSE(said) << bad.substr(0, 80);
        EXPECT_EQ(said.error().code, Code::notFound);
    }
    EXPECT_EQ(at(mine).state, AssignmentState::notified);
    EXPECT_EQ(at(other).state, AssignmentState::notified);
    EXPECT_NE(token.substr(token.find('.')), theirs.substr(theirs.find('.')));
}

TEST_F(TeamLink, leadsToTheSameOrderAfterARestartAndEndsADayAfterIt) {
    const auto id = sent("Pump 1");
    const auto token = tokenOf(id);
    struct stat key {};
    ASSERT_EQ(::stat(keyFile().c_str(), &key), 0);
    EXPECT_EQ(key.st_mode & 0777U, 0600U) << "nobody else reads the key";
    links.reset();
    restart();
    links = openLinks();
    EXPECT_EQ(tokenOf(id), token);
    EXPECT_TRUE(links->order(token));
    ASSERT_TRUE(say(token, AssignmentState::released));
    EXPECT_EQ(at(id).state, AssignmentState::released);
    clock.advance(std::chrono::hours(23));
    ASSERT_TRUE(links->order(token));
    EXPECT_EQ(links->order(token)->state, AssignmentState::released);
    clock.advance(std::chrono::hours(2));
    EXPECT_FALSE(links->order(token));
}

TEST_F(TeamLink, hangsOnTheCountysOwnKey) {
    const auto id = sent("Pump 1");
    const auto token = tokenOf(id);
    links.reset();
    std::filesystem::remove(keyFile());
    links = openLinks();
    EXPECT_NE(tokenOf(id), token);
    EXPECT_FALSE(links->order(token)) << "whoever makes a new key ends the old links";
    std::ofstream(keyFile(), std::ios::trunc) << "short";
    const auto damaged = TeamLinks::open(*desk, keyFile());
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().code, Code::storage);
    EXPECT_FALSE(TeamLinks::open(*desk, folder.path() / "none" / "team-links.key"));
}

} // namespace
} // namespace tocsin::app
