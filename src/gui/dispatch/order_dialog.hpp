#pragma once

#include "gui/dispatch/task_order.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace tocsin::gui {

/// A task order to be looked at, copied, printed, sent as a short message or read out, in either language.
class OrderDialog : public QDialog {
    Q_OBJECT
  public:
    OrderDialog(const UiContext& ui, model::AssignmentId assignment, QWidget* parent);

  private:
    void fill();

    UiContext m_ui;
    model::AssignmentId m_assignment;
    QComboBox* m_language;
    QTabWidget* m_tabs;
    QPlainTextEdit* m_text;
    QPlainTextEdit* m_sms;
    QLabel* m_count;
    QPlainTextEdit* m_radio;
    QPushButton* m_copy;
    QPushButton* m_print;
};

} // namespace tocsin::gui
