#pragma once

#include "tocsin/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <mapnik/font_set.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::map {

/// A letter of a font, and where it stands in its line. Lengths are in ems, so that they serve every size.
struct Letter {
    std::uint16_t font{0};
    std::uint32_t glyph{0};
    float x{0}; ///< of its origin, from the line's start
    float y{0}; ///< upwards from the line's base
    float advance{0};
};

struct LineOfLetters {
    std::vector<Letter> letters; ///< as they stand from left to right
    float width{0};
};

/// A letter's edge: closed polygons in ems, y upwards; curves are cut into straight pieces.
struct LetterShape {
    std::vector<std::pair<float, float>> points;
    std::vector<std::size_t> ends; ///< of the polygons, in points
};

/// Letters of texts by HarfBuzz, in the order of reading that Unicode asks for (UAX 9), from the first font of a set
/// that has them. Texts and letters met before are kept. One thread.
class Letters {
  public:
    /// Of the fonts that Mapnik has registered; fonts that are not there are left out. Fails when none of them is.
    [[nodiscard]] static base::Result<std::unique_ptr<Letters>>
    open(const std::map<std::string, mapnik::font_set>& sets);
    ~Letters();
    Letters(const Letters&) = delete;
    Letters& operator=(const Letters&) = delete;

    /// A text of UTF-8 in one line, in the set of this number, as open() was given them by name. Valid until the next
    /// call.
    [[nodiscard]] const LineOfLetters& line(std::size_t set, std::string_view text);
    /// The text broken where Unicode allows (UAX 14) into lines of at most so many ems, about equally long; a word
    /// that is longer stays whole.
    [[nodiscard]] std::vector<std::string> wrap(std::size_t set, std::string_view text, float ems);
    [[nodiscard]] const LetterShape& shape(const Letter& letter);
    /// The set's number; none when there is no such set.
    [[nodiscard]] std::optional<std::size_t> setOf(const std::string& name) const;

  private:
    struct Impl;
    explicit Letters(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::map
