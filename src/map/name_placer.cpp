#include "map/name_placer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tocsin::map {
namespace {

// Of an em, as fonts for the screen have them: how far letters reach over and under their base, a line's height, and
// how far the middle of small letters and capitals lies above the base.
constexpr double over = 0.78;
constexpr double under = 0.22;
constexpr double lineHeight = 1.2;
constexpr double baseInLine = 0.95;
constexpr double middleOfLetters = 0.34;

void grow(Box& box, const Box& other) {
    box.left = std::min(box.left, other.left);
    box.top = std::min(box.top, other.top);
    box.right = std::max(box.right, other.right);
    box.bottom = std::max(box.bottom, other.bottom);
}

/// Around a letter that may be turned.
Box boxOf(const PlacedLetter& letter) {
    const double along = letter.letter.advance * letter.size;
    const double up = -over * letter.size;
    const double down = under * letter.size;
    // Corners: (0 or along, up or down), turned.
    const double x0 = std::min(0.0, letter.cos * along);
    const double x1 = std::max(0.0, letter.cos * along);
    const double y0 = std::min(0.0, letter.sin * along);
    const double y1 = std::max(0.0, letter.sin * along);
    return {letter.x + x0 + std::min(-letter.sin * up, -letter.sin * down),
            letter.y + y0 + std::min(letter.cos * up, letter.cos * down),
            letter.x + x1 + std::max(-letter.sin * up, -letter.sin * down),
            letter.y + y1 + std::max(letter.cos * up, letter.cos * down)};
}

std::string joinedText(const std::vector<std::string>& texts) {
    return std::accumulate(texts.begin(), texts.end(), std::string());
}

} // namespace

struct NamePlacer::Way {
    const Line& line;
    std::vector<double> lengths; ///< up to each point

    explicit Way(const Line& points) : line(points), lengths(points.size(), 0) {
        for (std::size_t i = 1; i < points.size(); ++i)
            lengths[i] = lengths[i - 1] + std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    }
    [[nodiscard]] double length() const { return lengths.back(); }
    /// The place so far along the way. `hint` is where the last one was found.
    [[nodiscard]] Point at(double along, std::size_t& hint) const {
        while (hint + 2 < line.size() && lengths[hint + 1] < along)
            ++hint;
        while (hint > 0 && lengths[hint] > along)
            --hint;
        const double step = lengths[hint + 1] - lengths[hint];
        const double share = step > 0 ? (along - lengths[hint]) / step : 0;
        const Point& a = line[hint];
        const Point& b = line[hint + 1];
        return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
    }
};

NamePlacer::NamePlacer(Letters& letters, const Box& block, double beyond)
    : m_letters(letters), m_block(block),
      m_room({block.left - beyond, block.top - beyond, block.right + beyond, block.bottom + beyond}) {}

bool NamePlacer::fits(const NameStyle& style, const Box& box) const {
    const double padding = style.padding;
    return !style.avoidEdges || (box.left >= m_block.left + padding && box.top >= m_block.top + padding &&
                                 box.right <= m_block.right - padding && box.bottom <= m_block.bottom - padding);
}

void NamePlacer::setLetters(const NameStyle& style, const std::string& text, double size) {
    m_line.clear();
    double gap = 0;
    for (const Letter& letter : m_letters.line(style.fonts, text).letters) {
        m_line.push_back({letter, letter.x * size + gap, -letter.y * size, 1, 0, size});
        gap += style.letterGap;
    }
}

double NamePlacer::widthOf(const NameStyle& style, const TextLine& line) {
    double width = 0;
    for (const Segment& segment : line) {
        const LineOfLetters& letters = m_letters.line(style.fonts, segment.text);
        width += letters.width * segment.size + style.letterGap * static_cast<double>(letters.letters.size());
    }
    return width;
}

std::vector<NamePlacer::TextLine> NamePlacer::linesOf(const NameStyle& style, const std::vector<std::string>& texts) {
    std::vector<TextLine> lines(1);
    for (std::size_t i = 0; i < texts.size() && i < style.parts.size(); ++i) {
        const std::string& text = texts[i];
        for (std::size_t from = 0; from <= text.size();) {
            const std::size_t to = std::min(text.find('\n', from), text.size());
            if (from > 0)
                lines.emplace_back();
            if (to > from)
                lines.back().push_back({text.substr(from, to - from), style.parts[i].size});
            from = to + 1;
        }
    }
    std::erase_if(lines, [](const TextLine& line) { return line.empty(); });
    if (style.wrapWidth <= 0)
        return lines;
    std::vector<TextLine> wrapped;
    for (TextLine& line : lines) {
        if (line.size() != 1) {
            wrapped.push_back(std::move(line));
            continue;
        }
        const double size = line.front().size;
        for (std::string& part :
             m_letters.wrap(style.fonts, line.front().text, static_cast<float>(style.wrapWidth / size)))
            wrapped.push_back({{std::move(part), size}});
    }
    return wrapped;
}

void NamePlacer::atPoint(const NameStyle& style, const std::vector<std::string>& texts, const Point& at,
                         std::vector<PlacedName>& into) {
    const std::vector<TextLine> lines = linesOf(style, texts);
    if (lines.empty())
        return;
    std::vector<double> widths;
    std::vector<double> sizes;
    for (const TextLine& line : lines) {
        widths.push_back(widthOf(style, line));
        sizes.push_back(std::max_element(line.begin(), line.end(), [](const Segment& a, const Segment& b) {
                            return a.size < b.size;
                        })->size);
    }
    const double width = *std::max_element(widths.begin(), widths.end());
    const double height = lineHeight * std::accumulate(sizes.begin(), sizes.end(), 0.0);
    const std::string text = joinedText(texts);
    for (const mapnik::directions_e direction : style.directions) {
        // Which side of the place the text stands: -1, 0, 1.
        int aside = 0;
        int below = 0;
        switch (direction) {
        case mapnik::NORTH:
            below = -1;
            break;
        case mapnik::SOUTH:
            below = 1;
            break;
        case mapnik::EAST:
            aside = 1;
            break;
        case mapnik::WEST:
            aside = -1;
            break;
        case mapnik::NORTHEAST:
            aside = 1;
            below = -1;
            break;
        case mapnik::SOUTHEAST:
            aside = 1;
            below = 1;
            break;
        case mapnik::NORTHWEST:
            aside = -1;
            below = -1;
            break;
        case mapnik::SOUTHWEST:
            aside = -1;
            below = 1;
            break;
        default:
            aside = style.dx > 0 ? 1 : style.dx < 0 ? -1 : 0;
            below = style.dy > 0 ? 1 : style.dy < 0 ? -1 : 0;
        }
        const double left = at.x + aside * std::abs(style.dx) + (aside - 1) * width / 2;
        const double top = at.y + below * std::abs(style.dy) + (below - 1) * height / 2;
        const Box box{left, top + (baseInLine - over) * sizes.front(), left + width,
                      top + height - (lineHeight - baseInLine - under) * sizes.back()};
        if (!fits(style, box) || (!style.mayOverlap && !m_room.isFree(box, style.margin)) ||
            !m_room.isFar(text, box, style.repeatDistance))
            continue;
        m_room.take(box);
        m_room.remember(text, box);
        PlacedName placed{{}, box};
        double line = top;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            double x = left + (width - widths[i]) / 2;
            const double base = line + baseInLine * sizes[i];
            for (const Segment& segment : lines[i]) {
                setLetters(style, segment.text, segment.size);
                for (PlacedLetter& letter : m_line) {
                    letter.x += x;
                    letter.y += base;
                    placed.letters.push_back(letter);
                }
                x += widthOf(style, TextLine{segment});
            }
            line += lineHeight * sizes[i];
        }
        into.push_back(std::move(placed));
        return;
    }
}

void NamePlacer::along(const NameStyle& style, const std::vector<std::string>& texts, const Line& line,
                       std::vector<PlacedName>& into) {
    if (line.size() < 2)
        return;
    const std::string text = joinedText(texts);
    const double size = style.parts.front().size;
    const double width = widthOf(style, TextLine{{text, size}});
    const Way way(line);
    if (width <= 0 || way.length() < std::max(width, style.leastPath))
        return;
    const double sections = style.spacing > 0 ? std::max(1.0, std::floor(way.length() / style.spacing)) : 1.0;
    const double section = way.length() / sections;
    setLetters(style, text, size);
    constexpr double mostTries = 10;
    for (double i = 0; i < sections; ++i) {
        const double middle = (i + 0.5) * section;
        const double reach = std::max(0.0, (section - width) / 2);
        const double step = std::max(size, reach / mostTries);
        for (double away = 0; away <= reach; away += step)
            if (tryAlong(style, text, way, middle + away, width, into) ||
                (away > 0 && tryAlong(style, text, way, middle - away, width, into)))
                break;
    }
}

bool NamePlacer::tryAlong(const NameStyle& style, const std::string& text, const Way& way, double middle, double width,
                          std::vector<PlacedName>& into) {
    const double start = std::clamp(middle - width / 2, 0.0, way.length() - width);
    std::size_t hint = static_cast<std::size_t>(std::max<std::ptrdiff_t>(
        0, std::upper_bound(way.lengths.begin(), way.lengths.end(), start) - way.lengths.begin() - 1));
    hint = std::min(hint, way.line.size() - 2);
    const Point from = way.at(start, hint);
    std::size_t endHint = hint;
    const Point to = way.at(start + width, endHint);
    const bool back = to.x < from.x; // it is read from left to right
    if (back)
        hint = endHint;
    const double leastCos = std::cos(style.mostTurn);
    m_tried.clear();
    m_boxes.clear();
    Box bounds{1e9, 1e9, -1e9, -1e9};
    for (const PlacedLetter& letter : m_line) {
        const double advance = letter.letter.advance * letter.size;
        const double at = back ? start + width - letter.x : start + letter.x;
        const Point a = way.at(at, hint);
        const Point b = way.at(back ? at - std::max(advance, 1.0) : at + std::max(advance, 1.0), hint);
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        if (length < 1e-6)
            return false;
        PlacedLetter placed = letter;
        placed.cos = (b.x - a.x) / length;
        placed.sin = (b.y - a.y) / length;
        if (!m_tried.empty() && placed.cos * m_tried.back().cos + placed.sin * m_tried.back().sin < leastCos)
            return false;
        const double down = middleOfLetters * letter.size + letter.y + style.dy;
        placed.x = a.x - placed.sin * down;
        placed.y = a.y + placed.cos * down;
        const Box box = boxOf(placed);
        if (!fits(style, box) || (!style.mayOverlap && !m_room.isFree(box, style.margin)))
            return false;
        grow(bounds, box);
        m_boxes.push_back(box);
        m_tried.push_back(placed);
    }
    if (m_tried.empty() || !m_room.isFar(text, bounds, style.repeatDistance))
        return false;
    for (const Box& box : m_boxes)
        m_room.take(box);
    m_room.remember(text, bounds);
    into.push_back({m_tried, bounds});
    return true;
}

Point pointWithin(const Shapes& shapes, const Shapes::Shape& area, const Box& box) {
    double top = 1e300;
    double bottom = -1e300;
    double left = 1e300;
    double right = -1e300;
    const auto eachEdge = [&](const auto& call) {
        for (std::size_t i = area.from; i < area.to; ++i) {
            const Shapes::Part& part = shapes.parts[i];
            for (std::size_t k = part.from; k < part.to; ++k)
                call(shapes.points[k], shapes.points[k + 1 < part.to ? k + 1 : part.from]);
        }
    };
    eachEdge([&](const Point& a, const Point&) {
        top = std::min(top, a.y);
        bottom = std::max(bottom, a.y);
        left = std::min(left, a.x);
        right = std::max(right, a.x);
    });
    Point best((left + right) / 2, (top + bottom) / 2);
    if (bottom <= box.top || top >= box.bottom)
        return best;
    top = std::max(top, box.top);
    bottom = std::min(bottom, box.bottom);
    double widest = 0;
    std::vector<double> crossings;
    // The middle first: it wins over lines that are hardly wider.
    for (const double share : {0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75}) {
        const double y = top + share * (bottom - top);
        crossings.clear();
        eachEdge([&](const Point& a, const Point& b) {
            if ((a.y <= y) != (b.y <= y))
                crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
        });
        std::sort(crossings.begin(), crossings.end());
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            const double from = std::max(crossings[i], box.left);
            const double to = std::min(crossings[i + 1], box.right);
            if (to - from > widest * 1.15) {
                widest = to - from;
                best = {(from + to) / 2, y};
            }
        }
    }
    return best;
}

} // namespace tocsin::map
