// What the decision card says.
#include "gui/panels/decision_card.hpp"

#include "gui/dispatch/dispatch_words.hpp"
#include "gui/dispatch/order_bundle.hpp"
#include "gui/panels/count_words.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/plan_words.hpp"
#include "gui/panels/shelter_form.hpp"
#include "tocsin/base/seconds.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "tocsin/model/stock_level.hpp"

#include <QLabel>
#include <QLineEdit>
#include <algorithm>
#include <chrono>
#include <numeric>

namespace tocsin::gui {
namespace {

constexpr double oldPosition = 900; ///< seconds: from here on a position's age is told

/// Where nobody knows who lives where, the places that were counted instead.
QString covered(const dispatch::Cover& cover, double count) {
    if (!cover.ofPlaces)
        return Words::people(static_cast<int>(count));
    const int places = static_cast<int>(count);
    return places == 1 ? DecisionCard::tr("1 place on the roads") : DecisionCard::tr("%1 places on the roads").arg(Words::number(places, 0));
}

} // namespace

QString DecisionCard::why(const Offered& one) const {
    const PlanWords words(m_ui.desk.state(), m_ui.language, m_ui.desk.now());
    QStringList parts;
    if (one.choice == nullptr) {
        const dispatch::StandBy& move = *m_answer->cover->standBy;
        parts << tr("stands by: %1 covered again").arg(covered(*m_answer->cover, move.peopleRegained));
        parts << (move.at ? words.name(*move.at) : Words::local(move.place, m_ui.language));
        return parts.join(QStringLiteral(" · "));
    }
    const dispatch::Choice& choice = *one.choice;
    const auto line = lineOf(one, *m_answer);
    if (const QString remark = words.remark(choice.resource); !remark.isEmpty())
        parts << remark; // first: the row has no room for all of a long text
    if (one.hand != nullptr) {
        parts << handText(one);
    } else if (!one.recommended) {
        double last = 0;
        for (const dispatch::Choice& chosen : one.need->chosen)
            last = std::max(last, (chosen.turnout + chosen.eta).value);
        const double behind = (choice.turnout + choice.eta).value - last;
        // Their order is the planner's: the least costs first.
        const auto rank = std::count_if(one.need->others.begin(), one.need->others.end(), [&](const dispatch::Choice& other) {
            return other.obstacle == dispatch::Obstacle::none && &other < one.choice;
        });
        const QString which = rank == 0 ? tr("second choice") : rank == 1 ? tr("third choice") : tr("further choice");
        parts << (behind >= 30 ? tr("%1: %2 later", "second choice, how much").arg(which, Words::eta(base::Seconds(behind))) : which);
        if (choice.needsLost > 0)
            parts << tr("a need elsewhere then stays open");
        else if (one.purpose() != model::Purpose::team)
            parts << tr("instead of another"); // what that costs in all is reckoned for teams only
        else if (!choice.costsKnown)
            parts << tr("what it costs in all is not known: the time was up");
        else if (choice.costs.value >= 30)
            parts << tr("costs %1 more in all").arg(Words::eta(choice.costs));
        else
            parts << tr("costs nothing more in all");
    }
    if (choice.leaves)
        parts << tr("leaves its present order");
    if (one.purpose() == model::Purpose::supply) {
        parts << words.load(line.load);
        if (const QString unknown = words.unweighed(line.load); !unknown.isEmpty())
            parts << unknown;
    } else if (one.purpose() == model::Purpose::shelter)
        parts << tr("%1 find shelter").arg(Words::people(line.people));
    else if (one.need->need.capability.empty())
        parts << tr("for the plan as a whole");
    else
        parts << tr("%1 L%2", "capability, level").arg(Words::capability(one.need->need.capability)).arg(choice.level);
    parts << counts(one) << leftBelowMinimum(one);
    if (choice.etaHigh.value > 0 && choice.etaHigh.value < 86'400)
        parts << PlanWords::range(choice.turnout + choice.etaLow, choice.turnout + choice.etaHigh);
    if (choice.turnout.value >= 30)
        parts << tr("of it about %1 until it sets out").arg(Words::eta(choice.turnout));
    if (choice.late.value >= 30)
        parts << tr("%1 too late").arg(Words::eta(choice.late));
    const auto& resources = m_ui.desk.state().resources;
    if (const auto it = resources.find(choice.resource);
        it != resources.end() && it->second.people > 0 && one.purpose() == model::Purpose::team)
        parts << Words::people(it->second.people);
    if (choice.positionAge.value > oldPosition)
        parts << tr("position %1 old").arg(Words::span(base::toDuration(choice.positionAge)));
    if (choice.straight)
        parts << tr("straight line, over land too");
    if (!choice.via.empty())
        parts << tr("via %1").arg(Words::plain(choice.via));
    return parts.join(QStringLiteral(" · "));
}

/// How old the counts are on which what it brings, or takes in, rests.
QStringList DecisionCard::counts(const Offered& one) const {
    const auto& resources = m_ui.desk.state().resources;
    std::vector<model::ResourceId> counted;
    if (one.purpose() == model::Purpose::shelter)
        counted.push_back(one.resource);
    const auto line = lineOf(one, *m_answer);
    for (const model::LoadItem& item : line.load) {
        if (std::find(counted.begin(), counted.end(), item.from) == counted.end())
            counted.push_back(item.from);
    }
    QStringList out;
    for (const auto& id : counted) {
        const auto found = resources.find(id);
        const QString old = found == resources.end() ? QString() : CountWords::old(m_ui, found->second);
        if (!old.isEmpty())
            out << tr("%1 %2", "a store, counted so long ago").arg(Words::local(found->second.name, m_ui.language), old);
    }
    return out;
}

/// The stores that what it loads, with what else the plan loads there, leaves below their minimum.
QStringList DecisionCard::leftBelowMinimum(const Offered& one) const {
    const auto& resources = m_ui.desk.state().resources;
    const auto isSame = [](const model::LoadItem& a, const model::LoadItem& b) { return a.from == b.from && a.code == b.code && a.unit == b.unit; };
    const auto of = [&](const std::vector<model::LoadItem>& load, const model::LoadItem& item) {
        return std::accumulate(load.begin(), load.end(), 0.0, [&](double sum, const auto& other) { return sum + (isSame(other, item) ? other.quantity : 0); });
    };
    const auto own = lineOf(one, *m_answer).load;
    const auto who = taken();
    QStringList out;
    for (auto item = own.begin(); item != own.end(); ++item) {
        const auto store = resources.find(item->from);
        if (store == resources.end() || std::any_of(own.begin(), item, [&](const auto& earlier) { return isSame(earlier, *item); }))
            continue;
        double gone = of(own, *item);
        for (std::size_t i = 0; i < m_offered.size() && i < who.size(); ++i) {
            if (who[i] && m_offered[i].choice != nullptr && m_offered[i].resource != one.resource)
                gone += of(lineOf(m_offered[i], *m_answer).load, *item);
        }
        for (const auto& level : model::stockLevels(store->second, m_ui.desk.now())) {
            if (level.line->code == item->code && level.line->unit == item->unit && level.free - gone < level.minimum)
                out << tr("%1 keeps %2, below its minimum of %3", "store, quantity, quantity")
                           .arg(Words::local(store->second.name, m_ui.language), DispatchWords::amount(std::max(0.0, level.free - gone), level.line->unit),
                                DispatchWords::amount(level.minimum, level.line->unit));
        }
    }
    return out;
}

void DecisionCard::labels() {
    m_title->setText(tr("Who should go"));
    m_reason->setPlaceholderText(tr("Why otherwise? One word is enough"));
    m_change->setText(tr("Change"));
    m_change->setToolTip(tr("Change what this incident needs"));
    m_add->setText(tr("Add…"));
    m_add->setToolTip(tr("Add anybody to the plan, whoever is recommended (Insert or +)"));
    m_add->setAccessibleName(tr("Add somebody to the plan"));
    setOrHide(m_hint, m_offered.empty() ? QString() : tr("Delete takes a line out, Enter changes what a vehicle brings or how many go to a shelter"));
    const model::Incident* about = incident();
    QString status;
    if (m_asking && !m_answer)
        status = tr("searching…");
    else if (m_answer && !m_offered.empty())
        status = (m_answer->optimal ? tr("optimum proven · %1") : tr("best found · %1")).arg(Words::milliseconds(m_answer->took));
    m_status->setText(status);
    QPalette ink = m_status->palette();
    ink.setColor(QPalette::WindowText, m_ui.theme.colours().accent);
    m_status->setPalette(ink);

    const auto pending = allWaiting();
    const bool anyUnmet = m_answer && m_incident && !unmetText().isEmpty();
    QString note;
    if (!pending.empty()) {
        const auto& leader = m_ui.desk.state().desk.leader;
        QStringList who;
        const PlanWords words(m_ui.desk.state(), m_ui.language);
        for (const model::Decision* plan : pending) {
            for (const model::DecisionLine& line : plan->lines)
                who << words.name(line.resource);
        }
        note = (leader.empty() ? tr("Waits for the leader's word: %1")
                               : tr("Waits for %1's word: %2").arg(Words::plain(leader), QStringLiteral("%1")))
                   .arg(who.join(QStringLiteral(", ")));
        QStringList leave;
        const auto& running = m_ui.desk.state().assignments;
        for (const model::Decision* plan : pending) {
            for (const auto& id : plan->releases) {
                if (const auto one = running.find(id); one != running.end())
                    leave << words.name(one->second.resource);
            }
        }
        if (!leave.isEmpty())
            note = tr("%1. Leave their present orders for it: %2", "who waits, who").arg(note, leave.join(tr(", ")));
        QStringList calls;
        const auto& lists = m_ui.desk.state().callLists;
        for (const model::Decision* plan : pending) {
            for (const auto& id : plan->callLists) {
                if (const auto list = lists.find(id); list != lists.end())
                    calls << Words::quoted(Words::plain(list->second.name));
            }
        }
        if (!calls.isEmpty())
            note = tr("%1. Then begins the call-down %2", "who waits, which").arg(note, calls.join(tr(", ")));
    } else if (!m_failure.isEmpty())
        note = m_failure;
    else if (about && about->needs.empty() && m_hand.empty())
        note = tr("No plan names who is needed. Press Change to say it.");
    else if (m_answer && m_offered.empty() && !anyUnmet)
        note = tr("All that is needed is on its way or there.");
    setOrHide(m_note, note);

    const bool shows = m_answer && toJudge() == nullptr;
    const QString unmet = shows ? unmetText() : QString();
    setOrHide(m_unmet, unmet.isEmpty() ? QString() : tr("Not met: ") + unmet);
    QString facts;
    if (shows && !m_offered.empty() && m_answer->oldestPosition.value > oldPosition)
        facts = tr("The oldest position that this rests on: %1").arg(Words::span(base::toDuration(m_answer->oldestPosition)));
    if (shows && !m_offered.empty() && m_weather != model::RoadWeather::clear) {
        const QString roads = tr("Times for roads with %1").arg(Words::roadWeather(m_weather));
        facts = facts.isEmpty() ? roads : tr("%1 · %2", "two facts").arg(roads, facts);
    }
    if (shows && !m_offered.empty() && !m_answer->optimal) {
        const QString open = tr("Not proven to be the optimum: %1").arg(PlanWords::reasons(dispatch::optimumWords(*m_answer)));
        facts = facts.isEmpty() ? open : open + QLatin1Char('\n') + facts;
    }
    if (shows && !m_offered.empty()) {
        const bool learned = std::any_of(m_offered.begin(), m_offered.end(),
                                         [](const Offered& one) { return one.choice != nullptr && one.choice->turnout.value > 0; });
        const QString from = learned ? tr("Minutes and cover count from the order, as far as it is known how long they take to set out")
                                     : tr("Minutes and cover count from setting out: how long that takes is not known yet");
        facts = facts.isEmpty() ? from : facts + QLatin1Char('\n') + from;
    }
    setOrHide(m_facts, facts);
    QString voice;
    if (about) {
        // Of all that were sent to this incident and have not answered: whom nothing but a person reaches.
        const auto& state = m_ui.desk.state();
        std::vector<model::AssignmentId> sent;
        for (const auto& [id, one] : state.assignments) {
            if (one.incident == about->id)
                sent.push_back(id);
        }
        QStringList names;
        const PlanWords words(state, m_ui.language);
        for (const auto& id : toldByVoice(state, byNumber(state, std::move(sent)))) {
            const model::Assignment& untold = state.assignments.at(id);
            const QString name = words.name(untold.resource);
            names << (untold.word == model::TeamWord::recall  ? tr("%1 (recall)").arg(name)
                      : untold.word == model::TeamWord::way   ? tr("%1 (another way)").arg(name)
                      : untold.word == model::TeamWord::moved ? tr("%1 (new place)").arg(name)
                                                              : name);
        }
        if (!names.isEmpty())
            voice = tr("Still to be told by voice: %1. Their orders: F12, Shift+T").arg(names.join(tr(", ")));
    }
    setOrHide(m_voice, voice);
    const QString cover = shows && !m_offered.empty() ? coverText() : QString();
    setOrHide(m_cover, cover);
    m_coverOnMap->setVisible(!cover.isEmpty());
    m_coverOnMap->setText(tr("Show the minutes on the map"));
    m_others->setVisible(shows && m_answer->considered > 0 && !m_offered.empty());
    m_others->setText(tr("Why not others · %1 considered").arg(m_answer ? m_answer->considered : 0));
    m_others->setIcon(
        Symbols::icon(m_others->isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                      m_ui.theme.colours().dim, 14));
    const QString others = shows && m_others->isChecked() ? othersText() : QString();
    setOrHide(m_othersText, !shows || !m_others->isChecked() ? QString()
                            : others.isEmpty() ? tr("Nobody else with what is needed could come sooner.")
                                               : others);
}

/// What a person made of a line, and what speaks against it now.
QString DecisionCard::handText(const Offered& one) const {
    QStringList parts{one.hand->added ? tr("added by hand") : tr("changed by hand")};
    const PlanWords words(m_ui.desk.state(), m_ui.language, m_ui.desk.now());
    if (one.hand->added && one.choice->obstacle != dispatch::Obstacle::none)
        parts << tr("although: %1", "added by hand, what speaks against it").arg(words.obstacle(*one.choice));
    if (!one.hand->instead.empty())
        parts << tr("recommended: %1", "a load").arg(words.load(one.hand->instead));
    if (one.hand->insteadPeople > 0)
        parts << tr("recommended: %1", "how many people").arg(Words::people(one.hand->insteadPeople));
    if (one.purpose() == model::Purpose::shelter) {
        const int free = placesOf(m_ui.desk.state(), one.resource).free();
        if (one.choice->people > free)
            parts.prepend(free == 1 ? tr("only 1 place is free now") : tr("only %1 places are free now").arg(free));
    }
    const auto& resources = m_ui.desk.state().resources;
    const auto found = resources.find(one.resource);
    const bool gone = found == resources.end() || found->second.retired;
    const auto& assignments = m_ui.desk.state().assignments;
    const bool busy = one.purpose() != model::Purpose::shelter && std::any_of(assignments.begin(), assignments.end(), [&](const auto& item) {
        const auto& sent = item.second;
        return sent.resource == one.resource && sent.state != model::AssignmentState::released && sent.purpose != model::Purpose::standBy &&
               sent.purpose != model::Purpose::shelter;
    });
    if (gone || busy || found->second.status == model::ResourceStatus::outOfService || found->second.status == model::ResourceStatus::maintenance)
        parts.prepend(tr("cannot be sent any more"));
    return parts.join(QStringLiteral(", "));
}

QString DecisionCard::unmetText() const {
    const PlanWords words(m_ui.desk.state(), m_ui.language, m_ui.desk.now());
    QStringList unmet;
    const auto lines = linesTaken();
    for (const dispatch::NeedAnswer& need : m_answer->needs) {
        if (need.incident != *m_incident)
            continue;
        const double missing = missingOf(need, lines);
        if (!need.unmet && missing <= 0)
            continue;
        if (need.unmet && need.unmet->missing == missing) {
            unmet << words.unmet(need);
        } else if (missing > 0) {
            dispatch::NeedAnswer left;
            left.need = need.need;
            left.unmet = need.unmet.value_or(dispatch::Unmet());
            left.kept = need.kept;
            left.unmet->missing = missing;
            unmet << words.unmet(left);
        }
    }
    return unmet.join(tr("; "));
}

QString DecisionCard::othersText() const {
    const PlanWords words(m_ui.desk.state(), m_ui.language, m_ui.desk.now());
    QStringList others;
    for (const dispatch::NeedAnswer& need : m_answer->needs) {
        if (need.incident != *m_incident || need.open <= 0)
            continue;
        for (const auto* list : {&need.others, &need.kept}) {
            for (const dispatch::Choice& c : *list) {
                if (std::any_of(m_offered.begin(), m_offered.end(),
                                [&](const auto& o) { return o.resource == c.resource && c.costs.value < 30; }))
                    continue;
                QStringList against{words.obstacle(c)};
                const bool place = need.need.kind == model::NeedKind::shelter && list == &need.others; // further ones that would do
                if (place && !need.chosen.empty() && (c.turnout + c.eta).value < (need.chosen.back().turnout + need.chosen.back().eta).value)
                    against << Words::obstacle(dispatch::Obstacle::worseInAll);
                if (const QString remark = words.remark(c.resource); !remark.isEmpty())
                    against << remark;
                others << tr("%1 (%2): %3", "who, for what, why not")
                              .arg(words.name(c.resource), words.what(need.need), against.join(QStringLiteral(" · ")));
            }
        }
    }
    for (const dispatch::Change& change : m_answer->changes) {
        if (change.to && *change.to == *m_incident)
            others << tr("%1 (%2): it would have to leave its present order", "who, for what")
                          .arg(words.name(change.resource), change.need ? words.what(*change.need) : QString());
    }
    others.removeDuplicates();
    return others.join(QLatin1Char('\n'));
}

QString DecisionCard::toldText() const {
    const auto notices = card().notices;
    if (notices.empty())
        return {};
    QStringList lines{tr("To be told when it is sent:")};
    for (const auto& notice : notices)
        lines << Words::plain(notice);
    return lines.join(QLatin1Char('\n'));
}

QString DecisionCard::coverText() const {
    if (!m_answer->cover || m_answer->cover->people <= 0)
        return {};
    if (m_coverAsked)
        return tr("If the next call comes now: reckoned for this choice in a moment.");
    const dispatch::Cover& cover = *m_answer->cover;
    const QString here = cover.peopleLost < 1
                             ? tr("If the next call comes now: nobody loses cover.")
                             : tr("If the next call comes now: %1 of %2 lose cover within %3.", "people lost, people covered before, minutes")
                                   .arg(covered(cover, cover.peopleLost), Words::number(cover.peopleBefore, 0), Words::eta(cover.target));
    if (cover.peopleLostInAll < cover.peopleLost + 1)
        return here;
    return tr("%1 With what is recommended for other incidents: %2.", "that sentence, people lost")
        .arg(here, covered(cover, cover.peopleLostInAll));
}

} // namespace tocsin::gui
