#include "photo.hpp"

#include "photo_exif.hpp"
#include "photo_header.hpp"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <gd.h>
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
        image = upright(std::move(image), metadata.orientation);
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
