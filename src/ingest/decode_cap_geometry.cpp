#include "decode_cap_geometry.hpp"

#include "decode_place.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

namespace tocsin::ingest::cap {

namespace {

using base::Code;

struct Number {
    double value{0};
    std::size_t at{0};
    std::size_t token{0}; ///< which of the blank-separated words it stands in
};

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string shown(double value) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%g", value);
    return out.data();
}

/// All numbers of the text; separators are blanks, commas and semicolons. `strict` is false where something other than
/// single commas inside of words was seen.
std::optional<Remark> readNumbers(std::string_view text, std::vector<Number>& out, bool& strict) {
    std::size_t token = 0;
    std::size_t i = 0;
    bool inToken = false;
    bool afterComma = false;
    while (i < text.size()) {
        const char c = text[i];
        if (isBlank(c)) {
            if (inToken) {
                ++token;
                strict = strict && !afterComma;
            }
            inToken = false;
            ++i;
            continue;
        }
        if (c == ',' || c == ';') {
            strict = strict && c == ',' && inToken && !afterComma;
            afterComma = true;
            inToken = true;
            ++i;
            continue;
        }
        const std::size_t start = i;
        if (c == '+')
            ++i;
        double value = 0;
        const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), value);
        const std::size_t after = static_cast<std::size_t>(end - text.data());
        const bool ends = after >= text.size() || isBlank(text[after]) || text[after] == ',' || text[after] == ';';
        if (error == std::errc::result_out_of_range)
            return Remark{start, "a coordinate out of the range of numbers", Code::outOfRange};
        if (error != std::errc() || !ends) {
            const std::size_t stop = text.find_first_of(" \t\r\n,;", start);
            return Remark{start, quoted(text.substr(start, stop - start)) + " is not a number", Code::malformed};
        }
        if (!std::isfinite(value))
            return Remark{start, "a coordinate that is not finite", Code::outOfRange};
        out.push_back({value, start, token});
        inToken = true;
        afterComma = false;
        i = after;
    }
    strict = strict && !afterComma;
    return {};
}

/// How many numbers each word holds, if all words hold the same number of them; else 0.
std::size_t perToken(const std::vector<Number>& numbers) {
    std::size_t same = 0;
    std::size_t run = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        ++run;
        if (i + 1 == numbers.size() || numbers[i + 1].token != numbers[i].token) {
            if (same != 0 && same != run)
                return 0;
            same = run;
            run = 0;
        }
    }
    return same;
}

std::optional<Remark> checkPoint(const Number& latitude, const Number& longitude) {
    if (latitude.value < -90 || latitude.value > 90)
        return Remark{latitude.at, "latitude " + shown(latitude.value) + " is outside -90 to 90", Code::outOfRange};
    if (longitude.value < -180 || longitude.value > 180)
        return Remark{longitude.at, "longitude " + shown(longitude.value) + " is outside -180 to 180",
                      Code::outOfRange};
    return {};
}

model::Position positionOf(const Number& latitude, const Number& longitude) {
    return model::Position::trusted(latitude.value, longitude.value);
}

/// Some senders put longitude first. Only where that is the one way to read each single point is it read so: one number
/// out of range among good ones is a fault.
bool swapped(const std::vector<Number>& numbers, std::size_t step) {
    for (std::size_t i = 0; i < numbers.size(); i += step)
        if (std::fabs(numbers[i].value) <= 90 || std::fabs(numbers[i].value) > 180 ||
            std::fabs(numbers[i + 1].value) > 90)
            return false;
    return true;
}

/// What cannot be read as numbers is left out, for the rest of the message is worth having; numbers that no place on
/// earth has refuse it, for then nobody knows what else is wrong with them.
template <typename Shape>
Drawn<Shape> unreadable(const char* kind, Remark remark) {
    if (remark.code == Code::outOfRange)
        return {.shape = {}, .stray = {}, .fault = std::move(remark)};
    remark.message += std::string(", so a ") + kind + " was left out";
    return {.shape = {}, .stray = std::move(remark), .fault = {}};
}

/// "-12.345" and nothing else; nothing for what is written otherwise or has more digits than are exact this way.
std::optional<double> plainNumber(const char*& at, const char* end) {
    static constexpr std::array<double, 16> powers{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const bool negative = at != end && *at == '-';
    at += negative ? 1 : 0;
    const char* const start = at;
    std::uint64_t digits = 0;
    const auto take = [&] {
        const char* const from = at;
        for (; at != end && *at >= '0' && *at <= '9'; ++at)
            digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
        return at - from;
    };
    const std::ptrdiff_t whole = take();
    std::ptrdiff_t part = 0;
    if (at != end && *at == '.') {
        ++at;
        part = take();
        if (part == 0)
            return {};
    }
    if (whole == 0 || at - start > 16) // at most fifteen digits: both they and the power are exact, so the quotient is right
        return {};
    const double value = static_cast<double>(digits) / powers[static_cast<std::size_t>(part)];
    return negative ? -value : value;
}

/// A ring as the standard wants it, which nearly all are; anything else is left to be looked at closely.
std::optional<model::Line> plainRing(std::string_view text) {
    constexpr std::size_t usualPointBytes = 18;
    constexpr std::size_t leastPoints = 4;
    model::Line ring;
    ring.reserve(text.size() / usualPointBytes + leastPoints);
    const char* at = text.data();
    const char* const end = at + text.size();
    for (;;) {
        while (at != end && isBlank(*at))
            ++at;
        if (at == end)
            break;
        const auto latitude = plainNumber(at, end);
        if (!latitude || at == end || *at != ',')
            return {};
        ++at;
        const auto longitude = plainNumber(at, end);
        if (!longitude || (at != end && !isBlank(*at)))
            return {};
        if (std::fabs(*latitude) > 90 || std::fabs(*longitude) > 180)
            return {};
        ring.push_back(model::Position::trusted(*latitude, *longitude));
    }
    if (ring.size() < leastPoints || !(ring.front() == ring.back()))
        return {};
    return ring;
}

} // namespace

Drawn<model::Line> readPolygon(std::string_view text) {
    if (auto ring = plainRing(text))
        return {.shape = std::move(*ring), .stray = {}, .fault = {}};
    std::vector<Number> numbers;
    bool strict = true;
    if (auto remark = readNumbers(text, numbers, strict))
        return unreadable<model::Line>("polygon", std::move(*remark));
    if (numbers.empty()) // the schema allows it, and it says nothing
        return {};
    Drawn<model::Line> out;
    const std::size_t width = perToken(numbers);
    const std::size_t step = width == 3 ? 3 : 2;
    if (!strict || width != 2)
        out.stray = Remark{0, step == 3 ? "a polygon's points have a third number, which was left out"
                                        : "a polygon is not written as \"lat,lon lat,lon\""};
    if (numbers.size() % step != 0) {
        out.stray = Remark{numbers.back().at, "a polygon whose last point has only one number was left out"};
        return out;
    }
    if (swapped(numbers, step)) {
        out.stray = Remark{numbers.front().at, "a polygon has longitude before latitude; read that way"};
        for (std::size_t i = 0; i < numbers.size(); i += step)
            std::swap(numbers[i], numbers[i + 1]);
    }
    model::Line ring;
    ring.reserve(numbers.size() / step + 1);
    for (std::size_t i = 0; i < numbers.size(); i += step) {
        if ((out.fault = checkPoint(numbers[i], numbers[i + 1])))
            return out;
        ring.push_back(positionOf(numbers[i], numbers[i + 1]));
    }
    if (!(ring.front() == ring.back())) {
        out.stray = Remark{numbers.back().at, "a polygon whose last point is not its first was closed"};
        ring.push_back(ring.front());
    }
    if (ring.size() < 4) {
        out.stray = Remark{0, "a polygon of fewer than three different points was left out"};
        return out;
    }
    out.shape = std::move(ring);
    return out;
}

Drawn<model::Circle> readCircle(std::string_view text) {
    std::vector<Number> numbers;
    bool strict = true;
    if (auto remark = readNumbers(text, numbers, strict))
        return unreadable<model::Circle>("circle", std::move(*remark));
    if (numbers.empty())
        return {};
    Drawn<model::Circle> out;
    if (numbers.size() != 3) {
        out.stray = Remark{0, "a circle of " + std::to_string(numbers.size()) +
                                  " numbers was left out: it needs latitude, longitude and radius"};
        return out;
    }
    if (!strict || numbers[0].token != numbers[1].token || numbers[1].token == numbers[2].token)
        out.stray = Remark{0, "a circle is not written as \"lat,lon radius\""};
    if ((out.fault = checkPoint(numbers[0], numbers[1])))
        return out;
    constexpr double halfWayRoundKm = 20'040;
    if (numbers[2].value < 0 || numbers[2].value > halfWayRoundKm) {
        out.fault =
            Remark{numbers[2].at, "a circle's radius of " + shown(numbers[2].value) + " km is outside 0 to 20040",
                   Code::outOfRange};
        return out;
    }
    out.shape = model::Circle{positionOf(numbers[0], numbers[1]), numbers[2].value};
    return out;
}

} // namespace tocsin::ingest::cap
