#pragma once

#include "gui/fake_scene.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/bridge.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace tocsin::gui::test {

/// A desk without a desk: shows the scene, records what is sent, and does the simplest commands to its own state.
/// Everything it answers, it answers at once.
class FakeBridge : public DeskBridge {
  public:
    FakeBridge() : FakeBridge(fakeScene()) {}
    explicit FakeBridge(Scene scene) : m_scene(std::move(scene)) {
        const auto feed = [this](const char* name, std::size_t taken, std::size_t bad, base::Duration age) {
            FeedHealth health;
            health.name = QString::fromLatin1(name);
            health.taken = taken;
            health.quarantined = bad;
            health.lastGood = time - age;
            health.ever = true;
            feedHealth[health.name] = health;
        };
        using namespace std::chrono_literals;
        feed("readings", 18422, 0, 2s);
        feed("cap", 3, 0, 194s);
        feed("http", 14, 1, 72s);
        feed("usgs", 1, 0, 2h);
    }

    // What a test sets.
    base::Time time{sceneNow()};
    bool isReadOnly{false};
    bool isReady{true};
    bool effects{true};                    ///< do what was sent, in the simplest way
    std::vector<desk::CommandBody> sent;   ///< oldest first
    std::vector<model::IncidentId> asked;  ///< for recommendations
    std::optional<base::Error> refuseNext; ///< answers the next command with this
    std::map<QString, FeedHealth> feedHealth;
    std::map<model::SensorId, std::vector<store::ReadingPoint>> series;
    std::vector<model::SensorId> charted; ///< sensors whose readings were asked for
    std::vector<detect::Rule> inForce;

    /// The state, to be changed before changed() is emitted by tell().
    [[nodiscard]] Scene& scene() { return m_scene; }
    void tell(Changes changes) { emit changed(changes); }
    void tellAll() {
        Changes changes;
        changes.all = changes.desk = true;
        emit changed(changes);
    }
    void complain(const QString& sentence) { emit trouble(sentence); }

    template <typename Command>
    [[nodiscard]] const Command* lastSent() const {
        return sent.empty() ? nullptr : std::get_if<Command>(&sent.back());
    }

    const model::State& state() const override { return m_scene.state; }
    const std::map<model::SensorId, desk::SensorNow>& sensorsNow() const override { return m_scene.sensors; }
    const std::vector<detect::Rule>& rules() const override { return inForce; }
    const std::deque<model::Entry>& log() const override { return m_scene.log; }
    const std::map<QString, FeedHealth>& feeds() const override { return feedHealth; }
    base::Time now() const override { return time; }
    bool readOnly() const override { return isReadOnly; }
    bool ready() const override { return isReady; }
    const std::vector<model::Plan>& plans() const override { return m_scene.plans; }
    QString actor() const override { return QString::fromStdString(m_scene.state.desk.onDuty); }

    void send(desk::CommandBody body, QObject* /*context*/ = nullptr, Answer answer = {}) override {
        sent.push_back(body);
        if (refuseNext) {
            const base::Error error = *refuseNext;
            refuseNext.reset();
            if (answer)
                answer(tl::unexpected<base::Error>(error));
            else
                emit trouble(QString::fromStdString(error.message));
            return;
        }
        desk::Done done;
        Changes changes;
        if (effects)
            std::visit([&](const auto& command) { perform(command, done, changes); }, body);
        if (answer)
            answer(done);
        emit changed(changes);
    }

    void recommend(model::IncidentId incident) override {
        asked.push_back(incident);
        emit recommended(std::make_shared<const dispatch::Answer>(answerFor(incident)));
    }

    void readingsOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t most,
                    QObject* /*context*/, std::function<void(std::vector<store::ReadingPoint>)> answer) override {
        charted.push_back(sensor);
        std::vector<store::ReadingPoint> points;
        const auto known = series.find(sensor);
        if (known != series.end()) {
            std::copy_if(known->second.begin(), known->second.end(), std::back_inserter(points),
                         [&](const auto& p) { return p.time >= from && p.time <= to; });
        } else if (const auto newest = m_scene.sensors.find(sensor); newest != m_scene.sensors.end()) {
            for (int i = 60; i >= 0; --i) // an hour that rises towards what is shown now
                points.push_back({newest->second.time - std::chrono::minutes(i),
                                  newest->second.value * (1.0 - 0.004 * i + 0.004 * (i % 3))});
        }
        if (points.size() > most)
            points.erase(points.begin(), points.end() - static_cast<std::ptrdiff_t>(most));
        answer(std::move(points));
    }

    void nearestResources(model::Position place, std::size_t most, QObject* /*context*/,
                          std::function<void(std::vector<NearResource>)> answer) override {
        std::vector<NearResource> out;
        for (const auto& [id, resource] : m_scene.state.resources) {
            const double metres = geo::distance(place, resource.position).value;
            if (resource.status == model::ResourceStatus::available && resource.speedFactor > 0)
                out.push_back({id, base::Seconds{metres / 15}, base::Metres{metres}});
        }
        std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.eta.value < b.eta.value; });
        out.resize(std::min(out.size(), most));
        answer(std::move(out));
    }
    std::map<model::ResourceId, double> drives; ///< seconds to any place; who is not named has no way; empty: nobody can tell
    int waysAsked{0};
    void roadTimes(std::vector<model::ResourceId> sources, std::vector<model::Position> places, QObject* /*context*/,
                   std::function<void(RoadTimes)> answer) override {
        ++waysAsked;
        std::vector<base::Seconds> row;
        for (const auto& source : sources) {
            const auto known = drives.find(source);
            row.emplace_back(known == drives.end() ? std::numeric_limits<double>::infinity() : known->second);
        }
        answer(drives.empty() ? RoadTimes() : RoadTimes(places.size(), row));
    }
    /// Those who are free can go, by the straight line; a place goes nowhere.
    void choicesByHand(model::IncidentId incident, QObject* /*context*/, std::function<void(HandChoices)> answer) override {
        std::vector<dispatch::HandChoice> out;
        for (const auto& [id, resource] : m_scene.state.resources) {
            dispatch::HandChoice one;
            one.choice.resource = id;
            one.choice.obstacle = model::isPlace(resource.kind)                            ? dispatch::Obstacle::cannotTravel
                                  : resource.status == model::ResourceStatus::outOfService ? dispatch::Obstacle::outOfService
                                  : resource.status == model::ResourceStatus::assigned     ? dispatch::Obstacle::busy
                                                                                           : dispatch::Obstacle::none;
            one.possible = one.choice.obstacle == dispatch::Obstacle::none;
            one.leads = !model::isPlace(resource.kind);
            one.choice.eta = base::Seconds(geo::distance(resource.position, m_scene.state.incidents.at(incident).position).value / 15);
            out.push_back(one);
        }
        std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.possible > b.possible; });
        answer(std::move(out));
    }
    struct AskedWay {
        model::ResourceId resource;
        std::vector<model::ResourceId> stores;
    };
    std::vector<AskedWay> waysByHand; ///< asked for
    std::optional<base::Error> noWay; ///< answers each of them with this
    void wayByHand(model::IncidentId incident, model::ResourceId resource, std::vector<model::ResourceId> stores, QObject* /*context*/,
                   std::function<void(HandWay)> answer) override {
        waysByHand.push_back({resource, stores});
        if (noWay)
            return answer(tl::unexpected<base::Error>(*noWay));
        dispatch::Choice way;
        way.resource = resource;
        for (const auto& store : stores)
            way.stops.push_back({m_scene.state.resources.at(store).position, m_scene.state.resources.at(store).name, store, base::Seconds(300)});
        way.eta = way.plain = base::Seconds(600 + 600.0 * static_cast<double>(stores.size()));
        if (!stores.empty())
            way.stops.push_back({m_scene.state.incidents.at(incident).position, {}, std::nullopt, way.eta});
        answer(std::move(way));
    }
    std::vector<route::ReachedRoad> reached; ///< what reachAround answers
    void reachAround(std::vector<model::Position>, route::ReachDirection, base::Seconds, QObject*,
                     std::function<void(Reached)> answer) override {
        answer(std::make_shared<const std::vector<route::ReachedRoad>>(reached));
    }
    std::function<base::Result<PastPicture>(base::Time)> past; ///< what pictureAt answers
    void pictureAt(base::Time at, QObject*, std::function<void(base::Result<PastPicture>)> answer) override {
        if (past)
            return answer(past(at));
        auto picture = std::make_shared<desk::Picture>();
        picture->at = at;
        picture->state = m_scene.state;
        picture->sensors = m_scene.sensors;
        answer(PastPicture(std::move(picture)));
    }
    desk::JournalSpan span;
    void journalSpan(QObject*, std::function<void(base::Result<desk::JournalSpan>)> answer) override { answer(span); }
    void entriesAbout(const QString& subject, std::size_t most, QObject* /*context*/,
                      std::function<void(std::vector<model::Entry>)> answer) override {
        std::vector<model::Entry> found;
        for (auto entry = m_scene.log.rbegin(); entry != m_scene.log.rend() && found.size() < most; ++entry) {
            if (entry->subject == subject.toStdString() ||
                entry->data.dump().find(subject.toStdString()) != std::string::npos)
                found.push_back(*entry);
        }
        answer(std::move(found));
    }

    /// Three teams chosen of four, as in the drawing.
    [[nodiscard]] dispatch::Answer answerFor(model::IncidentId incident) const {
        dispatch::Answer r;
        r.focus = incident;
        r.considered = 41;
        r.took = std::chrono::milliseconds(38);
        r.factsAt = time;
        const auto choice = [&](unsigned resource, int level, double minutes) {
            dispatch::Choice c;
            c.resource = id<model::ResourceId>(resource);
            c.level = level;
            c.eta = base::Seconds(minutes * 60);
            c.etaLow = c.eta * 0.8;
            c.etaHigh = c.eta * 1.35;
            c.distance = base::Metres(minutes * 660);
            c.via = "Landstrasse";
            const auto& from = m_scene.state.resources.at(c.resource).position;
            const auto to =
                m_scene.state.incidents.contains(incident) ? m_scene.state.incidents.at(incident).position : from;
            c.route = scene_detail::lineThrough(
                {{from.latitude(), from.longitude()},
                 {(from.latitude() + to.latitude()) / 2, (from.longitude() + to.longitude()) / 2 + 0.002},
                 {to.latitude(), to.longitude()}},
                minutes * 60);
            return c;
        };
        dispatch::NeedAnswer dyke{incident, {"dyke-defence", 2, 2}, 2, {choice(1, 2, 4), choice(3, 2, 11)}};
        dyke.others = {choice(5, 1, 17)};
        dyke.others[0].costs = base::Seconds(360);
        dispatch::NeedAnswer pumps{incident, {"pumping", 1, 1}, 1, {choice(2, 2, 9)}};
        dispatch::NeedAnswer boats{incident, {"water-rescue", 1, 1}, 1};
        boats.unmet.emplace();
        boats.unmet->missing = 1;
        boats.unmet->reason = "all-busy";
        r.needs = {std::move(dyke), std::move(pumps), std::move(boats)};
        return r;
    }

  private:
    template <typename Command>
    void perform(const Command& command, desk::Done& done, Changes& changes) {
        auto& state = m_scene.state;
        if constexpr (std::is_same_v<Command, desk::AcknowledgeAlarm>) {
            acknowledge(state.alarms[command.alarm]);
            changes.alarms.insert(command.alarm);
        } else if constexpr (std::is_same_v<Command, desk::AcknowledgeAllAlarms>) {
            for (auto& [alarmId, alarm] : state.alarms) {
                acknowledge(alarm);
                changes.alarms.insert(alarmId);
            }
        } else if constexpr (std::is_same_v<Command, desk::AcknowledgeAlarms>) {
            for (const auto& alarmId : command.alarms) {
                acknowledge(state.alarms[alarmId]);
                changes.alarms.insert(alarmId);
            }
        } else if constexpr (std::is_same_v<Command, desk::ShelveAlarms>) {
            setAside(command.alarms, model::AlarmState::shelved, command.reason, changes);
            for (const auto& alarmId : command.alarms)
                state.alarms[alarmId].until = command.until;
        } else if constexpr (std::is_same_v<Command, desk::TakeAlarmsOutOfService>) {
            setAside(command.alarms, model::AlarmState::outOfService, command.reason, changes);
        } else if constexpr (std::is_same_v<Command, desk::UnshelveAlarms> ||
                             std::is_same_v<Command, desk::PutAlarmsBack>) {
            setAside(command.alarms, model::AlarmState::unacknowledged, {}, changes);
        } else if constexpr (std::is_same_v<Command, desk::HandAlarms>) {
            for (const auto& alarmId : command.alarms) {
                state.alarms[alarmId].owner = command.to;
                changes.alarms.insert(alarmId);
            }
        } else if constexpr (std::is_same_v<Command, desk::RegisterSensors>) {
            for (const auto& sensor : command.sensors) {
                state.sensors[sensor.id] = sensor;
                changes.sensors.insert(sensor.id);
                done.ids.push_back(sensor.id.value);
            }
        } else if constexpr (std::is_same_v<Command, desk::WriteNote>) {
            scene_detail::addEntry(m_scene, "note.written", state.desk.onDuty.c_str(), "desk",
                                   nlohmann::json{{"text", command.text}}, base::Duration{0});
            ++changes.entries;
        } else if constexpr (std::is_same_v<Command, desk::JudgeReport>) {
            state.reports[command.report].state = command.state;
            changes.reports.insert(command.report);
        } else if constexpr (std::is_same_v<Command, desk::MuteSound>) {
            state.desk.soundMutedUntil = command.until;
            changes.desk = true;
        } else if constexpr (std::is_same_v<Command, desk::SetRoadWeather>) {
            state.desk.roadWeather = command.weather;
            changes.desk = true;
        } else if constexpr (std::is_same_v<Command, desk::SetResponseLevel>) {
            state.desk.responseLevel = command.level;
            state.desk.responseTitle = command.title;
            changes.desk = true;
        } else if constexpr (std::is_same_v<Command, desk::StartShift>) {
            state.desk.onDuty = command.officer;
            state.desk.leader = command.leader;
            state.desk.dutyUntil = command.until;
            state.desk.dutySince = time;
            changes.desk = true;
        } else if constexpr (std::is_same_v<Command, desk::GradeIncident>) {
            state.incidents[command.incident].grade = command.grade;
            state.incidents[command.incident].gradeProposed = false;
            changes.incidents.insert(command.incident);
        } else if constexpr (std::is_same_v<Command, desk::CloseIncident>) {
            state.incidents[command.incident].state = model::IncidentState::closed;
            state.incidents[command.incident].closedAt = time;
            changes.incidents.insert(command.incident);
        } else if constexpr (std::is_same_v<Command, desk::OpenIncident>) {
            openIncident(command, done, changes);
        } else if constexpr (std::is_same_v<Command, desk::SendTeams>) {
            sendTeams(command, done, changes);
        } else if constexpr (std::is_same_v<Command, desk::SendPlan>) {
            desk::SendTeams teams{command.decision.incident, {}};
            for (const auto& line : command.decision.lines)
                teams.teams.push_back({line.resource, line.need.capability, line.eta, line.route, line.reason});
            sendTeams(teams, done, changes);
        } else if constexpr (std::is_same_v<Command, desk::AdvanceAssignment>) {
            state.assignments[command.assignment].state = command.to;
            changes.assignments.insert(command.assignment);
        } else if constexpr (std::is_same_v<Command, desk::PutDrawing>) {
            model::Drawing drawing = command.drawing;
            if (drawing.id.isNull()) {
                drawing.id = id<model::DrawingId>(100 + static_cast<unsigned>(state.drawings.size()));
                drawing.by = state.desk.onDuty;
                drawing.drawnAt = time;
            }
            done.ids.push_back(drawing.id.toString());
            changes.drawings.insert(drawing.id);
            state.drawings[drawing.id] = drawing;
        } else if constexpr (std::is_same_v<Command, desk::RemoveDrawing>) {
            state.drawings[command.drawing].removedAt = time;
            changes.drawings.insert(command.drawing);
        }
    }

    void acknowledge(model::Alarm& alarm) {
        if (!model::wantsAcknowledgement(alarm))
            return;
        alarm.state = alarm.state == model::AlarmState::returnedUnacknowledged ? model::AlarmState::normal
                                                                               : model::AlarmState::acknowledged;
        alarm.acknowledgedAt = time;
        alarm.acknowledgedBy = m_scene.state.desk.onDuty;
    }

    void setAside(const std::vector<model::AlarmId>& alarms, model::AlarmState to, const std::string& reason,
                  Changes& changes) {
        for (const auto& alarmId : alarms) {
            model::Alarm& alarm = m_scene.state.alarms[alarmId];
            alarm.state = to;
            alarm.stateBy = m_scene.state.desk.onDuty;
            alarm.stateReason = reason;
            alarm.until.reset();
            changes.alarms.insert(alarmId);
        }
    }

    void openIncident(const desk::OpenIncident& command, desk::Done& done, Changes& changes) {
        auto& state = m_scene.state;
        model::Incident i;
        i.id = id<model::IncidentId>(100 + static_cast<unsigned>(state.incidents.size()));
        i.number = "2026-0" + std::to_string(++state.desk.lastIncidentNumber);
        i.title = command.title;
        i.hazardClass = command.hazardClass;
        i.hazard = command.hazard;
        i.grade = command.grade;
        i.position = command.position;
        i.place = command.place;
        i.openedAt = time;
        i.openedBy = state.desk.onDuty;
        i.alarms = command.alarms;
        i.reports = command.reports;
        for (const auto& alarm : command.alarms) {
            state.alarms[alarm].incident = i.id;
            changes.alarms.insert(alarm);
        }
        done.ids.push_back(i.id.toString());
        changes.incidents.insert(i.id);
        state.incidents[i.id] = std::move(i);
    }

    void sendTeams(const desk::SendTeams& command, desk::Done& done, Changes& changes) {
        auto& state = m_scene.state;
        for (const auto& team : command.teams) {
            model::Assignment a;
            a.id = id<model::AssignmentId>(100 + static_cast<unsigned>(state.assignments.size()));
            a.incident = command.incident;
            a.resource = team.resource;
            a.capability = team.capability;
            a.state = model::AssignmentState::notified;
            a.proposedAt = time;
            a.notifiedAt = time;
            a.eta = team.eta;
            a.route = team.route;
            a.reason = team.reason;
            state.resources[team.resource].status = model::ResourceStatus::assigned;
            changes.resources.insert(team.resource);
            changes.assignments.insert(a.id);
            done.ids.push_back(a.id.toString());
            state.assignments[a.id] = std::move(a);
        }
    }

    Scene m_scene;
};

} // namespace tocsin::gui::test
