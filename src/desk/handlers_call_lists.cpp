#include "desk/call_turns.hpp"
#include "desk/handlers.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>

// Call-down lists that the county keeps under a name; what is started from them is in handlers_duty.cpp.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::ptrdiff_t mostLists = 500;
constexpr std::size_t shortText = 200;

base::Result<void> checkStep(const model::State& state, const model::CallListStep& step) {
    if (step.resource) {
        const auto found = state.resources.find(*step.resource);
        if (found == state.resources.end() || found->second.retired)
            return fail(Code::notFound, "a step of the list names a resource that is not there");
    }
    for (const auto* text : {&step.name, &step.phone}) {
        if (auto ok = checkText(*text, text == &step.name ? "a name on the list" : "the phone of a person on the list", shortText,
                                step.resource.has_value());
            !ok)
            return ok;
    }
    if (auto ok = checkText(step.role, "a role on the list", shortText, true); !ok)
        return ok;
    if (!model::isTurn(step.wait))
        return fail(Code::outOfRange, turnBounds);
    return {};
}

} // namespace

base::Result<Effect> Handlers::operator()(const PutCallList& c) {
    auto list = c.list;
    if (auto ok = checkText(list.name, "the list's name", shortText); !ok)
        return tl::unexpected(ok.error());
    if (!model::mayBeCalled(list.steps.size()))
        return fail(Code::refused, "a call-down list has 1 to 50 steps");
    for (const auto& step : list.steps) {
        if (auto ok = checkStep(m_state, step); !ok)
            return tl::unexpected(ok.error());
    }
    for (const auto& [id, other] : m_state.callLists) {
        if (!other.removed && id != list.id && other.name == list.name)
            return fail(Code::conflict, "there is a call-down list of that name already");
    }
    const auto found = m_state.callLists.find(list.id);
    const bool known = found != m_state.callLists.end();
    if (!known && !list.id.isNull())
        return fail(Code::notFound, "there is no such call-down list");
    if (known && found->second.removed)
        return fail(Code::conflict, "that call-down list has been removed");
    if (known && c.seen && *c.seen != found->second)
        return fail(Code::conflict, "the call-down list has been changed by " + found->second.changedBy + " meanwhile: look at it again");
    if (!known) {
        const auto kept = std::count_if(m_state.callLists.begin(), m_state.callLists.end(), [](const auto& one) { return !one.second.removed; });
        if (kept >= mostLists)
            return fail(Code::tooLarge, "the county keeps " + std::to_string(mostLists) + " call-down lists already");
        list.id = m_ids.make<model::CallListId>();
    } else if (list.name == found->second.name && list.steps == found->second.steps) {
        return Effect{{}, {list.id.toString()}, true};
    }
    list.removed = false;
    list.changedAt = m_now;
    list.changedBy = m_actor;
    return Effect{{eventOf(known ? "call-list.changed" : "call-list.added", list.id.toString(), list)}, {list.id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const RemoveCallList& c) {
    const auto found = m_state.callLists.find(c.list);
    if (found == m_state.callLists.end() || found->second.removed)
        return fail(Code::notFound, "there is no such call-down list");
    if (auto ok = checkText(c.reason, "the reason", 1'000, true); !ok)
        return tl::unexpected(ok.error());
    auto list = found->second;
    list.removed = true;
    list.changedAt = m_now;
    list.changedBy = m_actor;
    auto event = eventOf("call-list.removed", list.id.toString(), list);
    if (!c.reason.empty())
        event.data["reason"] = c.reason;
    return Effect{{std::move(event)}, {list.id.toString()}, false};
}

} // namespace tocsin::desk
