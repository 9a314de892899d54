#include "gui/panels/near_reports.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin::gui {
namespace {
constexpr double earthRadius = 6'371'008.8; ///< metres, as geo::distance has it
}

NearReports::Cell NearReports::cellOf(const model::Position& place) {
    // A chord is shorter than its arc: what is near along the ground is near through it, in the same or a neighbouring cell.
    const double latitude = place.latitude() * std::numbers::pi / 180;
    const double longitude = place.longitude() * std::numbers::pi / 180;
    const auto cell = [](double part) { return static_cast<std::int32_t>(std::floor(part * earthRadius / reachMetres)); };
    return {cell(std::cos(latitude) * std::cos(longitude)), cell(std::cos(latitude) * std::sin(longitude)),
            cell(std::sin(latitude))};
}

void NearReports::clear() {
    m_cells.clear();
    m_places.clear();
}

void NearReports::put(const model::Report& report) {
    const auto known = m_places.find(report.id.value);
    const auto cell = report.position ? std::optional(cellOf(*report.position)) : std::nullopt;
    if (known != m_places.end()) {
        if (cell == known->second)
            return;
        const auto before = m_cells.find(known->second);
        std::erase(before->second, report.id);
        if (before->second.empty())
            m_cells.erase(before);
        m_places.erase(known);
    }
    if (!cell)
        return;
    m_cells[*cell].push_back(report.id);
    m_places.emplace(report.id.value, *cell);
}

std::vector<model::ReportId> NearReports::around(const model::Position& place) const {
    std::vector<model::ReportId> out;
    const Cell middle = cellOf(place);
    for (std::int32_t x = -1; x <= 1; ++x) {
        for (std::int32_t y = -1; y <= 1; ++y) {
            for (std::int32_t z = -1; z <= 1; ++z) {
                const auto found = m_cells.find({middle[0] + x, middle[1] + y, middle[2] + z});
                if (found != m_cells.end())
                    out.insert(out.end(), found->second.begin(), found->second.end());
            }
        }
    }
    return out;
}

} // namespace tocsin::gui
