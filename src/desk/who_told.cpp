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
    return std::find(formats.begin(), formats.end(), item.format) != formats.end() ||
           (item.format == "unknown" && std::find(doors.begin(), doors.end(), item.feed) != doors.end());
}

} // namespace tocsin::desk
