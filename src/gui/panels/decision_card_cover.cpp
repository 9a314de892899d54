// What the next call would find after the plan: it follows each change of the choice.
#include "gui/panels/decision_card.hpp"

#include "gui/panels/candidate_row.hpp"

#include <QPushButton>
#include <memory>
#include <utility>

namespace tocsin::gui {

void DecisionCard::showCover() {
    const bool shown = m_coverOnMap->isChecked() && m_answer && m_answer->cover && !m_offered.empty();
    if (!shown && !m_coverShown)
        return;
    m_coverShown = shown;
    emit coverChanged(shown ? std::make_shared<const dispatch::Cover>(*m_answer->cover) : nullptr);
}

std::set<model::ResourceId> DecisionCard::going() const {
    std::set<model::ResourceId> out;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        if (m_rows[i]->isChecked() && m_offered[i].choice != nullptr && m_offered[i].purpose() != model::Purpose::shelter)
            out.insert(m_offered[i].resource);
    }
    return out;
}

std::set<model::ResourceId> DecisionCard::wanted(bool here) const {
    std::set<model::ResourceId> out;
    for (const dispatch::NeedAnswer& need : m_answer->needs) {
        if (need.need.kind == model::NeedKind::shelter || (need.incident == *m_incident) != here)
            continue;
        for (const dispatch::Choice& choice : need.chosen)
            out.insert(choice.resource);
    }
    return out;
}

void DecisionCard::followCover() {
    const bool shown = m_answer && m_answer->cover && !m_offered.empty();
    const auto now = going();
    if (!shown || now == m_coverOf) {
        m_coverClock->stop();
        if (m_coverAsked.has_value()) {
            m_coverAsked.reset();
            labels();
        }
        return;
    }
    if (m_coverAsked == now)
        return;
    m_coverAsked = now;
    m_coverClock->start();
    labels(); // what it said is of another choice
}

void DecisionCard::askCover() {
    if (!m_answer || !m_incident || !m_coverAsked)
        return;
    m_ui.desk.coverOf(*m_coverAsked, wanted(false), this, [this, about = m_answer, asked = *m_coverAsked](DeskBridge::CoverAnswer found) {
        if (m_heldOf == asked)
            sendHeld(found ? &*found : nullptr);
        if (m_answer != about || m_coverAsked != asked) // another answer or choice by now
            return;
        auto answer = std::make_shared<dispatch::Answer>(*about);
        answer->cover.reset(); // where it cannot be told, nothing is said rather than what was true of another choice
        if (found)
            answer->cover = std::move(*found);
        const auto& before = about->cover->standBy;
        const std::optional<dispatch::StandBy> after = answer->cover ? answer->cover->standBy : std::nullopt;
        if (before && (!after || after->resource != before->resource) && !m_hand.contains(before->resource))
            m_own.erase(before->resource); // that move would repair nothing now
        m_coverOf = asked;
        m_coverAsked.reset();
        m_answer = std::move(answer);
        fill();
        showCover();
    });
}

} // namespace tocsin::gui
