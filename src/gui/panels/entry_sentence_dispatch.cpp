#include "gui/panels/sentence.hpp"

#include "tocsin/base/seconds.hpp"

#include <algorithm>

// What the duty log says of decisions, of those who were sent, of call-downs and of mutual aid.

namespace tocsin::gui {

QString Sentence::decision(const std::string& what) const {
    const model::Decision* card = subject(m_images.decisions, m_state.decisions);
    if (!card)
        return {};
    const QString where = incidentName(find(m_images.incidents, m_state.incidents, card->incident));
    QStringList names;
    for (const model::DecisionLine& line : card->lines) {
        const model::Resource* resource = find(m_images.resources, m_state.resources, line.resource);
        names << resourceName(resource);
    }
    constexpr qsizetype most = 4;
    const qsizetype rest = names.size() - most;
    QString who = names.mid(0, most).join(tr(", "));
    if (rest > 0)
        who = tr("%1 and %2 more").arg(who).arg(rest);
    const QString reason = Words::plain(card->reason);
    const auto because = [&](const QString& sentence) {
        return reason.isEmpty() ? sentence : tr("%1; otherwise than recommended: %2").arg(sentence, reason);
    };
    if (what == "proposed")
        return because(tr("Proposed to send %1 to %2: waits for the leader").arg(who, where));
    if (what == "sent")
        return because(tr("Decided to send %1 to %2").arg(who, where));
    const QString judgement = Words::plain(card->judgement);
    const QString leader = Words::plain(card->judgedBy);
    if (what == "call-not-begun") // it was to begin with what was approved
        return tr("Call-down %1 not begun: %2", "list, why").arg(Words::quoted(field("name")), Words::sentence(field("reason").toStdString()));
    QString out;
    if (what == "approved")
        out = tr("%1 approves sending %2 to %3").arg(leader, who, where);
    else if (what == "refused")
        out = tr("%1 refuses to send %2 to %3").arg(leader, who, where);
    else if (what == "withdrawn")
        out = tr("%1 takes back the plan to send %2 to %3").arg(leader, who, where);
    return out.isEmpty() || judgement.isEmpty() ? out : tr("%1: %2", "sentence, reason").arg(out, judgement);
}

/// Another road, a word from the field.
QString Sentence::assignmentOnTheWay(const std::string& what) const {
    const model::Assignment* one = subject(m_images.assignments, m_state.assignments);
    const QString who = one ? resourceName(find(m_images.resources, m_state.resources, one->resource)) : tr("a team");
    if (what == "heard") {
        const QString text = field("text");
        return text.isEmpty() ? tr("%1 answers the roll call").arg(who)
                              : tr("%1 answers the roll call: %2").arg(who, Words::quoted(text));
    }
    if (what == "unblocked")
        return tr("The way of %1 is open again").arg(who);
    if (what == "blocked") {
        if (!one || !one->blocked)
            return tr("The way of %1 is blocked").arg(who);
        const model::Drawing* closure = find(m_images.drawings, m_state.drawings, one->blocked->closure);
        const QString name = closure ? local(closure->name) : QString();
        const QString road = name.isEmpty() ? Words::plain(one->blocked->road) : Words::quoted(name);
        const QString said = road.isEmpty() ? tr("The way of %1 is blocked").arg(who)
                                            : tr("The way of %1 is blocked at %2", "a team, a closure or road").arg(who, road);
        return one->blocked->arrival ? tr("%1; by another way there at %2").arg(said, moment(*one->blocked->arrival))
                                     : tr("%1; no way is left").arg(said);
    }
    if (!one)
        return withReason(tr("Another way for %1").arg(who));
    // What is left of the way counts from the departure: the clock of arrival is the same for all who read it.
    const auto start = one->departedAt.value_or(m_entry.time);
    const auto arrives = start + base::toDuration(one->eta);
    return withReason(tr("Another way for %1, expected at %2").arg(who, moment(arrives)));
}

QString Sentence::callDown(const std::string& what) const {
    const model::CallDown* list = subject(m_images.callDowns, m_state.callDowns);
    if (!list)
        return {};
    const QString title = Words::quoted(Words::plain(list->title));
    const auto at = static_cast<std::size_t>(std::max(0, list->at));
    const auto named = [&](std::size_t n) {
        return n < list->people.size() ? Words::plain(list->people[n].name) : QString();
    };
    if (what == "started")
        return tr("Call-down %1 begun with %2, %3 on the list").arg(title, named(0), Words::people(static_cast<int>(list->people.size())));
    if (what == "next" && at > 0 && at <= list->people.size() && list->people[at - 1].result == model::turnPassed)
        return tr("Call-down %1: the turn of %2 passed, nobody said that they were called; now %3").arg(title, named(at - 1), named(at));
    if (what == "next")
        return at > 0 ? tr("Call-down %1: no answer from %2, now %3").arg(title, named(at - 1), named(at))
                      : tr("Call-down %1: now %2").arg(title, named(at));
    if (what == "tried") {
        // Out of turn: named where only one can be meant.
        QStringList tried;
        for (std::size_t n = 0; n < list->people.size(); ++n) {
            const auto& result = list->people[n].result;
            if (n != at && !result.empty() && result != model::turnPassed && !list->people[n].answeredAt)
                tried << named(n);
        }
        if (tried.size() == 1)
            return tr("Call-down %1: %2 could not be reached").arg(title, tried.front());
        return tr("Call-down %1: somebody could not be reached").arg(title);
    }
    if (what == "answered") {
        for (const model::CallDownPerson& person : list->people) {
            if (person.answeredAt && person.name == list->answeredBy)
                return tr("Call-down %1: %2 has answered: %3").arg(title, Words::plain(person.name), Words::plain(person.result));
        }
        return tr("Call-down %1: %2 has answered").arg(title, Words::plain(list->answeredBy));
    }
    const int unrung = model::turnsPassed(*list);
    if (what == "exhausted" && unrung > 0)
        return tr("Call-down %1: the list is at its end, and for %2 nobody said that a call was made").arg(title, Words::people(unrung));
    if (what == "exhausted")
        return tr("Call-down %1: nobody on the list has answered").arg(title);
    if (what == "ended")
        return withReason(tr("Call-down %1 ended").arg(title));
    return {};
}

QString Sentence::callList(const std::string& what) const {
    const model::CallList* list = subject(m_images.callLists, m_state.callLists);
    if (!list)
        return {};
    const QString name = Words::quoted(Words::plain(list->name));
    const int steps = static_cast<int>(list->steps.size());
    if (what == "added")
        return tr("New call-down list %1 with %2 steps").arg(name).arg(steps);
    if (what == "changed")
        return tr("Call-down list %1 changed: %2 steps").arg(name).arg(steps);
    if (what == "removed")
        return withReason(tr("Call-down list %1 removed").arg(name));
    return {};
}

QString Sentence::aid(const std::string& what) const {
    const model::AidRequest* request = subject(m_images.aidRequests, m_state.aidRequests);
    if (!request)
        return {};
    const model::Resource* partner = find(m_images.resources, m_state.resources, request->partner);
    const QString whom = partner ? local(partner->name) : tr("a partner");
    const QString number = Words::plain(request->number);
    const bool answer = what == "accepted" || what == "arrived";
    bool told = false;
    QStringList things;
    for (const model::AidItem& item : request->items) {
        const QString name = item.name.empty() ? Words::capability(item.code) : local(item.name);
        told = told || item.promised;
        things << QStringLiteral("%1 %2 %3").arg(Words::number(answer ? model::lentOf(item) : item.quantity), Words::unit(item.unit), name).simplified();
    }
    const QString list = things.join(tr(", "));
    const auto answered = [&](const QString& sentence) {
        const QString note = Words::plain(request->note);
        return note.isEmpty() ? sentence : tr("%1: %2", "sentence, reason").arg(sentence, note);
    };
    if (what == "drafted")
        return tr("Mutual aid %1 drafted to %2: %3").arg(number, whom, list);
    if (what == "sent")
        return answered(tr("Mutual aid %1 sent to %2: %3").arg(number, whom, list));
    if (what == "accepted" && told)
        return answered(tr("%1 lends, mutual aid %2: %3").arg(whom, number, list));
    if (what == "accepted")
        return answered(tr("%1 lends, mutual aid %2").arg(whom, number));
    if (what == "declined")
        return answered(tr("%1 declines, mutual aid %2").arg(whom, number));
    if (what == "arrived")
        return answered(tr("Mutual aid %1 from %2 has arrived: %3").arg(number, whom, list));
    if (what == "returned")
        return answered(tr("Mutual aid %1 given back to %2").arg(number, whom));
    if (what == "cancelled")
        return answered(tr("Mutual aid %1 to %2 called off").arg(number, whom));
    return {};
}

} // namespace tocsin::gui
