#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <vector>

class QButtonGroup;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

/// Asks for how long alarms are to be set aside and why, and says what will not be seen meanwhile. Deletes itself.
class ShelveDialog : public QDialog {
    Q_OBJECT
  public:
    ShelveDialog(const UiContext& ui, std::vector<model::AlarmId> alarms, QWidget* parent);

    static constexpr int mostDays = 7; ///< as the desk has it

  private:
    [[nodiscard]] base::Time until() const;
    [[nodiscard]] QString hidden() const;
    void check();
    void act();

    UiContext m_ui;
    std::vector<model::AlarmId> m_alarms;
    QButtonGroup* m_spans;
    QDateTimeEdit* m_moment;
    QLabel* m_hidden;
    QLineEdit* m_reason;
    QLabel* m_trouble;
    QPushButton* m_act;
};

} // namespace tocsin::gui
