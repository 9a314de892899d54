#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mapnik/box2d.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tocsin::map {

/// Pixels: what is smaller is not seen, nor are points of a line that are nearer to each other.
inline constexpr double leastSeen = 0.33;

/// What a table holds for one object, valid until the next row is read.
class MapRow {
  public:
    using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;
    virtual ~MapRow() = default;
    /// The bytes of a GeoPackage geometry.
    [[nodiscard]] virtual std::string_view geometry() const = 0;
    /// Of the column of this number among those asked for.
    [[nodiscard]] virtual Value value(std::size_t column) const = 0;
};

/// A layer of the map that gives its objects as rows, without Mapnik's features. One thread.
class RowSource {
  public:
    virtual ~RowSource() = default;
    /// The rows whose extent meets the box (web mercator) and that are to be seen at so many metres a pixel. A column
    /// that the table lacks has no values. Throws what SQLite throws.
    virtual void read(const mapnik::box2d<double>& box, double pixel, const std::vector<std::string>& columns,
                      const std::function<void(const MapRow&)>& take) const = 0;
    /// Lines of one name that meet are to be one.
    [[nodiscard]] virtual bool joined() const { return false; }
};

} // namespace tocsin::map
