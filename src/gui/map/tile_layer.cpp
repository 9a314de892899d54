#include "gui/map/tile_layer.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {
constexpr std::size_t mostBytes = 72U << 20U;
constexpr int firstAgain = 4'000; ///< milliseconds
constexpr int lastAgain = 64'000;

QRectF placeOf(const Viewport& view, const map::TileKey& key) {
    const double count = std::exp2(key.zoom);
    const QPointF from = view.toScreen(map::WorldPoint{key.x / count, key.y / count});
    const double edge = view.worldPixels() / count;
    return {from, QSizeF(edge, edge)};
}

QImage toImage(const std::shared_ptr<const map::TileImage>& tile) {
    // The image keeps the tile's own memory alive instead of copying it.
    auto* held = new std::shared_ptr<const map::TileImage>(tile);
    return QImage(
        reinterpret_cast<const uchar*>(tile->pixels.data()), tile->edge, tile->edge, tile->edge * 4,
        tile->opaque ? QImage::Format_RGB32 : QImage::Format_ARGB32,
        [](void* p) { delete static_cast<std::shared_ptr<const map::TileImage>*>(p); }, held);
}
} // namespace

TileLayer::TileLayer(map::TileSource* source, QObject* parent) : QObject(parent), m_source(source) {
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &TileLayer::askAgain);
    if (m_source == nullptr) {
        m_status.kind = map::MapStatus::Kind::missing;
        return;
    }
    m_client = m_source->connect(
        [this](const map::TileKey& key, const map::TileVariant& variant, std::shared_ptr<const map::TileImage> image) {
            QMetaObject::invokeMethod(
                this, [this, key, variant, image = std::move(image)] { take(key, variant, image); },
                Qt::QueuedConnection);
        },
        [this](const map::MapStatus& status) {
            QMetaObject::invokeMethod(
                this,
                [this, status] {
                    if (m_status == status)
                        return;
                    m_status = status;
                    emit statusChanged();
                },
                Qt::QueuedConnection);
        });
    m_status = m_source->status();
}

TileLayer::~TileLayer() {
    m_client.reset();
}

std::optional<geo::Box> TileLayer::bounds() const {
    return m_source != nullptr ? m_source->bounds() : std::nullopt;
}

std::vector<map::TileKey> TileLayer::tilesIn(const Viewport& view, int margin) const {
    const double count = std::exp2(m_stop.tileZoom);
    const map::WorldPoint from = view.toWorld(QPointF(0, 0));
    const map::WorldPoint to = view.toWorld(QPointF(view.size.width(), view.size.height()));
    const auto index = [&](double w) { return static_cast<int>(std::floor(std::clamp(w, 0.0, 1.0 - 1e-12) * count)); };
    std::vector<map::TileKey> keys;
    const int x0 = index(from.x) - margin;
    const int x1 = index(to.x) + margin;
    const int y0 = index(from.y) - margin;
    const int y1 = index(to.y) + margin;
    if ((x1 - x0 + 1) * (y1 - y0 + 1) > 400)
        return keys;
    for (int y = y0; y <= y1; ++y)
        for (int x = x0; x <= x1; ++x)
            if (const map::TileKey key{m_stop.tileZoom, x, y}; map::isValid(key))
                keys.push_back(key);
    const double cx = view.centre.x * count - 0.5;
    const double cy = view.centre.y * count - 0.5;
    std::stable_sort(keys.begin(), keys.end(), [&](const map::TileKey& a, const map::TileKey& b) {
        return std::hypot(a.x - cx, a.y - cy) < std::hypot(b.x - cx, b.y - cy);
    });
    return keys;
}

void TileLayer::show(const Viewport& target, double devicePixelRatio, map::MapLook look, const QString& language) {
    m_target = target;
    m_stop = nearestStop(target.zoom, devicePixelRatio);
    map::TileVariant variant;
    variant.look = look;
    variant.language = language.toStdString();
    variant.pixels = m_stop.pixels;
    variant.scale = devicePixelRatio;
    std::vector<map::TileKey> visible = tilesIn(target, 0);
    if (m_asked && variant == m_variant && visible == m_visible)
        return;
    m_asked = true;
    m_variant = variant;
    m_visible = std::move(visible);
    m_again.setInterval(firstAgain);
    ask();
}

void TileLayer::ask() {
    if (m_client == nullptr)
        return;
    std::vector<map::TileKey> wanted;
    for (const map::TileKey& key : m_visible)
        if (!isFresh(key) || isPart(key))
            wanted.push_back(key);
    for (const map::TileKey& key : tilesIn(m_target, 1)) // what a small move will show, last
        if ((!isFresh(key) || isPart(key)) && std::find(m_visible.begin(), m_visible.end(), key) == m_visible.end())
            wanted.push_back(key);
    m_client->want(m_variant, std::move(wanted),
                   map::WorldBox{m_target.toWorld(QPointF(0, 0)),
                                 m_target.toWorld(QPointF(m_target.size.width(), m_target.size.height()))});
    if (isComplete())
        m_again.stop();
    else
        m_again.start();
}

void TileLayer::askAgain() {
    if (isComplete())
        return m_again.stop();
    m_again.setInterval(std::min(2 * m_again.interval(), lastAgain));
    ask();
}

std::optional<int> TileLayer::asksAgainAfter() const {
    return m_again.isActive() ? std::optional<int>(m_again.interval()) : std::nullopt;
}

const TileLayer::Kept* TileLayer::find(const map::TileKey& key, int pixels) const {
    const auto found = m_kept.find({key, pixels});
    return found == m_kept.end() ? nullptr : &found->second;
}

bool TileLayer::isFresh(const map::TileKey& key) const {
    const Kept* kept = find(key, m_variant.pixels);
    return kept != nullptr && kept->variant == m_variant;
}

bool TileLayer::isPart(const map::TileKey& key) const {
    const Kept* kept = find(key, m_variant.pixels);
    return kept != nullptr && kept->part;
}

bool TileLayer::isComplete() const {
    if (m_source == nullptr || m_status.kind == map::MapStatus::Kind::missing ||
        m_status.kind == map::MapStatus::Kind::broken)
        return true;
    return m_asked && std::all_of(m_visible.begin(), m_visible.end(), [this](const auto& key) { return isFresh(key); });
}

void TileLayer::take(const map::TileKey& key, const map::TileVariant& variant,
                     const std::shared_ptr<const map::TileImage>& image) {
    const Key id{key, variant.pixels};
    QImage picture = toImage(image);
    if (const auto old = m_kept.find(id); old != m_kept.end()) {
        const bool same = old->second.variant == variant;
        if (image->part && same && !old->second.part)
            return;
        if (image->part && same) {
            // The part that was in view before stays below the one that is now.
            QImage both = old->second.image.copy();
            QPainter(&both).drawImage(0, 0, picture);
            picture = both;
        }
        m_bytes -= static_cast<std::size_t>(old->second.image.sizeInBytes());
        m_ages.erase(old->second.age);
        m_kept.erase(old);
    }
    m_ages.push_front(id);
    m_bytes += static_cast<std::size_t>(picture.sizeInBytes());
    m_kept.emplace(id, Kept{picture, variant, m_ages.begin(), image->part});
    forgetOldest();
    if (m_again.isActive() && isComplete())
        m_again.stop();
    emit changed();
}

void TileLayer::forgetOldest() {
    while (m_bytes > mostBytes && m_kept.size() > m_visible.size() + 4) {
        auto oldest = std::prev(m_ages.end());
        // What is in view stays, however old it is.
        while (oldest != m_ages.begin() && oldest->pixels == m_variant.pixels &&
               std::find(m_visible.begin(), m_visible.end(), oldest->tile) != m_visible.end())
            --oldest;
        const auto found = m_kept.find(*oldest);
        m_bytes -= static_cast<std::size_t>(found->second.image.sizeInBytes());
        m_kept.erase(found);
        m_ages.erase(oldest);
    }
}

bool TileLayer::paintStandIn(QPainter& painter, const Viewport& view, const map::TileKey& key,
                             const QRectF& place) const {
    // The same tile in another size or look, else a part of a wider one, else narrower ones that cover some of it.
    for (int up = 0; up <= 6; ++up) {
        const map::TileKey wider{key.zoom - up, key.x >> up, key.y >> up};
        const auto from = m_kept.lower_bound({wider, 0});
        if (from == m_kept.end() || from->first.tile != wider || from->second.part)
            continue;
        const QImage& image = from->second.image;
        const double part = image.width() / std::exp2(up);
        painter.drawImage(place, image,
                          QRectF((key.x - (wider.x << up)) * part, (key.y - (wider.y << up)) * part, part, part));
        return true;
    }
    bool any = false;
    for (int down = 1; down <= 2 && !any; ++down)
        for (int y = 0; y < (1 << down); ++y)
            for (int x = 0; x < (1 << down); ++x) {
                const map::TileKey narrower{key.zoom + down, (key.x << down) + x, (key.y << down) + y};
                const auto from = m_kept.lower_bound({narrower, 0});
                if (from == m_kept.end() || from->first.tile != narrower)
                    continue;
                painter.drawImage(placeOf(view, narrower), from->second.image);
                any = true;
            }
    return any;
}

void TileLayer::paint(QPainter& painter, const Viewport& view, bool moved) {
    const bool resting = std::abs(view.zoom - m_stop.zoom) < 1e-9;
    const double ratio = painter.device()->devicePixelRatioF();
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !resting && !moved);
    for (const map::TileKey& key : tilesIn(view, 0)) {
        QRectF place = placeOf(view, key);
        // Onto whole device pixels, edge to edge with the neighbour.
        const double left = std::round(place.left() * ratio) / ratio;
        const double top = std::round(place.top() * ratio) / ratio;
        place = resting ? QRectF(left, top, m_stop.pixels / ratio, m_stop.pixels / ratio)
                        : QRectF(QPointF(left, top), QPointF(std::round(place.right() * ratio) / ratio,
                                                             std::round(place.bottom() * ratio) / ratio));
        if (!isFresh(key)) {
            painter.setRenderHint(QPainter::SmoothPixmapTransform, !moved);
            static_cast<void>(paintStandIn(painter, view, key, place));
            painter.setRenderHint(QPainter::SmoothPixmapTransform, !resting && !moved);
            continue;
        }
        const auto kept = m_kept.find({key, m_variant.pixels});
        if (kept->second.part)
            static_cast<void>(paintStandIn(painter, view, key, place)); // under what is not in it yet
        painter.drawImage(place, kept->second.image);
        m_ages.splice(m_ages.begin(), m_ages, kept->second.age);
    }
    painter.restore();
}

} // namespace tocsin::gui
