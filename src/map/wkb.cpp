#include "map/wkb.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace tocsin::map {
namespace {

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

/// Reads a picture's shape out of a WKB geometry.
class ShapeReader {
  public:
    ShapeReader(Reader& in, const ToPicture& toPicture, double least, Shapes& into)
        : m_in(in), m_toPicture(toPicture), m_least(least), m_into(into) {}

    /// False: nothing that can be drawn; what was appended until then is the caller's to take back.
    bool read() {
        const std::uint32_t type = readType();
        switch (type) {
        case point: {
            m_into.shapes.push_back({Shapes::Kind::point, m_into.parts.size(), m_into.parts.size() + 1});
            const double x = m_in.number();
            const double y = m_in.number();
            m_into.points.push_back(m_toPicture(x, y));
            m_into.parts.push_back({m_into.points.size() - 1, m_into.points.size()});
            return m_in.ok();
        }
        case line:
        case polygon:
        case multiLine:
        case multiPolygon: {
            const bool area = type == polygon || type == multiPolygon;
            const std::size_t from = m_into.parts.size();
            if (type == line || type == polygon) {
                readPart(area);
            } else {
                const std::uint32_t parts = m_in.count();
                for (std::uint32_t i = 0; i < parts && m_in.ok(); ++i) {
                    if (readType() != (area ? polygon : line))
                        return false;
                    readPart(area);
                }
            }
            m_into.shapes.push_back({area ? Shapes::Kind::area : Shapes::Kind::line, from, m_into.parts.size()});
            return m_in.ok() && m_into.parts.size() > from;
        }
        default: // points in bundles and collections are not what a map of ours holds
            return false;
        }
    }

  private:
    enum Type : std::uint32_t { point = 1, line = 2, polygon = 3, multiLine = 5, multiPolygon = 6 };

    /// The header of each WKB geometry: byte order and type. The type without dimensions.
    std::uint32_t readType() {
        m_in.setLittle(m_in.byte() == 1);
        const std::uint32_t type = m_in.count();
        static constexpr unsigned byThousand[] = {2, 3, 3, 4};
        if (type >= 4000) {
            m_in.fail();
            return 0;
        }
        m_dimensions = byThousand[type / 1000];
        return type % 1000;
    }

    void readPart(bool area) {
        if (!area) {
            readPoints(2, true);
            return;
        }
        const std::uint32_t rings = m_in.count();
        bool outer = true;
        for (std::uint32_t i = 0; i < rings && m_in.ok(); ++i) {
            const bool kept = readPoints(4, outer);
            if (i == 0 && !kept) { // an area that is not seen has no holes
                for (std::uint32_t hole = 1; hole < rings && m_in.ok(); ++hole)
                    m_in.skip(std::size_t{m_in.count()} * 8 * m_dimensions);
                return;
            }
            outer = false;
        }
    }

    /// False: fewer than `fewest` were left, and none was appended.
    bool readPoints(std::size_t fewest, bool outer) {
        const std::uint32_t count = m_in.count();
        if (count > m_in.left() / (8 * m_dimensions)) {
            m_in.fail();
            return false;
        }
        std::vector<Point>& points = m_into.points;
        const std::size_t from = points.size();
        Point last{0, 0};
        for (std::uint32_t i = 0; i < count && m_in.ok(); ++i) {
            const double x = m_in.number();
            const double y = m_in.number();
            m_in.skip(8 * (m_dimensions - 2));
            const Point at = m_toPicture(x, y);
            // Few points of a far view are further apart than what is seen; the ends stay.
            if (m_least > 0 && i > 0 && i + 1 < count && std::abs(at.x - last.x) < m_least &&
                std::abs(at.y - last.y) < m_least)
                continue;
            points.push_back(at);
            last = at;
        }
        if (points.size() - from < fewest) {
            points.resize(from, Point(0, 0));
            return false;
        }
        m_into.parts.push_back({from, points.size(), outer});
        return true;
    }

    Reader& m_in;
    const ToPicture& m_toPicture;
    const double m_least;
    Shapes& m_into;
    unsigned m_dimensions{2};
};

} // namespace

bool readGeoPackageGeometry(const void* bytes, std::size_t size, const ToPicture& toPicture, double least,
                            Shapes& into) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    if (at == nullptr || size < 8 || at[0] != 'G' || at[1] != 'P')
        return false;
    static constexpr std::size_t envelopes[] = {0, 32, 48, 48, 64};
    const unsigned envelope = (at[3] >> 1U) & 7U;
    const bool empty = (at[3] & 0x10U) != 0;
    if (envelope > 4 || empty || size < 8 + envelopes[envelope])
        return false;
    Reader in(at + 8 + envelopes[envelope], at + size);
    const std::size_t points = into.points.size();
    const std::size_t parts = into.parts.size();
    const std::size_t shapes = into.shapes.size();
    if (ShapeReader(in, toPicture, least, into).read())
        return true;
    into.points.resize(points, Point(0, 0));
    into.parts.resize(parts);
    into.shapes.resize(shapes);
    return false;
}

} // namespace tocsin::map
