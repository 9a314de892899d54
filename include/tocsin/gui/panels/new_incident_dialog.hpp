#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <memory>
#include <optional>

namespace Ui {
class NewIncidentDialog;
}

namespace tocsin::gui {

class PlaceField;

/// Asks for a new incident: title, class, hazard, grade, place, position. Places are found as one types, and can be pointed at on the
/// map (Alt+P). Without a position there is none: nobody is sent to a place that somebody made up. Enter opens it; what comes of it is
/// selected.
class NewIncidentDialog : public QDialog {
    Q_OBJECT
  public:
    /// `draft` is what is known already: a position from the map, or all that an alarm or a report says. One at 0, 0 has no place.
    NewIncidentDialog(const UiContext& ui, desk::OpenIncident draft, QWidget* parent = nullptr);
    ~NewIncidentDialog() override;

    /// From the place on the map where somebody clicked; without one it is asked for.
    [[nodiscard]] static NewIncidentDialog* at(const UiContext& ui, std::optional<model::Position> position,
                                               QWidget* parent);
    /// From what is selected: an alarm or a report fills the form; a sensor or a resource gives its place.
    [[nodiscard]] static NewIncidentDialog* fromSelection(const UiContext& ui, QWidget* parent);

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void words();
    void check();
    void open_();
    void hint(); ///< which plan it will have
    [[nodiscard]] std::optional<model::Position> position() const;
    [[nodiscard]] std::string hazard() const;
    [[nodiscard]] model::Grade grade() const;
    [[nodiscard]] bool asDrafted() const; ///< hazard and grade, for which the alarm's rule suggests its plan

    UiContext m_ui;
    desk::OpenIncident m_draft;
    std::unique_ptr<Ui::NewIncidentDialog> m_form;
    std::vector<std::string> m_hazards;
    PlaceField* m_place;
    bool m_shown{false};
};

} // namespace tocsin::gui
