#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tocsin::desk {

/// What happens to an alarm by itself, when its time has come.
enum class AlarmDue : std::uint8_t {
    unshelve,
    escalate,
    calm, ///< flapping: nothing has come or gone for long enough
    old,  ///< what was told has become too old to be an alarm
};

/// Finds active alarms by rule and subject, by sensor, by what mutes them, by place, and what is due next, so that
/// nothing walks through all alarms. Kept up from the applied after-images; none of it is stored, all can be read again
/// from the state. Beside that it remembers what is no entry: how a flapping alarm's condition swings.
/// The desk's thread only.
class AlarmBook {
  public:
    using Ids = std::set<model::AlarmId>;
    using Alarms = std::map<model::AlarmId, model::Alarm>;

    /// The map must outlive it; it is looked into for what an image only names.
    explicit AlarmBook(const Alarms& alarms) : m_alarms(alarms) {}

    /// Reads all of it anew. Swings and returns are forgotten, and everything is unsettled.
    void rebuild();
    /// An after-image, already in the state.
    void note(const model::Alarm& alarm);

    /// The active alarm of a rule about a sensor or, where it is about something else, a source; null if none.
    [[nodiscard]] const model::Alarm* active(std::string_view rule, const model::SensorId& sensor,
                                             std::string_view source) const;
    /// All active ones that a sensor takes part in.
    [[nodiscard]] const Ids& ofSensor(const model::SensorId& sensor) const;
    [[nodiscard]] const Ids& ofRule(std::string_view rule) const;
    [[nodiscard]] const Ids& mutedBy(model::AlarmId muter) const;
    /// Those that wait for acknowledgement.
    [[nodiscard]] const Ids& wanting() const { return m_wanting; }
    [[nodiscard]] std::vector<model::AlarmId> all() const;
    [[nodiscard]] bool isActive(model::AlarmId id) const { return m_cards.contains(id); }

    /// In sight and its condition holds: it can be muted.
    [[nodiscard]] bool canBeMuted(model::AlarmId id) const;
    /// Its condition holds, no person has set it aside, and its own sensor is not at fault: it can mute others.
    [[nodiscard]] bool canMute(model::AlarmId id) const;
    /// The standing fault of a sensor; null if none.
    [[nodiscard]] const model::Alarm* faultOf(const model::SensorId& sensor) const;

    /// Calls `each` for a rule's alarms that can be muted or can mute, from the southernmost, no further north or south
    /// than `metres` of `centre` (where given), until it returns false.
    enum class Which : std::uint8_t { canBeMuted, canMute };
    template <typename Each>
    void visit(std::string_view rule, Which which, const model::Position& centre, std::optional<double> metres,
               Each each) const {
        const auto found = m_places.find(rule);
        if (found == m_places.end())
            return;
        const auto& places = which == Which::canMute ? found->second.muting : found->second.mutable_;
        const double band = metres.value_or(0) / metresPerDegree;
        auto at = metres ? places.lower_bound({centre.latitude() - band, {}}) : places.begin();
        for (; at != places.end() && (!metres || at->first <= centre.latitude() + band); ++at) {
            ++m_looked;
            if (!each(m_alarms.at(at->second)))
                return;
        }
    }

    // ---- what is to be settled: whether what changed mutes, or is muted
    [[nodiscard]] std::set<model::AlarmId> takeUnsettled() { return std::exchange(m_unsettled, {}); }
    void unsettleAll();

    // ---- what is due
    struct DueItem {
        base::Time at;
        AlarmDue what{AlarmDue::unshelve};
        model::AlarmId alarm;
        friend auto operator<=>(const DueItem&, const DueItem&) = default;
    };
    [[nodiscard]] bool hasDue(base::Time now) const { return !m_due.empty() && m_due.begin()->at <= now; }
    /// At most `most` that are due, the longest due first. They stay due until an after-image or put off() says otherwise.
    [[nodiscard]] std::vector<DueItem> due(base::Time now, std::size_t most) const;
    /// Due at another time than its image says, as long as the image says the same; absent: not at all.
    void putOff(model::AlarmId id, AlarmDue what, std::optional<base::Time> at);
    [[nodiscard]] std::vector<DueItem> allDue() const { return {m_due.begin(), m_due.end()}; }

    // ---- flapping
    /// A return at this time of readings; true if it is the `count`th within `within`.
    [[nodiscard]] bool returned(const model::Alarm& alarm, base::Time at, int count, base::Duration within);
    struct Swing {
        bool holds{true}; ///< the condition, as the rule last saw it
        int count{0};     ///< how often it came again since flapping began
    };
    /// A flapping alarm's condition came or went: it is quiet again at `calmAt` at the earliest.
    void swing(model::AlarmId id, bool holds, base::Time calmAt);
    [[nodiscard]] Swing swingOf(model::AlarmId id) const;

    /// How many alarms were looked at in search of what mutes or is muted.
    [[nodiscard]] std::uint64_t looked() const { return m_looked; }

  private:
    static constexpr double metresPerDegree = 111'000; ///< of latitude, at the least

    struct Card {
        std::string key;
        std::string rule;
        std::vector<model::SensorId> sensors;
        double latitude{0};
        bool fault{false};
        bool wanting{false};
        bool canBeMuted{false};
        bool canMute{false};
        std::optional<model::AlarmId> muter;
        std::map<AlarmDue, std::optional<base::Time>> said; ///< as the image says
        std::map<AlarmDue, base::Time> due;                 ///< as it is in m_due
        Swing swing;
    };
    struct Places {
        std::set<std::pair<double, model::AlarmId>> mutable_;
        std::set<std::pair<double, model::AlarmId>> muting;
    };
    [[nodiscard]] static std::string keyOf(std::string_view rule, std::string_view sensor, std::string_view source);
    [[nodiscard]] Card cardOf(const model::Alarm& alarm) const;
    void enter(model::AlarmId id, const Card& card);
    void strike(model::AlarmId id, const Card& card);
    void setDue(model::AlarmId id, Card& card, AlarmDue what, std::optional<base::Time> at);

    const Alarms& m_alarms;
    std::unordered_map<model::AlarmId, Card> m_cards;
    std::unordered_map<std::string, model::AlarmId> m_byKey;
    std::unordered_map<model::SensorId, Ids> m_bySensor;
    std::map<std::string, Ids, std::less<>> m_byRule;
    std::map<std::string, Places, std::less<>> m_places;
    std::unordered_map<model::AlarmId, Ids> m_byMuter;
    std::unordered_map<model::SensorId, Ids> m_faults;
    Ids m_wanting;
    std::set<model::AlarmId> m_unsettled;
    std::set<DueItem> m_due;
    std::unordered_map<std::string, std::deque<base::Time>> m_returns; ///< by key, of the latest
    mutable std::uint64_t m_looked{0};
};

} // namespace tocsin::desk
