#include "gui/tools/measure_tool.hpp"

#include "gui/tools/measures.hpp"
#include "tocsin/geo/coordinates.hpp"
#include "tocsin/geo/measure.hpp"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLineF>

namespace tocsin::gui {
namespace {

model::Line closed(model::Line ring) {
    if (!ring.empty())
        ring.push_back(ring.front());
    return ring;
}

} // namespace

QString MeasureTool::value() const {
    const model::Line line = shape();
    if (line.size() < 2)
        return {};
    if (m_what == What::distance)
        return Measures::distance(geo::length(line));
    return line.size() < 3 ? QString() : Measures::area(geo::area(closed(line)));
}

QString MeasureTool::second() const {
    const model::Line line = shape();
    if (line.size() < 2)
        return {};
    if (m_what == What::area)
        return line.size() < 3 ? QString()
                               : tr("edge %1", "perimeter").arg(Measures::distance(geo::length(closed(line))));
    const model::Position& from = line[line.size() - 2];
    const QString bearing = Measures::bearing(geo::bearing(from, line.back()));
    if (line.size() == 2)
        return bearing;
    return tr("last part %1 · %2", "distance, bearing")
        .arg(Measures::distance(geo::distance(from, line.back())), bearing);
}

QString MeasureTool::text() const {
    QStringList lines{value() + (second().isEmpty() ? QString() : QStringLiteral(" · ") + second())};
    for (const model::Position& p : points())
        lines << QString::fromStdString(geo::formatCoordinates(p, geo::CoordinateForm::decimal));
    return lines.join(QLatin1Char('\n'));
}

void MeasureTool::paintWords(QPainter& painter, const MapView& view) {
    const model::Line line = isRing() && shape().size() > 2 ? closed(shape()) : shape();
    for (std::size_t i = 1; i < line.size(); ++i) {
        const QLineF side(view.toScreen(line[i - 1]), view.toScreen(line[i]));
        // A single part says what the end says.
        if (side.length() > 90 && (line.size() > 2 || isRing()))
            paintPlate(painter, m_theme, side.center(), Measures::distance(geo::distance(line[i - 1], line[i])), false);
    }
    if (line.size() < 2 || value().isEmpty())
        return;
    if (!isRing()) {
        paintPlate(painter, m_theme, view.toScreen(line.back()) + QPointF(0, -22), value(), true);
        return;
    }
    QPolygonF ring;
    for (const model::Position& p : line)
        ring << view.toScreen(p);
    paintPlate(painter, m_theme, ring.boundingRect().center(), value(), true);
}

// ---- the bar

MeasureBar::MeasureBar(MeasureTool& tool, const Theme& theme, QWidget* parent)
    : FootBar(theme, tool.isRing() ? QStringLiteral("area") : QStringLiteral("measure"), parent), m_tool(tool),
      m_copy(addButton()) {
    setObjectName(QStringLiteral("measureBar"));
    m_copy->setObjectName(QStringLiteral("copyMeasure"));
    if (tool.isRing()) {
        m_keep = addButton();
        m_keep->setObjectName(QStringLiteral("keepMeasured"));
        connect(m_keep, &QPushButton::clicked, this, &MeasureBar::keepWanted);
    }
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_tool.text()); });
    connect(&tool, &PointTool::changed, this, &MeasureBar::refresh);
    retranslate();
}

void MeasureBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    FootBar::changeEvent(event);
}

void MeasureBar::retranslate() {
    m_copy->setText(tr("Copy"));
    if (m_keep != nullptr)
        m_keep->setText(tr("Keep as an area …"));
    cross().say(tr("Stop measuring"), tr("Esc"));
    refresh();
}

void MeasureBar::refresh() {
    if (!m_tool.isActive())
        return;
    const bool any = !m_tool.value().isEmpty();
    QString hint;
    if (m_tool.isFinished())
        hint = tr("Click to measure anew");
    else if (m_tool.points().empty())
        hint = tr("Click on the map, or Space for its middle");
    else if (m_tool.points().size() < m_tool.least())
        hint = tr("Click the next point · Backspace takes one back");
    else
        hint = tr("Double click or Enter ends · Backspace takes one back");
    setWords(any               ? m_tool.value()
             : m_tool.isRing() ? tr("Measure an area")
                               : tr("Measure a distance"),
             m_tool.second(), hint);
    m_copy->setEnabled(any && m_tool.points().size() >= m_tool.least());
    if (m_keep != nullptr)
        m_keep->setEnabled(m_tool.points().size() >= m_tool.least());
}

} // namespace tocsin::gui
