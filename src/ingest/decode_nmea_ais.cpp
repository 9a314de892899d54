#include "decode_nmea_reader.hpp"
#include "decode_unit_text.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <cstdio>

// Ships: AIS messages in !AIVDM and !AIVDO sentences, put together from their parts.

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostOpenParts = 64;
constexpr std::size_t mostShips = 50'000;
constexpr unsigned mostParts = 9;
constexpr auto shipStale = std::chrono::minutes(10); ///< at anchor a ship speaks every three

tl::unexpected<base::Error> fault(Code code, std::string message, std::size_t column) {
    return base::fail(code, std::move(message), {.line = {}, .column = {}, .byte = column});
}

std::optional<unsigned> digit(std::string_view text, unsigned most) {
    if (text.size() != 1 || text[0] < '0' || text[0] > '9' || static_cast<unsigned>(text[0] - '0') > most)
        return std::nullopt;
    return static_cast<unsigned>(text[0] - '0');
}

/// ITU-R M.1371, table 53, in a word.
std::string_view wordOf(int shipType) {
    switch (shipType) {
    case 30:
        return "fishing";
    case 31:
    case 32:
    case 52:
        return "tug";
    case 35:
        return "military";
    case 36:
        return "sailing";
    case 37:
        return "pleasure craft";
    case 50:
        return "pilot";
    case 51:
        return "search and rescue";
    case 55:
        return "law enforcement";
    case 58:
        return "medical";
    default:
        break;
    }
    switch (shipType / 10) {
    case 4:
        return "high-speed craft";
    case 6:
        return "passenger";
    case 7:
        return "cargo";
    case 8:
        return "tanker";
    default:
        return {};
    }
}

/// Beacons have numbers of their own: 970 transmitters, 972 people overboard, 974 radio beacons.
std::string_view beaconOf(std::uint32_t mmsi) {
    switch (mmsi / 1'000'000) {
    case 970:
        return "AIS-SART";
    case 972:
        return "man-overboard";
    case 974:
        return "EPIRB";
    default:
        return {};
    }
}

} // namespace

base::Result<void> NmeaReader::ais(const Fields& f, const std::vector<std::size_t>& columns, std::vector<Message>& out) {
    if (f.size() < 7)
        return fault(Code::malformed, "an AIS sentence with " + std::to_string(f.size()) + " fields", columns.front());
    const auto count = digit(f[1], mostParts);
    const auto number = digit(f[2], mostParts);
    const auto fill = digit(f[6], 5);
    if (!count || !number || *count == 0 || *number == 0 || *number > *count)
        return fault(Code::malformed, "an AIS sentence that is no part of its message", columns[1]);
    if (!fill)
        return fault(Code::malformed, "an AIS sentence without its fill bits", columns[6]);
    if (f[5].empty() && *count == 1) {
        deviates("AIS sentences without a message in them");
        return {};
    }
    std::string payload(f[5]);
    if (*count > 1) {
        // The parts of one message have its sequence number and channel in common.
        std::string key = m_station + "|" + std::string(f[1]) + "|" + std::string(f[3]) + "|" + std::string(f[4]);
        const auto known = m_parts.find(key);
        if (*number == 1 || known == m_parts.end()) {
            if (known == m_parts.end()) {
                m_partsOrder.push_back(key);
                if (m_partsOrder.size() > mostOpenParts) {
                    m_parts.erase(m_partsOrder.front());
                    m_partsOrder.pop_front();
                    deviates("AIS messages of which a part is missing");
                }
            }
            m_parts[key] = {*count, std::vector<std::string>(*count), 0};
        }
        auto& parts = m_parts[key];
        auto& slot = parts.payloads[*number - 1];
        if (slot.empty())
            ++parts.have;
        slot = std::move(payload);
        if (parts.have < parts.count)
            return {};
        payload.clear();
        for (const auto& part : parts.payloads)
            payload += part;
        m_parts.erase(key);
        std::erase(m_partsOrder, key);
    }
    std::size_t bad = 0;
    const auto bits = AisBits::unarmour(payload, *fill, &bad);
    if (!bits)
        return fault(Code::malformed, "a character that AIS does not have", columns[5] + std::min(bad, f[5].size()));
    const auto message = readAis(*bits);
    if (!message)
        return fault(Code::malformed, "an AIS message that is too short for its type, or of none", columns[5]);
    if (message->latitude && now() == base::Time{})
        return fault(Code::malformed, "AIS says no date, and nobody when it came", columns.front());
    ship(*message, out);
    return {};
}

void NmeaReader::ship(const AisMessage& message, std::vector<Message>& out) {
    if (message.mmsi == 0 || message.mmsi > 999'999'999)
        return deviates("an AIS message without a ship's number");
    if (!message.name.empty() || !message.callSign.empty() || message.shipType) {
        if (m_ships.size() >= mostShips && !m_ships.contains(message.mmsi))
            m_ships.clear();
        auto& known = m_ships[message.mmsi];
        if (!message.name.empty())
            known.name = units::oneLine(message.name, 40);
        else if (known.name.empty() && !message.callSign.empty())
            known.name = units::oneLine(message.callSign, 40);
        if (message.shipType && !wordOf(*message.shipType).empty())
            known.role = wordOf(*message.shipType);
    }
    if (!message.latitude || !message.longitude)
        return;
    const auto position =
        geo::normalise({.latitude = *message.latitude, .longitude = *message.longitude, .datum = m_source.datum});
    if (!position)
        return;
    char id[24];
    std::snprintf(id, sizeof id, "mmsi:%09u", message.mmsi);
    model::UnitPosition p;
    p.unit = model::UnitId(id);
    if (const auto known = m_ships.find(message.mmsi); known != m_ships.end()) {
        p.callSign = known->second.name;
        p.role = known->second.role;
    }
    p.type = message.type == 9 ? "ais-aircraft" : message.type == 21 ? "ais-aid" : "ais";
    p.time = now();
    if (!m_blockTime)
        deviates("AIS says no date: when it came is taken");
    if (message.second) {
        // The second of the minute makes a message heard by two stations one.
        const auto minute = std::chrono::floor<std::chrono::minutes>(p.time);
        auto best = base::Time(minute) + std::chrono::seconds(*message.second);
        for (const auto other : {best - std::chrono::minutes(1), best + std::chrono::minutes(1)})
            if (std::chrono::abs(other - p.time) < std::chrono::abs(best - p.time))
                best = other;
        p.time = best;
    }
    p.stale = p.time + shipStale;
    p.position = *position;
    p.altitudeMetres = message.altitude;
    if (message.accurate)
        p.accuracyMetres = 10;
    p.speed = message.speed;
    p.course = message.course;
    const auto beacon = beaconOf(message.mmsi);
    if (!beacon.empty() && message.navigation && (*message.navigation == 14 || *message.navigation == 15)) {
        model::Emergency e;
        e.unit = p.unit;
        e.callSign = p.callSign;
        e.kind = beacon;
        e.active = *message.navigation == 14; // 15 is a test
        e.time = p.time;
        e.position = p.position;
        out.emplace_back(std::move(p));
        out.emplace_back(std::move(e));
        return;
    }
    out.emplace_back(std::move(p));
}

} // namespace tocsin::ingest
