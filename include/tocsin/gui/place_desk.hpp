#pragma once

#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/place_knowledge.hpp"
#include "tocsin/gui/theme.hpp"

#include <functional>
#include <memory>

class QDialog;

namespace tocsin::gui {

class MapPointing;
class MapView;

/// What helps a dialog that asks where something is: names of the gazetteer, addresses, and pointing at the map. One a window; it
/// outlives the dialogs. GUI thread.
class PlaceDesk {
  public:
    PlaceDesk(const Theme& theme, PlaceSearch search, PlaceKnowledge knowledge);
    ~PlaceDesk();
    PlaceDesk(const PlaceDesk&) = delete;
    PlaceDesk& operator=(const PlaceDesk&) = delete;

    /// From now on there is a map to point at; it outlives this, or is taken away with null.
    void setMap(MapView* map);
    [[nodiscard]] MapView* map() const { return m_map; }
    [[nodiscard]] const PlaceSearch& search() const { return m_search; }
    [[nodiscard]] const PlaceKnowledge& knowledge() const { return m_knowledge; }
    /// Lets a person point at the map for a dialog, which is hidden meanwhile; `then` hears the place, unless the person leaves
    /// without one. Nothing without a map, or while another is pointed for.
    void point(QDialog& dialog, std::function<void(const model::Position&)> then);

  private:
    const Theme& m_theme;
    PlaceSearch m_search;
    PlaceKnowledge m_knowledge;
    MapView* m_map{nullptr};
    std::unique_ptr<MapPointing> m_pointing;
};

} // namespace tocsin::gui
