#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/position.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest::cap {

/// A fault or a stray at a byte of the text that was read.
struct Remark {
    std::size_t at{0};
    std::string message;
    base::Code code{base::Code::malformed};
};

/// What became of a <polygon> or <circle>. `fault` refuses the message; `stray` was understood.
template <typename Shape>
struct Drawn {
    std::optional<Shape> shape; ///< nothing where it says too little to be drawn (and there is a stray)
    std::optional<Remark> stray;
    std::optional<Remark> fault;
};

/// "lat,lon lat,lon …": at least four points, the last equal to the first; an open ring is closed.
[[nodiscard]] Drawn<model::Line> readPolygon(std::string_view text);
/// "lat,lon radius" in kilometres.
[[nodiscard]] Drawn<model::Circle> readCircle(std::string_view text);

} // namespace tocsin::ingest::cap
