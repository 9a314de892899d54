#include "desk/handlers.hpp"

#include "tocsin/desk/seat_message.hpp"
#include "tocsin/model/json.hpp"

// Names that are proved by a PIN. The journal has which and since when; by what they are proved stands beside it.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostPins = 500;
constexpr std::size_t mostRecord = 300; ///< bytes

} // namespace

base::Result<Effect> Handlers::operator()(const SetPin& c) {
    if (!isPerson(c.name))
        return fail(Code::refused, "a PIN is a person's");
    if (c.record.size() > mostRecord)
        return fail(Code::tooLarge, "that is no PIN's record");
    auto desk = m_state.desk;
    const bool has = desk.pins.contains(c.name);
    if (!c.anyway && has != c.had)
        return fail(Code::conflict, "the PIN of " + c.name + " was changed meanwhile");
    if (c.record.empty() && !has)
        return fail(Code::notFound, c.name + " has no PIN");
    if (!has && desk.pins.size() >= mostPins)
        return fail(Code::tooLarge, "500 names have a PIN already");
    if (c.record.empty())
        desk.pins.erase(c.name);
    else
        desk.pins[c.name] = m_now;
    Effect effect;
    auto event = eventOf(c.record.empty() ? "name.pin-cleared" : has ? "name.pin-changed" : "name.pin-set", c.name, desk);
    event.data["name"] = c.name;
    effect.events.push_back(std::move(event));
    effect.ids.push_back(c.name);
    effect.pin = c;
    return effect;
}

base::Result<Effect> Handlers::operator()(const NoteWrongPins& c) {
    if (!isPerson(c.name))
        return fail(Code::refused, "a PIN is a person's");
    Event event{"name.pin-wrong", c.name, nlohmann::json::object()};
    event.data["name"] = c.name;
    event.data["seat"] = c.seat;
    event.data["count"] = c.tries;
    event.data["seconds"] = c.seconds;
    return Effect{{std::move(event)}, {c.name}, false};
}

} // namespace tocsin::desk
