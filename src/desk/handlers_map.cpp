#include "desk/handlers.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::Drawing;
using model::DrawingKind;

namespace {

constexpr std::size_t longestName = 400; // bytes
constexpr std::size_t longestNote = 8'000;
constexpr std::size_t mostPoints = 2'000;
/// Larger than any county: what is drawn beyond is a slip of the hand or of a program.
constexpr base::SquareMetres largestArea{1e12};
constexpr base::Metres longestLine{5e6};

base::Result<void> checkWords(const Drawing& drawing) {
    if (auto ok = checkText(drawing.name.text, "the drawing's name", longestName, true); !ok)
        return ok;
    if (drawing.name.translations.size() > 50)
        return fail(Code::tooLarge, "the drawing's name has more than 50 translations");
    for (const auto& [language, text] : drawing.name.translations) {
        if (auto ok = checkText(language, "a name's language", 40); !ok)
            return ok;
        if (auto ok = checkText(text, "the drawing's name", longestName, true); !ok)
            return ok;
    }
    return checkText(drawing.note, "the drawing's note", longestNote, true);
}

/// Takes points that are drawn twice for one, as a double click does.
void dropRepeated(model::Line& line) {
    line.erase(std::unique(line.begin(), line.end()), line.end());
}

base::Result<void> checkRing(const model::Line& ring, const char* what) {
    if (!model::isRing(ring))
        return fail(Code::refused, std::string(what) + " needs three different points at least");
    const auto area = geo::area(ring);
    if (!(area > base::SquareMetres(0)))
        return fail(Code::refused, std::string(what) + " encloses nothing");
    if (area > largestArea)
        return fail(Code::outOfRange, std::string(what) + " is larger than a million square kilometres");
    return {};
}

/// Checks the points and brings them to the form in which they are kept: an area's ring is closed.
base::Result<void> shape(Drawing& drawing) {
    if (drawing.line.empty())
        return fail(Code::refused, "the drawing has no point");
    if (drawing.line.size() > mostPoints)
        return fail(Code::tooLarge, "the drawing has more than 2,000 points");
    for (const auto& point : drawing.line) {
        if (auto ok = model::Position::checked({point.latitude(), point.longitude(), model::Datum::wgs84}); !ok)
            return tl::unexpected(ok.error());
    }
    dropRepeated(drawing.line);
    switch (drawing.kind) {
    case DrawingKind::pin:
        if (drawing.line.size() != 1)
            return fail(Code::refused, "a pin is one point");
        return {};
    case DrawingKind::closure:
        if (drawing.line.size() == 3 && drawing.line.front() == drawing.line.back())
            return fail(Code::refused, "a closure's ring needs three different points at least");
        if (model::isRing(drawing.line))
            return checkRing(drawing.line, "a closure's ring");
        if (geo::length(drawing.line) > longestLine)
            return fail(Code::outOfRange, "the closure is longer than 5,000 kilometres");
        return {};
    case DrawingKind::area:
        if (drawing.line.front() != drawing.line.back())
            drawing.line.push_back(drawing.line.front());
        return checkRing(drawing.line, "an area");
    }
    return fail(Code::malformed, "there is no such kind of drawing");
}

base::Result<void> checkLimits(const Drawing& drawing) {
    if ((drawing.depthMetres || drawing.limitTonnes) && drawing.kind != DrawingKind::closure)
        return fail(Code::refused, "only a closure has a depth of water or a limit of weight");
    if (drawing.depthMetres && !(*drawing.depthMetres > 0 && *drawing.depthMetres <= 50))
        return fail(Code::outOfRange, "water over a road is more than 0 and at most 50 m deep");
    if (drawing.limitTonnes && !(*drawing.limitTonnes > 0 && *drawing.limitTonnes <= 500))
        return fail(Code::outOfRange, "a limit of weight is more than 0 and at most 500 t");
    return {};
}

std::string typeOf(const Drawing& drawing, const char* what) {
    return std::string(toString(drawing.kind)) + what;
}

} // namespace

base::Result<Effect> Handlers::operator()(const PutDrawing& c) {
    Drawing drawing = c.drawing;
    if (auto ok = checkWords(drawing); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = shape(drawing); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = checkLimits(drawing); !ok)
        return tl::unexpected(ok.error());
    drawing.removedAt.reset();
    const bool isNew = drawing.id.isNull();
    std::optional<base::Time> untilBefore;
    if (isNew) {
        drawing.id = m_ids.make<model::DrawingId>();
        drawing.by = m_actor;
        drawing.drawnAt = m_now;
    } else {
        const auto known = m_state.drawings.find(drawing.id);
        if (known == m_state.drawings.end())
            return fail(Code::notFound, "there is no such drawing");
        const Drawing& before = known->second;
        if (before.removedAt)
            return fail(Code::conflict, "the drawing was removed already");
        if (before.kind != drawing.kind)
            return fail(Code::refused, "a drawing stays of its kind: remove it and draw anew");
        drawing.by = before.by;
        drawing.drawnAt = before.drawnAt;
        if (drawing == before)
            return fail(Code::conflict, "the drawing is so already");
        untilBefore = before.until;
    }
    if (drawing.until && drawing.until != untilBefore && *drawing.until <= m_now)
        return fail(Code::outOfRange, "the drawing would end before it begins");
    const auto subject = drawing.id.toString();
    return Effect{{eventOf(typeOf(drawing, isNew ? ".placed" : ".changed"), subject, drawing)}, {subject}, false};
}

base::Result<Effect> Handlers::operator()(const RemoveDrawing& c) {
    const auto known = m_state.drawings.find(c.drawing);
    if (known == m_state.drawings.end())
        return fail(Code::notFound, "there is no such drawing");
    auto drawing = known->second;
    if (drawing.removedAt)
        return fail(Code::conflict, "the drawing was removed already");
    drawing.removedAt = m_now;
    const auto subject = drawing.id.toString();
    return Effect{{eventOf(typeOf(drawing, ".removed"), subject, drawing)}, {subject}, false};
}

} // namespace tocsin::desk
