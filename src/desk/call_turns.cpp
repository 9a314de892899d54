#include "desk/call_turns.hpp"

#include "tocsin/base/seconds.hpp"
#include "tocsin/model/json.hpp"

#include <chrono>

namespace tocsin::desk {

base::Duration turnLasts(const model::CallDown& list) {
    const auto& person = list.people[static_cast<std::size_t>(list.at)];
    return base::toDuration(person.wait.value > 0 ? person.wait : list.every);
}

void beginTurn(model::CallDown& list, base::Time now) {
    list.people[static_cast<std::size_t>(list.at)].askedAt = now;
    list.nextAt = now + turnLasts(list);
}

Event nextTurn(model::CallDown list, const char* result, base::Time now) {
    auto& person = list.people[static_cast<std::size_t>(list.at)];
    if (person.result.empty())
        person.result = result;
    if (list.at + 1 >= static_cast<int>(list.people.size())) {
        list.state = model::CallDownState::exhausted;
        list.nextAt.reset();
        return eventOf("call-down.exhausted", list.id.toString(), list);
    }
    ++list.at;
    beginTurn(list, now);
    return eventOf("call-down.next", list.id.toString(), list);
}

} // namespace tocsin::desk
