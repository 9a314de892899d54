#pragma once

#include "gui/shell/top_bar_parts.hpp"

#include <QAction>
#include <QList>
#include <QTimer>
#include <optional>
#include <vector>

class QHBoxLayout;
class QToolButton;

namespace tocsin::gui {

/// How much is going on, in shapes and numbers: alarms nobody has seen by grade and how long the oldest has waited, a
/// flood, the load, what is seen and what set aside, open incidents, teams under way. Where there is too little room it
/// leaves out what matters least.
class WallCounters : public BarPart {
    Q_OBJECT
  public:
    WallCounters(const UiContext& ui, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    void refresh();
    [[nodiscard]] QString text() const; ///< all that it shows, in words

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Segment {
        QString words;
        QString said; ///< in full
        Theme::Text font{Theme::Text::bodyBold};
        std::optional<model::Grade> grade{}; ///< its shape before the words
        enum class Look : unsigned char { plain, dim, loud, load } look{Look::plain};
        int rank{0}; ///< 0 is never left out
    };
    [[nodiscard]] int widthOf(const Segment& segment) const;
    [[nodiscard]] int widthTo(int rank) const;
    std::vector<Segment> m_segments;
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
    int m_ticks{0};
};

} // namespace tocsin::gui
