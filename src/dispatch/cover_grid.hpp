#pragma once

#include "dispatch/travel.hpp"
#include "tocsin/dispatch/cover.hpp"

namespace tocsin::dispatch {

/// How soon each free resource could be at each place where people live: what cover is reckoned from.
struct CoverGrid {
    struct Free {
        const model::Resource* resource{nullptr};
        std::size_t from{0}; ///< of `places`
        std::size_t kind{0}; ///< of `kinds`; nothing for what flies
        double factor{1};    ///< what its times are divided by
        Flight flight{};     ///< of what flies
        double turnout{0};   ///< seconds until it sets out, as usual; 0 of who stands by
    };
    /// Where one may stand by.
    struct Post {
        model::Position position;
        const model::Resource* of{nullptr};
        std::size_t from{0}; ///< of `places`
    };
    /// Who finds the roads alike: a class of vehicles.
    struct Kind {
        std::shared_ptr<const route::RoadGraph> roads;
        std::vector<std::vector<float>> seconds; ///< by place, then cell; infinite where no way leads; empty: not asked
    };
    std::vector<Populated> cells;
    std::vector<Free> free; ///< by id
    std::vector<Post> posts;
    std::vector<model::Position> places;
    std::vector<Kind> kinds;
    std::vector<std::vector<float>> straight; ///< by place, then cell: metres, where something flies
    double target{600};
    bool ofPlaces{false}; ///< the cells are junctions, one "person" each

    /// On the road, or in the air, from there.
    [[nodiscard]] double time(const Free& one, std::size_t from, std::size_t cell) const;
    /// From where it is, once it is called.
    [[nodiscard]] double time(const Free& one, std::size_t cell) const {
        const double way = time(one, one.from, cell);
        return way > 0 ? one.turnout + way : 0;
    }
};

/// The posts are filled in where `withPosts`.
[[nodiscard]] base::Result<CoverGrid> coverGrid(const CoverQuestion& question, Roads& roads, bool withPosts);
/// `taken` and `elsewhere` as CoverQuestion has them.
[[nodiscard]] Cover judgeCover(const CoverGrid& grid, const std::set<model::ResourceId>& taken, const std::set<model::ResourceId>& elsewhere,
                               Roads& roads);

} // namespace tocsin::dispatch
