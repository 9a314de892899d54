#pragma once

#include "tocsin/gui/theme.hpp"
#include "tocsin/store/readings.hpp"

#include <QWidget>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::gui {

/// A sensor's readings over time with the limits that matter: a line, a limit drawn across, the newest value as a dot.
class ReadingChart : public QWidget {
    Q_OBJECT
  public:
    struct Limit {
        double value{0};
        model::Grade grade{model::Grade::IV};
        friend bool operator==(const Limit&, const Limit&) = default;
    };
    ReadingChart(const Theme& theme, QWidget* parent);

    void clear();
    void setFrame(base::Time from, base::Time to, const std::string& unit);
    void setPoints(std::vector<store::ReadingPoint> points); ///< ascending
    void append(store::ReadingPoint point); ///< ignored unless newer than the last; the frame moves along
    void setLimits(std::vector<Limit> limits);

    [[nodiscard]] QSize sizeHint() const override { return {352, 132}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 132}; }
    [[nodiscard]] std::size_t pointCount() const { return m_points.size(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const Theme& m_theme;
    std::vector<store::ReadingPoint> m_points;
    std::vector<Limit> m_limits;
    std::string m_unit;
    base::Time m_from;
    base::Time m_to;
};

} // namespace tocsin::gui
