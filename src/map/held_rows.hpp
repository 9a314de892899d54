#pragma once

#include "map/row_source.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tocsin::map {

/// The rows of a table that is small enough to be held in memory: a picture then costs no reading. Never changed once
/// made, so threads share it.
class HeldRows {
  public:
    /// A table with more bytes of geometry and text is read from the disk each time.
    static constexpr std::size_t mostBytes = std::size_t{8} << 20U;

    explicit HeldRows(std::size_t columns) : m_columns(columns) {}
    /// Takes the next row; false: it is too much, and what was taken is of no use.
    bool add(const MapRow& row, const mapnik::box2d<double>& box);
    /// The rows whose extent meets the box, and is at least so large in one direction, in the order of add().
    void read(const mapnik::box2d<double>& box, double least, const std::function<void(const MapRow&)>& take) const;
    [[nodiscard]] std::size_t bytes() const {
        return m_bytes.size() + m_rows.size() * sizeof(Row) + m_cells.size() * sizeof(Cell);
    }

  private:
    class Held;
    struct Row {
        mapnik::box2d<double> box;
        std::size_t from; ///< in m_bytes, of the geometry
        std::size_t size;
    };
    struct Cell {
        std::size_t kind{0}; ///< of MapRow::Value
        std::int64_t whole{0};
        double number{0};
        std::size_t from{0}; ///< in m_bytes, of a text
        std::size_t size{0};
    };
    const std::size_t m_columns;
    std::string m_bytes;
    std::vector<Row> m_rows;
    std::vector<Cell> m_cells; ///< row by row
};

/// The tables that are held, by what was asked of the file. Thread safe.
class HeldTables {
  public:
    /// All tables together take at most so much.
    static constexpr std::size_t mostBytes = std::size_t{48} << 20U;

    /// What was put under the key: rows, or nothing for a table that is too large. `known` says whether there is.
    [[nodiscard]] std::shared_ptr<const HeldRows> find(const std::string& key, bool& known) const;
    void put(const std::string& key, std::shared_ptr<const HeldRows> rows);

  private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const HeldRows>> m_tables;
    std::size_t m_bytes{0};
};

} // namespace tocsin::map
