#include "route/graph.hpp"
#include "tocsin/geo/measure.hpp"

#include <cmath>

namespace tocsin::route {
namespace {

class StraightGraph final : public RoadGraph {
  public:
    StraightGraph(std::shared_ptr<const RoadGraph> roads, const Profile& profile)
        : m_roads(std::move(roads)), m_profile(profile), m_moves(check(profile) && profile.straightKmh > 0) {}

    [[nodiscard]] std::size_t nodeCount() const override { return m_roads->nodeCount(); }
    [[nodiscard]] std::size_t arcCount() const override { return m_roads->arcCount(); }
    [[nodiscard]] std::vector<std::optional<Reach>> timesTo(model::Position target,
                                                            std::span<const model::Position> starts) const override {
        std::vector<std::optional<Reach>> times;
        times.reserve(starts.size());
        for (const model::Position& start : starts)
            times.push_back(reach(start, target));
        return times;
    }
    [[nodiscard]] std::optional<model::RouteLine> route(model::Position from, model::Position to) const override {
        const auto found = reach(from, to);
        if (!found)
            return std::nullopt;
        model::RouteLine line;
        line.points = {from, to};
        line.secondsAt = {0, found->duration.value};
        line.duration = found->duration;
        line.length = found->length;
        return line;
    }
    [[nodiscard]] std::vector<std::optional<Way>> waysTo(model::Position target,
                                                         std::span<const model::Position> starts) const override {
        std::vector<std::optional<Way>> ways(starts.size());
        const auto by = m_profile.travel == Travel::boat ? WayLeg::By::boat : WayLeg::By::flight;
        for (std::size_t i = 0; i < starts.size(); ++i) {
            if (auto line = route(starts[i], target))
                ways[i] = Way{*line, {}, {{by, line->duration, line->length}}};
        }
        return ways;
    }
    [[nodiscard]] std::vector<std::string> roadNames(model::Position, model::Position) const override { return {}; }
    [[nodiscard]] const std::vector<Profile>& profiles() const override { return m_roads->profiles(); }
    [[nodiscard]] std::shared_ptr<const RoadGraph> without(std::span<const model::Line> closures) const override {
        return straightGraph(m_roads->without(closures), m_profile);
    }
    [[nodiscard]] std::shared_ptr<const RoadGraph> under(const Profile& profile,
                                                         const Conditions& conditions) const override {
        return m_roads->under(profile, conditions);
    }
    [[nodiscard]] NoWay whyNoWay(model::Position from, model::Position to) const override {
        if (!m_moves)
            return NoWay::cannotMove;
        return reach(from, to) ? NoWay::none : NoWay::tooFarStraight;
    }

  private:
    [[nodiscard]] std::optional<Reach> reach(model::Position from, model::Position to) const {
        const double metres = geo::distance(from, to).value;
        if (metres <= samePlaceMetres)
            return Reach{};
        if (!m_moves || (m_profile.straightMost > 0 && metres > m_profile.straightMost))
            return std::nullopt;
        return Reach{base::Seconds(m_profile.startSeconds + metres / (m_profile.straightKmh / 3.6)),
                     base::Metres(metres)};
    }

    std::shared_ptr<const RoadGraph> m_roads;
    Profile m_profile;
    bool m_moves;
};

} // namespace

std::shared_ptr<const RoadGraph> straightGraph(std::shared_ptr<const RoadGraph> roads, const Profile& profile) {
    return std::make_shared<const StraightGraph>(std::move(roads), profile);
}

} // namespace tocsin::route
