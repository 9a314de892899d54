#include "tocsin/gui/symbols.hpp"

#include <QDir>
#include <QFile>
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainterPath>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <QTransform>
#include <algorithm>
#include <cmath>

// In a static library the linker drops the resource's own initialiser: it is called by name, from outside namespaces.
static void initialiseIcons() {
    Q_INIT_RESOURCE(icons);
}

namespace tocsin::gui {
namespace {

QString pathOf(const QString& name) {
    static const bool once = (initialiseIcons(), true);
    Q_UNUSED(once);
    return QStringLiteral(":/tocsin/icons/%1.svg").arg(name);
}

/// The glyph's file in one colour; empty for an unknown name.
QByteArray svgOf(const QString& name, const QColor& colour) {
    QFile file(pathOf(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
}

QPixmap render(const QString& name, QSize pixels, const QColor& colour) {
    const QString key = QStringLiteral("tocsin/%1/%2/%3").arg(name).arg(pixels.width()).arg(colour.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    if (const QByteArray svg = svgOf(name, colour); !svg.isEmpty()) {
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        painter.setOpacity(colour.alphaF());
        renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(pixels)));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QRectF squareIn(const QRectF& rect) {
    const double edge = std::min(rect.width(), rect.height());
    return {rect.center().x() - edge / 2, rect.center().y() - edge / 2, edge, edge};
}

QPainterPath severityShape(const QRectF& box, model::Grade grade) {
    const QPointF c = box.center();
    const double r = box.width() / 2;
    QPolygonF corners;
    switch (grade) {
    case model::Grade::I:
        for (int i = 0; i < 8; ++i) {
            const double a = (22.5 + 45.0 * i) * M_PI / 180.0;
            corners << QPointF(c.x() + r * std::cos(a), c.y() + r * std::sin(a));
        }
        break;
    case model::Grade::II:
        corners << QPointF(c.x(), box.top() + r * 0.08) << QPointF(box.right(), box.bottom() - r * 0.14)
                << QPointF(box.left(), box.bottom() - r * 0.14);
        break;
    case model::Grade::III:
        corners << QPointF(c.x(), box.top()) << QPointF(box.right(), c.y()) << QPointF(c.x(), box.bottom())
                << QPointF(box.left(), c.y());
        break;
    case model::Grade::IV: {
        QPainterPath circle;
        circle.addEllipse(box.adjusted(r * 0.04, r * 0.04, -r * 0.04, -r * 0.04));
        return circle;
    }
    }
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

// The numeral is drawn as serifed strokes rather than text, so that it is the same in every language and font.
void paintNumeral(QPainter& painter, const QRectF& box, model::Grade grade, const QColor& colour) {
    const double u = box.width() / 20.0;
    const double dy = grade == model::Grade::II ? 1.9 * u : 0.0;
    const QPointF c = box.center() + QPointF(0, dy);
    const double h = (grade == model::Grade::II ? 3.1 : 3.5) * u;
    const double weight = std::max(1.0, 1.5 * u);
    painter.setPen(QPen(colour, weight, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    const auto bar = [&](double x) {
        painter.drawLine(QPointF(c.x() + x * u, c.y() - h), QPointF(c.x() + x * u, c.y() + h));
    };
    const auto serifs = [&](double from, double to) {
        painter.drawLine(QPointF(c.x() + from * u, c.y() - h), QPointF(c.x() + to * u, c.y() - h));
        painter.drawLine(QPointF(c.x() + from * u, c.y() + h), QPointF(c.x() + to * u, c.y() + h));
    };
    switch (grade) {
    case model::Grade::I:
        bar(0);
        serifs(-2.1, 2.1);
        break;
    case model::Grade::II:
        bar(-1.6);
        bar(1.6);
        serifs(-3.2, 3.2);
        break;
    case model::Grade::III:
        bar(-2.7);
        bar(0);
        bar(2.7);
        serifs(-4.1, 4.1);
        break;
    case model::Grade::IV: {
        bar(-3.3);
        painter.drawLine(QPointF(c.x() - 4.6 * u, c.y() - h), QPointF(c.x() - 2.0 * u, c.y() - h));
        painter.drawLine(QPointF(c.x() - 4.6 * u, c.y() + h), QPointF(c.x() - 2.0 * u, c.y() + h));
        QPolygonF vee;
        vee << QPointF(c.x() - 0.6 * u, c.y() - h) << QPointF(c.x() + 2.1 * u, c.y() + h * 0.92)
            << QPointF(c.x() + 4.8 * u, c.y() - h);
        painter.drawPolyline(vee);
        break;
    }
    }
}

} // namespace

QPixmap Symbols::glyph(const QString& name, int px, const QColor& colour, qreal dpr) {
    const int edge = std::clamp(static_cast<int>(std::lround(px * dpr)), 1, 1024);
    QPixmap pixmap = render(name, QSize(edge, edge), colour);
    pixmap.setDevicePixelRatio(dpr);
    return pixmap;
}

QIcon Symbols::icon(const QString& name, const QColor& colour, int px, const QColor& disabled) {
    QColor pale = disabled;
    if (!pale.isValid()) {
        pale = colour;
        pale.setAlphaF(colour.alphaF() * 0.4F);
    }
    QIcon icon;
    for (const int times : {1, 2}) {
        icon.addPixmap(glyph(name, px, colour, times), QIcon::Normal);
        icon.addPixmap(glyph(name, px, pale, times), QIcon::Disabled);
    }
    return icon;
}

void Symbols::paintGlyph(QPainter& painter, const QRectF& rect, const QString& name, const QColor& colour) {
    const QRectF box = squareIn(rect);
    const QPaintEngine* engine = painter.paintEngine();
    if (engine != nullptr && (engine->type() == QPaintEngine::Pdf || engine->type() == QPaintEngine::SVG ||
                              engine->type() == QPaintEngine::Picture)) { // paper keeps lines as lines
        QSvgRenderer renderer(svgOf(name, colour));
        painter.save();
        painter.setOpacity(painter.opacity() * colour.alphaF());
        renderer.render(&painter, box);
        painter.restore();
        return;
    }
    const QTransform t = painter.deviceTransform();
    const double scale = std::sqrt(std::abs(t.determinant()));
    const int edge = std::clamp(static_cast<int>(std::lround(box.width() * scale)), 1, 1024);
    const QPixmap pixmap = render(name, QSize(edge, edge), colour);
    if (t.type() <= QTransform::TxScale) { // onto whole device pixels: a glyph between two of them is a blur
        const QPointF device = t.map(box.topLeft());
        const QPointF snapped = t.inverted().map(QPointF(std::round(device.x()), std::round(device.y())));
        painter.drawPixmap(QRectF(snapped, QSizeF(edge / scale, edge / scale)), pixmap, QRectF(pixmap.rect()));
    } else {
        painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()));
    }
}

void Symbols::paintSeverity(QPainter& painter, const QRectF& rect, model::Grade grade, const Theme& theme,
                            bool filled) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = squareIn(rect);
    const double line = std::max(1.2, box.width() * 0.08);
    const QPainterPath shape = severityShape(box.adjusted(line / 2, line / 2, -line / 2, -line / 2), grade);
    const QColor colour = theme.grade(grade);
    painter.setPen(QPen(colour, line, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawPath(shape);
    paintNumeral(painter, box, grade, filled ? theme.onGrade(grade) : colour);
    painter.restore();
}

QPixmap Symbols::severity(model::Grade grade, int px, const Theme& theme, qreal dpr, bool filled) {
    const int edge = std::clamp(static_cast<int>(std::lround(px * dpr)), 1, 1024);
    const QString key = QStringLiteral("tocsin-severity/%1/%2/%3/%4/%5")
                            .arg(static_cast<int>(grade))
                            .arg(edge)
                            .arg(theme.grade(grade).rgba(), 0, 16)
                            .arg(theme.onGrade(grade).rgba(), 0, 16)
                            .arg(filled);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap(edge, edge);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paintSeverity(painter, QRectF(0, 0, edge, edge), grade, theme, filled);
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(dpr);
    return pixmap;
}

void Symbols::paintIncident(QPainter& painter, const QRectF& rect, model::Grade grade, const QString& glyph,
                            const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = squareIn(rect);
    const QPointF c = box.center();
    QPolygonF diamond;
    diamond << QPointF(c.x(), box.top()) << QPointF(box.right(), c.y()) << QPointF(c.x(), box.bottom())
            << QPointF(box.left(), c.y());
    const QColor colour = theme.grade(grade);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(colour);
    painter.drawPolygon(diamond);
    const double edge = box.width() * 0.54;
    paintGlyph(painter, QRectF(c.x() - edge / 2, c.y() - edge / 2, edge, edge), glyph, theme.onGrade(grade));
    painter.restore();
}

void Symbols::paintReport(QPainter& painter, const QRectF& rect, bool verified, const QColor& line,
                          const QColor& fill) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = squareIn(rect);
    const double u = box.width() / 20.0;
    const auto at = [&](double x, double y) { return QPointF(box.left() + x * u, box.top() + y * u); };
    QPainterPath bubble(at(3, 3));
    for (const QPointF& p : {at(17, 3), at(17, 14.5), at(10.5, 14.5), at(7, 18), at(7, 14.5), at(3, 14.5)})
        bubble.lineTo(p);
    bubble.closeSubpath();
    painter.setBrush(fill);
    QPen pen(line, std::max(1.2, 1.5 * u), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (!verified)
        pen.setDashPattern({2.2, 1.5});
    painter.setPen(pen);
    painter.drawPath(bubble);
    pen.setStyle(Qt::SolidLine);
    pen.setCapStyle(Qt::RoundCap);
    pen.setWidthF(std::max(1.3, 1.7 * u));
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    if (verified) {
        QPolygonF tick;
        tick << at(6.8, 8.9) << at(9.2, 11.2) << at(13.4, 6.3);
        painter.drawPolyline(tick);
    } else {
        QPainterPath question(at(8.1, 7.2));
        question.cubicTo(at(8.1, 4.6), at(12.1, 4.6), at(12.0, 7.2));
        question.cubicTo(at(11.9, 8.7), at(10.05, 8.6), at(10.05, 10.1));
        painter.drawPath(question);
        painter.drawPoint(at(10.05, 12.3));
    }
    painter.restore();
}

QBrush Symbols::exerciseBrush(const Theme& theme) {
    const Palette& p = theme.colours();
    QPixmap stripes(16, 16);
    stripes.fill(p.exercise);
    QPainter painter(&stripes);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(p.exerciseDark);
    for (const int x : {-16, 0, 16})
        painter.drawPolygon(QPolygonF{QPointF(x, 16), QPointF(x + 8, 16), QPointF(x + 24, 0), QPointF(x + 16, 0)});
    return QBrush(stripes);
}

QString Symbols::forHazard(const std::string& hazard, model::HazardClass hazardClass) {
    const QString key = QString::fromStdString(hazard).toLower();
    const struct {
        const char* part;
        const char* glyph;
    } table[] = {
        {"flood", "flood"},       {"water", "flood"},         {"dyke", "flood"},        {"fire", "fire"},
        {"smoke", "fire"},        {"landslide", "landslide"}, {"slope", "landslide"},   {"rock", "landslide"},
        {"mudflow", "landslide"}, {"avalanche", "landslide"}, {"quake", "earthquake"},  {"seismic", "earthquake"},
        {"storm", "storm"},       {"wind", "storm"},          {"rain", "storm"},        {"snow", "storm"},
        {"chem", "hazard"},       {"hazmat", "hazard"},       {"accident", "accident"}, {"traffic", "accident"},
        {"health", "health"},     {"epidemic", "health"},     {"security", "security"}};
    for (const auto& row : table)
        if (key.contains(QLatin1String(row.part)))
            return QString::fromLatin1(row.glyph);
    switch (hazardClass) {
    case model::HazardClass::accident:
        return QStringLiteral("accident");
    case model::HazardClass::publicHealth:
        return QStringLiteral("health");
    case model::HazardClass::socialSecurity:
        return QStringLiteral("security");
    case model::HazardClass::naturalDisaster:
        break;
    }
    return QStringLiteral("hazard");
}

QString Symbols::forResource(const model::Resource& resource) {
    const QString code = QString::fromStdString(resource.code).toLower();
    const struct {
        const char* part;
        const char* glyph;
    } table[] = {{"helicopter", "helicopter"}, {"drone", "drone"},       {"pump", "pump"},         {"boat", "boat"},
                 {"water-rescue", "boat"},     {"hospital", "hospital"}, {"ambulance", "hospital"}};
    for (const auto& row : table)
        if (code.contains(QLatin1String(row.part)))
            return QString::fromLatin1(row.glyph);
    if (resource.kind == model::ResourceKind::mobileFacility && resource.flies)
        return QStringLiteral("helicopter");
    return forResourceKind(resource.kind);
}

QString Symbols::forResourceKind(model::ResourceKind kind) {
    switch (kind) {
    case model::ResourceKind::team:
        return QStringLiteral("team");
    case model::ResourceKind::vehicle:
        return QStringLiteral("vehicle");
    case model::ResourceKind::warehouse:
        return QStringLiteral("warehouse");
    case model::ResourceKind::shelter:
        return QStringLiteral("shelter");
    case model::ResourceKind::hospital:
        return QStringLiteral("hospital");
    case model::ResourceKind::expert:
        return QStringLiteral("expert");
    case model::ResourceKind::mobileFacility:
        return QStringLiteral("facility");
    case model::ResourceKind::station:
        return QStringLiteral("station");
    case model::ResourceKind::enterprise:
        return QStringLiteral("enterprise");
    case model::ResourceKind::volunteer:
        return QStringLiteral("volunteer");
    case model::ResourceKind::gridMember:
        return QStringLiteral("grid-member");
    case model::ResourceKind::partner:
        return QStringLiteral("partner");
    }
    return QStringLiteral("team");
}

QString Symbols::forSensor(model::SensorKind kind) {
    switch (kind) {
    case model::SensorKind::riverLevel:
        return QStringLiteral("river-level");
    case model::SensorKind::rain:
        return QStringLiteral("rain");
    case model::SensorKind::soilMovement:
        return QStringLiteral("soil-movement");
    case model::SensorKind::seismicIntensity:
        return QStringLiteral("seismic");
    case model::SensorKind::smoke:
        return QStringLiteral("smoke");
    case model::SensorKind::weather:
        return QStringLiteral("weather");
    case model::SensorKind::other:
        break;
    }
    return QStringLiteral("sensor");
}

bool Symbols::has(const QString& name) {
    return QFile::exists(pathOf(name));
}

QStringList Symbols::names() {
    Q_UNUSED(pathOf(QString()));
    QStringList all = QDir(QStringLiteral(":/tocsin/icons")).entryList({QStringLiteral("*.svg")}, QDir::Files);
    for (QString& name : all)
        name.chop(4);
    return all;
}

} // namespace tocsin::gui
