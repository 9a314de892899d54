// The page of call-downs and the county's lists, by keyboard and mouse.
#include "gui/dispatch_window_support.hpp"
#include "gui/resources/grid_edit.hpp"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTest>

namespace tocsin::gui {
namespace {

using test::id;

class CallDownPageTest : public DispatchWindowTest {};

TEST_F(CallDownPageTest, ACallDownTellsWhoseTurnItIs) {
    addCallDown(1);
    open(DispatchWindow::Page::callDowns);
    EXPECT_EQ(find<QLabel>("callDownPhone")->text(), QStringLiteral("+423 111"));
    EXPECT_TRUE(find<QLabel>("callDownLeft")->text().contains(QStringLiteral("02:00")));
    save("calldowns");
    QTest::keyClick(find<QListWidget>("callDownList"), Qt::Key_N);
    ASSERT_NE(desk.lastSent<desk::AnswerCallDown>(), nullptr);
    EXPECT_FALSE(desk.lastSent<desk::AnswerCallDown>()->reached);
    QTest::keyClick(find<QListWidget>("callDownList"), Qt::Key_A);
    answer(QStringLiteral("coming"));
    ASSERT_NE(desk.lastSent<desk::AnswerCallDown>(), nullptr);
    EXPECT_TRUE(desk.lastSent<desk::AnswerCallDown>()->reached);
    EXPECT_EQ(desk.lastSent<desk::AnswerCallDown>()->result, "coming");
}

TEST_F(CallDownPageTest, ACallDownBeginsFromAResourcesPeople) {
    open(DispatchWindow::Page::callDowns);
    find<QPushButton>("callDownNew")->click();
    auto* people = find<QComboBox>("callDownResource");
    people->setCurrentIndex(1);
    EXPECT_FALSE(find<QPlainTextEdit>("callDownLines")->toPlainText().isEmpty());
    find<QPushButton>("callDownStart")->click();
    const auto* begun = desk.lastSent<desk::StartCallDown>();
    ASSERT_NE(begun, nullptr);
    EXPECT_EQ(begun->callDown.every.value, 180);
    EXPECT_EQ(begun->callDown.people.at(0).name, "L. Beck");
}

TEST_F(CallDownPageTest, MoreThanFiftyPeopleAreSaidBeforeACallDownBegins) {
    addCallList(1);
    resource(1).duty.clear();
    for (int n = 0; n < 60; ++n)
        resource(1).duty.push_back({now() - std::chrono::hours(1), now() + std::chrono::hours(1), "P" + std::to_string(n), "1", ""});
    open(DispatchWindow::Page::callDowns);
    find<QPushButton>("callDownLists")->click();
    EXPECT_TRUE(find<QLabel>("callListSteps")->text().contains(QStringLiteral("61 people"))) << find<QLabel>("callListSteps")->text().toStdString();
    QTest::keyClick(find<QListWidget>("callLists"), Qt::Key_Return);
    auto* lines = find<QPlainTextEdit>("callDownLines");
    EXPECT_EQ(lines->toPlainText().count(QLatin1Char('\n')), 60) << "all of them are there to choose from";
    EXPECT_FALSE(find<QPushButton>("callDownStart")->isEnabled());
    EXPECT_TRUE(find<QLabel>("callDownHint")->text().contains(QStringLiteral("take 11 lines out"))) << find<QLabel>("callDownHint")->text().toStdString();
    lines->setPlainText(lines->toPlainText().split(QLatin1Char('\n')).mid(0, 50).join(QLatin1Char('\n')));
    EXPECT_TRUE(find<QLabel>("callDownHint")->text().isEmpty());
    find<QPushButton>("callDownStart")->click();
    const auto* begun = desk.lastSent<desk::StartCallDown>();
    ASSERT_NE(begun, nullptr);
    EXPECT_EQ(begun->callDown.people.size(), 50U);
}

TEST_F(CallDownPageTest, ACallDownStartsAgainFromAnEarlierOne) {
    addCallDown(1).state = model::CallDownState::answered;
    open(DispatchWindow::Page::callDowns);
    find<QPushButton>("callDownNew")->click();
    find<QComboBox>("callDownEarlier")->setCurrentIndex(1);
    find<QPushButton>("callDownStart")->click();
    const auto* begun = desk.lastSent<desk::StartCallDown>();
    ASSERT_NE(begun, nullptr);
    EXPECT_EQ(begun->callDown.title, "Duty hydrologist");
    ASSERT_EQ(begun->callDown.people.size(), 2U);
    EXPECT_EQ(begun->callDown.people[1].phone, "+423 222");
    EXPECT_FALSE(begun->callDown.people[0].askedAt) << "nobody was called in this one yet";
}

TEST_F(CallDownPageTest, AKeptListIsStartedWithWhoIsOnDutyAndEachOnesMinutes) {
    addCallList(1);
    resource(1).duty = {{now() - std::chrono::hours(1), now() + std::chrono::hours(1), "Dario Brosi", "+423 9", "leader"}};
    open(DispatchWindow::Page::callDowns);
    QTest::keyClick(find<QListWidget>("callDownList"), Qt::Key_L);
    EXPECT_TRUE(find<QLabel>("callListSteps")->text().contains(QLatin1String("Dario Brosi")));
    QTest::keyClick(find<QListWidget>("callLists"), Qt::Key_Return);
    EXPECT_EQ(find<QLineEdit>("callDownTitle")->text(), QStringLiteral("Flood"));
    find<QPushButton>("callDownStart")->click();
    const auto* begun = desk.lastSent<desk::StartCallDown>();
    ASSERT_NE(begun, nullptr);
    EXPECT_EQ(begun->callDown.list, id<model::CallListId>(1));
    ASSERT_EQ(begun->callDown.people.size(), 2U);
    EXPECT_EQ(begun->callDown.people[0].wait.value, 600);
    EXPECT_EQ(begun->callDown.people[1].name, "Dario Brosi");
    EXPECT_EQ(begun->callDown.people[1].wait.value, 120);
}

TEST_F(CallDownPageTest, AListIsEnteredByKeysAndWhatIsWrongIsSaid) {
    addCallList(1);
    open(DispatchWindow::Page::callDowns);
    find<QPushButton>("callDownLists")->click();
    QTest::keyClick(find<QListWidget>("callLists"), Qt::Key_F2);
    auto* grid = find<GridEdit>("callListGrid");
    const auto save = [&] { find<QPushButton>("callListSave")->click(); };
    grid->set({});
    save();
    EXPECT_EQ(desk.lastSent<desk::PutCallList>(), nullptr);
    grid->set({{"Anna", "", "", "", "5"}});
    save();
    EXPECT_TRUE(find<QLabel>("callListSaid")->text().startsWith(QLatin1String("Step 1: a name and a phone")));
    grid->set({{"Anna", "1", "", "", "0"}});
    save();
    grid->set({{"Anna", "1", "", "no such team", "5"}});
    save();
    EXPECT_TRUE(find<QLabel>("callListSaid")->text().contains(QLatin1String("no such team")));
    EXPECT_EQ(desk.lastSent<desk::PutCallList>(), nullptr);
    grid->set({{"Anna", "1", "", "", ""}, {"", "", "", "pump 2", "5"}});
    save();
    const auto* put = desk.lastSent<desk::PutCallList>();
    ASSERT_NE(put, nullptr);
    ASSERT_EQ(put->list.steps.size(), 2U);
    EXPECT_EQ(put->list.steps[0].wait.value, 180);
    EXPECT_EQ(put->list.steps[1].resource, id<model::ResourceId>(2)) << "by its call sign";
    EXPECT_EQ(put->seen, state().callLists.at(id<model::CallListId>(1)));
}

} // namespace
} // namespace tocsin::gui
