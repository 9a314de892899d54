#pragma once

#include "tocsin/desk/unit_converter.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/detect/detector.hpp"
#include "tocsin/model/reading_rows.hpp"
#include "tocsin/store/readings.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::desk {

/// Readings further ahead of the desk's clock than this are kept, but neither shown as the newest nor judged by rules.
/// A clock that is an hour off (summer time) is still believed.
inline constexpr auto farFuture = std::chrono::minutes(90);
/// Readings further ahead than this are believed, but not their times: they are flagged, and count as of when they came.
inline constexpr auto aheadAllowed = std::chrono::minutes(2);
/// Readings older than this when they come are kept and shown, but not judged by rules.
inline constexpr auto farPast = std::chrono::days(30);

/// A registered sensor with all that a reading of it needs and changes: one cache line, for with 100,000 sensors each
/// line is a way to memory.
struct alignas(64) SensorSlot {
    store::SensorKey key{0};
    detect::Detector::Handle rules{detect::Detector::noHandle};
    std::uint32_t unit{0};    ///< the gate's number of it
    std::uint32_t touched{0}; ///< the last turn that told of it …
    std::uint32_t told{0};    ///< … and where, in that turn's delta
    bool spoke : 1 {false};         ///< it has a newest reading
    bool ahead : 1 {false};         ///< the newest one's own time is ahead of when it came
    bool sentOtherwise : 1 {false}; ///< its readings that name no unit are in another one than `unit`
    std::uint8_t flags{model::Reading::plain}; ///< of all its readings: it is retired
    std::int16_t spokeAfter{0}; ///< seconds from its newest reading's time to when it last spoke
    double lowest{0};
    double highest{0};
    SensorNow now; ///< its newest reading, at a time that is believed

    /// By the desk's clock, as far as the sensor's may be believed to be an hour off; else by its own.
    [[nodiscard]] base::Time spokeAt() const { return now.time + std::chrono::seconds(spokeAfter); }
    void setSpokeAt(base::Time time);
    /// A reading has been taken, of that time as far as it is believed; `now` is kept up.
    void take(const store::KeyedReading& reading, base::Time time);
    /// Its newest reading is of that time at the latest.
    void goBack(base::Time to);
};
static_assert(sizeof(SensorSlot) == 64);

/// The time of a reading as rules and those who ask for the newest are told it: where it is ahead, when it came. Else one reading of a clock that is ahead
/// would make all that follow it look late. Of several that are ahead each stays after the one before it: a second becomes a microsecond.
[[nodiscard]] base::Time believedTime(base::Time time, base::Time received);

/// Why a reading cannot be taken.
enum class Refusal : std::uint8_t { unknownSensor, time, months, unit, range, conflict };

/// Brings readings to their sensors' own units, judges their times, and checks them against what the sensors can
/// measure. Knows each sensor and each name of a feed's tables by a number, so that a reading costs no look-up; keeps
/// each sensor's newest reading beside. The desk's thread only.
class ReadingGate {
  public:
    static constexpr std::uint32_t noSlot = 0xffffffffU;

    ReadingGate();
    /// Numbers the sensors, in the order of their ids. All must stay where they are until forget().
    [[nodiscard]] base::Result<void> build(const std::map<model::SensorId, model::Sensor>& sensors,
                                           const detect::Detector& rules, store::ReadingStore& store);
    /// Sensors or rules have changed: build() again before the next reading. The newest readings stay known.
    void forget();
    [[nodiscard]] bool isBuilt() const { return m_built; }

    using Newest = std::map<model::SensorId, SensorNow>;
    /// The newest readings as the store has them, in place of what was known.
    void recall(Newest newest);
    /// Null: it has none. Good until the next reading, build() or forget().
    [[nodiscard]] const SensorNow* newestOf(const model::SensorId& sensor) const;
    /// When it last spoke; Time{} where it never has.
    [[nodiscard]] base::Time spokeAt(const model::SensorId& sensor) const;
    /// The desk's clock was set, or it starts: whose word is from later spoke now at the latest.
    void nobodySpokeAfter(base::Time now);
    /// The value of a stored reading is another one: the slot of its sensor, which is kept up if that is its newest reading. noSlot: it has none. Built.
    [[nodiscard]] std::uint32_t correct(const store::Correction& correction, bool& isNewest);
    /// The desk's clock was set back: what is newest is so as of now, and what comes next is newer.
    void goBack(base::Time now);
    [[nodiscard]] Newest newest() const;
    /// Whether readings in other units could be brought to it.
    [[nodiscard]] bool knowsUnit(std::string_view unit) { return m_converter.knows(unit); }

    [[nodiscard]] SensorSlot& slot(std::uint32_t number) { return m_slots[number]; }
    /// The sensors by their number.
    [[nodiscard]] const std::shared_ptr<const std::vector<model::SensorId>>& names() const { return m_names; }
    /// Fetches the slot of a row that is looked at soon: with many sensors it lies far away.
    void prefetch(const model::ReadingRow& row) const {
        if (const auto slot = m_slotOf[row.sensor]; slot != noSlot)
            __builtin_prefetch(&m_slots[slot]);
    }

    [[nodiscard]] UnitConverter& converter() { return m_converter; }

    /// Before the readings of one turn.
    void at(base::Time now);
    /// Before the rows of one batch.
    void open(const model::ReadingRows& rows);
    /// The row as it is to be stored, and its sensor's slot; or false, and why.
    [[nodiscard]] bool admit(const model::ReadingRow& row, store::KeyedReading& out, std::uint32_t& slot,
                             Refusal& why) {
        slot = m_slotOf[row.sensor];
        if (slot == noSlot) {
            why = Refusal::unknownSensor;
            return false;
        }
        const auto& sensor = m_slots[slot];
        out.sensor = sensor.key;
        out.flags = sensor.flags;
        out.time = row.time;
        out.received = m_now;
        out.value = row.value;
        if ((row.time < m_from || row.time > m_to) && !admitTime(row.time, out.flags, why))
            return false;
        if (row.unit != model::ReadingRow::noUnit && m_unitOf[row.unit] != sensor.unit &&
            !convert(m_unitOf[row.unit], sensor.unit, out.value)) {
            why = Refusal::unit;
            return false;
        }
        if (sensor.sentOtherwise && row.unit == model::ReadingRow::noUnit &&
            !convert(m_sentUnits.at(slot), sensor.unit, out.value)) {
            why = Refusal::unit;
            return false;
        }
        why = Refusal::range;
        return out.value >= sensor.lowest && out.value <= sensor.highest; // false for what is no number
    }
    /// A reading of this turn that is flagged as ahead.
    void noteAhead(std::uint32_t slot, base::Time time);
    /// The time of such a one as far as it is believed. Where a sensor sends many at once, the last is of now and the others keep their distances to it,
    /// unless that makes them older than what it has said.
    [[nodiscard]] base::Time believed(std::uint32_t slot, base::Time time) const;
    /// A reading that came longer after its time than a clock may be off.
    void noteLate(std::uint32_t slot, const store::KeyedReading& reading) {
        auto& late = m_late[slot];
        if (late.received == base::Time{} || reading.time > late.time)
            late = {reading.time, reading.received};
    }
    struct Late {
        base::Time time;
        base::Time received{}; ///< Time{}: none has come
    };
    /// Of each sensor that has sent such ones since the last call, the newest of them.
    template <typename Use>
    void takeLate(Use&& use) {
        for (std::size_t i = 0; i < m_late.size(); ++i) {
            if (m_late[i].received != base::Time{})
                use((*m_names)[i], std::exchange(m_late[i], Late{}));
        }
    }
    /// The reason in words; after admit() has refused this row.
    [[nodiscard]] base::Error reason(const model::ReadingRow& row, Refusal why);

  private:
    [[nodiscard]] bool admitTime(base::Time time, std::uint8_t& flags, Refusal& why);
    [[nodiscard]] bool convert(std::uint32_t from, std::uint32_t to, double& value);
    [[nodiscard]] std::uint32_t unitNumber(const std::string& unit);

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    bool m_built{false};
    std::uint64_t m_mark{0}; ///< of this numbering, on the tables' notes
    std::vector<SensorSlot> m_slots;
    std::vector<const model::Sensor*> m_sensors; ///< by the same number
    std::vector<Late> m_late;                    ///< the same; apart from the slots, for what is in time does not look at it
    std::shared_ptr<const std::vector<model::SensorId>> m_names;
    std::unordered_map<std::string_view, std::uint32_t, Hash, std::equal_to<>> m_slotByName;
    Newest m_rest; ///< newest readings that stand in no slot
    std::map<model::SensorId, std::int16_t> m_restSpokeAfter;
    std::unordered_map<std::string, std::uint32_t> m_unitNumbers;
    std::vector<std::string> m_unitNames;
    std::unordered_map<std::uint32_t, std::uint32_t> m_sentUnits; ///< by the slots that are sentOtherwise
    UnitConverter m_converter;
    std::unordered_map<std::uint64_t, const UnitConverter::Conversion*> m_conversions;
    std::uint64_t m_lastPair{~std::uint64_t{0}};
    const UnitConverter::Conversion* m_lastConversion{nullptr};
    // of the batch
    const model::ReadingRows* m_rows{nullptr};
    const std::uint32_t* m_slotOf{nullptr};
    const std::uint32_t* m_unitOf{nullptr};
    std::set<int> m_monthsHere;
    // of the turn
    base::Time m_now;
    base::Time m_from;
    base::Time m_to;
    std::unordered_map<std::uint32_t, base::Duration> m_leads; ///< by how much the sensors' last is ahead
    // since the start
    std::set<int> m_monthsMet;
};

/// The reading as the line that a feed would send: what quarantine keeps.
[[nodiscard]] std::string lineOf(const model::Reading& reading);

} // namespace tocsin::desk
