#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QPointer>
#include <QWidget>
#include <set>

class QLabel;
class QPushButton;

namespace tocsin::gui {

/// Shows a newcomer the five things, one after the other: the alarm, acknowledging it, opening an incident, who should
/// go, and watching them on the map. A spotlight and a card over the window, which stays usable all the while; a step
/// is over as soon as the person has done it. GUI thread.
class Tour : public QWidget {
    Q_OBJECT
  public:
    enum class Step : int { alarm, acknowledge, openIncident, send, watch, over };

    Tour(const UiContext& ui, QWidget* window);

    void begin();
    void skip(); ///< ends it, wherever it is
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool running() const { return m_step != Step::over; }

  signals:
    void ended();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    class Card;
    void go(Step step);
    void watchDesk();
    [[nodiscard]] bool done() const; ///< what this step asks for
    void remember();
    [[nodiscard]] QWidget* target() const;
    void retranslate();
    void layOut();

    UiContext m_ui;
    QWidget* m_window;
    Card* m_card;
    QRect m_hole;
    Step m_step{Step::over};
    // What there was when the step began: what is new since then has been done by the person.
    std::set<model::AlarmId> m_waiting;
    std::set<model::IncidentId> m_incidents;
    std::set<model::AssignmentId> m_assignments;
};

} // namespace tocsin::gui
