#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::ingest::test {

// HEIC put together by hand, so that a test may lie in any part of it.

inline std::string big(std::uint64_t value, int size) {
    std::string out;
    for (int i = size - 1; i >= 0; --i)
        out += static_cast<char>(static_cast<unsigned char>(i < 8 ? value >> (8 * i) & 0xFFU : 0));
    return out;
}
inline std::string box(std::string_view name, const std::string& body) {
    return big(body.size() + 8, 4) + std::string(name) + body;
}
inline std::string fullBox(std::string_view name, const std::string& body, unsigned version = 0) {
    return box(name, big(version, 1) + big(0, 3) + body);
}

/// A picture of 64 × 64 in HEVC: red and green above, blue and white below.
inline std::string heicParameters() {
    static constexpr char bytes[] =
        "\x01\x03\x70\x00\x00\x00\x00\x00\x00\x00\x00\x00\x1e\xf0\x00\xfc\xfd\xf8\xf8\x00\x00\x0f\x03\x20"
        "\x00\x01\x00\x18\x40\x01\x0c\x01\xff\xff\x03\x70\x00\x00\x03\x00\x90\x00\x00\x03\x00\x00\x03\x00"
        "\x1e\xba\x02\x40\x21\x00\x01\x00\x2b\x42\x01\x01\x03\x70\x00\x00\x03\x00\x90\x00\x00\x03\x00\x00"
        "\x03\x00\x1e\xa0\x20\x81\x05\x96\xea\x49\x29\xae\x6e\x04\x04\x0c\x08\x00\x00\x03\x00\x08\x00\x00"
        "\x03\x00\x08\x40\x22\x00\x01\x00\x07\x44\x01\xc1\x72\xb0\x22\x40";
    return {bytes, sizeof bytes - 1};
}
inline std::string heicCoded() {
    static constexpr char bytes[] =
        "\x00\x00\x00\x3c\x28\x01\xaf\x09\xe0\x21\x39\x75\x5f\xff\xfc\x82\x3f\xff\xfc\x62\x37\x21\xfc\x0a"
        "\x1f\x67\x9e\x7d\xfd\xee\x9f\xf6\xc5\xbf\xff\xce\x83\x9c\x27\xff\xe5\xe1\x10\x1f\xcf\x3d\x35\xff"
        "\xc8\x38\x36\xce\xff\xff\x09\xe2\x9d\x3e\x9b\x6b\x85\xf6\x14\x8b";
    return {bytes, sizeof bytes - 1};
}

struct HeicItem {
    std::string type;
    std::string data;
    std::vector<std::string> properties{}; ///< boxes
    std::vector<std::pair<std::string, std::vector<unsigned>>> references{};
    unsigned pieces{1}; ///< its bytes are all of them in each
};
inline std::string ispe(std::uint32_t width, std::uint32_t height) {
    return fullBox("ispe", big(width, 4) + big(height, 4));
}
inline HeicItem heicPicture(std::vector<std::string> more = {}) {
    HeicItem out{"hvc1", heicCoded(), {box("hvcC", heicParameters()), ispe(64, 64)}};
    out.properties.insert(out.properties.end(), more.begin(), more.end());
    return out;
}
/// `tiles` by their numbers, from one.
inline HeicItem heicGrid(unsigned rows, unsigned columns, std::uint32_t width, std::uint32_t height,
                         std::vector<unsigned> tiles) {
    return {"grid", big(0, 1) + big(1, 1) + big(rows - 1, 1) + big(columns - 1, 1) + big(width, 4) + big(height, 4),
            {ispe(width, height)}, {{"dimg", std::move(tiles)}}};
}
inline HeicItem heicMetadata(const std::string& tiff, unsigned about) {
    return {"Exif", big(6, 4) + std::string("Exif\0\0", 6) + tiff, {}, {{"cdsc", {about}}}};
}

/// The items are numbered from one.
inline std::string heicFile(const std::vector<HeicItem>& items, unsigned primary = 1, const std::string& brand = "heic") {
    std::string infes;
    std::string properties;
    std::string associations;
    std::string references;
    std::size_t numbers = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& item = items[i];
        infes += fullBox("infe", big(i + 1, 2) + big(0, 2) + item.type + big(0, 1), 2);
        associations += big(i + 1, 2) + big(item.properties.size(), 1);
        for (const auto& property : item.properties) {
            properties += property;
            associations += big(0x8000U | ++numbers, 2);
        }
        for (const auto& [name, to] : item.references) {
            std::string body = big(i + 1, 2) + big(to.size(), 2);
            for (const auto one : to)
                body += big(one, 2);
            references += box(name, body);
        }
    }
    const auto ipma = box("ipma", big(0, 1) + big(1, 3) + big(items.size(), 4) + associations);
    const auto file = [&](std::size_t dataAt) {
        std::string places = big(0x44, 1) + big(0, 1) + big(items.size(), 2);
        std::string data;
        for (std::size_t i = 0; i < items.size(); ++i) {
            places += big(i + 1, 2) + big(0, 2) + big(items[i].pieces, 2);
            for (unsigned k = 0; k < items[i].pieces; ++k)
                places += big(dataAt + data.size(), 4) + big(items[i].data.size(), 4);
            data += items[i].data;
        }
        std::string meta = fullBox("hdlr", big(0, 4) + "pict" + big(0, 12) + big(0, 1)) + fullBox("pitm", big(primary, 2)) +
                           fullBox("iloc", places) + fullBox("iinf", big(items.size(), 2) + infes) +
                           box("iprp", box("ipco", properties) + ipma);
        if (!references.empty())
            meta += fullBox("iref", references);
        auto head = box("ftyp", brand + big(0, 4) + "mif1" + brand) + fullBox("meta", meta);
        return std::pair(head + box("mdat", data), head.size() + 8);
    };
    return file(file(0).second).first;
}

} // namespace tocsin::ingest::test
