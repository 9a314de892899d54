#pragma once

#include "tocsin/model/report.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

namespace tocsin::gui {

/// Reports by place, so that those near an alarm are found without a walk through all of them. Cells of a cube's grid round the
/// earth as a ball: no case for the date line or the poles.
class NearReports {
  public:
    static constexpr double reachMetres = 2'000;

    void clear();
    void put(const model::Report& report); ///< or what it is now; one without a position is not kept
    /// All that are no further than reachMetres, and some that are.
    [[nodiscard]] std::vector<model::ReportId> around(const model::Position& place) const;

  private:
    using Cell = std::array<std::int32_t, 3>;
    [[nodiscard]] static Cell cellOf(const model::Position& place);

    std::map<Cell, std::vector<model::ReportId>> m_cells;
    std::unordered_map<base::Uuid, Cell> m_places;
};

} // namespace tocsin::gui
