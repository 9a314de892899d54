#include "desk/alarm_book.hpp"

#include <algorithm>

namespace tocsin::desk {

using model::Alarm;
using model::AlarmId;
using model::AlarmState;

namespace {

constexpr std::size_t mostReturns = 100'000; ///< subjects whose returns are remembered

template <typename Map, typename Key>
const AlarmBook::Ids& idsIn(const Map& map, const Key& key) {
    static const AlarmBook::Ids none;
    const auto found = map.find(key);
    return found == map.end() ? none : found->second;
}

template <typename Map, typename Key>
void eraseFrom(Map& map, const Key& key, AlarmId id) {
    const auto found = map.find(key);
    if (found == map.end())
        return;
    found->second.erase(id);
    if (found->second.empty())
        map.erase(found);
}

std::vector<model::SensorId> sensorsOf(const Alarm& alarm) {
    auto sensors = alarm.sensors;
    if (!alarm.sensor.value.empty() && std::find(sensors.begin(), sensors.end(), alarm.sensor) == sensors.end())
        sensors.push_back(alarm.sensor);
    return sensors;
}

} // namespace

std::string AlarmBook::keyOf(std::string_view rule, std::string_view sensor, std::string_view source) {
    std::string key(rule);
    key += source.empty() ? '\x1' : '\x2';
    key += source.empty() ? sensor : source;
    return key;
}

AlarmBook::Card AlarmBook::cardOf(const Alarm& alarm) const {
    Card card;
    card.key = keyOf(alarm.rule, alarm.sensor.value, alarm.source);
    card.rule = alarm.rule;
    card.sensors = sensorsOf(alarm);
    card.latitude = alarm.position.latitude();
    card.wanting = model::wantsAcknowledgement(alarm);
    card.canBeMuted = alarm.holds && !model::isSetAside(alarm.state);
    card.canMute =
        alarm.holds && alarm.state != AlarmState::shelved && alarm.state != AlarmState::outOfService;
    if (alarm.state == AlarmState::suppressed && alarm.suppressedBy) {
        card.muter = alarm.suppressedBy;
        const auto muter = m_alarms.find(*alarm.suppressedBy);
        // What a broken sensor says is not believed: neither it nor what it would explain.
        if (muter != m_alarms.end() && muter->second.kind == model::AlarmKind::sensorFault)
            card.canMute = false;
    }
    card.fault = card.canMute && alarm.kind == model::AlarmKind::sensorFault;
    card.said[AlarmDue::unshelve] = alarm.state == AlarmState::shelved ? alarm.until : std::nullopt;
    card.said[AlarmDue::escalate] = card.wanting ? alarm.escalatesAt : std::nullopt;
    card.swing.holds = alarm.holds;
    return card;
}

void AlarmBook::enter(AlarmId id, const Card& card) {
    m_byKey[card.key] = id;
    m_byRule[card.rule].insert(id);
    for (const auto& sensor : card.sensors)
        m_bySensor[sensor].insert(id);
    if (card.canBeMuted)
        m_places[card.rule].mutable_.emplace(card.latitude, id);
    if (card.canMute)
        m_places[card.rule].muting.emplace(card.latitude, id);
    if (card.fault)
        for (const auto& sensor : card.sensors)
            m_faults[sensor].insert(id);
    if (card.muter)
        m_byMuter[*card.muter].insert(id);
    if (card.wanting)
        m_wanting.insert(id);
}

void AlarmBook::strike(AlarmId id, const Card& card) {
    if (const auto found = m_byKey.find(card.key); found != m_byKey.end() && found->second == id)
        m_byKey.erase(found);
    eraseFrom(m_byRule, card.rule, id);
    for (const auto& sensor : card.sensors)
        eraseFrom(m_bySensor, sensor, id);
    if (const auto places = m_places.find(card.rule); places != m_places.end()) {
        places->second.mutable_.erase({card.latitude, id});
        places->second.muting.erase({card.latitude, id});
    }
    if (card.fault)
        for (const auto& sensor : card.sensors)
            eraseFrom(m_faults, sensor, id);
    if (card.muter)
        eraseFrom(m_byMuter, *card.muter, id);
    m_wanting.erase(id);
}

void AlarmBook::setDue(AlarmId id, Card& card, AlarmDue what, std::optional<base::Time> at) {
    if (const auto old = card.due.find(what); old != card.due.end()) {
        m_due.erase({old->second, what, id});
        card.due.erase(old);
    }
    if (at) {
        card.due[what] = *at;
        m_due.insert({*at, what, id});
    }
}

void AlarmBook::note(const Alarm& alarm) {
    const auto known = m_cards.find(alarm.id);
    if (known != m_cards.end())
        strike(alarm.id, known->second);
    if (!model::isActive(alarm.state)) {
        if (known != m_cards.end()) {
            if (known->second.fault) // what its sensors say is believed again
                m_unsettled.insert(alarm.id);
            for (const auto& [what, at] : known->second.due)
                m_due.erase({at, what, alarm.id});
            m_cards.erase(known);
        }
        if (m_byMuter.contains(alarm.id))
            m_unsettled.insert(alarm.id);
        return;
    }
    auto card = cardOf(alarm);
    if (known != m_cards.end()) { // what was put off stays so, while the image says the same
        card.due = std::move(known->second.due);
        card.swing = known->second.swing;
        if (!alarm.flapping)
            card.swing = {alarm.holds, 0};
        if (card.canBeMuted != known->second.canBeMuted || card.canMute != known->second.canMute ||
            card.muter != known->second.muter || card.sensors != known->second.sensors)
            m_unsettled.insert(alarm.id);
        for (const auto& [what, at] : card.said) {
            if (known->second.said[what] != at)
                setDue(alarm.id, card, what, at);
        }
        if (!alarm.flapping)
            setDue(alarm.id, card, AlarmDue::calm, std::nullopt);
    } else {
        m_unsettled.insert(alarm.id);
        for (const auto& [what, at] : card.said)
            setDue(alarm.id, card, what, at);
    }
    enter(alarm.id, card);
    m_cards[alarm.id] = std::move(card);
}

void AlarmBook::rebuild() {
    m_cards.clear();
    m_byKey.clear();
    m_bySensor.clear();
    m_byRule.clear();
    m_places.clear();
    m_byMuter.clear();
    m_faults.clear();
    m_wanting.clear();
    m_due.clear();
    m_returns.clear();
    for (const auto& [id, alarm] : m_alarms)
        note(alarm);
    unsettleAll();
}

void AlarmBook::unsettleAll() {
    m_unsettled.clear();
    for (const auto& [id, card] : m_cards)
        m_unsettled.insert(id);
    for (const auto& [muter, muted] : m_byMuter) // what mutes them may be over
        m_unsettled.insert(muter);
}

const Alarm* AlarmBook::active(std::string_view rule, const model::SensorId& sensor, std::string_view source) const {
    const auto found = m_byKey.find(keyOf(rule, sensor.value, source));
    return found == m_byKey.end() ? nullptr : &m_alarms.at(found->second);
}

const AlarmBook::Ids& AlarmBook::ofSensor(const model::SensorId& sensor) const {
    return idsIn(m_bySensor, sensor);
}

const AlarmBook::Ids& AlarmBook::ofRule(std::string_view rule) const {
    return idsIn(m_byRule, rule);
}

const AlarmBook::Ids& AlarmBook::mutedBy(AlarmId muter) const {
    return idsIn(m_byMuter, muter);
}

std::vector<AlarmId> AlarmBook::all() const {
    std::vector<AlarmId> out;
    out.reserve(m_cards.size());
    for (const auto& [id, card] : m_cards)
        out.push_back(id);
    std::sort(out.begin(), out.end());
    return out;
}

bool AlarmBook::canBeMuted(AlarmId id) const {
    const auto found = m_cards.find(id);
    return found != m_cards.end() && found->second.canBeMuted;
}

bool AlarmBook::canMute(AlarmId id) const {
    const auto found = m_cards.find(id);
    return found != m_cards.end() && found->second.canMute;
}

const Alarm* AlarmBook::faultOf(const model::SensorId& sensor) const {
    const auto& faults = idsIn(m_faults, sensor);
    return faults.empty() ? nullptr : &m_alarms.at(*faults.begin());
}

std::vector<AlarmBook::DueItem> AlarmBook::due(base::Time now, std::size_t most) const {
    std::vector<DueItem> out;
    for (auto at = m_due.begin(); at != m_due.end() && at->at <= now && out.size() < most; ++at)
        out.push_back(*at);
    return out;
}

void AlarmBook::putOff(AlarmId id, AlarmDue what, std::optional<base::Time> at) {
    if (const auto found = m_cards.find(id); found != m_cards.end())
        setDue(id, found->second, what, at);
}

bool AlarmBook::returned(const Alarm& alarm, base::Time at, int count, base::Duration within) {
    if (m_returns.size() > mostReturns)
        m_returns.clear();
    auto& times = m_returns[keyOf(alarm.rule, alarm.sensor.value, alarm.source)];
    times.push_back(at);
    while (!times.empty() && (times.front() < at - within || times.size() > static_cast<std::size_t>(count)))
        times.pop_front();
    return times.size() >= static_cast<std::size_t>(count);
}

void AlarmBook::swing(AlarmId id, bool holds, base::Time calmAt) {
    const auto found = m_cards.find(id);
    if (found == m_cards.end())
        return;
    auto& swing = found->second.swing;
    if (holds && !swing.holds)
        ++swing.count;
    swing.holds = holds;
    setDue(id, found->second, AlarmDue::calm, calmAt);
}

AlarmBook::Swing AlarmBook::swingOf(AlarmId id) const {
    const auto found = m_cards.find(id);
    return found == m_cards.end() ? Swing{} : found->second.swing;
}

} // namespace tocsin::desk
