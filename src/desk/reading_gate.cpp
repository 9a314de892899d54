#include "desk/reading_gate.hpp"

#include "tocsin/desk/unknown_sensor.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <atomic>
#include <limits>

namespace tocsin::desk {

using base::Code;

namespace {

/// Each month that is touched costs a file: a broken or hostile clock must not make thousands of them.
constexpr std::size_t mostMonthsAtOnce = 48;
constexpr std::size_t mostMonthsMet = 600;
constexpr std::size_t mostUnits = 10'000;
/// Times within this of now are looked at no further.
constexpr auto usual = std::chrono::days(2);

const base::Time earliest = std::chrono::sys_days{std::chrono::year{1900} / 1 / 1};
const base::Time end = std::chrono::sys_days{std::chrono::year{2201} / 1 / 1};

constexpr std::int64_t microseconds = 1'000'000; ///< a second

std::uint64_t nextMark() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

int monthOf(base::Time time) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
    return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
}

} // namespace

void SensorSlot::setSpokeAt(base::Time time) {
    using Limits = std::numeric_limits<std::int16_t>;
    const auto after = std::chrono::floor<std::chrono::seconds>(time - now.time).count();
    spokeAfter = static_cast<std::int16_t>(std::clamp<std::int64_t>(after, Limits::min(), Limits::max()));
}

void SensorSlot::take(const store::KeyedReading& reading, base::Time time) {
    // What comes from long ago says when its sensor spoke; what is an hour off says whose clock is wrong.
    auto at = reading.received - time <= farFuture ? reading.received : time;
    if (spoke)
        at = std::max(at, spokeAt());
    if (!spoke || time > now.time) {
        now = {time, reading.value, spoke ? now.value : reading.value};
        ahead = (reading.flags & model::Reading::ahead) != 0;
    }
    spoke = true;
    setSpokeAt(at);
}

void SensorSlot::goBack(base::Time to) {
    const auto last = spokeAt();
    now.time = std::min(now.time, to);
    setSpokeAt(last);
    ahead = false;
}

base::Time believedTime(base::Time time, base::Time received) {
    if (time <= received + aheadAllowed || time - received > farFuture) // the latter are flagged, or nobody knows when they came
        return time;
    return received + (time - received) / microseconds;
}

ReadingGate::ReadingGate() : m_mark(nextMark()) {}

base::Result<void> ReadingGate::build(const std::map<model::SensorId, model::Sensor>& sensors,
                                      const detect::Detector& rules, store::ReadingStore& store) {
    forget();
    m_mark = nextMark();
    m_slots.clear();
    m_slots.reserve(sensors.size());
    m_sensors.clear();
    m_sensors.reserve(sensors.size());
    m_sentUnits.clear();
    m_slotByName.clear();
    m_slotByName.reserve(sensors.size());
    auto names = std::make_shared<std::vector<model::SensorId>>();
    names->reserve(sensors.size());
    auto newest = m_rest.begin();
    for (const auto& [id, sensor] : sensors) {
        auto key = store.keyOf(id);
        if (!key)
            continue; // a name that the store refuses: its readings are those of nobody
        while (newest != m_rest.end() && newest->first < id)
            ++newest;
        SensorSlot slot;
        slot.key = *key;
        slot.rules = rules.handleOf(id);
        slot.unit = unitNumber(sensor.unit);
        slot.sentOtherwise = !sensor.sentUnit.empty() && sensor.sentUnit != sensor.unit;
        if (slot.sentOtherwise)
            m_sentUnits.emplace(static_cast<std::uint32_t>(m_slots.size()), unitNumber(sensor.sentUnit));
        slot.flags = sensor.retired.empty() ? model::Reading::plain : model::Reading::ofRetired;
        slot.lowest = sensor.lowest.value_or(std::numeric_limits<double>::lowest());
        slot.highest = sensor.highest.value_or(std::numeric_limits<double>::max());
        if (newest != m_rest.end() && newest->first == id) {
            slot.now = newest->second;
            slot.spoke = true;
            if (const auto after = m_restSpokeAfter.find(id); after != m_restSpokeAfter.end()) {
                slot.spokeAfter = after->second;
                m_restSpokeAfter.erase(after);
            }
            newest = m_rest.erase(newest);
        }
        m_slotByName.emplace(id.value, static_cast<std::uint32_t>(m_slots.size()));
        m_slots.push_back(slot);
        m_sensors.push_back(&sensor);
        names->push_back(id);
    }
    m_late.assign(m_slots.size(), Late{});
    m_names = std::move(names);
    m_built = true;
    return {};
}

void ReadingGate::forget() {
    if (m_built) {
        m_rest = newest();
        for (std::size_t i = 0; i < m_slots.size(); ++i) {
            if (m_slots[i].spoke)
                m_restSpokeAfter.insert_or_assign(m_restSpokeAfter.end(), (*m_names)[i], m_slots[i].spokeAfter);
        }
    }
    m_built = false;
}

void ReadingGate::recall(Newest newest) {
    m_built = false;
    m_rest = std::move(newest);
    m_restSpokeAfter.clear();
}

base::Time ReadingGate::spokeAt(const model::SensorId& sensor) const {
    if (m_built) {
        const auto number = m_slotByName.find(std::string_view(sensor.value));
        if (number != m_slotByName.end())
            return m_slots[number->second].spoke ? m_slots[number->second].spokeAt() : base::Time{};
    }
    const auto found = m_rest.find(sensor);
    if (found == m_rest.end())
        return {};
    const auto after = m_restSpokeAfter.find(sensor);
    return found->second.time + std::chrono::seconds(after == m_restSpokeAfter.end() ? 0 : after->second);
}

void ReadingGate::nobodySpokeAfter(base::Time now) {
    for (auto& slot : m_slots) {
        if (slot.spoke && slot.spokeAt() > now)
            slot.setSpokeAt(now);
    }
    for (const auto& [sensor, newest] : m_rest) {
        SensorSlot slot;
        slot.now = newest;
        slot.setSpokeAt(std::min(spokeAt(sensor), now));
        m_restSpokeAfter.insert_or_assign(sensor, slot.spokeAfter);
    }
}

void ReadingGate::goBack(base::Time now) {
    for (auto& slot : m_slots) {
        if (slot.spoke && slot.now.time > now)
            slot.goBack(now);
    }
    for (auto& [sensor, newest] : m_rest) {
        if (newest.time <= now)
            continue;
        SensorSlot slot;
        slot.now = newest;
        slot.setSpokeAt(spokeAt(sensor));
        slot.goBack(now);
        newest = slot.now;
        m_restSpokeAfter.insert_or_assign(sensor, slot.spokeAfter);
    }
}

const SensorNow* ReadingGate::newestOf(const model::SensorId& sensor) const {
    if (m_built) {
        const auto number = m_slotByName.find(std::string_view(sensor.value));
        if (number != m_slotByName.end())
            return m_slots[number->second].spoke ? &m_slots[number->second].now : nullptr;
    }
    const auto found = m_rest.find(sensor);
    return found == m_rest.end() ? nullptr : &found->second;
}

std::uint32_t ReadingGate::correct(const store::Correction& correction, bool& isNewest) {
    isNewest = false;
    const auto number = m_slotByName.find(std::string_view(correction.sensor.value));
    if (number == m_slotByName.end() || !m_slots[number->second].spoke)
        return noSlot;
    auto& slot = m_slots[number->second];
    // One that is ahead counts as of when it came.
    isNewest = slot.now.time == correction.time || (slot.ahead && correction.time > slot.now.time && correction.before == slot.now.value);
    if (isNewest)
        slot.now.value = correction.value;
    return number->second;
}

ReadingGate::Newest ReadingGate::newest() const {
    auto all = m_rest;
    if (!m_built)
        return all;
    auto hint = all.begin();
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        if (m_slots[i].spoke)
            hint = std::next(all.emplace_hint(hint, (*m_names)[i], m_slots[i].now));
    }
    return all;
}

void ReadingGate::at(base::Time now) {
    m_now = now;
    m_from = now - usual;
    m_to = now + aheadAllowed;
    m_leads.clear();
    if (m_unitNames.size() > mostUnits || m_converter.full()) { // ever new units: begin anew
        m_conversions.clear();
        m_converter.clear();
        m_lastPair = ~std::uint64_t{0};
        m_unitNumbers.clear();
        m_unitNames.clear();
        m_mark = nextMark();
        for (std::size_t i = 0; i < m_slots.size(); ++i)
            m_slots[i].unit = unitNumber(m_sensors[i]->unit);
        for (auto& [number, unit] : m_sentUnits)
            unit = unitNumber(m_sensors[number]->sentUnit);
    }
}

std::uint32_t ReadingGate::unitNumber(const std::string& unit) {
    const auto [at, isNew] = m_unitNumbers.try_emplace(unit, static_cast<std::uint32_t>(m_unitNames.size()));
    if (isNew)
        m_unitNames.push_back(unit);
    return at->second;
}

void ReadingGate::open(const model::ReadingRows& rows) {
    m_rows = &rows;
    m_monthsHere.clear();
    // The highest numbers that these rows have: the tables may be growing meanwhile, for the next batch.
    std::uint32_t sensors = 0;
    std::uint32_t units = 0;
    for (const auto& row : rows.rows) {
        sensors = std::max(sensors, row.sensor + 1);
        units = std::max(units, row.unit + 1); // noUnit + 1 is 0
    }
    if (sensors > 0) {
        auto& notes = rows.sensors->notes();
        if (notes.owner != m_mark) {
            notes.owner = m_mark;
            notes.values.clear();
        }
        std::string full;
        for (auto number = static_cast<std::uint32_t>(notes.values.size()); number < sensors; ++number) {
            const auto& name = rows.sensors->at(number);
            std::string_view asked = name;
            if (!rows.sensors->prefix().empty()) {
                full.assign(rows.sensors->prefix()).append(name);
                asked = full;
            }
            const auto found = m_slotByName.find(asked);
            notes.values.push_back(found == m_slotByName.end() ? noSlot : found->second);
        }
        m_slotOf = notes.values.data();
    }
    if (units > 0) {
        auto& notes = rows.units->notes();
        if (notes.owner != m_mark) {
            notes.owner = m_mark;
            notes.values.clear();
        }
        for (auto number = static_cast<std::uint32_t>(notes.values.size()); number < units; ++number)
            notes.values.push_back(unitNumber(rows.units->at(number)));
        m_unitOf = notes.values.data();
    }
}

/// Outside of the days around now: flagged, where it is far away; refused, where it cannot be a time of a reading.
bool ReadingGate::admitTime(base::Time time, std::uint8_t& flags, Refusal& why) {
    if (time < earliest || time >= end) {
        why = Refusal::time;
        return false;
    }
    if (time > m_to && time <= m_now + farFuture) {
        flags |= model::Reading::ahead;
        return true;
    }
    if (time > m_to)
        flags |= model::Reading::fromFuture;
    else if (time < m_now - farPast)
        flags |= model::Reading::fromFarPast;
    else
        return true;
    const int month = monthOf(time);
    if (!m_monthsHere.contains(month)) {
        if (m_monthsHere.size() >= mostMonthsAtOnce ||
            (!m_monthsMet.contains(month) && m_monthsMet.size() >= mostMonthsMet)) {
            why = Refusal::months;
            return false;
        }
        m_monthsHere.insert(month);
        m_monthsMet.insert(month);
    }
    return true;
}

void ReadingGate::noteAhead(std::uint32_t slot, base::Time time) {
    auto& lead = m_leads[slot];
    lead = std::max(lead, time - m_now);
}

base::Time ReadingGate::believed(std::uint32_t slot, base::Time time) const {
    const auto lead = m_leads.find(slot);
    const auto& sensor = m_slots[slot];
    if (lead != m_leads.end() && (!sensor.spoke || time - lead->second > sensor.now.time))
        return time - lead->second;
    return m_to + (time - m_to) / microseconds;
}

bool ReadingGate::convert(std::uint32_t from, std::uint32_t to, double& value) {
    const auto pair = (static_cast<std::uint64_t>(from) << 32U) | to;
    if (pair != m_lastPair) {
        auto& known = m_conversions[pair];
        if (known == nullptr)
            known = &m_converter.between(m_unitNames[from], m_unitNames[to]);
        m_lastPair = pair;
        m_lastConversion = known;
    }
    if (!m_lastConversion->reason().empty())
        return false;
    value = (*m_lastConversion)(value);
    return true;
}

base::Error ReadingGate::reason(const model::ReadingRow& row, Refusal why) {
    switch (why) {
    case Refusal::unknownSensor:
        return unknownSensor(m_rows->sensors->full(row.sensor));
    case Refusal::time: return {Code::outOfRange, "the reading's time is outside the years 1900 to 2200", {}};
    case Refusal::months:
        return {Code::outOfRange, "readings of too many different months at once: is the sender's clock broken?", {}};
    case Refusal::unit: {
        const auto& sensor = *m_sensors[m_slotOf[row.sensor]];
        const auto& from = row.unit == model::ReadingRow::noUnit ? sensor.sentUnit : m_rows->units->at(row.unit);
        return {Code::malformed, m_converter.between(from, sensor.unit).reason(), {}};
    }
    case Refusal::range: return {Code::outOfRange, "the value is outside what the sensor can measure", {}};
    case Refusal::conflict: break;
    }
    return {Code::conflict, "another value is stored for this sensor and time: the first stays, and taking this one again does not change it", {}};
}

std::string lineOf(const model::Reading& reading) {
    nlohmann::json line = nlohmann::json::object();
    line["sensor"] = reading.sensor;
    line["time"] = reading.time;
    line["value"] = reading.value;
    if (!reading.unit.empty())
        line["unit"] = reading.unit;
    return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace tocsin::desk
