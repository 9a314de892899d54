#include "gui/tools/point_tool.hpp"

#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <algorithm>

namespace tocsin::gui {
namespace {
constexpr double near = 9;               ///< px: that close is the same point
constexpr std::size_t mostPoints = 1900; ///< the desk takes 2,000, a ring's last one with them
} // namespace

void paintPlate(QPainter& painter, const Theme& theme, const QPointF& at, const QString& words, bool bold) {
    const QFont font = theme.font(bold ? Theme::Text::bodyBold : Theme::Text::second);
    const QSizeF size(QFontMetricsF(font).horizontalAdvance(words) + 12, QFontMetricsF(font).height() + 4);
    const QRectF box(at - QPointF(size.width() / 2, size.height() / 2), size);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colours().mapLabelBack);
    painter.drawRoundedRect(box, 4, 4);
    painter.setFont(font);
    painter.setPen(theme.colours().text);
    painter.drawText(box, Qt::AlignCenter, words);
}

PointTool::PointTool(const Theme& theme, QObject* parent) : QObject(parent), m_theme(theme) {}

void PointTool::start(model::Line points, bool finished) {
    m_points = std::move(points);
    if (isRing() && m_points.size() > 1 && m_points.front() == m_points.back())
        m_points.pop_back();
    m_finished = finished;
    m_held = m_chosen = -1;
    m_endedAt.reset();
    tell();
}

void PointTool::tell() {
    if (m_view != nullptr)
        m_view->update();
    emit changed();
}

model::Line PointTool::shape() const {
    model::Line all = m_points;
    if (!m_finished && m_hover && !all.empty())
        all.push_back(*m_hover);
    return all;
}

void PointTool::add(const model::Position& position) {
    if (m_points.size() < mostPoints && (m_points.empty() || !(m_points.back() == position)))
        m_points.push_back(position);
    tell();
}

void PointTool::finish() {
    if (m_finished || m_points.size() < least())
        return;
    m_finished = true;
    m_hover.reset();
    tell();
    emit finished();
}

void PointTool::begin(MapView& view) {
    m_view = &view;
    m_byKey = false;
    view.setFocus(Qt::OtherFocusReason);
    tell();
}

void PointTool::end() {
    if (m_view != nullptr)
        m_view->update();
    m_view = nullptr;
    m_points.clear();
    m_hover.reset();
    m_finished = false;
    m_held = m_chosen = -1;
    emit changed();
}

bool PointTool::clicked(QMouseEvent& event) {
    if (m_view == nullptr || event.button() != Qt::LeftButton)
        return false;
    m_byKey = false;
    const QPointF at = event.position();
    if (m_endedAt && QLineF(*m_endedAt, at).length() < near) {
        m_endedAt.reset();
        return true;
    }
    if (m_finished) {
        if (adjustable())
            return true; // nothing new while a form asks about this one
        start({}, false);
    }
    // Two clicks on one place are the double click's.
    if (!m_points.empty() && QLineF(m_view->toScreen(m_points.back()), at).length() < 3)
        return true;
    if (!taking(at))
        add(m_view->fromScreen(at));
    return true;
}

bool PointTool::doubleClicked(QMouseEvent& event) {
    if (m_view == nullptr || event.button() != Qt::LeftButton)
        return false;
    if (!m_finished && !m_points.empty()) {
        if (QLineF(m_view->toScreen(m_points.back()), event.position()).length() >= near && !taking(event.position()))
            add(m_view->fromScreen(event.position()));
        m_endedAt = event.position();
        finish();
    }
    return true;
}

int PointTool::handleAt(const QPointF& at) const {
    int best = -1;
    double least = near + 3;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const double far = QLineF(m_view->toScreen(m_points[i]), at).length();
        if (far < least) {
            least = far;
            best = static_cast<int>(i);
        }
    }
    return best;
}

bool PointTool::pressed(QMouseEvent& event) {
    if (m_view == nullptr || !m_finished || !adjustable() || event.button() != Qt::LeftButton)
        return false;
    m_held = handleAt(event.position());
    if (m_held < 0 && m_points.size() > 1) { // the middle of a side becomes a point of its own
        const std::size_t sides = m_points.size() - (isRing() ? 0 : 1);
        for (std::size_t i = 0; i < sides && m_held < 0; ++i) {
            const QPointF a = m_view->toScreen(m_points[i]);
            const QPointF b = m_view->toScreen(m_points[(i + 1) % m_points.size()]);
            if (QLineF(a, b).length() > 40 && QLineF((a + b) / 2, event.position()).length() < near) {
                m_points.insert(m_points.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                m_view->fromScreen(event.position()));
                m_held = static_cast<int>(i) + 1;
            }
        }
    }
    m_chosen = m_held;
    tell();
    return m_held >= 0;
}

bool PointTool::moved(QMouseEvent& event) {
    if (m_view == nullptr)
        return false;
    if (m_held >= 0 && m_held < static_cast<int>(m_points.size())) {
        m_points[static_cast<std::size_t>(m_held)] = m_view->fromScreen(event.position());
        tell();
        return true;
    }
    if (m_finished)
        return false;
    m_byKey = false;
    m_hover = m_view->fromScreen(event.position());
    tell();
    return (event.buttons() & Qt::LeftButton) == 0; // with the button down the map is panned
}

bool PointTool::released(QMouseEvent&) {
    const bool held = m_held >= 0;
    m_held = -1;
    return held;
}

bool PointTool::key(QKeyEvent& event) {
    if (m_view == nullptr)
        return false;
    switch (event.key()) {
    case Qt::Key_Escape:
        emit left();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_finished) {
            finish();
            return true;
        }
        return false;
    case Qt::Key_Backspace:
        if (m_finished && adjustable())
            return keyAdjusts(event);
        if (!m_points.empty()) {
            m_points.pop_back();
            m_finished = false;
            tell();
        }
        return true;
    case Qt::Key_Space:
        if (m_finished && adjustable())
            return true;
        if (m_finished)
            start({}, false);
        m_byKey = true;
        m_hover = m_view->centre();
        if (!taking(m_view->toScreen(m_view->centre())))
            add(m_view->centre());
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (m_finished && adjustable() && event.modifiers().testFlag(Qt::ControlModifier))
            return keyAdjusts(event);
        m_byKey = true;
        m_hover.reset();
        tell();
        return false; // the map pans
    default:
        return m_finished && adjustable() && keyAdjusts(event);
    }
}

bool PointTool::keyAdjusts(QKeyEvent& event) {
    const int count = static_cast<int>(m_points.size());
    if (count == 0)
        return false;
    const auto nudge = [&](double x, double y) {
        if (m_chosen < 0)
            m_chosen = 0;
        auto& point = m_points[static_cast<std::size_t>(m_chosen)];
        const double step = event.modifiers().testFlag(Qt::ShiftModifier) ? 1 : 8;
        point = m_view->fromScreen(m_view->toScreen(point) + QPointF(x * step, y * step));
    };
    switch (event.key()) {
    case Qt::Key_PageDown:
        m_chosen = (m_chosen + 1) % count;
        break;
    case Qt::Key_PageUp:
        m_chosen = (std::max(m_chosen, 0) + count - 1) % count;
        break;
    case Qt::Key_Left:
        nudge(-1, 0);
        break;
    case Qt::Key_Right:
        nudge(1, 0);
        break;
    case Qt::Key_Up:
        nudge(0, -1);
        break;
    case Qt::Key_Down:
        nudge(0, 1);
        break;
    case Qt::Key_Insert: {
        const auto at = static_cast<std::size_t>(std::max(m_chosen, 0));
        if (count < 2)
            return true;
        const QPointF a = m_view->toScreen(m_points[at]);
        const QPointF b = m_view->toScreen(m_points[(at + 1) % m_points.size()]);
        m_points.insert(m_points.begin() + static_cast<std::ptrdiff_t>(at) + 1, m_view->fromScreen((a + b) / 2));
        m_chosen = static_cast<int>(at) + 1;
        break;
    }
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (m_chosen >= 0 && m_points.size() > least()) {
            m_points.erase(m_points.begin() + m_chosen);
            m_chosen = std::min(m_chosen, static_cast<int>(m_points.size()) - 1);
        }
        break;
    default:
        return false;
    }
    tell();
    return true;
}

void PointTool::paint(QPainter& painter, const MapView& view) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = m_theme.colours();
    const QColor ink = colour();
    QPolygonF set;
    for (const model::Position& p : m_points)
        set << view.toScreen(p);
    QPolygonF whole = set;
    const std::optional<model::Position> ahead = m_finished ? std::nullopt
                                                 : m_byKey  ? std::optional(view.centre())
                                                            : m_hover;
    if (ahead && !set.isEmpty())
        whole << view.toScreen(*ahead);
    if (isRing() && whole.size() > 2) {
        QColor wash = ink;
        wash.setAlpha(38);
        painter.setPen(Qt::NoPen);
        painter.setBrush(wash);
        painter.drawPolygon(whole);
    }
    const QPen casing(palette.mapGround, 5.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    const QPen line(ink, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (m_finished && isRing() && set.size() > 2)
        set << set.front();
    painter.setBrush(Qt::NoBrush);
    for (const QPen& pen : {casing, line}) {
        painter.setPen(pen);
        painter.drawPolyline(set);
    }
    if (!m_finished && whole.size() > 1) {
        painter.setPen(QPen(ink, 2, Qt::DashLine));
        painter.drawLine(whole[whole.size() - 2], whole.back());
        if (isRing() && whole.size() > 2) {
            painter.setPen(QPen(ink, 1.2, Qt::DotLine));
            painter.drawLine(whole.back(), whole.front());
        }
    }
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const bool chosen = static_cast<int>(i) == m_chosen;
        painter.setPen(QPen(palette.panel, 1.5));
        painter.setBrush(chosen ? palette.text : ink);
        painter.drawEllipse(view.toScreen(m_points[i]), chosen ? 7 : 5, chosen ? 7 : 5);
    }
    if (m_finished && adjustable() && m_points.size() > 1)
        for (qsizetype i = 0; i + 1 < set.size(); ++i)
            if (QLineF(set[i], set[i + 1]).length() > 40) {
                painter.setPen(QPen(ink, 1.5));
                painter.setBrush(palette.panel);
                painter.drawEllipse((set[i] + set[i + 1]) / 2, 3.5, 3.5);
            }
    paintWords(painter, view);
    if (m_byKey && !m_finished) {
        const QPointF c = view.toScreen(view.centre());
        for (const QPen& pen : {QPen(palette.mapGround, 4), QPen(palette.text, 1.5)}) {
            painter.setPen(pen);
            painter.drawLine(c - QPointF(14, 0), c + QPointF(14, 0));
            painter.drawLine(c - QPointF(0, 14), c + QPointF(0, 14));
        }
    }
    painter.restore();
}

} // namespace tocsin::gui
