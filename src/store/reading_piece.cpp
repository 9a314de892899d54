#include "store/reading_piece.hpp"

#include "store/reading_bytes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <memory>
#include <zstd.h>

namespace tocsin::store {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers lie in the file as on a little-endian machine");

// A piece: 4 bytes (format, whether compressed, 2 × 0), length of the body, 8 bytes check of what follows, the body.
constexpr std::uint8_t format = 1;
constexpr std::size_t headBytes = 16;
constexpr std::size_t mostBodyBytes = mostRowsInPiece * 64 + 4096;

constexpr std::array<double, 10> tens{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
constexpr std::uint8_t rawColumn = 0;
constexpr std::uint8_t bySensorColumn = 1;
constexpr std::uint8_t noDecimals = 255;
/// Whole numbers up to here are exact as double.
constexpr double mostExact = 9007199254740992.0;

constexpr std::array<std::int64_t, 4> timeUnits{1, 1000, 1'000'000, 60'000'000};

/// The rows of one sensor: [first, last).
struct Stretch {
    std::size_t first{0};
    std::size_t last{0};
};

std::vector<Stretch> stretchesOf(const Rows& rows) {
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t end = i + 1;
        while (end < rows.size() && rows.sensor[end] == rows.sensor[i])
            ++end;
        stretches.push_back({i, end});
        i = end;
    }
    return stretches;
}

template <std::int64_t Unit>
bool allAre(const std::vector<std::int64_t>& times) {
    return std::all_of(times.begin(), times.end(), [](std::int64_t time) { return time % Unit == 0; });
}

std::uint8_t timeUnitOf(const std::vector<std::int64_t>& times) {
    if (!allAre<1000>(times))
        return 0;
    if (!allAre<1'000'000>(times))
        return 1;
    return allAre<60'000'000>(times) ? 3 : 2;
}

template <std::int64_t Unit>
void writeTimes(ByteWriter& out, const Rows& rows, const std::vector<Stretch>& stretches) {
    std::uint64_t start = 0;
    for (const auto& stretch : stretches) {
        auto before = static_cast<std::uint64_t>(rows.time[stretch.first] / Unit);
        out.number(zigzag(before - start));
        start = before;
        std::uint64_t step = 0;
        for (auto i = stretch.first + 1; i < stretch.last; ++i) {
            const auto now = static_cast<std::uint64_t>(rows.time[i] / Unit);
            out.number(zigzag(now - before - step));
            step = now - before;
            before = now;
        }
    }
}

void writeTimes(ByteWriter& out, const Rows& rows, const std::vector<Stretch>& stretches) {
    const auto unit = timeUnitOf(rows.time);
    out.byte(unit);
    switch (unit) {
    case 0:
        return writeTimes<1>(out, rows, stretches);
    case 1:
        return writeTimes<1000>(out, rows, stretches);
    case 2:
        return writeTimes<1'000'000>(out, rows, stretches);
    default:
        return writeTimes<60'000'000>(out, rows, stretches);
    }
}

/// To the next whole number, of two the even one.
double rounded(double value) {
    constexpr double shift = 6755399441055744.0; // 1.5 · 2^52: from there on a double has no fraction
    return std::fabs(value) < mostExact / 4 ? (value + shift) - shift : std::nearbyint(value);
}

bool isExact(double value, std::size_t decimals) {
    const double scaled = rounded(value * tens[decimals]);
    return std::fabs(scaled) < mostExact && scaled / tens[decimals] == value;
}

/// With how many decimals all of these can be written and read back the same; noDecimals if with none. What is exact
/// with so many is so with more: the sensor before mostly tells how many the first value has.
std::uint8_t decimalsOf(const double* values, std::size_t count, std::uint8_t likely) {
    std::size_t decimals = 0;
    if (likely > 0 && likely < tens.size() && isExact(values[0], likely) && !isExact(values[0], likely - 1U))
        decimals = likely;
    double largest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        while (decimals < tens.size() && !isExact(values[i], decimals))
            ++decimals;
        if (decimals == tens.size() || (values[i] == 0 && std::signbit(values[i])))
            return noDecimals;
        largest = std::max(largest, std::fabs(values[i]));
    }
    return largest * tens[decimals] < mostExact / 2 ? static_cast<std::uint8_t>(decimals) : noDecimals;
}

void writeValues(ByteWriter& out, const std::vector<double>& values, const std::vector<Stretch>& stretches,
                 bool plain) {
    if (plain) {
        out.byte(rawColumn);
        out.raw(values.data(), values.size() * sizeof(double));
        return;
    }
    out.byte(bySensorColumn);
    std::uint8_t decimals = 0;
    for (const auto& stretch : stretches) {
        decimals = decimalsOf(values.data() + stretch.first, stretch.last - stretch.first, decimals);
        out.byte(decimals);
        if (decimals == noDecimals) {
            out.raw(values.data() + stretch.first, (stretch.last - stretch.first) * sizeof(double));
            continue;
        }
        std::uint64_t before = 0;
        for (auto i = stretch.first; i < stretch.last; ++i) {
            const auto now = static_cast<std::uint64_t>(std::llrint(values[i] * tens[decimals]));
            out.number(zigzag(now - before));
            before = now;
        }
    }
}

void readValues(ByteReader& in, std::vector<double>& values, std::size_t count, const std::vector<Stretch>& stretches) {
    values.resize(count);
    const auto column = in.byte();
    if (column == rawColumn) {
        in.raw(values.data(), count * sizeof(double));
        return;
    }
    if (column != bySensorColumn)
        damagedPiece();
    for (const auto& stretch : stretches) {
        const auto decimals = in.byte();
        if (decimals == noDecimals) {
            in.raw(values.data() + stretch.first, (stretch.last - stretch.first) * sizeof(double));
            continue;
        }
        if (decimals >= tens.size())
            damagedPiece();
        std::uint64_t now = 0;
        for (auto i = stretch.first; i < stretch.last; ++i) {
            now += unzigzag(in.number());
            values[i] = static_cast<double>(static_cast<std::int64_t>(now)) / tens[decimals];
        }
    }
}

std::string bodyOf(const Rows& rows, bool plain) {
    const auto stretches = stretchesOf(rows);
    const bool isSums = !rows.lowest.empty();
    std::string body;
    ByteWriter out(body);
    out.room(rows.size() * (isSums ? 5 : 4) + stretches.size() * 6 + 8);
    out.number(rows.size());
    out.number(stretches.size());
    std::uint32_t sensor = 0;
    for (const auto& stretch : stretches) {
        out.number(rows.sensor[stretch.first] - sensor);
        out.number(stretch.last - stretch.first);
        sensor = rows.sensor[stretch.first];
    }
    writeTimes(out, rows, stretches);
    for (const auto extra : rows.extra)
        out.number(zigzag(static_cast<std::uint64_t>(extra)));
    out.byte(rows.flags.empty() ? 0 : 1);
    out.raw(rows.flags.data(), rows.flags.size());
    out.byte(isSums ? 3 : 1);
    writeValues(out, rows.value, stretches, plain || isSums);
    if (isSums) {
        writeValues(out, rows.lowest, stretches, plain);
        writeValues(out, rows.highest, stretches, plain);
    }
    out.finish();
    return body;
}

struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

std::string squeezed(const std::string& body, Packing packing) {
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    std::string out(ZSTD_compressBound(body.size()), '\0');
    const int level = packing == Packing::dense ? 12 : 1;
    const auto size = ZSTD_compressCCtx(context.get(), out.data(), out.size(), body.data(), body.size(), level);
    if (ZSTD_isError(size) != 0)
        return {};
    out.resize(size);
    return out;
}

std::string unsqueezed(std::string_view bytes, std::size_t size) {
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    std::string body(size, '\0');
    const auto got = ZSTD_decompressDCtx(context.get(), body.data(), body.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(got) != 0 || got != size)
        damagedPiece();
    return body;
}

/// Sensors and how many rows each has.
std::vector<Stretch> readSensors(ByteReader& in, Rows& rows) {
    const auto count = in.number();
    const auto howMany = in.number();
    if (count == 0 || count > mostRowsInPiece || howMany == 0 || howMany > count)
        damagedPiece();
    std::vector<Stretch> stretches;
    stretches.reserve(howMany);
    std::uint64_t sensor = 0;
    std::size_t next = 0;
    for (std::uint64_t i = 0; i < howMany; ++i) {
        const auto further = in.number();
        const auto length = in.number();
        sensor += further;
        if (further > UINT32_MAX || sensor > UINT32_MAX || (i > 0 && further == 0) || length == 0 ||
            length > count - next)
            damagedPiece();
        stretches.push_back({next, next + static_cast<std::size_t>(length)});
        next += static_cast<std::size_t>(length);
        rows.sensor.resize(next, static_cast<std::uint32_t>(sensor));
    }
    if (next != count)
        damagedPiece();
    return stretches;
}

void readTimes(ByteReader& in, Rows& rows, const std::vector<Stretch>& stretches) {
    const auto unitAt = in.byte();
    if (unitAt >= timeUnits.size())
        damagedPiece();
    const auto unit = static_cast<std::uint64_t>(timeUnits[unitAt]);
    rows.time.resize(rows.size());
    std::uint64_t start = 0;
    for (const auto& stretch : stretches) {
        start += unzigzag(in.number());
        std::uint64_t now = start;
        std::uint64_t step = 0;
        rows.time[stretch.first] = static_cast<std::int64_t>(now * unit);
        for (auto i = stretch.first + 1; i < stretch.last; ++i) {
            step += unzigzag(in.number());
            now += step;
            rows.time[i] = static_cast<std::int64_t>(now * unit);
            if (rows.time[i] <= rows.time[i - 1])
                damagedPiece();
        }
    }
}

} // namespace

void Rows::clear() {
    sensor.clear();
    time.clear();
    extra.clear();
    flags.clear();
    value.clear();
    lowest.clear();
    highest.clear();
}

void Rows::reserve(std::size_t rows) {
    sensor.reserve(rows);
    time.reserve(rows);
    extra.reserve(rows);
    value.reserve(rows);
}

void Rows::add(std::uint32_t ofSensor, std::int64_t at, std::int64_t delay, double v, std::uint8_t flag) {
    if (flag != 0 && flags.empty())
        flags.assign(sensor.size(), 0);
    if (flag != 0 || !flags.empty())
        flags.push_back(flag);
    sensor.push_back(ofSensor);
    time.push_back(at);
    extra.push_back(delay);
    value.push_back(v);
}

void Rows::append(const Rows& from, std::size_t first, std::size_t last) {
    const auto take = [first, last](auto& into, const auto& column) {
        into.insert(into.end(), column.begin() + static_cast<std::ptrdiff_t>(first),
                    column.begin() + static_cast<std::ptrdiff_t>(last));
    };
    const auto plain = [](std::uint8_t flag) { return flag == 0; };
    if (!from.flags.empty() && (!flags.empty() || !std::all_of(from.flags.begin() + static_cast<std::ptrdiff_t>(first),
                                                               from.flags.begin() + static_cast<std::ptrdiff_t>(last), plain))) {
        flags.resize(sensor.size(), 0);
        take(flags, from.flags);
    } else if (!flags.empty()) {
        flags.resize(sensor.size() + (last - first), 0);
    }
    take(sensor, from.sensor);
    take(time, from.time);
    take(extra, from.extra);
    take(value, from.value);
}

std::size_t Rows::lowerBound(std::uint32_t ofSensor, std::int64_t at) const {
    const auto [low, high] = std::equal_range(sensor.begin(), sensor.end(), ofSensor);
    const auto from = time.begin() + (low - sensor.begin());
    return static_cast<std::size_t>(std::lower_bound(from, time.begin() + (high - sensor.begin()), at) - time.begin());
}

std::size_t Rows::upperBound(std::uint32_t ofSensor, std::int64_t at) const {
    const auto [low, high] = std::equal_range(sensor.begin(), sensor.end(), ofSensor);
    const auto from = time.begin() + (low - sensor.begin());
    return static_cast<std::size_t>(std::upper_bound(from, time.begin() + (high - sensor.begin()), at) - time.begin());
}

std::string packRows(const Rows& rows, Packing packing) {
    std::string body = bodyOf(rows, packing == Packing::plain);
    const auto bodySize = static_cast<std::uint32_t>(body.size());
    std::string small = packing == Packing::plain ? std::string() : squeezed(body, packing);
    const bool isSmaller = !small.empty() && small.size() < body.size();
    const std::string& rest = isSmaller ? small : body;
    std::string bytes(headBytes, '\0');
    bytes[0] = static_cast<char>(format);
    bytes[1] = static_cast<char>(isSmaller ? 1 : 0);
    std::memcpy(bytes.data() + 4, &bodySize, sizeof bodySize);
    const auto check = checkOf(rest);
    std::memcpy(bytes.data() + 8, &check, sizeof check);
    bytes += rest;
    return bytes;
}

void unpackRows(std::string_view bytes, Rows& rows) {
    rows.clear();
    if (bytes.size() < headBytes || static_cast<std::uint8_t>(bytes[0]) != format ||
        static_cast<std::uint8_t>(bytes[1]) > 1 || bytes[2] != 0 || bytes[3] != 0)
        damagedPiece();
    std::uint32_t bodySize = 0;
    std::uint64_t check = 0;
    std::memcpy(&bodySize, bytes.data() + 4, sizeof bodySize);
    std::memcpy(&check, bytes.data() + 8, sizeof check);
    const auto rest = bytes.substr(headBytes);
    if (bodySize > mostBodyBytes || (bytes[1] == 0 && bodySize != rest.size()) || check != checkOf(rest))
        damagedPiece();
    std::string unpacked;
    if (bytes[1] != 0)
        unpacked = unsqueezed(rest, bodySize);
    ByteReader in(bytes[1] != 0 ? std::string_view(unpacked) : rest);
    const auto stretches = readSensors(in, rows);
    const auto count = rows.size();
    readTimes(in, rows, stretches);
    rows.extra.resize(count);
    for (auto& extra : rows.extra)
        extra = static_cast<std::int64_t>(unzigzag(in.number()));
    if (in.byte() != 0) {
        rows.flags.resize(count);
        in.raw(rows.flags.data(), count);
    }
    const auto columns = in.byte();
    if (columns != 1 && columns != 3)
        damagedPiece();
    readValues(in, rows.value, count, stretches);
    if (columns == 3) {
        readValues(in, rows.lowest, count, stretches);
        readValues(in, rows.highest, count, stretches);
    }
    if (!in.atEnd())
        damagedPiece();
}

} // namespace tocsin::store
