#include "desk/call_turns.hpp"
#include "desk/handlers.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

// People who are called in turn until one answers, and what other counties and enterprises are asked to lend.

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::AidState;
using model::CallDownState;

namespace {

constexpr std::size_t mostItems = 100;
constexpr double mostQuantity = 1e9;

/// What may follow: a request goes one way, and may be called off until it is there.
bool mayBecome(AidState from, AidState to) {
    switch (to) {
    case AidState::drafted:
        return false;
    case AidState::sent:
        return from == AidState::drafted;
    case AidState::accepted:
    case AidState::declined:
        return from == AidState::sent;
    case AidState::arrived:
        return from == AidState::accepted;
    case AidState::returned:
        return from == AidState::arrived;
    case AidState::cancelled:
        return from < AidState::declined;
    }
    return false;
}

std::string typeOf(AidState state) {
    return "aid." + std::string(toString(state));
}

} // namespace

base::Result<Event> Handlers::begun(model::CallDown list) const {
    if (auto ok = checkText(list.title, "the list's title", 200); !ok)
        return tl::unexpected(ok.error());
    if (!model::mayBeCalled(list.people.size()))
        return fail(Code::refused, "a call-down list has 1 to 50 people");
    for (auto& person : list.people) {
        if (auto ok = checkText(person.name, "a name on the list", 200); !ok)
            return tl::unexpected(ok.error());
        for (const auto* text : {&person.phone, &person.role}) {
            if (auto ok = checkText(*text, "a line of the list", 200, true); !ok)
                return tl::unexpected(ok.error());
        }
        if (person.wait.value != 0 && !model::isTurn(person.wait))
            return fail(Code::outOfRange, turnBounds);
        person.askedAt.reset();
        person.answeredAt.reset();
        person.result.clear();
    }
    if (!model::isTurn(list.every))
        return fail(Code::outOfRange, turnBounds);
    if (list.list && !m_state.callLists.contains(*list.list))
        return fail(Code::notFound, "there is no such call-down list");
    if (list.incident) {
        if (auto incident = openIncident(*list.incident); !incident)
            return tl::unexpected(incident.error());
    }
    if (list.resource && !m_state.resources.contains(*list.resource))
        return fail(Code::notFound, "there is no such resource");
    list.id = m_ids.make<model::CallDownId>();
    list.state = CallDownState::running;
    list.startedAt = m_now;
    list.startedBy = m_actor;
    list.answeredBy.clear();
    list.at = 0;
    beginTurn(list, m_now);
    return eventOf("call-down.started", list.id.toString(), list);
}

base::Result<Effect> Handlers::operator()(const StartCallDown& c) {
    auto event = begun(c.callDown);
    if (!event)
        return tl::unexpected(event.error());
    const auto id = event->subject;
    return Effect{{std::move(*event)}, {id}, false};
}

base::Result<Effect> Handlers::operator()(const AnswerCallDown& c) {
    const auto found = m_state.callDowns.find(c.callDown);
    if (found == m_state.callDowns.end())
        return fail(Code::notFound, "there is no such call-down");
    auto list = found->second;
    if (list.state == CallDownState::answered || list.state == CallDownState::ended)
        return fail(Code::conflict, "that call-down is over: " +
                                        (list.answeredBy.empty() ? "it was ended" : list.answeredBy + " answered"));
    if (c.person < 0 || c.person >= static_cast<int>(list.people.size()))
        return fail(Code::notFound, "there is nobody with that number on the list");
    if (auto ok = checkText(c.result, "what was said", 1'000, !c.reached); !ok)
        return tl::unexpected(ok.error());
    auto& person = list.people[static_cast<std::size_t>(c.person)];
    person.result = c.result.empty() ? model::noAnswer : c.result;
    if (c.reached) {
        person.askedAt = person.askedAt.value_or(m_now);
        person.answeredAt = m_now;
        list.answeredBy = person.name;
        list.state = CallDownState::answered;
        list.nextAt.reset();
        return Effect{{eventOf("call-down.answered", list.id.toString(), list)}, {list.id.toString()}, false};
    }
    if (list.state == CallDownState::exhausted || c.person != list.at)
        return Effect{{eventOf("call-down.tried", list.id.toString(), list)}, {list.id.toString()}, false};
    return Effect{{nextTurn(std::move(list), model::noAnswer, m_now)}, {c.callDown.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const EndCallDown& c) {
    const auto found = m_state.callDowns.find(c.callDown);
    if (found == m_state.callDowns.end())
        return fail(Code::notFound, "there is no such call-down");
    auto list = found->second;
    if (list.state == CallDownState::answered || list.state == CallDownState::ended)
        return fail(Code::conflict, "that call-down is over already");
    if (auto ok = checkText(c.reason, "the reason", 1'000); !ok)
        return tl::unexpected(ok.error());
    list.state = CallDownState::ended;
    list.nextAt.reset();
    auto event = eventOf("call-down.ended", list.id.toString(), list);
    event.data["reason"] = c.reason;
    return Effect{{std::move(event)}, {list.id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const PutAidRequest& c) {
    auto request = c.request;
    auto incident = openIncident(request.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    const auto partner = m_state.resources.find(request.partner);
    if (partner == m_state.resources.end() || partner->second.retired)
        return fail(Code::notFound, "there is no such partner");
    if (request.items.empty() || request.items.size() > mostItems)
        return fail(Code::refused, "a request for aid asks for 1 to 100 things");
    for (auto& item : request.items) {
        item.promised.reset(); // nobody has answered a draft
        if (auto ok = checkText(item.code, "what is asked for", 200); !ok)
            return tl::unexpected(ok.error());
        if (auto ok = checkText(item.unit, "its unit", 60, true); !ok)
            return tl::unexpected(ok.error());
        if (!std::isfinite(item.quantity) || item.quantity <= 0 || item.quantity > mostQuantity)
            return fail(Code::outOfRange, "what is asked for must be more than 0 and at most 1,000,000,000");
    }
    if (auto ok = checkText(request.message, "the message", 4'000, true); !ok)
        return tl::unexpected(ok.error());
    const auto known = m_state.aidRequests.find(request.id);
    if (known != m_state.aidRequests.end() && known->second.state != AidState::drafted)
        return fail(Code::conflict, "request " + known->second.number + " has left the desk already");
    if (known != m_state.aidRequests.end() && c.seen && *c.seen != known->second)
        return fail(Code::conflict, "request " + known->second.number + " has been changed by " + known->second.by + " meanwhile: look at it again");
    if (known == m_state.aidRequests.end()) {
        const auto before = std::count_if(m_state.aidRequests.begin(), m_state.aidRequests.end(),
                                          [&](const auto& one) { return one.second.incident == request.incident; });
        request.id = m_ids.make<model::AidRequestId>();
        request.number = incident->number + "/A" + std::to_string(before + 1);
        request.draftedAt = m_now;
    } else {
        request.number = known->second.number;
        request.draftedAt = known->second.draftedAt;
    }
    request.state = AidState::drafted;
    request.by = m_actor;
    request.changedAt = m_now;
    request.note.clear();
    return Effect{{eventOf("aid.drafted", request.id.toString(), request)}, {request.id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const AdvanceAidRequest& c) {
    const auto found = m_state.aidRequests.find(c.request);
    if (found == m_state.aidRequests.end())
        return fail(Code::notFound, "there is no such request for aid");
    auto request = found->second;
    if (!mayBecome(request.state, c.to))
        return fail(Code::conflict, "a request that is " + std::string(toString(request.state)) + " cannot become " +
                                        std::string(toString(c.to)));
    if (auto ok = checkText(c.note, "what they answered", 1'000, true); !ok)
        return tl::unexpected(ok.error());
    if (!c.lent.empty()) {
        if (c.to != AidState::accepted && c.to != AidState::arrived)
            return fail(Code::refused, "what they lend is said where they promise it, or where it arrives");
        if (c.lent.size() != request.items.size())
            return fail(Code::refused, "what they lend is said of each thing that was asked for");
        for (std::size_t i = 0; i < c.lent.size(); ++i) {
            if (!std::isfinite(c.lent[i]) || c.lent[i] < 0 || c.lent[i] > mostQuantity)
                return fail(Code::outOfRange, "what they lend must be 0 to 1,000,000,000");
            request.items[i].promised = c.lent[i];
        }
        if (std::none_of(c.lent.begin(), c.lent.end(), [](double lent) { return lent > 0; }))
            return fail(Code::refused, "who lends nothing declines");
    }
    request.state = c.to;
    request.changedAt = m_now;
    if (!c.note.empty())
        request.note = c.note;
    return Effect{{eventOf(typeOf(c.to), request.id.toString(), request)}, {request.id.toString()}, false};
}

} // namespace tocsin::desk
