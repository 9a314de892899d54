#include "ingest/decode_readings_fast.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace tocsin::ingest {

namespace {

static_assert(std::endian::native == std::endian::little, "plainText() looks for the first byte of a word");

constexpr std::size_t mostName = 120;
constexpr std::size_t mostUnit = 32;
constexpr int mostDigits = 15; ///< of a number that a double holds exactly, and so does its power of ten
constexpr std::array<double, mostDigits + 1> powersOfTen{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                         1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

template <std::size_t size>
bool literal(const char*& at, const char (&text)[size]) {
    if (std::memcmp(at, text, size - 1) != 0)
        return false;
    at += size - 1;
    return true;
}

void blank(const char*& at) {
    at += *at == ' ' ? 1 : 0;
}

/// Up to the quote that ends a text of plain ASCII; null if another byte comes first that is none, or no quote does.
const char* plainText(const char* at, std::size_t most) {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t highs = 0x8080808080808080U;
    for (const char* const last = at + most; at <= last; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        const auto zeroIn = [&](std::uint64_t x) { return (x - ones) & ~x & highs; };
        // Exact for the lowest byte that it marks, and that one is all that counts.
        const std::uint64_t special = (word & highs) | zeroIn(word ^ (ones * '"')) | zeroIn(word ^ (ones * '\\')) |
                                      ((word - ones * 0x20) & ~word & highs) | zeroIn(word ^ (ones * 0x7f));
        if (special == 0)
            continue;
        at += std::countr_zero(special) / 8;
        return *at == '"' && at <= last ? at : nullptr;
    }
    return nullptr;
}

int twoDigits(const char* at) {
    return isDigit(at[0]) && isDigit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

/// "key": with at most one blank behind the colon.
template <std::size_t size>
bool key(const char*& at, const char (&text)[size]) {
    if (!literal(at, text))
        return false;
    blank(at);
    return true;
}

const char* readNumber(const char* at, double& out) {
    const bool negative = *at == '-';
    at += negative ? 1 : 0;
    const char* const begin = at;
    std::uint64_t digits = 0;
    int count = 0;
    while (isDigit(*at) && count <= mostDigits) {
        digits = digits * 10 + static_cast<unsigned>(*at++ - '0');
        ++count;
    }
    if (count == 0 || (count > 1 && *begin == '0'))
        return nullptr;
    int after = 0;
    if (*at == '.') {
        ++at;
        while (isDigit(*at) && count <= mostDigits) {
            digits = digits * 10 + static_cast<unsigned>(*at++ - '0');
            ++count;
            ++after;
        }
        if (after == 0)
            return nullptr;
    }
    if (count > mostDigits || (*at != '}' && *at != ','))
        return nullptr; // an exponent, blanks, too many digits
    const double value = static_cast<double>(digits) / powersOfTen[static_cast<std::size_t>(after)];
    out = negative ? -value : value;
    return at;
}

} // namespace

/// HH:MM:SS[.fraction]Z and the closing quote.
const char* FastReadings::readClock(const char* at, base::Time& out) {
    const int hour = twoDigits(at);
    const int minute = twoDigits(at + 3);
    const int second = twoDigits(at + 6);
    if (hour < 0 || hour > 23 || at[2] != ':' || minute < 0 || minute > 59 || at[5] != ':' || second < 0 || second > 59)
        return nullptr;
    at += 8;
    std::int64_t micros = 0;
    if (*at == '.') {
        ++at;
        std::int64_t scale = 100'000;
        int count = 0;
        for (; isDigit(*at) && count < 9; ++count) {
            micros += (*at++ - '0') * scale;
            scale /= 10;
        }
        if (count == 0)
            return nullptr;
    }
    if (at[0] != 'Z' || at[1] != '"')
        return nullptr;
    out = base::Time{m_day} + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second} +
          base::Duration{micros};
    return at + 2;
}

const char* FastReadings::readTime(const char* at, base::Time& out) {
    if (*at != '"') {
        std::int64_t millis = 0;
        const char* const begin = at;
        while (isDigit(*at) && at - begin < 13)
            millis = millis * 10 + (*at++ - '0');
        // 12 or 13 digits without a zero before them: the years 1973 to 2200, when it is below that end.
        constexpr std::int64_t year2200 = 7'258'118'400'000;
        if (at - begin < 12 || *begin == '0' || isDigit(*at) || millis >= year2200)
            return nullptr;
        out = base::fromUnixMillis(millis);
        return at;
    }
    ++at;
    if (std::memcmp(at, m_date.data(), m_date.size()) != 0) {
        const int century = twoDigits(at);
        const int year = twoDigits(at + 2);
        const int month = twoDigits(at + 5);
        const int day = twoDigits(at + 8);
        if (century < 19 || year < 0 || at[4] != '-' || month < 0 || at[7] != '-' || day < 0 || at[10] != 'T')
            return nullptr;
        const std::chrono::year_month_day date{std::chrono::year{century * 100 + year},
                                               std::chrono::month{static_cast<unsigned>(month)},
                                               std::chrono::day{static_cast<unsigned>(day)}};
        if (!date.ok() || century * 100 + year > 2200)
            return nullptr;
        m_day = date;
        std::memcpy(m_date.data(), at, m_date.size());
    }
    return readClock(at + m_date.size(), out);
}

const char* FastReadings::read(const char* at, const char* end, ReadingLine& out) {
    // Nothing may be read past the 64 bytes behind `end`: names are looked through in bounds, the rest is short.
    if (end - at < 32 || !key(at, "{\"sensor\":") || *at++ != '"')
        return nullptr;
    const auto room = [&] { return static_cast<std::size_t>(end - at); };
    const char* stop = plainText(at, std::min(mostName, room()));
    if (stop == nullptr || stop == at)
        return nullptr;
    out.sensor = {at, static_cast<std::size_t>(stop - at)};
    at = stop + 1;
    if (*at++ != ',')
        return nullptr;
    blank(at);
    if (at >= end || !key(at, "\"time\":") || at >= end || (at = readTime(at, out.time)) == nullptr || at >= end ||
        *at++ != ',')
        return nullptr;
    blank(at);
    if (at >= end || !key(at, "\"value\":") || at >= end || (at = readNumber(at, out.value)) == nullptr)
        return nullptr;
    out.unit = {};
    if (*at == ',' && at < end) {
        ++at;
        blank(at);
        if (at >= end || !key(at, "\"unit\":") || at >= end || *at++ != '"')
            return nullptr;
        stop = plainText(at, std::min(mostUnit, at < end ? room() : 0));
        if (stop == nullptr)
            return nullptr;
        out.unit = {at, static_cast<std::size_t>(stop - at)};
        at = stop + 1;
    }
    // Within the text to its last byte: what stands behind `end` is not the sender's.
    return at < end && *at == '}' ? at + 1 : nullptr;
}

} // namespace tocsin::ingest
