#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace tocsin::gui {

IncidentLayer::IncidentLayer() : SymbolLayer(QStringLiteral("incidents")) {}
QString IncidentLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Incidents");
}

void IncidentLayer::layOut(LayerContext& context) {
    m_marks.clear();
    std::vector<const model::Incident*> open;
    for (const auto& [id, incident] : context.state.incidents)
        if (incident.state == model::IncidentState::open)
            open.push_back(&incident);
    // The selected one first, then the gravest, then the newest.
    std::sort(open.begin(), open.end(), [&](const auto* a, const auto* b) {
        const bool sa = context.isSelected(a->id);
        const bool sb = context.isSelected(b->id);
        if (sa != sb)
            return sa;
        return a->grade != b->grade ? a->grade < b->grade : a->openedAt > b->openedAt;
    });
    for (const model::Incident* incident : open) {
        Mark mark;
        mark.home = context.view.toScreen(incident->position);
        if (!context.sees(mark.home))
            continue;
        mark.edge = incident->grade <= model::Grade::II ? 42 : 36;
        mark.at = context.board.roomFor(mark.home, mark.edge).value_or(mark.home);
        mark.grade = incident->grade;
        mark.glyph = Symbols::forHazard(incident->hazard, incident->hazardClass);
        mark.selected = context.isSelected(incident->id);
        m_marks.push_back(mark);
        const QRectF box = squareAbout(mark.at, mark.edge);
        context.board.reserve(box);

        LabelBoard::Label label;
        label.text = Words::shortened(Words::local(incident->title, context.ui.language), 34);
        label.font = Theme::Text::bodyBold;
        label.must = mark.selected || incident->grade <= model::Grade::II;
        const auto at = context.board.place(box, label);
        MapHit hit;
        hit.area = pathOf(box);
        if (at)
            hit.area.addRect(*at);
        hit.centre = mark.at;
        hit.what = incident->id;
        hit.rank = static_cast<int>(incident->grade) - 1;
        hit.tip = Words::plain(incident->number) + QStringLiteral(" · ") +
                  Words::local(incident->title, context.ui.language) + QLatin1Char('\n') +
                  Words::grade(incident->grade);
        if (!incident->place.empty())
            hit.tip += QStringLiteral(" · ") + Words::local(incident->place, context.ui.language);
        context.hits.push_back(hit);
    }
}

void IncidentLayer::paint(QPainter& painter, const LayerContext& context) {
    for (auto mark = m_marks.rbegin(); mark != m_marks.rend(); ++mark) {
        const QRectF box = squareAbout(mark->at, mark->edge);
        paintLeader(painter, mark->at, mark->home, context.theme().grade(mark->grade));
        if (mark->selected)
            paintHalo(painter, box, context.theme(), true);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(context.theme().colours().mapGround, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF c = mark->at;
        const double r = mark->edge / 2;
        painter.drawPolygon(QPolygonF{c + QPointF(0, -r), c + QPointF(r, 0), c + QPointF(0, r), c + QPointF(-r, 0)});
        painter.restore();
        Symbols::paintIncident(painter, box, mark->grade, mark->glyph, context.theme());
        paintGradeBadge(painter, box.adjusted(4, 4, -4, -4), mark->grade, context.theme());
    }
}

} // namespace tocsin::gui
