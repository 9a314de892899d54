#pragma once

#include "tocsin/gui/seat_roll.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace tocsin::gui {

/// The list of who sits at the desk: since when, and when each last did something. At the desk's own window a seat can be
/// ended here, which is asked once more.
class SeatsDialog : public QDialog {
    Q_OBJECT
  public:
    SeatsDialog(const UiContext& ui, SeatRoll& roll, QWidget* parent);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void words();
    void refresh();
    void askEnd();
    [[nodiscard]] int chosen() const; ///< the number of a seat; 0: none

    UiContext m_ui;
    SeatRoll& m_roll;
    QLabel* m_title;
    QLabel* m_note;
    QTreeWidget* m_list;
    QPushButton* m_end;
    QPushButton* m_close;
};

} // namespace tocsin::gui
