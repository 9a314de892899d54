#pragma once

#include "gui/map/layer.hpp"

#include <array>
#include <cstring>
#include <functional>
#include <unordered_map>

namespace tocsin::gui {

/// A layer of single places: each thing stands in a tree of clusters, kept up as the desk tells what has changed, so
/// that a picture costs what it shows and not what there is.
class PointLayer : public SymbolLayer {
  public:
    using Handle = ClusterTree::Handle;
    using SymbolLayer::SymbolLayer;

    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const Placing& placing, Sprites& sprites) override;
    [[nodiscard]] int all() const override { return m_known; }
    [[nodiscard]] int hiddenGrave() const override { return visible ? m_graveHidden : m_grave; }
    [[nodiscard]] std::vector<Member> members(const MapScene& scene, const MapHit& hit,
                                              std::size_t most) const override;
    [[nodiscard]] QString tip(const MapScene& scene, const MapHit& hit) const override;
    void age(const MapScene& scene) override;

    /// Adds what the layer holds to a grid of the area's points, for shading.
    void groupsIn(const WorldBox& box, double cell, std::vector<ClusterTree::Group>& into) const;

  protected:
    /// Where a thing is and by what it is filtered and counted.
    struct Facts {
        map::WorldPoint at;
        int rank{0};        ///< 0 is the worst: what a cluster shows
        int tally{0};       ///< a second count of the layer's own, below ClusterTree::states
        int tier{0};        ///< shown from tierZoom(tier) on
        bool grave{false};  ///< must not be hidden silently
        Traits traits;
    };
    /// How one thing is drawn.
    struct Drawn {
        SymbolLook look;
        std::optional<Label> label;
        double room{0};       ///< pixels that it wants for itself; 0: the look's edge
        bool optional{false}; ///< left away where graver things stand
        bool aside{true};     ///< steps aside where there is no room
        int rank{9};          ///< for Tab
        std::optional<base::Time> changesAt; ///< when it will look different, though nothing happens
    };

    static constexpr int tiers = 3;
    [[nodiscard]] virtual double tierZoom(int tier) const { return tier == 0 ? 0.0 : 99.0; }
    /// Pixels within which things share a symbol.
    [[nodiscard]] virtual double together(double zoom) const = 0;
    [[nodiscard]] virtual std::optional<Facts> facts(const MapScene& scene, Handle handle) const = 0;
    [[nodiscard]] virtual Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const = 0;
    [[nodiscard]] virtual Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const = 0;
    [[nodiscard]] virtual Selected selectedOf(Handle handle) const = 0;
    [[nodiscard]] virtual std::optional<Handle> handleOf(const Selected& what) const = 0;
    [[nodiscard]] virtual QString tipOf(const MapScene& scene, Handle handle) const = 0;
    [[nodiscard]] virtual QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const = 0;
    [[nodiscard]] virtual QString nameOf(const MapScene& scene, Handle handle) const { return tipOf(scene, handle); }

    void refresh(const MapScene& scene, Handle handle); ///< looks at the thing anew
    void refreshAll(const MapScene& scene);
    void drop(Handle handle);
    void dropAll();
    [[nodiscard]] int rankOf(Handle handle) const { return m_slots[handle].rank; }

    struct Mark {
        QPointF home;
        QPointF at;
        SymbolLook look;
        std::uint32_t count{1};
        ClusterTree::Group all;                    ///< of a cluster: counts
        std::vector<std::pair<int, ClusterTree::Group>> parts; ///< tier and group
        Handle handle{0};
    };
    [[nodiscard]] const std::vector<Mark>& marks() const { return m_marks; }
    /// Words beside a cluster's symbol; most need none, for its count says it.
    virtual void nameCluster(const MapScene& /*scene*/, double /*zoom*/, const Mark& /*mark*/,
                             Drawn& /*drawn*/) const {}
    /// A cluster's members of that rank, at most so many.
    [[nodiscard]] std::vector<Handle> membersOf(const Mark& mark, int rank, std::size_t most) const;

  private:
    struct Slot {
        std::uint8_t rank{7};
        std::uint8_t tier{0};
        bool known{false};
        bool shown{false};
        bool grave{false};
    };
    void setApart(const MapScene& scene, std::optional<Handle> handle);
    void cluster(LayerContext& context);
    void put(LayerContext& context, Mark mark, const Drawn& drawn, const Selected& what);

    std::array<ClusterTree, tiers> m_trees;
    std::vector<Slot> m_slots;
    std::vector<Mark> m_marks;
    int m_known{0};
    int m_grave{0};
    int m_graveHidden{0};
    std::optional<Handle> m_apart; ///< the selected one: never part of a cluster, so not in the trees
};

struct UuidHash {
    template <typename IdType>
    std::size_t operator()(const IdType& id) const noexcept {
        if constexpr (requires { id.value.bytes; }) {
            std::uint64_t half[2];
            std::memcpy(half, id.value.bytes.data(), sizeof half);
            return static_cast<std::size_t>((half[0] ^ (half[1] * 0x9e3779b97f4a7c15ULL)) * 0xff51afd7ed558ccdULL);
        } else if constexpr (std::is_same_v<IdType, model::UnitId>) {
            return std::hash<std::string>{}(id.value);
        } else {
            return std::hash<IdType>{}(id);
        }
    }
};

/// A point layer whose things have ids.
template <typename IdType>
class IdLayer : public PointLayer {
  public:
    using PointLayer::PointLayer;

  protected:
    [[nodiscard]] const IdType& idOf(Handle handle) const { return m_ids[handle]; }
    [[nodiscard]] Selected selectedOf(Handle handle) const override { return Selected(m_ids[handle]); }
    [[nodiscard]] std::optional<Handle> handleOf(const Selected& what) const override {
        const auto* id = std::get_if<IdType>(&what);
        if (id == nullptr)
            return std::nullopt;
        const auto found = m_handles.find(*id);
        return found == m_handles.end() ? std::nullopt : std::optional<Handle>(found->second);
    }
    void look(const MapScene& scene, const IdType& id) {
        const auto [at, added] = m_handles.try_emplace(id, static_cast<Handle>(m_ids.size()));
        if (added)
            m_ids.push_back(id);
        refresh(scene, at->second);
    }
    template <typename Things>
    void lookAtAll(const MapScene& scene, const Things& things) {
        forget();
        m_handles.reserve(things.size());
        for (const auto& [id, thing] : things)
            look(scene, id);
    }
    template <typename Ids>
    void lookAt(const MapScene& scene, const Ids& ids) {
        for (const auto& id : ids)
            look(scene, id);
    }
    void forget() {
        dropAll();
        m_handles.clear();
        m_ids.clear();
    }

  private:
    std::unordered_map<IdType, Handle, UuidHash> m_handles;
    std::vector<IdType> m_ids;
};

} // namespace tocsin::gui
