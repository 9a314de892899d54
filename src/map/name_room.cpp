#include "map/name_room.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::map {
namespace {

constexpr double cell = 48; // pixels; about a word

bool meet(const Box& a, const Box& b, double margin) {
    return a.left < b.right + margin && b.left < a.right + margin && a.top < b.bottom + margin &&
           b.top < a.bottom + margin;
}

} // namespace

NameRoom::NameRoom(const Box& all)
    : m_all(all), m_across(std::max(1, static_cast<int>(std::ceil((all.right - all.left) / cell)))),
      m_down(std::max(1, static_cast<int>(std::ceil((all.bottom - all.top) / cell)))),
      m_cells(static_cast<std::size_t>(m_across) * static_cast<std::size_t>(m_down)) {}

NameRoom::Cells NameRoom::cellsOf(const Box& box) const {
    const auto at = [](double value, double from, int count) {
        return static_cast<int>(std::clamp(std::floor((value - from) / cell), 0.0, count - 1.0));
    };
    return {at(box.left, m_all.left, m_across), at(box.top, m_all.top, m_down), at(box.right, m_all.left, m_across),
            at(box.bottom, m_all.top, m_down)};
}

bool NameRoom::isFree(const Box& box, double margin) const {
    const Cells cells = cellsOf({box.left - margin, box.top - margin, box.right + margin, box.bottom + margin});
    for (int y = cells.top; y <= cells.bottom; ++y)
        for (int x = cells.left; x <= cells.right; ++x)
            for (const Box& other : m_cells[static_cast<std::size_t>(y * m_across + x)])
                if (meet(box, other, margin))
                    return false;
    return true;
}

bool NameRoom::isFar(const std::string& text, const Box& box, double distance) const {
    if (distance <= 0)
        return true;
    const auto found = m_texts.find(text);
    return found == m_texts.end() || std::none_of(found->second.begin(), found->second.end(),
                                                  [&](const Box& other) { return meet(box, other, distance); });
}

void NameRoom::take(const Box& box) {
    const Cells cells = cellsOf(box);
    for (int y = cells.top; y <= cells.bottom; ++y)
        for (int x = cells.left; x <= cells.right; ++x)
            m_cells[static_cast<std::size_t>(y * m_across + x)].push_back(box);
}

void NameRoom::remember(const std::string& text, const Box& box) {
    m_texts[text].push_back(box);
}

} // namespace tocsin::map
