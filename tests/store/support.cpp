#include "store/support.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sys/resource.h>

namespace tocsin::store::test {

namespace fs = std::filesystem;

TempFolder::TempFolder() {
    std::string name = (fs::temp_directory_path() / "tocsin-store-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr)
        m_path = name;
}

TempFolder::~TempFolder() {
    std::error_code ec;
    fs::remove_all(m_path, ec);
}

FullDisk::FullDisk(std::uintmax_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    m_before = limit.rlim_cur;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
}

FullDisk::~FullDisk() {
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = m_before;
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, m_handler);
}

base::Time someTime() {
    return at("2026-11-20T08:00:00Z");
}

base::Time at(const std::string& text) {
    return base::parseTime(text).value();
}

std::unique_ptr<Store> openStore(const fs::path& file, Access access) {
    auto store = Store::open(file, access, "Testland");
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : nullptr;
}

std::unique_ptr<ReadingStore> openReadings(const fs::path& folder, Access access) {
    auto store = ReadingStore::open(folder, access);
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : nullptr;
}

bool appendAll(Store& store, const std::vector<model::EntryDraft>& drafts) {
    if (auto begun = store.begin(); !begun) {
        ADD_FAILURE() << begun.error().message;
        return false;
    }
    for (const auto& draft : drafts) {
        if (auto entry = store.append(draft); !entry) {
            ADD_FAILURE() << entry.error().message;
            return false;
        }
    }
    return store.commit().has_value();
}

std::vector<model::Entry> allEntries(const Store& store) {
    std::vector<model::Entry> entries;
    const auto read = store.read(1, [&](const model::Entry& entry) {
        entries.push_back(entry);
        return true;
    });
    EXPECT_TRUE(read) << read.error().message;
    return entries;
}

void tamper(const fs::path& file, const std::string& sql) {
    SQLite::Database db(file.string(), SQLite::OPEN_READWRITE);
    db.exec(sql);
}

std::string ask(const fs::path& file, const std::string& sql) {
    SQLite::Database db(file.string(), SQLite::OPEN_READONLY);
    return db.execAndGet(sql).getString();
}

std::string bytesOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void writeBytes(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

void scribble(const fs::path& file, std::uintmax_t offset, std::size_t bytes) {
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(offset));
    for (std::size_t i = 0; i < bytes; ++i)
        out.put(static_cast<char>(0xA5U ^ (i * 31U)));
}

DraftMaker::DraftMaker(unsigned seed) : m_ids(someTime(), seed), m_random(seed), m_now(someTime()) {}

std::string DraftMaker::anyText() {
    static const char* const words[] = {
        "dyke", "Vaduz", "警钟", "\"quoted\"", "a\nline", "🌊", "", "naïve", "O'Neil; DROP TABLE journal", "\t"};
    std::string text;
    for (int i = any(4); i >= 0; --i)
        text += words[any(std::size(words))];
    return text;
}

model::Position DraftMaker::anyPosition() {
    return model::Position::trusted(anyReal(-90, 90), anyReal(-180, 180));
}

model::Warning DraftMaker::newWarning() {
    model::Warning warning;
    warning.id = newId<model::WarningId>();
    warning.identifier = warning.id.toString();
    warning.sender = "w@" + std::to_string(any(5));
    warning.sent = anyTime();
    warning.colour = static_cast<model::Grade>(1 + any(4));
    warning.receivedAt = m_now;
    model::WarningInfo info;
    info.headline = anyText();
    info.parameters.emplace_back("awareness_level", anyText());
    model::WarningArea area;
    area.polygons.push_back({anyPosition(), anyPosition(), anyPosition()});
    area.circles.push_back({anyPosition(), anyReal(0, 50)});
    info.areas.push_back(area);
    warning.infos.assign(static_cast<std::size_t>(any(3)), info);
    if (any(2) == 0)
        warning.expires = anyTime();
    return warning;
}

model::Report DraftMaker::newReport() {
    model::Report report;
    report.id = newId<model::ReportId>();
    report.feed = "http";
    if (any(2) == 0)
        report.sourceId = report.id.toString();
    report.category = "flood";
    report.text = anyText();
    if (any(2) == 0)
        report.position = anyPosition();
    report.happenedAt = anyTime();
    report.receivedAt = m_now;
    return report;
}

model::Earthquake DraftMaker::newEarthquake() {
    model::Earthquake quake;
    quake.id = newId<model::EarthquakeId>();
    quake.source = "usgs";
    quake.sourceId = "us" + quake.id.toString();
    quake.otherIds = {quake.sourceId, "ci" + std::to_string(any(20))};
    quake.time = anyTime();
    quake.updated = m_now;
    if (any(3) != 0)
        quake.magnitude = anyReal(-1, 9);
    quake.position = anyPosition();
    quake.place = anyText();
    return quake;
}

model::Incident DraftMaker::newIncident() {
    model::Incident incident;
    incident.id = newId<model::IncidentId>();
    incident.number = "2026-" + std::to_string(any(10000));
    incident.title = anyText();
    incident.title.translations["zh_CN"] = anyText();
    incident.hazard = "flood";
    incident.grade = static_cast<model::Grade>(1 + any(4));
    incident.position = anyPosition();
    incident.openedAt = m_now;
    incident.needs.push_back({"dyke-defence", 1 + any(3), 1 + any(9)});
    return incident;
}

model::Alarm DraftMaker::newAlarm() {
    model::Alarm alarm;
    alarm.id = newId<model::AlarmId>();
    alarm.rule = "rhine-high";
    alarm.sensor = model::SensorId("gauge-" + std::to_string(any(10)));
    alarm.title = anyText();
    alarm.raisedAt = m_now;
    alarm.sinceTime = anyTime();
    alarm.value = anyReal(0, 10);
    alarm.saw.push_back({anyTime(), anyReal(0, 10)});
    alarm.position = anyPosition();
    return alarm;
}

model::Drawing DraftMaker::newDrawing() {
    model::Drawing drawing;
    drawing.id = newId<model::DrawingId>();
    drawing.kind = static_cast<model::DrawingKind>(any(3));
    drawing.name = anyText();
    drawing.note = anyText();
    drawing.line = {anyPosition(), anyPosition(), anyPosition()};
    drawing.by = "Anna Muster";
    drawing.drawnAt = m_now;
    if (any(2) == 0)
        drawing.until = anyTime();
    return drawing;
}

namespace {

/// Any value of a map that has one.
template <typename Map>
typename Map::mapped_type pick(const Map& map, int at) {
    return std::next(map.begin(), at % static_cast<int>(map.size()))->second;
}

} // namespace

std::vector<model::Changed> DraftMaker::anyChanges() {
    switch (any(14)) {
    case 0:
        return {newWarning()};
    case 1:
        return {newReport()};
    case 2:
        return {newEarthquake()};
    case 3:
        return {newIncident()};
    case 4:
        return {newAlarm()};
    case 5: {
        model::Resource resource;
        resource.id = newId<model::ResourceId>();
        resource.name = anyText();
        resource.capabilities = {{"water-rescue", 1 + any(3)}};
        resource.stock = {{"1010101", anyText(), anyReal(0, 1e6), "kg"}};
        resource.position = anyPosition();
        resource.speedFactor = anyReal(0, 2);
        resource.positionTime = m_now;
        return {resource};
    }
    case 6: {
        model::Sensor sensor;
        sensor.id = model::SensorId("gauge-" + std::to_string(any(10)));
        sensor.name = anyText();
        sensor.unit = "m";
        sensor.position = anyPosition();
        if (any(2) == 0)
            sensor.highest = anyReal(0, 100);
        return {sensor};
    }
    case 7: {
        auto desk = m_state.desk;
        desk.lastIncidentNumber = any(1000);
        desk.onDuty = anyText();
        desk.exercise = any(2) == 0;
        return {desk};
    }
    case 8: {
        if (m_state.alarms.empty() || m_state.incidents.empty())
            return {};
        auto alarm = pick(m_state.alarms, any(1000));
        auto incident = pick(m_state.incidents, any(1000));
        alarm.incident = incident.id;
        alarm.state = model::AlarmState::acknowledged;
        incident.alarms.push_back(alarm.id);
        return {alarm, incident};
    }
    case 9: {
        if (m_state.resources.empty() || m_state.incidents.empty())
            return {};
        model::Assignment assignment;
        auto resource = pick(m_state.resources, any(1000));
        resource.status = model::ResourceStatus::assigned;
        assignment.id = newId<model::AssignmentId>();
        assignment.incident = pick(m_state.incidents, any(1000)).id;
        assignment.resource = resource.id;
        assignment.proposedAt = m_now;
        assignment.eta = base::Seconds(anyReal(0, 3600));
        assignment.route.points = {anyPosition(), anyPosition()};
        assignment.route.secondsAt = {0, anyReal(0, 3600)};
        return {assignment, resource};
    }
    case 10: {
        if (m_state.warnings.empty() || m_state.reports.empty())
            return {};
        auto warning = pick(m_state.warnings, any(1000));
        warning.state = model::WarningState::cancelled;
        auto report = pick(m_state.reports, any(1000));
        report.state = model::ReportState::verified;
        return {report, warning};
    }
    case 11:
        return {newDrawing()};
    case 12: {
        if (m_state.drawings.empty())
            return {};
        auto drawing = pick(m_state.drawings, any(1000));
        drawing.removedAt = m_now;
        return {drawing};
    }
    default:
        return {};
    }
}

model::EntryDraft DraftMaker::with(const std::vector<model::Changed>& changed, const std::string& type,
                                   const std::string& subject) {
    m_now += std::chrono::microseconds(1 + any(5'000'000));
    model::EntryDraft draft;
    draft.id = newId<model::EntryId>();
    draft.type = type;
    draft.subject = subject;
    draft.time = m_now;
    draft.actor = "Anna Muster";
    draft.command = newId<model::CommandId>();
    draft.data = nlohmann::json::object();
    draft.data["note"] = anyText();
    for (const auto& thing : changed) {
        model::addChange(draft.data, thing);
        model::apply(m_state, thing);
    }
    return draft;
}

model::EntryDraft DraftMaker::next() {
    return with(anyChanges());
}

std::vector<model::EntryDraft> DraftMaker::next(std::size_t count) {
    std::vector<model::EntryDraft> drafts;
    drafts.reserve(count);
    while (drafts.size() < count)
        drafts.push_back(next());
    return drafts;
}

model::Reading reading(const std::string& sensor, base::Time time, double value) {
    return {model::SensorId(sensor), time, someTime(), value, "m"};
}

std::vector<model::Reading> someReadings(std::size_t count, std::size_t sensors, base::Time from) {
    std::vector<model::Reading> readings;
    readings.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        readings.push_back(reading("gauge-" + std::to_string(i % sensors),
                                   from + std::chrono::seconds(static_cast<std::int64_t>(i / sensors)),
                                   static_cast<double>(i) * 0.25));
    return readings;
}

} // namespace tocsin::store::test
