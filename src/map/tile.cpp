#include "tocsin/map/tile.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <mutex>
#include <new>
#include <numbers>
#include <utility>
#include <vector>

namespace tocsin::map {
namespace {
constexpr double earthRadius = 6'378'137.0; // of the mercator's sphere, metres
constexpr double highestLatitude = 85.05112877980659;

/// Pieces of memory that were given back, the latest last.
class SpareMemory {
  public:
    static constexpr std::size_t least = std::size_t{128} << 10U; ///< smaller ones the allocator keeps itself
    static constexpr std::size_t mostPieces = 256;
    SpareMemory() { m_pieces.reserve(mostPieces); } // keep() must not fail
    void* take(std::size_t bytes) {
        const std::lock_guard lock(m_mutex);
        for (auto it = m_pieces.rbegin(); it != m_pieces.rend(); ++it)
            if (it->second == bytes) {
                void* memory = it->first;
                m_pieces.erase(std::next(it).base());
                m_bytes -= bytes;
                return memory;
            }
        return nullptr;
    }
    /// False: there are enough.
    bool keep(void* memory, std::size_t bytes) {
        constexpr std::size_t most = std::size_t{32} << 20U;
        const std::lock_guard lock(m_mutex);
        if (m_bytes + bytes > most || m_pieces.size() >= mostPieces)
            return false;
        m_pieces.emplace_back(memory, bytes);
        m_bytes += bytes;
        return true;
    }

  private:
    std::mutex m_mutex;
    std::vector<std::pair<void*, std::size_t>> m_pieces;
    std::size_t m_bytes{0};
};

SpareMemory& spareMemory() {
    static auto* const spare = new SpareMemory; // pictures may outlive all else
    return *spare;
}
} // namespace

void* takePictureMemory(std::size_t bytes) {
    if (bytes >= SpareMemory::least)
        if (void* spare = spareMemory().take(bytes)) {
            std::memset(spare, 0, bytes);
            return spare;
        }
    void* memory = std::calloc(bytes, 1);
    if (memory == nullptr)
        throw std::bad_alloc();
    return memory;
}

void giveBackPictureMemory(void* memory, std::size_t bytes) {
    if (bytes < SpareMemory::least || !spareMemory().keep(memory, bytes))
        std::free(memory);
}

WorldPoint toWorld(const model::Position& position) {
    const double latitude = std::clamp(position.latitude(), -highestLatitude, highestLatitude);
    const double phi = latitude * std::numbers::pi / 180.0;
    return {(position.longitude() + 180.0) / 360.0, 0.5 - std::asinh(std::tan(phi)) / (2.0 * std::numbers::pi)};
}

model::Position fromWorld(const WorldPoint& point) {
    const double phi = std::atan(std::sinh((0.5 - std::clamp(point.y, 0.0, 1.0)) * 2.0 * std::numbers::pi));
    return model::Position::trusted(phi * 180.0 / std::numbers::pi, std::clamp(point.x, 0.0, 1.0) * 360.0 - 180.0);
}

double metresPerWorld(double latitude) {
    const double clamped = std::clamp(latitude, -highestLatitude, highestLatitude);
    return 2.0 * std::numbers::pi * earthRadius * std::cos(clamped * std::numbers::pi / 180.0);
}

bool isValid(const TileKey& key) {
    if (key.zoom < lowestZoom || key.zoom > highestZoom)
        return false;
    const int count = 1 << key.zoom;
    return key.x >= 0 && key.x < count && key.y >= 0 && key.y < count;
}

std::string_view toString(MapLook look) {
    return look == MapLook::dark ? "dark" : "light";
}

} // namespace tocsin::map
