#pragma once

#include "tocsin/desk/seat_message.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QAction>
#include <QList>
#include <QObject>
#include <functional>
#include <vector>

namespace tocsin::gui {

/// Who sits at the desk beside its own window, for the bar's count and the list that it opens; in a seat's window, too. A
/// child of the window. GUI thread.
class SeatRoll : public QObject {
    Q_OBJECT
  public:
    /// `own`: the number of the seat that this window is; 0: the desk's own window. `end` ends a seat; empty where that
    /// cannot be done.
    SeatRoll(const UiContext& ui, int own, std::function<void(int seat)> end, QWidget* window);

    void take(std::vector<desk::SeatInfo> seats);
    [[nodiscard]] const std::vector<desk::SeatInfo>& seats() const { return m_seats; }
    [[nodiscard]] int own() const { return m_own; }
    [[nodiscard]] bool mayEnd() const { return static_cast<bool>(m_end) && !m_ui.desk.readOnly(); }
    void end(int seat);
    [[nodiscard]] QList<QAction*> actions() const { return {m_open}; }
    void open(); ///< the list
    /// The name as it is shown: anybody's text, short, on one line, in the order in which it is written.
    [[nodiscard]] static QString shownName(const desk::SeatInfo& seat);

  signals:
    void changed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void words();

    UiContext m_ui;
    int m_own;
    std::function<void(int)> m_end;
    QWidget* m_window;
    QAction* m_open;
    std::vector<desk::SeatInfo> m_seats;
};

} // namespace tocsin::gui
