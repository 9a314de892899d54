#pragma once

#include "tocsin/gui/time/time_machine.hpp"

#include <QTimeZone>
#include <QWidget>

namespace tocsin::gui {

/// "21 Nov 02:14:05" in the zone and the language in force.
[[nodiscard]] QString momentIn(base::Time time, const QTimeZone& zone, const QString& language);

/// The line of time that is dragged along: marks where something grave began, ticks in the desk's zone, the moment that
/// is shown, and now at its end. Arrow keys go by a minute, with Shift by an hour; Page keys from mark to mark.
class TimeTrack : public QWidget {
    Q_OBJECT
  public:
    enum class Stretch : unsigned char { hour, day, all };
    TimeTrack(const UiContext& ui, TimeMachine& machine, QTimeZone zone, QWidget* parent);

    void setStretch(Stretch stretch);
    [[nodiscard]] Stretch stretch() const { return m_stretch; }
    [[nodiscard]] base::Time from() const { return m_from; }
    [[nodiscard]] base::Time to() const { return m_to; }
    [[nodiscard]] double xOf(base::Time time) const;
    [[nodiscard]] base::Time timeAt(double x) const;
    void retranslate();

    [[nodiscard]] QSize sizeHint() const override { return {400, 46}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 46}; }

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void follow(); ///< puts the moment into the stretch that is shown
    void paintTicks(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    [[nodiscard]] const desk::JournalSpan::Mark* markAt(double x) const;
    [[nodiscard]] QString wordsOf(const desk::JournalSpan::Mark& mark) const;

    UiContext m_ui;
    TimeMachine& m_machine;
    QTimeZone m_zone;
    Stretch m_stretch{Stretch::hour};
    base::Time m_from;
    base::Time m_to;
    bool m_dragging{false};
};

} // namespace tocsin::gui
