#include "store/month.hpp"

#include <chrono>
#include <cstdio>

namespace tocsin::store {

namespace {

constexpr int firstYear = 1900;
constexpr int lastYear = 2200;

std::chrono::year_month yearMonthOf(Month month) {
    return std::chrono::year{month.number / 12} / std::chrono::month{static_cast<unsigned>(month.number % 12) + 1};
}

} // namespace

std::optional<Month> Month::of(base::Time time) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
    const int year = static_cast<int>(date.year());
    // A time far out of the calendar's range wraps its year: compare the way back too.
    if (!date.ok() || year < firstYear || year > lastYear)
        return std::nullopt;
    const Month month{year * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1};
    if (time < month.begin() || time >= month.end())
        return std::nullopt;
    return month;
}

std::optional<Month> Month::fromFileName(const std::string& name) {
    static const std::string shape = "0000-00.db";
    if (name.size() != shape.size())
        return std::nullopt;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool digit = name[i] >= '0' && name[i] <= '9';
        if (shape[i] == '0' ? !digit : name[i] != shape[i])
            return std::nullopt;
    }
    const int year = std::stoi(name.substr(0, 4));
    const int month = std::stoi(name.substr(5, 2));
    if (year < firstYear || year > lastYear || month < 1 || month > 12)
        return std::nullopt;
    return Month{year * 12 + month - 1};
}

std::string Month::fileName() const {
    const auto date = yearMonthOf(*this);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u.db", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()));
    return text;
}

base::Time Month::begin() const {
    return std::chrono::sys_days{yearMonthOf(*this) / 1};
}
base::Time Month::end() const {
    return Month{number + 1}.begin();
}

} // namespace tocsin::store
