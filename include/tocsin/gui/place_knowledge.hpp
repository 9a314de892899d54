#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/model/position.hpp"

#include <functional>
#include <optional>

namespace tocsin::gui {

/// What is known of any place of the county, beside what the desk knows. Each may be empty. They read files: call them
/// on a worker; they are thread safe.
struct PlaceKnowledge {
    std::function<base::LocalText(const model::Position&)> address;           ///< "Städtle, Vaduz"
    std::function<std::optional<double>(const model::Position&)> height;      ///< metres above the sea
    std::function<std::optional<double>(const model::Line& ring)> population; ///< persons within a ring
};

} // namespace tocsin::gui
