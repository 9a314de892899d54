#include "gui/map/label_board.hpp"

#include "gui/map/sprites.hpp"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {
constexpr double padX = 7;
constexpr double padY = 3;
constexpr double trendRoom = 12;
constexpr double cell = 48;
constexpr qsizetype mostPrints = 2000;
constexpr qsizetype mostWidths = 8000;
} // namespace

void LabelPrints::forget() {
    m_widths.clear();
    m_prints.clear();
}

void LabelPrints::use(double ratio) {
    if (ratio == m_ratio)
        return;
    m_ratio = ratio;
    m_prints.clear();
}

QSizeF LabelPrints::sizeOf(const Label& label) {
    const QString key = QString(QChar(u'0' + static_cast<char16_t>(label.font))) + label.text;
    auto width = m_widths.constFind(key);
    if (width == m_widths.constEnd()) {
        if (m_widths.size() >= mostWidths)
            m_widths.clear();
        width = m_widths.insert(key, QFontMetricsF(m_theme.font(label.font)).horizontalAdvance(label.text));
    }
    // The height of a line by its font's kind: the same for all words.
    const QString heightKey = QString(QChar(u'0' + static_cast<char16_t>(label.font)));
    auto height = m_widths.constFind(heightKey);
    const double across = width.value();
    if (height == m_widths.constEnd())
        height = m_widths.insert(heightKey, QFontMetricsF(m_theme.font(label.font)).height());
    return {std::ceil(across) + 2 * padX + (label.trend != 0 ? trendRoom : 0.0),
            std::ceil(height.value()) + 2 * padY - (label.pill ? 2 : 1)};
}

void LabelPrints::paint(QPainter& painter, const QRectF& place, const Label& label) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = m_theme.colours();
    const QRectF box = place.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(label.border.isValid() ? QPen(label.border, 1.5) : QPen(Qt::NoPen));
    painter.setBrush(palette.mapLabelBack);
    const double radius = label.pill ? box.height() / 2 : 4;
    painter.drawRoundedRect(box, radius, radius);
    painter.setFont(m_theme.font(label.font));
    painter.setPen(label.colour.isValid() ? label.colour : palette.text);
    const QRectF text = box.adjusted(padX - 0.5, 0, label.trend != 0 ? -padX - trendRoom : -padX, 0);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, label.text);
    if (label.trend == 0)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(label.trendColour.isValid() ? label.trendColour : palette.dim);
    const QPointF c(box.right() - padX - 3.5, box.center().y());
    if (label.trend == 2) {
        painter.drawRect(QRectF(c.x() - 3.5, c.y() - 1, 7, 2));
    } else {
        const double s = label.trend > 0 ? -1 : 1;
        painter.drawPolygon(QPolygonF{QPointF(c.x(), c.y() + 4 * s), QPointF(c.x() + 4.2, c.y() - 3.4 * s),
                                      QPointF(c.x() - 4.2, c.y() - 3.4 * s)});
    }
}

QString LabelPrints::keyOf(const Label& label) {
    const auto colour = [](const QColor& c) { return c.isValid() ? c.rgba() : 0U; };
    QString key = label.text;
    for (const std::uint32_t part : {colour(label.colour), colour(label.border), colour(label.trendColour),
                                     static_cast<std::uint32_t>(label.font) * 8U + (label.pill ? 4U : 0U) +
                                         static_cast<std::uint32_t>(label.trend + 1)}) {
        key += QChar(static_cast<char16_t>(part >> 16U));
        key += QChar(static_cast<char16_t>(part & 0xffffU));
    }
    return key;
}

bool LabelPrints::draw(QPainter& painter, const QPointF& topLeft, const Label& label, const QString& key,
                       bool mayPrint) {
    const QSizeF size = sizeOf(label);
    if (isPaper(painter)) {
        painter.save();
        paint(painter, QRectF(topLeft, size), label);
        painter.restore();
        return true;
    }
    auto print = m_prints.constFind(key);
    if (print == m_prints.constEnd()) {
        if (!mayPrint)
            return false;
        if (m_prints.size() >= mostPrints)
            m_prints.clear();
        QPixmap pixmap((size * m_ratio).toSize() + QSize(1, 1));
        pixmap.setDevicePixelRatio(m_ratio);
        pixmap.fill(Qt::transparent);
        QPainter onto(&pixmap);
        paint(onto, QRectF(QPointF(0, 0), size), label);
        onto.end();
        print = m_prints.insert(key, pixmap);
    }
    painter.drawPixmap(
        QPointF(std::round(topLeft.x() * m_ratio) / m_ratio, std::round(topLeft.y() * m_ratio) / m_ratio),
        print.value());
    return true;
}

LabelBoard::LabelBoard(LabelPrints& prints, const QRectF& area, const QRectF& focus)
    : m_prints(prints), m_area(area), m_focus(focus), m_columns(std::max(1, static_cast<int>(area.width() / cell) + 1)),
      m_rows(std::max(1, static_cast<int>(area.height() / cell) + 1)) {
    m_taken.cells.resize(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows));
    m_avoided.cells.resize(m_taken.cells.size());
}

template <typename Visit>
bool LabelBoard::anyCell(const QRectF& rect, Visit visit) const {
    const auto column = [&](double x) {
        return std::clamp(static_cast<int>((x - m_area.left()) / cell), 0, m_columns - 1);
    };
    const auto row = [&](double y) { return std::clamp(static_cast<int>((y - m_area.top()) / cell), 0, m_rows - 1); };
    const int x1 = column(rect.right());
    const int y1 = row(rect.bottom());
    for (int y = row(rect.top()); y <= y1; ++y)
        for (int x = column(rect.left()); x <= x1; ++x)
            if (visit(static_cast<std::size_t>(y * m_columns + x)))
                return true;
    return false;
}

void LabelBoard::add(Rects& to, const QRectF& rect) const {
    const auto index = static_cast<std::uint32_t>(to.all.size());
    to.all.push_back(rect);
    anyCell(rect, [&](std::size_t at) {
        to.cells[at].push_back(index);
        return false;
    });
}

bool LabelBoard::meets(const Rects& rects, const QRectF& rect) const {
    return !rects.all.empty() && anyCell(rect, [&](std::size_t at) {
        return std::any_of(rects.cells[at].begin(), rects.cells[at].end(),
                           [&](std::uint32_t i) { return rects.all[i].intersects(rect); });
    });
}

void LabelBoard::reserve(const QRectF& rect) {
    add(m_taken, rect);
}

bool LabelBoard::isFree(const QRectF& rect) const {
    return !meets(m_taken, rect);
}

void LabelBoard::avoid(const QRectF& rect) {
    add(m_avoided, rect);
}

bool LabelBoard::isClear(const QRectF& rect) const {
    return !meets(m_avoided, rect);
}

std::optional<QPointF> LabelBoard::roomFor(const QPointF& centre, double edge, bool clear) const {
    constexpr double farthestForNames = 1.6; // beyond, nobody would look for it there
    const auto box = [&](const QPointF& c) { return QRectF(c.x() - edge / 2, c.y() - edge / 2, edge, edge); };
    const auto fits = [&](const QPointF& c) { return isFree(box(c)) && (!clear || isClear(box(c))); };
    if (fits(centre))
        return centre;
    for (const double far : {0.8, 1.15, 1.6, 2.2}) {
        if (clear && far > farthestForNames)
            break;
        for (int i = 0; i < 8; ++i) {
            const double a = i * M_PI / 4;
            const QPointF aside = centre + QPointF(std::cos(a), std::sin(a)) * (edge * far);
            if (fits(aside))
                return aside;
        }
    }
    return clear ? roomFor(centre, edge) : std::nullopt;
}

std::optional<QRectF> LabelBoard::take(const QPointF& home, const std::vector<QRectF>& places, const Label& label) {
    const QRectF& within = m_focus.contains(home) ? m_focus : m_area;
    const QRectF* found = nullptr;
    for (const QRectF& place : places) {
        if (!within.contains(place) || !isFree(place))
            continue;
        const bool clear = isClear(place);
        if (found == nullptr || clear)
            found = &place;
        if (clear)
            break;
    }
    if (found != nullptr) {
        reserve(found->adjusted(-2, -2, 2, 2));
        m_labels.push_back({home, *found, label, LabelPrints::keyOf(label)});
        return *found;
    }
    if (!label.must || places.empty())
        return std::nullopt;
    // It must be seen: at its first choice, moved into view.
    QRectF place = places.front();
    if (place.right() > within.right() && places.size() > 1)
        place = places[1];
    reserve(place);
    m_labels.push_back({home, place, label, LabelPrints::keyOf(label)});
    return place;
}

std::optional<QRectF> LabelBoard::place(const QPointF& home, const QRectF& beside, const Label& label) {
    const QSizeF size = m_prints.sizeOf(label);
    const QPointF c = beside.center();
    constexpr double gap = 5;
    const QRectF right(QPointF(beside.right() + gap, c.y() - size.height() / 2), size);
    const QRectF left(QPointF(beside.left() - gap - size.width(), c.y() - size.height() / 2), size);
    const QRectF below(QPointF(c.x() - size.width() / 2, beside.bottom() + gap), size);
    const QRectF above(QPointF(c.x() - size.width() / 2, beside.top() - gap - size.height()), size);
    const double step = size.height() * 0.8;
    return take(home,
                {right, left, below, above, right.translated(0, -step), right.translated(0, step),
                 left.translated(0, -step), left.translated(0, step)},
                label);
}

std::optional<QRectF> LabelBoard::placeAt(const std::vector<QPointF>& centres, const Label& label) {
    if (centres.empty())
        return std::nullopt;
    const QSizeF size = m_prints.sizeOf(label);
    std::vector<QRectF> places;
    for (const QPointF& c : centres)
        places.emplace_back(QPointF(c.x() - size.width() / 2, c.y() - size.height() / 2), size);
    return take(centres.front(), places, label);
}

bool LabelBoard::paint(QPainter& painter, const std::function<QPointF(const QPointF&)>& moved, const QRectF& view,
                       int prints) const {
    bool all = true;
    for (const Placed& each : m_labels) {
        const QPointF at = moved(each.home) + (each.place.topLeft() - each.home);
        if (!view.intersects(QRectF(at, each.place.size())))
            continue;
        if (m_prints.draw(painter, at, each.label, each.key, false))
            continue;
        if (prints-- > 0)
            static_cast<void>(m_prints.draw(painter, at, each.label, each.key, true));
        else
            all = false;
    }
    return all;
}

} // namespace tocsin::gui
