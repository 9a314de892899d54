#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

enum class DrawingKind : std::uint8_t {
    area,    ///< a ring with a name
    closure, ///< roads are closed: those that the line crosses or runs along, or that lie in the ring
    pin,     ///< one point with a name
};
[[nodiscard]] std::string_view toString(DrawingKind kind);
[[nodiscard]] std::optional<DrawingKind> drawingKindFrom(std::string_view text);

/// What a person has drawn on the situation map.
struct Drawing {
    DrawingId id;
    DrawingKind kind{DrawingKind::area};
    base::LocalText name;
    std::string note;
    /// pin: one point. closure: one point (the road nearest to it), a line, or a ring. area: a ring.
    Line line;
    std::optional<double> depthMetres; ///< a closure by water: who can ford it may pass
    std::optional<double> limitTonnes; ///< a closure for what is heavier
    std::string source; ///< where somebody in the field drew it: FieldMarker's sourceId; empty: at the desk
    std::string by; ///< who drew it
    base::Time drawnAt;
    std::optional<base::Time> until; ///< what it says holds no longer from here on
    std::optional<base::Time> removedAt;
    friend bool operator==(const Drawing&, const Drawing&) = default;
};

/// True while it is to be shown, and a closure to be kept off.
[[nodiscard]] bool holds(const Drawing& drawing, base::Time now);
/// First point equals last, and there are at least four.
[[nodiscard]] bool isRing(const Line& line);

void to_json(nlohmann::json& out, const Drawing& value);
void from_json(const nlohmann::json& in, Drawing& value);

} // namespace tocsin::model
