#include "county/demo_register.hpp"

#include "county/facility_resources.hpp"

#include <algorithm>

namespace tocsin::county {
namespace {

constexpr std::size_t shelterCount = 30;

} // namespace

DemoRegister::DemoRegister(std::filesystem::path folder, const Placer& placer, const DemoNames& names,
                           base::IdSource& ids, base::Time now)
    : m_folder(std::move(folder)), m_placer(placer), m_names(names), m_ids(ids), m_now(now) {}

std::vector<model::Resource> DemoRegister::resources() {
    addFacilities();
    addShelters();
    addTeams();
    addVehicles();
    addWarehouses();
    addExperts();
    addMobileFacilities();
    addLenders();
    addDetails();
    return std::move(m_resources);
}

CsvTable DemoRegister::load(const char* file, const std::vector<std::string>& columns) const {
    return need(CsvTable::load(m_folder / file, columns));
}

model::Position DemoRegister::place(const CsvTable::Row& row) const {
    auto at = m_placer.place(row["at"]);
    if (!at)
        throw row.fault(at.error().message).value();
    return *at;
}

double DemoRegister::number(const CsvTable::Row& row, const char* column, double lowest, double highest) const {
    return need(row.number(column, lowest, highest));
}

std::vector<model::Capability> DemoRegister::capabilities(const CsvTable::Row& row) const {
    return need(parseCapabilities(row, "capabilities"));
}

base::LocalText DemoRegister::placeName(const std::string& at) const {
    const auto first = at.find(':');
    if (first == std::string::npos)
        return {};
    const auto second = at.find(':', first + 1);
    return m_names.of(at.substr(first + 1, second == std::string::npos ? second : second - first - 1));
}

model::Resource DemoRegister::begin(model::ResourceKind kind, const CsvTable::Row& row) {
    model::Resource r;
    r.id = m_ids.make<model::ResourceId>();
    r.kind = kind;
    r.name = bilingual(row["name"], row["zh_CN"]);
    r.callSign = row["call_sign"];
    r.code = row["code"];
    r.owner = bilingual(row["owner"], row["owner_zh_CN"]);
    r.division = "FL";
    r.personInCharge = row["person"];
    r.phone = row["phone"];
    r.position = place(row);
    r.home = r.position;
    r.place = placeName(row["at"]);
    r.positionTime = m_now;
    r.origin = "demo";
    return r;
}

void DemoRegister::addFacilities() {
    const auto& words = m_names.municipalities;
    for (auto& r : facilityResources(m_placer.facilities(), m_ids, m_now)) {
        const auto municipality =
            std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.name.text == r.place.text; });
        if (municipality == words.end() || r.code == "helipad" || r.code == "hall" || r.code == "sports-hall" ||
            r.code == "stadium" || r.code == "shelter" || r.code == "assembly-point")
            continue; // over the border, or of a kind that the tables list with what the map does not know
        r.division = "FL";
        if (const auto shown = m_names.all.find(r.name.text); shown != m_names.all.end())
            r.name = shown->second;
        if (r.kind == model::ResourceKind::hospital && r.capacity == 0) {
            r.capacity = 100; // invented
            r.occupied = 62;
        }
        m_resources.push_back(std::move(r));
    }
    // Each municipality has an office, whether the map knows its house or not.
    for (const auto& word : words) {
        if (std::any_of(m_resources.begin(), m_resources.end(),
                        [&](const auto& r) { return r.code == "townhall" && r.place.text == word.name.text; }))
            continue;
        model::Resource r;
        r.id = m_ids.make<model::ResourceId>();
        r.kind = model::ResourceKind::station;
        r.code = "townhall";
        r.name = bilingual("Municipal office " + word.name.text, word.name.in("zh_CN") + "市镇政府");
        r.owner = word.name;
        r.division = "FL";
        r.place = word.name;
        r.position = m_placer.onRoad(need(m_placer.settlement(word.name.text)));
        r.home = r.position;
        r.positionTime = m_now;
        r.speedFactor = 0;
        r.origin = "demo";
        m_resources.push_back(std::move(r));
    }
}

void DemoRegister::addShelters() {
    const auto table = load("shelters.csv", {"name", "zh_CN", "capacity", "at", "person", "phone"});
    auto count = static_cast<std::size_t>(std::count_if(
        m_resources.begin(), m_resources.end(), [](const auto& r) { return r.kind == model::ResourceKind::shelter; }));
    for (const auto& row : table.rows()) {
        if (count >= shelterCount)
            break;
        auto r = begin(model::ResourceKind::shelter, row);
        r.code = "hall";
        r.owner = r.place;
        r.capacity = static_cast<int>(number(row, "capacity", 1, 100000));
        r.speedFactor = 0;
        m_resources.push_back(std::move(r));
        ++count;
    }
}

void DemoRegister::addTeams() {
    const auto table = load("teams.csv", {"call_sign", "name", "zh_CN", "capabilities", "crew", "at", "owner",
                                          "owner_zh_CN", "person", "phone", "speed"});
    for (const auto& row : table.rows()) {
        auto r = begin(model::ResourceKind::team, row);
        r.capabilities = capabilities(row);
        if (r.capabilities.empty())
            throw row.fault("a team needs a capability").value();
        r.code = r.capabilities.front().code;
        r.people = static_cast<int>(number(row, "crew", 1, 1000));
        r.speedFactor = number(row, "speed", 0.1, 3);
        m_resources.push_back(std::move(r));
    }
}

void DemoRegister::addVehicles() {
    const auto table = load("vehicles.csv", {"call_sign", "code", "name", "zh_CN", "seats", "at", "owner",
                                             "owner_zh_CN", "person", "phone", "speed"});
    for (const auto& row : table.rows()) {
        auto r = begin(model::ResourceKind::vehicle, row);
        r.capacity = static_cast<int>(number(row, "seats", 1, 200));
        r.speedFactor = number(row, "speed", 0.1, 3);
        m_resources.push_back(std::move(r));
    }
}

void DemoRegister::addWarehouses() {
    const auto supplies = load("supplies.csv", {"code", "name", "zh_CN", "unit"});
    std::map<std::string, model::Stock> kinds;
    for (const auto& row : supplies.rows()) {
        const auto& code = row["code"];
        if (code.size() != 7 || code.find_first_not_of("0123456789") != std::string::npos || code[0] < '1' ||
            code[0] > '3')
            throw row.fault("\"" + code + "\" is not a supply code of seven digits, 1 to 3 first").value();
        model::Stock kind;
        kind.code = code;
        kind.name = bilingual(row["name"], row["zh_CN"]);
        kind.unit = row["unit"];
        if (!row["kg"].empty())
            kind.kilograms = number(row, "kg", 0, 1e5);
        if (!row["m3"].empty())
            kind.cubicMetres = number(row, "m3", 0, 1e3);
        kinds[code] = std::move(kind);
    }
    const auto stock = load("stock.csv", {"warehouse", "code", "quantity"});
    std::map<std::string, std::vector<model::Stock>> lying;
    for (const auto& row : stock.rows()) {
        const auto kind = kinds.find(row["code"]);
        if (kind == kinds.end())
            throw row.fault("supplies.csv has no code " + row["code"]).value();
        model::Stock entry = kind->second;
        entry.quantity = number(row, "quantity", 0, 1e9);
        if (!row["minimum"].empty())
            entry.minimum = number(row, "minimum", 0, 1e9);
        if (!row["expiry"].empty()) {
            const auto day = base::parseTime(row["expiry"] + "T00:00Z");
            if (!day)
                throw row.fault("expiry: " + day.error().message).value();
            entry.expiry = *day;
        }
        lying[row["warehouse"]].push_back(std::move(entry));
    }
    const auto table =
        load("warehouses.csv", {"key", "name", "zh_CN", "at", "owner", "owner_zh_CN", "person", "phone"});
    for (const auto& row : table.rows()) {
        auto r = begin(model::ResourceKind::warehouse, row);
        r.stock = std::move(lying[row["key"]]);
        lying.erase(row["key"]);
        r.speedFactor = 0;
        m_resources.push_back(std::move(r));
    }
    if (!lying.empty())
        throw base::Error{
            base::Code::malformed, "stock.csv: warehouses.csv has no \"" + lying.begin()->first + "\"", {}};
}

void DemoRegister::addExperts() {
    const auto table = load("experts.csv", {"person", "field", "zh_CN", "at", "phone"});
    for (const auto& row : table.rows()) {
        auto r = begin(model::ResourceKind::expert, row);
        r.name = bilingual(row["person"] + ", " + row["field"], row["person"] + "（" + row["zh_CN"] + "专家）");
        r.code = "expert";
        r.people = 1;
        r.remarks = row["field"];
        m_resources.push_back(std::move(r));
    }
}

void DemoRegister::addMobileFacilities() {
    const auto table = load("mobile_facilities.csv", {"code", "name", "zh_CN", "capabilities", "crew", "capacity",
                                                      "speed", "flies", "at", "call_sign", "person", "phone"});
    for (const auto& row : table.rows()) {
        auto r = begin(model::ResourceKind::mobileFacility, row);
        r.owner = bilingual("Office of Civil Protection", "民防办公室");
        r.capabilities = capabilities(row);
        r.people = static_cast<int>(number(row, "crew", 0, 1000));
        r.capacity = static_cast<int>(number(row, "capacity", 0, 10000));
        r.speedFactor = number(row, "speed", 0.1, 3);
        if (row["flies"] != "yes" && row["flies"] != "no")
            throw row.fault("flies is yes or no").value();
        r.flies = row["flies"] == "yes";
        m_resources.push_back(std::move(r));
    }
}

std::vector<model::Sensor> DemoRegister::sensors() {
    const auto table = load("sensors.csv", {"id", "kind", "name", "zh_CN", "unit", "place", "at", "lowest", "highest"});
    std::vector<model::Sensor> out;
    for (const auto& row : table.rows()) {
        model::Sensor s;
        s.id = model::SensorId(row["id"]);
        const auto kind = model::sensorKindFrom(row["kind"]);
        if (!kind)
            throw row.fault("\"" + row["kind"] + "\" is not a kind of sensor").value();
        s.kind = *kind;
        s.name = bilingual(row["name"], row["zh_CN"]);
        s.unit = row["unit"];
        s.place = m_names.of(row["place"]);
        s.position = place(row);
        s.lowest = number(row, "lowest", -1e6, 1e6);
        s.highest = number(row, "highest", -1e6, 1e6);
        if (std::any_of(out.begin(), out.end(), [&](const auto& other) { return other.id == s.id; }))
            throw row.fault("the sensor " + s.id.value + " is there twice").value();
        out.push_back(std::move(s));
    }
    return out;
}

} // namespace tocsin::county
