#include "tocsin/county/facilities.hpp"

#include "county/facility_resources.hpp"
#include "county/map_reader.hpp"

#include <algorithm>
#include <string_view>

namespace tocsin::county {
namespace {

/// A text with its translations, of which only those that are there and differ.
base::LocalText localText(std::string text, const std::string& chinese, const std::string& english) {
    base::LocalText out = bilingual(std::move(text), chinese);
    if (!english.empty() && english != out.text)
        out.translations["en"] = english;
    return out;
}

} // namespace

base::Result<std::vector<Facility>> readFacilities(const std::filesystem::path& mapFile) {
    std::error_code error;
    if (!std::filesystem::exists(mapFile, error))
        return base::fail(base::Code::notFound, "there is no map at " + mapFile.string());
    try {
        SQLite::Database map(mapFile.string(), SQLite::OPEN_READONLY);
        SQLite::Statement rows(map, "SELECT kind, name, name_zh, name_en, place, place_zh, lat, lon, origin, inside "
                                    "FROM facility ORDER BY id");
        std::vector<Facility> out;
        while (rows.executeStep()) {
            Facility f;
            f.kind = rows.getColumn(0).getString();
            // Older maps have OpenStreetMap's spelling.
            std::replace(f.kind.begin(), f.kind.end(), '_', '-');
            if (f.kind == "hall")
                f.kind = "community-centre";
            f.name =
                localText(rows.getColumn(1).getString(), rows.getColumn(2).getString(), rows.getColumn(3).getString());
            f.within = bilingual(rows.getColumn(4).getString(), rows.getColumn(5).getString());
            const auto at = model::Position::checked(
                {.latitude = rows.getColumn(6).getDouble(), .longitude = rows.getColumn(7).getDouble()});
            if (!at)
                continue; // somebody edited the map
            f.position = *at;
            f.origin = rows.getColumn(8).getString();
            f.inside = rows.getColumn(9).getInt() != 0;
            f.isProtected = !actsAsResource(f.kind);
            out.push_back(std::move(f));
        }
        return out;
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, mapFile.string() + " is not a county's map: " + e.what());
    }
}

} // namespace tocsin::county
