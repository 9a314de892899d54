#pragma once

#include "gui/dispatch/task_order.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>

class QComboBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace tocsin::gui {

/// Task orders to be looked at, copied, printed, sent as short messages or read out, in either language: all of them at once, or one after the
/// other by the list beside; below it says who must still be told by voice. GUI thread.
class OrderDialog : public QDialog {
    Q_OBJECT
  public:
    /// At least one, in the order in which they are listed.
    OrderDialog(const UiContext& ui, std::vector<model::AssignmentId> orders, QWidget* parent);

  private:
    void fill();
    void list();  ///< names, and who must be told by voice
    void count(); ///< how long the short message is
    void print();
    void enable(); ///< whether any of those that are shown must still be told
    void told(); ///< a person has told by voice those that are shown
    /// Those that are shown: the chosen one, or all.
    [[nodiscard]] std::vector<model::AssignmentId> shown() const;
    [[nodiscard]] QString nameOf(model::AssignmentId id) const;

    UiContext m_ui;
    std::vector<model::AssignmentId> m_orders;
    QListWidget* m_list;
    QComboBox* m_language;
    QTabWidget* m_tabs;
    QPlainTextEdit* m_text;
    QPlainTextEdit* m_sms;
    QLabel* m_count;
    QPlainTextEdit* m_radio;
    QLabel* m_voice;
    QPushButton* m_copy;
    QPushButton* m_print;
    QPushButton* m_told;
};

} // namespace tocsin::gui
