#include "tocsin/desk/who_told.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace tocsin::desk {

bool mayNameWhoTold(const store::QuarantineItem& item) {
    using namespace std::string_view_literals;
    constexpr std::array formats{"desk/report"sv,  "report-json"sv,  "report-csv"sv, "email"sv,
                                 "open311-xml"sv, "open311-json"sv, "ushahidi"sv};
    constexpr std::array doors{"http"sv, "phone page"sv, "open311"sv};
    if (item.format == "unknown") // a list of what people have told may come by any feed, and be a table that nobody knows
        return std::find(doors.begin(), doors.end(), item.feed) != doors.end() ||
               item.error.message.find("a table") != std::string::npos;
    return std::find(formats.begin(), formats.end(), item.format) != formats.end();
}

} // namespace tocsin::desk
