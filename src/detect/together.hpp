#pragma once

#include "tocsin/detect/detector.hpp"

#include <unordered_map>
#include <unordered_set>

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
        std::vector<Where> told{};                             ///< where it stood when last something was said …
        bool doubted{false};                                   ///< … and whether on something that is at fault
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
    /// The clock was set back: what has ended, did so then at the latest.
    void goBack(base::Time to);
    /// A sensor, or a rule over several, is not believed or is again: rules that stood on it look for others that hold as
    /// well. Those that are concerned tell anew what they stand on.
    void doubt(Where sensor, bool doubted, base::Time now, std::vector<Change>& out);
    void doubtRule(std::uint32_t rule, bool doubted, base::Time now, std::vector<Change>& out);
    [[nodiscard]] bool doubts(std::uint32_t rule, Where where) const {
        return where == noSensor ? m_doubtedRules.contains(rule) : m_doubted.contains(where);
    }
    /// The same, and nothing is told.
    void remember(Where sensor, bool doubted) { doubted ? void(m_doubted.insert(sensor)) : void(m_doubted.erase(sensor)); }
    void rememberRule(std::uint32_t rule, bool doubted) {
        doubted ? void(m_doubtedRules.insert(rule)) : void(m_doubtedRules.erase(rule));
    }

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
    enum class Trust : unsigned char { any, believed };
    /// Whether all parts stand near this instance of the first; with Trust::any, on what is believed where it can.
    bool holdsAt(Watch& watch, Where where, const Instance& anchor, base::Time now, Trust trust) const;
    bool holds(Watch& watch, base::Time now, Trust trust) const;
    bool holds(Watch& watch, base::Time now) const;
    [[nodiscard]] bool restsOnDoubt(const Watch& watch) const;
    /// Looks for what is believed, where the watch stands on what is not.
    void preferBelieved(Watch& watch, base::Time now) const;
    /// What is said of a watch from here on.
    void tell(std::size_t number, bool update, std::vector<Change>& out);
    bool joins(Watch& watch, std::uint32_t rule, Where where, const Instance& instance) const;
    [[nodiscard]] bool stillBecause(const Watch& watch, base::Time now) const;

    std::vector<Watch> m_watches;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> m_wanted; ///< rule → watches over it
    std::unordered_map<std::uint32_t, Instances> m_instances;
    std::unordered_set<Where> m_doubted; ///< sensors at fault …
    std::unordered_set<std::uint32_t> m_doubtedRules; ///< … and rules over several that stand on such
};

} // namespace tocsin::detect
