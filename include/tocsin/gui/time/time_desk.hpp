#pragma once

#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/time/time_bar.hpp"

#include <QAction>
#include <QList>
#include <QPointer>

namespace tocsin::gui {

class PastFrame;

/// The map at another moment: puts the bar at the map's foot, shows its pictures on the map, and while they are shown
/// a frame and a banner round the map that say so. Owned by the map. GUI thread.
class TimeDesk : public QObject {
    Q_OBJECT
  public:
    TimeDesk(const UiContext& ui, MapView& map, QTimeZone zone);
    ~TimeDesk() override;

    [[nodiscard]] TimeMachine& machine() { return m_machine; }
    [[nodiscard]] TimeBar& bar() { return *m_bar; }
    [[nodiscard]] QList<QAction*> actions() const { return m_actions; }
    /// What the banner says; empty while the map is live.
    [[nodiscard]] QString bannerText() const;

  signals:
    void announce(const QString& sentence); ///< what must not be missed meanwhile

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QAction* add(const char* english, const char* glyph, const char* key, std::function<void()> run);
    void retranslate();
    void showBanner();
    [[nodiscard]] QString nameOf(const model::AlarmId& id) const;

    UiContext m_ui;
    MapView& m_map;
    QTimeZone m_zone;
    TimeMachine m_machine;
    QPointer<TimeBar> m_bar; ///< the map's; gone before what it refers to
    QPointer<PastFrame> m_frame;
    QList<QAction*> m_actions;
};

} // namespace tocsin::gui
