#pragma once

#include "gui/shell/top_bar_parts.hpp"

#include <QAction>
#include <QList>
#include <QTimer>

class QHBoxLayout;
class QToolButton;

namespace tocsin::gui {

/// How much is going on, in shapes and numbers: alarms nobody has seen by grade, open incidents, teams under way.
class WallCounters : public BarPart {
    Q_OBJECT
  public:
    using BarPart::BarPart;
    [[nodiscard]] QSize sizeHint() const override;
    void refresh();
    [[nodiscard]] QString text() const; ///< all that it shows, in words

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    int m_alarms[4]{0, 0, 0, 0};
    int m_incidents{0};
    int m_teams{0};
};

/// The slim line above the map of the wall view: county, drill or earnest, response level, counters, the switches that
/// move the map by themselves, the clock. GUI thread.
class WallStrip : public QWidget {
    Q_OBJECT
  public:
    WallStrip(const UiContext& ui, QTimeZone zone, QWidget* parent);
    void setSwitches(const QList<QAction*>& switches);
    [[nodiscard]] const WallCounters& counters() const { return *m_counters; }

  signals:
    void leaveWanted();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void refresh();
    void retranslate();

    UiContext m_ui;
    QHBoxLayout* m_row;
    BarButton* m_county;
    ExerciseBadge* m_exercise;
    BarButton* m_response;
    WallCounters* m_counters;
    QHBoxLayout* m_switches;
    QList<QToolButton*> m_buttons;
    BarButton* m_leave;
    BarClock* m_clock;
    QTimer* m_ticker;
};

} // namespace tocsin::gui
