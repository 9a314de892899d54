// Whom to call now is said and heard in the main window, whatever is open.
#include "gui/shell/call_turns_told.hpp"

#include "gui/dispatch_support.hpp"

namespace tocsin::gui {
namespace {

using test::id;

class CountedTones final : public TonePlayer {
  public:
    explicit CountedTones(int& played) : m_played(played) {}
    bool play(const QByteArray& /*pcm*/, bool /*cut*/) override {
        ++m_played;
        return true;
    }

  private:
    int& m_played;
};

class CallTurnsToldTest : public test::DispatchTest {
  protected:
    void tell() {
        Changes changes;
        changes.callDowns.insert(id<model::CallDownId>(1));
        desk.tell(changes);
    }
    QStringList said;
    int played{0};
    std::function<void(const QString&)> say{[this](const QString& sentence) { said << sentence; }};
};

TEST_F(CallTurnsToldTest, EachTurnAndTheEndAreToldOnce) {
    const CallTurnsTold told(ui, std::make_unique<CountedTones>(played), say);
    EXPECT_TRUE(said.isEmpty());
    auto& list = addCallDown(1);
    tell();
    tell();
    ASSERT_EQ(said.size(), 1) << "once for a turn";
    EXPECT_EQ(said[0], QStringLiteral("Call now: R. Frick, hydrologist, +423 111. 02:00 left. Call-down “Duty hydrologist”, Shift+F12 opens it"));
    EXPECT_EQ(played, 1);
    list.people[0].result = model::turnPassed;
    list.at = 1;
    tell();
    ASSERT_EQ(said.size(), 2);
    EXPECT_TRUE(said[1].contains(QStringLiteral("S. Ott, deputy, +423 222"))) << said[1].toStdString();
    EXPECT_EQ(played, 2);
    list.state = model::CallDownState::answered;
    list.answeredBy = "S. Ott";
    tell();
    ASSERT_EQ(said.size(), 3);
    EXPECT_EQ(said[2], QStringLiteral("Call-down “Duty hydrologist”: S. Ott has answered"));
    EXPECT_EQ(played, 2) << "nobody is to be called";
}

TEST_F(CallTurnsToldTest, WhatRunsWhenTheWindowOpensIsToldAndWhatIsOverIsNot) {
    addCallDown(1);
    addCallDown(2).state = model::CallDownState::exhausted;
    const CallTurnsTold told(ui, nullptr, say);
    ASSERT_EQ(said.size(), 1);
    EXPECT_TRUE(said[0].startsWith(QStringLiteral("Call now: R. Frick")));
}

TEST_F(CallTurnsToldTest, AMutedDeskOnlyShows) {
    state().desk.soundMutedUntil = now() + std::chrono::minutes(5);
    const CallTurnsTold told(ui, std::make_unique<CountedTones>(played), say);
    addCallDown(1);
    tell();
    EXPECT_EQ(said.size(), 1);
    EXPECT_EQ(played, 0);
}

} // namespace
} // namespace tocsin::gui
