#include "gui/fake_bridge.hpp"

#include "tocsin/desk/command_visit.hpp"
#include "tocsin/desk/plans.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

namespace tocsin::gui::test {

FakeBridge::FakeBridge() : FakeBridge(fakeScene()) {}

FakeBridge::FakeBridge(Scene scene) : m_scene(std::move(scene)) {
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

FakeBridge::~FakeBridge() = default;

void FakeBridge::tell(const Changes& changes) {
    emit changed(changes);
}

void FakeBridge::tellAll() {
    Changes changes;
    changes.all = changes.desk = true;
    emit changed(changes);
}

void FakeBridge::complain(const QString& sentence) {
    emit trouble(sentence);
}

const model::State& FakeBridge::state() const {
    return m_scene.state;
}

const std::map<model::SensorId, desk::SensorNow>& FakeBridge::sensorsNow() const {
    return m_scene.sensors;
}

const std::vector<detect::Rule>& FakeBridge::rules() const {
    return inForce;
}

const std::deque<model::Entry>& FakeBridge::log() const {
    return m_scene.log;
}

const std::map<QString, FeedHealth>& FakeBridge::feeds() const {
    return feedHealth;
}

base::Time FakeBridge::now() const {
    return time;
}

bool FakeBridge::readOnly() const {
    return isReadOnly;
}

bool FakeBridge::ready() const {
    return isReady;
}

const std::vector<model::Plan>& FakeBridge::plans() const {
    return m_scene.plans;
}

bool FakeBridge::isSeat() const {
    return !seatOf.isEmpty();
}

QString FakeBridge::actor() const {
    if (isSeat())
        return seatOf;
    return QString::fromStdString(m_scene.state.desk.onDuty);
}

void FakeBridge::send(desk::CommandBody body, QObject* /*context*/, Answer answer) {
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
        desk::visit([&](const auto& command) { perform(command, done, changes); }, body);
    if (answer)
        answer(done);
    emit changed(changes);
}

void FakeBridge::recommend(model::IncidentId incident) {
    asked.push_back(incident);
    emit recommended(std::make_shared<const dispatch::Answer>(answerFor(incident)));
}

void FakeBridge::readingsOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t most,
                            QObject* /*context*/, std::function<void(std::vector<store::ReadingPoint>)> answer) {
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

void FakeBridge::nearestResources(model::Position place, std::size_t most, QObject* /*context*/,
                                  std::function<void(std::vector<NearResource>)> answer) {
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

void FakeBridge::roadTimes(std::vector<model::ResourceId> sources, std::vector<model::Position> places,
                           QObject* /*context*/, std::function<void(RoadTimes)> answer) {
    ++waysAsked;
    std::vector<base::Seconds> row;
    for (const auto& source : sources) {
        const auto known = drives.find(source);
        row.emplace_back(known == drives.end() ? std::numeric_limits<double>::infinity() : known->second);
    }
    answer(drives.empty() ? RoadTimes() : RoadTimes(places.size(), row));
}

void FakeBridge::choicesByHand(model::IncidentId incident, QObject* /*context*/, std::function<void(HandChoices)> answer) {
    std::vector<dispatch::HandChoice> out;
    for (const auto& [id, resource] : m_scene.state.resources) {
        dispatch::HandChoice one;
        one.choice.resource = id;
        one.choice.obstacle = model::isPlace(resource.kind)                            ? dispatch::Obstacle::cannotTravel
                              : resource.status == model::ResourceStatus::outOfService ? dispatch::Obstacle::outOfService
                              : resource.status == model::ResourceStatus::assigned     ? dispatch::Obstacle::busy
                                                                                       : dispatch::Obstacle::none;
        if (resource.kind == model::ResourceKind::shelter) {
            one.choice.obstacle = dispatch::Obstacle::none;
            one.choice.people = resource.capacity - resource.occupied;
        }
        one.possible = one.choice.obstacle == dispatch::Obstacle::none;
        one.leads = !model::isPlace(resource.kind);
        one.choice.eta = base::Seconds(geo::distance(resource.position, m_scene.state.incidents.at(incident).position).value / 15);
        out.push_back(one);
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.possible > b.possible; });
    answer(std::move(out));
}

void FakeBridge::wayByHand(model::IncidentId incident, model::ResourceId resource, std::vector<model::ResourceId> stores, QObject* /*context*/,
                           std::function<void(HandWay)> answer) {
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

void FakeBridge::coverOf(std::set<model::ResourceId> taken, std::set<model::ResourceId> elsewhere, QObject* context,
                         std::function<void(CoverAnswer)> answer) {
    coversAsked.push_back({taken, elsewhere});
    if (!coverComes)
        return;
    if (cover)
        answer(*cover);
    else
        DeskBridge::coverOf(std::move(taken), std::move(elsewhere), context, std::move(answer));
}

void FakeBridge::reachAround(std::vector<model::Position>, route::ReachDirection, base::Seconds, QObject*,
                             std::function<void(Reached)> answer) {
    answer(std::make_shared<const std::vector<route::ReachedRoad>>(reached));
}

void FakeBridge::pictureAt(base::Time at, QObject*, std::function<void(base::Result<PastPicture>)> answer) {
    if (past)
        return answer(past(at));
    auto picture = std::make_shared<desk::Picture>();
    picture->at = at;
    picture->state = m_scene.state;
    picture->sensors = m_scene.sensors;
    answer(PastPicture(std::move(picture)));
}

void FakeBridge::journalSpan(QObject*, std::function<void(base::Result<desk::JournalSpan>)> answer) {
    answer(span);
}

void FakeBridge::entriesAbout(const QString& subject, std::size_t most, QObject* /*context*/,
                              std::function<void(std::vector<model::Entry>)> answer) {
    std::vector<model::Entry> found;
    for (auto entry = m_scene.log.rbegin(); entry != m_scene.log.rend() && found.size() < most; ++entry) {
        if (entry->subject == subject.toStdString() ||
            entry->data.dump().find(subject.toStdString()) != std::string::npos)
            found.push_back(*entry);
    }
    answer(std::move(found));
}

dispatch::Answer FakeBridge::answerFor(model::IncidentId incident) const {
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
        c.route = lineThrough({{from.latitude(), from.longitude()},
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

template <typename Command>
void FakeBridge::perform(const Command& command, desk::Done& done, Changes& changes) {
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
    } else if constexpr (std::is_same_v<Command, desk::TellOfAlarm>) {
        std::erase_if(state.alarms[command.alarm].told, [&](const model::Told& one) { return one.who == command.who; });
        state.alarms[command.alarm].told.push_back({command.who, state.desk.onDuty, time});
        changes.alarms.insert(command.alarm);
    } else if constexpr (std::is_same_v<Command, desk::RegisterSensors>) {
        for (const auto& sensor : command.sensors) {
            state.sensors[sensor.id] = sensor;
            changes.sensors.insert(sensor.id);
            done.ids.push_back(sensor.id.value);
        }
    } else if constexpr (std::is_same_v<Command, desk::RetireSensors>) {
        for (const auto& sensorId : command.sensors) {
            auto& sensor = state.sensors[sensorId];
            sensor.retired = command.retired ? command.reason : std::string();
            sensor.retiredBy = command.retired ? state.desk.onDuty : std::string();
            sensor.retiredSince = command.retired ? std::optional(time) : std::nullopt;
            changes.sensors.insert(sensorId);
        }
    } else if constexpr (std::is_same_v<Command, desk::WriteNote>) {
        addEntry(m_scene, "note.written", state.desk.onDuty.c_str(), "desk", nlohmann::json{{"text", command.text}},
                 base::Duration{0});
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
        if (command.plan)
            givePlan(command.incident, *command.plan);
        changes.incidents.insert(command.incident);
    } else if constexpr (std::is_same_v<Command, desk::SetPlan>) {
        givePlan(command.incident, command.change);
        changes.incidents.insert(command.incident);
    } else if constexpr (std::is_same_v<Command, desk::SetNeeds>) {
        state.incidents[command.incident].needs = command.needs;
        changes.incidents.insert(command.incident);
    } else if constexpr (std::is_same_v<Command, desk::MoveIncident>) {
        state.incidents[command.incident].position = command.position;
        state.incidents[command.incident].place = command.place;
        changes.incidents.insert(command.incident);
        for (auto& [id, one] : state.assignments) {
            if (one.incident == command.incident && one.state < model::AssignmentState::onScene) {
                one.word = model::TeamWord::moved;
                one.reached = model::Reached::waits;
                changes.assignments.insert(id);
            }
        }
    } else if constexpr (std::is_same_v<Command, desk::RecordTold>) {
        for (const auto& id : command.assignments) {
            state.assignments[id].reached = command.reached;
            changes.assignments.insert(id);
        }
    } else if constexpr (std::is_same_v<Command, desk::CloseIncident>) {
        state.incidents[command.incident].state = model::IncidentState::closed;
        state.incidents[command.incident].closedAt = time;
        changes.incidents.insert(command.incident);
    } else if constexpr (std::is_same_v<Command, desk::OpenIncident>) {
        openIncident(command, done, changes);
    } else if constexpr (std::is_same_v<Command, desk::SendPlan>) {
        sendLines(command.decision, done, changes);
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

void FakeBridge::acknowledge(model::Alarm& alarm) {
    if (!model::wantsAcknowledgement(alarm))
        return;
    alarm.state = alarm.state == model::AlarmState::returnedUnacknowledged ? model::AlarmState::normal
                                                                           : model::AlarmState::acknowledged;
    alarm.acknowledgedAt = time;
    alarm.acknowledgedBy = m_scene.state.desk.onDuty;
}

void FakeBridge::setAside(const std::vector<model::AlarmId>& alarms, model::AlarmState to, const std::string& reason,
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

void FakeBridge::givePlan(model::IncidentId id, const desk::PlanChange& change) {
    auto& incident = m_scene.state.incidents[id];
    if (const auto* plan = model::planOf(m_scene.plans, change.plan)) {
        incident.needs = desk::needsWith(m_scene.state, incident, *plan, change.needs);
        incident.plan = plan->id;
    }
}

void FakeBridge::openIncident(const desk::OpenIncident& command, desk::Done& done, Changes& changes) {
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

void FakeBridge::sendLines(const model::Decision& decision, desk::Done& done, Changes& changes) {
    auto& state = m_scene.state;
    for (const auto& team : decision.lines) {
        model::Assignment a;
        a.id = id<model::AssignmentId>(100 + static_cast<unsigned>(state.assignments.size()));
        a.incident = decision.incident;
        a.resource = team.resource;
        a.capability = team.need.capability;
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

} // namespace tocsin::gui::test
