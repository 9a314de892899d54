#include "tocsin/desk/unit_converter.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <udunits2.h>

namespace tocsin::desk {

namespace {

constexpr std::size_t mostKnown = 10'000;
constexpr std::size_t mostUnitBytes = 64;

/// UDUNITS parses and keeps its systems in globals, whatever the system; converting alone is free of them.
std::mutex library;

struct Spelling {
    std::string_view feeds; ///< in small letters
    const char* udunits;
};

/// What feeds write and UDUNITS does not know, or knows as something else (mb: millibarn, mph: milliphot, C: coulomb).
constexpr std::array spellings{
    Spelling{"masd", "m"},          Spelling{"maod", "m"},           Spelling{"m aod", "m"},
    Spelling{"masl", "m"},          Spelling{"m asl", "m"},          Spelling{"mnap", "m"},
    Spelling{"m nap", "m"},         Spelling{"mnn", "m"},            Spelling{"m nn", "m"},
    Spelling{"mnhn", "m"},          Spelling{"m nhn", "m"},          Spelling{"müm", "m"},
    Spelling{"m ü.m.", "m"},        Spelling{"m a.s.l.", "m"},       Spelling{"metres", "m"},
    Spelling{"mtr", "m"},           Spelling{"cel", "degC"},         Spelling{"c", "degC"},
    Spelling{"celsius", "degC"},    Spelling{"deg c", "degC"},       Spelling{"deg_c", "degC"},
    Spelling{"degrees c", "degC"},  Spelling{"degree celsius", "degC"},
    Spelling{"degrees celsius", "degC"},                             Spelling{"° c", "degC"},
    Spelling{"f", "degF"},          Spelling{"fahrenheit", "degF"},  Spelling{"deg f", "degF"},
    Spelling{"deg_f", "degF"},      Spelling{"[degf]", "degF"},      Spelling{"mb", "millibar"},
    Spelling{"mbs", "millibar"},    Spelling{"hpa", "hPa"},          Spelling{"kpa", "kPa"},
    Spelling{"pa", "Pa"},           Spelling{"inhg", "inHg"},        Spelling{"mmhg", "mmHg"},
    Spelling{"mph", "mile/hour"},   Spelling{"kph", "km/h"},         Spelling{"kmh", "km/h"},
    Spelling{"kmph", "km/h"},       Spelling{"mps", "m/s"},          Spelling{"kn", "knot"},
    Spelling{"[kn_i]", "knot"},     Spelling{"deg", "degree"},       Spelling{"degt", "degree"},
    Spelling{"cfs", "ft3/s"},       Spelling{"cusecs", "ft3/s"},     Spelling{"kcfs", "1000 ft3/s"},
    Spelling{"cumec", "m3/s"},      Spelling{"cumecs", "m3/s"},      Spelling{"cms", "m3/s"},
    Spelling{"m3s-1", "m3/s"},      Spelling{"mgd", "1e6 gallon/day"},
    Spelling{"ac-ft", "acre_feet"}, Spelling{"acft", "acre_feet"},   Spelling{"acre-ft", "acre_feet"},
    Spelling{"acre-feet", "acre_feet"},                              Spelling{"af", "acre_feet"},
    Spelling{"%rh", "percent"},     Spelling{"rh", "percent"},       Spelling{"% rh", "percent"},
    Spelling{"pct", "percent"},     Spelling{"mm/hr", "mm/h"},       Spelling{"in/hr", "in/h"},
    Spelling{"[in_i]", "inch"},     Spelling{"[ft_i]", "foot"},      Spelling{"[lb_av]/[in_i]2", "psi"},
    Spelling{"intensity", "1"},
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string asUdunitsWrites(std::string_view unit) {
    std::string small(unit);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto found = std::find_if(spellings.begin(), spellings.end(), [&](const auto& s) { return s.feeds == small; });
    return found == spellings.end() ? std::string(unit) : std::string(found->udunits);
}

struct FreeUnit {
    void operator()(ut_unit* unit) const { ut_free(unit); }
};
using Unit = std::unique_ptr<ut_unit, FreeUnit>;

} // namespace

struct UnitConverter::System {
    System() {
        const std::lock_guard lock(library);
        ut_set_error_message_handler(&ut_ignore);
        all = ut_read_xml(nullptr);
    }
    ~System() {
        const std::lock_guard lock(library);
        if (all != nullptr)
            ut_free_system(all);
    }
    System(const System&) = delete;
    System& operator=(const System&) = delete;

    [[nodiscard]] Unit parse(const std::string& text) const { return Unit(ut_parse(all, text.c_str(), UT_UTF8)); }

    ut_system* all{nullptr};
};

void UnitConverter::Conversion::Free::operator()(void* converter) const {
    cv_free(static_cast<cv_converter*>(converter));
}

double UnitConverter::Conversion::operator()(double value) const {
    return m_converter ? cv_convert_double(static_cast<const cv_converter*>(m_converter.get()), value) : value;
}

UnitConverter::UnitConverter() = default;
UnitConverter::~UnitConverter() = default;

bool UnitConverter::full() const {
    return m_known.size() >= mostKnown;
}
void UnitConverter::clear() {
    m_known.clear();
}

const UnitConverter::Conversion& UnitConverter::between(std::string_view from, std::string_view to) {
    std::pair<std::string, std::string> pair(from, to);
    auto at = m_known.find(pair);
    if (at == m_known.end())
        at = m_known.emplace(std::move(pair), make(from, to)).first;
    return at->second;
}

UnitConverter::System& UnitConverter::system() {
    if (!m_system)
        m_system = std::make_unique<System>();
    return *m_system;
}

bool UnitConverter::knows(std::string_view unit) {
    const auto own = trimmed(unit);
    if (own.size() > mostUnitBytes || own.find('\0') != std::string_view::npos || !base::isUtf8(own))
        return false;
    const auto& units = system();
    const std::lock_guard lock(library);
    return units.all == nullptr || units.parse(asUdunitsWrites(own)) != nullptr;
}

UnitConverter::Conversion UnitConverter::make(std::string_view from, std::string_view to) {
    Conversion out;
    const auto cannot = [&](const std::string& why) {
        out.m_reason = "unit '" + std::string(from.substr(0, mostUnitBytes)) + "' cannot be brought to the sensor's '" +
                       std::string(to) + "'" + why;
        return std::move(out);
    };
    const auto source = trimmed(from);
    const auto target = trimmed(to);
    if (source == target)
        return out;
    if (source.size() > mostUnitBytes || source.find('\0') != std::string_view::npos || !base::isUtf8(source))
        return cannot(": it is no unit");
    const auto asked = asUdunitsWrites(source);
    const auto own = asUdunitsWrites(target);
    if (asked == own)
        return out;
    const auto& units = system();
    if (units.all == nullptr)
        return cannot(": the database of units is not installed");
    const std::lock_guard lock(library);
    const Unit a = units.parse(asked);
    if (!a)
        return cannot(": nobody knows it");
    const Unit b = units.parse(own);
    if (!b)
        return cannot(": nobody knows the sensor's");
    if (ut_are_convertible(a.get(), b.get()) == 0)
        return cannot(": it measures something else");
    out.m_converter.reset(ut_get_converter(a.get(), b.get()));
    if (!out.m_converter)
        return cannot("");
    return out;
}

} // namespace tocsin::desk
