#include "gui/time/past_frame.hpp"

#include "tocsin/gui/symbols.hpp"

#include <QPainter>
#include <QPainterPath>

namespace tocsin::gui {

namespace {

constexpr int kFrame = 6;
constexpr int kBelowSearch = 60; ///< the search box stands in the corner above
constexpr int kWideFrom = 1000;  ///< px: the banner has room beside the search box

} // namespace

PastFrame::PastFrame(const UiContext& ui, QWidget* map) : QWidget(map), m_ui(ui) {
    setObjectName(QStringLiteral("pastFrame"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    connect(&ui.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void PastFrame::say(const QString& banner, const QString& alarm, std::optional<model::Grade> grade) {
    m_banner = banner;
    m_alarm = alarm;
    m_grade = grade;
    setAccessibleName(alarm.isEmpty() ? banner : banner + QStringLiteral(". ") + alarm);
    update();
}

void PastFrame::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath ring;
    ring.addRect(QRectF(rect()));
    QPainterPath inside;
    inside.addRect(QRectF(rect()).adjusted(kFrame, kFrame, -kFrame, -kFrame));
    const QPainterPath frame = ring.subtracted(inside);
    painter.fillPath(frame, p.text);
    painter.save();
    painter.setClipPath(frame);
    painter.setPen(QPen(p.panel, 4));
    for (int x = -height(); x < width(); x += 14)
        painter.drawLine(x, height(), x + height(), 0);
    painter.restore();
    painter.setPen(QPen(p.panel, 1));
    painter.drawRect(QRectF(rect()).adjusted(kFrame - 0.5, kFrame - 0.5, -kFrame + 0.5, -kFrame + 0.5));

    const bool beside = width() >= kWideFrom;
    const int left = beside ? 372 : 16;
    const int right = width() - 64; // the map's buttons
    const int top = beside ? 12 : kBelowSearch;
    painter.setFont(m_ui.theme.font(Theme::Text::bodyBold));
    const QFontMetrics metrics = painter.fontMetrics();
    const auto plate = [&](const QString& text, int y, const QColor& back, const QColor& fore, int before) {
        const int wide = std::min(right - left, metrics.horizontalAdvance(text) + 34 + before);
        const QRect box((left + right - wide) / 2, y, wide, 32);
        painter.setPen(QPen(p.panel, 1));
        painter.setBrush(back);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        painter.setPen(fore);
        const QRect room = box.adjusted(14 + before, 0, -14, 0);
        painter.drawText(room, Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, room.width()));
        return box;
    };
    const QRect said = plate(m_banner, top, p.text, p.panel, 24);
    Symbols::paintGlyph(painter, QRectF(said.left() + 12, said.center().y() - 8, 16, 16), QStringLiteral("clock"),
                        p.panel);
    if (!m_alarm.isEmpty() && m_grade) {
        const QRect box = plate(m_alarm, top + 38, p.panel, p.text, 28);
        painter.setPen(QPen(m_ui.theme.grade(*m_grade), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 5, 5);
        Symbols::paintSeverity(painter, QRectF(box.left() + 12, box.center().y() - 9, 18, 18), *m_grade, m_ui.theme);
    }
}

} // namespace tocsin::gui
