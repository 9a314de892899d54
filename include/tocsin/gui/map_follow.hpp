#pragma once

#include "tocsin/gui/map_view.hpp"

#include <QAction>
#include <QList>
#include <QTimer>
#include <functional>
#include <optional>

namespace tocsin::gui {

/// Moves the map by itself, when a person has said so: to the gravest open incident, or round from place to place. A
/// chip over the map says that it does, and how to stop. A hand on the map, another place asked for, or a look into the
/// past holds the view at once, and the chip says that. Owned by the map. GUI thread.
class MapFollow : public QObject {
    Q_OBJECT
  public:
    enum class Mode : unsigned char { off, gravest, round };
    struct Stop {
        QString name;
        model::Position position;
        std::optional<double> zoom{}; ///< absent: near enough for an incident
    };
    MapFollow(const UiContext& ui, MapView& map);

    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool held() const { return m_held != Mode::off; } ///< stopped by a hand
    [[nodiscard]] QString chipText() const;                        ///< empty while it is off
    /// Places beside the whole county and the open incidents; asked anew at every step. May be empty.
    void setStops(std::function<std::vector<Stop>()> stops) { m_stops = std::move(stops); }
    void setSeconds(int seconds); ///< at each place of the round; 20 at first
    void next();                  ///< on to the next place of the round
    [[nodiscard]] QList<QAction*> actions() const { return {m_followAction, m_roundAction}; }

  signals:
    void changed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    class Chip;
    void look();
    void hold();
    void refresh();
    void retranslate();
    [[nodiscard]] const model::Incident* gravest() const;
    [[nodiscard]] std::vector<Stop> allStops() const;

    UiContext m_ui;
    MapView& m_map;
    Mode m_mode{Mode::off};
    Mode m_held{Mode::off}; ///< what the hand stopped
    std::function<std::vector<Stop>()> m_stops;
    std::size_t m_stop{0};
    QString m_stopName;
    std::optional<model::Position> m_shown; ///< where the gravest was when the map went there
    std::optional<model::IncidentId> m_followed;
    QTimer m_round;
    Chip* m_chip;
    QAction* m_followAction;
    QAction* m_roundAction;
};

} // namespace tocsin::gui
