#pragma once

#include "gui/panels/sensor_limits.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QChartGlobal>
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <array>
#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QAreaSeries;
class QButtonGroup;
class QCategoryAxis;
class QChart;
class QChartView;
class QGraphicsSimpleTextItem;
class QLabel;
class QLineSeries;
class QScatterSeries;
class QValueAxis;
QT_END_NAMESPACE

namespace tocsin::gui {

/// A sensor's readings over time, from ten minutes to ten years: a line, where there is more than fits the band from
/// the lowest to the highest about the mean, the limits of the rules in force, and the way to a limit with its interval.
/// Reads through the bridge on a worker; never waits. While sensor after sensor is chosen, only the first and the one that
/// the choice rests on are read and drawn. [ and ] choose a shorter and a longer time.
class SensorChart : public QWidget {
    Q_OBJECT
  public:
    struct Forecast {
        model::AlarmForecast when;
        double limit{0};
        friend bool operator==(const Forecast&, const Forecast&) = default;
    };
    SensorChart(const UiContext& ui, QWidget* parent);

    void show(const model::SensorId& sensor); ///< empty: nothing
    void take(const Changes& changes);
    void tick(); ///< once a second while visible
    void words();
    void setForecast(std::optional<Forecast> forecast);

    static constexpr std::size_t mostPoints = 2000; ///< a day of one reading a minute as it is
    static constexpr int ranges = 8;
    [[nodiscard]] int range() const { return m_range; } ///< 0 the shortest
    void setRange(int range);
    void shorter() { setRange(m_range - 1); }
    void longer() { setRange(m_range + 1); }
    [[nodiscard]] std::size_t pointCount() const { return m_series.points.size(); }
    [[nodiscard]] bool banded() const; ///< shows a band: the points are sums
    [[nodiscard]] const std::vector<SensorLimit>& limits() const { return m_limits; }

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void load();
    void put();
    void say(const QString& words); ///< to those who cannot see it
    void putSoon(); ///< a few times a second at most, and not while nobody sees it
    void putLimits();
    void putForecast();
    void putAxes();
    void dress();
    void place(); ///< the limits' words
    [[nodiscard]] base::Duration span() const;
    [[nodiscard]] const model::Sensor* sensor() const;

    UiContext m_ui;
    model::SensorId m_sensor;
    int m_range{1};
    std::uint64_t m_question{0};
    bool m_stale{false};
    QElapsedTimer m_loaded;
    QTimer m_redraw;
    QTimer m_settle;      ///< runs for a moment after each choice of a sensor
    bool m_due{false};    ///< the sensor is to be read when it ends
    bool m_awaits{false}; ///< nothing is known of this sensor yet: neither line nor "no reading"
    bool m_unseen{false}; ///< there is more than was drawn
    struct Axes {
        double low{0};
        double high{0};
        base::Time from;
        base::Time to;
        QString language;
        friend bool operator==(const Axes&, const Axes&) = default;
    };
    std::optional<Axes> m_axes; ///< as they stand: what is the same is not laid out anew
    base::Time m_from;
    base::Time m_to;
    store::Series m_series;
    std::vector<SensorLimit> m_limits;
    model::SensorId m_limitsOf; ///< whose they are: their words name its unit
    std::optional<Forecast> m_forecast;
    double m_low{0};
    double m_high{1};

    QLabel* m_title;
    QButtonGroup* m_buttons;
    QChart* m_chart;
    QChartView* m_view;
    QLabel* m_empty;
    QValueAxis* m_values;
    QCategoryAxis* m_times;
    QLineSeries* m_mean;
    QLineSeries* m_lowest;
    QLineSeries* m_highest;
    QAreaSeries* m_band;
    QScatterSeries* m_newest;
    QScatterSeries* m_flagged; ///< hollow: their own time does not count, or they set nothing off
    QLabel* m_flags;
    QLineSeries* m_way;
    QLineSeries* m_soonest;
    QLineSeries* m_latest;
    QAreaSeries* m_cone;
    struct LimitLine {
        QLineSeries* line;
        QGraphicsSimpleTextItem* text;
    };
    std::vector<LimitLine> m_limitLines;
};

} // namespace tocsin::gui
