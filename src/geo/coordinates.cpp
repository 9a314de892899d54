#include "tocsin/geo/coordinates.hpp"

#include "geo/coordinates_text.hpp"
#include "tocsin/geo/datum.hpp"

#include <GeographicLib/MGRS.hpp>
#include <GeographicLib/UTMUPS.hpp>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <utility>

namespace tocsin::geo {
namespace {

constexpr std::size_t mostBytes = 200;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return c >= 'A' && c <= 'Z';
}

/// The box in which GCJ-02 differs from WGS-84, and, narrower, the country itself.
bool shiftsIn(double latitude, double longitude) {
    return longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271;
}
bool inChina(double latitude, double longitude) {
    return longitude >= 73.4 && longitude <= 135.1 && latitude >= 17.5 && latitude <= 53.6;
}

// ---- UTM and MGRS ---------------------------------------------------------------------------------------------------

/// Upper case, split at blanks and commas; nothing when it holds anything but letters, digits and dots.
std::optional<std::vector<std::string>> gridWords(std::string_view text) {
    std::vector<std::string> parts(1);
    for (char c : text) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 32);
        if (c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r') {
            if (!parts.back().empty())
                parts.emplace_back();
        } else if (isLetter(c) || isDigit(c) || c == '.') {
            parts.back() += c;
        } else {
            return std::nullopt;
        }
    }
    if (parts.back().empty())
        parts.pop_back();
    return parts;
}

std::optional<model::Position> earthly(double latitude, double longitude) {
    const auto p = model::Position::checked({.latitude = latitude, .longitude = longitude});
    return p ? std::optional(*p) : std::nullopt;
}

/// "539000", "5221000.5", "539000E", "5221000MN": metres.
std::optional<double> gridMetres(std::string_view word, std::string_view unit) {
    for (const auto& end : {std::string("M") + std::string(unit), std::string(unit), std::string("M")})
        if (word.ends_with(end)) {
            word.remove_suffix(end.size());
            break;
        }
    if (word.empty() || word.size() > 14 || std::count(word.begin(), word.end(), '.') > 1 ||
        !std::all_of(word.begin(), word.end(), [](char c) { return isDigit(c) || c == '.'; }))
        return std::nullopt;
    const double value = std::strtod(std::string(word).c_str(), nullptr);
    return std::isfinite(value) && value <= 1e7 ? std::optional(value) : std::nullopt;
}

/// The letter of latitude's band, C…X from 80° S in steps of 8°; 0 beyond, where UPS serves.
char bandOf(double latitude) {
    static constexpr char letters[] = "CDEFGHJKLMNPQRSTUVWX";
    if (latitude < -80 || latitude >= 84)
        return 0;
    return letters[std::min(19, static_cast<int>(std::floor((latitude + 80) / 8)))];
}

std::optional<model::Position> reverseGrid(int zone, bool north, double x, double y) {
    double latitude = 0;
    double longitude = 0;
    GeographicLib::UTMUPS::Reverse(zone, north, x, y, latitude, longitude);
    return earthly(latitude, longitude);
}

/// "32T 539000 5221000"; "32N …" with a northing that band N has not is the northern hemisphere. UPS: "Z 2000000
/// 2100000".
std::optional<model::Position> utmOf(const std::vector<std::string>& words) {
    std::string zoneText;
    std::size_t next = 0;
    while (next < words.size() && zoneText.size() < 4 && (zoneText.empty() || isDigit(zoneText.back())))
        zoneText += words[next++];
    if (words.size() != next + 2 || zoneText.empty() || zoneText.size() > 3 || !isLetter(zoneText.back()))
        return std::nullopt;
    const char letter = zoneText.back();
    zoneText.pop_back();
    if (!std::all_of(zoneText.begin(), zoneText.end(), isDigit))
        return std::nullopt;
    const auto x = gridMetres(words[next], "E");
    const auto y = gridMetres(words[next + 1], "N");
    if (!x || !y)
        return std::nullopt;
    if (zoneText.empty()) {
        const bool polar = letter == 'A' || letter == 'B' || letter == 'Y' || letter == 'Z';
        return polar ? reverseGrid(GeographicLib::UTMUPS::UPS, letter > 'M', *x, *y) : std::nullopt;
    }
    const int zone = std::atoi(zoneText.c_str());
    if (zone < 1 || zone > 60 || letter < 'C' || letter > 'X' || letter == 'I' || letter == 'O')
        return std::nullopt;
    std::optional<model::Position> found;
    try {
        found = reverseGrid(zone, letter >= 'N', *x, *y);
    } catch (const std::exception&) {
        found.reset(); // off the zone's grid: the letter may still be a hemisphere's
    }
    constexpr double slack = 0.05; // degrees: a rounded point at the band's edge
    if (found && (bandOf(found->latitude()) == letter || bandOf(found->latitude() - slack) == letter ||
                  bandOf(found->latitude() + slack) == letter))
        return found;
    if (letter != 'N' && letter != 'S')
        return std::nullopt;
    return reverseGrid(zone, letter == 'N', *x, *y);
}

/// "32TNT 39000 21000", "32T NT 390 210", "32TNT3921"; the middle of the square that it names.
std::optional<model::Position> mgrsOf(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words)
        all += word;
    std::size_t at = 0;
    while (at < all.size() && isDigit(all[at]))
        ++at;
    const std::size_t zoneDigits = at;
    while (at < all.size() && isLetter(all[at]))
        ++at;
    const std::size_t digits = all.size() - at;
    if (zoneDigits > 2 || at != zoneDigits + 3 || digits % 2 != 0 || digits > 10 ||
        !std::all_of(all.begin() + static_cast<std::ptrdiff_t>(at), all.end(), isDigit))
        return std::nullopt;
    if (digits == 0)
        return std::nullopt; // a square of 100 km is no place, and "abc" is a name
    if (words.size() > 1 && words.back().size() * 2 != digits && words.back().size() != digits)
        return std::nullopt; // "390 21000": half and half, or all in one
    int zone = 0;
    bool north = false;
    double x = 0;
    double y = 0;
    int precision = 0;
    GeographicLib::MGRS::Reverse(all, zone, north, x, y, precision, true);
    return reverseGrid(zone, north, x, y);
}

std::optional<CoordinateReading> gridReading(std::string_view text) {
    const auto words = gridWords(text);
    if (!words || words->empty())
        return std::nullopt;
    // GeographicLib refuses by exceptions what is off the grid.
    try {
        if (const auto p = utmOf(*words))
            return CoordinateReading{*p, CoordinateForm::utm, model::Datum::wgs84};
        if (const auto p = mgrsOf(*words))
            return CoordinateReading{*p, CoordinateForm::mgrs, model::Datum::wgs84};
    } catch (const std::exception&) {
        return std::nullopt;
    }
    return std::nullopt;
}

// ---- Degrees --------------------------------------------------------------------------------------------------------

struct Angle {
    double degrees{0};
    char axis{0};     ///< 'y' latitude, 'x' longitude, 0 unknown
    bool plain{true}; ///< one number
};

char axisOf(char letter) {
    switch (letter) {
    case 'N':
    case 'S':
    case latitudeMark:
        return latitudeMark;
    case 'E':
    case 'W':
    case longitudeMark:
        return longitudeMark;
    default:
        return 0;
    }
}

/// Degrees, degrees and minutes, or degrees, minutes and seconds.
std::optional<Angle> angleOf(const CoordinateNumber* first, std::size_t count) {
    static constexpr char units[] = {degreeMark, minuteMark, secondMark};
    if (count < 1 || count > 3)
        return std::nullopt;
    Angle angle;
    angle.plain = count == 1;
    double scale = 1;
    char letter = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& n = first[i];
        const bool last = i + 1 == count;
        if ((n.unit != 0 && n.unit != units[i]) || (!last && (!n.isWhole || n.after != 0)) ||
            (i > 0 && (n.hasSign || n.before != 0 || n.value >= 60)))
            return std::nullopt;
        angle.degrees += n.value * scale;
        scale /= 60;
        if (n.after != 0)
            letter = n.after;
    }
    const char label = axisOf(first->before);
    if (isLetter(first->before)) {
        if (letter != 0)
            return std::nullopt;
        letter = first->before;
    }
    angle.axis = letter != 0 ? axisOf(letter) : label;
    if (label != 0 && angle.axis != label)
        return std::nullopt;
    if (letter != 0 && first->hasSign)
        return std::nullopt; // "-9.5 W" may mean either
    if (first->negative || letter == 'S' || letter == 'W')
        angle.degrees = -angle.degrees;
    return angle;
}

/// Where the second coordinate begins; 0 when it cannot be told.
std::size_t splitOf(const std::vector<CoordinateNumber>& n) {
    std::vector<std::size_t> starts;
    const auto collect = [&](auto&& test) {
        starts.clear();
        for (std::size_t i = 1; i < n.size(); ++i)
            if (test(i))
                starts.push_back(i);
        return starts.size() == 1;
    };
    if (collect([&](std::size_t i) { return n[i].before != 0; }) ||
        collect([&](std::size_t i) { return n[i - 1].after != 0; }) ||
        collect([&](std::size_t i) { return n[i].unit == degreeMark; }) ||
        collect([&](std::size_t i) { return n[i].hasSign; }) || collect([&](std::size_t i) { return n[i].separated; }))
        return starts.front();
    return n.size() % 2 == 0 ? n.size() / 2 : 0;
}

std::optional<std::pair<Angle, Angle>> anglesOf(std::string_view plain, bool decimalCommas) {
    const auto numbers = coordinateNumbers(plain, decimalCommas);
    if (numbers.size() < 2 || numbers.size() > 6)
        return std::nullopt;
    const std::size_t split = splitOf(numbers);
    if (split == 0)
        return std::nullopt;
    const auto first = angleOf(numbers.data(), split);
    const auto second = angleOf(numbers.data() + split, numbers.size() - split);
    if (!first || !second || (first->axis != 0 && first->axis == second->axis))
        return std::nullopt;
    // "47 8 9": nobody writes one as degrees and the other as minutes too, unless units or letters say so.
    if (numbers.size() % 2 != 0 && std::none_of(numbers.begin(), numbers.end(), [](const CoordinateNumber& n) {
            return n.unit != 0 || n.before != 0 || n.after != 0 || n.separated;
        }))
        return std::nullopt;
    return std::pair(*first, *second);
}

std::optional<std::pair<Angle, Angle>> anglesOf(const std::string& plain) {
    // A comma between digits is a decimal sign when that leaves a pair; "47,14" alone is one, with a comma between.
    std::size_t tight = 0;
    for (std::size_t i = 1; i + 1 < plain.size(); ++i)
        tight += plain[i] == ',' && isDigit(plain[i - 1]) && isDigit(plain[i + 1]) ? 1 : 0;
    const bool dots = plain.find('.') != std::string::npos;
    if (!dots && tight >= 2)
        if (auto pair = anglesOf(plain, true))
            return pair;
    if (auto pair = anglesOf(plain, false))
        return pair;
    return !dots && tight == 1 ? anglesOf(plain, true) : std::nullopt;
}

void addReadings(std::vector<CoordinateReading>& out, double latitude, double longitude, CoordinateForm form,
                 std::optional<model::Datum> datum) {
    const auto add = [&](model::Datum as) {
        if (const auto p = normalise({latitude, longitude, as}))
            out.push_back({*p, form, as});
    };
    add(datum.value_or(model::Datum::wgs84));
    if (!datum && shiftsIn(latitude, longitude))
        add(model::Datum::gcj02);
}

bool onEarth(double latitude, double longitude) {
    return std::abs(latitude) <= 90 && std::abs(longitude) <= 180;
}

// ---- Writing --------------------------------------------------------------------------------------------------------

std::string dms(double degrees, char positive, char negative) {
    const auto tenths = std::llround(std::abs(degrees) * 36'000);
    char text[48];
    std::snprintf(text, sizeof text, "%lld°%02lld'%02lld.%lld\"%c", tenths / 36'000, tenths / 600 % 60,
                  tenths / 10 % 60, tenths % 10, degrees < 0 && tenths > 0 ? negative : positive);
    return text;
}

std::string grid(const model::Position& p, CoordinateForm form) {
    int zone = 0;
    bool north = false;
    double x = 0;
    double y = 0;
    GeographicLib::UTMUPS::Forward(p.latitude(), p.longitude(), zone, north, x, y);
    std::string mgrs;
    GeographicLib::MGRS::Forward(zone, north, x, y, p.latitude(), 5, mgrs);
    if (mgrs.size() < 11)
        return {};
    const std::size_t digits = mgrs.size() - 10;
    if (form == CoordinateForm::mgrs)
        return mgrs.substr(0, digits) + ' ' + mgrs.substr(digits, 5) + ' ' + mgrs.substr(digits + 5);
    char text[64];
    std::snprintf(text, sizeof text, " %.0f %.0f", x, y);
    return mgrs.substr(0, digits - 2) + text;
}

} // namespace

std::vector<CoordinateReading> parseCoordinates(std::string_view text) {
    std::vector<CoordinateReading> out;
    text = text.substr(0, mostBytes);
    std::string gridText(text);
    if (takeDatum(gridText).value_or(model::Datum::wgs84) == model::Datum::wgs84)
        if (const auto reading = gridReading(gridText)) {
            out.push_back(*reading);
            return out;
        }
    const PlainText plain = plainText(text);
    const auto pair = anglesOf(plain.text);
    if (!pair)
        return out;
    const auto& [a, b] = *pair;
    const auto form = a.plain && b.plain ? CoordinateForm::decimal : CoordinateForm::dms;
    if (a.axis == longitudeMark || b.axis == latitudeMark) {
        addReadings(out, b.degrees, a.degrees, form, plain.datum);
    } else if (a.axis == latitudeMark || b.axis == longitudeMark) {
        addReadings(out, a.degrees, b.degrees, form, plain.datum);
    } else {
        const bool asWritten = onEarth(a.degrees, b.degrees);
        const bool swapped = onEarth(b.degrees, a.degrees);
        const bool chinese = swapped && inChina(b.degrees, a.degrees) && !shiftsIn(a.degrees, b.degrees);
        if (asWritten && !chinese)
            addReadings(out, a.degrees, b.degrees, form, plain.datum);
        else if (swapped)
            addReadings(out, b.degrees, a.degrees, form, plain.datum);
        if (chinese && asWritten)
            addReadings(out, a.degrees, b.degrees, form, plain.datum);
    }
    return out;
}

std::string formatCoordinates(const model::Position& position, CoordinateForm form, model::Datum datum) {
    LonLat p{position.longitude(), position.latitude()};
    if (datum == model::Datum::gcj02)
        p = gcj02FromWgs84(p);
    else if (datum == model::Datum::bd09)
        p = bd09FromWgs84(p);
    p.latitude = std::clamp(p.latitude, -90.0, 90.0);
    p.longitude = p.longitude > 180 ? p.longitude - 360 : p.longitude;
    switch (form) {
    case CoordinateForm::utm:
    case CoordinateForm::mgrs:
        if (datum != model::Datum::wgs84)
            return {};
        try {
            return grid(position, form);
        } catch (const std::exception&) {
            return {};
        }
    case CoordinateForm::dms:
        return dms(p.latitude, 'N', 'S') + ' ' + dms(p.longitude, 'E', 'W');
    case CoordinateForm::decimal:
        break;
    }
    const auto clean = [](double degrees) { return std::abs(degrees) < 5e-7 ? 0.0 : degrees; };
    char text[64];
    std::snprintf(text, sizeof text, "%.6f, %.6f", clean(p.latitude), clean(p.longitude));
    return text;
}

} // namespace tocsin::geo
