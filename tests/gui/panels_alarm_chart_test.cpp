// The chart of an alarm's sensor.
#include "gui/panels/sensor_chart.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QLabel>
#include <QTest>
#include <chrono>
#include <vector>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

class AlarmChart : public test::PanelTest {};

TEST_F(AlarmChart, whileAKeyIsHeldOnlyTheAlarmThatItRestsOnIsCharted) {
    const model::SensorId vaduz("rhine-vaduz");
    const model::SensorId schaan("rhine-schaan");
    for (const auto& sensor : {vaduz, schaan})
        desk.series[sensor] = {{desk.time - 5min, 1.0}, {desk.time - 1min, 2.0}};
    SensorChart chart(ui, nullptr);
    chart.QWidget::show();
    chart.show(vaduz);
    EXPECT_EQ(desk.charted, std::vector{vaduz}) << "the first at once";
    EXPECT_EQ(chart.pointCount(), 2U);
    for (const auto& sensor : {schaan, vaduz, schaan}) {
        chart.show(sensor);
        EXPECT_EQ(chart.pointCount(), 0U);
        EXPECT_FALSE(chart.accessibleName().contains(QStringLiteral("No reading"))) << "that is not known yet";
    }
    EXPECT_EQ(desk.charted.size(), 1U);
    EXPECT_TRUE(QTest::qWaitFor([&] { return chart.pointCount() == 2; }));
    EXPECT_EQ(desk.charted, (std::vector{vaduz, schaan}));
}

TEST_F(AlarmChart, whatIsFlaggedIsMarkedInTheChartAndSaidWithBothTimes) {
    const model::SensorId vaduz("rhine-vaduz");
    desk.series[vaduz] = {{desk.time - 30min, 1.0}, {desk.time - 20min, 1.5, model::Reading::ahead, desk.time - 50min}, {desk.time - 1min, 2.0}};
    SensorChart chart(ui, nullptr);
    chart.QWidget::show();
    chart.show(vaduz);
    const auto* flags = chart.findChild<QLabel*>("flaggedReadings");
    ASSERT_NE(flags, nullptr);
    EXPECT_TRUE(flags->isVisible());
    EXPECT_TRUE(flags->text().contains(QStringLiteral("Flagged here: 1"))) << flags->text().toStdString();
    EXPECT_TRUE(flags->text().contains(Words::moment(desk.time - 20min, desk.time, ui.language)));
    EXPECT_TRUE(flags->text().contains(Words::moment(desk.time - 50min, desk.time, ui.language)));
    EXPECT_TRUE(chart.accessibleName().contains(flags->text())) << "and to those who cannot see it";
    desk.series[model::SensorId("rhine-schaan")] = {{desk.time - 1min, 2.0}};
    desk.series[model::SensorId("corrected")] = {{desk.time - 9min, 1.0}, {desk.time - 5min, 1.5, model::Reading::corrected, desk.time - 1min}, {desk.time - 1min, 2.0}};
    desk.series[model::SensorId("late")] = {{desk.time - 50min, 2.0, model::Reading::plain, desk.time + 50min}};
    chart.show(model::SensorId("rhine-schaan"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return chart.pointCount() == 1 && flags->isHidden(); }));
    chart.show(model::SensorId("corrected"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return flags->text().contains(QStringLiteral("corrected, another value came first")); }));
    chart.show(model::SensorId("late"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return flags->text().contains(QStringLiteral("its clock is behind")); }));
}

TEST_F(AlarmChart, aDayOfOneReadingAMinuteIsDrawnReadingByReading) {
    const model::SensorId vaduz("rhine-vaduz");
    for (int i = 2'000; i >= 0; --i)
        desk.series[vaduz].push_back({desk.time - i * 1min, 3.0 + 0.01 * (i % 7)});
    SensorChart chart(ui, nullptr);
    chart.QWidget::show();
    chart.show(vaduz);
    EXPECT_EQ(chart.pointCount(), 61U);
    chart.setRange(3);
    EXPECT_EQ(chart.pointCount(), 1441U);
    EXPECT_FALSE(chart.banded());
}

TEST_F(AlarmChart, theChartGoesFromTenMinutesToTenYearsByKeys) {
    auto& points = desk.series[model::SensorId("rhine-vaduz")];
    for (int i = 60'000; i >= 0; --i)
        points.push_back({desk.time - i * 90min, 3.0 + 0.5 * ((i / 7) % 5)});
    DetailPanel panel(ui);
    panel.show();
    selection.select(id<model::AlarmId>(1));
    auto* chart = panel.findChild<SensorChart*>();
    ASSERT_NE(chart, nullptr);
    EXPECT_EQ(chart->range(), 1);
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(chart, Qt::Key_BracketRight);
    EXPECT_EQ(chart->range(), SensorChart::ranges - 1);
    EXPECT_LE(chart->pointCount(), SensorChart::mostPoints);
    EXPECT_GT(chart->pointCount(), 500U);
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(chart, Qt::Key_BracketLeft);
    EXPECT_EQ(chart->range(), 0);
    EXPECT_TRUE(chart->accessibleName().contains(QStringLiteral("last ten minutes")))
        << chart->accessibleName().toStdString();
}

} // namespace
} // namespace tocsin::gui
