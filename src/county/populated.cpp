#include "tocsin/county/populated.hpp"

#include "county/gdal_tools.hpp"
#include "tocsin/county/population.hpp"

#include <algorithm>
#include <cmath>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

namespace tocsin::county {
namespace {

constexpr double mostPeople = 1e8; ///< in one place; more is a slip of the pen

std::vector<PopulatedPlace> settlements(const std::filesystem::path& mapFile) {
    std::vector<PopulatedPlace> out;
    const GdalSession quiet;
    const auto set = std::unique_ptr<GDALDataset>(
        GDALDataset::Open(mapFile.string().c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    auto* layer = set == nullptr ? nullptr : set->GetLayerByName("place");
    if (layer == nullptr)
        return out;
    const int people = layer->GetLayerDefn()->GetFieldIndex("population");
    const int kind = layer->GetLayerDefn()->GetFieldIndex("class");
    if (people < 0 || kind < 0)
        return out;
    for (const auto& feature : layer) {
        const double count = feature->GetFieldAsDouble(people);
        const std::string what = feature->GetFieldAsString(kind);
        const auto* at = feature->GetGeometryRef();
        // Parts of a town are counted with it.
        const bool part = what == "suburb" || what == "quarter" || what == "neighbourhood" || what == "county" ||
                          what == "state" || what == "country" || what == "region";
        if (part || !std::isfinite(count) || count < 1 || count > mostPeople || at == nullptr ||
            wkbFlatten(at->getGeometryType()) != wkbPoint)
            continue;
        const auto position = model::Position::checked({.latitude = at->toPoint()->getY(), .longitude = at->toPoint()->getX()});
        if (position)
            out.push_back({*position, count});
    }
    return out;
}

} // namespace

std::vector<PopulatedPlace> populatedPlaces(const CountyFolder& folder) {
    std::error_code ec;
    if (std::filesystem::exists(folder.population(), ec)) {
        if (const auto population = Population::open(folder.population())) {
            auto cells = (*population)->squares(2'000);
            if (!cells.empty())
                return cells;
        }
    }
    return settlements(folder.map());
}

} // namespace tocsin::county
