#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <memory>
#include <optional>

namespace Ui {
class NewIncidentDialog;
}

namespace tocsin::gui {

/// Asks for a new incident: title, class, hazard, grade, place, position. Enter opens it; what comes of it is selected.
class NewIncidentDialog : public QDialog {
    Q_OBJECT
  public:
    /// `draft` is what is known already: a position from the map, or all that an alarm or a report says.
    NewIncidentDialog(const UiContext& ui, desk::OpenIncident draft, QWidget* parent = nullptr);
    ~NewIncidentDialog() override;

    /// From the place on the map where somebody clicked; without one, the county's middle.
    [[nodiscard]] static NewIncidentDialog* at(const UiContext& ui, std::optional<model::Position> position,
                                               QWidget* parent);
    /// From what is selected: an alarm or a report fills the form; a sensor or a resource gives its place.
    [[nodiscard]] static NewIncidentDialog* fromSelection(const UiContext& ui, QWidget* parent);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void words();
    void check();
    void open_();
    [[nodiscard]] std::optional<model::Position> position() const;

    UiContext m_ui;
    desk::OpenIncident m_draft;
    std::unique_ptr<Ui::NewIncidentDialog> m_form;
    std::vector<std::string> m_hazards;
};

} // namespace tocsin::gui
