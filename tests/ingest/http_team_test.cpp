// A team's own page: who has the link sees one order, and moves it step by step.
#include "http_support.hpp"
#include "tocsin/ingest/team_door.hpp"

#include <mutex>

namespace tocsin::ingest {
namespace {

using namespace test;
using model::AssignmentState;

class FakeTeams final : public TeamDoor {
  public:
    std::optional<TeamOrder> order(std::string_view token) const override {
        const std::lock_guard lock(m_mutex);
        return token == "good" ? std::optional(m_order) : std::nullopt;
    }
    void say(std::string_view, std::optional<AssignmentState> step, const std::string& text,
             std::function<void(base::Result<void>)> done) override {
        {
            const std::lock_guard lock(m_mutex);
            if (step && step != model::nextState(m_order.state))
                return done(base::fail(base::Code::conflict, "it cannot become <that>"));
            if (step)
                m_order.state = *step;
            else
                m_said = text;
        }
        done({});
    }
    [[nodiscard]] std::string said() const {
        const std::lock_guard lock(m_mutex);
        return m_said;
    }
    TeamOrder m_order{"2026-0147/3", {"Fire <brigade>"}, {"Seepage"}, {"Rhine dyke"},
                      model::Position::trusted(47.14, 9.51), {{"Load 60 bags"}}};

  private:
    mutable std::mutex m_mutex;
    std::string m_said;
};

class HttpTeam : public Http {
  protected:
    void SetUp() override {
        HttpOptions options;
        options.teams = teams;
        endpoint = serve(std::move(options));
    }
    Response post(const std::string& body, const std::string& token = "good", const std::string& more = {}) {
        return ask(endpoint, request("POST", "/team/" + token, body,
                                     "Content-Type: application/x-www-form-urlencoded\r\n" + more));
    }
    std::shared_ptr<FakeTeams> teams = std::make_shared<FakeTeams>();
    Endpoint endpoint;
};

TEST_F(HttpTeam, showsTheOrderAndTheNextStepInTheReadersLanguage) {
    const auto page = ask(endpoint, request("GET", "/team/good"));
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("2026-0147/3"), std::string::npos);
    EXPECT_NE(page.body.find("Fire &lt;brigade&gt;"), std::string::npos);
    EXPECT_NE(page.body.find("geo:47.14000,9.51000"), std::string::npos);
    EXPECT_NE(page.body.find("Load 60 bags"), std::string::npos);
    EXPECT_NE(page.body.find("value=\"accepted\""), std::string::npos);
    EXPECT_EQ(page.headers.at("cache-control"), "no-store");
    EXPECT_EQ(page.headers.at("referrer-policy"), "no-referrer");
    const auto chinese = ask(endpoint, request("GET", "/team/good?lang=zh"));
    EXPECT_NE(chinese.body.find("接受任务"), std::string::npos);
    EXPECT_EQ(chinese.body.find("{{"), std::string::npos);
}

TEST_F(HttpTeam, aButtonIsTheNextStepAndARefusalIsTold) {
    const auto accepted = post("step=accepted");
    EXPECT_EQ(accepted.status, 200);
    EXPECT_NE(accepted.body.find("value=\"enRoute\""), std::string::npos) << "the page shows the step that was taken";
    EXPECT_EQ(teams->order("good")->state, AssignmentState::accepted);
    const auto refused = post("step=onScene");
    EXPECT_EQ(refused.status, 200);
    EXPECT_NE(refused.body.find("it cannot become &lt;that&gt;"), std::string::npos);
    EXPECT_EQ(post("text=all+well+%E5%B9%B3%E5%AE%89").status, 200);
    EXPECT_EQ(teams->said(), "all well 平安");
    std::string longText = "text=";
    for (int i = 0; i < 200; ++i)
        longText += "%E5%AE%89";
    EXPECT_EQ(post(longText).status, 200);
    EXPECT_EQ(teams->said().size(), 399U) << "cut between characters";
}

TEST_F(HttpTeam, anotherWayAndARecallAreSaidInWords) {
    EXPECT_NE(ask(endpoint, request("GET", "/team/good")).body.find("class=\"way hidden\""), std::string::npos);
    teams->m_order.way = {"12.3 km, via <Depot>"};
    teams->m_order.otherWay = true;
    auto page = ask(endpoint, request("GET", "/team/good")).body;
    EXPECT_NE(page.find("Take another way: 12.3 km, via &lt;Depot&gt;"), std::string::npos);
    EXPECT_NE(ask(endpoint, request("GET", "/team/good?lang=zh")).body.find("请改走另一条路线"), std::string::npos);
    teams->m_order.state = AssignmentState::released;
    teams->m_order.recalled = true;
    page = ask(endpoint, request("GET", "/team/good")).body;
    EXPECT_NE(page.find("Released by the desk: the task is cancelled"), std::string::npos);
    EXPECT_NE(page.find("class=\"way hidden\""), std::string::npos);
}

TEST_F(HttpTeam, whoHasNoLinkSeesNothing) {
    EXPECT_EQ(ask(endpoint, request("GET", "/team/other")).status, 404);
    EXPECT_EQ(ask(endpoint, request("GET", "/team/")).status, 404);
    EXPECT_EQ(ask(endpoint, request("GET", "/team/" + std::string(5000, 'g'))).status, 404);
    EXPECT_EQ(post("step=accepted", "other").status, 404);
    EXPECT_EQ(post("step=accepted", "good", "Sec-Fetch-Site: cross-site\r\n").status, 403);
    EXPECT_EQ(post("step=flown").status, 400);
    EXPECT_EQ(post("text=%FF%FE").status, 400);
    EXPECT_EQ(ask(endpoint, request("POST", "/team/good", "{}", "Content-Type: application/json\r\n")).status, 415);
    EXPECT_EQ(ask(endpoint, request("DELETE", "/team/good")).status, 405);
    EXPECT_EQ(teams->order("good")->state, AssignmentState::notified);
}

} // namespace
} // namespace tocsin::ingest
