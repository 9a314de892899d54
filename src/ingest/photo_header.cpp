#include "photo_header.hpp"

#include "photo_heif.hpp"

#include <algorithm>
#include <cstddef>

namespace tocsin::ingest {

namespace {

using base::Code;
using Found = base::Result<PhotoHeader>;

constexpr std::string_view exifMark{"Exif\0\0", 6};
constexpr std::size_t mostExif = 64U << 10U;

std::uint32_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}
std::uint32_t big16(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at) << 8U | byteAt(bytes, at + 1);
}
std::uint32_t big32(std::string_view bytes, std::size_t at) {
    return big16(bytes, at) << 16U | big16(bytes, at + 2);
}
std::uint32_t little16(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at + 1) << 8U | byteAt(bytes, at);
}
std::uint32_t little24(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at + 2) << 16U | little16(bytes, at);
}
std::uint32_t little32(std::string_view bytes, std::size_t at) {
    return little16(bytes, at + 2) << 16U | little16(bytes, at);
}

tl::unexpected<base::Error> bad(std::string what, std::size_t at) {
    return base::fail(Code::malformed, std::move(what), {.line = {}, .column = {}, .byte = at});
}

/// A progressive image may be sent in hundreds of passes over all of it: decoding takes passes × pixels.
constexpr std::uint64_t mostScanPixels = 1'000'000'000;

Found jpeg(std::string_view bytes) {
    PhotoHeader out;
    std::uint64_t scans = 0;
    for (std::size_t at = 2;;) {
        if (at + 2 > bytes.size())
            return bad("the JPEG image ends before its time", bytes.size());
        if (byteAt(bytes, at) != 0xFF) {
            ++at; // within a scan, or garbage that decoders skip
            const auto next = bytes.find('\xFF', at);
            if (next == std::string_view::npos)
                return bad("the JPEG image ends before its time", bytes.size());
            at = next;
            continue;
        }
        const auto marker = byteAt(bytes, at + 1);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (marker == 0xD9) {
            if (out.width == 0 || scans == 0)
                return bad("the JPEG image has no picture in it", at);
            return out;
        }
        if (marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
            at += 2;
            continue;
        }
        if (at + 4 > bytes.size())
            return bad("the JPEG image ends before its time", bytes.size());
        const std::size_t length = big16(bytes, at + 2);
        if (length < 2 || at + 2 + length > bytes.size())
            return bad("a part of the JPEG image is longer than the file", at);
        const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) {
            if (length < 8)
                return bad("the JPEG image's header is too short", at);
            if (out.width != 0)
                return bad("the JPEG image has two headers", at);
            out.height = big16(bytes, at + 5);
            out.width = big16(bytes, at + 7);
            if (out.width == 0 || out.height == 0)
                return bad("the JPEG image says no size", at);
        }
        const auto body = bytes.substr(at + 4, length - 2);
        if (marker == 0xE1 && out.exif.empty() && body.starts_with(exifMark))
            out.exif = body.substr(exifMark.size());
        if (marker == 0xDA) {
            ++scans;
            if (scans > 1 && scans * out.width * out.height > mostScanPixels)
                return bad("the JPEG image has " + std::to_string(scans) + " passes or more", at);
        }
        at += 2 + length;
    }
}

Found png(std::string_view bytes) {
    PhotoHeader out;
    out.kind = PhotoKind::png;
    bool picture = false;
    for (std::size_t at = 8;;) {
        if (at + 12 > bytes.size())
            return bad("the PNG image ends before its time", bytes.size());
        const std::size_t length = big32(bytes, at);
        const auto name = bytes.substr(at + 4, 4);
        if (length > bytes.size() - at - 12)
            return bad("a part of the PNG image is longer than the file", at);
        if (at == 8 && (name != "IHDR" || length != 13))
            return bad("the PNG image does not begin with its header", at);
        if (name == "IHDR") {
            if (out.width != 0)
                return bad("the PNG image has two headers", at);
            out.width = big32(bytes, at + 8);
            out.height = big32(bytes, at + 12);
            if (out.width == 0 || out.height == 0)
                return bad("the PNG image says no size", at);
        } else if (name == "IDAT") {
            picture = true;
        } else if (name == "eXIf" && length <= mostExif) {
            out.exif = bytes.substr(at + 8, length);
        } else if (name == "IEND") {
            if (!picture)
                return bad("the PNG image has no picture in it", at);
            return out;
        }
        at += 12 + length;
    }
}

Found gif(std::string_view bytes) {
    if (bytes.size() < 13)
        return bad("the GIF image ends before its time", bytes.size());
    PhotoHeader out;
    out.kind = PhotoKind::gif;
    const auto tableBytes = [&](std::size_t flagsAt) -> std::size_t {
        const auto flags = byteAt(bytes, flagsAt);
        return (flags & 0x80U) == 0 ? 0 : std::size_t{3} << ((flags & 7U) + 1);
    };
    out.width = little16(bytes, 6);
    out.height = little16(bytes, 8);
    for (std::size_t at = 13 + tableBytes(10);;) {
        if (at >= bytes.size())
            return bad("the GIF image ends before its time", bytes.size());
        const auto block = byteAt(bytes, at);
        if (block == 0x2C) {
            if (at + 10 > bytes.size())
                return bad("the GIF image ends before its time", bytes.size());
            out.width = std::max(out.width, little16(bytes, at + 5));
            out.height = std::max(out.height, little16(bytes, at + 7));
            if (little16(bytes, at + 5) == 0 || little16(bytes, at + 7) == 0)
                return bad("the GIF image says no size", at);
            return out;
        }
        if (block != 0x21)
            return bad("the GIF image has no picture in it", at);
        at += 2; // what follows are blocks with their lengths, the last of them empty
        for (;;) {
            if (at >= bytes.size())
                return bad("the GIF image ends before its time", bytes.size());
            const auto length = byteAt(bytes, at);
            at += 1 + length;
            if (length == 0)
                break;
        }
    }
}

/// A picture inside of a WebP file: its size by its own header.
base::Result<void> webpPicture(std::string_view body, bool lossless, std::size_t at, PhotoHeader& out) {
    if (lossless) {
        if (body.size() < 5 || byteAt(body, 0) != 0x2F)
            return bad("the WebP image's header is broken", at);
        const auto bits = little32(body, 1);
        out.width = std::max(out.width, (bits & 0x3FFFU) + 1);
        out.height = std::max(out.height, (bits >> 14U & 0x3FFFU) + 1);
        return {};
    }
    if (body.size() < 10 || body.substr(3, 3) != std::string_view("\x9D\x01\x2A", 3))
        return bad("the WebP image's header is broken", at);
    out.width = std::max(out.width, little16(body, 6) & 0x3FFFU);
    out.height = std::max(out.height, little16(body, 8) & 0x3FFFU);
    return {};
}

Found webp(std::string_view bytes) {
    PhotoHeader out;
    out.kind = PhotoKind::webp;
    bool picture = false;
    if (std::uint64_t{little32(bytes, 4)} + 8 > bytes.size())
        return bad("the WebP image ends before its time", bytes.size());
    for (std::size_t at = 12; at + 8 <= bytes.size();) {
        const auto name = bytes.substr(at, 4);
        const std::size_t length = little32(bytes, at + 4);
        if (length > bytes.size() - at - 8)
            return bad("a part of the WebP image is longer than the file", at);
        const auto body = bytes.substr(at + 8, length);
        if (name == "VP8X" && length >= 10) {
            out.width = std::max(out.width, little24(body, 4) + 1);
            out.height = std::max(out.height, little24(body, 7) + 1);
            if ((byteAt(body, 0) & 0x02U) != 0)
                return bad("a moving WebP image", at);
        } else if (name == "VP8 " || name == "VP8L") {
            if (auto read = webpPicture(body, name == "VP8L", at, out); !read)
                return tl::unexpected(read.error());
            picture = true;
        } else if (name == "EXIF" && length <= mostExif) {
            out.exif = body.starts_with(exifMark) ? body.substr(exifMark.size()) : body;
        }
        at += 8 + length + (length & 1U);
    }
    if (!picture || out.width == 0 || out.height == 0)
        return bad("the WebP image has no picture in it", bytes.size());
    return out;
}

} // namespace

base::Result<PhotoHeader> readPhotoHeader(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"))
        return jpeg(bytes);
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"))
        return png(bytes);
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))
        return gif(bytes);
    if (bytes.size() >= 16 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
        return webp(bytes);
    if (isHeif(bytes))
        return readHeifHeader(bytes);
    return bad("not an image in JPEG, PNG, WebP, GIF or HEIC", 0);
}

} // namespace tocsin::ingest
