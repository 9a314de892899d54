#include "app/past_readings.hpp"

#include <algorithm>

namespace tocsin::app {

base::Result<std::vector<model::ReadingSeen>> PastOfStore::operator()(const model::SensorId& sensor, base::Time after,
                                                                      std::size_t most) const {
    std::vector<model::ReadingSeen> out;
    base::Duration stretch = std::chrono::days(1);
    constexpr base::Duration longest = std::chrono::days(3'650);
    constexpr base::Duration shortest{1};
    while (after < m_to && out.size() < most) {
        const auto end = std::min(after + stretch, m_to);
        const auto room = most - out.size();
        auto points = m_store.range(sensor, after + shortest, end, room + 1);
        if (!points)
            return tl::unexpected(points.error());
        if (points->size() > room && stretch > shortest) {
            stretch = std::max(stretch / 2, shortest);
            if (!out.empty() && stretch < std::chrono::seconds(1))
                break;
            continue;
        }
        for (const auto& point : *points)
            out.push_back({point.time, point.value});
        if (points->size() * 2 < room)
            stretch = std::min(stretch * 2, longest);
        after = end;
    }
    return out;
}

} // namespace tocsin::app
