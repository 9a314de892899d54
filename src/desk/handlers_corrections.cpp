#include "desk/handlers.hpp"
#include "desk/reading_gate.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/other_values.hpp"
#include "tocsin/desk/unknown_sensor.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

// A service has corrected a value that is stored.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostInEntry = 250;

struct Sent {
    model::SensorId sensor;
    base::Time time;
    double value{0};
    std::string unit;
};

/// The readings of such an item, a line each: this desk has written them, but a file may say anything.
base::Result<std::vector<Sent>> sentIn(std::string_view bytes) {
    std::vector<Sent> all;
    for (std::size_t at = 0, number = 1; at < bytes.size(); ++number) {
        const auto end = std::min(bytes.find('\n', at), bytes.size());
        const auto line = nlohmann::json::parse(bytes.substr(at, end - at), nullptr, false);
        at = end + 1;
        const auto text = [&line](const char* key) {
            const auto found = line.find(key);
            return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        const bool isReading = line.is_object() && line.contains("value") && line["value"].is_number();
        const auto time = base::parseTime(isReading ? text("time") : std::string());
        if (!isReading || !time)
            return fail(Code::malformed, "line " + std::to_string(number) + " is no reading");
        all.push_back({model::SensorId(text("sensor")), *time, line["value"].get<double>(), text("unit")});
    }
    return all;
}

/// Its value in the sensor's own unit, which must be one that the sensor can measure.
base::Result<double> valueFor(const model::Sensor& sensor, const Sent& sent, ReadingGate& gate) {
    auto value = sent.value;
    const auto& from = sent.unit.empty() ? sensor.sentUnit : sent.unit;
    if (!from.empty() && from != sensor.unit) {
        const auto& conversion = gate.converter().between(from, sensor.unit);
        if (!conversion.reason().empty())
            return fail(Code::malformed, conversion.reason());
        value = conversion(value);
    }
    if (!(value >= sensor.lowest.value_or(std::numeric_limits<double>::lowest()) && value <= sensor.highest.value_or(std::numeric_limits<double>::max())))
        return fail(Code::outOfRange, "the value is outside what the sensor can measure");
    return value;
}

} // namespace

bool holdsOtherValues(const store::QuarantineItem& item) {
    return item.format == refusedReadings && item.error.code == Code::conflict;
}

base::Result<Effect> Handlers::operator()(const UseValues& c) {
    const auto item = m_store.quarantineItem(c.item);
    if (!item)
        return tl::unexpected(item.error());
    const auto number = std::to_string(c.item);
    if (item->state != store::QuarantineState::open)
        return fail(Code::conflict, "number " + number + " in quarantine was judged already");
    if (!holdsOtherValues(*item))
        return fail(Code::refused, "number " + number + " in quarantine is no other value of a stored reading");
    if (!item->isWhole())
        return fail(Code::refused, "only " + std::to_string(item->kept) + " of its " + std::to_string(item->size) + " bytes are kept: it cannot be taken again");
    if (m_stored == nullptr || m_gate == nullptr)
        return fail(Code::internal, "nobody knows what is stored of readings");
    const auto all = sentIn(item->bytes);
    if (!all)
        return tl::unexpected(all.error());
    Effect effect;
    std::map<std::pair<model::SensorId, base::Time>, std::size_t> places; // several may be of one moment: the last one is meant
    for (const auto& sent : *all) {
        const auto sensor = m_state.sensors.find(sent.sensor);
        if (sensor == m_state.sensors.end())
            return tl::unexpected(unknownSensor(sent.sensor.value));
        const auto value = valueFor(sensor->second, sent, *m_gate);
        if (!value)
            return tl::unexpected(value.error());
        const auto [place, isNew] = places.try_emplace(std::pair(sent.sensor, sent.time), effect.corrections.size());
        if (!isNew) {
            effect.corrections[place->second].value = *value;
            continue;
        }
        const auto stored = m_stored->range(sent.sensor, sent.time, sent.time, 1);
        if (!stored)
            return tl::unexpected(stored.error());
        if (stored->empty())
            return fail(Code::notFound, "no value is stored for that sensor and time any more: take it again");
        effect.corrections.push_back({sent.sensor, sent.time, m_now, stored->front().value, *value});
    }
    std::erase_if(effect.corrections, [](const auto& one) { return one.before == one.value; });
    if (effect.corrections.empty()) // in force already
        return (*this)(JudgeQuarantine{c.item, store::QuarantineState::taken});
    for (std::size_t at = 0; at < effect.corrections.size(); at += mostInEntry) {
        const auto end = std::min(effect.corrections.size(), at + mostInEntry);
        auto readings = nlohmann::json::array();
        bool isOne = true;
        for (auto i = at; i < end; ++i) {
            const auto& one = effect.corrections[i];
            isOne = isOne && one.sensor == effect.corrections[at].sensor;
            readings.push_back({{"sensor", one.sensor.value},
                                {"time", base::formatTime(one.time)},
                                {"before", one.before},
                                {"value", one.value},
                                {"unit", m_state.sensors.at(one.sensor).unit}});
        }
        Event event{"reading.corrected", isOne ? effect.corrections[at].sensor.value : "quarantine:" + number, nlohmann::json::object()};
        event.data["item"] = c.item;
        event.data["feed"] = item->feed;
        event.data["readings"] = std::move(readings);
        effect.ids.push_back(event.subject);
        effect.events.push_back(std::move(event));
    }
    effect.quarantine = JudgeQuarantine{c.item, store::QuarantineState::taken};
    return effect;
}

} // namespace tocsin::desk
