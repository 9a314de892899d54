// What nobody has acknowledged is seen from the corner of an eye: measured on the painted rows.
#include "gui/panels/row_list.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"

#include <QImage>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

/// WCAG 2.1: relative luminance, and contrast as a ratio.
double linear(double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}
double luminance(const QColor& c) {
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}
double contrast(const QColor& a, const QColor& b) {
    const auto [low, high] = std::minmax(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

/// CIE 1976 L*a*b* under D65, and the distance in it.
std::array<double, 3> lab(const QColor& c) {
    const double r = linear(c.redF());
    const double g = linear(c.greenF());
    const double b = linear(c.blueF());
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}
double distance(const QColor& a, const QColor& b) {
    const auto one = lab(a);
    const auto other = lab(b);
    return std::hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

class Periphery : public test::PanelTest {
  protected:
    struct Row {
        QColor ground; ///< what most of it is painted with
        QColor edge;   ///< at its left
        int edgeWidth{0};
        QSize size;
    };
    /// How an alarm alone in the list is painted, well below the first so that nothing is chosen.
    Row painted(model::Grade grade, bool acknowledged) {
        const model::Alarm pattern = test::FakeBridge().scene().state.alarms.at(id<model::AlarmId>(2));
        desk.scene().state.alarms.clear();
        model::Alarm alarm = pattern;
        alarm.id = id<model::AlarmId>(700);
        alarm.severity = grade;
        alarm.incident.reset();
        alarm.state = acknowledged ? model::AlarmState::acknowledged : model::AlarmState::unacknowledged;
        if (acknowledged) {
            alarm.acknowledgedBy = "Delia Hemmi";
            alarm.acknowledgedAt = test::sceneNow() - 10s;
        }
        desk.scene().state.alarms[alarm.id] = alarm;
        AlarmPanel panel(ui);
        panel.resize(384, 500);
        panel.show();
        desk.tellAll();
        QCoreApplication::processEvents();
        panel.list().clearFocus();
        const QRect place = panel.list().visualRect(panel.list().model()->index(0, 0));
        const QImage image = panel.list().viewport()->grab().toImage().copy(place);
        std::map<QRgb, int> counts;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                ++counts[image.pixel(x, y)];
        Row row;
        row.ground = QColor(std::max_element(counts.begin(), counts.end(), [](auto& a, auto& b) { return a.second < b.second; })->first);
        row.edge = image.pixelColor(1, image.height() / 2);
        while (row.edgeWidth < image.width() && image.pixelColor(row.edgeWidth, image.height() / 2) == image.pixelColor(0, image.height() / 2))
            ++row.edgeWidth;
        row.size = image.size();
        return row;
    }
};

TEST_F(Periphery, AnUnacknowledgedRowDiffersInColourOverItsWholeAreaAndAtItsEdge) {
    for (const auto look : {Theme::Look::light, Theme::Look::dark}) {
        theme.setLook(look);
        for (const auto grade : {model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV}) {
            const Row fresh = painted(grade, false);
            const Row seen = painted(grade, true);
            const double area = distance(fresh.ground, seen.ground);
            const double edge = contrast(fresh.edge, seen.ground);
            std::printf("%s grade %d: ground differs by %.1f (CIE 1976), edge of %d px %.1f : 1, row %d x %d px\n",
                        look == Theme::Look::light ? "light" : "dark", static_cast<int>(grade), area, fresh.edgeWidth, edge,
                        fresh.size.width(), fresh.size.height());
            EXPECT_GE(area, 8) << "over the whole row";
            EXPECT_GE(edge, 3) << "WCAG 2.1, 1.4.11";
            EXPECT_GE(fresh.edgeWidth, 4);
            EXPECT_NE(fresh.edge, seen.edge);
        }
    }
}

} // namespace
} // namespace tocsin::gui
