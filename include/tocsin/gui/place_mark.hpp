#pragma once

#include "tocsin/gui/map_view.hpp"

#include <QTimer>
#include <QWidget>

namespace tocsin::gui {

/// Shows for a few seconds where on the map a place is that was searched for. Takes no clicks. GUI thread.
class PlaceMark : public QWidget {
    Q_OBJECT
  public:
    PlaceMark(const UiContext& ui, MapView& map);
    void mark(const model::Position& position, const QString& name);
    [[nodiscard]] const QString& name() const { return m_name; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void follow();
    void leave();

    UiContext m_ui;
    MapView& m_map;
    model::Position m_at;
    QString m_name;
    QTimer m_frame;
    QTimer m_life;
};

} // namespace tocsin::gui
