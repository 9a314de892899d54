#include "gui/map/layer.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QLineF>

namespace tocsin::gui {

std::vector<LayerInfo::Word> hazardClassWords() {
    std::vector<LayerInfo::Word> words;
    for (int i = 0; i <= static_cast<int>(model::HazardClass::socialSecurity); ++i) {
        const auto value = static_cast<model::HazardClass>(i);
        const std::string_view key = model::toString(value);
        words.push_back({QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())), Words::hazardClass(value)});
    }
    return words;
}

void SymbolLayer::setFilter(const LayerFilter& filter) {
    m_filter = filter;
    const auto mask = [](const std::vector<LayerInfo::Word>& words, const QStringList& hidden) {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < words.size() && i < 64; ++i)
            if (hidden.contains(words[i].key))
                bits |= std::uint64_t{1} << i;
        return bits;
    };
    m_hiddenKinds = mask(kinds(), filter.hiddenKinds);
    m_hiddenStates = mask(states(), filter.hiddenStates);
}

bool SymbolLayer::passes(const Traits& traits, base::Time now) const {
    if ((m_hiddenKinds >> static_cast<unsigned>(traits.kind) & 1U) != 0 ||
        (m_hiddenStates >> static_cast<unsigned>(traits.state) & 1U) != 0)
        return false;
    if (m_filter.leastGrade && hasGrade() && (!traits.grade || *traits.grade > *m_filter.leastGrade))
        return false;
    return !m_filter.newest || !hasAge() || now - traits.time <= *m_filter.newest;
}

QRectF squareAbout(const QPointF& centre, double edge) {
    return {centre.x() - edge / 2, centre.y() - edge / 2, edge, edge};
}

void paintHalo(QPainter& painter, const QRectF& rect, const Theme& theme, bool round) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = theme.colours().accent;
    painter.setBrush(Qt::NoBrush);
    const QRectF ring = rect.adjusted(-5, -5, 5, 5);
    const auto draw = [&](const QRectF& box) {
        if (round)
            painter.drawEllipse(box);
        else
            painter.drawRoundedRect(box, 8, 8);
    };
    QColor glow = accent;
    glow.setAlpha(60);
    painter.setPen(QPen(glow, 7));
    draw(ring);
    painter.setPen(QPen(accent, 2));
    draw(ring);
    painter.restore();
}

void paintGradeBadge(QPainter& painter, const QRectF& rect, model::Grade grade, const Theme& theme) {
    const double edge = 15;
    const QRectF badge(rect.right() - edge * 0.62, rect.bottom() - edge * 0.62, edge, edge);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colours().mapGround);
    painter.drawEllipse(badge.adjusted(-2, -2, 2, 2));
    painter.restore();
    Symbols::paintSeverity(painter, badge, grade, theme);
}

void paintLeader(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& colour) {
    if (QLineF(from, to).length() < 6)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.2));
    painter.drawLine(from, to);
    painter.setBrush(colour);
    painter.drawEllipse(to, 2.2, 2.2);
    painter.restore();
}

} // namespace tocsin::gui
