#include "county/map_reader.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>

namespace tocsin::county {
namespace {

constexpr double earthRadius = 6378137.0; // EPSG:3857

model::Position positionOf(double x, double y) {
    const double latitude = 2 * std::atan(std::exp(y / earthRadius)) - std::numbers::pi / 2;
    return model::Position::trusted(latitude * 180 / std::numbers::pi, x / earthRadius * 180 / std::numbers::pi);
}

/// Little-endian well-known binary; reading past the end makes it bad, never undefined.
class Wkb {
  public:
    explicit Wkb(std::string_view blob) : m_bytes(blob) {
        static_assert(std::endian::native == std::endian::little);
        static constexpr std::size_t envelopes[] = {0, 32, 48, 48, 64};
        const std::size_t code = m_bytes.size() < 8 ? 7 : (static_cast<std::uint8_t>(m_bytes[3]) >> 1U) & 7U;
        if (m_bytes.substr(0, 2) != "GP" || code > 4 || m_bytes.size() < 8 + envelopes[code])
            m_bad = true;
        else
            m_at = 8 + envelopes[code];
    }
    [[nodiscard]] bool bad() const { return m_bad; }

    template <typename T>
    T take() {
        T value{};
        if (m_bad || m_bytes.size() - m_at < sizeof(T)) {
            m_bad = true;
            return value;
        }
        std::memcpy(&value, m_bytes.data() + m_at, sizeof(T));
        m_at += sizeof(T);
        return value;
    }
    /// The geometry's type; 0 when it is not little-endian 2D.
    std::uint32_t takeType() { return take<std::uint8_t>() == 1 ? take<std::uint32_t>() : 0; }
    model::Line takePoints() {
        const auto count = take<std::uint32_t>();
        model::Line line;
        if (m_bad || (m_bytes.size() - m_at) / 16 < count) {
            m_bad = true;
            return line;
        }
        line.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto x = take<double>();
            const auto y = take<double>();
            line.push_back(positionOf(x, y));
        }
        return line;
    }
    void takePolygon(std::vector<model::Line>& rings) {
        const auto count = take<std::uint32_t>();
        for (std::uint32_t i = 0; i < count && !m_bad; ++i)
            rings.push_back(takePoints());
    }

  private:
    std::string_view m_bytes;
    std::size_t m_at{0};
    bool m_bad{false};
};

} // namespace

Mercator mercatorOf(const model::Position& p) {
    const double latitude = std::clamp(p.latitude(), -85.05, 85.05) * std::numbers::pi / 180;
    return {p.longitude() * std::numbers::pi / 180 * earthRadius,
            std::log(std::tan(std::numbers::pi / 4 + latitude / 2)) * earthRadius};
}

model::Line lineOf(std::string_view geoPackageBinary) {
    Wkb wkb(geoPackageBinary);
    if (wkb.takeType() != 2)
        return {};
    auto line = wkb.takePoints();
    return wkb.bad() ? model::Line() : line;
}

std::vector<model::Line> ringsOf(std::string_view geoPackageBinary) {
    Wkb wkb(geoPackageBinary);
    std::vector<model::Line> rings;
    const auto type = wkb.takeType();
    if (type == 3) {
        wkb.takePolygon(rings);
    } else if (type == 6) {
        const auto count = wkb.take<std::uint32_t>();
        for (std::uint32_t i = 0; i < count && !wkb.bad(); ++i)
            if (wkb.takeType() == 3)
                wkb.takePolygon(rings);
    }
    return wkb.bad() ? std::vector<model::Line>() : rings;
}

std::string_view blobOf(const SQLite::Column& column) {
    const auto* bytes = static_cast<const char*>(column.getBlob());
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(column.getBytes())) : std::string_view();
}

base::LocalText bilingual(std::string text, std::string chinese) {
    base::LocalText out(std::move(text));
    if (!chinese.empty())
        out.translations["zh_CN"] = std::move(chinese);
    return out;
}

std::vector<MapLine> readLines(SQLite::Database& map, const std::string& layer, const std::string& where) {
    std::vector<MapLine> lines;
    SQLite::Statement rows(map,
                           "SELECT class, name, name_zh, geom FROM " + layer + " WHERE " + where + " ORDER BY fid");
    while (rows.executeStep()) {
        auto points = lineOf(blobOf(rows.getColumn(3)));
        if (points.size() < 2)
            continue;
        lines.push_back({rows.getColumn(0).getString(),
                         bilingual(rows.getColumn(1).getString(), rows.getColumn(2).getString()), std::move(points)});
    }
    return lines;
}

} // namespace tocsin::county
