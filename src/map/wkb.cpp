#include "map/wkb.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

namespace tocsin::map {
namespace {

namespace geometry = mapnik::geometry;

/// Takes numbers off the front; after a fault everything is zero and `ok` stays false.
class Reader {
  public:
    Reader(const unsigned char* at, const unsigned char* end) : m_at(at), m_end(end) {}

    std::uint8_t byte() { return take<std::uint8_t>(); }
    std::uint32_t count() { return take<std::uint32_t>(); }
    double number() {
        const double value = take<double>();
        if (!std::isfinite(value))
            m_ok = false;
        return value;
    }
    void setLittle(bool little) { m_swap = little != (std::endian::native == std::endian::little); }
    void skip(std::size_t bytes) {
        if (left() < bytes)
            m_ok = false;
        else
            m_at += bytes;
    }
    [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(m_end - m_at); }
    [[nodiscard]] bool ok() const { return m_ok; }
    void fail() { m_ok = false; }

  private:
    template <typename T>
    T take() {
        T value{};
        if (!m_ok || left() < sizeof(T)) {
            m_ok = false;
            return value;
        }
        unsigned char raw[sizeof(T)];
        std::memcpy(raw, m_at, sizeof(T));
        if (m_swap)
            std::reverse(raw, raw + sizeof(T));
        std::memcpy(&value, raw, sizeof(T));
        m_at += sizeof(T);
        return value;
    }

    const unsigned char* m_at;
    const unsigned char* m_end;
    bool m_swap{false};
    bool m_ok{true};
};

template <typename Points>
void readPoints(Reader& in, Points& points, unsigned dimensions, double least) {
    const std::uint32_t count = in.count();
    if (count > in.left() / (8 * dimensions)) {
        in.fail();
        return;
    }
    points.reserve(count);
    double lastX = 0;
    double lastY = 0;
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
        const double x = in.number();
        const double y = in.number();
        in.skip(8 * (dimensions - 2));
        // Few points of a far view are further apart than what is seen; the ends stay.
        if (least > 0 && i > 0 && i + 1 < count && std::abs(x - lastX) < least && std::abs(y - lastY) < least)
            continue;
        points.emplace_back(x, y);
        lastX = x;
        lastY = y;
    }
}

geometry::polygon<double> readPolygon(Reader& in, unsigned dimensions, double least) {
    geometry::polygon<double> polygon;
    const std::uint32_t rings = in.count();
    for (std::uint32_t i = 0; i < rings && in.ok(); ++i) {
        geometry::linear_ring<double> ring;
        readPoints(in, ring, dimensions, least);
        if (i == 0)
            polygon.set_exterior_ring(std::move(ring));
        else if (ring.size() >= 4)
            polygon.add_hole(std::move(ring));
    }
    return polygon;
}

/// The part of a → b that is in the box, as shares of its length (Liang and Barsky); none when it misses the box.
std::optional<std::pair<double, double>> shareWithin(const geometry::point<double>& a, const geometry::point<double>& b,
                                                     const mapnik::box2d<double>& box) {
    double from = 0;
    double to = 1;
    const auto cut = [&](double step, double room) { // keeps what goes no further than `room`
        if (step == 0)
            return room >= 0;
        if (step > 0)
            to = std::min(to, room / step);
        else
            from = std::max(from, room / step);
        return from <= to;
    };
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    if (cut(-dx, a.x - box.minx()) && cut(dx, box.maxx() - a.x) && cut(-dy, a.y - box.miny()) &&
        cut(dy, box.maxy() - a.y))
        return std::pair(from, to);
    return std::nullopt;
}

/// The parts of a line that are in the box.
std::optional<geometry::geometry<double>> partsWithin(const geometry::line_string<double>& line,
                                                      const mapnik::box2d<double>& box) {
    geometry::multi_line_string<double> parts;
    geometry::line_string<double> part;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const auto& a = line[i - 1];
        const auto& b = line[i];
        const auto share = shareWithin(a, b, box);
        if (share) {
            const auto at = [&](double t) {
                return t <= 0 ? a : t >= 1 ? b : geometry::point<double>(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y));
            };
            if (part.empty())
                part.push_back(at(share->first));
            part.push_back(at(share->second));
        }
        if ((!share || share->second < 1) && !part.empty())
            parts.push_back(std::exchange(part, {}));
    }
    if (!part.empty())
        parts.push_back(std::move(part));
    if (parts.empty())
        return std::nullopt;
    if (parts.size() == 1)
        return geometry::geometry<double>(std::move(parts.front()));
    return geometry::geometry<double>(std::move(parts));
}

/// The header of each WKB geometry: byte order and type. The type without dimensions.
std::uint32_t readType(Reader& in, unsigned& dimensions) {
    in.setLittle(in.byte() == 1);
    const std::uint32_t type = in.count();
    static constexpr unsigned byThousand[] = {2, 3, 3, 4};
    if (type >= 4000) {
        in.fail();
        return 0;
    }
    dimensions = byThousand[type / 1000];
    return type % 1000;
}

std::optional<geometry::geometry<double>> readGeometry(Reader& in, double least, const mapnik::box2d<double>* within) {
    enum Type : std::uint32_t { point = 1, line = 2, polygon = 3, multiPoint = 4, multiLine = 5, multiPolygon = 6 };
    unsigned dimensions = 2;
    const std::uint32_t type = readType(in, dimensions);
    switch (type) {
    case point: {
        const double x = in.number();
        const double y = in.number();
        if (!in.ok())
            return std::nullopt;
        return geometry::geometry<double>(geometry::point<double>(x, y));
    }
    case line: {
        geometry::line_string<double> points;
        readPoints(in, points, dimensions, least);
        if (!in.ok() || points.size() < 2)
            return std::nullopt;
        if (within != nullptr)
            return partsWithin(points, *within);
        return geometry::geometry<double>(std::move(points));
    }
    case polygon: {
        auto area = readPolygon(in, dimensions, least);
        if (!in.ok() || area.exterior_ring.size() < 4)
            return std::nullopt;
        return geometry::geometry<double>(std::move(area));
    }
    case multiLine: {
        geometry::multi_line_string<double> lines;
        const std::uint32_t parts = in.count();
        for (std::uint32_t i = 0; i < parts && in.ok(); ++i) {
            if (readType(in, dimensions) != line)
                return std::nullopt;
            geometry::line_string<double> points;
            readPoints(in, points, dimensions, least);
            if (points.size() >= 2)
                lines.push_back(std::move(points));
        }
        if (!in.ok() || lines.empty())
            return std::nullopt;
        return geometry::geometry<double>(std::move(lines));
    }
    case multiPolygon: {
        geometry::multi_polygon<double> areas;
        const std::uint32_t parts = in.count();
        for (std::uint32_t i = 0; i < parts && in.ok(); ++i) {
            if (readType(in, dimensions) != polygon)
                return std::nullopt;
            auto area = readPolygon(in, dimensions, least);
            if (area.exterior_ring.size() >= 4)
                areas.push_back(std::move(area));
        }
        if (!in.ok() || areas.empty())
            return std::nullopt;
        return geometry::geometry<double>(std::move(areas));
    }
    default: // points in bundles and collections are not what a map of ours holds
        return std::nullopt;
    }
}

} // namespace

std::optional<geometry::geometry<double>> readGeoPackageGeometry(const void* bytes, std::size_t size, double least,
                                                                 const mapnik::box2d<double>* within) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    if (at == nullptr || size < 8 || at[0] != 'G' || at[1] != 'P')
        return std::nullopt;
    static constexpr std::size_t envelopes[] = {0, 32, 48, 48, 64};
    const unsigned envelope = (at[3] >> 1U) & 7U;
    const bool empty = (at[3] & 0x10U) != 0;
    if (envelope > 4 || empty || size < 8 + envelopes[envelope])
        return std::nullopt;
    Reader in(at + 8 + envelopes[envelope], at + size);
    return readGeometry(in, least, within);
}

} // namespace tocsin::map
