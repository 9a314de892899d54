#include "tocsin/county/county_area.hpp"

#include "county/map_reader.hpp"
#include "tocsin/county/osm_import.hpp"

namespace tocsin::county {

base::Result<std::vector<model::Line>> readCountyRings(const std::filesystem::path& mapFile) {
    std::error_code error;
    if (!std::filesystem::exists(mapFile, error))
        return base::fail(base::Code::notFound, mapFile.string() + " is not there");
    const auto info = readMapInfo(mapFile);
    if (!info)
        return tl::unexpected(info.error());
    try {
        SQLite::Database map(mapFile.string(), SQLite::OPEN_READONLY);
        SQLite::Statement own(map, "SELECT geom FROM boundary_area WHERE name <> '' AND (name = ?1 OR name_zh = ?1) "
                                   "ORDER BY admin_level, fid LIMIT 1");
        own.bind(1, info->county.text);
        if (own.executeStep()) {
            auto rings = ringsOf(blobOf(own.getColumn(0)));
            if (!rings.empty())
                return rings;
        }
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, mapFile.string() + " is not a county's map: " + e.what());
    }
    const auto& box = info->bounds;
    if (box.empty())
        return std::vector<model::Line>{};
    const auto corner = [](double latitude, double longitude) { return model::Position::trusted(latitude, longitude); };
    return std::vector<model::Line>{{corner(box.south, box.west), corner(box.south, box.east),
                                     corner(box.north, box.east), corner(box.north, box.west),
                                     corner(box.south, box.west)}};
}

} // namespace tocsin::county
