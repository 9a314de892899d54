// The duty rosters: who is on duty and who comes next, where nobody is, and shifts entered, changed and removed.
#include "tocsin/gui/roster_window.hpp"

#include "gui/fake_bridge.hpp"
#include "gui/resources/roster_dialogs.hpp"
#include "gui/resources/roster_print.hpp"
#include "gui/resources/roster_view.hpp"
#include "gui/resources/roster_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

/// An hour of the scene's day.
base::Time at(int hours) {
    using namespace std::chrono;
    return base::Time(sys_days{year{2026} / 11 / 20} + std::chrono::hours(hours));
}

model::DutyTurn turn(int from, int until, const char* person, const char* phone = "+423 1") {
    return {at(from), at(until), person, phone, "leader"};
}

class RosterTest : public ::testing::Test {
  protected:
    test::FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    std::unique_ptr<RosterWindow> window;

    RosterTest() { Words::useZone(QTimeZone::utc()); }
    model::State& state() { return desk.scene().state; }
    model::Resource& resource(unsigned n) { return state().resources.at(id<model::ResourceId>(n)); }
    UiContext ui() { return {desk, theme, selection, language}; }
    void open() {
        window = std::make_unique<RosterWindow>(ui());
        window->show();
    }
    template <typename T>
    T* find(const char* name) {
        auto* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    RosterView* view() { return find<RosterView>("rosterView"); }
    void key(int pressed, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QTest::keyClick(view(), static_cast<Qt::Key>(pressed), with);
    }
    void type(const char* name, const QString& text) { find<QLineEdit>(name)->setText(text); }
    QString said() { return find<QLabel>("askSaid")->text(); }
    void act() { find<QPushButton>("askAct")->click(); }
    RosterAsk today() const { return {{at(0), at(24)}}; }
};

TEST_F(RosterTest, SpansJoinAndLeaveGaps) {
    const auto joined = mergedSpans({{at(8), at(12)}, {at(2), at(4)}, {at(12), at(14)}, {at(9), at(10)}, {at(5), at(5)}});
    EXPECT_EQ(joined, (std::vector<RosterSpan>{{at(2), at(4)}, {at(8), at(14)}}));
    EXPECT_EQ(gapsBetween(joined, {at(0), at(24)}), (std::vector<RosterSpan>{{at(0), at(2)}, {at(4), at(8)}, {at(14), at(24)}}));
    EXPECT_EQ(gapsBetween(joined, {at(9), at(10)}), std::vector<RosterSpan>());
    EXPECT_EQ(gapsBetween({}, {at(1), at(2)}), (std::vector<RosterSpan>{{at(1), at(2)}}));
}

TEST_F(RosterTest, AResourceHasALineAndEachOfSeveralPeopleOneBelow) {
    resource(1).duty = {turn(0, 8, "Anna"), turn(8, 16, "Beat"), turn(20, 30, "Anna"), turn(60, 70, "Cora")};
    resource(3).duty = {turn(0, 24, "Dora")};
    const auto rows = rosterRows(state(), today(), desk.now(), language);
    ASSERT_EQ(rows.size(), 4U) << "two resources; Anna and Beat, but not Cora, whose shift is another day's";
    EXPECT_EQ(rows[0].resource, id<model::ResourceId>(3)) << "Triesen before Vaduz";
    EXPECT_TRUE(rows[0].gaps.empty());
    EXPECT_EQ(rows[1].turns.size(), 3U);
    EXPECT_EQ(rows[1].gaps, (std::vector<RosterSpan>{{at(16), at(20)}}));
    EXPECT_EQ(rows[2].person, "Anna");
    EXPECT_EQ(rows[2].turns.size(), 2U);
    EXPECT_EQ(rows[3].person, "Beat");
}

TEST_F(RosterTest, LinesAreFilteredByKindCapabilityWordsAndWhatIsMissing) {
    resource(1).duty = {turn(0, 8, "Anna"), turn(8, 16, "Beat")};
    resource(2).duty = {turn(10, 12, "Cora")};
    const auto count = [&](RosterAsk ask) { return rosterRows(state(), ask, desk.now(), language).size(); };
    auto ask = today();
    ask.kind = model::ResourceKind::vehicle;
    EXPECT_EQ(count(ask), 1U);
    ask = today();
    ask.capability = "dyke-defence";
    EXPECT_EQ(count(ask), 3U);
    ask = today();
    ask.text = QStringLiteral("beat");
    EXPECT_EQ(count(ask), 2U) << "the team's line and Beat's";
    ask.text = QStringLiteral("瓦杜兹");
    EXPECT_EQ(count(ask), 3U);
    resource(2).duty.front().person = "Zoë Müller";
    ask.text = QStringLiteral("zoe MULLER");
    EXPECT_EQ(count(ask), 1U) << "without accents";
    ask = today();
    ask.only = RosterAsk::Only::nobodyNow;
    const auto rows = rosterRows(state(), ask, desk.now(), language);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].resource, id<model::ResourceId>(2));
    ask.only = RosterAsk::Only::unrostered;
    EXPECT_EQ(count(ask), state().resources.size() - 2);
}

TEST_F(RosterTest, WhoIsOnDutyAndWhoComesNextIsSaidInWords) {
    auto& r = resource(1);
    EXPECT_EQ(RosterWords::now(r, desk.now(), language), QStringLiteral("No shifts are entered"));
    r.duty = {turn(0, 8, "Anna"), turn(8, 16, "Beat")};
    EXPECT_EQ(RosterWords::now(r, desk.now(), language), QStringLiteral("Anna until 08:00 · next: Beat from 08:00"));
    EXPECT_EQ(RosterWords::now(r, at(9), language), QStringLiteral("Beat until 16:00 · nobody next"));
    EXPECT_EQ(RosterWords::now(r, at(17), language), QStringLiteral("Nobody on duty · nobody next"));
    EXPECT_EQ(RosterWords::now(r, "Beat", desk.now(), language), QStringLiteral("off duty, next from 08:00"));
    r.status = model::ResourceStatus::maintenance;
    EXPECT_TRUE(RosterWords::now(r, at(9), language).startsWith(Words::resourceStatus(r.status)));
}

TEST_F(RosterTest, ACapabilityThatNobodyOnDutyHasIsAGap) {
    for (auto& [key, incident] : state().incidents)
        incident.needs.clear();
    EXPECT_TRUE(capabilityGaps(state(), {at(0), at(24)}, desk.now()).empty()) << "who has no roster counts as there";
    resource(4).duty = {turn(0, 8, "Anna"), turn(10, 24, "Beat")};
    auto gaps = capabilityGaps(state(), {at(0), at(24)}, desk.now());
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_EQ(gaps[0].code, "water-rescue");
    EXPECT_EQ(gaps[0].when, (std::vector<RosterSpan>{{at(8), at(10)}}));
    model::Need need;
    need.capability = "diving";
    state().incidents.at(id<model::IncidentId>(1)).needs = {need};
    resource(4).status = model::ResourceStatus::outOfService;
    resource(4).statusUntil = at(5);
    gaps = capabilityGaps(state(), {at(0), at(24)}, desk.now());
    ASSERT_EQ(gaps.size(), 2U);
    EXPECT_TRUE(gaps[0].nobody) << "what is needed stands first";
    EXPECT_EQ(gaps[0].needed.size(), 1U);
    EXPECT_EQ(gaps[1].when, (std::vector<RosterSpan>{{desk.now(), at(5)}, {at(8), at(10)}})) << "out of service until five";
    EXPECT_TRUE(RosterWords::gap(gaps[1], desk.now(), language).contains(QString::fromUtf8("nobody on duty 02:21 – 05:00, 08:00 – 10:00")));
}

TEST_F(RosterTest, AShiftThatCannotBeIsRefusedInWords) {
    auto& r = resource(1);
    r.duty = {turn(0, 8, "Anna")};
    const auto fault = [&](const model::DutyTurn& shift) { return RosterWords::fault(r, shift, desk.now(), language); };
    EXPECT_TRUE(fault(turn(8, 16, "Anna")).isEmpty());
    EXPECT_TRUE(fault(turn(4, 9, "Beat")).isEmpty()) << "two may be on duty";
    EXPECT_TRUE(fault(turn(4, 9, "Anna")).contains(QString::fromUtf8("Anna, 00:00 – 08:00")));
    EXPECT_FALSE(fault(turn(9, 9, "Beat")).isEmpty());
    EXPECT_FALSE(fault(turn(9, 8, "Beat")).isEmpty());
    EXPECT_FALSE(fault(turn(9, 9 + 24 * 30, "Beat")).isEmpty());
    EXPECT_FALSE(fault(turn(9, 12, "")).isEmpty());
    EXPECT_TRUE(RosterWords::elsewhere(state(), resource(3), turn(7, 9, "Anna"), desk.now(), language).contains(QLatin1String("Vaduz fire brigade 1")));
    EXPECT_TRUE(RosterWords::elsewhere(state(), resource(3), turn(7, 9, "Anna", "another"), desk.now(), language).isEmpty());
}

TEST_F(RosterTest, MomentsAreTypedByTheCountysClock) {
    const QDate day(2026, 11, 20);
    EXPECT_EQ(rosterMoment(QStringLiteral("2026-11-20 08:00"), {}), at(8));
    EXPECT_EQ(rosterMoment(QStringLiteral(" 8:00 "), day), at(8));
    EXPECT_FALSE(rosterMoment(QStringLiteral("2026-13-20 08:00"), day));
    EXPECT_FALSE(rosterMoment(QStringLiteral("99999-01-01 08:00"), day));
    EXPECT_FALSE(rosterMoment(QStringLiteral("eight"), day));
    EXPECT_FALSE(rosterMoment(QString(), day));
}

TEST_F(RosterTest, KeysGoThroughLinesAndDays) {
    resource(1).duty = {turn(0, 8, "Anna"), turn(8, 16, "Beat")};
    resource(3).duty = {turn(0, 24, "Dora")};
    open();
    ASSERT_NE(view()->current(), nullptr);
    EXPECT_EQ(view()->current()->resource, id<model::ResourceId>(3));
    key(Qt::Key_Down);
    EXPECT_EQ(view()->current()->resource, id<model::ResourceId>(1));
    EXPECT_EQ(view()->turn()->person, "Anna") << "who is on duty now";
    key(Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(view()->turn()->person, "Beat");
    EXPECT_TRUE(view()->accessibleDescription().contains(QLatin1String("nobody 16:00")));
    key(Qt::Key_Right);
    EXPECT_EQ(view()->shown(), (RosterSpan{at(24), at(48)}));
    EXPECT_EQ(view()->turn(), nullptr);
    key(Qt::Key_Home);
    EXPECT_EQ(view()->shown(), (RosterSpan{at(0), at(24)}));
    EXPECT_EQ(view()->current()->resource, id<model::ResourceId>(1)) << "the line stays";
    find<QComboBox>("rosterSpan")->setCurrentIndex(1);
    EXPECT_EQ(view()->shown(), (RosterSpan{at(-4 * 24), at(3 * 24)})) << "the week of that Friday, from Monday";
    key(Qt::Key_Left);
    EXPECT_EQ(view()->shown(), (RosterSpan{at(-11 * 24), at(-4 * 24)}));
    key(Qt::Key_T);
    EXPECT_EQ(find<QDateEdit>("rosterDate")->date(), QDate(2026, 11, 20));
}

TEST_F(RosterTest, AShiftIsEnteredForSeveralDaysWithTheRecordAsSeen) {
    resource(1).duty = {turn(0, 8, "Anna")};
    const auto before = resource(1);
    open();
    key(Qt::Key_Insert);
    find<QComboBox>("shiftPerson")->setCurrentText(QStringLiteral("Anna"));
    EXPECT_EQ(find<QLineEdit>("shiftPhone")->text(), QStringLiteral("+423 1")) << "known from the roster";
    type("shiftFrom", QStringLiteral("2026-11-20 22:00"));
    type("shiftUntil", QStringLiteral("06:00"));
    find<QSpinBox>("shiftDays")->setValue(2);
    act();
    const auto* sent = desk.lastSent<desk::PutResources>();
    ASSERT_NE(sent, nullptr);
    auto expected = before;
    expected.duty.push_back(turn(22, 30, "Anna"));
    expected.duty.push_back(turn(46, 54, "Anna"));
    EXPECT_EQ(sent->resources.at(0), expected) << "over midnight, on two days";
    EXPECT_EQ(sent->seen.at(0), before);
    EXPECT_EQ(sent->how, "roster");
}

TEST_F(RosterTest, WhatIsWrongIsSaidAndNothingIsSent) {
    resource(1).duty = {turn(0, 8, "Anna")};
    open();
    key(Qt::Key_Insert);
    act();
    EXPECT_EQ(said(), QStringLiteral("Say who is on duty."));
    find<QComboBox>("shiftPerson")->setCurrentText(QStringLiteral("Anna"));
    type("shiftFrom", QStringLiteral("2026-11-20 04:00"));
    type("shiftUntil", QStringLiteral("2026-11-20 06:00"));
    act();
    EXPECT_TRUE(said().startsWith(QLatin1String("It overlaps")));
    type("shiftUntil", QStringLiteral("soon"));
    act();
    EXPECT_TRUE(said().contains(QLatin1String("moments")));
    EXPECT_EQ(desk.lastSent<desk::PutResources>(), nullptr);
    resource(3).duty = {turn(10, 12, "Anna")};
    type("shiftFrom", QStringLiteral("2026-11-20 08:00"));
    type("shiftUntil", QStringLiteral("2026-11-20 16:00"));
    act();
    EXPECT_TRUE(said().contains(QLatin1String("Triesen brigade 3")));
    EXPECT_EQ(desk.lastSent<desk::PutResources>(), nullptr);
    desk.refuseNext = base::Error{base::Code::conflict, "somebody else was faster", {}};
    act();
    ASSERT_NE(desk.lastSent<desk::PutResources>(), nullptr) << "asked for again it is sent";
    EXPECT_TRUE(said().contains(QLatin1String("somebody else was faster")));
}

TEST_F(RosterTest, AShiftIsChangedAndRemoved) {
    resource(1).duty = {turn(0, 8, "Anna"), turn(8, 16, "Beat")};
    open();
    key(Qt::Key_Down); // Anna's own line
    key(Qt::Key_Return);
    EXPECT_EQ(find<QLineEdit>("shiftUntil")->text(), QStringLiteral("2026-11-20 08:00"));
    type("shiftUntil", QStringLiteral("2026-11-20 07:00"));
    act();
    const auto* sent = desk.lastSent<desk::PutResources>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->resources.at(0).duty, (std::vector<model::DutyTurn>{turn(0, 7, "Anna"), turn(8, 16, "Beat")}));
    // A second dialog; the first is on its way out.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    key(Qt::Key_Down);
    key(Qt::Key_Delete);
    ASSERT_NE(find<QDialog>("removeShiftDialog"), nullptr);
    act();
    sent = desk.lastSent<desk::PutResources>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->resources.at(0).duty, (std::vector<model::DutyTurn>{turn(0, 8, "Anna")}));
}

TEST_F(RosterTest, AnEmptyRosterSaysWhatToDoAndWhoOnlyReadsEntersNothing) {
    open();
    EXPECT_TRUE(find<QLabel>("rosterEmpty")->isVisible());
    EXPECT_TRUE(find<QLabel>("rosterEmpty")->text().contains(QLatin1String("Insert")));
    find<QComboBox>("rosterOnly")->setCurrentIndex(2);
    EXPECT_EQ(view()->rows().size(), state().resources.size());
    desk.isReadOnly = true;
    desk.tellAll();
    view()->choose(0);
    EXPECT_FALSE(find<QPushButton>("rosterNew")->isEnabled());
    key(Qt::Key_Insert);
    EXPECT_TRUE(find<QLabel>("rosterSaid")->isVisible());
    EXPECT_EQ(window->findChild<QDialog*>(QStringLiteral("shiftDialog")), nullptr);
}

TEST_F(RosterTest, GapsAndCountsAreWordsAndGoOnPaper) {
    for (auto& [key, incident] : state().incidents)
        incident.needs.clear();
    resource(4).duty = {turn(0, 8, "Anna"), turn(10, 24, "<Beat>")};
    open();
    EXPECT_TRUE(find<QLabel>("rosterGaps")->text().contains(QString::fromUtf8("nobody on duty 08:00 – 10:00")));
    EXPECT_TRUE(find<QLabel>("rosterCount")->text().startsWith(QLatin1String("On duty now: 1 ")));
    const QString html = rosterHtml(ui(), view()->rows(), view()->shown());
    EXPECT_TRUE(html.contains(QLatin1String("&lt;Beat&gt;")));
    EXPECT_TRUE(html.contains(QString::fromUtf8("08:00 – 10:00")));
    state().desk.exercise = false;
    EXPECT_FALSE(rosterHtml(ui(), view()->rows(), view()->shown()).contains(QLatin1String("EXERCISE")));
    state().desk.exercise = true;
    EXPECT_TRUE(rosterHtml(ui(), view()->rows(), view()->shown()).contains(QLatin1String("EXERCISE")));
}

TEST_F(RosterTest, ThousandsOfLinesArePaintedAsFarAsTheyAreSeen) {
    const auto like = resource(1);
    for (unsigned n = 0; n < 5'000; ++n) {
        auto r = like;
        r.id = id<model::ResourceId>(1'000 + n);
        r.duty = {turn(0, 8, "Anna"), turn(8, 16, "Beat")};
        state().resources[r.id] = r;
    }
    open();
    EXPECT_EQ(view()->rows().size(), 15'000U);
    key(Qt::Key_End);
    EXPECT_EQ(view()->current(), &view()->rows().back());
    EXPECT_FALSE(window->grab().isNull());
    key(Qt::Key_PageUp);
    EXPECT_NE(view()->current(), &view()->rows().back());
}

} // namespace
} // namespace tocsin::gui
