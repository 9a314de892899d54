#pragma once

#include "tocsin/gui/panels/panel.hpp"

namespace tocsin::gui {

/// A panel's header as the title bar of its dock: dragging moves the dock, a double click floats it, the right button
/// offers both by name.
class DockTitle : public PanelHeader {
    Q_OBJECT
  public:
    DockTitle(const Panel& panel, const Theme& theme, QWidget* dock);

  protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
};

} // namespace tocsin::gui
