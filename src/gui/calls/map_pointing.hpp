#pragma once

#include "gui/calls/pick_tool.hpp"

#include <QDialog>
#include <QPointer>
#include <functional>

namespace tocsin::gui {

/// Lets a person point at the map for a dialog: hides it, since what is pointed at may lie below it, and brings it back. For one
/// dialog at a time; one that is closed meanwhile ends the pointing. GUI thread.
class MapPointing : public QObject {
    Q_OBJECT
  public:
    MapPointing(const Theme& theme, MapView* map, QObject* parent = nullptr); ///< `map` may be null, else it outlives this
    ~MapPointing() override;

    /// `then` hears the place, unless the person leaves without one. Does nothing while another is pointed for.
    void start(QDialog& dialog, std::function<void(const model::Position&)> then);

  private:
    void stop();
    void end(const std::optional<model::Position>& position);

    MapView* m_map;
    PickTool m_tool;
    QPointer<QDialog> m_dialog;
    std::function<void(const model::Position&)> m_then;
    QMetaObject::Connection m_closed;
    QMetaObject::Connection m_gone;
};

} // namespace tocsin::gui
