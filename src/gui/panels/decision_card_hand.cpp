// What a person makes of the plan by hand.
#include "gui/panels/decision_card.hpp"

#include "gui/panels/candidate_row.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/hand_finder.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/load_editor.hpp"
#include "gui/panels/plan_words.hpp"
#include "gui/panels/shelter_form.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QKeyEvent>
#include <algorithm>
#include <cmath>
#include <tuple>

namespace tocsin::gui {
namespace {

/// The same things from the same stores, however they are listed.
bool sameLoad(const std::vector<model::LoadItem>& one, const std::vector<model::LoadItem>& other) {
    using Key = std::tuple<model::ResourceId, std::string, std::string>;
    std::map<Key, double> sums;
    for (const auto& item : one)
        sums[{item.from, item.code, item.unit}] += item.quantity;
    for (const auto& item : other)
        sums[{item.from, item.code, item.unit}] -= item.quantity;
    return std::all_of(sums.begin(), sums.end(), [](const auto& sum) { return std::abs(sum.second) < 1e-6; });
}

/// What a line made by hand keeps of a way that was asked for it.
dispatch::Choice with(dispatch::Choice way, const dispatch::Choice& before) {
    way.level = before.level;
    way.obstacle = before.obstacle;
    way.claimedBy = before.claimedBy;
    way.freeAt = before.freeAt;
    way.freeGuessed = before.freeGuessed;
    way.leaves = before.leaves;
    way.load = before.load;
    way.people = before.people;
    return way;
}

std::vector<model::ResourceId> storesAlong(const HandLine& line) {
    return storesOf(dispatch::lineOf(line.choice, line.need.need));
}

} // namespace

void DecisionCard::say(const QString& sentence) {
    setOrHide(m_said, sentence);
}

const Offered* DecisionCard::offered(model::ResourceId resource) const {
    const auto found = std::find_if(m_offered.begin(), m_offered.end(), [&](const Offered& one) { return one.resource == resource; });
    return found == m_offered.end() ? nullptr : &*found;
}

std::vector<model::DecisionLine> DecisionCard::linesTaken(std::optional<model::ResourceId> but) const {
    std::vector<model::DecisionLine> lines;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        if (m_rows[i]->isChecked() && m_offered[i].resource != but)
            lines.push_back(lineOf(m_offered[i], *m_answer));
    }
    return lines;
}

std::vector<dispatch::NeedAnswer> DecisionCard::needsLeft() const {
    std::vector<dispatch::NeedAnswer> needs;
    if (!m_answer)
        return needs;
    const auto lines = linesTaken();
    for (const auto& need : m_answer->needs) {
        if (need.incident != *m_incident)
            continue;
        auto& left = needs.emplace_back();
        left.incident = need.incident;
        left.need = need.need;
        left.open = need.open;
        left.unmet = need.unmet;
        const double missing = missingOf(need, lines);
        if (missing > 0 && !left.unmet)
            left.unmet.emplace();
        if (left.unmet)
            left.unmet->missing = missing;
    }
    return needs;
}

void DecisionCard::add() {
    const model::Incident* about = incident();
    if (!about || about->state != model::IncidentState::open || m_ui.desk.readOnly() || m_sending || toJudge() != nullptr)
        return;
    std::set<model::ResourceId> planned;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        if (m_rows[i]->isChecked())
            planned.insert(m_offered[i].resource);
    }
    say({});
    auto* finder = new HandFinder(m_ui, *m_incident, needsLeft(), std::move(planned),
                                  [this, incident = *m_incident](HandLine line) {
                                      if (m_incident == incident)
                                          addLine(std::move(line));
                                  },
                                  this);
    finder->setAttribute(Qt::WA_DeleteOnClose);
    finder->open();
}

void DecisionCard::addLine(HandLine line) {
    const auto who = line.choice.resource;
    if (line.need.need.kind != model::NeedKind::shelter && std::find(m_claimed.begin(), m_claimed.end(), who) == m_claimed.end())
        m_claimed.push_back(who);
    if (line.need.need.kind == model::NeedKind::shelter) {
        askPeople(line);
        return;
    }
    if (line.need.need.kind != model::NeedKind::supply) {
        put(line);
        return;
    }
    std::vector<model::LoadItem> others;
    for (const auto& other : linesTaken(who))
        others.insert(others.end(), other.load.begin(), other.load.end());
    LoadPlan plan(m_ui.desk.state(), m_ui.language, who, needsLeft(), {}, std::move(others), {}, m_ui.desk.now());
    plan.suggest();
    auto* editor = new LoadEditor(m_ui, PlanWords(m_ui.desk.state(), m_ui.language).name(who), std::move(plan),
                                  [this, line, incident = *m_incident](std::vector<model::LoadItem> load, const std::vector<model::ResourceId>& stores) {
                                      if (m_incident == incident)
                                          changeLoad(line, std::move(load), stores);
                                  },
                                  this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &QDialog::rejected, this, [this, who] { forget(who); });
    editor->open();
}

void DecisionCard::put(const HandLine& line) {
    const auto who = line.choice.resource;
    m_hand[who] = line;
    m_own[who] = true; // whatever a new answer says of it
    ++m_handChange;
    say({});
    fill();
    claim();
    if (!m_answer) // an incident without needs has no plan until somebody is added
        ask();
}

void DecisionCard::change(model::ResourceId resource) {
    const Offered* one = offered(resource);
    if (one == nullptr || m_ui.desk.readOnly() || m_sending)
        return;
    if (one->purpose() == model::Purpose::supply)
        editLoad(*one);
    else if (one->purpose() == model::Purpose::shelter)
        askPeople(handOf(*one, lineOf(*one, *m_answer)));
}

HandLine DecisionCard::handOf(const Offered& one, const model::DecisionLine& line) const {
    if (one.hand != nullptr)
        return *one.hand;
    HandLine made;
    made.need.incident = *m_incident;
    made.need.need = one.need->need;
    made.need.open = one.need->open;
    made.choice = *one.choice;
    made.choice.load = line.load;
    made.choice.people = line.people;
    made.instead = line.load;
    made.insteadStores = storesOf(line);
    made.insteadPeople = one.recommended ? line.people : 0;
    return made;
}

void DecisionCard::askPeople(const HandLine& line) {
    const auto who = line.choice.resource;
    ShelterForm::Question question{who, line.choice.people, line.need.open, 0};
    for (const auto& other : linesTaken(who)) {
        if (other.purpose == model::Purpose::shelter && other.need.within == line.need.need.within)
            question.others += other.people;
    }
    auto* form = new ShelterForm(m_ui, question,
                                 [this, line = line, incident = *m_incident](int people) mutable {
                                     if (m_incident != incident)
                                         return;
                                     const auto shelter = line.choice.resource;
                                     if (!line.added && people == line.choice.people && !m_hand.contains(shelter))
                                         return; // as it is
                                     if (!line.added && people == line.insteadPeople) { // as recommended again
                                         m_hand.erase(shelter);
                                         m_own.erase(shelter);
                                         ++m_handChange;
                                         fill();
                                         return;
                                     }
                                     line.choice.people = people;
                                     put(line);
                                 },
                                 this);
    form->setAttribute(Qt::WA_DeleteOnClose);
    form->open();
}

void DecisionCard::editLoad(const Offered& one) {
    const auto resource = one.resource;
    const auto line = lineOf(one, *m_answer);
    const HandLine made = handOf(one, line);
    std::vector<model::LoadItem> others;
    for (const auto& other : linesTaken(resource))
        others.insert(others.end(), other.load.begin(), other.load.end());
    LoadPlan plan(m_ui.desk.state(), m_ui.language, resource, needsLeft(), line.load, std::move(others), storesOf(line), m_ui.desk.now());
    auto* editor = new LoadEditor(m_ui, PlanWords(m_ui.desk.state(), m_ui.language).name(resource), std::move(plan),
                                  [this, made, incident = *m_incident](std::vector<model::LoadItem> load, const std::vector<model::ResourceId>& stores) {
                                      if (m_incident == incident)
                                          changeLoad(made, std::move(load), stores);
                                  },
                                  this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    editor->open();
}

void DecisionCard::changeLoad(const HandLine& before, std::vector<model::LoadItem> load, const std::vector<model::ResourceId>& stores) {
    const auto who = before.choice.resource;
    if (!before.added && sameLoad(load, before.instead) && stores == before.insteadStores) { // as recommended again
        m_hand.erase(who);
        m_own.erase(who);
        ++m_handChange;
        fill();
        return;
    }
    auto line = before;
    line.choice.load = std::move(load);
    m_ui.desk.wayByHand(*m_incident, who, stores, this, [this, line, incident = *m_incident](DeskBridge::HandWay way) mutable {
        if (m_incident != incident)
            return;
        if (!way) {
            say(Words::refusal(way.error()));
            if (!m_hand.contains(line.choice.resource) && line.added)
                forget(line.choice.resource);
            return;
        }
        line.choice = with(std::move(*way), line.choice);
        put(line);
    });
}

void DecisionCard::takeOut(model::ResourceId resource) {
    const Offered* one = offered(resource);
    if (one == nullptr || m_ui.desk.readOnly() || m_sending)
        return;
    const bool recommended = one->recommended;
    const bool added = one->hand != nullptr && one->hand->added;
    if (one->hand != nullptr) {
        m_hand.erase(resource);
        ++m_handChange;
    }
    if (recommended)
        m_own[resource] = false;
    else
        m_own.erase(resource);
    fill();
    if (added)
        forget(resource);
    claim();
}

/// The roads, and where they are, may differ by now.
void DecisionCard::askWays() {
    std::vector<std::pair<model::ResourceId, std::vector<model::ResourceId>>> asked;
    for (const auto& [who, line] : m_hand)
        asked.emplace_back(who, storesAlong(line));
    for (const auto& [who, stores] : asked) {
        m_ui.desk.wayByHand(*m_incident, who, stores, this,
                            [this, who = who, stores = stores, incident = *m_incident](DeskBridge::HandWay way) {
                                const auto made = m_hand.find(who);
                                if (m_incident != incident || made == m_hand.end() || storesAlong(made->second) != stores)
                                    return;
                                if (!way) {
                                    say(tr("%1: %2", "who, what is wrong")
                                            .arg(PlanWords(m_ui.desk.state(), m_ui.language).name(who), Words::error(way.error())));
                                    return;
                                }
                                made->second.choice = with(std::move(*way), made->second.choice);
                                ++m_handChange;
                                fill();
                            });
    }
}

void DecisionCard::forget(model::ResourceId resource) {
    if (std::erase(m_claimed, resource) > 0)
        m_ui.desk.send(desk::ClaimResources{{resource}, true}, this, [](const auto&) {});
}

void DecisionCard::keyPressEvent(QKeyEvent* event) {
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == 0; // "+" is a shifted key
    if (plain && !event->isAutoRepeat() && (event->key() == Qt::Key_Insert || event->key() == Qt::Key_Plus) && m_add->isEnabled())
        add();
    else
        QWidget::keyPressEvent(event);
}

} // namespace tocsin::gui
