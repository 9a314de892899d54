#include "gui/fake_bridge.hpp"
#include "tocsin/gui/language.hpp"
#include "tocsin/gui/time/time_desk.hpp"

#include <QApplication>
#include <QDateTimeEdit>
#include <QKeyEvent>
#include <QPushButton>
#include <QRegularExpression>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

class Bar : public testing::Test {
  protected:
    Bar() : language(code), ui{desk, theme, selection, code}, map(ui, nullptr) {
        desk.span.first = desk.time - 24h;
        desk.span.last = desk.time;
        desk.span.entries = 5;
        desk.span.marks = {{desk.time - 20min, model::Grade::I, "alarm.raised"}};
        time = new TimeDesk(ui, map, QTimeZone("Europe/Vaduz"));
        map.resize(720, 560);
        map.show();
        QCoreApplication::processEvents();
    }
    QWidget* child(const char* name) { return map.findChild<QWidget*>(QString::fromLatin1(name)); }
    void press(QWidget* target, int key, Qt::KeyboardModifiers modifiers = {}) {
        QKeyEvent down(QEvent::KeyPress, key, modifiers);
        QCoreApplication::sendEvent(target, &down);
    }
    QAction* toggle() { return time->actions().front(); }

    test::FakeBridge desk;
    QString code{"en"};
    Language language;
    Theme theme{Theme::Look::dark};
    Selection selection;
    UiContext ui;
    MapView map;
    TimeDesk* time{nullptr};
};

TEST_F(Bar, isOneSlimButtonUntilItIsOpenedAndKeyTOpensIt) {
    EXPECT_TRUE(child("timePill")->isVisible());
    EXPECT_FALSE(child("timeTrack")->isVisible());
    EXPECT_LE(time->bar().height(), 32);
    EXPECT_EQ(toggle()->property("keyText").toString(), "T");
    toggle()->trigger();
    EXPECT_TRUE(child("timeTrack")->isVisible());
    toggle()->trigger();
    EXPECT_FALSE(child("timeTrack")->isVisible());
}

TEST_F(Bar, goesByMinutesAndHoursFromTheKeyboardAndTheMapFollows) {
    toggle()->trigger();
    auto* track = child("timeTrack");
    press(track, Qt::Key_Left);
    EXPECT_TRUE(map.isPast());
    EXPECT_EQ(time->machine().at(), desk.time - 1min);
    press(track, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(time->machine().at(), desk.time - 61min);
    press(track, Qt::Key_Right);
    EXPECT_EQ(time->machine().at(), desk.time - 60min);
    press(track, Qt::Key_PageDown);
    EXPECT_EQ(time->machine().at(), desk.time - 20min);
    press(track, Qt::Key_Home);
    EXPECT_EQ(time->machine().at(), desk.time - 24h);
    press(track, Qt::Key_End);
    EXPECT_FALSE(map.isPast());
}

TEST_F(Bar, takesAnExactMomentInTheCountysOwnTime) {
    toggle()->trigger();
    auto* moment = map.findChild<QDateTimeEdit*>("timeMoment");
    // 03:21:44 in Vaduz, one hour before Greenwich's clocks.
    moment->setDateTime(QDateTime(QDate(2026, 11, 20), QTime(2, 14, 5), Qt::UTC));
    EXPECT_EQ(base::formatTime(time->machine().at()), "2026-11-20T01:14:05.000000Z");
}

TEST_F(Bar, saysInWordsThatTheMapShowsThePastUntilOneKeyReturns) {
    toggle()->trigger();
    time->machine().goTo(desk.time - 1h);
    EXPECT_TRUE(time->bannerText().contains("As it was 20 Nov 02:21:44")) << time->bannerText().toStdString();
    EXPECT_TRUE(child("pastFrame")->isVisible());
    EXPECT_EQ(child("pastFrame")->geometry(), map.rect());
    EXPECT_TRUE(child("timeBack")->isVisible());
    toggle()->trigger();
    EXPECT_FALSE(map.isPast());
    EXPECT_FALSE(child("pastFrame")->isVisible());
    EXPECT_TRUE(child("timeTrack")->isVisible());
}

TEST_F(Bar, announcesAGraveAlarmMeanwhile) {
    QStringList said;
    QObject::connect(time, &TimeDesk::announce, time, [&](const QString& sentence) { said.append(sentence); });
    time->machine().goTo(desk.time - 1h);
    model::Alarm alarm;
    alarm.id = id<model::AlarmId>(300);
    alarm.severity = model::Grade::I;
    alarm.title = "Rhine above the dyke";
    desk.scene().state.alarms[alarm.id] = alarm;
    Changes changes;
    changes.alarms.insert(alarm.id);
    desk.tell(changes);
    ASSERT_EQ(said.size(), 1);
    EXPECT_TRUE(said[0].contains("Rhine above the dyke"));
    EXPECT_TRUE(child("pastFrame")->accessibleName().contains("T brings the map back to now"));
}

TEST_F(Bar, escapeReturnsFirstAndClosesThen) {
    toggle()->trigger();
    auto* track = child("timeTrack");
    press(track, Qt::Key_Left);
    press(track, Qt::Key_Escape);
    EXPECT_FALSE(map.isPast());
    EXPECT_TRUE(track->isVisible());
    press(track, Qt::Key_Escape);
    EXPECT_FALSE(track->isVisible());
}

TEST_F(Bar, clipsNothingInEitherLanguageAtTheNarrowestMap) {
    toggle()->trigger();
    time->machine().goTo(desk.time - 1h);
    for (const char* tongue : {"en", "zh_CN"}) {
        language.set(tongue);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        for (auto* button : time->bar().findChildren<QAbstractButton*>()) {
            if (!button->isVisible())
                continue;
            EXPECT_GE(button->width(), button->minimumSizeHint().width())
                << tongue << button->text().toStdString();
            EXPECT_LE(button->mapTo(&time->bar(), QPoint(button->width(), 0)).x(), time->bar().width()) << tongue;
        }
    }
    EXPECT_TRUE(time->bannerText().contains(QRegularExpression("[\\x{4e00}-\\x{9fff}]")));
}

} // namespace
} // namespace tocsin::gui
