#pragma once

#include "gui/panels/detail_view.hpp"
#include "gui/panels/incident_acts.hpp"

#include <map>
#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

class AssignmentList;
class DecisionCard;
class FactGrid;
class TimeLine;
class TitleBlock;

/// An incident: what it is, who should go, who has gone, what happened.
class IncidentView : public DetailView {
    Q_OBJECT
  public:
    IncidentView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;
    void send(); ///< the decision card's button

  signals:
    void proposalChanged(std::shared_ptr<const tocsin::dispatch::Recommendation> proposal);
    void coverChanged(std::shared_ptr<const tocsin::dispatch::Cover> cover);

  protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    [[nodiscard]] const model::Incident* incident() const;
    void facts();
    void checklist();
    void loadTimeLine();
    void addEntries(const Changes& changes);
    void showTimeLine();
    void confirmGrade();
    void act(IncidentAct what);
    void writeNote();

    model::IncidentId m_incident;
    TitleBlock* m_title;
    QWidget* m_gradeRow;
    QLabel* m_gradeText;
    QPushButton* m_confirm;
    QPushButton* m_regrade;
    QWidget* m_actRow;
    QPushButton* m_move;
    QPushButton* m_plan;
    FactGrid* m_facts;
    DecisionCard* m_card;
    QLabel* m_assignedTitle;
    AssignmentList* m_assigned;
    QLabel* m_checklistTitle;
    QLabel* m_checklist;
    QLabel* m_timeTitle;
    QLineEdit* m_note;
    QLabel* m_noteTrouble;
    TimeLine* m_timeLine;
    QPushButton* m_close;
    std::map<std::int64_t, model::Entry> m_entries; ///< by seq
};

} // namespace tocsin::gui
