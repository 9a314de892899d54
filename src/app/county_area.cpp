#include "app/county_area.hpp"

#include "tocsin/base/log.hpp"
#include "tocsin/county/county_area.hpp"


namespace tocsin::app {

detect::CountyArea areaOf(const county::CountyFolder& folder, const county::Config& config) {
    detect::CountyArea area;
    if (auto rings = county::readCountyRings(folder.map()))
        area.rings = std::move(*rings);
    else if (rings.error().code != base::Code::notFound)
        base::log::warn("every warning counts as one for this county: {}", rings.error().message);
    if (!config.division.empty())
        area.geocodes.emplace_back("", config.division);
    return area;
}

} // namespace tocsin::app
