// What becomes of the plan: claimed while somebody decides, sent, approved or refused.
#include "gui/panels/decision_card.hpp"

#include "gui/panels/candidate_row.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/plan_calls.hpp"
#include "gui/panels/plan_notices.hpp"
#include "gui/panels/reason_dialog.hpp"
#include "tocsin/model/waiting.hpp"

#include <QHideEvent>
#include <QLineEdit>
#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace tocsin::gui {
namespace {

constexpr auto renewedBefore = std::chrono::seconds(60);    ///< that a claim ends
constexpr auto claimedUntouched = std::chrono::minutes(10); ///< then whoever sat here is taken to have gone

} // namespace

/// "I am deciding about these": from the first touch on, so that no other takes them meanwhile. Whoever is not chosen any more is free at once.
void DecisionCard::claim() {
    std::vector<model::ResourceId> mine;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        if (m_rows[i]->isChecked() && m_offered[i].purpose() != model::Purpose::shelter &&
            !(m_offered[i].choice != nullptr && m_offered[i].choice->leaves))
            mine.push_back(m_offered[i].resource);
    }
    for (const auto& [who, line] : m_hand) { // added before there is an answer that could offer them
        if (!m_answer && line.need.need.kind != model::NeedKind::shelter)
            mine.push_back(who);
    }
    m_touchedAt = m_ui.desk.now();
    if (mine == m_claimed) {
        renewClaim();
        return;
    }
    if (m_ui.desk.readOnly())
        return;
    const auto isIn = [](const std::vector<model::ResourceId>& list, model::ResourceId id) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    std::vector<model::ResourceId> gone;
    std::copy_if(m_claimed.begin(), m_claimed.end(), std::back_inserter(gone), [&](const auto& id) { return !isIn(mine, id); });
    const bool more = std::any_of(mine.begin(), mine.end(), [&](const auto& id) { return !isIn(m_claimed, id); });
    m_claimed = mine;
    release(std::move(gone));
    if (m_claimed.empty()) {
        m_claimClock->stop();
        return;
    }
    m_claimClock->start();
    if (more)
        m_ui.desk.send(desk::ClaimResources{std::move(mine)}, this, [](const auto&) {});
    else
        renewClaim();
}

/// Lets others have them. What is another's by now, or retired, would have the desk refuse the whole.
void DecisionCard::release(std::vector<model::ResourceId> gone) {
    const auto me = m_ui.desk.actor().toStdString();
    const auto& all = m_ui.desk.state().resources;
    std::erase_if(gone, [&](const auto& id) {
        const auto found = all.find(id);
        return found == all.end() || found->second.retired || model::claimedByAnother(found->second, m_ui.desk.now(), me);
    });
    if (!gone.empty())
        m_ui.desk.send(desk::ClaimResources{std::move(gone), true}, this, [](const auto&) {});
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
    auto held = std::exchange(m_claimed, {});
    if (!m_sending) // else they go with what is being sent
        release(std::move(held));
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
        out.coverLate = true;
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
    if (!m_coverAsked) {
        sendPlan(std::move(command));
        return;
    }
    // The journal is to keep the cover of this very choice: the plan waits for it, but not for long.
    m_held = std::move(command);
    m_heldOf = m_coverAsked;
    m_heldClock->start();
    if (m_coverClock->isActive()) {
        m_coverClock->stop();
        askCover();
    }
}

void DecisionCard::sendHeld(const dispatch::Cover* cover) {
    m_heldClock->stop();
    m_heldOf.reset();
    if (!m_held)
        return;
    auto command = std::move(*m_held);
    m_held.reset();
    if (cover != nullptr)
        dispatch::setCover(command.decision, *cover);
    sendPlan(std::move(command));
}

void DecisionCard::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    if (!event->spontaneous())
        sendHeld(nullptr);
}

void DecisionCard::sendPlan(desk::SendPlan command) {
    const auto about = command.decision.incident;
    m_ui.desk.send(std::move(command), this, [this, about](const base::Result<desk::Done>& done) {
        if (m_incident != about) // the one looked at by now may be sent itself
            return;
        m_sending = false;
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
