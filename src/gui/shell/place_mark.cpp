#include "tocsin/gui/place_mark.hpp"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int kShownMs = 6'000;
constexpr int kFrameMs = 40; ///< while it is shown the map may still be on its way
constexpr int kRing = 16;
constexpr int kMostName = 320;

} // namespace

PlaceMark::PlaceMark(const UiContext& ui, MapView& map) : QWidget(&map), m_ui(ui), m_map(map) {
    setObjectName(QStringLiteral("placeMark"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    m_frame.setInterval(kFrameMs);
    m_life.setSingleShot(true);
    m_life.setInterval(kShownMs);
    connect(&m_frame, &QTimer::timeout, this, &PlaceMark::follow);
    connect(&m_life, &QTimer::timeout, this, &PlaceMark::leave);
    hide();
}

void PlaceMark::mark(const model::Position& position, const QString& name) {
    m_at = position;
    m_name = name;
    setAccessibleName(name);
    m_life.start();
    m_frame.start();
    follow();
    show();
    raise();
}

void PlaceMark::leave() {
    m_frame.stop();
    hide();
}

void PlaceMark::follow() {
    const QFontMetrics metrics(m_ui.theme.font(Theme::Text::rowBold));
    const int words = std::min(kMostName, metrics.horizontalAdvance(m_name) + 4);
    const QPointF at = m_map.toScreen(m_at);
    const QRect box(static_cast<int>(at.x()) - kRing - 4, static_cast<int>(at.y()) - kRing - 4,
                    2 * kRing + 8 + (m_name.isEmpty() ? 0 : words + 24), 2 * kRing + 8);
    if (box != geometry())
        setGeometry(box);
}

void PlaceMark::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(kRing + 4, kRing + 4);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(p.panel, 6));
    painter.drawEllipse(centre, kRing - 2, kRing - 2);
    painter.setPen(QPen(p.accent, 3));
    painter.drawEllipse(centre, kRing - 2, kRing - 2);
    for (const QPointF& way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
        painter.drawLine(centre + way * (kRing - 8), centre + way * (kRing - 3));
    painter.setPen(Qt::NoPen);
    painter.setBrush(p.accent);
    painter.drawEllipse(centre, 2.5, 2.5);
    if (m_name.isEmpty())
        return;
    painter.setFont(m_ui.theme.font(Theme::Text::rowBold));
    const QRectF plate(2 * kRing + 10, height() / 2.0 - 13, width() - 2 * kRing - 11, 26);
    painter.setPen(QPen(p.accent, 1));
    painter.setBrush(p.panel);
    painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(p.text);
    const QRectF room = plate.adjusted(6, 0, -6, 0);
    painter.drawText(room, Qt::AlignCenter,
                     painter.fontMetrics().elidedText(m_name, Qt::ElideRight, static_cast<int>(room.width()) + 1));
}

} // namespace tocsin::gui
