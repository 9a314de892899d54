#pragma once

#include "tocsin/gui/theme.hpp"
#include "tocsin/model/position.hpp"

#include <QWidget>

namespace tocsin::gui {

class MapView;

/// A ring on the map about the place that a card speaks of. It goes with the map.
class HereMark : public QWidget {
    Q_OBJECT
  public:
    HereMark(const Theme& theme, MapView& view);
    void showAt(const model::Position& position);

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    const Theme& m_theme;
    MapView& m_view;
    model::Position m_position;
};

} // namespace tocsin::gui
