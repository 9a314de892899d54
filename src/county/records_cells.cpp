#include "county/records_cells.hpp"

#include "county/text_fold.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/geo/coordinates.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace tocsin::county {
namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

template <typename T>
Cell<T> wrong(std::string expected) {
    return {std::nullopt, std::move(expected)};
}

/// Takes up to `most` digits at `at`.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t most) {
    int value = 0;
    const auto start = at;
    while (at < text.size() && at - start < most && text[at] >= '0' && text[at] <= '9')
        value = value * 10 + (text[at++] - '0');
    return at == start ? std::nullopt : std::optional(value);
}

bool take(std::string_view text, std::size_t& at, std::string_view word) {
    if (!text.substr(at).starts_with(word))
        return false;
    at += word.size();
    return true;
}

template <typename T, std::size_t N>
Cell<T> oneOf(std::string_view text, const std::array<std::pair<const char*, T>, N>& words, const char* expected) {
    const auto wanted = fold(text);
    for (const auto& [word, value] : words) {
        if (wanted == fold(word))
            return {value, {}};
    }
    return wrong<T>(expected);
}

} // namespace

std::string plainCell(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        // U+FF01…U+FF5E are ASCII's wide twins, U+3000 the wide blank, U+00A0 the one that does not break.
        if (i + 2 < text.size() && static_cast<unsigned char>(text[i]) == 0xEF &&
            (static_cast<unsigned char>(text[i + 1]) == 0xBC || static_cast<unsigned char>(text[i + 1]) == 0xBD)) {
            const int code = ((static_cast<unsigned char>(text[i + 1]) & 0x3F) << 6) | (static_cast<unsigned char>(text[i + 2]) & 0x3F);
            if (code >= 0xF01 && code <= 0xF5E) {
                out += static_cast<char>(code - 0xF01 + 0x21);
                i += 3;
                continue;
            }
        }
        if (text.substr(i).starts_with("\xE3\x80\x80")) {
            out += ' ';
            i += 3;
        } else if (text.substr(i).starts_with("\xC2\xA0")) {
            out += ' ';
            i += 2;
        } else {
            out += text[i++];
        }
    }
    const auto first = std::find_if_not(out.begin(), out.end(), isBlank);
    const auto last = std::find_if_not(out.rbegin(), out.rend(), isBlank).base();
    return first < last ? std::string(first, last) : std::string();
}

Cell<double> numberCell(std::string_view text, double lowest, double highest) {
    const auto expected = "a number from " + numberText(lowest) + " to " + numberText(highest);
    std::string plain = plainCell(text);
    if (const auto comma = plain.find(','); comma != std::string::npos) {
        // Thousands only: what 12,5 means nobody knows.
        auto end = plain.find('.');
        end = end == std::string::npos ? plain.size() : end;
        bool thousands = comma >= 1 && comma <= 3 + (plain[0] == '-' ? 1U : 0U);
        for (std::size_t at = comma; thousands && at < end; at += 4)
            thousands = plain[at] == ',' && end - at >= 4 && std::all_of(plain.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                                                                         plain.begin() + static_cast<std::ptrdiff_t>(at) + 4,
                                                                         [](char c) { return c >= '0' && c <= '9'; });
        if (!thousands)
            return wrong<double>(expected + ", with a point before decimals");
        std::erase(plain, ',');
    }
    double value = 0;
    const char* first = plain.data() + (plain.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(first, plain.data() + plain.size(), value);
    if (plain.empty() || error != std::errc() || end != plain.data() + plain.size() || !std::isfinite(value) || value < lowest ||
        value > highest)
        return wrong<double>(expected);
    return {value, {}};
}

Cell<int> countCell(std::string_view text, int highest) {
    const auto number = numberCell(text, 0, highest);
    if (!number.value || *number.value != std::floor(*number.value))
        return wrong<int>("a whole number from 0 to " + std::to_string(highest));
    return {static_cast<int>(*number.value), {}};
}

Cell<base::Time> momentCell(std::string_view text) {
    constexpr const char* expected = "a day such as 2026-12-31, or a moment such as 2026-12-31T08:00Z";
    const auto plain = plainCell(text);
    std::size_t at = 0;
    const auto year = digits(plain, at, 4);
    const bool mark = take(plain, at, "-") || take(plain, at, "/") || take(plain, at, ".") || take(plain, at, "年");
    const auto month = mark ? digits(plain, at, 2) : std::nullopt;
    const bool again = month && (take(plain, at, "-") || take(plain, at, "/") || take(plain, at, ".") || take(plain, at, "月"));
    const auto day = again ? digits(plain, at, 2) : std::nullopt;
    if (!year || !day || *year < 1900 || *year > 2199)
        return wrong<base::Time>(expected);
    const auto date = std::chrono::year(*year) / *month / *day;
    if (!date.ok())
        return wrong<base::Time>("a day that there is, such as 2026-12-31");
    const base::Time begin{std::chrono::sys_days(date)};
    take(plain, at, "日");
    if (at == plain.size() || plain.substr(at) == " 00:00:00")
        return {begin, {}};
    char iso[16];
    std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", *year, *month, *day);
    const auto time = base::parseTime(iso + plain.substr(at));
    return time ? Cell<base::Time>{*time, {}} : wrong<base::Time>(expected);
}

Cell<bool> yesNoCell(std::string_view text) {
    static constexpr std::array<std::pair<const char*, bool>, 10> words{{{"yes", true}, {"no", false}, {"是", true}, {"否", false},
                                                                        {"1", true}, {"0", false}, {"true", true}, {"false", false},
                                                                        {"y", true}, {"n", false}}};
    return oneOf(plainCell(text), words, "yes or no (是, 否)");
}

Cell<model::ResourceKind> kindCell(std::string_view text) {
    using K = model::ResourceKind;
    const auto plain = plainCell(text);
    if (const auto kind = model::resourceKindFrom(plain))
        return {*kind, {}};
    static constexpr std::array<std::pair<const char*, K>, 40> words{
        {{"team", K::team}, {"队伍", K::team}, {"救援队伍", K::team}, {"应急队伍", K::team}, {"vehicle", K::vehicle}, {"车辆", K::vehicle},
         {"warehouse", K::warehouse}, {"depot", K::warehouse}, {"仓库", K::warehouse}, {"物资库", K::warehouse}, {"物资仓库", K::warehouse},
         {"shelter", K::shelter}, {"避难所", K::shelter}, {"避难场所", K::shelter}, {"安置点", K::shelter}, {"hospital", K::hospital},
         {"医院", K::hospital}, {"医疗机构", K::hospital}, {"expert", K::expert}, {"专家", K::expert}, {"mobile facility", K::mobileFacility},
         {"移动设施", K::mobileFacility}, {"机动设施", K::mobileFacility}, {"station", K::station}, {"站点", K::station}, {"驻地", K::station},
         {"enterprise", K::enterprise}, {"company", K::enterprise}, {"企业", K::enterprise}, {"单位", K::enterprise},
         {"volunteer", K::volunteer}, {"volunteers", K::volunteer}, {"志愿者", K::volunteer}, {"志愿者队伍", K::volunteer},
         {"grid member", K::gridMember}, {"网格员", K::gridMember}, {"partner", K::partner}, {"互助单位", K::partner},
         {"互助伙伴", K::partner}, {"协作单位", K::partner}}};
    return oneOf(plain, words,
                 "a kind: team, vehicle, warehouse, shelter, hospital, expert, mobileFacility, station, enterprise, volunteer, gridMember, partner");
}

Cell<model::ResourceStatus> statusCell(std::string_view text) {
    using S = model::ResourceStatus;
    const auto plain = plainCell(text);
    if (const auto status = model::resourceStatusFrom(plain))
        return {*status, {}};
    static constexpr std::array<std::pair<const char*, S>, 10> words{
        {{"可用", S::available}, {"待命", S::available}, {"已派出", S::assigned}, {"停用", S::outOfService}, {"out of service", S::outOfService},
         {"维护", S::maintenance}, {"维修", S::maintenance}, {"保养", S::maintenance}, {"下班", S::offDuty}, {"off duty", S::offDuty}}};
    return oneOf(plain, words, "a status: available, outOfService, maintenance, offDuty");
}

Cell<model::Datum> datumCell(std::string_view text) {
    using D = model::Datum;
    static constexpr std::array<std::pair<const char*, D>, 12> words{
        {{"wgs84", D::wgs84}, {"wgs-84", D::wgs84}, {"cgcs2000", D::wgs84}, {"2000", D::wgs84}, {"gcj02", D::gcj02}, {"gcj-02", D::gcj02},
         {"火星坐标", D::gcj02}, {"高德", D::gcj02}, {"bd09", D::bd09}, {"bd-09", D::bd09}, {"百度", D::bd09}, {"腾讯", D::gcj02}}};
    return oneOf(plainCell(text), words, "wgs84, gcj02 or bd09");
}

std::vector<std::string> wordsCell(std::string_view text) {
    std::vector<std::string> out(1);
    for (std::size_t i = 0; i < text.size();) {
        const auto rest = text.substr(i);
        const std::size_t wide = rest.starts_with("、") || rest.starts_with("，") || rest.starts_with("；") || rest.starts_with("\xE3\x80\x80") ? 3 : 0;
        if (wide > 0 || isBlank(text[i]) || text[i] == ',' || text[i] == ';' || text[i] == '|') {
            if (!out.back().empty())
                out.emplace_back();
            i += wide > 0 ? wide : 1;
        } else {
            out.back() += text[i++];
        }
    }
    if (out.back().empty())
        out.pop_back();
    return out;
}

Cell<std::vector<model::Capability>> capabilitiesCell(std::string_view text, const std::map<std::string, base::LocalText>& known) {
    std::vector<model::Capability> out;
    std::set<std::string> seen;
    for (const auto& word : wordsCell(text)) {
        auto colon = word.rfind(':');
        std::size_t wide = 1;
        if (const auto full = word.rfind("："); full != std::string::npos) {
            colon = full;
            wide = 3;
        }
        model::Capability capability;
        capability.code = word.substr(0, colon);
        if (colon != std::string::npos) {
            auto level = plainCell(word.substr(colon + wide));
            if (level.starts_with('L') || level.starts_with('l'))
                level.erase(0, 1);
            if (level.size() != 1 || level[0] < '1' || level[0] > '3')
                return wrong<std::vector<model::Capability>>("capabilities with a level 1 to 3, such as pumping:2 medical:1");
            capability.level = level[0] - '0';
        }
        if (!known.empty() && !known.contains(capability.code)) {
            const auto wanted = fold(capability.code);
            const auto found = std::find_if(known.begin(), known.end(), [&](const auto& item) {
                return fold(item.first) == wanted || fold(item.second.text) == wanted || fold(item.second.in("zh_CN")) == wanted;
            });
            if (found == known.end()) {
                std::string all;
                for (const auto& [code, name] : known)
                    all += (all.empty() ? "" : ", ") + code;
                return wrong<std::vector<model::Capability>>("capabilities of the county's table: " + all);
            }
            capability.code = found->first;
        }
        if (capability.code.empty() || capability.code.size() > 64)
            return wrong<std::vector<model::Capability>>("capabilities with a level 1 to 3, such as pumping:2 medical:1");
        if (!seen.insert(capability.code).second)
            return wrong<std::vector<model::Capability>>("each capability once");
        out.push_back(std::move(capability));
    }
    return {std::move(out), {}};
}

Cell<std::vector<model::Beds>> bedsCell(std::string_view text) {
    constexpr const char* expected = "beds by kind with total and free ones, such as general:120/35 burns:4/1";
    std::vector<model::Beds> out;
    std::set<std::string> seen;
    for (const auto& word : wordsCell(plainCell(text))) {
        const auto colon = word.find(':');
        const auto slash = word.find('/', colon == std::string::npos ? 0 : colon);
        if (colon == std::string::npos || colon == 0 || colon > 64)
            return wrong<std::vector<model::Beds>>(expected);
        const auto total = countCell(word.substr(colon + 1, slash == std::string::npos ? slash : slash - colon - 1), 100'000);
        const auto free = slash == std::string::npos ? Cell<int>{0, {}} : countCell(word.substr(slash + 1), 100'000);
        if (!total.value || !free.value || *free.value > *total.value || !seen.insert(word.substr(0, colon)).second)
            return wrong<std::vector<model::Beds>>(expected);
        out.push_back({word.substr(0, colon), *total.value, *free.value});
    }
    return {std::move(out), {}};
}

Cell<model::Position> coordinatesCell(std::string_view text, model::Datum datum) {
    const auto readings = geo::parseCoordinates(plainCell(text));
    if (readings.empty())
        return wrong<model::Position>("coordinates such as 47.1412, 9.5215 or 32T 539543 5220987");
    for (const auto& reading : readings) {
        if (reading.datum == datum)
            return {reading.position, {}};
    }
    const auto& first = readings.front();
    if (first.datum != model::Datum::wgs84) // the text says in which it is
        return {first.position, {}};
    const auto moved = geo::normalise({first.position.latitude(), first.position.longitude(), datum});
    return moved ? Cell<model::Position>{*moved, {}} : wrong<model::Position>("coordinates on earth");
}

std::string textFault(std::string_view text, std::size_t most) {
    if (text.size() > most)
        return "at most " + std::to_string(most) + " bytes";
    if (text.find("\xEF\xBF\xBD") != std::string_view::npos)
        return "characters of the file's encoding";
    if (!base::isUtf8(text))
        return "UTF-8";
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u < 0x20 && c != '\n' && c != '\t' && c != '\r') || u == 0x7F;
    });
    return control ? "no control characters" : "";
}

std::string numberText(double value) {
    char out[40];
    const auto end = std::abs(value) < 1e15 && value == std::floor(value)
                         ? std::to_chars(out, out + sizeof out, static_cast<long long>(value)).ptr
                         : std::to_chars(out, out + sizeof out, value).ptr;
    return {out, end};
}

std::string momentText(base::Time time) {
    const auto iso = base::formatTime(time);
    return time == std::chrono::floor<std::chrono::days>(time) ? iso.substr(0, 10) : iso;
}

} // namespace tocsin::county
