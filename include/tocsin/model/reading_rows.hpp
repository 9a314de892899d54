#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/sensor.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

/// Names, each numbered from 0 in the order in which it first came. A feed's connection keeps one for the names of its
/// sensors, so that a reading carries a number, and who takes the readings looks each name up once and not each time.
///
/// One thread adds. Another may read meanwhile the names of numbers that it was handed through a queue: names never
/// move. The notes are that other thread's alone. A hostile sender cannot choose names that meet in the hash.
class NameTable {
  public:
    /// `prefix` belongs before each name; at() leaves it out.
    explicit NameTable(std::string prefix = {});
    ~NameTable();
    NameTable(const NameTable&) = delete;
    NameTable& operator=(const NameTable&) = delete;

    /// The name's number, given now if it is new. Cheapest where names come in the same order again and again.
    [[nodiscard]] std::uint32_t add(std::string_view name);
    [[nodiscard]] const std::string& at(std::uint32_t number) const;
    [[nodiscard]] std::string full(std::uint32_t number) const { return m_prefix + at(number); }
    [[nodiscard]] const std::string& prefix() const { return m_prefix; }
    [[nodiscard]] std::uint32_t size() const { return m_size; } ///< for the thread that adds
    [[nodiscard]] std::size_t bytes() const { return m_bytes; } ///< of memory, about; for the thread that adds

    /// What the taker knows of each name, by number; good as long as `owner` is the taker's own mark.
    struct Notes {
        std::uint64_t owner{0};
        std::vector<std::uint32_t> values;
    };
    [[nodiscard]] Notes& notes() const { return m_notes; }

  private:
    [[nodiscard]] std::uint64_t hashOf(std::string_view name) const;
    [[nodiscard]] std::uint32_t find(std::string_view name, std::uint64_t hash, std::size_t& place) const;
    void grow();
    [[nodiscard]] std::string& slot(std::uint32_t number) const;

    const std::string m_prefix;
    const std::uint64_t m_seed;
    std::array<std::unique_ptr<std::string[]>, 28> m_chunks; ///< each twice as large as the one before: names stay put
    std::vector<std::uint64_t> m_places;                     ///< hash table: upper half of the hash, number + 1
    std::vector<std::uint32_t> m_after;                      ///< which name came after this one last time
    std::uint32_t m_last{0};
    std::uint32_t m_size{0};
    std::size_t m_bytes{0};
    mutable Notes m_notes;
};

/// A reading whose names stand in tables.
struct ReadingRow {
    static constexpr std::uint32_t noUnit = 0xffffffffU;
    std::uint32_t sensor{0};
    std::uint32_t unit{noUnit}; ///< noUnit: the sensor's own
    base::Time time;
    double value{0};
};

/// Readings in the order in which they came, packed. Without rows the tables may be absent.
struct ReadingRows {
    std::shared_ptr<NameTable> sensors;
    std::shared_ptr<NameTable> units;
    std::vector<ReadingRow> rows;

    /// Makes the tables if there are none yet. Reading::received and flags are left out: the desk gives them.
    void add(std::span<const Reading> readings);
    [[nodiscard]] Reading reading(const ReadingRow& row) const;
};

} // namespace tocsin::model
