#include "desk/alarm_flow.hpp"
#include "desk/assignment_steps.hpp"
#include "desk/handlers.hpp"
#include "desk/unit_book.hpp"

#include "tocsin/geo/measure.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>

// What units in the field send: what they write and draw, their beacons; and which resource each carries.

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::Drawing;
using model::DrawingKind;

namespace {

constexpr std::size_t mostFieldDrawings = 5'000;
constexpr std::size_t mostPoints = 2'000;
constexpr std::size_t longestLine = 1'600; ///< bytes: 400 characters of any script
constexpr base::SquareMetres largestArea{1e12};

base::Result<void> checkSource(const std::string& id, std::string_view what) {
    return checkText(id, what, 400);
}

/// A ring is an area; anything else a pin at its first point, which keeps the line: never a closure, for that is for
/// the desk to say.
void shapeOf(const model::Line& line, Drawing& drawing) {
    drawing.kind = DrawingKind::pin;
    drawing.line = line;
    drawing.line.erase(std::unique(drawing.line.begin(), drawing.line.end()), drawing.line.end());
    if (!model::isRing(drawing.line))
        return;
    const auto area = geo::area(drawing.line);
    if (area > base::SquareMetres(0) && area <= largestArea)
        drawing.kind = DrawingKind::area;
}

const Drawing* drawnBy(const model::State& state, const std::string& source) {
    for (const auto& [id, drawing] : state.drawings) {
        if (!drawing.removedAt && drawing.source == source)
            return &drawing;
    }
    return nullptr;
}

} // namespace

base::Result<Effect> Handlers::operator()(const TakeFieldMessage& c) {
    const auto& m = c.message;
    if (auto ok = checkSource(m.sourceId, "the message's id"); !ok)
        return tl::unexpected(ok.error());
    if (!m.receiptOf.empty())
        return receipt(m);
    if (auto ok = checkText(m.text, "the message", 16'384); !ok)
        return tl::unexpected(ok.error());
    for (const auto* name : {&m.callSign, &m.room, &m.from.value}) {
        if (auto ok = checkText(*name, "a name in the message", 400, true); !ok)
            return tl::unexpected(ok.error());
    }
    auto known = m_store.findBySource("chat", m.sourceId);
    if (!known)
        return tl::unexpected(known.error());
    if (*known)
        return Effect{{}, {**known}, true};
    Event event{"chat.received", m.from.value.empty() ? m.sourceId : m.from.value, nlohmann::json::object()};
    event.data["message"] = m;
    event.data["feed"] = c.feed;
    Effect effect{{std::move(event)}, {m.sourceId}, false};
    stepsByWord(m, effect);
    return effect;
}

/// A phone says that it has a word that its team must hear. It counts from the phone that is bound to the team, and of the newest word only.
base::Result<Effect> Handlers::receipt(const model::FieldMessage& message) const {
    const Effect nothing{{}, {message.sourceId}, true};
    const auto id = model::AssignmentId::parse(std::string_view(message.receiptOf).substr(0, message.receiptOf.find('.')));
    const auto found = id ? m_state.assignments.find(*id) : m_state.assignments.end();
    const auto unit = m_state.units.find(message.from);
    if (found == m_state.assignments.end() || unit == m_state.units.end())
        return nothing;
    const auto& one = found->second;
    if (unit->second.resource != one.resource || one.word == model::TeamWord::none || model::wordIdOf(one) != message.receiptOf)
        return nothing;
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    if (auto ok = steps.told({{one.id}, model::Reached::phone, one.wordAt}); !ok)
        return tl::unexpected(ok.error());
    if (steps.events().empty())
        return nothing;
    return Effect{std::move(steps.events()), std::move(steps.ids()), false};
}

base::Result<Effect> Handlers::operator()(const WriteToUnit& c) {
    const auto unit = m_state.units.find(c.unit);
    if (unit == m_state.units.end())
        return fail(Code::notFound, "there is no such unit");
    if (auto ok = checkText(c.text, "the message", longestLine); !ok)
        return tl::unexpected(ok.error());
    const auto& name = unit->second.callSign;
    if (name.empty() || !unit->second.type.starts_with("a-"))
        return fail(Code::refused, (name.empty() ? c.unit.value : name) + " only tells where it is and reads no messages");
    model::FieldMessage message;
    message.sourceId = m_ids.make<model::CommandId>().toString();
    message.callSign = name; // whom it is for
    message.text = c.text;
    message.time = m_now;
    Event event{"chat.sent", c.unit.value, nlohmann::json::object()};
    event.data["message"] = message;
    return Effect{{std::move(event)}, {message.sourceId}, false};
}

base::Result<Effect> Handlers::operator()(const RecordWritten& c) {
    const auto unit = m_state.units.find(c.unit);
    if (unit == m_state.units.end())
        return fail(Code::notFound, "there is no such unit");
    if (auto ok = checkSource(c.message, "the message's id"); !ok)
        return tl::unexpected(ok.error());
    Event event{c.handed ? "chat.handed" : "chat.missed", c.unit.value, nlohmann::json::object()};
    event.data["message"] = c.message;
    event.data["callSign"] = unit->second.callSign;
    return Effect{{std::move(event)}, {c.message}, false};
}

/// A team that writes "on scene", and no more, has said which step it has reached. What does not fit stays a line of chat.
void Handlers::stepsByWord(const model::FieldMessage& message, Effect& effect) const {
    const auto begin = message.text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos)
        return;
    auto text = message.text.substr(begin, message.text.find_last_not_of(" \t\r\n.!") - begin + 1);
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto word = m_dispatch->statusWords.find(text);
    const auto unit = m_state.units.find(message.from);
    if (word == m_dispatch->statusWords.end() || unit == m_state.units.end() || !unit->second.resource)
        return;
    const auto* running = runningFor(*unit->second.resource);
    if (running == nullptr)
        return;
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    if (steps.advanceTo(running->id, word->second))
        std::move(steps.events().begin(), steps.events().end(), std::back_inserter(effect.events));
}

base::Result<Effect> Handlers::operator()(const TakeFieldMarker& c) {
    const auto& marker = c.marker;
    if (auto ok = checkSource(marker.sourceId, "the marker's id"); !ok)
        return tl::unexpected(ok.error());
    const auto* before = drawnBy(m_state, marker.sourceId);
    if (marker.removed) {
        if (before == nullptr)
            return Effect{{}, {}, true}; // also what was never the desk's
        auto gone = *before;
        gone.removedAt = m_now;
        return Effect{{eventOf("marker.removed", gone.id.toString(), gone)}, {gone.id.toString()}, false};
    }
    if (auto ok = checkText(marker.name, "the marker's name", 400, true); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = checkText(marker.remarks, "the marker's remarks", 8'000, true); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = checkText(marker.by, "who drew the marker", 400, true); !ok)
        return tl::unexpected(ok.error());
    if (marker.line.empty() || marker.line.size() > mostPoints)
        return fail(Code::refused, "a marker has 1 to 2,000 points");
    if (before == nullptr &&
        std::count_if(m_state.drawings.begin(), m_state.drawings.end(), [this](const auto& one) {
            return !one.second.source.empty() && model::holds(one.second, m_now);
        }) >= static_cast<std::ptrdiff_t>(mostFieldDrawings))
        return fail(Code::tooLarge, "more than 5,000 markers from the field stand on the map");
    Drawing drawing;
    shapeOf(marker.line, drawing);
    // A drawing stays of its kind: one that becomes another is drawn anew.
    const bool same = before != nullptr && before->kind == drawing.kind;
    drawing.id = same ? before->id : m_ids.make<model::DrawingId>();
    drawing.drawnAt = same ? before->drawnAt : m_now;
    drawing.name = marker.name.empty() ? marker.type : marker.name;
    drawing.note = marker.remarks;
    drawing.source = marker.sourceId;
    drawing.by = marker.by.empty() ? (same ? before->by : "feed:" + c.feed) : marker.by;
    drawing.until = marker.until;
    const auto subject = drawing.id.toString();
    if (same) {
        // Phones say again every few minutes what they have drawn, and for how much longer it holds.
        auto now = drawing;
        now.until = before->until;
        if (now == *before && drawing.until && before->until && *before->until > m_now + std::chrono::minutes(1))
            return Effect{{}, {subject}, true};
        if (drawing == *before)
            return Effect{{}, {subject}, true};
    }
    auto event = eventOf(same ? "marker.changed" : "marker.placed", subject, drawing);
    if (before != nullptr && !same) {
        auto gone = *before;
        gone.removedAt = m_now;
        model::addChange(event.data, gone);
    }
    event.data["feed"] = c.feed;
    return Effect{{std::move(event)}, {subject}, false};
}

base::Result<Effect> Handlers::operator()(const TakeEmergency& c) {
    const auto& e = c.emergency;
    if (auto ok = checkText(e.unit.value, "the unit's id", 120); !ok)
        return tl::unexpected(ok.error());
    for (const auto* text : {&e.callSign, &e.kind}) {
        if (auto ok = checkText(*text, "a name in the emergency", 400, true); !ok)
            return tl::unexpected(ok.error());
    }
    const auto source = "unit:" + e.unit.value;
    const auto* standing = m_book->active("beacon", {}, source);
    const auto unit = m_state.units.find(e.unit);
    if (e.active == (standing != nullptr && standing->holds))
        return Effect{{}, standing == nullptr ? std::vector<std::string>{} : std::vector{standing->id.toString()}, true};
    if (!e.active && standing == nullptr)
        return Effect{{}, {}, true};
    auto effect = e.active ? flow().raise(beacon(e, source), e.time) : flow().clear(*standing, e.time);
    if (effect.events.empty())
        return fail(Code::internal, "an emergency that changes nothing");
    auto& event = effect.events.front();
    if (unit != m_state.units.end() && unit->second.emergency != e.active) {
        auto changed = unit->second;
        changed.emergency = e.active;
        model::addChange(event.data, changed);
    }
    event.data["feed"] = c.feed;
    return effect;
}

/// What a unit in need is to the desk.
model::Alarm Handlers::beacon(const model::Emergency& e, const std::string& source) const {
    const auto unit = m_state.units.find(e.unit);
    std::string name = e.callSign;
    if (name.empty() && unit != m_state.units.end())
        name = unit->second.callSign;
    if (name.empty())
        name = e.unit.value;
    model::Alarm alarm;
    alarm.kind = model::AlarmKind::field;
    alarm.rule = "beacon";
    alarm.source = source;
    alarm.hazard = "beacon";
    alarm.hazardClass = model::HazardClass::accident;
    alarm.severity = model::Grade::I;
    alarm.sinceTime = e.time;
    alarm.place = name;
    alarm.title.text = "Emergency beacon: " + name + (e.kind.empty() ? "" : " (" + e.kind + ")");
    alarm.title.translations["zh_CN"] = "紧急求救：" + name + (e.kind.empty() ? "" : "（" + e.kind + "）");
    alarm.guidance.text = "Call the unit; if it does not answer, send help to where it is";
    alarm.guidance.translations["zh_CN"] = "呼叫该单元；无应答则向其所在位置派出救援";
    if (e.position)
        alarm.position = *e.position;
    else if (m_units != nullptr && m_units->contains(e.unit))
        alarm.position = m_units->at(e.unit).newest.position;
    else if (const auto* standing = m_book->active(alarm.rule, {}, source))
        alarm.position = standing->position;
    return alarm;
}

base::Result<Effect> Handlers::operator()(const BindUnit& c) {
    const auto known = m_state.units.find(c.unit);
    if (known == m_state.units.end())
        return fail(Code::notFound, "there is no such unit");
    auto unit = known->second;
    if (unit.resource == c.resource)
        return fail(Code::conflict, c.resource ? "the unit carries that resource already" : "the unit carries no resource");
    if (!c.resource) {
        unit.resource.reset();
        return Effect{{eventOf("unit.unbound", unit.id.value, unit)}, {unit.id.value}, false};
    }
    const auto resource = m_state.resources.find(*c.resource);
    if (resource == m_state.resources.end())
        return fail(Code::notFound, "there is no such resource");
    unit.resource = c.resource;
    auto event = eventOf("unit.bound", unit.id.value, unit);
    for (const auto& [id, other] : m_state.units) { // one resource is where one unit is
        if (id == unit.id || other.resource != c.resource)
            continue;
        auto freed = other;
        freed.resource.reset();
        model::addChange(event.data, freed);
    }
    event.data["by"] = "person";
    Effect effect{{std::move(event)}, {unit.id.value}, false};
    if (m_units != nullptr) {
        if (const auto now = m_units->find(unit.id); now != m_units->end())
            if (auto moved = movedEvent(resource->second, now->second.newest, m_now))
                effect.events.push_back(std::move(*moved));
    }
    return effect;
}

} // namespace tocsin::desk
