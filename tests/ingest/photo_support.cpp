#include "ingest/photo_support.hpp"

#include <gd.h>
#include <utility>

namespace tocsin::ingest::test {

std::string paint(std::string_view kind, int width, int height) {
    gdImagePtr image = gdImageCreateTrueColor(width, height);
    gdImageFilledRectangle(image, 0, 0, width, height, gdTrueColor(40, 90, 140));
    for (int i = 0; i < width; i += 5)
        gdImageLine(image, i, 0, width - i, height, gdTrueColor(250, i % 255, 10));
    int size = 0;
    void* bytes = kind == "jpeg"  ? gdImageJpegPtr(image, &size, 90)
                  : kind == "png" ? gdImagePngPtr(image, &size)
                  : kind == "gif" ? gdImageGifPtr(image, &size)
                                  : gdImageWebpPtr(image, &size);
    std::string out(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    gdFree(bytes);
    gdImageDestroy(image);
    return out;
}

std::string exifWith(int orientation, bool satellites) {
    std::string out;
    const auto u16 = [&](unsigned v) {
        out += static_cast<char>(static_cast<unsigned char>(v & 255U));
        out += static_cast<char>(static_cast<unsigned char>(v >> 8U));
    };
    const auto u32 = [&](unsigned v) {
        u16(v & 0xFFFFU);
        u16(v >> 16U);
    };
    const auto entry = [&](unsigned tag, unsigned type, unsigned count, unsigned value) {
        u16(tag);
        u16(type);
        u32(count);
        u32(value);
    };
    // 8: first directory (3 entries + link = 42 bytes) … 50: the maker (12) … 62: the second directory
    out = "II";
    u16(42);
    u32(8);
    u16(3);
    entry(0x010F, 2, 12, 50);
    entry(0x0112, 3, 1, static_cast<unsigned>(orientation));
    entry(satellites ? 0x8825 : 0x8769, 4, 1, 62);
    u32(0);
    out += std::string("SECRETMAKER\0", 12);
    if (!satellites) {
        u16(1); // 62: 2 + 12 + 4 = 80
        entry(0x9003, 2, 20, 80);
        u32(0);
        out += std::string("2026:11:20 09:15:30\0", 20);
        return out;
    }
    u16(6); // 62: 2 + 72 + 4 = 140
    entry(1, 2, 2, 'N');
    entry(2, 5, 3, 140);
    entry(3, 2, 2, 'W');
    entry(4, 5, 3, 164);
    entry(7, 5, 3, 188);
    entry(29, 2, 11, 212);
    u32(0);
    for (const auto& [a, b] : {std::pair{47U, 1U}, {8U, 1U}, {2760U, 100U}, {9U, 1U}, {30U, 1U}, {0U, 1U}, {8U, 1U}, {15U, 1U}, {30U, 1U}}) {
        u32(a);
        u32(b);
    }
    out += std::string("2026:11:20\0", 11);
    return out;
}

std::string withExif(std::string jpeg, const std::string& tiff) {
    if (!jpeg.starts_with("\xFF\xD8"))
        return jpeg;
    const std::size_t length = tiff.size() + 8;
    std::string segment = "\xFF\xE1";
    segment += static_cast<char>(static_cast<unsigned char>(length >> 8U));
    segment += static_cast<char>(static_cast<unsigned char>(length & 255U));
    segment += std::string("Exif\0\0", 6) + tiff;
    return jpeg.insert(2, segment);
}

} // namespace tocsin::ingest::test
