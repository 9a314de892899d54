#pragma once

#include "tocsin/gui/map_layers.hpp"
#include "tocsin/gui/theme.hpp"

#include <QPainter>
#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

namespace tocsin::gui {

/// What one symbol of the map means.
struct LegendLine {
    QString words;
    std::function<void(QPainter&, const QRectF&)> paint; ///< into a box of 22 × 22, or wider with the same height
};
struct LegendGroup {
    QString layer; ///< LayerInfo::name; empty: always
    QString title;
    std::vector<LegendLine> lines;
};

/// Every symbol of the map with its words, in the language in force. `minutes`: the bands of reach that are shown.
/// The theme must outlive what is made.
[[nodiscard]] std::vector<LegendGroup> legendFor(const Theme& theme, const std::vector<int>& minutes);
/// Only what can be seen now: groups of visible layers that have something in view.
[[nodiscard]] std::vector<LegendGroup> onlyVisible(std::vector<LegendGroup> groups,
                                                   const std::vector<LayerInfo>& layers);

/// Paints groups into columns of `width`, top down, up to `height`; gives the height that was used. With `painter`
/// null it only measures. `left` gets the groups that found no room.
struct LegendLayout {
    double width{220};
    double height{1e9};
    int columns{1};
    double scale{1};
};
double paintLegend(QPainter* painter, const QPointF& at, const std::vector<LegendGroup>& groups, const Theme& theme,
                   const LegendLayout& layout);

/// The legend as a page of the layers panel.
class LegendPage : public QWidget {
    Q_OBJECT
  public:
    LegendPage(const Theme& theme, QWidget* parent);
    void setMinutes(std::vector<int> minutes);
    void retranslate();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] const std::vector<LegendGroup>& groups() const { return m_groups; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const Theme& m_theme;
    std::vector<int> m_minutes{5, 10, 15};
    std::vector<LegendGroup> m_groups;
};

} // namespace tocsin::gui
