#include "desk/alarm_words.hpp"
#include "desk/desk_thread.hpp"
#include "tocsin/detect/messages.hpp"
#include "tocsin/model/alarm_life.hpp"
#include "tocsin/model/warning_words.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

// Warnings and earthquakes that concern the county are alarms, by the rules for them. The gravest rule that fits
// decides. An alarm lives as long as its message is in force and fits, or its earthquake is new enough; an update that
// takes a warning's place takes over its alarm, too, and is raised anew only where it is graver.

namespace tocsin::desk {

using model::Alarm;
using model::AlarmEvent;

namespace {

std::string sourceOf(const model::Warning& warning) {
    return "warning:" + warning.id.toString();
}
std::string sourceOf(const model::Earthquake& quake) {
    return "earthquake:" + quake.id.toString();
}

/// The area of it that touches the county, else the first; null: it has none.
const model::WarningArea* areaOf(const model::WarningInfo& info, const detect::CountyArea& county) {
    const auto found = std::find_if(info.areas.begin(), info.areas.end(),
                                    [&](const auto& area) { return detect::touches(area, county); });
    if (found != info.areas.end())
        return &*found;
    return info.areas.empty() ? nullptr : &info.areas.front();
}

/// Somewhere in it: in that of its circles or polygons which touches the county, else in the first.
std::optional<model::Position> placeIn(const model::WarningArea& area, const detect::CountyArea& county) {
    std::vector<std::pair<model::WarningArea, model::Position>> shapes;
    for (const auto& circle : area.circles) {
        model::WarningArea shape;
        shape.circles.push_back(circle);
        shapes.emplace_back(std::move(shape), circle.centre);
    }
    for (const auto& ring : area.polygons) {
        if (ring.empty())
            continue;
        double latitude = 0;
        double longitude = 0;
        for (const auto& point : ring) {
            latitude += point.latitude();
            longitude += point.longitude();
        }
        const auto count = static_cast<double>(ring.size());
        model::WarningArea shape;
        shape.polygons.push_back(ring);
        shapes.emplace_back(std::move(shape), model::Position::trusted(latitude / count, longitude / count));
    }
    if (shapes.empty())
        return std::nullopt;
    const auto found = std::find_if(shapes.begin(), shapes.end(),
                                    [&](const auto& shape) { return detect::touches(shape.first, county); });
    return found == shapes.end() ? shapes.front().second : found->second;
}

/// Where it warns of, so that the map can go there: the part's area in the county, else any area that is drawn.
model::Position placeOf(const model::Warning& warning, const model::WarningInfo& part, const detect::CountyArea& county) {
    if (const auto* area = areaOf(part, county)) {
        if (const auto place = placeIn(*area, county))
            return *place;
    }
    for (const auto& area : part.areas) {
        if (const auto place = placeIn(area, county))
            return *place;
    }
    for (const auto& info : warning.infos) {
        for (const auto& area : info.areas) {
            if (const auto place = placeIn(area, county))
                return *place;
        }
    }
    return {};
}

constexpr std::string_view anyHazard = "warning"; ///< of a rule that is for whatever others warn of

/// `part`: by which the rule fits. `hazard`: what that warns of; empty: nobody knows.
Alarm alarmBy(const detect::Rule& rule, const model::Warning& warning, const model::WarningInfo& part,
              const detect::CountyArea& county, std::string hazard) {
    Alarm alarm;
    alarm.source = sourceOf(warning);
    alarm.sinceTime = warning.sent;
    alarm.position = placeOf(warning, part, county);
    AlarmWords words;
    words.event = model::wordsOf(warning, part, model::headlineOf);
    words.place = alarm.place = model::wordsOf(warning, part, [&](const model::WarningInfo& info) {
        const auto* area = areaOf(info, county);
        return area == nullptr ? std::string() : area->description.substr(0, 200);
    });
    words.value = part.severity;
    describeBy(rule, words, alarm);
    if (alarm.hazard == anyHazard && !hazard.empty())
        alarm.hazard = std::move(hazard);
    alarm.kind = model::AlarmKind::message;
    return alarm;
}

Alarm alarmBy(const detect::Rule& rule, const model::Earthquake& quake) {
    Alarm alarm;
    alarm.source = sourceOf(quake);
    alarm.sinceTime = quake.time;
    alarm.position = quake.position;
    alarm.place = quake.place;
    alarm.value = quake.magnitude.value_or(0);
    if (const auto* condition = std::get_if<detect::EarthquakeCondition>(&rule.condition);
        condition != nullptr && condition->magnitude > 0)
        alarm.threshold = condition->magnitude;
    AlarmWords words;
    words.value = valueText(alarm.value, {});
    words.place = quake.place;
    words.event = "M " + words.value + (quake.place.empty() ? "" : ", " + quake.place);
    describeBy(rule, words, alarm);
    alarm.kind = model::AlarmKind::message;
    return alarm;
}

} // namespace

/// The active alarm about a message, whichever rule raised it.
const Alarm* DeskThread::messageAlarm(const std::string& source) const {
    for (const auto* rule : m_rules.ofMessages()) {
        if (const auto* alarm = m_book.active(rule->id, {}, source))
            return alarm;
    }
    return nullptr;
}

void DeskThread::noteMessages(const model::Entry& entry, const std::vector<model::Changed>& changed) {
    std::vector<std::string> before; // of the warnings in whose place the first one comes
    for (const auto& one : changed) {
        if (const auto* warning = std::get_if<model::Warning>(&one))
            before.push_back(sourceOf(*warning));
        else if (const auto* quake = std::get_if<model::Earthquake>(&one))
            m_messages.push_back({{}, quake->id, {}});
    }
    const bool update = entry.type == "warning.updated" || entry.type == "warning.accepted";
    bool first = true;
    for (const auto& one : changed) {
        if (const auto* warning = std::get_if<model::Warning>(&one)) {
            m_messages.push_back({warning->id, {}, {}});
            if (update && std::exchange(first, false))
                m_messages.back().before.assign(before.begin() + 1, before.end());
        }
    }
}

/// All that might concern the county: the rules are others now.
void DeskThread::judgeAllMessages() {
    m_messages.clear();
    for (const auto& [id, warning] : m_state.warnings) {
        if (warning.state == model::WarningState::inForce || messageAlarm(sourceOf(warning)) != nullptr)
            m_messages.push_back({id, {}, {}});
    }
    for (const auto& [id, quake] : m_state.earthquakes)
        m_messages.push_back({{}, id, {}});
}

/// An alarm that goes on under another rule, or about the message that has taken the place of its own. Null: it cannot.
std::optional<Effect> DeskThread::carryOn(const Alarm& standing, const Alarm& found) {
    auto next = described(standing, found);
    next.rule = found.rule;
    next.source = found.source;
    const bool graver = found.severity < standing.severity;
    if (!graver) {
        if (next == standing)
            return Effect{};
        return Effect{AlarmFlow::events("alarm.updated", {next}), {next.id.toString()}};
    }
    if (model::isSetAside(standing.state))
        return std::nullopt; // what a person has set aside was less
    auto gone = flow().after(next, AlarmEvent::clear, "desk");
    auto again = flow().after(gone ? *gone : next, AlarmEvent::raise, "desk");
    if (!again)
        return std::nullopt;
    ++again->repeats;
    flow().startClock(*again); // of the graver rule: how soon, and whom
    return Effect{AlarmFlow::events("alarm.raised", {*again}), {again->id.toString()}};
}

base::Result<void> DeskThread::judgeMessage(const std::optional<Alarm>& found, const std::string& source,
                                            const std::vector<std::string>& before, Turn& turn) {
    const auto now = m_parts.clock.now();
    const auto* standing = messageAlarm(source);
    if (!found) {
        if (standing == nullptr)
            return {};
        return writeOwn(flow().clear(*standing, now), turn);
    }
    for (auto at = before.begin(); standing == nullptr && at != before.end(); ++at)
        standing = messageAlarm(*at);
    if (standing == nullptr || (standing->rule == found->rule && standing->source == found->source))
        return writeOwn(flow().raise(*found, found->sinceTime, true), turn);
    if (!standing->holds)
        return writeOwn(flow().raise(*found, found->sinceTime), turn);
    if (const auto effect = carryOn(*standing, *found))
        return writeOwn(*effect, turn);
    if (auto ok = writeOwn(flow().clear(*standing, now), turn); !ok)
        return ok;
    return writeOwn(flow().raise(*found, found->sinceTime), turn);
}

base::Result<void> DeskThread::judgeMessages(Turn& turn) {
    const auto now = m_parts.clock.now();
    const auto messages = std::exchange(m_messages, {});
    for (const auto& message : messages) {
        std::optional<Alarm> found;
        std::string source;
        std::optional<base::Time> until;
        if (message.warning) {
            const auto& warning = m_state.warnings.at(*message.warning);
            source = sourceOf(warning);
            for (const auto* rule : m_rules.ofMessages()) {
                const auto* condition = std::get_if<detect::WarningCondition>(&rule->condition);
                const auto* part = condition == nullptr ? nullptr
                                                        : detect::partThatFits(*condition, warning, m_parts.area,
                                                                               m_state.desk.exercise);
                if (part != nullptr) {
                    found = alarmBy(*rule, warning, *part, m_parts.area,
                                    m_parts.hazardOfWarning ? m_parts.hazardOfWarning(*part) : std::string());
                    break;
                }
            }
        } else {
            const auto& quake = m_state.earthquakes.at(*message.earthquake);
            source = sourceOf(quake);
            for (const auto* rule : m_rules.ofMessages()) {
                const auto* condition = std::get_if<detect::EarthquakeCondition>(&rule->condition);
                if (condition != nullptr && detect::fits(*condition, quake, m_parts.area, now)) {
                    found = alarmBy(*rule, quake);
                    until = quake.time + condition->notOlderThan;
                    break;
                }
            }
        }
        if (auto ok = judgeMessage(found, source, message.before, turn); !ok)
            return ok;
        if (until) {
            if (const auto* alarm = messageAlarm(source))
                m_book.putOff(alarm->id, AlarmDue::old, std::max(*until, now) + std::chrono::seconds(1));
        }
    }
    return {};
}

/// Earthquakes that are too old by now.
void DeskThread::noteOldMessages() {
    for (const auto& item : m_book.due(m_parts.clock.now(), AlarmFlow::mostDue)) {
        if (item.what != AlarmDue::old)
            continue;
        m_book.putOff(item.alarm, AlarmDue::old, std::nullopt);
        const std::string_view source = m_state.alarms.at(item.alarm).source;
        constexpr std::string_view prefix = "earthquake:";
        if (!source.starts_with(prefix))
            continue;
        const auto id = model::EarthquakeId::parse(source.substr(prefix.size()));
        if (id && m_state.earthquakes.contains(*id))
            m_messages.push_back({{}, *id, {}});
    }
}

} // namespace tocsin::desk
