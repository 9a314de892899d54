#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/model/assignment.hpp"
#include "tocsin/model/position.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// A task order as its team's own page shows it.
struct TeamOrder {
    std::string number; ///< "2026-0147/3"
    base::LocalText team;
    base::LocalText incident;
    base::LocalText place;
    std::optional<model::Position> position; ///< where to go
    std::vector<base::LocalText> tasks;      ///< what it is sent for, a line each
    model::AssignmentState state{model::AssignmentState::notified};
    bool rollCall{false}; ///< the desk waits for a word
    bool recalled{false}; ///< released by the desk, before it was done
    base::LocalText way{};  ///< in words; empty: nothing is known of it
    bool otherWay{false}; ///< than the order first had
};

/// What somebody who has a team's link may see and say. Thread safe.
class TeamDoor {
  public:
    virtual ~TeamDoor() = default;
    /// Nothing for a link that is none, or whose order is over for more than a day. Does not block.
    [[nodiscard]] virtual std::optional<TeamOrder> order(std::string_view token) const = 0;
    /// The next step; or, without one, a sign of life with what was said. `done` once, from any thread.
    virtual void say(std::string_view token, std::optional<model::AssignmentState> step, const std::string& text,
                     std::function<void(base::Result<void>)> done) = 0;
};

} // namespace tocsin::ingest
