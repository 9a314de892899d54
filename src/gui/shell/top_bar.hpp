#pragma once

#include "gui/shell/top_bar_parts.hpp"

#include <QTimer>

class QHBoxLayout;

namespace tocsin::gui {

class LoadGauge;

/// The line above everything: which county, in earnest or drill, which response level, how the feeds are, who is on
/// duty, and what time it is. It drops what matters least until it fits, and never clips. GUI thread.
class TopBar : public QWidget {
    Q_OBJECT
  public:
    TopBar(const UiContext& ui, QTimeZone zone, QWidget* parent = nullptr);
    void setFeedStatus(FeedStatusSource status);
    void setCallShown(bool shown); ///< the button that takes a call
    void setSeats(int seats);      ///< how many sit at this desk beside its own window

    [[nodiscard]] QSize sizeHint() const override { return {800, 51}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 51}; }

  signals:
    void responseWanted();
    void callWanted(); ///< somebody calls: take it down
    void dutyWanted();
    void muteWanted(int minutes); ///< 0: sound again
    void languageWanted();
    void lookWanted();
    void helpWanted();
    void feedsWanted(const QString& feed);
    void seatsWanted();
    void loadWanted(); ///< what the alarm load is made of

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void refresh(); ///< all that the desk says
    void tick();    ///< what only time changes
    void fit();
    void fitTo(int level);
    void showMuteMenu();
    [[nodiscard]] int wantedWidth() const;
    [[nodiscard]] bool muted() const;

    UiContext m_ui;
    QTimeZone m_zone;
    QHBoxLayout* m_row;
    BarButton* m_brand;
    BarButton* m_county;
    ExerciseBadge* m_exercise;
    BarButton* m_response;
    FeedLamps* m_feeds;
    int m_ticks{0};
    int m_wanted{0}; ///< width, when it was last asked
    LoadGauge* m_load;
    BarButton* m_sound;
    BarButton* m_duty;
    BarButton* m_seats;
    int m_seatCount{0};
    BarButton* m_language;
    BarButton* m_look;
    BarButton* m_help;
    BarButton* m_call;
    bool m_callShown{false};
    BarClock* m_clock;
    QTimer m_ticker;
};

} // namespace tocsin::gui
