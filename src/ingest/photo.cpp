#include "photo.hpp"

#include "photo_exif.hpp"
#include "photo_header.hpp"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <gd.h>
#include <libheif/heif.h>
#include <memory>
#include <mutex>

namespace tocsin::ingest {

namespace {

using base::Code;

struct Destroy {
    void operator()(gdImage* image) const { gdImageDestroy(image); }
};
using Image = std::unique_ptr<gdImage, Destroy>;

constexpr std::uint32_t mostPixelsOfSide = 30'000;

void sayNothing(int /*priority*/, const char* /*format*/, va_list /*arguments*/) {}

/// Each pixel the mean of so many that the longest side stays above `side` if it was, on white where it was transparent:
/// the large picture is not held twice.
Image meanOf(const heif_image& from, bool transparent, int side) {
    const int w = heif_image_get_width(&from, heif_channel_interleaved);
    const int h = heif_image_get_height(&from, heif_channel_interleaved);
    int stride = 0;
    const auto* rows = heif_image_get_plane_readonly(&from, heif_channel_interleaved, &stride);
    if (rows == nullptr || w < 1 || h < 1 || stride < 1)
        return {};
    const int bytes = transparent ? 4 : 3;
    const int step = std::clamp(std::max(w, h) / side, 1, std::min(w, h));
    Image to(gdImageCreateTrueColor(w / step, h / step));
    if (!to)
        return to;
    for (int y = 0; y < h / step; ++y) {
        for (int x = 0; x < w / step; ++x) {
            std::array<std::uint64_t, 3> sum{};
            for (int dy = 0; dy < step; ++dy) {
                const auto* pixel = rows + (std::size_t{static_cast<unsigned>(y * step + dy)} * static_cast<unsigned>(stride)) +
                                    std::size_t{static_cast<unsigned>(x * step)} * static_cast<unsigned>(bytes);
                for (int dx = 0; dx < step; ++dx, pixel += bytes) {
                    const unsigned seen = transparent ? pixel[3] : 255U;
                    for (std::size_t c = 0; c < 3; ++c)
                        sum[c] += (pixel[c] * seen + 255U * (255U - seen)) / 255U;
                }
            }
            const auto count = static_cast<std::uint64_t>(step) * static_cast<std::uint64_t>(step);
            gdImageTrueColorPixel(to.get(), x, y) =
                gdTrueColor(static_cast<int>(sum[0] / count), static_cast<int>(sum[1] / count), static_cast<int>(sum[2] / count));
        }
    }
    return to;
}

/// Upright already: the file itself says how it is turned, whatever its metadata say. readHeifHeader() has bounded the work.
Image heifDecoded(std::string_view bytes) {
    const std::unique_ptr<heif_context, void (*)(heif_context*)> context(heif_context_alloc(), &heif_context_free);
    if (!context)
        return {};
    heif_context_set_max_decoding_threads(context.get(), 0);
    heif_image_handle* primary = nullptr;
    if (heif_context_read_from_memory_without_copy(context.get(), bytes.data(), bytes.size(), nullptr).code != heif_error_Ok ||
        heif_context_get_primary_image_handle(context.get(), &primary).code != heif_error_Ok)
        return {};
    const std::unique_ptr<heif_image_handle, void (*)(const heif_image_handle*)> handle(primary, &heif_image_handle_release);
    const std::unique_ptr<heif_decoding_options, void (*)(heif_decoding_options*)> options(heif_decoding_options_alloc(),
                                                                                           &heif_decoding_options_free);
    options->convert_hdr_to_8bit = 1;
    const bool transparent = heif_image_handle_has_alpha_channel(handle.get()) != 0;
    heif_image* decoded = nullptr;
    if (heif_decode_image(handle.get(), &decoded, heif_colorspace_RGB,
                          transparent ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options.get())
            .code != heif_error_Ok)
        return {};
    const std::unique_ptr<heif_image, void (*)(const heif_image*)> image(decoded, &heif_image_release);
    return meanOf(*image, transparent, maxPhotoSide);
}

Image decoded(PhotoKind kind, std::string_view bytes) {
    static std::once_flag quiet; // libgd would write to the standard error
    std::call_once(quiet, [] { gdSetErrorMethod(&sayNothing); });
    const int size = static_cast<int>(bytes.size());
    void* data = const_cast<char*>(bytes.data()); // libgd only reads
    switch (kind) {
    case PhotoKind::jpeg:
        return Image(gdImageCreateFromJpegPtrEx(size, data, 0));
    case PhotoKind::png:
        return Image(gdImageCreateFromPngPtr(size, data));
    case PhotoKind::webp:
        return Image(gdImageCreateFromWebpPtr(size, data));
    case PhotoKind::gif:
        return Image(gdImageCreateFromGifPtr(size, data));
    case PhotoKind::heif:
        return heifDecoded(bytes);
    }
    return {};
}

/// At most `side` wide and high, on white where it was transparent.
Image shrunk(gdImage& from, int side) {
    const int longest = std::max(gdImageSX(&from), gdImageSY(&from));
    const double scale = longest > side ? static_cast<double>(side) / longest : 1;
    const int width = std::max(1, static_cast<int>(gdImageSX(&from) * scale));
    const int height = std::max(1, static_cast<int>(gdImageSY(&from) * scale));
    Image to(gdImageCreateTrueColor(width, height));
    if (!to)
        return to;
    gdImageFilledRectangle(to.get(), 0, 0, width - 1, height - 1, gdTrueColor(255, 255, 255));
    gdImageAlphaBlending(to.get(), 1);
    if (longest > side)
        gdImageCopyResampled(to.get(), &from, 0, 0, 0, 0, width, height, gdImageSX(&from), gdImageSY(&from));
    else
        gdImageCopy(to.get(), &from, 0, 0, 0, 0, width, height);
    return to;
}

/// The picture as it is to be looked at. Orientations as in EXIF 2.3, tag 0x0112.
Image upright(Image from, int orientation) {
    if (orientation <= 1)
        return from;
    const int w = gdImageSX(from.get());
    const int h = gdImageSY(from.get());
    const bool lies = orientation >= 5;
    Image to(gdImageCreateTrueColor(lies ? h : w, lies ? w : h));
    if (!to)
        return to;
    for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
            int tx = x;
            int ty = y;
            switch (orientation) {
            case 2: tx = w - 1 - x; break;
            case 3: tx = w - 1 - x; ty = h - 1 - y; break;
            case 4: ty = h - 1 - y; break;
            case 5: tx = y; ty = x; break;
            case 6: tx = h - 1 - y; ty = x; break;
            case 7: tx = h - 1 - y; ty = w - 1 - x; break;
            default: tx = y; ty = w - 1 - x; break;
            }
            gdImageTrueColorPixel(to.get(), tx, ty) = gdImageTrueColorPixel(from.get(), x, y);
        }
    }
    return to;
}

std::string jpegOf(gdImage& image, int quality) {
    int size = 0;
    const std::unique_ptr<void, void (*)(void*)> bytes(gdImageJpegPtr(&image, &size, quality), &gdFree);
    if (!bytes || size <= 0)
        return {};
    return {static_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

} // namespace

base::Result<MadePhoto> makePhoto(std::string_view bytes, const Source& source) {
    if (bytes.size() > maxPhotoBytes)
        return base::fail(Code::tooLarge, "a photo over 16 MiB", {.line = {}, .column = {}, .byte = maxPhotoBytes});
    const auto header = readPhotoHeader(bytes);
    if (!header)
        return tl::unexpected(header.error());
    if (std::uint64_t{header->width} * header->height > maxPhotoPixels ||
        std::max(header->width, header->height) > mostPixelsOfSide)
        return base::fail(Code::tooLarge,
                          "a photo of " + std::to_string(header->width) + " × " + std::to_string(header->height) +
                              " pixels: over 50 megapixels or 30000 a side",
                          {.line = {}, .column = {}, .byte = 0});
    Image image = decoded(header->kind, bytes);
    if (!image)
        return base::fail(Code::malformed, "a photo that is broken or cut off",
                          {.line = {}, .column = {}, .byte = 0});
    const auto metadata = readPhotoMetadata(header->exif, source);
    image = shrunk(*image, maxPhotoSide); // the large one is needed no more
    if (image)
        image = upright(std::move(image), header->kind == PhotoKind::heif ? 1 : metadata.orientation);
    MadePhoto out;
    for (int side = maxPhotoSide; image && side >= 256; side = side * 3 / 4) {
        if (side < maxPhotoSide)
            image = shrunk(*image, side);
        if (!image)
            break;
        for (const int quality : {85, 75, 65, 50}) {
            out.jpeg = jpegOf(*image, quality);
            out.width = gdImageSX(image.get());
            out.height = gdImageSY(image.get());
            if (!out.jpeg.empty() && out.jpeg.size() <= maxStoredPhotoBytes) {
                out.position = metadata.position;
                out.takenAt = metadata.takenAt;
                return out;
            }
        }
    }
    return base::fail(Code::tooLarge, "a photo that cannot be made small enough",
                      {.line = {}, .column = {}, .byte = 0});
}

} // namespace tocsin::ingest
