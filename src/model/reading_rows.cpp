#include "tocsin/model/reading_rows.hpp"

#include <bit>
#include <cstring>
#include <random>

namespace tocsin::model {

namespace {

constexpr unsigned firstBits = 4; ///< the first chunk holds 16 names
constexpr std::size_t fewestPlaces = 32;

__extension__ using Wide = unsigned __int128;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t newSeed() {
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32U) | device() | 1U;
}

std::uint64_t wordAt(const char* at, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, size);
    return word;
}

} // namespace

NameTable::NameTable(std::string prefix) : m_prefix(std::move(prefix)), m_seed(newSeed()), m_places(fewestPlaces) {
    m_bytes = sizeof *this + m_places.size() * sizeof m_places[0];
}

NameTable::~NameTable() = default;

std::uint64_t NameTable::hashOf(std::string_view name) const {
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U;
    std::uint64_t hash = m_seed ^ name.size();
    const char* at = name.data();
    std::size_t left = name.size();
    for (; left > 8; left -= 8, at += 8)
        hash = mix(hash ^ wordAt(at, 8), m_seed + odd);
    return mix(mix(hash ^ wordAt(at, left), m_seed + odd), odd);
}

std::string& NameTable::slot(std::uint32_t number) const {
    const std::uint32_t moved = number + (1U << firstBits);
    const auto bits = static_cast<unsigned>(std::bit_width(moved)) - 1;
    return m_chunks[bits - firstBits][moved - (1U << bits)];
}

const std::string& NameTable::at(std::uint32_t number) const {
    return slot(number);
}

/// The number + 1, or 0 with the place where it would stand.
std::uint32_t NameTable::find(std::string_view name, std::uint64_t hash, std::size_t& place) const {
    const std::size_t mask = m_places.size() - 1;
    for (place = hash & mask; m_places[place] != 0; place = (place + 1) & mask) {
        const auto number = static_cast<std::uint32_t>(m_places[place]);
        if (m_places[place] >> 32U == hash >> 32U && slot(number - 1) == name)
            return number;
    }
    return 0;
}

void NameTable::grow() {
    std::vector<std::uint64_t> places(m_places.size() * 2);
    const std::size_t mask = places.size() - 1;
    for (std::uint32_t number = 0; number < m_size; ++number) {
        const auto hash = hashOf(slot(number));
        std::size_t place = hash & mask;
        while (places[place] != 0)
            place = (place + 1) & mask;
        places[place] = (hash >> 32U << 32U) | (number + 1);
    }
    m_bytes += (places.size() - m_places.size()) * sizeof places[0];
    m_places = std::move(places);
}

std::uint32_t NameTable::add(std::string_view name) {
    if (m_size > 0) {
        const auto guess = m_after[m_last];
        if (slot(guess) == name) {
            m_last = guess;
            return guess;
        }
    }
    const auto hash = hashOf(name);
    std::size_t place = 0;
    std::uint32_t number = find(name, hash, place);
    if (number == 0) {
        if ((m_size + 1) * std::size_t{2} > m_places.size()) {
            grow();
            (void)find(name, hash, place);
        }
        const std::uint32_t moved = m_size + (1U << firstBits);
        const auto bits = static_cast<unsigned>(std::bit_width(moved)) - 1;
        auto& chunk = m_chunks.at(bits - firstBits);
        if (!chunk) {
            chunk = std::make_unique<std::string[]>(std::size_t{1} << bits);
            m_bytes += (std::size_t{1} << bits) * (sizeof(std::string) + 2 * sizeof(std::uint32_t));
        }
        m_after.push_back(m_size);
        slot(m_size) = name;
        m_bytes += name.size();
        number = ++m_size;
        m_places[place] = (hash >> 32U << 32U) | number;
    }
    m_after[m_last] = number - 1;
    m_last = number - 1;
    return m_last;
}

void ReadingRows::add(std::span<const Reading> readings) {
    if (!sensors)
        sensors = std::make_shared<NameTable>();
    if (!units)
        units = std::make_shared<NameTable>();
    rows.reserve(rows.size() + readings.size());
    for (const auto& reading : readings)
        rows.push_back({sensors->add(reading.sensor.value),
                        reading.unit.empty() ? ReadingRow::noUnit : units->add(reading.unit), reading.time,
                        reading.value});
}

Reading ReadingRows::reading(const ReadingRow& row) const {
    Reading out;
    out.sensor = SensorId(sensors->full(row.sensor));
    out.time = row.time;
    out.value = row.value;
    if (row.unit != ReadingRow::noUnit)
        out.unit = units->at(row.unit);
    return out;
}

} // namespace tocsin::model
