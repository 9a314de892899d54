// A flood of thousands in the alarm panel: never more than ten lines, and from them each raw alarm within two clicks.
#include "gui/panels/row_list.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"

#include <QMouseEvent>
#include <QScrollBar>
#include <QTest>
#include <algorithm>
#include <set>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

/// How many alarms of each cause the drill "quake" raises within a minute, and how grave they are.
struct Cause {
    unsigned alarms;
    model::Grade grade;
};
constexpr Cause kQuake[] = {{22, model::Grade::I},   {194, model::Grade::I},   {2872, model::Grade::I},
                            {468, model::Grade::II}, {178, model::Grade::II},  {922, model::Grade::II},
                            {3497, model::Grade::II}, {325, model::Grade::II}};

class FloodReach : public test::PanelTest {
  protected:
    FloodReach() {
        desk.scene().state.alarms.clear();
        desk.tellAll();
    }

    /// The quake's alarms in the order in which they come, causes by turns.
    std::vector<model::Alarm> quake() {
        const model::Alarm pattern = test::FakeBridge().scene().state.alarms.at(id<model::AlarmId>(2));
        std::vector<model::Alarm> all;
        unsigned made = 0;
        for (unsigned turn = 0; turn < 3497; ++turn) {
            for (unsigned cause = 0; cause < std::size(kQuake); ++cause) {
                if (turn >= kQuake[cause].alarms)
                    continue;
                model::Alarm alarm = pattern;
                alarm.id = id<model::AlarmId>(1000 + made);
                alarm.rule = "rule-" + std::to_string(cause);
                alarm.hazard = "hazard-" + std::to_string(cause);
                alarm.severity = kQuake[cause].grade;
                alarm.sensor = model::SensorId("s" + std::to_string(made));
                // Seven villages: what has one cause is seven groups, and they share a line.
                alarm.position = model::Position::trusted(47.05 + 0.05 * (turn % 7), 9.50 + 0.00001 * turn);
                alarm.raisedAt = test::sceneNow() - 60s + std::chrono::milliseconds(7 * made);
                alarm.incident.reset();
                all.push_back(std::move(alarm));
                ++made;
            }
        }
        return all;
    }

    void bring(const std::vector<model::Alarm>& alarms) {
        for (const auto& alarm : alarms)
            desk.scene().state.alarms[alarm.id] = alarm;
        desk.tellAll();
    }

    static int rowsOf(const AlarmPanel& panel) { return panel.list().model()->rowCount(); }

    static RowFace faceAt(const AlarmPanel& panel, int row) {
        return panel.list().model()->index(row, 0).data(RowSource::faceRole).value<RowFace>();
    }

    static bool stands(const AlarmPanel& panel, int row) {
        const QRect place = panel.list().visualRect(panel.list().model()->index(row, 0));
        return place.top() >= 0 && place.bottom() < panel.list().viewport()->height();
    }

    /// The raw alarms whose whole rows are in sight.
    static void look(const AlarmPanel& panel, std::set<base::Uuid>& seen) {
        const auto& model = static_cast<const RowSource&>(*panel.list().model());
        for (int row = std::max(0, panel.list().indexAt({8, 0}).row()); row < model.rowCount(); ++row) {
            if (panel.list().visualRect(model.index(row, 0)).top() >= panel.list().viewport()->height())
                break;
            if (stands(panel, row))
                seen.insert(model.idAt(model.index(row, 0)));
        }
    }

    static void clickMark(const AlarmPanel& panel, int row) {
        const QRect place = panel.list().visualRect(panel.list().model()->index(row, 0));
        QTest::mouseClick(panel.list().viewport(), Qt::LeftButton, {}, {place.right() - 8, place.center().y()});
        QCoreApplication::processEvents();
    }
};

TEST_F(FloodReach, twoClicksShowEachOfEightThousandRawAlarms) {
    AlarmPanel panel(ui);
    panel.resize(400, 760);
    panel.show();
    const auto all = quake();
    ASSERT_EQ(all.size(), 8478U);
    bring(all);
    QCoreApplication::processEvents();
    const int lines = rowsOf(panel);
    ASSERT_LE(lines, 10);
    std::set<base::Uuid> seen;
    for (int line = 0; line < lines; ++line) {
        ASSERT_TRUE(stands(panel, line)) << "line " << line << " is in sight as the panel first stands";
        ASSERT_EQ(faceAt(panel, line).fold, RowFace::Fold::closed);
        const std::size_t members = faceAt(panel, line).count;
        std::set<base::Uuid> ofLine; // and the lines themselves, whose ids are no alarm's
        clickMark(panel, line); // the first click; what it shows
        ASSERT_EQ(rowsOf(panel), lines + static_cast<int>(members));
        look(panel, ofLine);
        auto* bar = panel.list().verticalScrollBar();
        // And what the second shows, wherever it goes.
        for (int y = 0; y < bar->height() && ofLine.size() < members + static_cast<std::size_t>(lines); ++y) {
            bar->setValue(0);
            QTest::mouseClick(bar, Qt::LeftButton, {}, {bar->width() / 2, y});
            look(panel, ofLine);
        }
        seen.insert(ofLine.begin(), ofLine.end());
        bar->setValue(0);
        clickMark(panel, line);
        ASSERT_EQ(rowsOf(panel), lines);
    }
    for (const auto& alarm : all)
        ASSERT_TRUE(seen.contains(alarm.id.value)) << alarm.sensor.value << ", " << alarm.hazard;
}

/// As high as a window of 1366 × 768 gives it while the docks below are folded.
TEST_F(FloodReach, onASmallScreenTheSecondClickShowsAnyOfTheLargestGroup) {
    AlarmPanel panel(ui);
    panel.resize(320, 568);
    panel.show();
    const auto all = quake();
    bring(all);
    QCoreApplication::processEvents();
    const int lines = rowsOf(panel);
    int largest = 0;
    for (int line = 0; line < lines; ++line) {
        ASSERT_TRUE(stands(panel, line)) << line;
        largest = faceAt(panel, line).count > faceAt(panel, largest).count ? line : largest;
    }
    const std::size_t members = faceAt(panel, largest).count;
    ASSERT_EQ(members, 3497U);
    clickMark(panel, largest);
    std::set<base::Uuid> seen;
    look(panel, seen);
    auto* bar = panel.list().verticalScrollBar();
    for (int y = 0; y < bar->height(); ++y) {
        for (int x = 0; x < bar->width() && seen.size() < members + static_cast<std::size_t>(lines); x += 3) {
            bar->setValue(0);
            QTest::mouseClick(bar, Qt::LeftButton, {}, {x, y});
            look(panel, seen);
        }
    }
    EXPECT_EQ(seen.size(), members + static_cast<std::size_t>(lines));
}

TEST_F(FloodReach, whatIsOpenedInALowListIsSeen) {
    AlarmPanel panel(ui);
    panel.resize(400, 480);
    panel.show();
    bring(quake());
    QCoreApplication::processEvents();
    int line = rowsOf(panel) - 1;
    while (line > 0 && !stands(panel, line))
        --line; // the lowest in sight
    ASSERT_GT(line, 2);
    clickMark(panel, line);
    ASSERT_EQ(faceAt(panel, line).fold, RowFace::Fold::open);
    for (int row = line; row <= line + 3; ++row)
        EXPECT_TRUE(stands(panel, row)) << row - line;
}

TEST_F(FloodReach, theSecondClickGoesToTheSamePlaceWhateverWasShownBefore) {
    AlarmPanel panel(ui);
    panel.resize(400, 760);
    panel.show();
    bring(quake());
    QCoreApplication::processEvents();
    clickMark(panel, rowsOf(panel) - 1);
    auto* bar = panel.list().verticalScrollBar();
    for (const int y : {bar->height() / 2, 3 * bar->height() / 4, bar->height() / 12}) {
        std::set<int> values;
        for (const int start : {0, bar->maximum() / 2, bar->maximum()}) {
            bar->setValue(start);
            QTest::mouseClick(bar, Qt::LeftButton, {}, {bar->width() / 2, y});
            values.insert(bar->value());
        }
        EXPECT_EQ(values.size(), 1U) << "at " << y;
        EXPECT_EQ(*values.begin() % panel.list().rowHeight(), 0) << "a whole row stands first";
    }
}

TEST_F(FloodReach, theBarIsStillDragged) {
    AlarmPanel panel(ui);
    panel.resize(400, 760);
    panel.show();
    bring(quake());
    QCoreApplication::processEvents();
    clickMark(panel, rowsOf(panel) - 1);
    auto* bar = panel.list().verticalScrollBar();
    const QPoint middle(bar->width() / 2, bar->height() / 2);
    QTest::mousePress(bar, Qt::LeftButton, {}, middle);
    const int pressed = bar->value();
    EXPECT_NEAR(pressed, bar->maximum() / 2, bar->maximum() / 20);
    const QPoint below = middle + QPoint(0, 60);
    QMouseEvent move(QEvent::MouseMove, below, bar->mapToGlobal(below), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(bar, &move);
    const int dragged = bar->value();
    EXPECT_GT(dragged, pressed);
    QTest::mouseRelease(bar, Qt::LeftButton, {}, below);
    EXPECT_EQ(bar->value(), dragged) << "where it was let go it stays";
}

TEST_F(FloodReach, tenLinesAtMostAtEveryMomentOfTheFloodAndEachAlarmInOneOfThem) {
    AlarmPanel panel(ui);
    const auto all = quake();
    std::size_t come = 0;
    while (come < all.size()) {
        // One by one while a line may be an alarm by itself, then some at a time as deltas bring them.
        const std::size_t now = std::min(all.size(), come + (come < 300 ? 1U : 32U));
        Changes changes;
        for (; come < now; ++come) {
            desk.scene().state.alarms[all[come].id] = all[come];
            changes.alarms.insert(all[come].id);
        }
        desk.tell(changes);
        const auto lines = desk.alarmWatch().board().lines(desk.time);
        std::size_t members = 0;
        for (const auto& line : lines)
            members += line.members.size();
        ASSERT_LE(lines.size(), 10U) << "after " << come;
        ASSERT_EQ(members, come) << "nothing is dropped";
        ASSERT_LE(rowsOf(panel), 10) << "after " << come;
    }
}

} // namespace
} // namespace tocsin::gui
