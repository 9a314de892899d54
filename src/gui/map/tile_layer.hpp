#pragma once

#include "gui/map/viewport.hpp"
#include "tocsin/map/tile_source.hpp"

#include <QImage>
#include <QObject>
#include <QPainter>
#include <QString>
#include <QTimer>
#include <list>
#include <map>
#include <memory>
#include <optional>

namespace tocsin::gui {

/// The base map on the screen: asks the source for what is in view, keeps what came, and draws stand-ins from other
/// zooms for what has not, so that the map is never blank once it was there. GUI thread.
class TileLayer : public QObject {
    Q_OBJECT
  public:
    explicit TileLayer(map::TileSource* source, QObject* parent = nullptr);
    ~TileLayer() override;

    /// What should be shown: where the view rests or is going to rest. Asks the source when that has changed.
    void show(const Viewport& target, double devicePixelRatio, map::MapLook look, const QString& language);
    /// `moved`: the view is on its way, so speed comes before smoothness.
    void paint(QPainter& painter, const Viewport& view, bool moved);

    /// All tiles of the last show() are here, or no map is to be had.
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] const map::MapStatus& status() const { return m_status; }
    [[nodiscard]] std::optional<geo::Box> bounds() const;

    /// Asks once more for what has not come, and waits twice as long for the next time. Its own timer does so.
    void askAgain();
    /// Milliseconds from one asking to the next; nothing once all is here.
    [[nodiscard]] std::optional<int> asksAgainAfter() const;

  signals:
    void changed(); ///< a tile came
    void statusChanged();

  private:
    struct Key {
        map::TileKey tile;
        int pixels{0};
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    struct Kept {
        QImage image;
        map::TileVariant variant;
        std::list<Key>::iterator age;
        bool part{false}; ///< the whole is on its way
    };

    void take(const map::TileKey& key, const map::TileVariant& variant,
              const std::shared_ptr<const map::TileImage>& image);
    [[nodiscard]] std::vector<map::TileKey> tilesIn(const Viewport& view, int margin) const;
    [[nodiscard]] const Kept* find(const map::TileKey& key, int pixels) const;
    [[nodiscard]] bool isFresh(const map::TileKey& key) const;
    [[nodiscard]] bool isPart(const map::TileKey& key) const;
    [[nodiscard]] bool paintStandIn(QPainter& painter, const Viewport& view, const map::TileKey& key,
                                    const QRectF& place) const;
    void ask();
    void forgetOldest();

    map::TileSource* m_source;
    map::MapStatus m_status;
    map::TileVariant m_variant;
    ZoomStop m_stop;
    Viewport m_target;
    bool m_asked{false};
    std::vector<map::TileKey> m_visible;
    std::map<Key, Kept> m_kept;
    std::list<Key> m_ages; ///< newest first
    std::size_t m_bytes{0};
    QTimer m_again; ///< a tile that has not come is asked for once more, each time after a longer while
    std::unique_ptr<map::TileClient> m_client; ///< last: its callbacks use the rest
};

} // namespace tocsin::gui
