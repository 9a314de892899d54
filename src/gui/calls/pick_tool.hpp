#pragma once

#include "tocsin/gui/map_tool.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/theme.hpp"

#include <QObject>

namespace tocsin::gui {

/// Points at one place on the map: a click, or Space and Enter for the map's middle, which a cross shows. Escape leaves.
class PickTool : public QObject, public MapTool {
    Q_OBJECT
  public:
    explicit PickTool(const Theme& theme, QObject* parent = nullptr) : QObject(parent), m_theme(theme) {}

    void begin(MapView& view) override;
    void end() override;
    bool clicked(QMouseEvent& event) override;
    bool key(QKeyEvent& event) override;
    void paint(QPainter& painter, const MapView& view) override;

  signals:
    /// Once for each begin(), and nothing after: take the tool away then.
    void picked(tocsin::model::Position position);
    void left();

  private:
    const Theme& m_theme;
    MapView* m_view{nullptr};
};

} // namespace tocsin::gui
