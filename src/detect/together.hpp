#pragma once

#include "tocsin/detect/detector.hpp"

#include <unordered_map>

namespace tocsin::detect {

/// Rules over what other rules say. Knows where each of the named rules stands raised or did lately, and looks again
/// only where something was raised or has ended.
class TogetherBoard {
  public:
    /// Where a rule stands: a sensor's number, or noSensor for a rule over several.
    using Where = std::uint32_t;
    static constexpr Where noSensor = 0xffffffffU;
    struct Instance {
        bool standing{true};
        base::Time ended{base::Time::min()};     ///< where it does not stand
        std::optional<model::Position> position; ///< absent: near everything
    };
    struct Watch {
        std::uint32_t rule{0};
        Together condition;
        std::vector<std::uint32_t> parts; ///< the named rules' numbers; one that does not exist never stands
        bool raised{false};
        bool stale{true};                                     ///< to be looked at by the next tick, whatever happens
        std::vector<std::pair<std::uint32_t, Where>> because; ///< which instances it stands on
        std::vector<std::pair<std::uint32_t, Where>> joined{}; ///< others that came near the first of them since
    };
    struct Change {
        std::size_t watch{0};
        bool raised{false};
        bool update{false}; ///< stands as before, and another has joined
    };
    static constexpr std::size_t mostJoined = 16; ///< more are not told: a county full of rain is no news a thousand times

    void clear();
    void add(std::uint32_t rule, const Together& condition, std::vector<std::uint32_t> parts);
    [[nodiscard]] bool wants(std::uint32_t rule) const { return m_wanted.contains(rule); }
    /// Puts an instance where it is known to be; judged by the next tick. One that neither stands nor ever ended is
    /// taken away.
    void put(std::uint32_t rule, Where where, const Instance& instance);
    /// A rule was raised somewhere, or has ended there: what follows for the rules over it is appended.
    void changed(std::uint32_t rule, Where where, bool raised, const std::optional<model::Position>& position,
                 base::Time time, std::vector<Change>& out);
    void tick(base::Time now, std::vector<Change>& out);

    [[nodiscard]] std::vector<Watch>& watches() { return m_watches; }
    [[nodiscard]] const std::vector<Watch>& watches() const { return m_watches; }
    [[nodiscard]] const std::unordered_map<std::uint32_t, std::unordered_map<Where, Instance>>& instances() const {
        return m_instances;
    }
    [[nodiscard]] bool empty() const { return m_watches.empty(); }
    /// The longest time that anything of this rule is remembered after it has ended.
    [[nodiscard]] base::Duration memoryOf(std::uint32_t rule) const;

  private:
    using Instances = std::unordered_map<Where, Instance>;
    [[nodiscard]] const Instances& of(std::uint32_t rule) const;
    [[nodiscard]] static bool alive(const Watch& watch, const Instance& instance, base::Time now);
    [[nodiscard]] static bool near(const Watch& watch, const Instance& a, const Instance& b);
    /// Whether all parts stand near this instance of the first.
    bool holdsAt(Watch& watch, Where where, const Instance& anchor, base::Time now) const;
    bool holds(Watch& watch, base::Time now) const;
    bool joins(Watch& watch, std::uint32_t rule, Where where, const Instance& instance) const;
    [[nodiscard]] bool stillBecause(const Watch& watch, base::Time now) const;

    std::vector<Watch> m_watches;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> m_wanted; ///< rule → watches over it
    std::unordered_map<std::uint32_t, Instances> m_instances;
};

} // namespace tocsin::detect
