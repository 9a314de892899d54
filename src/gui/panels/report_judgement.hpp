#pragma once

#include "gui/panels/report_acts.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace tocsin::gui {

class KeyButton;
class ReportTriage;

/// What a person needs to judge a report, and the judging itself: who has it in hand, the call back with its clock,
/// what its group may be as an incident, the reasons to believe or to doubt it, what may be the same event and why, and
/// the acts. GUI thread.
class ReportJudgement : public QWidget {
    Q_OBJECT
  public:
    ReportJudgement(const UiContext& ui, QWidget* parent);
    void show(model::ReportId report);
    void refresh(); ///< words and facts anew
    void tick();    ///< clocks

  private:
    struct Line {
        QString mark; ///< a shape, so that the colour does not stand alone
        QString text;
        QString whole;
        std::optional<model::ReportId> report;
        friend bool operator==(const Line&, const Line&) = default;
    };
    void fill(QVBoxLayout& column, std::vector<Line>& shown, std::vector<Line> lines);
    [[nodiscard]] std::vector<Line> reasons() const;
    [[nodiscard]] std::vector<Line> proposed() const; ///< why the group may be an incident
    [[nodiscard]] QString declined() const;
    [[nodiscard]] std::vector<Line> same() const;
    [[nodiscard]] ReportTarget target(ReportAct act) const;
    [[nodiscard]] const model::Report* report() const;

    UiContext m_ui;
    ReportTriage& m_triage;
    model::ReportId m_report;
    QLabel* m_hand;
    QLabel* m_callBack;
    QLabel* m_proposalTitle;
    QVBoxLayout* m_proposal;
    std::vector<Line> m_proposalLines;
    QLabel* m_reasonsTitle;
    QVBoxLayout* m_reasons;
    std::vector<Line> m_reasonLines;
    QLabel* m_sameTitle;
    QVBoxLayout* m_same;
    std::vector<Line> m_sameLines;
    std::vector<std::pair<ReportAct, KeyButton*>> m_acts;
};

} // namespace tocsin::gui
