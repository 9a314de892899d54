#include "photo_heif.hpp"

#include "photo.hpp"
#include "photo_hevc.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t mostBoxes = 4'096;
constexpr std::size_t mostItems = 2'048;       ///< a telephone's 48 megapixels are some 300
constexpr std::size_t mostExtents = 32;        ///< of one item
constexpr std::size_t mostProperties = 32;     ///< of one item
constexpr std::size_t mostTiles = 1'024;
constexpr int deepest = 3;                     ///< a grid, its tiles, the transparency of either
constexpr std::uint64_t mostDecodedBytes = 2 * maxPhotoBytes; ///< an item's bytes may be used twice
constexpr std::uint64_t mostDecodedPixels = 4 * maxPhotoPixels;
constexpr std::uint64_t mostSlicePixels = 1'000'000'000; ///< each slice may go over all of its picture
constexpr std::size_t mostExif = 64U << 10U;
constexpr std::string_view exifMark{"Exif\0\0", 6};

tl::unexpected<base::Error> refused(Code code, std::string what, std::size_t at) {
    return base::fail(code, std::move(what), {.line = {}, .column = {}, .byte = at});
}
tl::unexpected<base::Error> bad(std::string what, std::size_t at) {
    return refused(Code::malformed, std::move(what), at);
}

/// Numbers one after the other. Past the end all are zero, and it is not whole.
class Cursor {
  public:
    Cursor(std::string_view bytes, std::size_t at, std::size_t end) : m_bytes(bytes), m_at(at), m_end(end) {}
    std::uint64_t number(std::size_t size) {
        if (size > left()) {
            m_whole = false;
            m_at = m_end;
            return 0;
        }
        std::uint64_t value = 0;
        for (; size > 0; --size)
            value = value << 8U | static_cast<std::uint8_t>(m_bytes[m_at++]);
        return value;
    }
    std::uint32_t number32(std::size_t size) { return static_cast<std::uint32_t>(number(size)); }
    std::string_view name() {
        const auto from = m_at;
        (void)number(4);
        return m_whole ? m_bytes.substr(from, 4) : std::string_view();
    }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::size_t left() const { return m_end - m_at; }
    [[nodiscard]] bool whole() const { return m_whole; }

  private:
    std::string_view m_bytes;
    std::size_t m_at;
    std::size_t m_end;
    bool m_whole{true};
};

struct Box {
    std::string_view name;
    std::size_t at{0};   ///< where it begins …
    std::size_t body{0}; ///< … what is in it …
    std::size_t end{0};  ///< … and where it ends
};

struct Item {
    std::string_view type;
    bool locked{false}; ///< protected by a key
    bool placed{false};
    std::vector<std::string_view> extents;
    std::size_t at{0};                   ///< where its first byte stands
    std::vector<std::size_t> properties; ///< by number, from one
    std::vector<std::uint32_t> tiles;
    std::vector<std::uint32_t> auxiliary; ///< whatever is decoded with it: its transparency
    std::vector<std::uint32_t> described; ///< what its metadata is about
};

class Heif {
  public:
    explicit Heif(std::string_view bytes) : m_bytes(bytes) {}

    base::Result<PhotoHeader> header() {
        return readAll().and_then([&]() -> base::Result<PhotoHeader> {
            PhotoHeader out;
            out.kind = PhotoKind::heif;
            const auto size = take(m_primary, 0);
            if (!size)
                return tl::unexpected(size.error());
            out.width = size->width;
            out.height = size->height;
            out.exif = exif();
            return out;
        });
    }

  private:
    using Done = base::Result<void>;

    base::Result<std::vector<Box>> boxes(std::size_t from, std::size_t to) const {
        std::vector<Box> out;
        for (std::size_t at = from; at < to;) {
            Cursor cursor(m_bytes, at, to);
            std::uint64_t length = cursor.number(4);
            const auto name = cursor.name();
            if (length == 1)
                length = cursor.number(8);
            else if (length == 0 && to == m_bytes.size())
                length = to - at;
            if (!cursor.whole() || length < cursor.at() - at || length > to - at)
                return bad("a part of the HEIC image is longer than the file", at);
            if (out.size() == mostBoxes)
                return refused(Code::tooLarge, "a HEIC image of more than " + std::to_string(mostBoxes) + " parts", at);
            out.push_back({name, at, cursor.at(), at + static_cast<std::size_t>(length)});
            at += static_cast<std::size_t>(length);
        }
        return out;
    }

    /// Those of the names wanted, each of which may be there once; nothing where it is not.
    template <std::size_t N>
    base::Result<std::array<std::optional<Box>, N>> only(const std::array<std::string_view, N>& wanted, std::size_t from,
                                                         std::size_t to) const {
        const auto all = boxes(from, to);
        if (!all)
            return tl::unexpected(all.error());
        std::array<std::optional<Box>, N> out;
        for (const auto& box : *all) {
            const auto found = std::find(wanted.begin(), wanted.end(), box.name);
            if (found == wanted.end())
                continue;
            auto& slot = out[static_cast<std::size_t>(found - wanted.begin())];
            if (slot)
                return bad("the HEIC image has the part \"" + std::string(box.name) + "\" twice", box.at);
            slot = box;
        }
        return out;
    }

    Done readAll() {
        const auto top = only<1>({"meta"}, 0, m_bytes.size());
        if (!top)
            return tl::unexpected(top.error());
        const auto& [meta] = *top;
        if (!meta || meta->end - meta->body < 4)
            return bad("the HEIC image has no picture in it", m_bytes.size());
        const auto parts = only<6>({"pitm", "iinf", "iloc", "iprp", "iref", "idat"}, meta->body + 4, meta->end);
        if (!parts)
            return tl::unexpected(parts.error());
        const auto& [pitm, iinf, iloc, iprp, iref, idat] = *parts;
        if (!pitm || !iinf || !iloc || !iprp)
            return bad("the HEIC image has no picture in it", meta->at);
        m_idat = idat;
        Cursor primary(m_bytes, pitm->body, pitm->end);
        const auto version = primary.number(4) >> 24U;
        m_primary = primary.number32(version == 0 ? 2 : 4);
        if (!primary.whole())
            return cut(*pitm);
        auto done = readItems(*iinf);
        if (done)
            done = readPlaces(*iloc);
        if (done)
            done = readProperties(*iprp);
        if (done && iref)
            done = readReferences(*iref);
        return done;
    }

    static Done cut(const Box& box) {
        return bad("the HEIC image's part \"" + std::string(box.name) + "\" is cut off", box.at);
    }

    Done readItems(const Box& box) {
        Cursor head(m_bytes, box.body, box.end);
        const auto version = head.number(4) >> 24U;
        (void)head.number(version == 0 ? 2 : 4);
        if (!head.whole())
            return cut(box);
        const auto entries = boxes(head.at(), box.end);
        if (!entries)
            return tl::unexpected(entries.error());
        for (const auto& entry : *entries) {
            if (entry.name != "infe")
                continue;
            Cursor cursor(m_bytes, entry.body, entry.end);
            const auto kind = cursor.number(4) >> 24U;
            if (kind != 2 && kind != 3)
                return bad("the HEIC image's items are of an unknown kind", entry.at);
            const auto id = cursor.number32(kind == 2 ? 2 : 4);
            Item item;
            item.locked = cursor.number(2) != 0;
            item.type = cursor.name();
            item.at = entry.at;
            if (!cursor.whole())
                return cut(entry);
            if (m_items.size() == mostItems)
                return refused(Code::tooLarge, "a HEIC image of more than " + std::to_string(mostItems) + " items", entry.at);
            if (!m_items.emplace(id, std::move(item)).second)
                return bad("the HEIC image has an item twice", entry.at);
        }
        return {};
    }

    Done readPlaces(const Box& box) {
        Cursor cursor(m_bytes, box.body, box.end);
        const auto version = cursor.number(4) >> 24U;
        const auto sizes = cursor.number32(2);
        const std::size_t offsetSize = sizes >> 12U;
        const std::size_t lengthSize = sizes >> 8U & 15U;
        const std::size_t baseSize = sizes >> 4U & 15U;
        const std::size_t indexSize = version == 0 ? 0 : sizes & 15U;
        for (const auto size : {offsetSize, lengthSize, baseSize, indexSize})
            if (size != 0 && size != 4 && size != 8)
                return bad("the HEIC image's places are written in an unknown way", box.at);
        if (version > 2)
            return bad("the HEIC image's places are written in an unknown way", box.at);
        const auto count = cursor.number(version < 2 ? 2 : 4);
        for (std::uint64_t i = 0; i < count && cursor.whole(); ++i) {
            const auto at = cursor.at();
            const auto id = cursor.number32(version < 2 ? 2 : 4);
            const auto method = version == 0 ? 0 : cursor.number(2) & 15U;
            const auto elsewhere = cursor.number(2);
            const auto base = cursor.number(baseSize);
            const auto extents = cursor.number(2);
            if (!cursor.whole())
                break;
            if (extents > mostExtents)
                return refused(Code::tooLarge, "a HEIC image with an item in " + std::to_string(extents) + " pieces", at);
            const auto item = m_items.find(id);
            if (item != m_items.end() && std::exchange(item->second.placed, true))
                return bad("the HEIC image has an item in two places", at);
            const bool here = method == 0 || (method == 1 && m_idat);
            const std::size_t from = method == 0 ? 0 : m_idat ? m_idat->body : 0;
            const std::uint64_t room = (method == 0 || !m_idat ? m_bytes.size() : m_idat->end) - from;
            for (std::uint64_t k = 0; k < extents; ++k) {
                (void)cursor.number(indexSize);
                const auto offset = cursor.number(offsetSize);
                const auto length = cursor.number(lengthSize);
                if (!cursor.whole())
                    return cut(box);
                if (item == m_items.end() || length == 0)
                    continue; // a place for what is not there
                if (!here || elsewhere != 0 || base > room || offset > room - base ||
                    length > room - base - offset)
                    return bad("the HEIC image ends before its time, or a part of it is elsewhere", at);
                const auto start = from + static_cast<std::size_t>(base + offset);
                if (item->second.extents.empty())
                    item->second.at = start;
                item->second.extents.push_back(m_bytes.substr(start, static_cast<std::size_t>(length)));
            }
        }
        return cursor.whole() ? Done{} : cut(box);
    }

    Done readProperties(const Box& box) {
        const auto parts = only<2>({"ipco", "ipma"}, box.body, box.end);
        if (!parts)
            return tl::unexpected(parts.error());
        const auto& [ipco, ipma] = *parts;
        if (!ipco || !ipma)
            return bad("the HEIC image says no size", box.at);
        auto properties = boxes(ipco->body, ipco->end);
        if (!properties)
            return tl::unexpected(properties.error());
        m_properties = std::move(*properties);
        Cursor cursor(m_bytes, ipma->body, ipma->end);
        const auto head = cursor.number(4);
        const std::size_t idSize = (head >> 24U) == 0 ? 2 : 4;
        const bool wide = (head & 1U) != 0;
        const auto count = cursor.number(4);
        std::map<std::uint32_t, bool> seen;
        for (std::uint64_t i = 0; i < count && cursor.whole(); ++i) {
            const auto at = cursor.at();
            const auto id = cursor.number32(idSize);
            const auto many = cursor.number(1);
            if (many > mostProperties)
                return refused(Code::tooLarge, "a HEIC image with an item of " + std::to_string(many) + " properties", at);
            if (!seen.emplace(id, true).second)
                return bad("the HEIC image has an item's properties twice", at);
            const auto item = m_items.find(id);
            for (std::uint64_t k = 0; k < many; ++k) {
                const auto number = cursor.number(wide ? 2 : 1) & (wide ? 0x7FFFU : 0x7FU);
                if (item != m_items.end() && number != 0 && number <= m_properties.size())
                    item->second.properties.push_back(static_cast<std::size_t>(number));
            }
        }
        return cursor.whole() ? Done{} : cut(*ipma);
    }

    Done readReferences(const Box& box) {
        Cursor head(m_bytes, box.body, box.end);
        const std::size_t idSize = (head.number(4) >> 24U) == 0 ? 2 : 4;
        if (!head.whole())
            return cut(box);
        const auto all = boxes(head.at(), box.end);
        if (!all)
            return tl::unexpected(all.error());
        for (const auto& one : *all) {
            Cursor cursor(m_bytes, one.body, one.end);
            const auto from = m_items.find(cursor.number32(idSize));
            const auto count = cursor.number(2);
            std::vector<std::uint32_t> to;
            for (std::uint64_t i = 0; i < count && cursor.whole(); ++i)
                to.push_back(cursor.number32(idSize));
            if (!cursor.whole())
                return cut(one);
            if (from == m_items.end())
                continue;
            if (one.name == "dimg") {
                if (!from->second.tiles.empty())
                    return bad("the HEIC image is a grid twice", one.at);
                if (to.size() > mostTiles)
                    return refused(Code::tooLarge, "a HEIC image of " + std::to_string(to.size()) + " tiles", one.at);
                from->second.tiles = std::move(to);
            } else if (one.name == "cdsc") {
                from->second.described = std::move(to);
            } else if (one.name == "auxl") {
                for (const auto master : to)
                    if (const auto item = m_items.find(master); item != m_items.end() && isTransparency(from->second))
                        item->second.auxiliary.push_back(from->first);
            }
        }
        return {};
    }

    [[nodiscard]] bool isTransparency(const Item& item) const {
        return std::any_of(item.properties.begin(), item.properties.end(), [&](std::size_t number) {
            const auto& box = m_properties[number - 1];
            const auto words = m_bytes.substr(box.body, box.end - box.body);
            return box.name == "auxC" && (words.find(":auxid:1") != std::string_view::npos ||
                                          words.find(":alpha") != std::string_view::npos);
        });
    }

    /// The size of an item as it would be decoded, and all that is decoded for it is counted.
    base::Result<HevcSize> take(std::uint32_t id, int depth) {
        const auto found = m_items.find(id);
        if (found == m_items.end())
            return bad("the HEIC image has no picture in it", m_bytes.size());
        const auto& item = found->second;
        if (depth > deepest)
            return bad("the HEIC image nests", item.at);
        if (item.locked)
            return bad("the HEIC image is locked by a key", item.at);
        if (item.extents.empty())
            return bad("the HEIC image has a picture without bytes", item.at);
        const auto size = item.type == "hvc1"                ? picture(item)
                          : item.type == "grid" && depth != 1 ? grid(item, depth) // not a grid of grids
                                                              : unknown(item);
        if (!size)
            return size;
        if (const auto ok = turns(item); !ok)
            return tl::unexpected(ok.error());
        for (const auto& auxiliary : item.auxiliary)
            if (const auto ok = take(auxiliary, depth + 2); !ok)
                return ok;
        return size;
    }

    static base::Result<HevcSize> unknown(const Item& item) {
        if (item.type == "av01")
            return bad("an image in AVIF, which is not taken", item.at);
        return bad("the HEIC image's picture is " + std::string(item.type == "grid" || item.type == "iovl" || item.type == "iden"
                                                                   ? "put together of others in a way that is not taken"
                                                                   : "of a kind that is not taken"),
                   item.at);
    }

    /// Turning, mirroring and cropping copy the picture: each at most once.
    Done turns(const Item& item) const {
        for (const std::string_view name : {"irot", "imir", "clap"}) {
            const auto count = std::count_if(item.properties.begin(), item.properties.end(), [&](std::size_t number) {
                return m_properties[number - 1].name == name;
            });
            if (count > 1)
                return bad("the HEIC image is turned or cropped again and again", item.at);
        }
        return {};
    }

    base::Result<HevcSize> picture(const Item& item) {
        HevcSize size;
        bool coded = false;
        for (const auto number : item.properties) {
            const auto& box = m_properties[number - 1];
            if (box.name == "hvcC") {
                const auto read = readHevcSize(m_bytes.substr(box.body, box.end - box.body), box.at);
                if (!read)
                    return read;
                coded = true;
                size = {std::max(size.width, read->width), std::max(size.height, read->height)};
            } else if (box.name == "ispe") {
                Cursor cursor(m_bytes, box.body, box.end);
                (void)cursor.number(4);
                size.width = std::max(size.width, cursor.number32(4));
                size.height = std::max(size.height, cursor.number32(4));
            }
        }
        if (!coded)
            return bad("the HEIC image says no size", item.at);
        std::string together;
        std::uint64_t bytes = 0;
        for (const auto& extent : item.extents)
            bytes += extent.size();
        m_decodedBytes += bytes;
        const std::uint64_t pixels = std::uint64_t{size.width} * size.height;
        if (pixels > maxPhotoPixels)
            return refused(Code::tooLarge,
                           "a photo of " + std::to_string(size.width) + " × " + std::to_string(size.height) +
                               " pixels: over 50 megapixels",
                           item.at);
        m_decodedPixels += pixels;
        if (m_decodedPixels > mostDecodedPixels || m_decodedBytes > mostDecodedBytes)
            return refused(Code::tooLarge, "a HEIC image whose parts add up to more than it may be", item.at);
        if (item.extents.size() > 1)
            for (const auto& extent : item.extents)
                together += extent;
        const auto slices = countHevcSlices(together.empty() ? item.extents.front() : std::string_view(together), item.at);
        if (!slices)
            return tl::unexpected(slices.error());
        m_slicePixels += *slices * pixels;
        if (m_slicePixels > mostSlicePixels)
            return refused(Code::tooLarge, "a HEIC image in " + std::to_string(*slices) + " slices or more", item.at);
        return size;
    }

    base::Result<HevcSize> grid(const Item& item, int depth) {
        const auto bytes = item.extents.front();
        Cursor cursor(bytes, 0, bytes.size());
        (void)cursor.number(1);
        const std::size_t side = (cursor.number(1) & 1U) != 0 ? 4 : 2;
        const auto rows = cursor.number(1) + 1;
        const auto columns = cursor.number(1) + 1;
        HevcSize size;
        size.width = cursor.number32(side);
        size.height = cursor.number32(side);
        if (!cursor.whole() || item.extents.size() > 1 || size.width == 0 || size.height == 0)
            return bad("the HEIC image's grid is broken", item.at);
        if (rows * columns != item.tiles.size())
            return bad("the HEIC image's grid has other tiles than it says", item.at);
        for (const auto number : item.properties) { // what a decoder goes by is the larger
            const auto& box = m_properties[number - 1];
            if (box.name != "ispe")
                continue;
            Cursor said(m_bytes, box.body, box.end);
            (void)said.number(4);
            size.width = std::max(size.width, said.number32(4));
            size.height = std::max(size.height, said.number32(4));
        }
        for (const auto& tile : item.tiles)
            if (const auto ok = take(tile, depth + 1); !ok)
                return ok;
        return size;
    }

    /// The first metadata about the picture, after the offset of its TIFF block (ISO/IEC 23008-12, A.2.1).
    [[nodiscard]] std::string_view exif() const {
        for (const auto& [id, item] : m_items) {
            if (item.type != "Exif" || item.extents.size() != 1 || item.extents.front().size() > mostExif ||
                std::find(item.described.begin(), item.described.end(), m_primary) == item.described.end())
                continue;
            const auto bytes = item.extents.front();
            Cursor cursor(bytes, 0, bytes.size());
            const auto offset = cursor.number(4);
            if (!cursor.whole() || offset > cursor.left())
                continue;
            const auto block = bytes.substr(4 + static_cast<std::size_t>(offset));
            return block.starts_with(exifMark) ? block.substr(exifMark.size()) : block;
        }
        return {};
    }

    std::string_view m_bytes;
    std::uint32_t m_primary{0};
    std::optional<Box> m_idat;
    std::map<std::uint32_t, Item> m_items;
    std::vector<Box> m_properties;
    std::uint64_t m_decodedBytes{0};
    std::uint64_t m_decodedPixels{0};
    std::uint64_t m_slicePixels{0};
};

} // namespace

bool isHeif(std::string_view bytes) {
    constexpr std::array<std::string_view, 6> brands{"heic", "heix", "heim", "heis", "mif1", "avif"};
    if (bytes.size() < 16 || bytes.substr(4, 4) != "ftyp")
        return false;
    const auto length = Cursor(bytes, 0, 4).number(4);
    for (std::size_t at = 8; at + 4 <= std::min<std::uint64_t>(length, std::min<std::size_t>(bytes.size(), 256)); at += 4) {
        if (at != 12 && std::find(brands.begin(), brands.end(), bytes.substr(at, 4)) != brands.end()) // 12: a version
            return true;
    }
    return false;
}

base::Result<PhotoHeader> readHeifHeader(std::string_view bytes) {
    return Heif(bytes).header();
}

} // namespace tocsin::ingest
