#include "desk/handlers.hpp"
#include "desk/reading_gate.hpp"
#include "tocsin/base/clip.hpp"
#include "tocsin/desk/si_unit.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <set>

// Sensors that feeds describe, calls, who told a report, what stands in quarantine.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostCallText = 16'384;
constexpr std::size_t mostField = 4'096;

base::Result<void> checkContact(const model::Contact& contact) {
    const std::pair<const std::string&, std::string_view> fields[] = {{contact.name, "the caller's name"},
                                                                      {contact.phone, "the caller's phone"},
                                                                      {contact.email, "the caller's e-mail address"},
                                                                      {contact.address, "the caller's address"}};
    for (const auto& [text, what] : fields) {
        if (auto ok = checkText(text, what, 400, true); !ok)
            return ok;
    }
    return {};
}

base::Result<void> checkCall(const model::Report& report) {
    if (report.sourceId.empty() || report.sourceId.size() > 100)
        return fail(Code::refused, "a call needs the id of the dialog that holds it");
    const auto& call = *report.call;
    const std::pair<const std::string&, std::string_view> fields[] = {
        {report.category, "the category"},     {report.place, "the place"},
        {call.cause, "the cause"},             {call.course, "the course"},
        {call.measures, "the measures taken"}, {call.result, "the result"},
        {call.trend, "the trend"},             {call.toldAlready, "who has been told"},
        {call.callerUnit, "the caller's unit"}, {call.callerPost, "the caller's post"}};
    for (const auto& [text, what] : fields) {
        if (auto ok = checkText(text, what, mostField, true); !ok)
            return ok;
    }
    if (auto ok = checkText(report.text, "what the caller says", mostCallText, true); !ok)
        return ok;
    if (report.text.empty() && report.place.empty() && !report.position && report.contact.phone.empty())
        return fail(Code::refused, "the call has no word, no place and no phone number yet");
    for (const auto& count : {call.dead, call.injured, call.missing}) {
        if (count && (*count < 0 || *count > 10'000'000))
            return fail(Code::outOfRange, "a number of people is below 0 or above ten million");
    }
    return checkContact(report.contact);
}

} // namespace

base::Result<Effect> Handlers::operator()(const TakeSensors& c) {
    Effect effect;
    Event event{"sensor.adopted", "sensors", nlohmann::json::object()};
    std::set<model::SensorId> seen;
    for (auto sensor : c.sensors) {
        if (auto ok = checkText(sensor.id.value, "a sensor's id", 120); !ok)
            return tl::unexpected(ok.error());
        if (auto ok = checkText(sensor.name.text, "a sensor's name", 400, true); !ok)
            return tl::unexpected(ok.error());
        if (auto ok = checkText(sensor.unit, "a sensor's unit", 32, true); !ok)
            return tl::unexpected(ok.error());
        if (!seen.insert(sensor.id).second)
            continue; // a service may describe a station at each of its pages
        if (sensor.name.empty())
            sensor.name = sensor.id.value;
        sensor.feed = c.feed;
        if (const auto known = m_state.sensors.find(sensor.id); known != m_state.sensors.end()) {
            const auto& before = known->second;
            if (before.feed != c.feed)
                continue; // the county's own word, or another service's, stands
            sensor.silentAfter = before.silentAfter;
            keepStanding(sensor, before);
            if (!sensor.lowest)
                sensor.lowest = before.lowest;
            if (!sensor.highest)
                sensor.highest = before.highest;
            // What is stored is in the unit of before: a service that changes it would turn metres into feet.
            sensor.unit = before.unit;
            sensor.sentUnit = before.sentUnit;
            if (sensor == before)
                continue;
        } else if (m_gate != nullptr) {
            bringToSi(m_gate->converter(), sensor);
        }
        model::addChange(event.data, sensor);
        effect.ids.push_back(sensor.id.value);
    }
    if (effect.ids.empty()) {
        effect.duplicate = true;
        return effect;
    }
    event.data["count"] = effect.ids.size();
    event.data["feed"] = c.feed;
    effect.events.push_back(std::move(event));
    return effect;
}

base::Result<Effect> Handlers::operator()(const RecordCall& c) {
    auto report = c.report;
    if (!report.call)
        return fail(Code::refused, "this is not a call");
    if (auto ok = checkCall(report); !ok)
        return tl::unexpected(ok.error());
    report.feed = "call";
    report.trust = model::Trust::known;
    if (report.text.empty())
        report.text = report.place.empty() ? std::string("…") : report.place;
    auto known = m_store.findBySource("report", store::sourceKey(report));
    if (!known)
        return tl::unexpected(known.error());
    const model::Report* before = nullptr;
    if (*known) {
        if (const auto id = model::ReportId::parse(**known))
            if (const auto found = m_state.reports.find(*id); found != m_state.reports.end())
                before = &found->second;
    }
    report.hasContact = !report.contact.empty() || (before != nullptr && before->hasContact);
    if (before != nullptr) {
        report.id = before->id;
        report.receivedAt = before->receivedAt;
        report.state = before->state;
        report.judgedBy = before->judgedBy;
        report.judgedAt = before->judgedAt;
        report.note = before->note;
        report.incident = before->incident;
        report.cluster = before->cluster;
        report.claimedBy = before->claimedBy;
        report.claimedAt = before->claimedAt;
        report.callBack = before->callBack;
        report.noIncident = before->noIncident;
        report.placed = before->placed;
        report.photos = before->photos;
        report.call->recordedBy = before->call ? before->call->recordedBy : m_actor;
        report.call->recordedAt = before->call ? before->call->recordedAt : m_now;
    } else {
        report.id = m_ids.make<model::ReportId>();
        report.receivedAt = m_now;
        report.state = model::ReportState::pending;
        forgetWork(report);
        report.call->recordedBy = m_actor;
        report.call->recordedAt = m_now;
    }
    if (report.happenedAt == base::Time{})
        report.happenedAt = m_now;
    report.sender = m_store.senderOf(report.contact);
    if (report.sender.empty() && before != nullptr)
        report.sender = before->sender;
    Effect effect;
    if (!report.contact.empty())
        effect.contacts.emplace_back(report.id, report.contact);
    report.contact = {};
    const auto subject = report.id.toString();
    effect.ids.push_back(subject);
    if (before != nullptr && *before == report && effect.contacts.empty()) {
        effect.duplicate = true;
        return effect;
    }
    renewClaim(report, m_actor, m_now);
    effect.events.push_back(eventOf(before != nullptr ? "call.amended" : "call.recorded", subject, report));
    return effect;
}

base::Result<Effect> Handlers::operator()(const ShowContact& c) {
    const auto found = m_state.reports.find(c.report);
    if (found == m_state.reports.end())
        return fail(Code::notFound, "there is no such report");
    if (!m_mayShowContacts)
        return fail(Code::refused, m_actor + " may not see who told a report: the county's config.toml names who may");
    auto contact = m_store.contactOf(c.report);
    if (!contact)
        return tl::unexpected(contact.error());
    if (contact->empty())
        return fail(Code::notFound, "nobody left a name or a number with this report");
    const auto subject = c.report.toString();
    Effect effect;
    Event event{"contact.shown", subject, nlohmann::json::object()}; // that, and not what, is written down
    auto report = found->second;
    renewClaim(report, m_actor, m_now);
    if (report != found->second)
        model::addChange(event.data, report);
    effect.events.push_back(std::move(event));
    effect.ids.push_back(subject);
    effect.contact = std::move(*contact);
    return effect;
}

base::Result<Effect> Handlers::operator()(const ShowQuarantined& c) {
    if (!m_mayShowContacts)
        return fail(Code::refused, m_actor + " may not see who told a report: the county's config.toml names who may");
    const auto item = m_store.quarantineItem(c.item, 0);
    if (!item)
        return tl::unexpected(item.error());
    const auto subject = "quarantine:" + std::to_string(c.item);
    Event event{"quarantine.shown", subject, nlohmann::json::object()}; // that, and not what, is written down
    event.data["item"] = c.item;
    event.data["feed"] = item->feed;
    return Effect{{std::move(event)}, {subject}, false};
}

base::Result<Effect> Handlers::operator()(const JudgeQuarantine& c) {
    if (c.state == store::QuarantineState::open)
        return fail(Code::refused, "it stands in quarantine already");
    if (c.others.size() >= mostJudgedAtOnce)
        return fail(Code::tooLarge, "more than " + std::to_string(mostJudgedAtOnce) + " in quarantine judged at once");
    std::set<std::int64_t> ids(c.others.begin(), c.others.end());
    ids.insert(c.item);
    std::vector<std::int64_t> open;
    store::QuarantineItem first;
    for (const auto id : ids) {
        auto item = m_store.quarantineItem(id, 0);
        if (!item)
            return tl::unexpected(item.error());
        if (item->state != store::QuarantineState::open)
            continue;
        if (open.empty())
            first = std::move(*item);
        open.push_back(id);
    }
    if (open.empty())
        return fail(Code::conflict, "number " + std::to_string(c.item) + " in quarantine was judged already");
    Effect effect;
    Event event{"quarantine.judged", "quarantine:" + std::to_string(first.id), nlohmann::json::object()};
    event.data["item"] = first.id;
    if (open.size() > 1)
        event.data["items"] = open;
    event.data["state"] = std::string(store::toString(c.state));
    event.data["feed"] = first.feed;
    event.data["reason"] = base::clipped(first.error.message, 500);
    effect.events.push_back(std::move(event));
    effect.quarantine = JudgeQuarantine{first.id, c.state, {open.begin() + 1, open.end()}};
    return effect;
}

} // namespace tocsin::desk
