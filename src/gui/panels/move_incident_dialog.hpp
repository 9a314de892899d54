#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

class FactGrid;
class PlaceField;

/// Asks where an incident lies instead, by a name of the gazetteer, coordinates or a point on the map (Alt+P), and why. Names those who
/// are on their way and have to be told. GUI thread.
class MoveIncidentDialog : public QDialog {
    Q_OBJECT
  public:
    MoveIncidentDialog(const UiContext& ui, model::IncidentId incident, QWidget* parent);

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    [[nodiscard]] const model::Incident* incident() const;
    [[nodiscard]] base::LocalText place() const; ///< with its other languages, where its words are as they were
    void words();
    void facts();
    void check();
    void act();

    UiContext m_ui;
    model::IncidentId m_incident;
    QLabel* m_head;
    FactGrid* m_stands;
    PlaceField* m_field;
    QLabel* m_far;
    QLabel* m_tell;
    QLineEdit* m_reason;
    QLabel* m_trouble;
    QPushButton* m_cancel;
    QPushButton* m_act;
    bool m_sending{false};
    bool m_shown{false};
};

} // namespace tocsin::gui
