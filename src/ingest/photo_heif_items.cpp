#include "photo_heif_items.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t mostBoxes = 4'096;
constexpr std::size_t mostItems = 2'048;   ///< a telephone's 48 megapixels are some 300
constexpr std::size_t mostExtents = 32;    ///< of one item
constexpr std::size_t mostProperties = 32; ///< of one item
constexpr std::size_t mostTiles = 1'024;

tl::unexpected<base::Error> refused(Code code, std::string what, std::size_t at) {
    return base::fail(code, std::move(what), {.line = {}, .column = {}, .byte = at});
}
tl::unexpected<base::Error> bad(std::string what, std::size_t at) {
    return refused(Code::malformed, std::move(what), at);
}

class Reader {
  public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    base::Result<HeifItems> all() && {
        return readAll().map([this] { return std::move(m_out); });
    }

  private:
    using Done = base::Result<void>;

    base::Result<std::vector<HeifBox>> boxes(std::size_t from, std::size_t to) const {
        std::vector<HeifBox> out;
        for (std::size_t at = from; at < to;) {
            HeifCursor cursor(m_bytes, at, to);
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
    base::Result<std::array<std::optional<HeifBox>, N>> only(const std::array<std::string_view, N>& wanted, std::size_t from,
                                                         std::size_t to) const {
        const auto all = boxes(from, to);
        if (!all)
            return tl::unexpected(all.error());
        std::array<std::optional<HeifBox>, N> out;
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
        HeifCursor primary(m_bytes, pitm->body, pitm->end);
        const auto version = primary.number(4) >> 24U;
        m_out.primary = primary.number32(version == 0 ? 2 : 4);
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

    static Done cut(const HeifBox& box) {
        return bad("the HEIC image's part \"" + std::string(box.name) + "\" is cut off", box.at);
    }

    Done readItems(const HeifBox& box) {
        HeifCursor head(m_bytes, box.body, box.end);
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
            HeifCursor cursor(m_bytes, entry.body, entry.end);
            const auto kind = cursor.number(4) >> 24U;
            if (kind != 2 && kind != 3)
                return bad("the HEIC image's items are of an unknown kind", entry.at);
            const auto id = cursor.number32(kind == 2 ? 2 : 4);
            HeifItem item;
            item.locked = cursor.number(2) != 0;
            item.type = cursor.name();
            item.at = entry.at;
            if (!cursor.whole())
                return cut(entry);
            if (m_out.items.size() == mostItems)
                return refused(Code::tooLarge, "a HEIC image of more than " + std::to_string(mostItems) + " items", entry.at);
            if (!m_out.items.emplace(id, std::move(item)).second)
                return bad("the HEIC image has an item twice", entry.at);
        }
        return {};
    }

    Done readPlaces(const HeifBox& box) {
        HeifCursor cursor(m_bytes, box.body, box.end);
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
            const auto item = m_out.items.find(id);
            if (item != m_out.items.end() && std::exchange(item->second.placed, true))
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
                if (item == m_out.items.end() || length == 0)
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

    Done readProperties(const HeifBox& box) {
        const auto parts = only<2>({"ipco", "ipma"}, box.body, box.end);
        if (!parts)
            return tl::unexpected(parts.error());
        const auto& [ipco, ipma] = *parts;
        if (!ipco || !ipma)
            return bad("the HEIC image says no size", box.at);
        auto properties = boxes(ipco->body, ipco->end);
        if (!properties)
            return tl::unexpected(properties.error());
        m_out.properties = std::move(*properties);
        HeifCursor cursor(m_bytes, ipma->body, ipma->end);
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
            const auto item = m_out.items.find(id);
            for (std::uint64_t k = 0; k < many; ++k) {
                const auto number = cursor.number(wide ? 2 : 1) & (wide ? 0x7FFFU : 0x7FU);
                if (item != m_out.items.end() && number != 0 && number <= m_out.properties.size())
                    item->second.properties.push_back(static_cast<std::size_t>(number));
            }
        }
        return cursor.whole() ? Done{} : cut(*ipma);
    }

    Done readReferences(const HeifBox& box) {
        HeifCursor head(m_bytes, box.body, box.end);
        const std::size_t idSize = (head.number(4) >> 24U) == 0 ? 2 : 4;
        if (!head.whole())
            return cut(box);
        const auto all = boxes(head.at(), box.end);
        if (!all)
            return tl::unexpected(all.error());
        for (const auto& one : *all) {
            HeifCursor cursor(m_bytes, one.body, one.end);
            const auto from = m_out.items.find(cursor.number32(idSize));
            const auto count = cursor.number(2);
            std::vector<std::uint32_t> to;
            for (std::uint64_t i = 0; i < count && cursor.whole(); ++i)
                to.push_back(cursor.number32(idSize));
            if (!cursor.whole())
                return cut(one);
            if (from == m_out.items.end())
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
                    if (const auto item = m_out.items.find(master); item != m_out.items.end() && isTransparency(from->second))
                        item->second.auxiliary.push_back(from->first);
            }
        }
        return {};
    }

    [[nodiscard]] bool isTransparency(const HeifItem& item) const {
        return std::any_of(item.properties.begin(), item.properties.end(), [&](std::size_t number) {
            const auto& box = m_out.properties[number - 1];
            const auto words = m_bytes.substr(box.body, box.end - box.body);
            return box.name == "auxC" && (words.find(":auxid:1") != std::string_view::npos ||
                                          words.find(":alpha") != std::string_view::npos);
        });
    }

    std::string_view m_bytes;
    std::optional<HeifBox> m_idat;
    HeifItems m_out;
};

} // namespace

base::Result<HeifItems> readHeifItems(std::string_view bytes) {
    return Reader(bytes).all();
}

} // namespace tocsin::ingest
