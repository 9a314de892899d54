// What becomes of the plan: claimed while somebody decides, sent, approved or refused.
#include "gui/panels/decision_card.hpp"

#include "gui/panels/candidate_row.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/plan_calls.hpp"
#include "gui/panels/plan_notices.hpp"
#include "gui/panels/reason_dialog.hpp"
#include "tocsin/model/waiting.hpp"

#include <QLineEdit>
#include <algorithm>
#include <chrono>
#include <utility>

namespace tocsin::gui {
namespace {

constexpr auto renewedBefore = std::chrono::seconds(60);    ///< that a claim ends
constexpr auto claimedUntouched = std::chrono::minutes(10); ///< then whoever sat here is taken to have gone

} // namespace

/// "I am deciding about these": from the first touch on, so that no other takes them meanwhile.
void DecisionCard::claim() {
    std::vector<model::ResourceId> mine;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        if (m_rows[i]->isChecked() && m_offered[i].purpose() != model::Purpose::shelter &&
            !(m_offered[i].choice != nullptr && m_offered[i].choice->leaves))
            mine.push_back(m_offered[i].resource);
    }
    m_touchedAt = m_ui.desk.now();
    if (mine == m_claimed) {
        renewClaim();
        return;
    }
    if (mine.empty() || m_ui.desk.readOnly())
        return;
    m_claimed = mine;
    m_claimClock->start();
    m_ui.desk.send(desk::ClaimResources{std::move(mine)}, this, [](const auto&) {});
}

/// A claim lapses while somebody still decides: it is made anew shortly before, as long as the card is looked at and was touched
/// lately. Each time is one entry of the journal, so it is not done sooner.
void DecisionCard::renewClaim() {
    const auto now = m_ui.desk.now();
    if (m_claimed.empty() || now - m_touchedAt > claimedUntouched) {
        m_claimClock->stop();
        return;
    }
    if (m_sending || m_ui.desk.readOnly() || !isVisible() || toJudge() != nullptr)
        return;
    const auto me = m_ui.desk.actor().toStdString();
    std::vector<model::ResourceId> mine;
    bool due = false;
    for (const auto& id : m_claimed) {
        const auto found = m_ui.desk.state().resources.find(id);
        if (found == m_ui.desk.state().resources.end() || found->second.retired)
            continue;
        const model::Resource& one = found->second;
        const bool lapsed = !one.claimedUntil || *one.claimedUntil <= now;
        if ((one.claimedBy.empty() && one.status != model::ResourceStatus::available) ||
            model::claimedByAnother(one, now, me)) // sent by another, or his by now
            continue;
        mine.push_back(id);
        due = due || one.claimedBy != me || lapsed || *one.claimedUntil - now < renewedBefore;
    }
    if (due)
        m_ui.desk.send(desk::ClaimResources{std::move(mine)}, this, [](const auto&) {});
}

void DecisionCard::letGo() {
    if (m_claimed.empty() || m_sending)
        return;
    m_ui.desk.send(desk::ClaimResources{std::exchange(m_claimed, {}), true}, this, [](const auto&) {});
}

void DecisionCard::judge(bool approve) {
    const model::Decision* pending = toJudge() != nullptr ? toJudge() : waiting();
    if (pending == nullptr)
        return;
    if (!approve) {
        const bool back = model::takesBack(*pending, m_ui.desk.state().desk.leader, m_ui.desk.actor().toStdString());
        ReasonDialog::Question question;
        question.title = back ? tr("Take the plan back") : tr("Refuse the plan");
        question.explanation = back ? tr("What it takes is free again at once. A reason may be left out.") : tr("Why is it refused? Who made it reads this.");
        question.act = question.title;
        question.needed = !back;
        auto* dialog = new ReasonDialog(
            m_ui, question,
            [id = pending->id](const std::string& reason) -> desk::CommandBody {
                return desk::JudgeDecision{id, false, reason};
            },
            this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        return;
    }
    m_sending = true;
    choiceChanged();
    m_ui.desk.approve(pending->id, this, [this](const base::Result<desk::Done>&) {
        m_sending = false;
        ask();
        fill();
    });
}

model::Decision DecisionCard::card(std::vector<model::AssignmentId>* releases) const {
    std::vector<model::AssignmentId> given;
    auto out = decisionOf(*m_answer, *m_incident, m_offered, taken(),
                          otherwise() ? m_reason->text().trimmed().toStdString() : std::string(), given);
    if (m_coverAsked) { // what is known is of another choice
        out.coverOfPlaces = false;
        out.peopleCoveredBefore = out.peopleCoveredAfter = 0;
    }
    out.notices = PlanNotices(m_ui.desk.state(), m_ui.language, m_ui.desk.now()).of(out);
    out.callLists = m_calls->chosen();
    out.language = out.callLists.empty() ? std::string() : m_ui.language.toStdString();
    if (releases != nullptr)
        *releases = std::move(given);
    return out;
}

void DecisionCard::send() {
    if (toJudge() != nullptr) {
        if (m_send->isEnabled())
            judge(true);
        return;
    }
    const auto who = taken();
    const bool any = std::find(who.begin(), who.end(), true) != who.end();
    if (!m_incident || !m_answer || !m_send->isEnabled() || !m_send->isVisibleTo(this) || !any)
        return;
    const QString reason = m_reason->text().trimmed();
    if (otherwise() && reason.isEmpty()) {
        m_reason->setFocus();
        return;
    }
    desk::SendPlan command;
    command.decision = card(&command.releases);
    m_sending = true;
    choiceChanged();
    m_ui.desk.send(std::move(command), this, [this, about = *m_incident](const base::Result<desk::Done>& done) {
        m_sending = false;
        if (m_incident != about)
            return;
        if (done) {
            m_own.clear();
            m_hand.clear();
            m_calls->forget();
            say({});
            m_claimed.clear();
            m_reason->clear();
            m_answer.reset();
        }
        // Sent or refused, the picture on which the proposal stood is an old one.
        ask();
        fill();
    });
}

} // namespace tocsin::gui
