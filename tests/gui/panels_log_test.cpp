#include "gui/panels/log_model.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/duty_log.hpp"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

namespace tocsin::gui {
namespace {

using test::id;

class DutyLogTest : public test::PanelTest {
  protected:
    void add(const std::string& text, bool chained = false) {
        auto& log = desk.scene().log;
        model::Entry e;
        e.seq = log.empty() ? 1 : log.back().seq + 1;
        e.type = "note.written";
        e.actor = "M. Keller";
        e.subject = "desk";
        e.time = desk.time;
        e.source = "urn:tocsin:test";
        e.data["text"] = text;
        if (chained)
            e.hash = model::chainHash(log.empty() ? base::Digest{} : log.back().hash, e.seq, e.source, e, e.data.dump());
        log.push_back(e);
        Changes changes;
        ++changes.entries;
        desk.tell(changes);
    }
};

TEST_F(DutyLogTest, theNewestEntryIsOnTop) {
    DutyLog log(ui);
    const auto* list = log.findChild<QListView*>(QStringLiteral("list"));
    const QAbstractItemModelTester tester(list->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    const int before = list->model()->rowCount();
    add("the river falls");
    ASSERT_EQ(list->model()->rowCount(), before + 1);
    EXPECT_EQ(list->model()->index(0, 0).data().toString(), QStringLiteral("the river falls"));
    EXPECT_EQ(list->model()->index(0, 0).data(LogModel::actorRole).toString(), QStringLiteral("M. Keller"));
    EXPECT_EQ(list->model()->index(0, 0).data(LogModel::timeRole).toString(), QStringLiteral("02:21:44"));
}

TEST_F(DutyLogTest, countsTheShiftsEntriesAndSaysWhenTheChainHolds) {
    DutyLog log(ui);
    EXPECT_EQ(log.panelCount(), QStringLiteral("9 entries this shift"));
    desk.scene().log.clear();
    desk.tellAll();
    add("first", true);
    add("second", true);
    EXPECT_EQ(log.panelCount(), QString::fromUtf8("2 entries this shift · chain intact"));
    desk.scene().log.back().data["text"] = "changed";
    add("third", true);
    EXPECT_EQ(log.panelCount(), QString::fromUtf8("3 entries this shift · chain intact")) << "each entry is checked once";
    model::Entry forged = desk.scene().log.back();
    forged.seq += 1;
    desk.scene().log.push_back(forged);
    Changes changes;
    ++changes.entries;
    desk.tell(changes);
    EXPECT_TRUE(log.panelCount().contains(QStringLiteral("BROKEN"))) << log.panelCount().toStdString();
}

TEST_F(DutyLogTest, whatLeavesTheWindowsLogLeavesTheListWithoutAReset) {
    LogModel model(ui, nullptr);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QObject::connect(&desk, &DeskBridge::changed, &model, [&](const Changes& changes) { model.take(changes); });
    const int before = model.rowCount();
    desk.scene().log.pop_front();
    desk.scene().log.pop_front();
    add("news");
    EXPECT_EQ(model.rowCount(), before - 1);
    EXPECT_EQ(resets.count(), 0);
}

TEST_F(DutyLogTest, theFilterFindsWordsAndNames) {
    DutyLog log(ui);
    auto* list = log.findChild<QListView*>(QStringLiteral("list"));
    auto* filter = log.findChild<QLineEdit*>(QStringLiteral("filterEdit"));
    filter->setText(QStringLiteral("MRS OTT"));
    EXPECT_EQ(list->model()->rowCount(), 1);
    filter->setText(QStringLiteral("keller"));
    EXPECT_GE(list->model()->rowCount(), 2);
    QTest::keyClick(filter, Qt::Key_Escape);
    EXPECT_TRUE(filter->text().isEmpty());
}

TEST_F(DutyLogTest, enterSelectsWhatAnEntryIsAbout) {
    DutyLog log(ui);
    auto* list = log.findChild<QListView*>(QStringLiteral("list"));
    log.findChild<QLineEdit*>(QStringLiteral("filterEdit"))->setText(QStringLiteral("Warning in force"));
    ASSERT_EQ(list->model()->rowCount(), 1);
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    ASSERT_NE(selection.as<model::WarningId>(), nullptr);
}

TEST_F(DutyLogTest, sentencesChangeWithTheLanguage) {
    DutyLog log(ui);
    log.show();
    const auto* list = log.findChild<QListView*>(QStringLiteral("list"));
    const QString english = list->model()->index(2, 0).data().toString();
    speak(QStringLiteral("zh_CN"));
    EXPECT_NE(list->model()->index(2, 0).data().toString(), english);
    EXPECT_EQ(log.panelTitle(), QString::fromUtf8("值班日志"));
}

} // namespace
} // namespace tocsin::gui
