#pragma once

#include "tocsin/gui/theme.hpp"

#include <QColor>
#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

namespace tocsin::gui {

/// Who may stand where on the map: symbols take their room first come, first served, gravest first; labels are put
/// beside their symbol where there is room and left away where there is none.
class LabelBoard {
  public:
    struct Label {
        QString text;
        Theme::Text font{Theme::Text::second};
        QColor colour;    ///< of the text; invalid: the theme's
        QColor border;    ///< invalid: none
        bool pill{false}; ///< fully rounded ends
        bool must{false}; ///< shown even where it covers another
        int trend{0};     ///< a small arrow behind the text: 1 up, -1 down, 2 level; 0 none
        QColor trendColour;
    };

    LabelBoard(const Theme& theme, const QRectF& area) : m_theme(theme), m_area(area) {}

    void reserve(const QRectF& rect) { m_taken.push_back(rect); }
    [[nodiscard]] bool isFree(const QRectF& rect) const;
    /// A place for a symbol of this size: where it belongs, else a step aside; nothing if all around is full.
    [[nodiscard]] std::optional<QPointF> roomFor(const QPointF& centre, double edge) const;
    /// Puts a label beside the rectangle: right, left, below or above it. Its place, if it found one.
    std::optional<QRectF> place(const QRectF& beside, const Label& label);
    /// Puts a label with its centre at one of the points.
    std::optional<QRectF> placeAt(const std::vector<QPointF>& centres, const Label& label);

    void paint(QPainter& painter) const;

  private:
    [[nodiscard]] QSizeF sizeOf(const Label& label) const;
    std::optional<QRectF> take(const std::vector<QRectF>& places, const Label& label);

    const Theme& m_theme;
    QRectF m_area;
    std::vector<QRectF> m_taken;
    std::vector<std::pair<QRectF, Label>> m_labels;
};

} // namespace tocsin::gui
