#include "gui/map/sprites.hpp"

#include "gui/map/layer.hpp"

#include <QFontMetricsF>
#include <QPaintEngine>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr qsizetype mostSymbols = 1500;

QColor groundOf(const Theme& theme) {
    return theme.colours().mapGround;
}

QPolygonF diamondIn(double r) {
    return {QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0)};
}

void paintBehind(QPainter& painter, const QPolygonF& shape, const QColor& line, const Theme& theme) {
    painter.setPen(QPen(line, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(groundOf(theme));
    painter.drawPolygon(shape.translated(4, 3));
}

void paintIncidentLook(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    const double r = look.edge / 2.0;
    const QRectF box = squareAbout({}, look.edge);
    const auto grade = static_cast<model::Grade>(look.grade);
    if (look.selected)
        paintHalo(painter, box, theme, true);
    if (look.stacked)
        paintBehind(painter, diamondIn(r), theme.grade(grade), theme);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(groundOf(theme), 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolygon(diamondIn(r));
    Symbols::paintIncident(painter, box, grade, look.glyph, theme);
    paintGradeBadge(painter, box.adjusted(4, 4, -4, -4), grade, theme);
}

void paintAlarmLook(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    const double edge = look.edge;
    const QRectF box = squareAbout({}, edge);
    const auto grade = static_cast<model::Grade>(look.grade);
    // Set aside: there, and no more than that. Dashed, without a colour, its numeral tells how grave it is.
    const bool aside = look.state == SymbolLook::setAside;
    const QColor colour = aside ? theme.colours().faint : theme.grade(grade);
    if (look.state != SymbolLook::acknowledged && !aside) { // the ring of what nobody has looked at yet
        QColor wash = colour;
        wash.setAlpha(45);
        QPen ring(colour, 1.8);
        if (look.state == SymbolLook::returned)
            ring.setDashPattern({2.5, 2});
        painter.setPen(ring);
        painter.setBrush(wash);
        painter.drawEllipse(QPointF(0, 1.5), edge * 0.72, edge * 0.72);
    }
    if (look.selected)
        paintHalo(painter, box.adjusted(-2, -2, 2, 2), theme, true);
    const QPolygonF triangle{QPointF(0, box.top() + 1), QPointF(box.right() - 1, box.bottom() - 3),
                             QPointF(box.left() + 1, box.bottom() - 3)};
    if (look.stacked)
        paintBehind(painter, triangle, colour, theme);
    const bool filled = look.state == SymbolLook::wanting;
    painter.setPen(QPen(groundOf(theme), 4.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(filled ? colour : groundOf(theme));
    painter.drawPolygon(triangle);
    QPen outline(colour, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    if (aside)
        outline.setDashPattern({2, 2.2});
    painter.setPen(outline);
    painter.drawPolygon(triangle);
    painter.setPen(QPen(filled ? theme.onGrade(grade) : colour, 2.4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(0, box.top() + 10), QPointF(0, box.top() + 17));
    painter.drawPoint(QPointF(0, box.top() + 21));
    paintGradeBadge(painter, box.adjusted(0, 0, 2, 0), grade, theme);
}

void paintSensorLook(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    const Palette& palette = theme.colours();
    const bool stale = look.state == SymbolLook::stale;
    const double r = look.edge / 2.0 - 2;
    if (look.selected)
        paintHalo(painter, squareAbout({}, look.edge), theme, true);
    const QColor colour =
        look.grade > 0 ? theme.grade(static_cast<model::Grade>(look.grade)) : (stale ? palette.faint : palette.dim);
    painter.setBrush(palette.mapGround);
    painter.setPen(QPen(palette.mapGround, 6));
    painter.drawEllipse(QPointF(0, 0), r, r);
    QPen ring(colour, stale ? 1.5 : 3.2);
    if (stale)
        ring.setDashPattern({1.6, 1.6});
    painter.setPen(ring);
    painter.drawEllipse(QPointF(0, 0), r, r);
    if (look.stacked) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 1.2));
        painter.drawEllipse(QPointF(0, 0), r + 4, r + 4);
        Symbols::paintGlyph(painter, squareAbout({}, look.edge * 0.62), look.glyph, palette.text);
    }
    if (look.grade > 0 && look.stacked)
        paintGradeBadge(painter, squareAbout({}, look.edge), static_cast<model::Grade>(look.grade), theme);
}

void paintResourceLook(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    const Palette& palette = theme.colours();
    const bool dark = theme.look() == Theme::Look::dark;
    const QRectF box = squareAbout({}, look.edge);
    const QColor ink(0x14, 0x19, 0x1e);
    QColor fill = dark ? QColor(0xee, 0xf2, 0xf5) : QColor(0xff, 0xff, 0xff);
    QColor line = dark ? QColor(0x0b, 0x10, 0x15) : ink;
    QColor glyph = ink;
    if (look.state == static_cast<int>(model::ResourceStatus::assigned)) {
        fill = palette.accent;
        line = dark ? QColor(0x0b, 0x14, 0x1a) : QColor(Qt::white);
        glyph = palette.onAccent;
    } else if (look.state == static_cast<int>(model::ResourceStatus::outOfService)) {
        fill = palette.mapGround;
        line = palette.faint;
        glyph = palette.faint;
    }
    if (look.selected)
        paintHalo(painter, box, theme, false);
    if (look.stacked) { // a second card behind says that there are more
        painter.setPen(QPen(line, 1.2));
        QColor back = fill;
        back.setAlphaF(0.75F);
        painter.setBrush(back);
        painter.drawRoundedRect(box.translated(3, 3), 5, 5);
    }
    painter.setPen(QPen(line, 1.4));
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 5, 5);
    Symbols::paintGlyph(painter, squareAbout({}, look.edge * 0.76), look.glyph, glyph);
    if (look.state == static_cast<int>(model::ResourceStatus::outOfService)) {
        painter.setPen(QPen(line, 1.4));
        painter.drawLine(box.topLeft() + QPointF(3, 3), box.bottomRight() - QPointF(3, 3));
    }
}

void paintTeamLook(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    const bool dark = theme.look() == Theme::Look::dark;
    if (look.selected)
        paintHalo(painter, squareAbout({}, look.edge), theme, true);
    painter.save();
    painter.rotate(look.turn * 5.0);
    QPolygonF chevron{QPointF(0, -13), QPointF(9.5, 11), QPointF(0, 6), QPointF(-9.5, 11)};
    if (look.state == SymbolLook::flying)
        chevron = {QPointF(0, -13), QPointF(3, -3), QPointF(12, 4), QPointF(3, 4),  QPointF(3, 11),
                   QPointF(-3, 11), QPointF(-3, 4), QPointF(-12, 4), QPointF(-3, -3)};
    const QColor casing = dark ? QColor(0x0b, 0x14, 0x1a) : QColor(Qt::white);
    if (look.stacked) {
        painter.setPen(QPen(theme.colours().accent, 1.4));
        painter.setBrush(casing);
        painter.drawPolygon(chevron.translated(4, 3));
    }
    painter.setPen(QPen(casing, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(theme.colours().accent);
    painter.drawPolygon(chevron);
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(chevron);
    painter.restore();
}

void paintEarthquakeLook(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    const Palette& palette = theme.colours();
    const double r = look.edge / 2.0;
    if (look.selected)
        paintHalo(painter, squareAbout({}, look.edge), theme, true);
    QColor wash = palette.text;
    wash.setAlpha(26);
    painter.setBrush(wash);
    painter.setPen(QPen(palette.text, 1.5));
    painter.drawEllipse(QPointF(0, 0), r, r);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(palette.dim, 1, Qt::DashLine));
    painter.drawEllipse(QPointF(0, 0), r + 4, r + 4);
    Symbols::paintGlyph(painter, squareAbout({}, std::min(18.0, r * 1.5)), QStringLiteral("earthquake"), palette.text);
}

/// Who tells where he is: a disc, with a point towards where he goes; hollow and broken once it is old; twice ringed
/// and struck with a "!" while he calls for help.
void paintUnitLook(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    const Palette& palette = theme.colours();
    const bool dark = theme.look() == Theme::Look::dark;
    const bool old = (look.state & SymbolLook::old) != 0;
    const bool calling = (look.state & SymbolLook::calling) != 0;
    const bool ours = (look.state & SymbolLook::ours) != 0;
    const double r = look.edge / 2.0;
    const QColor casing = dark ? QColor(0x0b, 0x14, 0x1a) : QColor(Qt::white);
    const QColor grave = theme.grade(model::Grade::I);
    const QColor line = calling ? grave : (old ? palette.faint : palette.accent);
    if (calling) {
        QColor wash = grave;
        wash.setAlpha(50);
        painter.setPen(QPen(grave, 2.2));
        painter.setBrush(wash);
        painter.drawEllipse(QPointF(0, 0), r + 6, r + 6);
    }
    if (look.selected)
        paintHalo(painter, squareAbout({}, look.edge + 4), theme, true);
    if (look.stacked) {
        painter.setPen(QPen(line, 1.3));
        painter.setBrush(palette.mapGround);
        painter.drawEllipse(QPointF(3.5, 2.5), r, r);
    }
    if ((look.state & SymbolLook::heading) != 0) {
        painter.save();
        painter.rotate(look.turn * 5.0);
        const QPolygonF point{QPointF(0, -r - 8), QPointF(6.5, -r + 3), QPointF(-6.5, -r + 3)};
        painter.setPen(QPen(casing, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(line);
        painter.drawPolygon(point);
        painter.setPen(Qt::NoPen);
        painter.drawPolygon(point);
        painter.restore();
    }
    const bool filled = !old && (ours || calling);
    painter.setPen(QPen(casing, 4));
    painter.setBrush(filled ? line : palette.mapGround);
    painter.drawEllipse(QPointF(0, 0), r, r);
    QPen ring(line, old ? 1.5 : 2.4);
    if (old)
        ring.setDashPattern({1.8, 1.8});
    painter.setPen(ring);
    painter.drawEllipse(QPointF(0, 0), r, r);
    const QColor ink = filled ? (calling ? theme.onGrade(model::Grade::I) : palette.onAccent)
                              : (old ? palette.faint : palette.text);
    Symbols::paintGlyph(painter, squareAbout({}, look.edge * 0.68), look.glyph, ink);
    if (calling)
        paintGradeBadge(painter, squareAbout({}, look.edge), model::Grade::I, theme);
}

/// A protected object, a pin: quiet, in outline.
void paintPlaceLook(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    const Palette& palette = theme.colours();
    const QRectF box = squareAbout({}, look.edge);
    if (look.selected)
        paintHalo(painter, box, theme, true);
    QColor back = palette.mapLabelBack;
    if (look.form == SymbolLook::Form::object) {
        if (look.stacked) {
            painter.setPen(QPen(palette.faint, 1));
            painter.setBrush(back);
            painter.drawEllipse(box.translated(3, 2));
        }
        painter.setPen(QPen(palette.faint, 1.2));
        painter.setBrush(back);
        painter.drawEllipse(box);
        Symbols::paintGlyph(painter, squareAbout({}, look.edge * 0.7), look.glyph, palette.dim);
        return;
    }
    back.setAlpha(235);
    painter.setPen(Qt::NoPen);
    painter.setBrush(back);
    painter.drawEllipse(box.adjusted(-3, -3, 3, 3));
    Symbols::paintGlyph(painter, box, look.glyph, palette.text);
}

} // namespace

std::size_t qHash(const SymbolLook& look, std::size_t seed) {
    const std::uint64_t packed = static_cast<std::uint64_t>(look.form) | static_cast<std::uint64_t>(look.grade) << 8U |
                                 static_cast<std::uint64_t>(look.state) << 16U |
                                 static_cast<std::uint64_t>(look.edge) << 24U |
                                 static_cast<std::uint64_t>(look.turn) << 32U |
                                 static_cast<std::uint64_t>(look.selected) << 40U |
                                 static_cast<std::uint64_t>(look.stacked) << 41U;
    return ::qHash(packed, seed) ^ (::qHash(look.glyph, seed) * 31);
}

double reachOf(const SymbolLook& look) {
    double reach = look.edge / 2.0 + 11; // the badge, the card behind, the halo
    if (look.form == SymbolLook::Form::alarm)
        reach = std::max(reach, look.edge * 0.72 + 5);
    return reach + 2;
}

bool isPaper(const QPainter& painter) {
    const QPaintEngine* engine = painter.paintEngine();
    return engine != nullptr && (engine->type() == QPaintEngine::Pdf || engine->type() == QPaintEngine::SVG ||
                                 engine->type() == QPaintEngine::Picture);
}

void paintSymbol(QPainter& painter, const SymbolLook& look, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    using Form = SymbolLook::Form;
    switch (look.form) {
    case Form::incident:
        paintIncidentLook(painter, look, theme);
        break;
    case Form::alarm:
        paintAlarmLook(painter, look, theme);
        break;
    case Form::report: {
        const QRectF box = squareAbout({}, look.edge);
        if (look.selected)
            paintHalo(painter, box, theme, false);
        if (look.stacked)
            Symbols::paintReport(painter, box.translated(4, 3), true, theme.colours().dim, theme.colours().panel);
        Symbols::paintReport(painter, box, look.state == 1, theme.colours().text, theme.colours().panel);
        break;
    }
    case Form::sensor:
        paintSensorLook(painter, look, theme);
        break;
    case Form::resource:
        paintResourceLook(painter, look, theme);
        break;
    case Form::team:
        paintTeamLook(painter, look, theme);
        break;
    case Form::earthquake:
        paintEarthquakeLook(painter, look, theme);
        break;
    case Form::unit:
        paintUnitLook(painter, look, theme);
        break;
    case Form::object:
    case Form::pin:
    case Form::closure:
        paintPlaceLook(painter, look, theme);
        break;
    }
    painter.restore();
}

QString countText(std::uint32_t count) {
    if (count < 1000)
        return QString::number(count);
    if (count < 10'000)
        return QStringLiteral("%1.%2k").arg(count / 1000).arg(count % 1000 / 100);
    return count < 1'000'000 ? QString::number(count / 1000) + QLatin1Char('k')
                             : QString::number(count / 1'000'000) + QLatin1Char('M');
}

void Sprites::forget() {
    m_symbols.clear();
    m_pills.clear();
    m_signs.clear();
}

void Sprites::use(double ratio) {
    if (ratio == m_ratio)
        return;
    m_ratio = ratio;
    forget();
}

void Sprites::draw(QPainter& painter, const QPointF& at, const SymbolLook& look) {
    if (isPaper(painter)) {
        painter.save();
        painter.translate(at);
        paintSymbol(painter, look, m_theme);
        painter.restore();
        return;
    }
    const double half = std::ceil(reachOf(look));
    auto found = m_symbols.find(look);
    if (found == m_symbols.end()) {
        if (m_symbols.size() >= mostSymbols)
            m_symbols.clear();
        const int edge = static_cast<int>(std::ceil(2 * half * m_ratio));
        QPixmap pixmap(edge, edge);
        pixmap.setDevicePixelRatio(m_ratio);
        pixmap.fill(Qt::transparent);
        QPainter onto(&pixmap);
        onto.translate(half, half);
        paintSymbol(onto, look, m_theme);
        onto.end();
        found = m_symbols.insert(look, pixmap);
    }
    // Onto whole device pixels: that is both sharp and the fast way.
    painter.drawPixmap(QPointF(std::round((at.x() - half) * m_ratio) / m_ratio,
                               std::round((at.y() - half) * m_ratio) / m_ratio),
                       found.value());
}

void Sprites::drawCount(QPainter& painter, const QPointF& at, std::uint32_t count) {
    const QString text = countText(count);
    QFont font = m_theme.font(Theme::Text::hint);
    const auto paintPill = [&](QPainter& onto, double width) {
        onto.setRenderHint(QPainter::Antialiasing);
        onto.setPen(QPen(m_theme.colours().mapGround, 1.5));
        onto.setBrush(m_theme.colours().text);
        onto.drawRoundedRect(QRectF(-width / 2, -8, width, 16), 8, 8);
    };
    if (m_signs.isEmpty() || isPaper(painter)) {
        font.setBold(true);
        m_figure = QFontMetricsF(font).horizontalAdvance(QLatin1Char('8'));
    }
    const auto widthOf = [&](int signs) { return std::max(16.0, std::ceil(signs * m_figure) + 9); };
    const int signs = static_cast<int>(text.size());
    if (isPaper(painter)) {
        painter.save();
        painter.translate(at);
        paintPill(painter, widthOf(signs));
        painter.setFont(font);
        painter.setPen(m_theme.colours().panel);
        painter.drawText(QRectF(-40, -8, 80, 16), Qt::AlignCenter, text);
        painter.restore();
        return;
    }
    const auto pixmapOf = [&](double width, double height) {
        QPixmap pixmap(static_cast<int>(std::ceil(width * m_ratio)), static_cast<int>(std::ceil(height * m_ratio)));
        pixmap.setDevicePixelRatio(m_ratio);
        pixmap.fill(Qt::transparent);
        return pixmap;
    };
    const double width = widthOf(signs);
    QPixmap& pill = m_pills[signs];
    if (pill.isNull()) {
        pill = pixmapOf(width + 2, 18);
        QPainter onto(&pill);
        onto.translate((width + 2) / 2, 9);
        paintPill(onto, width);
    }
    const auto snapped = [&](double x, double y) {
        return QPointF(std::round(x * m_ratio) / m_ratio, std::round(y * m_ratio) / m_ratio);
    };
    painter.drawPixmap(snapped(at.x() - width / 2 - 1, at.y() - 9), pill);
    double x = at.x() - signs * m_figure / 2;
    for (const QChar& c : text) {
        QPixmap& sign = m_signs[c.unicode()];
        if (sign.isNull()) {
            sign = pixmapOf(m_figure + 2, 16);
            font.setBold(true);
            QPainter onto(&sign);
            onto.setFont(font);
            onto.setPen(m_theme.colours().panel);
            onto.drawText(QRectF(0, 0, m_figure + 2, 16), Qt::AlignCenter, QString(c));
        }
        painter.drawPixmap(snapped(x - 1, at.y() - 8), sign);
        x += m_figure;
    }
}

} // namespace tocsin::gui
