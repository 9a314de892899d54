#pragma once

#include "dispatch/travels.hpp"
#include "tocsin/dispatch/planner.hpp"

#include <unordered_map>

namespace tocsin::dispatch {

// What a question rests on, read once out of the state.

struct Site {
    const model::Incident* incident{nullptr};
    double weight{1}; ///< of its grade
    bool focus{false};
};

struct OpenNeed {
    std::uint32_t site{0};
    model::Need need; ///< with the quantity or amount that is still open
    double open{0};
    bool bad{false}; ///< asks for no possible quantity
};

struct Giver {
    const model::Resource* resource{nullptr};
    model::Position position;
    Obstacle obstacle{Obstacle::none};         ///< whatever the need
    const model::Assignment* running{nullptr}; ///< that may be changed
    std::optional<base::Time> freeAt;
    bool freeGuessed{false}; ///< from how long others were on scene
    double positionAge{0}; ///< seconds; 0 at home
    bool stale{false};
    double crewUsed{0}; ///< of the limit
    double expected{1}; ///< what the roads' times are multiplied by
    double turnout{0};  ///< seconds until it sets out, as usual; 0 on the road and of who stands by
};

struct Capable {
    std::uint32_t giver{0};
    int level{0};
};

struct Facts {
    std::vector<Site> sites;
    std::vector<OpenNeed> needs;
    std::vector<Giver> givers; ///< by name, then id: what makes equal plans always the same
    std::unordered_map<std::string, std::vector<Capable>> capable;
    Travels travels;              ///< by site, then giver; where nobody has looked yet
    std::shared_ptr<Roads> roads; ///< the open ones
    EtaModel etas;
    base::Duration tookRoads{0};

    [[nodiscard]] const std::string& speedClass(std::uint32_t giver) const;
    [[nodiscard]] EtaInterval eta(const Question& question, std::uint32_t giver, const Travel& travel) const;
    /// From the order on, for who is on the road so long: never less than the roads' time times what is expected of it.
    [[nodiscard]] double middle(std::uint32_t giver, double seconds) const {
        return seconds > 0 ? seconds * givers[giver].expected + givers[giver].turnout : 0;
    }
};

/// What a store or a shelter has was counted too long ago to be relied on; never counted is no count to doubt.
[[nodiscard]] bool isOldCount(const Question& question, const model::Resource& resource);

/// Each of `resources` as it is at the question's moment: where, and what keeps it whatever the need. In their order.
[[nodiscard]] std::vector<Giver> giversOf(const Question& question, const std::vector<const model::Resource*>& resources);
/// What is left of its turnout beside its way: the start of what flies is in its flight. Seconds.
[[nodiscard]] double turnoutOf(const Giver& giver, const Roads& roads);

[[nodiscard]] base::Result<Facts> gather(const Question& question);

} // namespace tocsin::dispatch
