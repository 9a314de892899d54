#include "tocsin/gui/place_desk.hpp"

#include "gui/calls/map_pointing.hpp"

namespace tocsin::gui {

PlaceDesk::PlaceDesk(const Theme& theme, PlaceSearch search, PlaceKnowledge knowledge)
    : m_theme(theme), m_search(std::move(search)), m_knowledge(std::move(knowledge)) {}

PlaceDesk::~PlaceDesk() = default;

void PlaceDesk::setMap(MapView* map) {
    m_pointing.reset();
    m_map = map;
    if (map != nullptr)
        m_pointing = std::make_unique<MapPointing>(m_theme, map);
}

void PlaceDesk::point(QDialog& dialog, std::function<void(const model::Position&)> then) {
    if (m_pointing)
        m_pointing->start(dialog, std::move(then));
}

} // namespace tocsin::gui
