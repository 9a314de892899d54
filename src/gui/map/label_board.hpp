#pragma once

#include "tocsin/gui/theme.hpp"

#include <QColor>
#include <QFont>
#include <QHash>
#include <QPainter>
#include <QPixmap>
#include <QRectF>
#include <QString>
#include <functional>
#include <optional>
#include <vector>

namespace tocsin::gui {

/// What words look like beside a symbol.
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

/// Labels as pixmaps, and how wide their words are; made once. GUI thread.
class LabelPrints {
  public:
    explicit LabelPrints(const Theme& theme) : m_theme(theme) {}
    void forget();
    void use(double ratio);
    [[nodiscard]] QSizeF sizeOf(const Label& label);
    /// False where the label has not been printed yet and `mayPrint` says that there is no time for it now.
    bool draw(QPainter& painter, const QPointF& topLeft, const Label& label, const QString& key, bool mayPrint);
    [[nodiscard]] static QString keyOf(const Label& label); ///< the same for what looks the same

  private:
    void paint(QPainter& painter, const QRectF& place, const Label& label) const;
    const Theme& m_theme;
    double m_ratio{1};
    QHash<QString, double> m_widths;
    QHash<QString, QPixmap> m_prints;
};

/// Who may stand where on the map: symbols take their room first come, first served, gravest first; labels are put
/// beside their symbol where there is room and left away where there is none.
class LabelBoard {
  public:
    /// `area` is what is laid out, `focus` the part of it that is in view: what stands there keeps its words inside.
    LabelBoard(LabelPrints& prints, const QRectF& area, const QRectF& focus);

    void reserve(const QRectF& rect);
    [[nodiscard]] bool isFree(const QRectF& rect) const;
    /// Something below that is to be read: whatever can stands beside it. Nothing is left away for it.
    void avoid(const QRectF& rect);
    [[nodiscard]] bool isClear(const QRectF& rect) const; ///< of what is to be avoided
    /// A place for a symbol of this size: where it belongs, else a step aside; nothing if all around is full. `clear`:
    /// it steps aside of what is to be avoided, too, if a step or two are enough.
    [[nodiscard]] std::optional<QPointF> roomFor(const QPointF& centre, double edge, bool clear = false) const;
    /// Puts a label beside the rectangle of what belongs at `home`: right, left, below or above it. Its place, if it
    /// found one.
    std::optional<QRectF> place(const QPointF& home, const QRectF& beside, const Label& label);
    /// Puts a label with its centre at one of the points.
    std::optional<QRectF> placeAt(const std::vector<QPointF>& centres, const Label& label);
    /// True once so many words are on the map that more would only be noise.
    [[nodiscard]] bool isFull() const { return m_labels.size() >= most; }

    /// `moved` brings a point of the layout to where it is now.
    /// False if some labels had to wait for the next picture; `prints` bounds how many are made in this one.
    bool paint(QPainter& painter, const std::function<QPointF(const QPointF&)>& moved, const QRectF& view,
               int prints) const;

  private:
    static constexpr std::size_t most = 420;
    std::optional<QRectF> take(const QPointF& home, const std::vector<QRectF>& places, const Label& label);
    template <typename Visit>
    bool anyCell(const QRectF& rect, Visit visit) const;

    struct Placed {
        QPointF home;
        QRectF place;
        Label label;
        QString key;
    };
    LabelPrints& m_prints;
    QRectF m_area;
    QRectF m_focus;
    int m_columns{1};
    int m_rows{1};
    struct Rects {
        std::vector<QRectF> all;
        std::vector<std::vector<std::uint32_t>> cells; ///< which of them meet a cell of the grid
    };
    void add(Rects& to, const QRectF& rect) const;
    [[nodiscard]] bool meets(const Rects& rects, const QRectF& rect) const;
    Rects m_taken;
    Rects m_avoided;
    std::vector<Placed> m_labels;
};

} // namespace tocsin::gui
