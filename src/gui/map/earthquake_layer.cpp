#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {
using namespace std::chrono_literals;
constexpr base::Duration shownFor = 7 * 24h;
} // namespace

EarthquakeLayer::EarthquakeLayer() : SymbolLayer(QStringLiteral("earthquakes")) {}
QString EarthquakeLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Earthquakes");
}

void EarthquakeLayer::layOut(LayerContext& context) {
    m_marks.clear();
    for (const auto& [id, quake] : context.state.earthquakes) {
        if (quake.status == "deleted" || context.now - quake.time > shownFor)
            continue;
        Mark mark;
        mark.at = context.view.toScreen(quake.position);
        if (!context.sees(mark.at))
            continue;
        mark.radius = std::clamp(4.0 + 3.2 * quake.magnitude.value_or(1.5), 7.0, 32.0);
        mark.selected = context.isSelected(id);
        m_marks.push_back(mark);
        const QRectF box = squareAbout(mark.at, mark.radius * 2);
        context.board.reserve(box);
        LabelBoard::Label label;
        const QString size = quake.magnitude ? QCoreApplication::translate("tocsin::gui::MapView", "M %1", "magnitude")
                                                   .arg(*quake.magnitude, 0, 'f', 1)
                                             : QCoreApplication::translate("tocsin::gui::MapView", "Earthquake");
        label.text = QCoreApplication::translate("tocsin::gui::MapView", "%1 · %2 ago")
                         .arg(size, Words::span(context.now - quake.time));
        const auto at = context.board.place(box, label);
        MapHit hit;
        hit.area = pathOf(box);
        if (at)
            hit.area.addRect(*at);
        hit.centre = mark.at;
        hit.what = id;
        hit.rank = 7;
        hit.tip = label.text + QLatin1Char('\n') + Words::plain(quake.place);
        if (quake.depthKm)
            hit.tip += QStringLiteral(" · ") +
                       QCoreApplication::translate("tocsin::gui::MapView", "%1 km deep").arg(*quake.depthKm, 0, 'f', 0);
        context.hits.push_back(hit);
    }
}

void EarthquakeLayer::paint(QPainter& painter, const LayerContext& context) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = context.theme().colours();
    for (const Mark& mark : m_marks) {
        if (mark.selected)
            paintHalo(painter, squareAbout(mark.at, mark.radius * 2), context.theme(), true);
        QColor wash = palette.text;
        wash.setAlpha(26);
        painter.setBrush(wash);
        painter.setPen(QPen(palette.text, 1.5));
        painter.drawEllipse(mark.at, mark.radius, mark.radius);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette.dim, 1, Qt::DashLine));
        painter.drawEllipse(mark.at, mark.radius + 4, mark.radius + 4);
        Symbols::paintGlyph(painter, squareAbout(mark.at, std::min(18.0, mark.radius * 1.5)),
                            QStringLiteral("earthquake"), palette.text);
    }
    painter.restore();
}

} // namespace tocsin::gui
