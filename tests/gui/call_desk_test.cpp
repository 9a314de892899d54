#include "gui/panels_support.hpp"
#include "tocsin/gui/call_desk.hpp"
#include "tocsin/gui/call_dialog.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

class CallDeskTest : public test::PanelTest {
  protected:
    CallDeskTest() {
        auto* column = new QVBoxLayout(&window);
        map = new MapView(ui, nullptr, &window);
        column->addWidget(map);
        window.resize(1'366, 768);
        window.show();
        map->setView(model::Position::trusted(47.1265, 9.5180), 13.5);
        calls = std::make_unique<CallDesk>(CallDesk::Parts{ui, {}, {}, map, {}, &window});
        dialog = calls->newCall();
        QApplication::setActiveWindow(dialog);
        QCoreApplication::processEvents();
    }
    [[nodiscard]] QString state() const {
        return dialog->findChild<QLabel*>(QStringLiteral("callPlaceState"))->text();
    }
    void wantMap() {
        QApplication::setActiveWindow(dialog); // as a window manager would
        QTest::keyClick(dialog->focusWidget(), Qt::Key_P, Qt::AltModifier);
        QCoreApplication::processEvents();
        EXPECT_NE(map->tool(), nullptr);
    }
    QWidget window;
    MapView* map;
    std::unique_ptr<CallDesk> calls;
    CallDialog* dialog;
};

TEST_F(CallDeskTest, aPlaceIsPointedAtOnTheMapByKeyboard) {
    QSignalSpy shown(&selection, &Selection::showOnMap);
    wantMap();
    EXPECT_FALSE(dialog->isVisible()) << "it does not lie over what is pointed at";
    ASSERT_NE(map->tool(), nullptr);
    QTest::keyClick(map, Qt::Key_Space);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_EQ(map->tool(), nullptr);
    EXPECT_TRUE(state().contains(QStringLiteral("47.126500, 9.518000"))) << state().toStdString();
    EXPECT_EQ(shown.count(), 1);
}

TEST_F(CallDeskTest, aClickOnTheMapIsAPlaceAndEscapeGoesBackWithoutOne) {
    wantMap();
    QTest::keyClick(map, Qt::Key_Escape);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_EQ(map->tool(), nullptr);
    EXPECT_FALSE(state().contains(QStringLiteral("✓")));
    wantMap();
    const QPoint at = map->rect().center() + QPoint(100, 60);
    const auto wanted = map->fromScreen(at);
    QTest::mouseClick(map, Qt::LeftButton, Qt::NoModifier, at);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(state().contains(QString::number(wanted.latitude(), 'f', 6))) << state().toStdString();
}

TEST_F(CallDeskTest, anotherToolBringsTheCallBack) {
    wantMap();
    map->setTool(nullptr); // something else wants the map
    EXPECT_TRUE(dialog->isVisible());
    delete dialog;
    EXPECT_TRUE(calls->open().isEmpty());
}

TEST_F(CallDeskTest, aDialogThatIsClosedWhileItPointsEndsThePointing) {
    wantMap();
    ASSERT_FALSE(dialog->isVisible());
    dialog->reject(); // nothing was typed: it goes
    EXPECT_EQ(map->tool(), nullptr) << "at once";
    QTest::qWait(0);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(calls->open().isEmpty());
    QTest::mouseClick(map, Qt::LeftButton, Qt::NoModifier, map->rect().center());
    EXPECT_TRUE(calls->open().isEmpty());
}

TEST_F(CallDeskTest, aRecordedCallIsAmendedInItsOwnDialog) {
    model::Report call = desk.scene().state.reports.at(test::id<model::ReportId>(1));
    call.feed = "call";
    call.sourceId = "0190b2c0-0000-7000-8000-000000000001";
    call.text = "Water in the cellar";
    call.place = "Steg 7";
    call.position = model::Position::trusted(47.11, 9.57);
    call.happenedAt = call.receivedAt - std::chrono::minutes(20);
    call.contact = {};
    call.hasContact = true;
    call.call = model::CallRecord{};
    call.call->cause = "heavy rain";
    call.call->missing = 2;
    desk.scene().state.reports[call.id] = call;
    EXPECT_EQ(calls->amend(test::id<model::ReportId>(2)), nullptr) << "a citizen's report is no call";
    CallDialog* amending = calls->amend(call.id);
    ASSERT_NE(amending, nullptr);
    EXPECT_EQ(amending->callId().toStdString(), call.sourceId);
    EXPECT_EQ(calls->amend(call.id), amending) << "not twice";
    EXPECT_EQ(amending->findChild<QLineEdit*>(QStringLiteral("call_missing"))->text(), QStringLiteral("2"));
    auto* record = amending->findChild<QAbstractButton*>(QStringLiteral("callRecordButton"));
    EXPECT_EQ(record->text(), QStringLiteral("Record the changes"));
    amending->findChild<QLineEdit*>(QStringLiteral("call_missing"))->setText(QStringLiteral("3"));
    record->click();
    ASSERT_NE(desk.lastSent<desk::RecordCall>(), nullptr);
    const model::Report sent = desk.lastSent<desk::RecordCall>()->report;
    EXPECT_EQ(sent.sourceId, call.sourceId);
    EXPECT_EQ(sent.text, call.text);
    EXPECT_EQ(sent.place, call.place);
    EXPECT_EQ(sent.position, call.position);
    EXPECT_EQ(sent.happenedAt, call.happenedAt);
    EXPECT_EQ(sent.call->cause, "heavy rain");
    EXPECT_EQ(sent.call->missing, 3);
    EXPECT_TRUE(sent.contact.empty()) << "who called stays as it is";
}

TEST_F(CallDeskTest, amendingNothingAsksNothing) {
    model::Report call = desk.scene().state.reports.at(test::id<model::ReportId>(1));
    call.feed = "call";
    call.sourceId = "0190b2c0-0000-7000-8000-000000000001";
    call.call = model::CallRecord{};
    desk.scene().state.reports[call.id] = call;
    CallDialog* amending = calls->amend(call.id);
    ASSERT_NE(amending, nullptr);
    amending->reject();
    EXPECT_FALSE(amending->isVisible());
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(CallDeskTest, callsStandWithinTheWindowAndNotOnOneAnother) {
    CallDialog* second = calls->newCall();
    EXPECT_NE(second->pos(), dialog->pos());
    for (const CallDialog* each : {dialog, second}) {
        EXPECT_LE(each->width(), window.width());
        EXPECT_LE(each->height(), window.height());
        EXPECT_GE(each->x(), window.geometry().left());
    }
    EXPECT_NE(second->callId(), dialog->callId());
}

} // namespace
} // namespace tocsin::gui
