#include "geo/coordinates_text.hpp"

#include "tocsin/base/ascii.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tocsin::geo {
namespace {

using Word = std::pair<std::string_view, char>;

/// Longer before shorter where one begins with the other. Written in lower case.
constexpr std::array<Word, 62> words{{{"北纬", 'N'},
                                      {"北緯", 'N'},
                                      {"南纬", 'S'},
                                      {"南緯", 'S'},
                                      {"东经", 'E'},
                                      {"東經", 'E'},
                                      {"東経", 'E'},
                                      {"西经", 'W'},
                                      {"西經", 'W'},
                                      {"西経", 'W'},
                                      {"纬度", latitudeMark},
                                      {"緯度", latitudeMark},
                                      {"经度", longitudeMark},
                                      {"經度", longitudeMark},
                                      {"経度", longitudeMark},
                                      {"latitude", latitudeMark},
                                      {"longitude", longitudeMark},
                                      {"lat", latitudeMark},
                                      {"long", longitudeMark},
                                      {"lon", longitudeMark},
                                      {"lng", longitudeMark},
                                      {"north", 'N'},
                                      {"south", 'S'},
                                      {"east", 'E'},
                                      {"west", 'W'},
                                      {"degrees", degreeMark},
                                      {"deg", degreeMark},
                                      {"min", minuteMark},
                                      {"sec", secondMark},
                                      {"度", degreeMark},
                                      {"分", minuteMark},
                                      {"秒", secondMark},
                                      {"°", degreeMark},
                                      {"º", degreeMark},
                                      {"˚", degreeMark},
                                      {"''", secondMark},
                                      {"’’", secondMark},
                                      {"′′", secondMark},
                                      {"\"", secondMark},
                                      {"″", secondMark},
                                      {"”", secondMark},
                                      {"“", secondMark},
                                      {"'", minuteMark},
                                      {"′", minuteMark},
                                      {"’", minuteMark},
                                      {"‘", minuteMark},
                                      {"´", minuteMark},
                                      {"geo:", ' '},
                                      {"，", ','},
                                      {"、", ','},
                                      {"；", ','},
                                      {";", ','},
                                      {"/", ','},
                                      {"|", ','},
                                      {"−", '-'},
                                      {"–", '-'},
                                      {"－", '-'},
                                      {"．", '.'},
                                      {"：", ' '},
                                      {"\xc2\xa0", ' '},
                                      {"\xe2\x80\xaf", ' '},
                                      {"\xe3\x80\x80", ' '}}};

constexpr std::array<std::pair<std::string_view, model::Datum>, 21> datums{
    {{"gcj-02", model::Datum::gcj02},   {"gcj_02", model::Datum::gcj02},    {"gcj 02", model::Datum::gcj02},
     {"gcj02", model::Datum::gcj02},    {"高德地图", model::Datum::gcj02},  {"高德", model::Datum::gcj02},
     {"火星坐标", model::Datum::gcj02}, {"腾讯地图", model::Datum::gcj02},  {"bd-09", model::Datum::bd09},
     {"bd_09", model::Datum::bd09},     {"bd 09", model::Datum::bd09},      {"bd09", model::Datum::bd09},
     {"百度地图", model::Datum::bd09},  {"百度", model::Datum::bd09},       {"wgs-84", model::Datum::wgs84},
     {"wgs_84", model::Datum::wgs84},   {"wgs 84", model::Datum::wgs84},    {"wgs84", model::Datum::wgs84},
     {"cgcs2000", model::Datum::wgs84}, {"cgcs-2000", model::Datum::wgs84}, {"天地图", model::Datum::wgs84}}};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// ASCII for what stands at `at`; moves `at` behind it.
char nextPlain(std::string_view text, std::size_t& at, const std::string& soFar) {
    const auto rest = text.substr(at);
    for (const auto& [word, mark] : words)
        if (rest.starts_with(word)) {
            at += word.size();
            return mark;
        }
    if (rest.size() >= 3 && rest[0] == '\xef' && rest[1] == '\xbc' && static_cast<std::uint8_t>(rest[2]) >= 0x90 &&
        static_cast<std::uint8_t>(rest[2]) <= 0x99) { // full-width digits
        at += 3;
        return static_cast<char>('0' + (static_cast<std::uint8_t>(rest[2]) - 0x90));
    }
    const char c = rest[0];
    ++at;
    if (isDigit(c) || c == '.' || c == ',' || c == '+' || c == '-')
        return c;
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')' || c == '[' || c == ']' || c == ':' ||
        c == '=' || c == '@')
        return ' ';
    const bool afterDigit = !soFar.empty() && isDigit(soFar.back());
    if ((c == 'd' || c == 'm') && afterDigit)
        return c == 'd' ? degreeMark : minuteMark;
    // "24s" after minutes are seconds, "33.5s" is south.
    const auto last = [&](char mark) { return static_cast<std::ptrdiff_t>(soFar.rfind(mark) + 1); };
    if (c == 's' && afterDigit && last(minuteMark) > last(degreeMark) && last(minuteMark) > last(secondMark))
        return secondMark;
    switch (c) {
    case 'n':
        return 'N';
    case 's':
        return 'S';
    case 'e':
        return 'E';
    case 'w':
        return 'W';
    default:
        return '?';
    }
}

} // namespace

std::optional<model::Datum> takeDatum(std::string& text) {
    const std::string small = base::lowerAscii(text);
    for (const auto& [word, datum] : datums)
        if (const auto at = small.find(word); at != std::string::npos) {
            text.replace(at, word.size(), " ");
            return datum;
        }
    return std::nullopt;
}

PlainText plainText(std::string_view text) {
    PlainText out;
    std::string rest(text);
    out.datum = takeDatum(rest);
    rest = base::lowerAscii(rest);
    for (std::size_t at = 0; at < rest.size();)
        out.text += nextPlain(rest, at, out.text);
    return out;
}

std::vector<CoordinateNumber> coordinateNumbers(std::string_view plain, bool decimalCommas) {
    std::vector<CoordinateNumber> numbers;
    char before = 0;
    bool separated = false;
    for (std::size_t at = 0; at < plain.size();) {
        const char c = plain[at];
        if (c == ' ') {
            ++at;
        } else if (c == ',') {
            if (numbers.empty() || separated)
                return {};
            separated = true;
            ++at;
        } else if (isDigit(c) || c == '.' || c == '+' || c == '-') {
            CoordinateNumber number;
            number.before = std::exchange(before, '\0');
            number.separated = std::exchange(separated, false);
            if (c == '+' || c == '-') {
                number.hasSign = true;
                number.negative = c == '-';
                ++at;
            }
            std::string digits;
            while (at < plain.size() && isDigit(plain[at]))
                digits += plain[at++];
            const bool comma =
                decimalCommas && at + 1 < plain.size() && plain[at] == ',' && isDigit(plain[at + 1]) && !digits.empty();
            if (at < plain.size() && (plain[at] == '.' || comma)) {
                number.isWhole = false;
                digits += '.';
                ++at;
                while (at < plain.size() && isDigit(plain[at]))
                    digits += plain[at++];
            }
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
            if (error != std::errc() || end != digits.data() + digits.size() || digits == "." || number.value > 1e6)
                return {};
            if (at < plain.size() && (plain[at] == degreeMark || plain[at] == minuteMark || plain[at] == secondMark))
                number.unit = plain[at++];
            numbers.push_back(number);
        } else if (c == degreeMark || c == minuteMark || c == secondMark) {
            if (numbers.empty() || numbers.back().unit != 0 || before != 0 || separated)
                return {};
            numbers.back().unit = c;
            ++at;
        } else if (c == latitudeMark || c == longitudeMark) {
            if (before != 0)
                return {};
            before = c;
            ++at;
        } else if (c == 'N' || c == 'S' || c == 'E' || c == 'W') {
            // Behind a number, unless the letters stand in front of the numbers.
            const bool inFront =
                numbers.empty() || (numbers.front().before != 0 && numbers.front().before != latitudeMark &&
                                    numbers.front().before != longitudeMark);
            char& place = inFront ? before : numbers.back().after;
            if (place != 0 || (!inFront && separated))
                return {};
            place = c;
            ++at;
        } else {
            return {};
        }
    }
    if (before != 0 || separated)
        return {};
    return numbers;
}

} // namespace tocsin::geo
