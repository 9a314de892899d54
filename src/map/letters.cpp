#include "map/letters.hpp"

#include <algorithm>
#include <cmath>
#include <hb-ot.h>
#include <hb.h>
#include <mapnik/font_engine_freetype.hpp>
#include <optional>
#include <unicode/brkiter.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace tocsin::map {
namespace {

constexpr std::size_t mostTexts = 20'000;
constexpr std::size_t mostShapes = 20'000;

template <auto destroy>
struct Destroyed {
    template <typename T>
    void operator()(T* thing) const {
        destroy(thing);
    }
};
using FontPtr = std::unique_ptr<hb_font_t, Destroyed<hb_font_destroy>>;
using BufferPtr = std::unique_ptr<hb_buffer_t, Destroyed<hb_buffer_destroy>>;
using DrawPtr = std::unique_ptr<hb_draw_funcs_t, Destroyed<hb_draw_funcs_destroy>>;
using BidiPtr = std::unique_ptr<UBiDi, Destroyed<ubidi_close>>;

struct Font {
    FontPtr font;
    float em{1000}; ///< in the font's units
};

FontPtr openFont(const std::string& file, int index, float& em) {
    hb_blob_t* blob = hb_blob_create_from_file_or_fail(file.c_str()); // mapped: fonts of Chinese take 20 MB
    if (blob == nullptr)
        return nullptr;
    hb_face_t* face = hb_face_create(blob, static_cast<unsigned>(index));
    hb_blob_destroy(blob);
    FontPtr font(hb_face_get_glyph_count(face) > 0 ? hb_font_create(face) : nullptr);
    em = static_cast<float>(std::max(1U, hb_face_get_upem(face)));
    hb_face_destroy(face);
    return font;
}

/// Cuts a letter's curves into straight pieces.
struct Outline {
    LetterShape& shape;
    float em;

    void add(float x, float y) { shape.points.emplace_back(x / em, y / em); }
    void close() {
        if (!shape.points.empty() && (shape.ends.empty() || shape.ends.back() < shape.points.size()))
            shape.ends.push_back(shape.points.size());
    }
    /// So many pieces that none is further from the curve than a 500th of an em.
    static int piecesFor(float bend, float em) {
        return std::clamp(static_cast<int>(std::ceil(std::sqrt(bend / em * 64))), 1, 12);
    }
};

void moveTo(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
    static_cast<Outline*>(data)->close();
    static_cast<Outline*>(data)->add(x, y);
}
void lineTo(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
    static_cast<Outline*>(data)->add(x, y);
}
void curveTo(hb_draw_funcs_t*, void* data, hb_draw_state_t* from, float x1, float y1, float x2, float y2, float x,
             float y, void*) {
    auto& outline = *static_cast<Outline*>(data);
    const float x0 = from->current_x;
    const float y0 = from->current_y;
    const float bend =
        std::max(std::hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), std::hypot(x1 - 2 * x2 + x, y1 - 2 * y2 + y));
    const int pieces = Outline::piecesFor(bend, outline.em);
    for (int i = 1; i <= pieces; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(pieces);
        const float u = 1 - t;
        outline.add(u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x,
                    u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y);
    }
}
void close(hb_draw_funcs_t*, void* data, hb_draw_state_t*, void*) {
    static_cast<Outline*>(data)->close();
}

} // namespace

struct Letters::Impl {
    std::vector<Font> fonts;
    std::map<std::string, std::size_t> setNumbers;
    std::vector<std::vector<std::uint16_t>> sets; ///< fonts, the one to be tried first in front
    BufferPtr buffer{hb_buffer_create()};
    DrawPtr draw{hb_draw_funcs_create()};
    BidiPtr bidi{ubidi_open()};
    std::unique_ptr<icu::BreakIterator> breaks;
    std::unordered_map<std::string, LineOfLetters> lines;
    std::unordered_map<std::uint64_t, LetterShape> shapes;
    std::string key;

    /// The first font that has the letter, else the first.
    std::uint16_t fontFor(std::size_t set, UChar32 letter) const {
        for (const std::uint16_t font : sets[set]) {
            hb_codepoint_t glyph = 0;
            if (hb_font_get_nominal_glyph(fonts[font].font.get(), static_cast<hb_codepoint_t>(letter), &glyph))
                return font;
        }
        return sets[set].front();
    }

    /// A run in one direction.
    void shapeRun(std::size_t set, const icu::UnicodeString& text, int from, int to, bool rightToLeft,
                  LineOfLetters& into) {
        struct Piece {
            int from;
            int to;
            std::uint16_t font;
        };
        std::vector<Piece> pieces;
        for (int at = from; at < to;) {
            const UChar32 letter = text.char32At(at);
            const int next = text.moveIndex32(at, 1);
            const bool belongs =
                !pieces.empty() && (u_hasBinaryProperty(letter, UCHAR_GRAPHEME_EXTEND) || u_isUWhiteSpace(letter) ||
                                    u_hasBinaryProperty(letter, UCHAR_JOIN_CONTROL));
            const std::uint16_t font = belongs ? pieces.back().font : fontFor(set, letter);
            if (!pieces.empty() && pieces.back().font == font)
                pieces.back().to = next;
            else
                pieces.push_back({at, next, font});
            at = next;
        }
        if (rightToLeft)
            std::reverse(pieces.begin(), pieces.end());
        for (const Piece& piece : pieces) {
            hb_buffer_reset(buffer.get());
            hb_buffer_add_utf16(buffer.get(), reinterpret_cast<const std::uint16_t*>(text.getBuffer()), text.length(),
                                static_cast<unsigned>(piece.from), piece.to - piece.from);
            hb_buffer_set_direction(buffer.get(), rightToLeft ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
            hb_buffer_guess_segment_properties(buffer.get());
            hb_shape(fonts[piece.font].font.get(), buffer.get(), nullptr, 0);
            unsigned count = 0;
            const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
            const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
            const float em = fonts[piece.font].em;
            for (unsigned i = 0; i < count; ++i) {
                const float advance = static_cast<float>(places[i].x_advance) / em;
                into.letters.push_back({piece.font, infos[i].codepoint,
                                        into.width + static_cast<float>(places[i].x_offset) / em,
                                        static_cast<float>(places[i].y_offset) / em, advance});
                into.width += advance;
            }
        }
    }
};

Letters::Letters(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Letters::~Letters() = default;

base::Result<std::unique_ptr<Letters>> Letters::open(const std::map<std::string, mapnik::font_set>& sets) {
    auto impl = std::make_unique<Impl>();
    std::map<std::string, std::uint16_t> known;
    for (const auto& [name, set] : sets) {
        std::vector<std::uint16_t> fonts;
        for (const std::string& face : set.get_face_names()) {
            auto found = known.find(face);
            if (found == known.end()) {
                const auto& files = mapnik::freetype_engine::get_mapping();
                const auto file = files.find(face);
                if (file == files.end())
                    continue;
                Font font;
                font.font = openFont(file->second.second, file->second.first, font.em);
                if (!font.font)
                    continue;
                found = known.emplace(face, static_cast<std::uint16_t>(impl->fonts.size())).first;
                impl->fonts.push_back(std::move(font));
            }
            fonts.push_back(found->second);
        }
        if (fonts.empty())
            return base::fail(base::Code::notFound, "none of the fonts of \"" + name + "\" is installed");
        impl->setNumbers.emplace(name, impl->sets.size());
        impl->sets.push_back(std::move(fonts));
    }
    hb_draw_funcs_set_move_to_func(impl->draw.get(), moveTo, nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(impl->draw.get(), lineTo, nullptr, nullptr);
    hb_draw_funcs_set_cubic_to_func(impl->draw.get(), curveTo, nullptr, nullptr);
    hb_draw_funcs_set_close_path_func(impl->draw.get(), close, nullptr, nullptr);
    UErrorCode error = U_ZERO_ERROR;
    impl->breaks.reset(icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), error));
    if (U_FAILURE(error) != 0)
        return base::fail(base::Code::notFound, "ICU knows no line breaks: " + std::string(u_errorName(error)));
    return std::unique_ptr<Letters>(new Letters(std::move(impl)));
}

std::optional<std::size_t> Letters::setOf(const std::string& name) const {
    const auto found = m_impl->setNumbers.find(name);
    return found == m_impl->setNumbers.end() ? std::nullopt : std::optional(found->second);
}

const LineOfLetters& Letters::line(std::size_t set, std::string_view text) {
    std::string& key = m_impl->key;
    key.assign(1, static_cast<char>(set));
    key.append(text);
    const auto found = m_impl->lines.find(key);
    if (found != m_impl->lines.end())
        return found->second;
    if (m_impl->lines.size() >= mostTexts)
        m_impl->lines.clear();
    LineOfLetters made;
    const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    UErrorCode error = U_ZERO_ERROR;
    if (!plain)
        ubidi_setPara(m_impl->bidi.get(), unicode.getBuffer(), unicode.length(), UBIDI_DEFAULT_LTR, nullptr, &error);
    if (plain || U_FAILURE(error) != 0) {
        m_impl->shapeRun(set, unicode, 0, unicode.length(), false, made);
    } else {
        const int runs = ubidi_countRuns(m_impl->bidi.get(), &error);
        for (int i = 0; i < runs; ++i) {
            std::int32_t from = 0;
            std::int32_t length = 0;
            const bool back = ubidi_getVisualRun(m_impl->bidi.get(), i, &from, &length) == UBIDI_RTL;
            m_impl->shapeRun(set, unicode, from, from + length, back, made);
        }
    }
    return m_impl->lines.emplace(key, std::move(made)).first->second;
}

std::vector<std::string> Letters::wrap(std::size_t set, std::string_view text, float ems) {
    const float whole = line(set, text).width;
    if (ems <= 0 || whole <= ems)
        return {std::string(text)};
    const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    struct Word {
        std::string text; ///< with the blanks behind it
        float width;
    };
    std::vector<Word> words;
    float longest = 0;
    m_impl->breaks->setText(unicode);
    std::int32_t from = m_impl->breaks->first();
    for (std::int32_t to = m_impl->breaks->next(); to != icu::BreakIterator::DONE; to = m_impl->breaks->next()) {
        std::string word;
        unicode.tempSubStringBetween(from, to).toUTF8String(word);
        const float width = line(set, word).width;
        longest = std::max(longest, width);
        words.push_back({std::move(word), width});
        from = to;
    }
    // As few lines as there must be, about equally long, as a hand would set them.
    std::vector<std::string> lines;
    const float fewest = std::ceil(whole / ems);
    constexpr float step = 0.25F;
    for (float room = std::max(longest, whole / fewest);; room += step) {
        lines.clear();
        float width = 0;
        for (const Word& word : words) {
            if (lines.empty() || width + word.width > room) {
                lines.emplace_back();
                width = 0;
            }
            lines.back() += word.text;
            width += word.width;
        }
        if (static_cast<float>(lines.size()) <= fewest || room >= std::max(longest, ems))
            break;
    }
    for (std::string& one : lines)
        while (!one.empty() && one.back() == ' ')
            one.pop_back();
    return lines;
}

const LetterShape& Letters::shape(const Letter& letter) {
    const std::uint64_t key = std::uint64_t{letter.font} << 32U | letter.glyph;
    const auto found = m_impl->shapes.find(key);
    if (found != m_impl->shapes.end())
        return found->second;
    if (m_impl->shapes.size() >= mostShapes)
        m_impl->shapes.clear();
    LetterShape& made = m_impl->shapes[key];
    const Font& font = m_impl->fonts[letter.font];
    Outline outline{made, font.em};
    hb_font_get_glyph_shape(font.font.get(), letter.glyph, m_impl->draw.get(), &outline);
    outline.close();
    return made;
}

} // namespace tocsin::map
