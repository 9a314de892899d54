#include "app/past_readings.hpp"

#include "app/county_area.hpp"
#include "tocsin/store/store.hpp"

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

base::Result<std::optional<KnownPast>> readKnownPast(const county::CountyFolder& folder) {
    std::error_code ec;
    if (!std::filesystem::exists(folder.database(), ec))
        return std::optional<KnownPast>{};
    const auto store = store::Store::open(folder.database(), store::Access::readOnly);
    if (!store)
        return tl::unexpected(store.error());
    auto state = (*store)->loadState();
    if (!state)
        return tl::unexpected(state.error());
    KnownPast known{std::move(state->sensors), {}};
    for (auto& [id, warning] : state->warnings)
        known.messages.warnings.push_back(std::move(warning));
    for (auto& [id, earthquake] : state->earthquakes)
        known.messages.earthquakes.push_back(std::move(earthquake));
    known.messages.exerciseDesk = state->desk.exercise;
    if (const auto config = county::loadConfig(folder)) // without it every area touches the county
        known.messages.area = areaOf(folder, *config);
    return std::optional(std::move(known));
}

base::Result<std::vector<detect::Remark>> lookBack(const county::CountyFolder& folder, const KnownPast& known,
                                                   const std::vector<detect::Rule>& rules,
                                                   const std::set<std::string>& which, base::Time now,
                                                   std::chrono::steady_clock::duration longest,
                                                   const std::function<void(double)>& progress,
                                                   const std::stop_token& stop) {
    detect::PastReadings readings = [](auto&&...) { return std::vector<model::ReadingSeen>{}; };
    std::unique_ptr<store::ReadingStore> store;
    std::error_code ec;
    if (std::filesystem::exists(folder.readings(), ec)) {
        auto opened = store::ReadingStore::open(folder.readings(), store::Access::readOnly);
        if (!opened)
            return tl::unexpected(opened.error());
        store = std::move(*opened);
        readings = PastOfStore(*store, now);
    }
    const auto until = std::chrono::steady_clock::now() + longest;
    return detect::remarksOnPast(
        rules, which, {known.sensors, readings, known.messages, now},
        [until] { return std::chrono::steady_clock::now() >= until; }, progress, stop);
}

} // namespace tocsin::app
