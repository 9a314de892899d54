#include "map/tile_image.hpp"

#include <algorithm>
#include <bit>
#include <csetjmp>
#include <cstring>
#include <mapnik/image.hpp>
#include <mapnik/image_any.hpp>
#include <mapnik/image_reader.hpp>
#include <memory>
#include <png.h>
#include <zlib.h>

namespace tocsin::map {
namespace {

static_assert(std::endian::native == std::endian::little, "pixels are taken as B, G, R, A bytes below");

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

void onError(png_structp png, png_const_charp) {
    png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) {}
void append(png_structp png, png_bytep bytes, std::size_t size) {
    static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(bytes), size);
}
void flush(png_structp) {}

/// Separate, because what jumps back here must have nothing to destroy.
bool writePng(const TileImage& image, std::string& out) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning);
    png_infop info = png == nullptr ? nullptr : png_create_info_struct(png);
    if (info == nullptr) {
        png_destroy_write_struct(&png, nullptr);
        return false;
    }
    if (setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    const auto edge = static_cast<png_uint_32>(image.edge);
    png_set_write_fn(png, &out, append, flush);
    png_set_IHDR(png, info, edge, edge, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 1);
    png_set_compression_strategy(png, Z_RLE); // large flat areas: as small as more work would make it
    png_set_filter(png, 0, PNG_FILTER_SUB);
    png_write_info(png, info);
    png_set_bgr(png);
    png_set_filler(png, 0, PNG_FILLER_AFTER);
    for (png_uint_32 y = 0; y < edge; ++y)
        png_write_row(png, reinterpret_cast<png_const_bytep>(image.pixels.data() + std::size_t{y} * edge));
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return true;
}

} // namespace

base::Result<std::string> encodeTile(const TileImage& image) {
    std::string bytes;
    bytes.reserve(image.pixels.size() / 2);
    if (image.edge < 1 || image.pixels.size() != static_cast<std::size_t>(image.edge) * static_cast<std::size_t>(image.edge) ||
        !writePng(image, bytes))
        return base::fail(base::Code::internal, "a map tile cannot be packed");
    return bytes;
}

base::Result<TileImage> decodeTile(std::string_view bytes) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0 || png.width != png.height ||
        png.width < 1 || png.width > 4096) {
        png_image_free(&png);
        return base::fail(base::Code::malformed, "a kept map tile is damaged");
    }
    png.format = PNG_FORMAT_BGRA;
    TileImage image;
    image.edge = static_cast<int>(png.width);
    image.pixels.resize(std::size_t{png.width} * png.width);
    if (png_image_finish_read(&png, nullptr, image.pixels.data(), 0, nullptr) == 0)
        return base::fail(base::Code::malformed, "a kept map tile is damaged");
    return image;
}

base::Result<TileImage> decodePicture(std::string_view bytes) {
    const bool png = bytes.starts_with("\x89PNG");
    const bool jpeg = bytes.starts_with("\xff\xd8");
    const bool webp = bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP";
    if (!png && !jpeg && !webp)
        return tl::unexpected(noPicture(kindOf(bytes)));
    // libjpeg paints grey what is missing: the end mark tells.
    if (jpeg && bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 64)).find("\xff\xd9") == std::string_view::npos)
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
            return (p & 0xff00ff00U) | ((p & 0xffU) << 16U) | ((p >> 16U) & 0xffU);
        });
        image.opaque = (all & 0xff000000U) == 0xff000000U;
        return image;
    } catch (const std::exception&) {
        return tl::unexpected(noPicture("a picture that is damaged or cut off"));
    }
}

} // namespace tocsin::map
