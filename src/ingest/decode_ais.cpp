#include "decode_ais.hpp"

#include "decode_unit_text.hpp"

#include <cmath>

namespace tocsin::ingest {

namespace {

/// Degrees in 1/10,000 minutes (or tenths of minutes), where 181 and 91 mean "not known".
void place(AisMessage& out, double longitude, double latitude) {
    if (std::fabs(longitude) <= 180 && std::fabs(latitude) <= 90) {
        out.longitude = longitude;
        out.latitude = latitude;
    }
}

void placeFine(AisMessage& out, const AisBits& bits, std::size_t at) {
    place(out, bits.signedNumber(at, 28) / 600'000.0, bits.signedNumber(at + 28, 27) / 600'000.0);
}

void motion(AisMessage& out, std::uint32_t tenthsOfKnots, std::uint32_t tenthsOfDegrees) {
    if (tenthsOfKnots < 1'023)
        out.speed = tenthsOfKnots / 10.0 * units::knot;
    if (tenthsOfDegrees < 3'600)
        out.course = tenthsOfDegrees / 10.0;
}

void second(AisMessage& out, std::uint32_t value) {
    if (value < 60)
        out.second = static_cast<int>(value);
}

/// How long a message of a type is at least, in bits.
std::size_t leastBits(int type) {
    switch (type) {
    case 1:
    case 2:
    case 3:
    case 9:
    case 18:
        return 149; // of 168: some receivers leave the radio's own state out
    case 5:
        return 240; // of 424: up to the ship's type
    case 19:
        return 271;
    case 21:
        return 253; // of 272 and more
    case 24:
        return 160;
    case 27:
        return 94;
    default:
        return 38;
    }
}

} // namespace

std::optional<AisBits> AisBits::unarmour(std::string_view payload, unsigned fillBits, std::size_t* bad) {
    AisBits bits;
    bits.m_sextets.reserve(payload.size());
    for (std::size_t i = 0; i < payload.size(); ++i) {
        const auto c = static_cast<unsigned char>(payload[i]);
        if (c < '0' || c > 'w' || (c > 'W' && c < '`')) {
            if (bad != nullptr)
                *bad = i;
            return std::nullopt;
        }
        bits.m_sextets.push_back(static_cast<std::uint8_t>(c < '`' ? c - '0' : c - '8'));
    }
    bits.m_size = payload.size() * 6;
    bits.m_size -= fillBits < bits.m_size ? fillBits : bits.m_size;
    return bits;
}

std::uint32_t AisBits::number(std::size_t from, std::size_t count) const {
    std::uint32_t value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        const bool bit = i < m_size && ((m_sextets[i / 6] >> (5 - i % 6)) & 1U) != 0;
        value = value << 1U | (bit ? 1U : 0U);
    }
    return value;
}

std::int32_t AisBits::signedNumber(std::size_t from, std::size_t count) const {
    auto value = static_cast<std::int64_t>(number(from, count));
    if (value >= std::int64_t{1} << (count - 1))
        value -= std::int64_t{1} << count;
    return static_cast<std::int32_t>(value);
}

std::string AisBits::text(std::size_t from, std::size_t characters) const {
    std::string out;
    for (std::size_t i = 0; i < characters && from + i * 6 + 6 <= m_size; ++i) {
        const auto value = number(from + i * 6, 6);
        if (value == 0)
            break; // '@' ends it
        out += static_cast<char>(value < 32 ? value + 64 : value);
    }
    out.resize(out.find_last_not_of(' ') + 1);
    return out;
}

std::optional<AisMessage> readAis(const AisBits& bits) {
    AisMessage out;
    out.type = static_cast<int>(bits.number(0, 6));
    out.mmsi = bits.number(8, 30);
    if (out.type < 1 || out.type > 27 || bits.size() < leastBits(out.type))
        return std::nullopt;
    switch (out.type) {
    case 1:
    case 2:
    case 3:
        out.navigation = static_cast<int>(bits.number(38, 4));
        motion(out, bits.number(50, 10), bits.number(116, 12));
        out.accurate = bits.number(60, 1) == 1;
        placeFine(out, bits, 61);
        second(out, bits.number(137, 6));
        break;
    case 5:
        out.callSign = bits.text(70, 7);
        out.name = bits.text(112, 20);
        out.shipType = static_cast<int>(bits.number(232, 8));
        break;
    case 9:
        if (const auto altitude = bits.number(38, 12); altitude < 4'095)
            out.altitude = altitude;
        if (const auto knots = bits.number(50, 10); knots < 1'023)
            out.speed = knots * units::knot;
        out.accurate = bits.number(60, 1) == 1;
        placeFine(out, bits, 61);
        if (const auto course = bits.number(116, 12); course < 3'600)
            out.course = course / 10.0;
        second(out, bits.number(128, 6));
        break;
    case 18:
    case 19:
        motion(out, bits.number(46, 10), bits.number(112, 12));
        out.accurate = bits.number(56, 1) == 1;
        placeFine(out, bits, 57);
        second(out, bits.number(133, 6));
        if (out.type == 19) {
            out.name = bits.text(143, 20);
            out.shipType = static_cast<int>(bits.number(263, 8));
        }
        break;
    case 21:
        out.name = bits.text(43, 20);
        out.accurate = bits.number(163, 1) == 1;
        placeFine(out, bits, 164);
        second(out, bits.number(253, 6));
        break;
    case 24:
        if (bits.number(38, 2) == 0) {
            out.name = bits.text(40, 20);
        } else {
            out.shipType = static_cast<int>(bits.number(40, 8));
            out.callSign = bits.text(90, 7);
        }
        break;
    case 27:
        out.accurate = bits.number(38, 1) == 1;
        out.navigation = static_cast<int>(bits.number(40, 4));
        place(out, bits.signedNumber(44, 18) / 600.0, bits.signedNumber(62, 17) / 600.0);
        if (const auto knots = bits.number(79, 6); knots < 63)
            out.speed = knots * units::knot;
        if (const auto course = bits.number(85, 9); course < 360)
            out.course = course;
        break;
    default:
        break;
    }
    return out;
}

} // namespace tocsin::ingest
