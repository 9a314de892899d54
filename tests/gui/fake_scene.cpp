#include "gui/fake_scene.hpp"

#include <nlohmann/json.hpp>

namespace tocsin::gui::test {

namespace {

using namespace std::chrono_literals;
using model::Grade;
using model::Position;

base::Time ago(base::Duration by) {
    return sceneNow() - by;
}

void addSensor(Scene& scene, const char* key, base::LocalText name, model::SensorKind kind, const char* unit,
               double latitude, double longitude, base::LocalText place, double value, double previous,
               base::Duration age) {
    model::Sensor s;
    s.id = model::SensorId(key);
    s.name = std::move(name);
    s.kind = kind;
    s.unit = unit;
    s.position = Position::trusted(latitude, longitude);
    s.place = std::move(place);
    scene.sensors[s.id] = {ago(age), value, previous};
    scene.state.sensors[s.id] = std::move(s);
}

model::Alarm& addAlarm(Scene& scene, unsigned n, base::LocalText title, Grade severity, model::AlarmState state,
                       base::Duration age, const char* sensor, double value, double threshold, const char* hazard) {
    model::Alarm a;
    a.id = id<model::AlarmId>(n);
    a.rule = std::string(sensor) + "-rule";
    a.sensor = model::SensorId(sensor);
    a.title = std::move(title);
    a.guidance = both("Send an observer and warn the people below the dyke.", "派人现场查看，通知堤下群众。");
    a.hazard = hazard;
    a.severity = severity;
    a.state = state;
    a.raisedAt = ago(age);
    a.sinceTime = ago(age + 30s);
    a.value = value;
    a.threshold = threshold;
    const auto known = scene.state.sensors.find(a.sensor);
    if (known != scene.state.sensors.end()) {
        a.position = known->second.position;
        a.place = known->second.place;
        a.unit = known->second.unit;
    }
    for (int i = 4; i >= 0; --i)
        a.saw.push_back({ago(age + std::chrono::minutes(i)), value - 0.03 * i});
    if (state == model::AlarmState::acknowledged) {
        a.acknowledgedAt = ago(age - 40s);
        a.acknowledgedBy = "M. Keller";
    }
    if (state == model::AlarmState::returnedUnacknowledged)
        a.returnedAt = ago(2min);
    return scene.state.alarms[a.id] = std::move(a);
}

model::Incident& addIncident(Scene& scene, unsigned n, base::LocalText title, Grade grade, const char* hazard,
                             double latitude, double longitude, base::LocalText place, base::Duration age) {
    model::Incident i;
    i.id = id<model::IncidentId>(n);
    i.number = "2026-0" + std::to_string(148 - n);
    i.title = std::move(title);
    i.hazard = hazard;
    i.grade = grade;
    i.position = Position::trusted(latitude, longitude);
    i.place = std::move(place);
    i.openedAt = ago(age);
    i.openedBy = "M. Keller";
    i.exercise = true;
    return scene.state.incidents[i.id] = std::move(i);
}

model::Report& addReport(Scene& scene, unsigned n, const char* text, const char* place, double latitude,
                         double longitude, base::Duration age, model::ReportState state, const char* category) {
    model::Report r;
    r.id = id<model::ReportId>(n);
    r.feed = "phone page";
    r.sourceId = "phone-" + std::to_string(410 + n);
    r.category = category;
    r.text = text;
    r.place = place;
    r.position = Position::trusted(latitude, longitude);
    r.accuracyMetres = 12;
    r.contact.name = "A. Ott";
    r.hasContact = true;
    r.contact.phone = "+423 000 00 00";
    r.happenedAt = ago(age + 2min);
    r.receivedAt = ago(age);
    r.state = state;
    if (state != model::ReportState::pending)
        r.judgedBy = "M. Keller";
    return scene.state.reports[r.id] = std::move(r);
}

model::Resource& addResource(Scene& scene, unsigned n, model::ResourceKind kind, base::LocalText name,
                             const char* callSign, double latitude, double longitude, base::LocalText place,
                             std::vector<model::Capability> capabilities, int people, model::ResourceStatus status) {
    model::Resource r;
    r.id = id<model::ResourceId>(n);
    r.kind = kind;
    r.name = std::move(name);
    r.callSign = callSign;
    r.capabilities = std::move(capabilities);
    r.people = people;
    r.position = r.home = Position::trusted(latitude, longitude);
    r.place = std::move(place);
    r.positionTime = ago(3min);
    r.status = status;
    r.personInCharge = "L. Beck";
    r.phone = "+423 000 00 01";
    r.origin = "demo";
    return scene.state.resources[r.id] = std::move(r);
}

void addAssignment(Scene& scene, unsigned n, unsigned incident, unsigned resource, const char* capability,
                   model::AssignmentState state, model::RouteLine route, base::Duration departed) {
    model::Assignment a;
    a.id = id<model::AssignmentId>(n);
    a.incident = id<model::IncidentId>(incident);
    a.resource = id<model::ResourceId>(resource);
    a.capability = capability;
    a.state = state;
    a.proposedAt = ago(departed + 90s);
    a.notifiedAt = ago(departed + 90s);
    if (state >= model::AssignmentState::accepted)
        a.acceptedAt = ago(departed + 40s);
    if (state >= model::AssignmentState::enRoute)
        a.departedAt = ago(departed);
    if (state >= model::AssignmentState::onScene)
        a.arrivedAt = ago(30s);
    a.eta = route.duration;
    a.route = std::move(route);
    a.reason = "first choice";
    scene.state.assignments[a.id] = std::move(a);
    scene.state.resources[id<model::ResourceId>(resource)].status = model::ResourceStatus::assigned;
}

template <typename Thing>
[[nodiscard]] nlohmann::json image(const Thing& thing) {
    nlohmann::json data = nlohmann::json::object();
    model::addChange(data, model::Changed(thing));
    return data;
}

void fillSensors(Scene& s) {
    using model::SensorKind;
    addSensor(s, "rhine-vaduz", both("Rhine at Vaduz", "莱茵河瓦杜兹站"), SensorKind::riverLevel, "m", 47.1362, 9.5078,
              both("Vaduz", "瓦杜兹"), 4.46, 4.31, 20s);
    addSensor(s, "rhine-schaan", both("Rhine at Schaan", "莱茵河沙恩站"), SensorKind::riverLevel, "m", 47.1680, 9.4905,
              both("Schaan", "沙恩"), 3.92, 3.88, 50s);
    addSensor(s, "rain-triesenberg", both("Rain at Triesenberg", "特里森贝格雨量站"), SensorKind::rain, "mm/h", 47.1182,
              9.5430, both("Triesenberg", "特里森贝格"), 28, 24, 40s);
    addSensor(s, "rain-malbun", both("Rain at Malbun", "马尔本雨量站"), SensorKind::rain, "mm/h", 47.1020, 9.6100,
              both("Malbun", "马尔本"), 11, 11, 70s);
    addSensor(s, "slope-masescha", both("Slope at Masescha", "马塞沙边坡"), SensorKind::soilMovement, "mm", 47.1260,
              9.5530, both("Masescha", "马塞沙"), 2.4, 2.4, 50min);
    addSensor(s, "weather-vaduz", both("Weather at Vaduz castle", "瓦杜兹气象站"), SensorKind::weather, "°C", 47.1394,
              9.5245, both("Vaduz", "瓦杜兹"), 0.4, 0.4, 60s);
    addSensor(s, "smoke-muehleholz", both("Smoke, Mühleholz school", "米勒霍尔茨学校烟感"), SensorKind::smoke, "%",
              47.1545, 9.5135, both("Mühleholz", "米勒霍尔茨"), 0.2, 3.1, 30s);
    addSensor(s, "pump-balzers", both("Pump station Balzers", "巴尔策斯泵站"), SensorKind::other, "V", 47.0672, 9.5030,
              both("Balzers", "巴尔策斯"), 0, 398, 11min);
}

void fillAlarms(Scene& s) {
    using model::AlarmState;
    addAlarm(s, 1, both("Rhine at Vaduz above dyke warning", "瓦杜兹 水位超堤防警戒"), Grade::I,
             AlarmState::unacknowledged, 42s, "rhine-vaduz", 4.46, 4.40, "flood")
        .incident = id<model::IncidentId>(1);
    addAlarm(s, 2, both("Rain over 25 mm/h, Triesenberg", "特里森贝格 雨强超 25 mm/h"), Grade::II,
             AlarmState::unacknowledged, 190s, "rain-triesenberg", 28, 25, "flood");
    addAlarm(s, 3, both("Pump station Balzers: no power", "巴尔策斯泵站 断电"), Grade::II, AlarmState::acknowledged,
             685s, "pump-balzers", 0, 200, "power-failure");
    addAlarm(s, 4, both("Silent: slope sensors, Masescha", "马塞沙 边坡监测 失联"), Grade::III,
             AlarmState::acknowledged, 1082s, "slope-masescha", 2.4, 2, "landslide");
    addAlarm(s, 5, both("Smoke, school Mühleholz", "米勒霍尔茨学校 烟感"), Grade::IV,
             AlarmState::returnedUnacknowledged, 1600s, "smoke-muehleholz", 3.1, 3, "fire");
}

void fillIncidents(Scene& s) {
    auto& dyke = addIncident(s, 1, both("Seepage at the Rhine dyke", "莱茵河堤 渗漏"), Grade::II, "flood", 47.1290,
                             9.5115, both("Rhine dyke km 54.2, Vaduz", "莱茵河堤 54.2 km，瓦杜兹"), 846s);
    dyke.needs = {{"dyke-defence", 2, 2}, {"pumping", 1, 1}, {"water-rescue", 1, 1}};
    dyke.alarms = {id<model::AlarmId>(1)};
    dyke.reports = {id<model::ReportId>(3), id<model::ReportId>(4)};
    dyke.plan = "flood-II";
    auto& stones = addIncident(s, 2, both("Stones on Bergstrasse", "山路落石"), Grade::IV, "landslide", 47.1230, 9.5380,
                               both("Triesenberg", "特里森贝格"), 1840s);
    stones.gradeProposed = false;
    stones.needs = {{"road-clearing", 1, 1}};
    auto& cellars = addIncident(s, 3, both("Cellars under water, Ruggell", "鲁格尔 地下室进水"), Grade::IV, "flood",
                                47.2390, 9.5270, both("Ruggell", "鲁格尔"), 3700s);
    cellars.gradeProposed = false;
    cellars.needs = {{"pumping", 1, 1}};

    using model::ReportState;
    addReport(s, 1, "The stream is over the path", "Mühleholz", 47.1520, 9.5150, 72s, ReportState::pending, "flood");
    addReport(s, 2, "They say the dam has burst", "", 47.1250, 9.5130, 123s, ReportState::pending, "flood");
    addReport(s, 3, "Water comes through the dam by the wooden bridge", "Vaduz, old Rhine bridge", 47.1298, 9.5120,
              260s, ReportState::verified, "flood")
        .incident = id<model::IncidentId>(1);
    addReport(s, 4, "Wet patch on the land side of the dyke, growing", "Vaduz", 47.1284, 9.5122, 420s,
              ReportState::verified, "flood")
        .incident = id<model::IncidentId>(1);
}

void fillResources(Scene& s) {
    using model::ResourceKind;
    using model::ResourceStatus;
    addResource(s, 1, ResourceKind::team, both("Vaduz fire brigade 1", "瓦杜兹消防1队"), "Vaduz FD 1", 47.1412, 9.5210,
                both("Vaduz fire station", "瓦杜兹消防站"), {{"dyke-defence", 2}, {"fire-fighting", 2}}, 8,
                ResourceStatus::available);
    addResource(s, 2, ResourceKind::vehicle, both("Pump truck 2", "排涝车 2号"), "Pump 2", 47.1075, 9.5290,
                both("Triesen depot", "特里森车库"), {{"pumping", 2}}, 3, ResourceStatus::available);
    addResource(s, 3, ResourceKind::team, both("Triesen brigade 3", "特里森消防3队"), "Triesen 3", 47.1068, 9.5275,
                both("Triesen fire station", "特里森消防站"), {{"dyke-defence", 2}, {"road-clearing", 1}}, 9,
                ResourceStatus::available);
    addResource(s, 4, ResourceKind::team, both("Water rescue 1", "水上救援 1队"), "Water 1", 47.1490, 9.5330,
                both("Vaduz", "瓦杜兹"), {{"water-rescue", 3}}, 6, ResourceStatus::available);
    addResource(s, 5, ResourceKind::team, both("Schaan brigade 2", "沙恩消防2队"), "Schaan 2", 47.1650, 9.5080,
                both("Schaan fire station", "沙恩消防站"), {{"fire-fighting", 2}, {"dyke-defence", 1}}, 8,
                ResourceStatus::available);
    addResource(s, 6, ResourceKind::team, both("Balzers brigade 2", "巴尔策斯消防2队"), "Balzers 2", 47.0660, 9.5040,
                both("Balzers", "巴尔策斯"), {{"dyke-defence", 1}}, 7, ResourceStatus::outOfService);
    addResource(s, 7, ResourceKind::hospital, both("Vaduz hospital", "瓦杜兹医院"), "", 47.1280, 9.5255,
                both("Vaduz", "瓦杜兹"), {}, 120, ResourceStatus::available)
        .capacity = 56;
    auto& shelter = addResource(s, 8, ResourceKind::shelter, both("Mühleholz school hall", "米勒霍尔茨学校体育馆"), "",
                                47.1548, 9.5140, both("Mühleholz", "米勒霍尔茨"), {}, 4, ResourceStatus::available);
    shelter.capacity = 350;
    shelter.occupied = 24;
    auto& store = addResource(s, 9, ResourceKind::warehouse, both("Civil protection store Vaduz", "瓦杜兹应急物资库"),
                              "", 47.1330, 9.5170, both("Vaduz", "瓦杜兹"), {}, 2, ResourceStatus::available);
    store.stock = {{"3010100", both("Sandbags", "沙袋"), 1550, "pcs"},
                   {"1020300", both("Blankets", "毛毯"), 600, "pcs"}};
    addResource(s, 10, ResourceKind::expert, both("Dr. R. Frick, hydrologist", "R. Frick 博士（水文）"), "", 47.1401,
                9.5220, both("Vaduz", "瓦杜兹"), {{"hydrology", 3}}, 1, ResourceStatus::available);
    auto& copter =
        addResource(s, 11, ResourceKind::mobileFacility, both("Helicopter 1", "直升机 1"), "Heli 1", 47.0690, 9.5000,
                    both("Balzers heliport", "巴尔策斯直升机场"), {{"air-rescue", 3}}, 4, ResourceStatus::available);
    copter.flies = true;
    addResource(s, 12, ResourceKind::station, both("Vaduz fire station", "瓦杜兹消防站"), "", 47.1412, 9.5212,
                both("Vaduz", "瓦杜兹"), {}, 0, ResourceStatus::available);
    using model::AssignmentState;
    addAssignment(s, 1, 1, 1, "dyke-defence", AssignmentState::enRoute,
                  lineThrough({{47.1412, 9.5210},
                               {47.1380, 9.5190},
                               {47.1340, 9.5180},
                               {47.1310, 9.5178},
                               {47.1295, 9.5140},
                               {47.1290, 9.5115}},
                              380),
                  140s);
    addAssignment(s, 2, 1, 2, "pumping", AssignmentState::enRoute,
                  lineThrough({{47.1075, 9.5290},
                               {47.1140, 9.5260},
                               {47.1200, 9.5225},
                               {47.1260, 9.5190},
                               {47.1295, 9.5140},
                               {47.1290, 9.5115}},
                              660),
                  100s);
    addAssignment(s, 3, 2, 5, "road-clearing", AssignmentState::onScene,
                  lineThrough({{47.1650, 9.5080}, {47.1230, 9.5380}}, 900), 1500s);
}

void fillWarning(Scene& s) {
    model::Warning w;
    w.id = id<model::WarningId>(1);
    w.identifier = "LI-2026-1120-01";
    w.sender = "warnings@province.example";
    w.sent = ago(4min);
    w.version = "1.2";
    w.capStatus = "Exercise";
    w.msgType = "Alert";
    w.scope = "Public";
    w.colour = Grade::II;
    w.receivedAt = ago(194s);
    w.expires = sceneNow() + 14h + 38min;
    const auto at = [](double latitude, double longitude) { return Position::trusted(latitude, longitude); };
    for (const char* language : {"en", "zh-CN"}) {
        model::WarningInfo info;
        const bool english = std::string(language) == "en";
        info.language = language;
        info.event = english ? "Flood" : "洪水";
        info.severity = "Severe";
        info.urgency = "Expected";
        info.certainty = "Likely";
        info.headline = english ? "Flood warning II, river Rhine" : "莱茵河洪水橙色预警";
        info.description = english ? "The Rhine is expected to pass 4.6 m before noon." : "预计莱茵河午前超过 4.6 米。";
        info.instruction = english ? "Stay off the dykes." : "请远离堤防。";
        info.senderName = "Province";
        info.expires = w.expires;
        model::WarningArea area;
        area.description = english ? "Rhine dyke, Vaduz to Triesen" : "莱茵河堤 瓦杜兹至特里森";
        area.polygons = {{at(47.1420, 9.5060), at(47.1410, 9.5110), at(47.1240, 9.5190), at(47.1030, 9.5260),
                          at(47.1020, 9.5150), at(47.1300, 9.5050), at(47.1420, 9.5060)}};
        info.areas.push_back(area);
        w.infos.push_back(info);
    }
    s.state.warnings[w.id] = w;

    model::Earthquake q;
    q.id = id<model::EarthquakeId>(1);
    q.source = "usgs";
    q.sourceId = "us7000demo";
    q.time = ago(3h);
    q.updated = ago(2h);
    q.magnitude = 2.4;
    q.magnitudeType = "ml";
    q.position = at(47.0210, 9.4620);
    q.depthKm = 6;
    q.place = "4 km W of Balzers";
    q.status = "automatic";
    s.state.earthquakes[q.id] = q;
}

void fillLog(Scene& s) {
    const model::State& state = s.state;
    const auto subject = [](const auto& thing) { return thing.id.toString(); };
    const auto& rain = state.alarms.at(id<model::AlarmId>(2));
    const auto& dyke = state.incidents.at(id<model::IncidentId>(1));
    const auto& pump = state.alarms.at(id<model::AlarmId>(3));
    const auto& report = state.reports.at(id<model::ReportId>(1));
    const auto& warning = state.warnings.at(id<model::WarningId>(1));
    const auto& first = state.assignments.at(id<model::AssignmentId>(1));
    addEntry(s, "exercise.started", "drill", "desk", image(state.desk), 30min);
    addEntry(s, "shift.started", "M. Keller", "desk", image(state.desk), 29min);
    addEntry(s, "incident.opened", "M. Keller", subject(dyke), image(dyke), 846s);
    addEntry(s, "alarm.raised", "desk", subject(pump), image(pump), 685s);
    addEntry(s, "report.received", "feed:http", subject(report), image(report), 226s);
    addEntry(s, "warning.received", "feed:cap", subject(warning), image(warning), 194s);
    addEntry(s, "alarm.raised", "desk", subject(rain), image(rain), 190s);
    addEntry(s, "alarm.acknowledged", "M. Keller", subject(pump), image(pump), 152s);
    nlohmann::json note = {{"text", "Called back Mrs Ott: seepage clear, no sand, about one bucket a minute"}};
    addEntry(s, "note.written", "M. Keller", subject(dyke), note, 49s);
    addEntry(s, "assignment.en-route", "desk", subject(first), image(first), 4s);
}

} // namespace

base::LocalText both(const char* english, const char* chinese) {
    base::LocalText t(english);
    t.translations["zh_CN"] = chinese;
    return t;
}

base::Time sceneNow() {
    using namespace std::chrono;
    return base::Time(sys_days{year{2026} / 11 / 20} + 2h + 21min + 44s);
}

void addEntry(Scene& scene, const char* type, const char* actor, std::string subject, nlohmann::json facts,
              base::Duration age) {
    model::Entry e;
    e.seq = static_cast<std::int64_t>(scene.log.size()) + 1;
    e.id = id<model::EntryId>(static_cast<unsigned>(e.seq));
    e.type = type;
    e.actor = actor;
    e.subject = std::move(subject);
    e.time = ago(age);
    e.source = "urn:tocsin:liechtenstein";
    e.data = std::move(facts);
    scene.log.push_back(std::move(e));
}

model::RouteLine lineThrough(std::initializer_list<std::pair<double, double>> points, double seconds) {
    model::RouteLine line;
    double at = 0;
    const double step = points.size() > 1 ? seconds / static_cast<double>(points.size() - 1) : 0;
    for (const auto& [latitude, longitude] : points) {
        line.points.push_back(Position::trusted(latitude, longitude));
        line.secondsAt.push_back(at);
        at += step;
    }
    line.length = base::Metres(seconds * 11);
    line.duration = base::Seconds(seconds);
    return line;
}

Scene fakeScene() {
    Scene s;
    auto& desk = s.state.desk;
    desk.county = both("Liechtenstein", "列支敦士登");
    desk.exercise = true;
    desk.scenario = "rhine-flood";
    desk.exerciseStartedAt = sceneNow() - 30min;
    desk.responseLevel = model::Grade::III;
    desk.responseTitle = both("flood", "防汛");
    desk.onDuty = "M. Keller";
    desk.leader = "R. Hoop";
    desk.dutySince = sceneNow() - 29min;
    desk.dutyUntil = sceneNow() + 3h + 38min + 16s; // 07:00 in Vaduz
    desk.lastIncidentNumber = 147;
    fillSensors(s);
    fillAlarms(s);
    fillIncidents(s);
    fillResources(s);
    fillWarning(s);
    fillLog(s);
    model::Plan plan;
    plan.id = "flood-II";
    plan.hazard = "flood";
    plan.grade = model::Grade::II;
    plan.title = both("Flood, grade II", "防汛二级预案");
    plan.needs = {{"dyke-defence", 2, 2}, {"pumping", 1, 1}, {"water-rescue", 1, 1}};
    plan.checklist = {both("Warn the people below the dyke", "通知堤下群众"),
                      both("Close the Rhine bridge", "封闭莱茵桥")};
    s.plans.push_back(plan);
    return s;
}

} // namespace tocsin::gui::test
