#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;

namespace tocsin::gui {

/// What came of calling somebody back: whether he was reached, and what he said. GUI thread.
class CallBackDialog : public QDialog {
    Q_OBJECT
  public:
    CallBackDialog(const UiContext& ui, model::ReportId report, QWidget* parent);

  private:
    void check();
    void end();

    UiContext m_ui;
    model::ReportId m_report;
    QRadioButton* m_reached;
    QRadioButton* m_not;
    QPlainTextEdit* m_said;
    QLabel* m_trouble;
    QPushButton* m_end;
};

} // namespace tocsin::gui
