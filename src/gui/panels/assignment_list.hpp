#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <optional>
#include <vector>

class QVBoxLayout;

namespace tocsin::gui {

class AssignmentRow;

/// Who is on the way to an incident or at work there: the step each has reached, minutes left as they run down, and the
/// button for the next step.
class AssignmentList : public QWidget {
    Q_OBJECT
  public:
    AssignmentList(const UiContext& ui, QWidget* parent);

    void setIncident(std::optional<model::IncidentId> incident);
    void refresh(); ///< assignments changed, or the words
    void tick();    ///< a second has gone by
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }

  private:
    UiContext m_ui;
    std::optional<model::IncidentId> m_incident;
    QVBoxLayout* m_column;
    std::vector<AssignmentRow*> m_rows;
};

} // namespace tocsin::gui
