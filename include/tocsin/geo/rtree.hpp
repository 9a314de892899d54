#pragma once

#include "tocsin/geo/measure.hpp"
#include "tocsin/model/position.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace tocsin::geo {

/// Finds points by place: a bulk-loaded R-tree (Boost.Geometry). Immutable and thread safe once built.
class PointIndex {
  public:
    /// The value is the caller's own number for the point.
    explicit PointIndex(std::span<const std::pair<model::Position, std::uint32_t>> points);
    ~PointIndex();
    PointIndex(PointIndex&&) noexcept;
    PointIndex& operator=(PointIndex&&) noexcept;

    /// The nearest `most` points within `limit`, nearest first, with their distance in metres.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, base::Metres>> nearest(const model::Position& p, std::size_t most,
                                                                            base::Metres limit) const;
    [[nodiscard]] std::vector<std::uint32_t> inside(const Box& box) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::geo
