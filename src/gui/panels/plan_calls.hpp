#pragma once

#include "tocsin/gui/ui_context.hpp"
#include "tocsin/model/calling.hpp"

#include <QWidget>
#include <map>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace tocsin::gui {

class CandidateRow;

/// The call-down lists that an incident's plan names, a box each, to be begun with what is sent. Ticked, unless one was begun for the incident already
/// or cannot be begun; why not stands on its row. What the person set otherwise stays until forget(). GUI thread.
class PlanCalls : public QWidget {
    Q_OBJECT
  public:
    PlanCalls(const UiContext& ui, QWidget* parent);

    /// Null: none.
    void offer(const model::Incident* incident, bool enabled);
    [[nodiscard]] std::vector<model::CallListId> chosen() const;
    void forget() { m_own.clear(); }

  private:
    struct Line {
        model::CallListId list; ///< null: none of that name is kept
        bool canBegin{false};
    };
    void fill(std::size_t at, const model::PlanCall& call, bool enabled);
    [[nodiscard]] QString about(const model::PlanCall& call) const;

    UiContext m_ui;
    QVBoxLayout* m_column;
    QLabel* m_title;
    std::vector<CandidateRow*> m_rows;
    std::vector<Line> m_lines; ///< one a row
    std::map<model::CallListId, bool> m_own;
};

} // namespace tocsin::gui
