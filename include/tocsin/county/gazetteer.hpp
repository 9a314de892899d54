#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/position.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

/// Something on the map that has a name.
struct NamedPlace {
    base::LocalText name;
    std::string kind;       ///< "place", "street", "address", "poi", "facility", "water", "peak", "boundary",
                            ///< "coordinates"
    std::string detail;     ///< the map's class: "village", "residential", "fire_station", "dam"
    base::LocalText within; ///< the municipality, where known
    model::Position position;
};

/// Where a point is, in words.
struct PlaceHere {
    base::LocalText text;         ///< "Städtle, Vaduz": what an incident is labelled with; empty when nothing is near
    base::LocalText municipality; ///< whose boundary contains it, else the nearest settlement's name
    std::string street;           ///< the nearest named road within 150 m
    base::Metres distance;        ///< to the street, else to the settlement; 0 when only the boundary tells
};

/// Settlements and streets of a map, the most important first, as a person writes them: "Schaan", "Landstrasse, Schaan". None twice.
/// Code::notFound without such a file, Code::storage when it is no map. Any thread; tens of milliseconds.
[[nodiscard]] base::Result<std::vector<std::string>> placeNames(const std::filesystem::path& mapFile, std::size_t most);

/// A settlement as the base map writes it.
struct Settlement {
    base::LocalText name;
    model::Position position;
    int rank{0}; ///< 1: a city, 2: a town, 3: a village, 4: a part of a town …
};
/// The most important first. Errors and cost as placeNames().
[[nodiscard]] base::Result<std::vector<Settlement>> settlements(const std::filesystem::path& mapFile, std::size_t most);

/// Names of the county's map: search and reverse search. Thread safe; opens the map read-only.
class Gazetteer {
  public:
    [[nodiscard]] static base::Result<std::unique_ptr<Gazetteer>> open(const std::filesystem::path& mapFile);
    ~Gazetteer();
    Gazetteer(const Gazetteer&) = delete;
    Gazetteer& operator=(const Gazetteer&) = delete;

    /// Places whose name in any language contains `text`, best first: exact before beginning before inside, the more
    /// important and the nearer to `near` first. Accents and case do not matter; "Landstrasse Schaan" finds the street
    /// in that municipality. Two Chinese characters are found anywhere in a name, one or two other letters at a word's
    /// (one: the name's) beginning only. A text that is coordinates (geo::parseCoordinates) gives its readings instead,
    /// of kind "coordinates", with "wgs84", "gcj02" or "bd09" as detail. Any bytes; no more than 200 are looked at.
    /// Nothing for blank text. Never throws. Some milliseconds over 200,000 names.
    [[nodiscard]] std::vector<NamedPlace> search(std::string_view text, std::optional<model::Position> near,
                                                 std::size_t most = 20) const;
    [[nodiscard]] PlaceHere nearestPlace(model::Position position) const;

  private:
    struct Impl;
    explicit Gazetteer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::county
