#include "gui/panels/plan_calls.hpp"

#include "gui/panels/candidate_row.hpp"
#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QLabel>
#include <QVBoxLayout>

namespace tocsin::gui {

PlanCalls::PlanCalls(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_column(new QVBoxLayout(this)), m_title(textLabel(ui.theme, this, true)) {
    setObjectName(QStringLiteral("planCalls"));
    m_column->setContentsMargins(0, 6, 0, 0);
    m_column->setSpacing(0);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(12, 0, 12, 2);
    head->addWidget(m_title);
    m_column->addLayout(head);
    hide();
}

QString PlanCalls::about(const model::PlanCall& call) const {
    if (call.list == nullptr)
        return tr("the plan names it, but no such list is kept");
    const auto& people = call.callDown.people;
    if (people.empty())
        return tr("there is nobody to call on it now");
    if (!call.canBegin())
        return tr("%1, and one call-down takes at most %2: begin it under F12, L, where some can be taken out")
            .arg(Words::people(static_cast<int>(people.size())))
            .arg(model::mostCalled);
    const QString who = people.size() == 1 ? tr("calls %1").arg(Words::plain(people.front().name))
                                           : tr("calls %1 in turn, %2 first", "people, name")
                                                 .arg(Words::people(static_cast<int>(people.size())), Words::plain(people.front().name));
    if (call.begun == nullptr)
        return who;
    const QString when = Words::moment(call.begun->startedAt, m_ui.desk.now(), m_ui.language);
    return call.begun->state == model::CallDownState::answered
               ? tr("begun already, %1: %2 has answered", "when, who").arg(when, Words::plain(call.begun->answeredBy))
               : tr("begun already, %1", "when").arg(when);
}

void PlanCalls::fill(std::size_t at, const model::PlanCall& call, bool enabled) {
    if (at == m_rows.size()) {
        auto* row = new CandidateRow(m_ui.theme, this);
        row->setObjectName(QStringLiteral("planCall%1").arg(at));
        m_column->addWidget(row);
        m_rows.push_back(row);
        const auto set = [this, at](bool on) {
            if (at < m_lines.size())
                m_own[m_lines[at].list] = on;
        };
        connect(row, &QAbstractButton::clicked, this, set);
        connect(row, &CandidateRow::removeWanted, this, [this, at, set] {
            if (!m_rows[at]->isEnabled())
                return;
            m_rows[at]->setChecked(false);
            set(false);
        });
    }
    auto& row = *m_rows[at];
    const model::CallListId id = call.list == nullptr ? model::CallListId() : call.list->id;
    m_lines.push_back({id, call.canBegin()});
    const auto own = m_own.find(id);
    row.setChecked(call.canBegin() && (own == m_own.end() ? call.begun == nullptr : own->second));
    row.setEnabled(enabled && call.canBegin());
    row.set(QStringLiteral("phone"), Words::plain(call.name), about(call), {});
    row.show();
}

void PlanCalls::offer(const model::Incident* incident, bool enabled) {
    m_lines.clear();
    if (incident != nullptr) {
        const auto calls = model::planCalls(*incident, m_ui.desk.plans(), m_ui.desk.state(), m_ui.desk.now(), m_ui.language.toStdString());
        for (std::size_t i = 0; i < calls.size(); ++i)
            fill(i, calls[i], enabled);
    }
    for (std::size_t i = m_lines.size(); i < m_rows.size(); ++i)
        m_rows[i]->hide();
    m_title->setText(tr("Call-downs that begin with it"));
    setVisible(!m_lines.empty());
}

std::vector<model::CallListId> PlanCalls::chosen() const {
    std::vector<model::CallListId> out;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (m_lines[i].canBegin && m_rows[i]->isChecked())
            out.push_back(m_lines[i].list);
    }
    return out;
}

} // namespace tocsin::gui
