#pragma once

#include "detect/several.hpp"
#include "detect/together.hpp"
#include "detect/watches.hpp"

#include <tuple>
#include <unordered_map>

namespace tocsin::detect {

/// A Threshold over one sensor: what each reading needs, side by side for all of the sensor's rules. A rule that looks
/// downward is turned around.
struct ThresholdWatch {
    enum State : std::uint8_t { idle, pending, raised };
    double threshold{0};
    double clear{0}; ///< the value at which it is over
    std::uint32_t rule{0};
    bool below{false};
    State state{idle};

    /// False where the value changes nothing: almost always.
    [[nodiscard]] bool concerns(double value) const {
        const double v = below ? -value : value;
        return state == raised ? v < threshold && v <= clear : v >= threshold || state == pending;
    }
};

/// And what only a few need.
struct ThresholdMemory {
    static constexpr std::uint32_t none = 0xffffffffU;
    base::Duration delay{0};
    base::Time since;
    int count{1};
    int run{0};                ///< readings in a row over which it held
    std::uint32_t saw{none};   ///< of the pool, while pending
    std::uint32_t waits{none}; ///< in Watches::waiting, while its delay runs and until the tick after
};

struct Detector::Impl {
    /// Which watch of which kind; the kinds of `Others` in their order, then Several.
    struct Ref {
        std::uint32_t kind{0};
        std::uint32_t index{0};
    };
    /// A sensor, as a reading needs it: half a cache line.
    struct Slot {
        base::Time newest{base::Time::min()};
        double last{0};
        std::uint32_t firstThreshold{0};
        std::uint32_t firstRef{0};
        std::uint16_t thresholds{0};
        std::uint16_t refs{0};
        std::uint16_t faults{0}; ///< of the refs, the first: they say whether the sensor is to be believed
        bool active{false}; ///< something looks at it, and it is in service
        bool spoke{false};  ///< since the last tick
    };
    /// And as binding needs it.
    struct Info {
        model::SensorId id;
        bool known{false}; ///< in the register
        bool inService{true};
        bool retired{false};     ///< nothing looks at it
        bool doubted{false};     ///< at fault, says the desk
        bool wanted{false};      ///< something looks at it
        bool unitChanged{false}; ///< by the bind() that is under way
        model::SensorKind kind{model::SensorKind::other};
        SensorFacts facts;
        model::Position position;
    };
    struct SilentWatch : Watch {
        Handle sensor{0};
        base::Duration after{0};
        base::Time heardAt{base::Time::min()}; ///< by the desk's clock; min: since the next tick
    };
    struct SoiledWatch : AccumulatedWatch {
        using AccumulatedWatch::AccumulatedWatch;
        Handle soil{noHandle};
        Handle sensor{noHandle};
        base::Time newest{base::Time::min()};  ///< of its readings, when the clock was last looked at
        base::Time heardAt{base::Time::min()}; ///< since when there has been none newer, by the desk's clock
    };
    using Others = std::tuple<std::vector<RateWatch>, std::vector<UnusualWatch>, std::vector<CrossingWatch>,
                              std::vector<SoiledWatch>, std::vector<StuckWatch>, std::vector<ImplausibleWatch>>;
    static constexpr std::uint32_t stuckKind = 4;
    static constexpr std::uint32_t implausibleKind = 5;
    static constexpr std::uint32_t severalKind = std::tuple_size_v<Others>;

    /// A Threshold whose delay runs: the clock may end it as well as a reading.
    struct Waiting {
        std::uint32_t index{0};
        Handle sensor{0};
        base::Time newest{base::Time::min()};  ///< of its readings, when the clock was last looked at
        base::Time heardAt{base::Time::min()}; ///< when that came, by the desk's clock; min: since the next tick
    };
    /// Plausible readings of a sensor that is at fault still.
    struct Held {
        std::array<model::ReadingSeen, ImplausibleWatch::plausibleAgain - 1> readings;
        std::size_t count{0};
    };

    /// What stands for all sensors: made anew when rules or sensors change.
    struct Watches {
        std::vector<ThresholdWatch> thresholds;
        std::vector<ThresholdMemory> memories; ///< of the same
        std::vector<Waiting> waiting;          ///< those that a tick must look at
        std::vector<Ref> refs;
        Others others;
        std::vector<SilentWatch> silent; ///< by sensor
    };
    struct Seen {
        std::array<model::ReadingSeen, mostSeen> readings;
        std::size_t count{0};
    };
    /// What becomes of an old rule's watches under a new one.
    enum class Keep : unsigned char { nothing, raised, all };

    std::vector<Rule> rules;
    std::unordered_map<std::string, std::uint32_t> ruleIds;
    std::unordered_map<model::SensorId, Handle> handles;
    std::vector<Slot> slots; // by handle
    std::vector<Info> infos;
    Watches watches;
    SeveralBoard several;
    TogetherBoard together;
    std::vector<Seen> seen; ///< a pool
    std::vector<std::uint32_t> freeSeen;
    std::unordered_map<Handle, Held> held; ///< few: only while a fault ends
    std::map<std::pair<std::string, model::SensorId>, bool> assumed; ///< before their sensor was known
    base::Time lastTick{base::Time::min()};
    base::Time lastSums{base::Time::min()}; ///< when sums were last judged by the clock

    // ---- binding.cpp
    /// For each rule, which of the old ones it was (or noRule), and what to keep of it.
    using Before = std::vector<std::pair<std::uint32_t, Keep>>;
    static constexpr std::uint32_t noRule = 0xffffffffU;
    struct Builder;
    Handle slotOf(const model::SensorId& sensor);
    void indexRules();
    void build(const Before& before); ///< makes the watches anew
    void restoreTogether(const TogetherBoard& old, const Before& before);
    /// False where no such watch is.
    bool assume(std::uint32_t rule, Handle sensor, bool raised);
    [[nodiscard]] std::vector<std::pair<std::uint32_t, Handle>> standing() const; ///< noHandle: as a whole
    [[nodiscard]] std::optional<model::Position> positionOf(Handle sensor) const;

    // ---- detector.cpp
    void take(Handle handle, base::Time time, double value, std::vector<Conclusion>& out);
    void judge(Handle handle, std::size_t index, base::Time time, double value, bool again,
               std::vector<Conclusion>& out);
    void judgeOthers(Handle handle, base::Time time, double value, bool again, std::vector<Conclusion>& out);
    /// By Rate, Unusual, Crossing or Accumulated: they remember, and so are given only what is believed.
    void judgeByMemory(Handle handle, Ref ref, base::Time time, double value, std::vector<Conclusion>& out);
    /// False where the sensor is at fault by its own readings.
    [[nodiscard]] bool judgeFaults(Handle handle, base::Time time, double value, bool again, std::vector<Conclusion>& out);
    void giveHeld(Handle handle, std::vector<Conclusion>& out);
    void conclude(const Watch& watch, Handle handle, std::optional<Verdict> verdict, std::vector<Conclusion>& out) const;
    void raiseWaiting(Handle handle, std::size_t index, std::vector<Conclusion>& out);
    void judgeDelays(base::Time now, bool jumped, std::vector<Conclusion>& out);
    [[nodiscard]] std::optional<base::Time> delayEnds(Handle handle) const;
    void endDelays(Handle handle, base::Time now, std::vector<Conclusion>& out);
    [[nodiscard]] Soil soilOf(const SoiledWatch& watch) const;
    void judgeSums(base::Time now, bool jumped, std::vector<Conclusion>& out);
    void see(ThresholdMemory& memory, base::Time time, double value);
    std::vector<model::ReadingSeen> forget(ThresholdMemory& memory);
    /// Brings what was concluded from `first` on into the rules' order, and appends what follows for Together.
    void settle(std::vector<Conclusion>& out, std::size_t first, base::Time time);
    void concludeSeveral(std::uint32_t group, Conclusion::What what, base::Time time, double value,
                         std::vector<Conclusion>& out) const;
    void concludeTogether(const TogetherBoard::Change& change, base::Time time, std::vector<Conclusion>& out) const;
    /// Which sensors at fault a rule over several stands on.
    void addDoubted(std::uint32_t rule, std::vector<model::SensorId>& to, int depth = 0) const;
    /// Whether a rule over several stands, and would not without sensors that are at fault.
    [[nodiscard]] bool restsOnDoubt(std::uint32_t rule) const;
    void distrust(Handle sensor, bool doubted, base::Time now, std::vector<Conclusion>& out);
    [[nodiscard]] const Rule* ruleAt(std::uint32_t index) const { return &rules[index]; }
    void goBack(Handle sensor, base::Time to);
    void tick(base::Time now, std::vector<Conclusion>& out);
};

} // namespace tocsin::detect
