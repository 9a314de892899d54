#include "decode_nmea_reader.hpp"

#include "decode_unit_text.hpp"
#include "topic_name.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

// NMEA 0183 (IEC 61162-1): sentences, tag blocks, fixes. Ships are in decode_nmea_ais.cpp.

namespace tocsin::ingest {

using base::Code;
using units::degreesIn;
using units::numberIn;

namespace {

constexpr std::size_t mostDeviations = 50;
constexpr auto usualStale = std::chrono::minutes(5);

tl::unexpected<base::Error> fault(Code code, std::string message, std::size_t column) {
    return base::fail(code, std::move(message), {.line = {}, .column = {}, .byte = column});
}

std::optional<unsigned> hexByte(std::string_view text) {
    unsigned value = 0;
    if (text.size() < 2)
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + 2, value, 16);
    if (error != std::errc() || end != text.data() + 2)
        return std::nullopt;
    return value;
}

unsigned checksumOf(std::string_view text) {
    unsigned sum = 0;
    for (const char c : text)
        sum ^= static_cast<unsigned char>(c);
    return sum;
}

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

std::optional<std::chrono::sys_days> dayOf(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || year < 1980 || year > 2200)
        return std::nullopt;
    return std::chrono::sys_days(date);
}

/// "092750.000" as time of day.
std::optional<base::Duration> clockOf(std::string_view text) {
    if (text.size() < 6)
        return std::nullopt;
    const auto hour = digits(text.substr(0, 2));
    const auto minute = digits(text.substr(2, 2));
    const auto second = numberIn(text.substr(4));
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second < 0 || *second >= 61)
        return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           base::Duration(static_cast<std::int64_t>(std::llround(*second * 1e6)));
}

/// "5321.6802" with one of two hemispheres as degrees.
std::optional<double> angleOf(std::string_view text, std::string_view side, char positive, char negative) {
    const auto dot = std::min(text.find('.'), text.size());
    if (dot < 3 || dot > 5 || side.size() != 1 || (side[0] != positive && side[0] != negative))
        return std::nullopt;
    const auto whole = digits(text.substr(0, dot - 2));
    const auto minutes = numberIn(text.substr(dot - 2));
    if (!whole || !minutes || *minutes < 0 || *minutes >= 60)
        return std::nullopt;
    const double value = *whole + *minutes / 60;
    return side[0] == positive ? value : -value;
}

std::string_view at(const std::vector<std::string_view>& fields, std::size_t index) {
    return index < fields.size() ? fields[index] : std::string_view();
}

} // namespace

void NmeaReader::deviates(std::string_view text) {
    if (m_deviations.size() < mostDeviations && std::find(m_deviations.begin(), m_deviations.end(), text) == m_deviations.end())
        m_deviations.emplace_back(text);
}

std::vector<std::string> NmeaReader::takeDeviations() {
    return std::exchange(m_deviations, {});
}

/// "\s:station,c:1234567890*hh\!AIVDM…": NMEA 4.00.
base::Result<std::string_view> NmeaReader::withoutTagBlock(std::string_view line, std::size_t& column) {
    if (!line.starts_with('\\'))
        return line;
    const auto end = line.find('\\', 1);
    if (end == std::string_view::npos)
        return fault(Code::malformed, "a tag block that does not end", 0);
    auto block = line.substr(1, end - 1);
    column = end + 1;
    const auto star = block.rfind('*');
    if (star == std::string_view::npos || hexByte(block.substr(star + 1)) != checksumOf(block.substr(0, star))) {
        deviates("a tag block whose checksum is wrong: it is passed over");
        return line.substr(end + 1);
    }
    block = block.substr(0, star);
    while (!block.empty()) {
        const auto comma = std::min(block.find(','), block.size());
        const auto field = block.substr(0, comma);
        if (field.starts_with("c:")) {
            if (auto seconds = numberIn(field.substr(2)); seconds && *seconds > 0) {
                if (*seconds > 1e11) // some write milliseconds
                    *seconds /= 1'000;
                if (*seconds < 7.2e9)
                    m_blockTime = base::Time(base::Duration(static_cast<std::int64_t>(*seconds * 1e6)));
            }
        } else if (field.starts_with("s:")) {
            m_station = units::oneLine(field.substr(2), 30);
        }
        block.remove_prefix(std::min(comma + 1, block.size()));
    }
    return line.substr(end + 1);
}

base::Result<void> NmeaReader::take(std::string_view line, std::vector<Message>& out) {
    if (line.size() > maxNmeaLine)
        return fault(Code::tooLarge, "a line of over 1,024 bytes is no sentence", maxNmeaLine);
    std::size_t column = 0;
    auto body = withoutTagBlock(line, column);
    if (!body)
        return tl::unexpected(std::move(body.error()));
    // Some loggers write their own time before the sentence.
    const auto start = body->find_first_of("$!");
    if (start == std::string_view::npos || start > 64)
        return fault(Code::malformed, "no sentence of NMEA 0183: " + quoted(line), 0);
    if (start > 0)
        deviates("something stands before a sentence: it is passed over");
    column += start + 1;
    auto text = body->substr(start + 1);
    const auto star = text.rfind('*');
    if (star == std::string_view::npos) {
        deviates("a sentence without a checksum");
    } else {
        const auto said = hexByte(text.substr(star + 1));
        if (!said)
            return fault(Code::malformed, "a checksum that is none: " + quoted(text.substr(star)), column + star);
        if (*said != checksumOf(text.substr(0, star)))
            return fault(Code::malformed, "the checksum is wrong: the sentence was damaged on its way", column + star);
        text = text.substr(0, star);
    }
    std::vector<std::string_view> fields;
    std::vector<std::size_t> columns;
    for (std::size_t from = 0; fields.size() < 64;) {
        const auto comma = std::min(text.find(',', from), text.size());
        fields.push_back(text.substr(from, comma - from));
        columns.push_back(column + from);
        if (comma == text.size())
            break;
        from = comma + 1;
    }
    auto done = sentence(fields, columns, out);
    if (!fields.front().starts_with("PGHP")) // it speaks of the sentence after it
        m_blockTime.reset();
    return done;
}

base::Result<void> NmeaReader::sentence(const Fields& f, const std::vector<std::size_t>& columns,
                                        std::vector<Message>& out) {
    const auto name = f.front();
    if (name.size() < 3 || !std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }))
        return fault(Code::malformed, "a sentence without a name: " + quoted(name), columns.front());
    if (name == "PGHP") {
        gatehouse(f);
        return {};
    }
    if (name.starts_with('P') || name.size() != 5)
        return {}; // a maker's own
    const auto kind = name.substr(2);
    if (kind == "VDM" || kind == "VDO")
        return ais(f, columns, out);
    if (kind == "RMC")
        return recommended(f, columns, out);
    if (kind == "GGA" || kind == "GNS")
        return fixData(f, columns, out);
    if (kind == "GLL")
        return position(f, columns, out);
    if (kind == "ZDA")
        dateAndTime(f);
    if (kind == "VTG" && m_fix) {
        m_fix->course = degreesIn(at(f, 1));
        if (const auto knots = numberIn(at(f, 5)); knots && *knots >= 0 && *knots < 4'000)
            m_fix->speed = *knots * units::knot;
        else if (const auto kmh = numberIn(at(f, 7)); kmh && *kmh >= 0 && *kmh < 7'200)
            m_fix->speed = *kmh / 3.6;
    }
    return {}; // others (GSV, GSA, HDT …) say nothing of where it is
}

base::Result<model::Position> NmeaReader::placeOf(const Fields& f, const std::vector<std::size_t>& columns,
                                                  std::size_t from) const {
    const auto latitude = angleOf(at(f, from), at(f, from + 1), 'N', 'S');
    const auto longitude = angleOf(at(f, from + 2), at(f, from + 3), 'E', 'W');
    if (!latitude || !longitude) {
        const auto bad = std::min(latitude ? from + 2 : from, columns.size() - 1);
        return fault(Code::malformed, "no latitude and longitude: " + quoted(f[bad]), columns[bad]);
    }
    auto position = geo::normalise({.latitude = *latitude, .longitude = *longitude, .datum = m_source.datum});
    if (!position)
        return fault(position.error().code, position.error().message, columns[from]);
    return position;
}

/// Only some sentences have the date; the others' day is the one nearest to what is known.
base::Result<base::Time> NmeaReader::momentOf(std::string_view clock, std::string_view date, std::size_t column) {
    const auto time = clockOf(clock);
    if (!time)
        return fault(Code::malformed, "no time of day: " + quoted(clock), column);
    if (!date.empty()) {
        const auto day = digits(date.substr(0, 2));
        const auto month = date.size() == 6 ? digits(date.substr(2, 2)) : std::nullopt;
        const auto year = date.size() == 6 ? digits(date.substr(4, 2)) : std::nullopt;
        const auto whole = day && month && year ? dayOf(*year + (*year < 80 ? 2'000 : 1'900), *month, *day) : std::nullopt;
        if (!whole)
            return fault(Code::malformed, "no date: " + quoted(date), column);
        m_known = base::Time(*whole) + *time;
        return *m_known;
    }
    if (!m_known && now() == base::Time{})
        return fault(Code::malformed, "a time of day without a date", column);
    if (!m_known)
        deviates("times of day without a date: the day on which they came is taken");
    const auto near = m_known.value_or(now());
    const base::Time midnight = std::chrono::floor<std::chrono::days>(near);
    auto best = midnight + *time;
    for (const auto other : {best - std::chrono::days(1), best + std::chrono::days(1)})
        if (std::chrono::abs(other - near) < std::chrono::abs(best - near))
            best = other;
    if (m_known)
        m_known = best;
    return best;
}

NmeaReader::Fix& NmeaReader::fixAt(base::Time time, std::vector<Message>& out) {
    if (m_fix && m_fix->time != time)
        flush(out);
    if (!m_fix) {
        m_fix.emplace();
        m_fix->time = time;
    }
    return *m_fix;
}

void NmeaReader::flush(std::vector<Message>& out) {
    if (m_fix && m_fix->position) {
        model::UnitPosition p;
        // The sentences do not say whose they are: over MQTT the topic does, else there is one receiver at the feed.
        std::string name = m_source.feed.empty() ? std::string("nmea") : m_source.feed;
        std::string callSign = unitNameByTopic(m_source);
        const std::string_view spec = m_source.mapping.unit;
        if (spec.starts_with("topic:") && !topicSegment(m_source.topic, spec.substr(6)))
            deviates("the topic has not the segment that names the unit: it is named by the subscription or the feed");
        if (!callSign.empty())
            name += "/" + callSign;
        if (!m_station.empty()) {
            name += "/" + m_station;
            callSign += callSign.empty() ? std::string() : "/" + m_station;
        }
        p.unit = model::UnitId(units::oneLine(name, 2 * mostUnitName));
        p.callSign = callSign.empty() ? p.unit.value : units::oneLine(callSign, 120);
        p.type = "nmea";
        p.time = m_fix->time;
        p.stale = p.time + usualStale;
        p.position = *m_fix->position;
        p.altitudeMetres = m_fix->altitude;
        p.accuracyMetres = m_fix->accuracy;
        p.speed = m_fix->speed;
        p.course = m_fix->course;
        out.emplace_back(std::move(p));
    }
    m_fix.reset();
}

base::Result<void> NmeaReader::recommended(const Fields& f, const std::vector<std::size_t>& columns,
                                           std::vector<Message>& out) {
    if (f.size() < 10)
        return fault(Code::malformed, "RMC with " + std::to_string(f.size()) + " fields", columns.front());
    if (at(f, 1).empty() && at(f, 2) != "A")
        return {}; // no satellite in sight yet
    auto time = momentOf(f[1], f[9], f[9].empty() ? columns[1] : columns[9]);
    if (!time)
        return tl::unexpected(std::move(time.error()));
    if (f[2] != "A")
        return {}; // it warns that this is no fix
    auto place = placeOf(f, columns, 3);
    if (!place)
        return tl::unexpected(std::move(place.error()));
    auto& fix = fixAt(*time, out);
    fix.position = *place;
    if (const auto knots = numberIn(f[7]); knots && *knots >= 0 && *knots < 4'000)
        fix.speed = *knots * units::knot;
    fix.course = degreesIn(f[8]);
    return {};
}

base::Result<void> NmeaReader::fixData(const Fields& f, const std::vector<std::size_t>& columns,
                                       std::vector<Message>& out) {
    if (f.size() < 11)
        return fault(Code::malformed, "GGA with " + std::to_string(f.size()) + " fields", columns.front());
    const bool none = f[6].empty() || f[6].find_first_not_of("0N") == std::string_view::npos;
    if (none)
        return {};
    auto time = momentOf(f[1], {}, columns[1]);
    if (!time)
        return tl::unexpected(std::move(time.error()));
    auto place = placeOf(f, columns, 2);
    if (!place)
        return tl::unexpected(std::move(place.error()));
    auto& fix = fixAt(*time, out);
    fix.position = *place;
    if (const auto dilution = numberIn(f[8]); dilution && *dilution > 0 && *dilution < 50)
        fix.accuracy = *dilution * 5; // of a receiver whose range error is five metres
    const bool gns = f.front().ends_with("GNS");
    const auto altitude = numberIn(f[9]);
    const auto separation = numberIn(at(f, gns ? 10 : 11));
    if (altitude && separation && std::fabs(*altitude + *separation) < 100'000)
        fix.altitude = *altitude + *separation;
    return {};
}

base::Result<void> NmeaReader::position(const Fields& f, const std::vector<std::size_t>& columns,
                                        std::vector<Message>& out) {
    if (f.size() < 7)
        return fault(Code::malformed, "GLL with " + std::to_string(f.size()) + " fields", columns.front());
    if (f[6] != "A")
        return {};
    auto time = momentOf(f[5], {}, columns[5]);
    if (!time)
        return tl::unexpected(std::move(time.error()));
    auto place = placeOf(f, columns, 1);
    if (!place)
        return tl::unexpected(std::move(place.error()));
    auto& fix = fixAt(*time, out);
    if (!fix.position)
        fix.position = *place;
    return {};
}

void NmeaReader::dateAndTime(const Fields& f) {
    const auto clock = clockOf(at(f, 1));
    const auto day = digits(at(f, 2));
    const auto month = digits(at(f, 3));
    const auto year = digits(at(f, 4));
    if (!clock || !day || !month || !year)
        return;
    if (const auto whole = dayOf(*year, *month, *day))
        m_known = base::Time(*whole) + *clock;
}

/// "$PGHP,1,2008,5,9,0,0,0,10,…": when the sentence after it was heard.
void NmeaReader::gatehouse(const Fields& f) {
    std::array<int, 7> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto value = digits(at(f, i + 2));
        if (!value)
            return;
        parts.at(i) = *value;
    }
    const auto day = dayOf(parts[0], parts[1], parts[2]);
    if (day && parts[3] < 24 && parts[4] < 60 && parts[5] < 61 && parts[6] < 1'000)
        m_blockTime = base::Time(*day) + std::chrono::hours(parts[3]) + std::chrono::minutes(parts[4]) +
                      std::chrono::seconds(parts[5]) + std::chrono::milliseconds(parts[6]);
}

} // namespace tocsin::ingest
