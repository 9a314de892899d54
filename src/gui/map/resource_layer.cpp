#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QLineF>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace tocsin::gui {
namespace {

/// The zoom from which a kind is shown; what can be sent is worth its room first.
double zoomFor(model::ResourceKind kind) {
    switch (kind) {
    case model::ResourceKind::team:
    case model::ResourceKind::vehicle:
    case model::ResourceKind::mobileFacility:
        return 9;
    case model::ResourceKind::hospital:
    case model::ResourceKind::station:
        return 11.4;
    case model::ResourceKind::warehouse:
    case model::ResourceKind::shelter:
        return 12.9;
    case model::ResourceKind::expert:
        return 13.9;
    }
    return 13;
}

int precedence(model::ResourceKind kind) {
    switch (kind) {
    case model::ResourceKind::vehicle:
        return 0;
    case model::ResourceKind::team:
        return 1;
    case model::ResourceKind::mobileFacility:
        return 2;
    case model::ResourceKind::hospital:
        return 3;
    case model::ResourceKind::station:
        return 4;
    case model::ResourceKind::shelter:
        return 5;
    case model::ResourceKind::warehouse:
        return 6;
    case model::ResourceKind::expert:
        break;
    }
    return 7;
}

/// How near two resources may be before they share a symbol, pixels.
double clusterRadius(double zoom) {
    if (zoom < 11.6)
        return 64;
    return zoom < 13.4 ? 44 : 26;
}

} // namespace

ResourceLayer::ResourceLayer() : SymbolLayer(QStringLiteral("resources")) {}
QString ResourceLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Resources");
}

void ResourceLayer::layOut(LayerContext& context) {
    m_marks.clear();
    std::set<model::ResourceId> moving; // drawn as chevrons on their way
    for (const auto& [id, assignment] : context.state.assignments)
        if (assignment.state == model::AssignmentState::enRoute && model::progressOf(assignment, context.now))
            moving.insert(assignment.resource);

    struct Shown {
        const model::Resource* resource;
        QPointF at;
    };
    std::vector<Shown> shown;
    for (const auto& [id, resource] : context.state.resources) {
        const bool selected = context.isSelected(id);
        const bool busy = resource.status == model::ResourceStatus::assigned;
        if (moving.contains(id) || (!selected && !busy && context.view.zoom < zoomFor(resource.kind)))
            continue;
        const QPointF at = context.view.toScreen(resource.position);
        if (!context.sees(at, 80))
            continue;
        if (selected)
            add(context, {&resource}, at);
        else
            shown.push_back({&resource, at});
    }
    std::sort(shown.begin(), shown.end(), [](const Shown& a, const Shown& b) {
        const bool busyA = a.resource->status == model::ResourceStatus::assigned;
        const bool busyB = b.resource->status == model::ResourceStatus::assigned;
        if (busyA != busyB)
            return busyA;
        const int pa = precedence(a.resource->kind);
        const int pb = precedence(b.resource->kind);
        return pa != pb ? pa < pb : a.resource->id < b.resource->id;
    });
    // Greedy clusters: each resource joins the nearest cluster within the radius, so that panning changes nothing. The
    // grid only saves looking at those far away.
    struct Cluster {
        std::vector<const model::Resource*> members;
        QPointF seed;
        QPointF sum;
    };
    std::vector<Cluster> clusters;
    std::map<std::pair<int, int>, std::vector<std::size_t>> grid;
    const double radius = clusterRadius(context.view.zoom);
    const auto cell = [&](const QPointF& p) {
        return std::pair(static_cast<int>(std::floor(p.x() / radius)), static_cast<int>(std::floor(p.y() / radius)));
    };
    for (const Shown& s : shown) {
        const auto [cx, cy] = cell(s.at);
        Cluster* home = nullptr;
        double nearest = radius;
        for (int y = cy - 1; y <= cy + 1; ++y)
            for (int x = cx - 1; x <= cx + 1; ++x)
                if (const auto found = grid.find({x, y}); found != grid.end())
                    for (const std::size_t i : found->second)
                        if (const double far = QLineF(clusters[i].seed, s.at).length(); far < nearest) {
                            nearest = far;
                            home = &clusters[i];
                        }
        if (!home) {
            grid[{cx, cy}].push_back(clusters.size());
            clusters.push_back({{}, s.at, {}});
            home = &clusters.back();
        }
        home->members.push_back(s.resource);
        home->sum += s.at;
    }
    for (const Cluster& cluster : clusters)
        add(context, cluster.members,
            cluster.members.size() < 2 ? cluster.seed : cluster.sum / double(cluster.members.size()));
}

void ResourceLayer::add(LayerContext& context, const std::vector<const model::Resource*>& members, QPointF centre) {
    Mark mark;
    mark.count = static_cast<int>(members.size());
    const bool selected = members.size() == 1 && context.isSelected(members.front()->id);
    mark.selected = selected;
    mark.edge = members.size() > 1 ? 25 : 22;
    const auto room = context.board.roomFor(centre, members.size() > 1 ? mark.edge + 12 : mark.edge);
    const bool anyBusy = std::any_of(members.begin(), members.end(),
                                     [](const auto* r) { return r->status == model::ResourceStatus::assigned; });
    const bool allBusy = std::all_of(members.begin(), members.end(),
                                     [](const auto* r) { return r->status == model::ResourceStatus::assigned; });
    const bool allOut = std::all_of(members.begin(), members.end(),
                                    [](const auto* r) { return r->status == model::ResourceStatus::outOfService; });
    if (!room && !selected && !anyBusy)
        return; // graver things stand here; nearer there is room
    mark.at = room.value_or(centre);
    mark.status = allOut ? model::ResourceStatus::outOfService
                         : (allBusy ? model::ResourceStatus::assigned : model::ResourceStatus::available);
    const auto face = std::min_element(members.begin(), members.end(), [](const auto* a, const auto* b) {
        return precedence(a->kind) < precedence(b->kind);
    });
    mark.glyph = Symbols::forResource(**face);
    m_marks.push_back(mark);
    const QRectF box = squareAbout(mark.at, mark.edge);
    context.board.reserve(members.size() > 1 ? box.adjusted(-2, -8, 12, 4) : box);

    MapHit hit;
    hit.area = pathOf(box.adjusted(-2, -2, 2, 2));
    hit.centre = mark.at;
    hit.rank = 9;
    if (members.size() == 1) {
        const model::Resource& one = *members.front();
        const QString name = Words::local(one.name, context.ui.language);
        hit.what = one.id;
        hit.tip = name + QLatin1Char('\n') + Words::resourceKind(one.kind) + QStringLiteral(" · ") +
                  Words::resourceStatus(one.status);
        if (selected || context.view.zoom >= 15.4) {
            LabelBoard::Label label;
            label.text = Words::shortened(one.callSign.empty() ? name : Words::plain(one.callSign), 28);
            label.must = selected;
            label.colour = selected ? QColor() : context.theme().colours().dim;
            static_cast<void>(context.board.place(box, label));
        }
    } else {
        std::map<model::ResourceKind, int> kinds;
        for (const model::Resource* r : members) {
            ++kinds[r->kind];
            hit.members.push_back(r->id);
            hit.places.push_back(r->position);
        }
        hit.tip = QCoreApplication::translate("tocsin::gui::MapView", "%n resources here", nullptr, mark.count);
        for (const auto& [kind, count] : kinds)
            hit.tip += QLatin1Char('\n') + QString::number(count) + QStringLiteral(" × ") + Words::resourceKind(kind);
    }
    context.hits.push_back(hit);
}

void ResourceLayer::paint(QPainter& painter, const LayerContext& context) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = context.theme().colours();
    const bool dark = context.theme().look() == Theme::Look::dark;
    const QColor white = dark ? QColor(0xee, 0xf2, 0xf5) : QColor(0xff, 0xff, 0xff);
    const QColor ink(0x14, 0x19, 0x1e);
    for (auto mark = m_marks.rbegin(); mark != m_marks.rend(); ++mark) {
        const QRectF box = squareAbout(mark->at, mark->edge);
        if (mark->selected)
            paintHalo(painter, box, context.theme(), false);
        QColor fill = white;
        QColor line = dark ? QColor(0x0b, 0x10, 0x15) : ink;
        QColor glyph = ink;
        if (mark->status == model::ResourceStatus::assigned) {
            fill = palette.accent;
            line = dark ? QColor(0x0b, 0x14, 0x1a) : QColor(Qt::white);
            glyph = palette.onAccent;
        } else if (mark->status == model::ResourceStatus::outOfService) {
            fill = palette.mapGround;
            line = palette.faint;
            glyph = palette.faint;
        }
        if (mark->count > 1) { // a second card behind says that there are more
            painter.setPen(QPen(line, 1.2));
            QColor back = fill;
            back.setAlphaF(0.75F);
            painter.setBrush(back);
            painter.drawRoundedRect(box.translated(3, 3), 5, 5);
        }
        painter.setPen(QPen(line, 1.4));
        painter.setBrush(fill);
        painter.drawRoundedRect(box, 5, 5);
        Symbols::paintGlyph(painter, squareAbout(mark->at, mark->edge * 0.76), mark->glyph, glyph);
        if (mark->count > 1)
            paintCount(painter, box, mark->count, context.theme());
    }
    painter.restore();
}

} // namespace tocsin::gui
