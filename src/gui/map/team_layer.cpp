#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>

namespace tocsin::gui {

TeamLayer::TeamLayer() : SymbolLayer(QStringLiteral("teams")) {}
QString TeamLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Teams on their way");
}

void TeamLayer::layOut(LayerContext& context) {
    m_marks.clear();
    m_moving = false;
    for (const auto& [id, assignment] : context.state.assignments) {
        if (assignment.state != model::AssignmentState::enRoute)
            continue;
        const auto progress = model::progressOf(assignment, context.now);
        if (!progress)
            continue;
        m_moving = m_moving || progress->fraction < 1;
        Mark mark;
        mark.at = context.view.toScreen(progress->position);
        if (!context.sees(mark.at))
            continue;
        mark.heading = progress->headingDegrees;
        mark.selected = context.isSelected(id) || context.isSelected(assignment.resource);
        m_marks.push_back(mark);
        const QRectF box = squareAbout(mark.at, 26);
        context.board.reserve(box);

        const auto resource = context.state.resources.find(assignment.resource);
        QString name = QCoreApplication::translate("tocsin::gui::MapView", "team");
        if (resource != context.state.resources.end())
            name = resource->second.callSign.empty() ? Words::local(resource->second.name, context.ui.language)
                                                     : Words::plain(resource->second.callSign);
        const QString left = progress->fraction < 1 ? Words::eta(progress->left)
                                                    : QCoreApplication::translate("tocsin::gui::MapView", "arrived",
                                                                                  "a team at its place");
        LabelBoard::Label label;
        label.text =
            QCoreApplication::translate("tocsin::gui::MapView", "%1 · %2", "a team; how long until it is there")
                .arg(name, left);
        label.font = Theme::Text::body;
        label.must = mark.selected || context.view.zoom > 12.4;
        const auto at = context.board.place(box, label);
        MapHit hit;
        hit.area = pathOf(box);
        if (at)
            hit.area.addRect(*at);
        hit.centre = mark.at;
        hit.what = assignment.resource;
        hit.rank = 6;
        hit.tip = resource == context.state.resources.end()
                      ? label.text
                      : Words::local(resource->second.name, context.ui.language) + QLatin1Char('\n') + label.text;
        context.hits.push_back(hit);
    }
}

void TeamLayer::paint(QPainter& painter, const LayerContext& context) {
    const Palette& palette = context.theme().colours();
    for (const Mark& mark : m_marks) {
        if (mark.selected)
            paintHalo(painter, squareAbout(mark.at, 26), context.theme(), true);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(mark.at);
        painter.rotate(mark.heading);
        const QPolygonF chevron{QPointF(0, -13), QPointF(9.5, 11), QPointF(0, 6), QPointF(-9.5, 11)};
        painter.setPen(QPen(context.theme().look() == Theme::Look::dark ? QColor(0x0b, 0x14, 0x1a) : QColor(Qt::white),
                            4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(palette.accent);
        painter.drawPolygon(chevron);
        painter.setPen(Qt::NoPen);
        painter.drawPolygon(chevron);
        painter.restore();
    }
}

} // namespace tocsin::gui
