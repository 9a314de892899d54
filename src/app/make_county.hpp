#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/county/county_data.hpp"

#include <cstdint>
#include <filesystem>
#include <stop_token>

namespace tocsin::app {

struct MakeCountyOptions {
    std::filesystem::path data; ///< the county's folder
    bool demo{false};           ///< the demo county; else one's own from `osm`
    std::filesystem::path osm;  ///< an OpenStreetMap extract
    base::LocalText name;       ///< empty: as its boundary is called
    bool replace{false};        ///< a county that is there gives way, journal and all
};

struct MadeCounty {
    county::CountyData data;
    std::int64_t entries{0}; ///< of its journal
};

/// Makes a county's folder whole: map, settings, rules, plans, and a journal that begins with its register. It is built
/// beside its place (the folder's name with ".making") and moved there in one step, so an error, a cancellation or a
/// crash leaves what was there; half a folder that a crash left behind is cleared away at the next try.
///
/// Errors: conflict (a county, or anything else, is there already and `replace` is not set), unavailable (a desk runs
/// on it, or another program makes the same county now), malformed (the extract), storage, cancelled. Works on the
/// calling thread, from which `progress` is called too; any thread will do.
[[nodiscard]] base::Result<MadeCounty>
makeCounty(const MakeCountyOptions& options, const county::ProgressSink& progress = {}, std::stop_token cancel = {});

} // namespace tocsin::app
