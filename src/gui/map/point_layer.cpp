#include "gui/map/point_layer.hpp"

#include <QLineF>
#include <algorithm>
#include <cmath>
#include <tuple>

namespace tocsin::gui {
namespace {

WorldBox boxOf(const Viewport& view, const QRectF& area) {
    const map::WorldPoint low = view.toWorld(area.topLeft());
    const map::WorldPoint high = view.toWorld(area.bottomRight());
    return {low.x, low.y, high.x, high.y};
}

/// The figure stands at the upper right corner of what it counts.
QPointF countPlace(const SymbolLook& look) {
    return {look.edge / 2.0 + 1, -look.edge / 2.0};
}

/// Groups that came out of the trees, joined where they are too near to stand apart.
struct Join {
    QPointF seed;
    QPointF sum;
    std::uint32_t count{0};
    ClusterTree::Group all;
    std::vector<std::pair<int, ClusterTree::Group>> parts;
};

/// Which joins lie where, so that each group looks only at its neighbours.
class Neighbours {
  public:
    Neighbours(const QRectF& area, double radius)
        : m_area(area), m_radius(radius), m_columns(static_cast<int>(area.width() / radius) + 3),
          m_rows(static_cast<int>(area.height() / radius) + 3),
          m_cells(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows)) {}
    [[nodiscard]] int nearest(const QPointF& at, const std::vector<Join>& joins) const {
        const auto [cx, cy] = cell(at);
        int best = -1;
        double far = m_radius;
        for (int y = std::max(0, cy - 1); y <= std::min(m_rows - 1, cy + 1); ++y)
            for (int x = std::max(0, cx - 1); x <= std::min(m_columns - 1, cx + 1); ++x)
                for (const int i : m_cells[static_cast<std::size_t>(y * m_columns + x)]) {
                    const QPointF d = joins[static_cast<std::size_t>(i)].seed - at;
                    if (const double length = std::hypot(d.x(), d.y()); length < far) {
                        far = length;
                        best = i;
                    }
                }
        return best;
    }
    void add(const QPointF& at, int join) {
        const auto [x, y] = cell(at);
        m_cells[static_cast<std::size_t>(y * m_columns + x)].push_back(join);
    }

  private:
    [[nodiscard]] std::pair<int, int> cell(const QPointF& at) const {
        return {std::clamp(static_cast<int>(std::floor((at.x() - m_area.left()) / m_radius)) + 1, 0, m_columns - 1),
                std::clamp(static_cast<int>(std::floor((at.y() - m_area.top()) / m_radius)) + 1, 0, m_rows - 1)};
    }
    QRectF m_area;
    double m_radius;
    int m_columns;
    int m_rows;
    std::vector<std::vector<int>> m_cells;
};

} // namespace

// ---- the index

void PointLayer::refresh(const MapScene& scene, Handle handle) {
    if (handle >= m_slots.size())
        m_slots.resize(static_cast<std::size_t>(handle) + 1);
    const std::optional<Facts> now = facts(scene, handle);
    if (!now) {
        drop(handle);
        return;
    }
    Slot& slot = m_slots[handle];
    const auto count = [this](const Slot& s, int sign) {
        m_known += s.known ? sign : 0;
        m_grave += s.known && s.grave ? sign : 0;
        m_graveHidden += s.known && s.grave && !s.shown ? sign : 0;
    };
    const bool passed = passes(now->traits, scene.now);
    const auto tier = static_cast<std::uint8_t>(std::clamp(now->tier, 0, tiers - 1));
    if (m_trees[slot.tier].holds(handle) && (!passed || slot.tier != tier || m_apart == handle))
        m_trees[slot.tier].remove(handle);
    count(slot, -1);
    slot.known = true;
    slot.shown = passed;
    slot.grave = now->grave;
    slot.rank = static_cast<std::uint8_t>(now->rank);
    slot.tier = tier;
    count(slot, 1);
    if (passed && m_apart != handle)
        m_trees[tier].set(handle, now->at, now->rank, now->tally);
}

void PointLayer::refreshAll(const MapScene& scene) {
    for (Handle handle = 0; handle < m_slots.size(); ++handle)
        refresh(scene, handle);
}

void PointLayer::drop(Handle handle) {
    if (handle >= m_slots.size())
        return;
    Slot& slot = m_slots[handle];
    if (!slot.known)
        return;
    m_trees[slot.tier].remove(handle);
    --m_known;
    m_grave -= slot.grave ? 1 : 0;
    m_graveHidden -= slot.grave && !slot.shown ? 1 : 0;
    slot = {};
}

void PointLayer::dropAll() {
    for (ClusterTree& tree : m_trees)
        tree.clear();
    m_slots.clear();
    m_marks.clear();
    m_known = m_grave = m_graveHidden = 0;
    m_apart.reset();
}

void PointLayer::setApart(const MapScene& scene, std::optional<Handle> handle) {
    if (m_apart == handle)
        return;
    const std::optional<Handle> before = m_apart;
    m_apart = handle;
    if (before && *before < m_slots.size())
        refresh(scene, *before);
    if (handle)
        refresh(scene, *handle);
}

void PointLayer::age(const MapScene& scene) {
    if (filter().newest || !filter().hiddenStates.isEmpty())
        refreshAll(scene);
}

void PointLayer::groupsIn(const WorldBox& box, double cell, std::vector<ClusterTree::Group>& into) const {
    for (const ClusterTree& tree : m_trees)
        tree.groups(box, cell, into);
}

// ---- the layout

void PointLayer::layOut(LayerContext& context) {
    m_marks.clear();
    m_shown = 0;
    const Selected& current = context.ui.selection.current();
    setApart(context, handleOf(current));
    if (m_apart)
        if (const auto known = facts(context, *m_apart)) {
            Mark mark;
            mark.home = context.view.toScreen(known->at);
            mark.handle = *m_apart;
            if (context.sees(mark.home, 40))
                put(context, std::move(mark), draw(context, context.view.zoom, *m_apart, true), current);
        }
    cluster(context);
}

void PointLayer::cluster(LayerContext& context) {
    const double zoom = context.view.zoom;
    const double radius = together(zoom);
    struct Seed {
        QPointF at;
        int worst;
        int tier;
        ClusterTree::Group group;
    };
    std::vector<Seed> seeds;
    std::vector<ClusterTree::Group> groups;
    for (int tier = 0; tier < tiers; ++tier) {
        if (zoom < tierZoom(tier) - 0.1)
            continue;
        groups.clear();
        m_trees[static_cast<std::size_t>(tier)].groups(boxOf(context.view, context.area.adjusted(-30, -30, 30, 30)),
                                                       radius / context.view.worldPixels(), groups);
        for (const ClusterTree::Group& group : groups)
            seeds.push_back({context.view.toScreen(map::WorldPoint{group.x, group.y}), group.worst(), tier, group});
    }
    // By what they are and where they are in the world, never by where the view happens to be: panning changes nothing.
    std::vector<std::uint32_t> order(seeds.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<std::uint32_t>(i);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const Seed& s = seeds[a];
        const Seed& t = seeds[b];
        return std::tie(s.worst, s.group.x, s.group.y) < std::tie(t.worst, t.group.x, t.group.y);
    });
    std::vector<Join> joins;
    joins.reserve(seeds.size());
    Neighbours near(context.area.adjusted(-30, -30, 30, 30), radius);
    for (const std::uint32_t i : order) {
        Seed& seed = seeds[i];
        int home = near.nearest(seed.at, joins);
        if (home < 0) {
            home = static_cast<int>(joins.size());
            joins.push_back({});
            joins.back().seed = seed.at;
            near.add(seed.at, home);
        }
        Join& join = joins[static_cast<std::size_t>(home)];
        join.sum += seed.at * seed.group.count;
        join.count += seed.group.count;
        for (std::size_t k = 0; k < join.all.byRank.size(); ++k)
            join.all.byRank[k] += seed.group.byRank[k];
        for (std::size_t k = 0; k < join.all.byState.size(); ++k)
            join.all.byState[k] += seed.group.byState[k];
        join.parts.emplace_back(seed.tier, seed.group);
    }
    m_marks.reserve(joins.size() + 1);
    for (Join& join : joins) {
        Mark mark;
        mark.count = join.count;
        mark.home = join.count > 1 ? join.sum / join.count : join.seed;
        if (join.count == 1) {
            mark.handle = join.parts.front().second.source;
            if (!facts(context, mark.handle))
                continue; // gone, though nobody has said so yet
            const Drawn drawn = draw(context, zoom, mark.handle, false);
            put(context, std::move(mark), drawn, selectedOf(join.parts.front().second.source));
        } else {
            mark.all = join.all;
            mark.all.count = join.count;
            mark.parts = std::move(join.parts);
            Drawn drawn = drawCluster(context, mark.all);
            nameCluster(context, zoom, mark, drawn);
            put(context, std::move(mark), drawn, {});
        }
    }
}

void PointLayer::put(LayerContext& context, Mark mark, const Drawn& drawn, const Selected& what) {
    mark.look = drawn.look;
    mark.look.stacked = mark.count > 1;
    const double room = (drawn.room > 0 ? drawn.room : drawn.look.edge) + (mark.count > 1 ? 10 : 0);
    if (drawn.aside) {
        // A cluster has no one place of its own: it leaves the names of towns to be read.
        const auto found = context.board.roomFor(mark.home, room, mark.count > 1);
        if (!found && drawn.optional)
            return;
        mark.at = found.value_or(mark.home);
    } else {
        if (drawn.optional && !context.board.isFree(squareAbout(mark.home, room)))
            return;
        mark.at = mark.home;
    }
    const QRectF box = squareAbout(mark.at, drawn.look.edge);
    context.board.reserve(mark.count > 1 ? box.adjusted(-2, -8, 12, 4) : squareAbout(mark.at, room));
    MapHit hit;
    if (drawn.label && (drawn.label->must || !context.board.isFull()))
        hit.label = context.board
                        .place(mark.home, mark.count > 1 ? box.adjusted(-2, -2, 13, 2) : squareAbout(mark.at, room),
                               *drawn.label)
                        .value_or(QRectF());
    hit.box = box.adjusted(-2, -2, 2, 2);
    hit.centre = mark.at;
    hit.home = mark.home;
    hit.what = what;
    hit.rank = drawn.rank;
    hit.layer = this;
    hit.mark = static_cast<int>(m_marks.size());
    hit.count = mark.count;
    context.hits.push_back(std::move(hit));
    if (drawn.changesAt)
        context.changes(*drawn.changesAt);
    if (context.view.rect().contains(mark.home))
        m_shown += static_cast<int>(mark.count);
    m_marks.push_back(std::move(mark));
}

std::vector<PointLayer::Handle> PointLayer::membersOf(const Mark& mark, int rank, std::size_t most) const {
    std::vector<Handle> some;
    for (const auto& [tier, group] : mark.parts)
        m_trees[static_cast<std::size_t>(tier)].membersOf(group, rank, most, some);
    return some;
}

void PointLayer::paint(QPainter& painter, const Placing& placing, Sprites& sprites) {
    const QRectF seen = placing.view.adjusted(-60, -60, 60, 60);
    for (auto mark = m_marks.rbegin(); mark != m_marks.rend(); ++mark) {
        const QPointF home = placing(mark->home);
        const QPointF at = home + (mark->at - mark->home);
        if (!seen.contains(at))
            continue;
        if (mark->count == 1 && mark->at != mark->home) // a cluster has no one place that it would have to point at
            paintLeader(painter, at, home,
                        mark->look.grade > 0 ? sprites.theme().grade(static_cast<model::Grade>(mark->look.grade))
                                             : sprites.theme().colours().dim);
        sprites.draw(painter, at, mark->look);
        if (mark->count > 1)
            sprites.drawCount(painter, at + countPlace(mark->look), mark->count);
    }
}

// ---- who is there

QString PointLayer::tip(const MapScene& scene, const MapHit& hit) const {
    if (hit.mark < 0 || hit.mark >= static_cast<int>(m_marks.size()))
        return {};
    const Mark& mark = m_marks[static_cast<std::size_t>(hit.mark)];
    return mark.count > 1 ? clusterTip(scene, mark.all) : tipOf(scene, mark.handle);
}

std::vector<SymbolLayer::Member> PointLayer::members(const MapScene& scene, const MapHit& hit, std::size_t most) const {
    std::vector<Member> all;
    if (hit.mark < 0 || hit.mark >= static_cast<int>(m_marks.size()))
        return all;
    const Mark& mark = m_marks[static_cast<std::size_t>(hit.mark)];
    std::vector<Handle> handles;
    if (mark.count == 1)
        handles.push_back(mark.handle);
    for (const auto& [tier, group] : mark.parts) {
        std::vector<Handle> some;
        m_trees[static_cast<std::size_t>(tier)].members(group, most, some);
        handles.insert(handles.end(), some.begin(), some.end());
    }
    std::stable_sort(handles.begin(), handles.end(), [this](Handle a, Handle b) { return rankOf(a) < rankOf(b); });
    for (const Handle handle : handles) {
        if (all.size() >= most)
            break;
        if (const auto known = facts(scene, handle))
            all.push_back({selectedOf(handle), map::fromWorld(known->at), draw(scene, 16, handle, false).look,
                           nameOf(scene, handle)});
    }
    return all;
}

} // namespace tocsin::gui
