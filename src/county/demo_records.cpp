#include "county/demo_register.hpp"
#include "county/map_reader.hpp"
#include "county/records_cells.hpp"

#include <algorithm>
#include <sstream>

// What the demo's resources are and hold beyond name and place: vehicles on the road, crews, duty, beds, services, and who lends.

namespace tocsin::county {

model::Resource& DemoRegister::calledIn(const CsvTable::Row& row) {
    const auto found = std::find_if(m_resources.begin(), m_resources.end(), [&](const auto& r) { return r.callSign == row["call_sign"]; });
    if (row["call_sign"].empty() || found == m_resources.end())
        throw row.fault("no resource has the call sign \"" + row["call_sign"] + "\"").value();
    return *found;
}

void DemoRegister::addDetails() {
    const auto types = load("vehicle_types.csv", {"code", "speed_class", "weight_t", "height_m", "width_m", "fording_m", "payload_kg", "payload_m3", "crew"});
    for (const auto& row : types.rows()) {
        model::VehicleData data;
        data.speedClass = row["speed_class"];
        data.weightTonnes = number(row, "weight_t", 0, 100);
        data.heightMetres = number(row, "height_m", 0, 10);
        data.widthMetres = number(row, "width_m", 0, 10);
        data.fordingMetres = number(row, "fording_m", 0, 5);
        data.loadKilograms = number(row, "payload_kg", 0, 1e5);
        data.loadCubicMetres = number(row, "payload_m3", 0, 1e3);
        for (auto& r : m_resources) {
            if (r.kind != model::ResourceKind::vehicle || r.code != row["code"])
                continue;
            r.vehicle = data;
            r.vehicle->seats = r.capacity;
            r.people = static_cast<int>(number(row, "crew", 0, 20));
        }
    }
    const auto crew = load("crew.csv", {"call_sign", "name", "role", "skills", "phone", "shift"});
    for (const auto& row : crew.rows()) {
        const auto skills = capabilitiesCell(row["skills"], {});
        if (!skills.value)
            throw row.fault("skills: " + skills.expected + " are expected").value();
        calledIn(row).crew.push_back({row["name"], row["role"], *skills.value, row["phone"], row["shift"]});
    }
    const auto duty = load("duty.csv", {"call_sign", "from_h", "until_h", "person", "phone", "role"});
    for (const auto& row : duty.rows()) {
        const auto at = [&](const char* column) { return m_now + std::chrono::minutes(static_cast<int>(number(row, column, 0, 1'000) * 60)); };
        calledIn(row).duty.push_back({at("from_h"), at("until_h"), row["person"], row["phone"], row["role"]});
    }
    for (auto& r : m_resources) {
        // Invented, in the proportions of a small hospital.
        if (r.kind == model::ResourceKind::hospital && r.capacity > 0 && r.beds.empty()) {
            const int intensive = std::max(1, r.capacity / 12);
            const int isolation = std::max(1, r.capacity / 20);
            const int free = std::max(0, r.capacity - r.occupied);
            r.beds = {{"general", std::max(0, r.capacity - intensive - isolation), std::max(0, free - intensive / 2 - isolation / 2)},
                      {"intensive", intensive, intensive / 2},
                      {"isolation", isolation, isolation / 2}};
            r.countedAt = m_now;
        }
        if (r.kind == model::ResourceKind::shelter) {
            r.services = {"water", "toilets", "heating"};
            if (r.capacity >= 400)
                r.services.insert(r.services.end(), {"showers", "wheelchair"});
        }
    }
}

void DemoRegister::addLenders() {
    const auto supplies = need(readSupplies(m_folder / "supplies.csv"));
    const auto table = load("lenders.csv", {"kind", "key", "name", "zh_CN", "at", "person", "phone", "people", "capabilities", "offers"});
    for (const auto& row : table.rows()) {
        const auto kind = model::resourceKindFrom(row["kind"]);
        if (!kind)
            throw row.fault("\"" + row["kind"] + "\" is not a kind of resource").value();
        auto r = begin(*kind, row);
        r.key = row["key"];
        r.owner = r.name;
        r.people = static_cast<int>(number(row, "people", 0, 10'000));
        r.capabilities = capabilities(row);
        r.speedFactor = 0; // they are asked, and come on their own
        std::istringstream offers(row["offers"]);
        for (std::string word; offers >> word;) {
            std::vector<std::string> parts;
            std::istringstream part(word);
            for (std::string p; std::getline(part, p, ':');)
                parts.push_back(p);
            if (parts.size() != 5)
                throw row.fault("\"" + word + "\" is not code:quantity:unit:each day:lead").value();
            const auto figure = [&](std::size_t i) {
                const auto cell = numberCell(parts[i], 0, 1e9);
                if (!cell.value)
                    throw row.fault("\"" + parts[i] + "\": " + cell.expected + " is expected").value();
                return *cell.value;
            };
            const auto known = supplies.find(parts[0]);
            r.offers.push_back({parts[0], known == supplies.end() ? base::LocalText() : known->second.name, figure(1), parts[2], figure(3),
                                base::Seconds(figure(4) * 3600)});
        }
        m_resources.push_back(std::move(r));
    }
}

} // namespace tocsin::county
