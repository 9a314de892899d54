#pragma once

#include "tocsin/gui/time/time_machine.hpp"

#include <QTimeZone>
#include <QWidget>
#include <functional>

class QButtonGroup;
class QComboBox;
class QDateTimeEdit;
class QPushButton;
class QToolButton;

namespace tocsin::gui {

class TimeTrack;

/// The bar at the map's foot with which another moment is chosen. Closed it is one slim button that says that the map
/// shows now. GUI thread.
class TimeBar : public QWidget {
    Q_OBJECT
  public:
    TimeBar(const UiContext& ui, TimeMachine& machine, QTimeZone zone, QWidget* parent = nullptr);

    [[nodiscard]] bool isOpen() const { return m_open; }
    void setOpen(bool open); ///< closing it brings the map back to now
    /// Closed: opens. While the past is shown: back to now. Open and live: closes.
    void toggle();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

  signals:
    void heightChanged(); ///< whoever places it must do so again

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    QToolButton* glyphButton(const char* name, std::function<void()> run);
    void refresh();
    void retranslate();
    void dye();
    void fit();

    UiContext m_ui;
    TimeMachine& m_machine;
    QTimeZone m_zone;
    bool m_open{false};
    QPushButton* m_pill;
    QWidget* m_inside;
    TimeTrack* m_track;
    QToolButton* m_before;
    QToolButton* m_play;
    QToolButton* m_after;
    QToolButton* m_close;
    QComboBox* m_speed;
    QDateTimeEdit* m_moment;
    QButtonGroup* m_stretches;
    QPushButton* m_back;
};

} // namespace tocsin::gui
