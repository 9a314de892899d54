#include "desk/replay_images.hpp"

#include <algorithm>

namespace tocsin::desk {

namespace {

std::string idOf(const model::DeskStatus&) {
    return {};
}
std::string idOf(const model::Sensor& sensor) {
    return sensor.id.value;
}
std::string idOf(const model::Unit& unit) {
    return unit.id.value;
}
template <typename T>
std::string idOf(const T& thing) {
    return thing.id.toString();
}

std::string keyOf(const model::Changed& changed) {
    return std::to_string(changed.index()) + ':' + std::visit([](const auto& thing) { return idOf(thing); }, changed);
}

} // namespace

void Timeline::add(std::int64_t seq, base::Time time) {
    m_first = m_size == 0 ? time : std::min(m_first, time);
    m_last = m_size == 0 ? time : std::max(m_last, time);
    m_size = seq;
    while (!m_stops.empty() && m_stops.back().time >= time)
        m_stops.pop_back();
    m_stops.push_back({seq, time});
}

std::int64_t Timeline::lastUpTo(base::Time at) const {
    const auto after = std::upper_bound(m_stops.begin(), m_stops.end(), at,
                                        [](base::Time t, const Stop& stop) { return t < stop.time; });
    return after == m_stops.begin() ? 0 : std::prev(after)->seq;
}

void Checkpoints::add(std::int64_t seq, std::vector<model::Changed> changes) {
    for (auto& changed : changes) {
        const auto slot = m_slots.try_emplace(keyOf(changed), m_images.size()).first->second;
        if (slot == m_images.size())
            m_images.emplace_back();
        m_images[slot] = std::make_shared<const model::Changed>(std::move(changed));
    }
    m_end = seq;
    if (seq % m_apart != 0)
        return;
    if (m_points.size() == most) {
        std::vector<Point> kept;
        for (std::size_t i = 1; i < m_points.size(); i += 2)
            kept.push_back(std::move(m_points[i]));
        m_points = std::move(kept);
        m_apart *= 2;
        if (seq % m_apart != 0)
            return;
    }
    m_points.push_back({seq, m_images});
}

const Checkpoints::Point* Checkpoints::pointUpTo(std::int64_t seq) const {
    const auto after = std::upper_bound(m_points.begin(), m_points.end(), seq,
                                        [](std::int64_t s, const Point& point) { return s < point.seq; });
    return after == m_points.begin() ? nullptr : &*std::prev(after);
}

std::int64_t Checkpoints::nearestUpTo(std::int64_t seq) const {
    if (seq >= m_end)
        return m_end;
    const Point* point = pointUpTo(seq);
    return point == nullptr ? 0 : point->seq;
}

model::State Checkpoints::stateAt(std::int64_t seq) const {
    model::State state;
    const Point* point = seq == m_end ? nullptr : pointUpTo(seq);
    if (seq != m_end && point == nullptr)
        return state;
    for (const auto& image : point == nullptr ? m_images : point->images)
        model::apply(state, *image);
    return state;
}

} // namespace tocsin::desk
