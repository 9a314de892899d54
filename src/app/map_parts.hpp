#pragma once

#include "app/county_session.hpp"
#include "tocsin/county/facilities.hpp"
#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/place_knowledge.hpp"
#include "tocsin/map/tile_renderer.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace tocsin::app {

/// What the county's own base map is drawn from.
[[nodiscard]] map::RendererOptions rendererOptions(const county::CountyFolder& folder);

/// Base maps beside the county's own: those that config.toml names, and whatever else lies in basemaps/.
struct BaseMaps {
    std::vector<std::unique_ptr<map::TileSource>> sources; ///< must outlive the view that is given `maps`
    std::vector<gui::MapView::BaseMap> maps;
};
[[nodiscard]] BaseMaps openBaseMaps(const county::CountyFolder& folder, const county::Config& config);

/// Search and reverse search by the county's names, heights and people. Files are opened at the first question, on the
/// worker that asks it; what the county does not have is left empty.
struct Places {
    gui::PlaceSearch search;
    gui::PlaceKnowledge knowledge;
};
[[nodiscard]] Places openPlaces(const county::CountyFolder& folder);

/// The settlements whose names the base map writes; none where the map cannot be read.
[[nodiscard]] std::vector<gui::TownName> townNames(const std::filesystem::path& mapFile);

/// What must be protected, named in the language. From what county::readFacilities() found.
[[nodiscard]] std::vector<gui::ProtectedObject> protectedObjects(const std::vector<county::Facility>& facilities,
                                                                 const QString& language);

} // namespace tocsin::app
