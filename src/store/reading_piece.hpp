#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::store {

/// Readings, or sums of them, in columns: ascending by sensor (the file's own number) and time, none twice.
struct Rows {
    std::vector<std::uint32_t> sensor;
    std::vector<std::int64_t> time;  ///< microseconds since 1970 UTC; of a sum: where its step begins
    std::vector<std::int64_t> extra; ///< of a reading: milliseconds from `time` until it was taken; of a sum: how many
    std::vector<std::uint8_t> flags; ///< model::Reading::Flag; empty when all are plain, and for sums
    std::vector<double> value;       ///< of a sum: the mean
    std::vector<double> lowest;      ///< sums only, else empty
    std::vector<double> highest;     ///< sums only, else empty

    [[nodiscard]] std::size_t size() const { return sensor.size(); }
    [[nodiscard]] bool empty() const { return sensor.empty(); }
    [[nodiscard]] std::uint8_t flagsAt(std::size_t i) const { return flags.empty() ? std::uint8_t{0} : flags[i]; }
    void clear();
    void reserve(std::size_t rows);
    /// A reading at the end.
    void add(std::uint32_t ofSensor, std::int64_t at, std::int64_t delay, double v, std::uint8_t flag);
    /// Adds from[first] to from[last - 1]: readings, no sums.
    void append(const Rows& from, std::size_t first, std::size_t last);
    /// The first row that is not before (ofSensor, at).
    [[nodiscard]] std::size_t lowerBound(std::uint32_t ofSensor, std::int64_t at) const;
    /// The first row that is after (ofSensor, at).
    [[nodiscard]] std::size_t upperBound(std::uint32_t ofSensor, std::int64_t at) const;
};

enum class Packing : std::uint8_t {
    plain, ///< as fast as it comes
    quick, ///< for what will be packed again
    dense, ///< for what stays
};

/// Rows as bytes: times and numbers as differences, decimals as whole numbers where that is exact, then Zstandard
/// (unless plain). `rows` is not empty and in order.
[[nodiscard]] std::string packRows(const Rows& rows, Packing packing);

/// The other way. Throws Damaged for anything that packRows() did not write. Bounded by mostRowsInPiece.
void unpackRows(std::string_view bytes, Rows& rows);

/// Rows that one piece may hold.
constexpr std::size_t mostRowsInPiece = 65'536;

} // namespace tocsin::store
