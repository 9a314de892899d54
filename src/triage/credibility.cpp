#include "tocsin/triage/credibility.hpp"

#include "tocsin/geo/measure.hpp"
#include "triage/alarm_belief.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tocsin::triage {

namespace {

using What = Reason::What;
using namespace std::chrono_literals;

constexpr double alarmReach = 3'000; // metres, as all of these
constexpr double alarmClose = 1'000;
constexpr double sensorReach = 1'000;
constexpr double contradictReach = 1'000;
constexpr double photoAtPlace = 200;
constexpr double photoAway = 1'000;
constexpr double senderAtPlace = 150;
constexpr double senderAway = 2'000; ///< a fire is seen from a hill
constexpr double senderVeryFar = 20'000;
constexpr double uncertain = 500;
constexpr double metresPerDegree = 111'195;
constexpr base::Duration contradictApart = 2h;
constexpr base::Duration photoAge = 6h;
constexpr base::Duration readBefore = 10min; ///< a value may be so much older than the event
constexpr base::Duration readAfter = 1h;     ///< or younger, to say anything of it
constexpr base::Duration fresh = 2h;
constexpr std::size_t mostRead = 400; ///< texts of other reports, the newest

base::Time whenOf(const model::Report& report) {
    return report.happenedAt == base::Time{} ? report.receivedAt : report.happenedAt;
}

bool placed(const model::Position& p) {
    return p != model::Position{};
}

double hoursOf(base::Duration d) {
    return std::chrono::duration<double, std::ratio<3600>>(d).count();
}

Hazards hazardsOfWarning(const HazardWords& words, const model::WarningInfo& info) {
    return words.hazardsIn(folded(info.event + " . " + info.headline));
}

Hazards hazardsOfAlarm(const HazardWords& words, const model::Alarm& alarm) {
    const auto word = folded(alarm.hazard);
    const Hazards known = words.hazardsOf(word);
    return known != 0 ? known : words.hazardsIn(word);
}

/// Which kinds of sensors would show it.
bool shows(model::SensorKind kind, Hazards hazards) {
    switch (kind) {
    case model::SensorKind::riverLevel:
        return (hazards & hazard::flood) != 0 && (hazards & hazard::rain) == 0;
    case model::SensorKind::smoke:
        return (hazards & hazard::fire) != 0;
    default: // rain, soil and shaking are measured at one point, and happen beside it
        return false;
    }
}

bool covers(const model::WarningArea& area, const model::Position& p) {
    return std::any_of(area.polygons.begin(), area.polygons.end(),
                       [&](const model::Line& ring) { return geo::contains(ring, p); }) ||
           std::any_of(area.circles.begin(), area.circles.end(),
                       [&](const model::Circle& c) { return geo::distance(c.centre, p).value <= c.radiusKm * 1000; });
}

class Judge {
  public:
    Judge(const model::Report& report, const std::vector<model::ReportId>& same, const model::State& state,
          const std::map<model::SensorId, SensorValue>& sensors, base::Time now, const HazardWords& words)
        : m_words(words), m_report(report), m_same(same.begin(), same.end()), m_state(state), m_sensors(sensors), m_now(now),
          m_when(whenOf(report)), m_text(folded(report.text)), m_category(folded(report.category)),
          m_hazards(words.hazardsOf(m_category)) {
        m_same.erase(report.id);
        if (m_hazards == 0 && (m_category.empty() || m_category == "other"))
            m_hazards = words.hazardsIn(m_text);
        m_denies = words.denies(m_text, m_hazards);
    }

    std::vector<Reason> reasons() {
        source();
        reports();
        if (m_report.position) {
            // An alarm near by does not make the report true that there is none.
            if (!m_denies && !alarms())
                silentSensor();
            if (!m_denies)
                warnings();
            photos();
            place();
        }
        oldPhotos();
        contact();
        std::stable_sort(m_out.begin(), m_out.end(),
                         [](const Reason& a, const Reason& b) { return a.weight > b.weight; });
        return std::move(m_out);
    }

  private:
    Reason& add(What what, bool speaksFor, int weight) {
        Reason reason;
        reason.what = what;
        reason.speaksFor = speaksFor;
        reason.weight = weight;
        return m_out.emplace_back(std::move(reason));
    }

    void source() {
        if (m_report.trust == model::Trust::official)
            add(What::officialSource, true, 3);
        else if (m_report.trust == model::Trust::known)
            add(What::knownSource, true, 2);
    }

    /// The alarm's or report's own words where it has no known hazard: a county may have any.
    [[nodiscard]] bool sameHazard(Hazards hazards, const std::string& word) const {
        return m_hazards != 0 || hazards != 0 ? (m_hazards & hazards) != 0 : !m_category.empty() && word == m_category;
    }

    /// Whether the other one speaks of what this one is about, as far as can be told.
    [[nodiscard]] bool relates(const model::Report& other) const {
        if (m_same.contains(other.id))
            return true;
        const auto time = whenOf(other);
        if (time > m_when + contradictApart || time < m_when - contradictApart)
            return false;
        if (!m_report.position || !other.position)
            return false;
        if (std::abs(m_report.position->latitude() - other.position->latitude()) * metresPerDegree > contradictReach ||
            geo::distance(*m_report.position, *other.position).value > contradictReach)
            return false;
        const auto word = folded(other.category);
        if (word == m_category || word.empty() || word == "other" || m_category.empty() || m_category == "other")
            return true;
        return sameHazard(m_words.hazardsOf(word), word);
    }

    void reports() {
        std::size_t judged = 0;
        std::size_t verified = 0;
        std::size_t dismissed = 0;
        std::set<std::string> opposite;
        std::size_t oppositeUnknown = 0;
        bool tookBack = false;
        std::set<std::string> saySame;
        std::set<std::string> saySameUnknown; ///< by their words: those sent again are no further witness
        std::size_t own = 0;
        std::size_t read = 0;
        // Newest first, as their ids go: if there are more than are read, the old ones are left out.
        for (auto it = m_state.reports.rbegin(); it != m_state.reports.rend(); ++it) {
            const model::Report& other = it->second;
            if (other.id == m_report.id)
                continue;
            const bool ofSender = !m_report.sender.empty() && other.sender == m_report.sender;
            if (ofSender && model::isJudged(other.state)) {
                ++judged;
                ++(other.state == model::ReportState::verified ? verified : dismissed);
            }
            if (other.state == model::ReportState::dismissed || read >= mostRead || !relates(other))
                continue;
            ++read;
            const auto text = folded(other.text);
            if (m_words.denies(text, m_hazards) != m_denies) {
                if (ofSender)
                    tookBack = tookBack || (!m_denies && whenOf(other) >= m_when);
                else if (other.sender.empty())
                    ++oppositeUnknown;
                else
                    opposite.insert(other.sender);
            } else if (m_same.contains(other.id)) {
                if (ofSender)
                    ++own;
                else if (!other.sender.empty())
                    saySame.insert(other.sender);
                else if (text != m_text || text.empty())
                    saySameUnknown.insert(text.empty() ? other.id.toString() : text);
            }
        }
        record(judged, verified, dismissed);
        if (const auto count = saySame.size() + saySameUnknown.size(); count > 0) {
            auto& reason = add(What::othersSay, true, count >= 3 ? 3 : 2);
            reason.count = count;
            reason.other = saySameUnknown.size();
        } else if (own > 0) {
            add(What::sameSenderOnly, false, 1).count = own;
        }
        if (const auto count = opposite.size() + oppositeUnknown; count > 0)
            add(What::othersContradict, false, count >= 2 ? 3 : 2).count = count;
        m_tookBack = tookBack;
    }

    void record(std::size_t judged, std::size_t verified, std::size_t dismissed) {
        if (judged == 0)
            return;
        const int weight = judged == 1 ? 1 : judged < 5 ? 2 : 3;
        if (3 * verified >= 2 * judged) {
            auto& reason = add(What::goodRecord, true, weight);
            reason.count = judged;
            reason.other = verified;
        } else if (2 * dismissed >= judged) {
            auto& reason = add(What::badRecord, false, weight);
            reason.count = judged;
            reason.other = dismissed;
        }
    }

    bool alarms() {
        const model::Alarm* nearest = nullptr;
        double least = alarmReach;
        for (const auto& [id, alarm] : m_state.alarms) {
            if (!isBelieved(alarm, m_state) || !placed(alarm.position) ||
                !sameHazard(hazardsOfAlarm(m_words, alarm), alarm.hazard))
                continue;
            const double metres = geo::distance(alarm.position, *m_report.position).value;
            if (metres <= least) {
                least = metres;
                nearest = &alarm;
            }
        }
        if (nearest == nullptr)
            return false;
        auto& reason = add(What::alarmNear, true, least <= alarmClose ? 3 : 2);
        reason.alarm = nearest->id;
        reason.metres = least;
        return true;
    }

    [[nodiscard]] bool saysNothing(const model::Sensor& sensor) const {
        return std::any_of(m_state.alarms.begin(), m_state.alarms.end(), [&](const auto& entry) {
            const model::Alarm& alarm = entry.second;
            return model::isActive(alarm.state) &&
                   (alarm.sensor == sensor.id ||
                    std::find(alarm.sensors.begin(), alarm.sensors.end(), sensor.id) != alarm.sensors.end());
        });
    }

    void silentSensor() {
        const model::Sensor* nearest = nullptr;
        double least = sensorReach;
        for (const auto& [id, sensor] : m_state.sensors) {
            if (!shows(sensor.kind, m_hazards) || !sensor.outOfService.empty() || !sensor.retired.empty() || !placed(sensor.position))
                continue;
            const double metres = geo::distance(sensor.position, *m_report.position).value;
            if (metres > least)
                continue;
            const auto value = m_sensors.find(id);
            if (value == m_sensors.end() || value->second.time < m_when - readBefore ||
                value->second.time > m_when + readAfter || value->second.time + fresh < m_now)
                continue;
            const double v = value->second.value;
            if ((sensor.lowest && v < *sensor.lowest) || (sensor.highest && v > *sensor.highest) || saysNothing(sensor))
                continue;
            least = metres;
            nearest = &sensor;
        }
        if (nearest == nullptr)
            return;
        auto& reason = add(What::sensorSaysNot, false, 1);
        reason.sensor = nearest->id;
        reason.metres = least;
    }

    void warnings() {
        for (const auto& [id, warning] : m_state.warnings) {
            const bool meant =
                warning.capStatus == "Actual" || (warning.capStatus == "Exercise" && m_state.desk.exercise);
            if (warning.state != model::WarningState::inForce || !meant ||
                warning.signature == model::Signature::invalid || (warning.expires && *warning.expires <= m_now))
                continue;
            const bool found =
                std::any_of(warning.infos.begin(), warning.infos.end(), [&](const model::WarningInfo& info) {
                    if (info.expires && *info.expires <= m_now)
                        return false;
                    return sameHazard(hazardsOfWarning(m_words, info), folded(info.event)) &&
                           std::any_of(info.areas.begin(), info.areas.end(),
                                       [&](const auto& area) { return covers(area, *m_report.position); });
                });
            if (found) {
                add(What::warningCovers, true, 2).warning = id;
                return; // one is enough
            }
        }
    }

    void photos() {
        double least = -1;
        for (const auto& photo : m_report.photos) {
            if (!photo.position || !placed(*photo.position))
                continue;
            const double metres = geo::distance(*photo.position, *m_report.position).value;
            least = least < 0 ? metres : std::min(least, metres);
        }
        if (least < 0)
            return;
        const double accuracy = m_report.accuracyMetres.value_or(0);
        if (least <= std::max(photoAtPlace, accuracy))
            add(What::photoThere, true, 2).metres = least;
        else if (least > photoAway + accuracy)
            add(What::photoElsewhere, false, least > 10 * photoAway ? 3 : 2).metres = least;
    }

    void oldPhotos() {
        std::optional<base::Time> newest;
        for (const auto& photo : m_report.photos) {
            if (photo.takenAt && (!newest || *newest < *photo.takenAt))
                newest = photo.takenAt;
        }
        if (newest && *newest + photoAge < m_when)
            add(What::photoOld, false, m_when - *newest > 48h ? 3 : 2).hours = hoursOf(m_when - *newest);
    }

    void place() {
        const double accuracy = m_report.accuracyMetres.value_or(0);
        if (accuracy > uncertain)
            add(What::placeUncertain, false, 1).metres = accuracy;
        if (!m_report.senderPosition || !placed(*m_report.senderPosition))
            return;
        const double metres = geo::distance(*m_report.senderPosition, *m_report.position).value;
        if (metres <= senderAtPlace + std::min(accuracy, uncertain))
            add(What::senderThere, true, 2).metres = metres;
        else if (metres > senderAway + accuracy)
            add(What::senderFar, false, metres > senderVeryFar ? 2 : 1).metres = metres;
    }

    void contact() {
        const auto& call = m_report.callBack;
        const bool done = call && call->doneAt;
        const bool confirmed = done && call->reached && m_words.denies(folded(call->result), m_hazards) == m_denies;
        if (m_tookBack || (done && call->reached && !confirmed))
            add(What::takenBack, false, 3);
        if (confirmed)
            add(What::calledBack, true, 3);
        else if (done && !call->reached)
            add(What::notReached, false, 1);
        if (!m_report.hasContact && !done && m_report.trust != model::Trust::official)
            add(What::noContact, false, 1);
    }

    const HazardWords& m_words;
    const model::Report& m_report;
    std::set<model::ReportId> m_same;
    const model::State& m_state;
    const std::map<model::SensorId, SensorValue>& m_sensors;
    base::Time m_now;
    base::Time m_when;
    std::string m_text;
    std::string m_category;
    Hazards m_hazards;
    bool m_denies{false};
    bool m_tookBack{false};
    std::vector<Reason> m_out;
};

} // namespace

std::vector<Reason> credibility(const model::Report& report, const std::vector<model::ReportId>& same,
                                const model::State& state, const std::map<model::SensorId, SensorValue>& sensors,
                                base::Time now, const HazardWords& words) {
    return Judge(report, same, state, sensors, now, words).reasons();
}

int balanceOf(const std::vector<Reason>& reasons) {
    int balance = 0;
    for (const auto& reason : reasons)
        balance += reason.speaksFor ? reason.weight : -reason.weight;
    return balance;
}

} // namespace tocsin::triage
