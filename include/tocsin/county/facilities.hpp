#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/model/position.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tocsin::county {

/// Something on the county's map that matters in an emergency. Kinds that act, which init registers as resources:
/// "fire-station", "ambulance-station", "mountain-rescue", "water-rescue", "police", "townhall", "helipad", "hospital",
/// "clinic", "school", "university", "community-centre", "sports-hall", "stadium", "shelter", "assembly-point". Kinds
/// that are protected objects: "doctors", "pharmacy", "kindergarten", "care", "prison", "fuel", "dam", "power-plant",
/// "substation", "bridge", "siren".
struct Facility {
    std::string kind;
    base::LocalText name;     ///< may be empty; of a bridge without a name of its own the road's
    base::LocalText within;   ///< the municipality, where known
    model::Position position; ///< WGS-84
    std::string origin;       ///< "osm way 12": the resource made of it has the same
    bool isProtected{false};  ///< it is no resource, but something that an incident threatens
    bool inside{true};        ///< the county's boundary, where that is known
};

/// All facilities of the map, in its order. Code::notFound without such a file, Code::storage when it is no map.
/// Any thread; tens of milliseconds for a county.
[[nodiscard]] base::Result<std::vector<Facility>> readFacilities(const std::filesystem::path& mapFile);

} // namespace tocsin::county
