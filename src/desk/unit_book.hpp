#pragma once

#include "desk/handlers.hpp"
#include "tocsin/desk/desk.hpp"

#include <map>
#include <optional>
#include <vector>

namespace tocsin::desk {

/// What positions of units change in the journal: units that are new or have another name, which resource they carry,
/// where that resource is. Judges only, writes nothing. Belongs to the desk's thread.
class UnitBook {
  public:
    static constexpr std::size_t mostUnits = 20'000;

    /// `newest`: it is the unit's newest position.
    [[nodiscard]] Effect noteOf(const model::State& state, const std::map<model::UnitId, UnitNow>& now,
                                const std::string& feed, const model::UnitPosition& position, bool newest,
                                base::Time deskTime);
    void forget() {
        m_changedAt.clear();
        m_movedAt.clear();
    }

  private:
    void unitOf(const model::State& state, const std::map<model::UnitId, UnitNow>& now, const std::string& feed,
                const model::UnitPosition& position, base::Time deskTime, Effect& effect);
    void move(const model::State& state, const model::UnitPosition& position, const std::optional<model::ResourceId>& who,
              base::Time deskTime, Effect& effect);

    std::map<model::UnitId, base::Time> m_changedAt;
    std::map<model::ResourceId, base::Time> m_movedAt;
};

/// The event of a resource that is where its unit says; nothing where it has hardly moved or something newer is known.
[[nodiscard]] std::optional<Event> movedEvent(const model::Resource& resource, const model::UnitPosition& position,
                                              base::Time deskTime);

/// What it means for units that resources come to the register, or come to another call sign: a unit of that name which
/// carries nothing carries it from now on, and it is where that unit is. Where two units of the name speak, or two
/// resources have it, a person must say which. `registered` are as they will be in the state; `now` may be null.
[[nodiscard]] std::vector<Event> boundByRegister(const model::State& state, const std::map<model::UnitId, UnitNow>* now,
                                                 const std::vector<model::Resource>& registered, base::Time deskTime);

/// When it was there, as far as its clock can be believed: no later than it was heard.
[[nodiscard]] inline base::Time saneTime(const model::UnitPosition& position) {
    return std::min(position.time, position.received);
}

} // namespace tocsin::desk
