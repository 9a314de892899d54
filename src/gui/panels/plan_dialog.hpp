#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <array>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace tocsin::gui {

/// What a plan is called: its title, else its id.
[[nodiscard]] QString planName(const model::Plan& plan, const QString& language);

/// Gives an incident another plan, or another grade and with it the plan of that grade: keep what stands, replace it, or add what is
/// missing. What would be needed then is shown before it is done, and again whenever the desk changes meanwhile. GUI thread.
class PlanDialog : public QDialog {
    Q_OBJECT
  public:
    enum class Asks : unsigned char { plan, grade };
    PlanDialog(const UiContext& ui, model::IncidentId incident, Asks asks, QWidget* parent);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    [[nodiscard]] const model::Incident* incident() const;
    [[nodiscard]] model::Grade grade() const;
    [[nodiscard]] const model::Plan* plan() const; ///< that is chosen; null where there is none
    [[nodiscard]] std::optional<desk::PlanChange> change() const; ///< absent: plan and needs stay
    void words();
    void regraded(); ///< the plan of that grade is offered
    void check();
    void act();

    UiContext m_ui;
    model::IncidentId m_incident;
    Asks m_asks;
    QLabel* m_head;
    QLabel* m_explanation;
    QLabel* m_gradeLabel;
    QComboBox* m_grade;
    QLabel* m_planLabel;
    QComboBox* m_plan;
    std::array<QRadioButton*, 3> m_how; ///< by desk::PlanMerge
    QLabel* m_before;
    QLabel* m_after;
    QLineEdit* m_reason;
    QLabel* m_trouble;
    QPushButton* m_cancel;
    QPushButton* m_act;
    bool m_chosen{false}; ///< a person has said what becomes of the needs
    bool m_sending{false};
};

} // namespace tocsin::gui
