#pragma once

#include "tocsin/model/state.hpp"

#include <compare>
#include <string>

namespace tocsin::gui {

/// What a need asks for: the same of several needs are added up. The level counts for teams only.
struct SupplyThing {
    model::NeedKind kind{model::NeedKind::team};
    std::string code;
    std::string unit;
    int level{0};
    friend auto operator<=>(const SupplyThing&, const SupplyThing&) = default;
};
[[nodiscard]] SupplyThing thingOf(const model::Need& need);
/// How much of it; what is no number is nothing.
[[nodiscard]] double quantityOf(const model::Need& need);

[[nodiscard]] bool isAble(const model::Resource& one, const SupplyThing& team);
/// What it has of a supply, neither promised nor expired.
[[nodiscard]] double stockIn(const model::Resource& one, const SupplyThing& supply, base::Time now);
/// What a resource could give of a thing at once, if it is asked first.
[[nodiscard]] double freeOf(const model::Resource& one, const SupplyThing& thing, base::Time now);

} // namespace tocsin::gui
