#include "app/map_parts.hpp"

#include "tocsin/base/log.hpp"
#include "tocsin/county/elevation.hpp"
#include "tocsin/county/gazetteer.hpp"
#include "tocsin/county/population.hpp"
#include "tocsin/map/raster_tiles.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <utility>

namespace tocsin::app {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCachePrefix = "cache-"; ///< of files under basemaps/ that hold what came over the network

/// Opened by whoever asks first, on its own thread. Thread safe; null when it cannot be opened.
template <typename Thing>
class Lazy {
  public:
    explicit Lazy(fs::path file) : m_file(std::move(file)) {}
    const Thing* get() {
        std::call_once(m_once, [this] {
            if (auto opened = Thing::open(m_file))
                m_thing = std::move(*opened);
            else
                base::log::warn("{}: {}", m_file.string(), opened.error().message);
        });
        return m_thing.get();
    }

  private:
    fs::path m_file;
    std::once_flag m_once;
    std::unique_ptr<Thing> m_thing;
};

/// A file's name from a map's: whatever may not stand in one becomes '_'.
std::string fileNameOf(const std::string& name) {
    std::string out;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           static_cast<unsigned char>(c) >= 0x80;
        out += plain ? c : '_';
    }
    return out.substr(0, 100);
}

/// How much a place it is, for the order of what a search finds.
int weightOf(const county::NamedPlace& place) {
    static constexpr std::array<std::pair<std::string_view, int>, 9> settlements{{{"city", 20},
                                                                                  {"town", 18},
                                                                                  {"municipality", 16},
                                                                                  {"village", 14},
                                                                                  {"suburb", 12},
                                                                                  {"quarter", 11},
                                                                                  {"neighbourhood", 10},
                                                                                  {"hamlet", 10},
                                                                                  {"locality", 6}}};
    if (place.kind == "boundary")
        return 15;
    if (place.kind == "place") {
        for (const auto& [word, weight] : settlements) {
            if (place.detail == word)
                return weight;
        }
        return 8;
    }
    if (place.kind == "street")
        return 5;
    return place.kind == "facility" ? 4 : 2;
}

std::vector<gui::FoundPlace> found(const std::vector<county::NamedPlace>& places) {
    std::vector<gui::FoundPlace> out;
    for (const auto& place : places) {
        if (place.kind == "coordinates")
            continue; // the palette reads them itself
        auto detail = QString::fromStdString(place.detail.empty() ? place.kind : place.detail);
        detail.replace(QLatin1Char('_'), QLatin1Char(' '));
        if (!place.within.empty())
            detail += QStringLiteral(" · ") + QString::fromStdString(place.within.text);
        out.push_back({QString::fromStdString(place.name.text), detail, place.position, weightOf(place)});
    }
    return out;
}

} // namespace

map::RendererOptions rendererOptions(const county::CountyFolder& folder) {
    map::RendererOptions options;
    options.map = folder.map();
    options.relief = folder.relief();
    options.contours = folder.contours();
    options.overlays = folder.overlays();
    options.cache = folder.tiles();
    return options;
}

BaseMaps openBaseMaps(const county::CountyFolder& folder, const county::Config& config) {
    BaseMaps out;
    std::set<std::string> used;
    const auto add = [&out](std::unique_ptr<map::TileSource> source, const std::string& name,
                            const std::string& attribution, bool overlay) {
        out.maps.push_back(
            {QString::fromStdString(name), source.get(), QString::fromStdString(attribution), overlay});
        out.sources.push_back(std::move(source));
    };
    for (const county::BaseMap& base : config.baseMaps) {
        if (!base.file.empty()) {
            used.insert(base.file);
            add(map::makeFileTiles({folder.baseMaps() / base.file, base.datum}), base.name.text, base.attribution,
                base.overlay);
            continue;
        }
        map::OnlineOptions online;
        online.name = base.name.text;
        online.url = base.url;
        online.hosts = base.hosts;
        online.key = base.key;
        online.lowestZoom = base.lowestZoom;
        online.highestZoom = base.highestZoom;
        online.datum = base.datum;
        online.cache = folder.baseMaps() / (kCachePrefix + fileNameOf(base.name.text) + ".mbtiles");
        add(map::makeOnlineTiles(std::move(online)), base.name.text, base.attribution, base.overlay);
    }
    std::error_code ec;
    std::vector<fs::path> others;
    for (fs::directory_iterator each(folder.baseMaps(), ec), end; !ec && each != end; each.increment(ec)) {
        const auto name = each->path().filename().string();
        if (each->path().extension() == ".mbtiles" && !used.contains(name) && !name.starts_with(kCachePrefix))
            others.push_back(each->path());
    }
    std::sort(others.begin(), others.end());
    for (const fs::path& file : others)
        add(map::makeFileTiles({file, model::Datum::wgs84}), file.stem().string(), {}, false);
    return out;
}

Places openPlaces(const county::CountyFolder& folder) {
    Places out;
    const auto names = std::make_shared<Lazy<county::Gazetteer>>(folder.map());
    out.search = [names](const QString& text, std::optional<model::Position> near, std::size_t most) {
        const auto* gazetteer = names->get();
        return gazetteer == nullptr ? std::vector<gui::FoundPlace>{}
                                    : found(gazetteer->search(text.toStdString(), near, most));
    };
    out.knowledge.address = [names](const model::Position& position) {
        const auto* gazetteer = names->get();
        return gazetteer == nullptr ? base::LocalText{} : gazetteer->nearestPlace(position).text;
    };
    std::error_code ec;
    if (fs::exists(folder.elevation(), ec)) {
        out.knowledge.height = [heights = std::make_shared<Lazy<county::Heights>>(folder.elevation())](
                                   const model::Position& position) -> std::optional<double> {
            const auto* known = heights->get();
            return known == nullptr ? std::nullopt : known->at(position);
        };
    }
    if (fs::exists(folder.population(), ec)) {
        out.knowledge.population = [people = std::make_shared<Lazy<county::Population>>(folder.population())](
                                       const model::Line& ring) -> std::optional<double> {
            const auto* known = people->get();
            return known == nullptr ? std::nullopt : std::optional(known->within(ring));
        };
    }
    return out;
}

std::vector<gui::TownName> townNames(const std::filesystem::path& mapFile) {
    constexpr std::size_t most = 2'000;
    std::vector<gui::TownName> out;
    if (auto read = county::settlements(mapFile, most))
        for (auto& one : *read)
            out.push_back({std::move(one.name), one.position, one.rank});
    return out;
}

std::vector<gui::ProtectedObject> protectedObjects(const std::vector<county::Facility>& facilities,
                                                   const QString& language) {
    std::vector<gui::ProtectedObject> out;
    for (const county::Facility& facility : facilities) {
        if (facility.isProtected)
            out.push_back({QString::fromStdString(facility.name.in(language.toStdString())),
                           QString::fromStdString(facility.kind), facility.position});
    }
    return out;
}

} // namespace tocsin::app
