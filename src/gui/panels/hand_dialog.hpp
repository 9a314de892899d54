#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QStringList>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace tocsin::gui {

/// Asks to whom alarms are to be handed. Deletes itself.
class HandDialog : public QDialog {
    Q_OBJECT
  public:
    HandDialog(const UiContext& ui, std::vector<model::AlarmId> alarms, QWidget* parent);

    /// Who may take some: the leader, who has had alarms before, the officer; not who sits here. The first is the one
    /// to propose.
    [[nodiscard]] static QStringList others(const UiContext& ui);

  private:
    void check();
    void act();

    UiContext m_ui;
    std::vector<model::AlarmId> m_alarms;
    QComboBox* m_who;
    QLabel* m_trouble;
    QPushButton* m_act;
};

} // namespace tocsin::gui
