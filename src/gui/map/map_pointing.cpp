#include "gui/map/map_accessible.hpp"
#include "gui/map/map_view_impl.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QLineF>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr std::size_t mostLegs = 36;
constexpr std::size_t mostLooked = 400; ///< members that are looked at for where a cluster lies
constexpr double apart = 26;            ///< pixels at which two symbols can be told from each other
constexpr double sameSymbol = 40;       ///< pixels within which a symbol is still the one that Tab has reached

/// Where the fanned-out symbols stand: few on a ring, many on a spiral.
std::vector<QPointF> fan(const QPointF& centre, std::size_t count) {
    std::vector<QPointF> feet;
    if (count <= 9) {
        const double r = std::max(52.0, double(count) * 46 / (2 * M_PI));
        for (std::size_t i = 0; i < count; ++i) {
            const double a = -M_PI / 2 + 2 * M_PI * double(i) / double(count);
            feet.push_back(centre + QPointF(std::cos(a), std::sin(a)) * r);
        }
        return feet;
    }
    double a = 0;
    double r = 54;
    for (std::size_t i = 0; i < count; ++i) {
        feet.push_back(centre + QPointF(std::cos(a), std::sin(a)) * r);
        const double step = 44 / r;
        a += step;
        r += 46 * step / (2 * M_PI);
    }
    return feet;
}

} // namespace

QPointF MapView::Impl::screenOf(const MapHit& hit) const {
    return placing()(hit.home) + (hit.centre - hit.home);
}

const MapHit* MapView::Impl::hitAt(const QPointF& point) {
    ensureLayout();
    const Placing to = placing();
    const QPointF laidOut = to.transform().inverted().map(point);
    for (const MapHit& hit : hits) {
        const QPointF shift = to(hit.home) - hit.home;
        const QPointF there = point - shift;
        if (hit.box.contains(there) || hit.label.contains(there) ||
            (!hit.area.isEmpty() && hit.area.contains(laidOut)))
            return &hit;
    }
    return nullptr;
}

QString MapView::Impl::tipOf(const MapHit& hit) const {
    if (hit.layer != nullptr)
        return hit.layer->tip(scene(), hit);
    if (spider && hit.mark >= 0 && hit.mark < static_cast<int>(spider->members.size()))
        return spider->members[static_cast<std::size_t>(hit.mark)].name;
    return {};
}

void MapView::Impl::choose(const MapHit& hit) {
    if (hit.count > 1) {
        openCluster(hit);
    } else if (!std::holds_alternative<std::monostate>(hit.what)) {
        const Selected what = hit.what;
        closeSpider();
        ui.selection.select(what);
    }
}

void MapView::Impl::openCluster(const MapHit& hit) {
    if (hit.layer == nullptr)
        return;
    std::vector<SymbolLayer::Member> members = hit.layer->members(scene(), hit, mostLooked);
    if (members.empty())
        return;
    map::WorldPoint low{1, 1};
    map::WorldPoint high{0, 0};
    for (const SymbolLayer::Member& member : members) {
        const map::WorldPoint at = map::toWorld(member.at);
        low = {std::min(low.x, at.x), std::min(low.y, at.y)};
        high = {std::max(high.x, at.x), std::max(high.y, at.y)};
    }
    const map::WorldPoint middle{(low.x + high.x) / 2, (low.y + high.y) / 2};
    const double spread = std::max(high.x - low.x, high.y - low.y);
    const double nearest = map::tileSize * std::exp2(highestViewZoom);
    byHand();
    if (spread * nearest > apart && target.zoom < highestViewZoom - 0.1) {
        const QRectF free = freeArea().adjusted(40, 40, -40, -40);
        const double fits = stopThatFits(high.x - low.x, high.y - low.y, free.size(), ratio()).zoom;
        Viewport to = now;
        to.zoom = nearestStop(std::clamp(fits, target.zoom + 1, highestViewZoom), ratio()).zoom;
        to.centre = middle;
        to.panBy(free.center() - to.rect().center());
        goTo(to, true);
        return;
    }
    // They stand in one place: no zoom parts them, so they are fanned out on legs.
    Spider open;
    open.centre = map::toWorld(members.front().at);
    if (members.size() > mostLegs)
        members.resize(mostLegs);
    open.more = static_cast<int>(hit.count) - static_cast<int>(members.size());
    open.members = std::move(members);
    spider = std::move(open);
    keyboardAt.reset();
    dirty = true;
    view.update();
}

void MapView::Impl::closeSpider() {
    if (!spider)
        return;
    spider.reset();
    dirty = true;
    view.update();
}

void MapView::Impl::layOutSpider() {
    spiderFeet.clear();
    if (!spider)
        return;
    const QPointF centre = layout.view.toScreen(spider->centre);
    spiderFeet = fan(centre, spider->members.size());
    for (std::size_t i = 0; i < spiderFeet.size(); ++i) {
        MapHit hit;
        hit.box = squareAbout(spiderFeet[i], spider->members[i].look.edge + 6.0);
        hit.centre = spiderFeet[i];
        hit.home = centre;
        hit.what = spider->members[i].what;
        hit.rank = -1; // Tab goes through them first
        hit.mark = static_cast<int>(i);
        hits.push_back(std::move(hit));
        board->reserve(hits.back().box);
    }
}

void MapView::Impl::paintSpider(QPainter& painter, const Placing& to) {
    if (!spider || spiderFeet.empty())
        return;
    const Palette& palette = ui.theme.colours();
    const QPointF centre = to(layout.view.toScreen(spider->centre));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    double radius = 0;
    for (const QPointF& each : spiderFeet)
        radius = std::max(radius, QLineF(layout.view.toScreen(spider->centre), each).length() + 30);
    QColor veil = palette.scrim;
    veil.setAlpha(225);
    painter.setPen(Qt::NoPen);
    painter.setBrush(veil);
    painter.drawEllipse(centre, radius, radius);
    painter.setPen(QPen(palette.dim, 1.4));
    std::vector<QPointF> feet;
    for (const QPointF& each : spiderFeet) {
        feet.push_back(centre + (each - layout.view.toScreen(spider->centre)));
        painter.drawLine(centre, feet.back());
    }
    painter.setBrush(palette.text);
    painter.drawEllipse(centre, 3, 3);
    if (spider->more > 0) {
        painter.setFont(ui.theme.font(Theme::Text::bodyBold));
        painter.setPen(palette.text);
        painter.drawText(QRectF(centre.x() - 100, centre.y() + 6, 200, 22), Qt::AlignCenter,
                         QCoreApplication::translate("tocsin::gui::MapView", "and %n more", nullptr, spider->more));
    }
    painter.restore();
    for (std::size_t i = 0; i < feet.size(); ++i)
        sprites.draw(painter, feet[i], spider->members[i].look);
}

const MapHit* MapView::Impl::keyboardHit() const {
    if (!keyboardAt)
        return nullptr;
    const QPointF there = layout.view.toScreen(keyboardHome);
    const MapHit* best = nullptr;
    double far = sameSymbol;
    for (const MapHit& hit : hits)
        if (hit.what == *keyboardAt)
            if (const double d = QLineF(hit.centre, there).length();
                d < far || !std::holds_alternative<std::monostate>(hit.what)) {
                best = &hit;
                far = d;
            }
    return best;
}

bool MapView::Impl::canBeChosen(const MapHit& hit) {
    return !std::holds_alternative<std::monostate>(hit.what) || hit.count > 1;
}

std::vector<std::size_t> MapView::Impl::reachable() {
    ensureLayout();
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < hits.size(); ++i)
        if ((!spider || hits[i].layer == nullptr) && now.rect().contains(screenOf(hits[i])) && canBeChosen(hits[i]))
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [this](std::size_t a, std::size_t b) { return hits[a].rank < hits[b].rank; });
    return order;
}

void MapView::Impl::focusHit(int step) {
    const std::vector<std::size_t> order = reachable();
    const MapHit* before = keyboardHit();
    const auto found =
        std::find_if(order.begin(), order.end(), [&](std::size_t index) { return &hits[index] == before; });
    int at = found == order.end() || before == nullptr ? -1 : static_cast<int>(found - order.begin());
    at = at < 0 ? (step > 0 ? 0 : static_cast<int>(order.size()) - 1) : at + step;
    if (at < 0 || at >= static_cast<int>(order.size())) {
        keyboardAt.reset();
        view.setAccessibleDescription({});
        return;
    }
    const MapHit& hit = hits[order[static_cast<std::size_t>(at)]];
    keyboardAt = hit.what;
    keyboardHome = layout.view.toWorld(hit.centre);
    const QString tip = tipOf(hit);
    QToolTip::showText(view.mapToGlobal(screenOf(hit).toPoint() + QPoint(18, 18)), tip, &view);
    view.setAccessibleDescription(tip);
    MapAccessible::announceFocus(view); // last: a reader may ask back at once
}

} // namespace tocsin::gui
