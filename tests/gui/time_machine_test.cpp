#include "gui/fake_bridge.hpp"
#include "tocsin/gui/time/time_machine.hpp"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

/// Keeps questions until the test answers them.
class SlowBridge : public test::FakeBridge {
  public:
    void pictureAt(base::Time at, QObject*, std::function<void(base::Result<PastPicture>)> answer) override {
        asked.push_back(at);
        m_answers.push_back(std::move(answer));
    }
    void answer() {
        ASSERT_FALSE(m_answers.empty());
        auto next = std::move(m_answers.front());
        m_answers.erase(m_answers.begin());
        auto picture = std::make_shared<desk::Picture>();
        picture->at = asked[asked.size() - m_answers.size() - 1];
        next(PastPicture(std::move(picture)));
    }
    [[nodiscard]] std::size_t waiting() const { return m_answers.size(); }
    std::vector<base::Time> asked;

  private:
    std::vector<std::function<void(base::Result<PastPicture>)>> m_answers;
};

class Machine : public testing::Test {
  protected:
    Machine() : ui{desk, theme, selection, code}, machine(ui) {
        desk.span.first = desk.time - 6h;
        desk.span.last = desk.time;
        desk.span.entries = 10;
        desk.span.marks = {{desk.time - 3h, model::Grade::II, "alarm.raised"},
                           {desk.time - 1h, model::Grade::III, "incident.opened"}};
        machine.refreshSpan();
        QObject::connect(&machine, &TimeMachine::shown, &machine, [this](const auto& picture) {
            pictures.push_back(picture ? std::optional(picture->at) : std::nullopt);
        });
    }
    /// Lets the events come until it is so; never as long as it takes to say that it is not.
    template <typename Is>
    static bool soon(Is is) {
        QElapsedTimer patience;
        patience.start();
        while (!is() && patience.elapsed() < 20'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 50);
        return is();
    }
    void raise(unsigned number, model::Grade grade) {
        model::Alarm alarm;
        alarm.id = id<model::AlarmId>(number);
        alarm.severity = grade;
        alarm.state = model::AlarmState::unacknowledged;
        alarm.title = "Dyke";
        desk.scene().state.alarms[alarm.id] = alarm;
        Changes changes;
        changes.alarms.insert(alarm.id);
        desk.tell(changes);
    }

    SlowBridge desk;
    QString code{"en"};
    Theme theme{Theme::Look::dark};
    Selection selection;
    UiContext ui;
    TimeMachine machine;
    std::vector<std::optional<base::Time>> pictures; ///< nothing: live
};

TEST_F(Machine, hasOneQuestionUnderWayAndTheNewestWins) {
    machine.goTo(desk.time - 2h);
    machine.goTo(desk.time - 100min);
    machine.goTo(desk.time - 90min);
    EXPECT_EQ(desk.waiting(), 1U);
    desk.answer();
    ASSERT_TRUE(soon([this] { return desk.asked.size() == 2; }));
    EXPECT_EQ(desk.asked[1], desk.time - 90min);
    desk.answer();
    ASSERT_EQ(pictures.size(), 2U);
    EXPECT_EQ(pictures[1], desk.time - 90min);
    EXPECT_EQ(desk.waiting(), 0U);
}

TEST_F(Machine, anAnswerThatComesAfterTheReturnIsNotShown) {
    machine.goTo(desk.time - 2h);
    machine.backToNow();
    desk.answer();
    ASSERT_EQ(pictures.size(), 1U);
    EXPECT_FALSE(pictures[0].has_value());
    EXPECT_FALSE(machine.isPast());
    machine.goTo(desk.time - 1h);
    ASSERT_TRUE(soon([this] { return desk.waiting() == 1; }));
    desk.answer();
    EXPECT_EQ(pictures.back(), desk.time - 1h);
}

TEST_F(Machine, staysWithinTheJournalAndIsLiveFromNowOn) {
    machine.goTo(desk.time - 10h);
    EXPECT_EQ(machine.at(), desk.time - 6h);
    machine.goTo(desk.time + 1h);
    EXPECT_FALSE(machine.isPast());
}

TEST_F(Machine, playsAtItsSpeedAndStopsAtNow) {
    machine.goTo(desk.time - 90s);
    machine.setSpeed(60);
    machine.play();
    EXPECT_TRUE(machine.playing());
    machine.advance(500ms);
    EXPECT_EQ(machine.at(), desk.time - 60s);
    machine.advance(1s);
    EXPECT_FALSE(machine.isPast());
    EXPECT_FALSE(machine.playing());
}

TEST_F(Machine, goesFromMarkToMark) {
    machine.previousMark();
    EXPECT_EQ(machine.at(), desk.time - 1h);
    machine.previousMark();
    EXPECT_EQ(machine.at(), desk.time - 3h);
    machine.previousMark();
    EXPECT_EQ(machine.at(), desk.time - 6h);
    machine.nextMark();
    machine.nextMark();
    EXPECT_EQ(machine.at(), desk.time - 1h);
    machine.nextMark();
    EXPECT_FALSE(machine.isPast());
}

TEST_F(Machine, tellsOfGraveAlarmsThatAreRaisedMeanwhileAndOfNoOthers) {
    std::vector<model::AlarmId> told;
    QObject::connect(&machine, &TimeMachine::graveAlarm, &machine,
                     [&](const model::AlarmId& alarm) { told.push_back(alarm); });
    raise(200, model::Grade::I); // while live: the panel tells
    machine.goTo(desk.time - 1h);
    raise(200, model::Grade::I); // known already
    raise(201, model::Grade::III);
    raise(202, model::Grade::II);
    raise(202, model::Grade::II);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0], id<model::AlarmId>(202));
    EXPECT_EQ(machine.newGrave().size(), 1U);
    desk.send(desk::AcknowledgeAlarm{id<model::AlarmId>(202)});
    EXPECT_TRUE(machine.newGrave().empty());
}

TEST_F(Machine, saysWhyAPictureCannotBeMadeAndStopsPlaying) {
    test::FakeBridge broken;
    broken.past = [](base::Time) { return base::fail(base::Code::storage, "the disk is gone"); };
    TimeMachine other({broken, theme, selection, code});
    QString said;
    QObject::connect(&other, &TimeMachine::failed, &other, [&](const QString& sentence) { said = sentence; });
    other.goTo(broken.time - 30min);
    EXPECT_EQ(said, "the disk is gone");
}

} // namespace
} // namespace tocsin::gui
