#include "gui/panels/assignment_list.hpp"

#include "gui/panels/assignment_row.hpp"

#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

AssignmentList::AssignmentList(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
}

void AssignmentList::setIncident(std::optional<model::IncidentId> incident) {
    m_incident = incident;
    refresh();
}

void AssignmentList::refresh() {
    std::vector<const model::Assignment*> running;
    if (m_incident) {
        for (const auto& [id, assignment] : m_ui.desk.state().assignments) {
            if (assignment.incident == *m_incident && assignment.state != model::AssignmentState::released)
                running.push_back(&assignment);
        }
    }
    std::stable_sort(running.begin(), running.end(),
                     [](const auto* a, const auto* b) { return a->proposedAt < b->proposedAt; });
    const bool same =
        std::equal(running.begin(), running.end(), m_rows.begin(), m_rows.end(),
                   [](const model::Assignment* a, const AssignmentRow* row) { return a->id == row->id(); });
    if (!same) {
        // Rows that stay keep their widget, and with it the keyboard.
        std::vector<AssignmentRow*> kept;
        for (const model::Assignment* assignment : running) {
            const auto old = std::find_if(m_rows.begin(), m_rows.end(),
                                          [&](const AssignmentRow* row) { return row && row->id() == assignment->id; });
            if (old != m_rows.end()) {
                kept.push_back(*old);
                *old = nullptr;
            } else {
                kept.push_back(new AssignmentRow(m_ui, assignment->id, this));
            }
        }
        for (AssignmentRow* gone : m_rows) {
            if (gone) {
                m_column->removeWidget(gone);
                gone->hide();
                gone->deleteLater(); // it may be the sender of what brought us here
            }
        }
        m_rows = std::move(kept);
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            m_column->removeWidget(m_rows[i]);
            m_column->insertWidget(static_cast<int>(i), m_rows[i]);
            m_rows[i]->show();
        }
    }
    for (AssignmentRow* row : m_rows)
        row->refresh();
}

void AssignmentList::tick() {
    for (AssignmentRow* row : m_rows)
        row->tick();
}

} // namespace tocsin::gui
