#pragma once

#include "county/map_reader.hpp"
#include "tocsin/base/result.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

struct MapFacility {
    std::string kind;
    base::LocalText name; ///< may be empty
    base::LocalText place;
    model::Position at;
    double squareMetres{0};
    int capacity{0};
    std::string phone;
    std::string origin;
    bool inside{true}; ///< the county
};

/// Finds real ground for what a table only describes: "station:Vaduz", "near:Malbun:3", "river:Rhein:Schaan".
class Placer {
  public:
    [[nodiscard]] static base::Result<std::unique_ptr<Placer>> open(const std::filesystem::path& mapFile);

    [[nodiscard]] const std::vector<MapFacility>& facilities() const { return m_facilities; }
    /// The forms of the tables' column "at"; notFound when the map has no such thing, malformed for another form.
    [[nodiscard]] base::Result<model::Position> place(const std::string& at) const;
    /// The nearest point of a road that a lorry takes; the point itself when there is none within `reach` metres.
    [[nodiscard]] model::Position onRoad(const model::Position& p, double reach = 1500) const;
    [[nodiscard]] base::Result<model::Position> settlement(const std::string& name) const;

  private:
    Placer() = default;
    [[nodiscard]] base::Result<model::Position> facility(std::string_view kind, const std::string& place) const;
    [[nodiscard]] base::Result<model::Position> near(const std::string& rest) const;
    [[nodiscard]] base::Result<model::Position> river(const std::string& rest) const;

    struct Road {
        model::Line points;
        geo::Box box;
    };
    std::vector<Road> m_roads;
    std::vector<MapLine> m_rivers;
    std::vector<MapFacility> m_facilities;
    std::map<std::string, model::Position> m_settlements;
};

/// "47.1;9.5": latitude, then longitude.
[[nodiscard]] base::Result<model::Position> parsePoint(std::string_view text);

} // namespace tocsin::county
