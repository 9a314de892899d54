#include "map/tile_image.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <mapnik/image.hpp>
#include <mapnik/image_reader.hpp>
#include <mapnik/image_util.hpp>
#include <memory>
#include <zstd.h>

namespace tocsin::map {
namespace {

static_assert(std::endian::native == std::endian::little, "pixels are swapped by words below");

constexpr unsigned mostEdge = 2048;

base::Error noPicture(const std::string& what) {
    return {base::Code::malformed, what, {}};
}

std::string_view withoutBlanks(std::string_view bytes) {
    const std::size_t from = bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    return from == std::string_view::npos ? std::string_view() : bytes.substr(from);
}

/// What bytes are that are no picture, for a person.
std::string kindOf(std::string_view bytes) {
    const std::string_view text = withoutBlanks(bytes.substr(0, 512));
    if (bytes.empty())
        return "nothing";
    if (text.starts_with("<!") || text.starts_with("<html") || text.starts_with("<HTML"))
        return "a web page instead of a picture";
    if (text.starts_with("<"))
        return "XML instead of a picture";
    if (text.starts_with("{") || text.starts_with("["))
        return "JSON instead of a picture";
    if (bytes.starts_with("\x1f\x8b") || bytes.starts_with("\x1a") || bytes.starts_with("\x78"))
        return "a vector tile instead of a picture";
    return "something that is no picture";
}

constexpr std::string_view mark = "TT1\n";

std::uint32_t swapRedBlue(std::uint32_t p) {
    return (p & 0xff00ff00U) | ((p & 0xffU) << 16U) | ((p >> 16U) & 0xffU);
}

} // namespace

base::Result<std::string> packTile(const TileImage& image) {
    const std::size_t size = image.pixels.size() * sizeof(std::uint32_t);
    const auto edge = static_cast<std::size_t>(image.edge);
    if (image.edge < 1 || edge > mostEdge || image.pixels.size() != edge * edge)
        return base::fail(base::Code::internal, "a map tile cannot be packed");
    std::string bytes(mark.size() + 2 + ZSTD_compressBound(size), '\0');
    mark.copy(bytes.data(), mark.size());
    bytes[mark.size()] = static_cast<char>(edge & 0xffU);
    bytes[mark.size() + 1] = static_cast<char>(edge >> 8U);
    const std::size_t head = mark.size() + 2;
    const std::size_t packed = ZSTD_compress(bytes.data() + head, bytes.size() - head, image.pixels.data(), size, 1);
    if (ZSTD_isError(packed) != 0)
        return base::fail(base::Code::internal, "a map tile cannot be packed");
    bytes.resize(head + packed);
    return bytes;
}

base::Result<TileImage> unpackTile(std::string_view bytes) {
    const std::size_t head = mark.size() + 2;
    if (bytes.size() > head && bytes.starts_with(mark)) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[at])); };
        const unsigned edge = byte(mark.size()) | byte(mark.size() + 1) << 8U;
        if (edge >= 1 && edge <= mostEdge) {
            TileImage image;
            image.edge = static_cast<int>(edge);
            image.pixels.resize(std::size_t{edge} * edge);
            const std::size_t size = image.pixels.size() * sizeof(std::uint32_t);
            if (ZSTD_decompress(image.pixels.data(), size, bytes.data() + head, bytes.size() - head) == size)
                return image;
        }
    }
    return base::fail(base::Code::malformed, "a kept map tile is damaged");
}

namespace {
base::Result<std::string> encoded(const TileImage& image, const char* as) {
    try {
        mapnik::image_rgba8 pixels(image.edge, image.edge);
        std::transform(image.pixels.begin(), image.pixels.end(), pixels.data(), swapRedBlue);
        return mapnik::save_to_string(pixels, as);
    } catch (const std::exception& e) {
        return base::fail(base::Code::internal, std::string("a picture cannot be packed: ") + e.what());
    }
}
} // namespace

base::Result<std::string> encodePng(const TileImage& image) {
    return encoded(image, "png32:z=1");
}

base::Result<std::string> encodeSmallPng(const TileImage& image) {
    return encoded(image, "png8:m=h:z=6");
}

base::Result<TileImage> decodePicture(std::string_view bytes) {
    const bool png = bytes.starts_with("\x89PNG");
    const bool jpeg = bytes.starts_with("\xff\xd8");
    const bool webp = bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP";
    if (!png && !jpeg && !webp)
        return tl::unexpected(noPicture(kindOf(bytes)));
    // libjpeg paints grey what is missing: the end mark tells.
    if (jpeg &&
        bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 64)).find("\xff\xd9") == std::string_view::npos)
        return tl::unexpected(noPicture("a picture that is cut off"));
    try {
        const std::unique_ptr<mapnik::image_reader> reader(mapnik::get_image_reader(bytes.data(), bytes.size()));
        if (!reader || reader->width() != reader->height() || reader->width() < 1 || reader->width() > mostEdge)
            return tl::unexpected(noPicture("a picture that is no square of at most 2048 pixels"));
        const auto edge = static_cast<int>(reader->width());
        mapnik::image_rgba8 pixels(edge, edge);
        reader->read(0, 0, pixels);
        TileImage image;
        image.edge = edge;
        image.pixels.resize(pixels.size() / sizeof(std::uint32_t));
        std::uint32_t all = 0xff000000U;
        std::transform(pixels.data(), pixels.data() + image.pixels.size(), image.pixels.begin(), [&](std::uint32_t p) {
            all &= p;
            return swapRedBlue(p);
        });
        image.opaque = (all & 0xff000000U) == 0xff000000U;
        return image;
    } catch (const std::exception&) {
        return tl::unexpected(noPicture("a picture that is damaged or cut off"));
    }
}

} // namespace tocsin::map
