#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace tocsin::gui {
namespace {
constexpr double edge = 25;
} // namespace

ReportLayer::ReportLayer() : SymbolLayer(QStringLiteral("reports")) {}
QString ReportLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Reports");
}

void ReportLayer::layOut(LayerContext& context) {
    m_marks.clear();
    std::vector<const model::Report*> shown;
    for (const auto& [id, report] : context.state.reports) {
        if (report.state == model::ReportState::dismissed || !report.position)
            continue;
        if (report.incident) { // its incident is over, and so is it
            const auto incident = context.state.incidents.find(*report.incident);
            if (incident != context.state.incidents.end() && incident->second.state == model::IncidentState::closed)
                continue;
        }
        shown.push_back(&report);
    }
    std::sort(shown.begin(), shown.end(), [&](const auto* a, const auto* b) {
        const bool sa = context.isSelected(a->id);
        const bool sb = context.isSelected(b->id);
        if (sa != sb)
            return sa;
        return a->state != b->state ? a->state < b->state : a->receivedAt > b->receivedAt;
    });
    for (const model::Report* report : shown) {
        Mark mark;
        mark.home = context.view.toScreen(*report->position);
        if (!context.sees(mark.home))
            continue;
        const bool selected = context.isSelected(report->id);
        const auto room = context.board.roomFor(mark.home, edge);
        if (!room && !selected && context.view.zoom < 15)
            continue; // a crowd of them: nearer they part
        mark.at = room.value_or(mark.home);
        mark.verified = report->state == model::ReportState::verified;
        mark.selected = selected;
        m_marks.push_back(mark);
        context.board.reserve(squareAbout(mark.at, edge));
        MapHit hit;
        hit.area = pathOf(squareAbout(mark.at, edge + 2));
        hit.centre = mark.at;
        hit.what = report->id;
        hit.rank = mark.verified ? 7 : 5;
        hit.tip = Words::reportState(report->state) + QStringLiteral(" · ") +
                  Words::age(context.now - report->receivedAt) + QLatin1Char('\n') +
                  Words::quoted(Words::shortened(Words::plain(report->text), 90));
        context.hits.push_back(hit);
    }
}

void ReportLayer::paint(QPainter& painter, const LayerContext& context) {
    const Palette& palette = context.theme().colours();
    for (auto mark = m_marks.rbegin(); mark != m_marks.rend(); ++mark) {
        const QRectF box = squareAbout(mark->at, edge);
        paintLeader(painter, mark->at, mark->home, palette.dim);
        if (mark->selected)
            paintHalo(painter, box, context.theme(), false);
        Symbols::paintReport(painter, box, mark->verified, palette.text, palette.panel);
    }
}

} // namespace tocsin::gui
