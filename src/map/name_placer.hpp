#pragma once

#include "map/letters.hpp"
#include "map/name_room.hpp"
#include "map/name_style.hpp"
#include "map/shapes.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tocsin::map {

struct PlacedLetter {
    Letter letter;
    double x{0}; ///< of its origin on the picture
    double y{0};
    double cos{1}; ///< of the way it runs
    double sin{0};
    double size{10}; ///< pixels an em
};

/// A name that has found its room.
struct PlacedName {
    std::vector<PlacedLetter> letters;
    Box bounds; ///< of the letters, without the halo
};

/// Finds room for names on a picture, first come, first served. One thread.
class NamePlacer {
  public:
    /// The block whose edges some names avoid, and how far beyond it others may stand.
    NamePlacer(Letters& letters, const Box& block, double beyond);

    /// A text at a place, one string for each part of the style.
    void atPoint(const NameStyle& style, const std::vector<std::string>& texts, const Point& at,
                 std::vector<PlacedName>& into);
    /// A text along a line, as often as the style wants and there is room.
    void along(const NameStyle& style, const std::vector<std::string>& texts, const Line& line,
               std::vector<PlacedName>& into);

  private:
    struct Segment {
        std::string text;
        double size;
    };
    using TextLine = std::vector<Segment>;
    struct Way; ///< a line and the lengths along it

    [[nodiscard]] std::vector<TextLine> linesOf(const NameStyle& style, const std::vector<std::string>& texts);
    [[nodiscard]] double widthOf(const NameStyle& style, const TextLine& line);
    [[nodiscard]] bool fits(const NameStyle& style, const Box& box) const;
    bool tryAlong(const NameStyle& style, const std::string& text, const Way& way, double middle, double width,
                  std::vector<PlacedName>& into);
    void setLetters(const NameStyle& style, const std::string& text, double size);

    Letters& m_letters;
    const Box m_block;
    NameRoom m_room;
    std::vector<PlacedLetter> m_line; ///< letters of a text, x from its start; kept for its memory
    std::vector<Box> m_boxes;
    std::vector<PlacedLetter> m_tried;
};

/// A point well within the part of an area that is in the box: in the middle of the widest stretch that a level line
/// has there.
[[nodiscard]] Point pointWithin(const Shapes& shapes, const Shapes::Shape& area, const Box& box);

} // namespace tocsin::map
