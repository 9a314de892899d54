#include "app/order_sender.hpp"

#include "tocsin/base/log.hpp"
#include "tocsin/ingest/encode_cot.hpp"
#include "tocsin/model/json.hpp"

#include <chrono>
#include <cstdio>
#include <set>
#include <utility>

namespace tocsin::app {

namespace {

using model::AssignmentState;
using model::TeamWord;

/// After a start: what is older was told otherwise, or is of no use any more.
constexpr auto stillNews = std::chrono::hours(12);

/// After a start phones connect again one by one: so long nobody says that none is there.
constexpr auto connectWithin = std::chrono::minutes(2);

/// Whether a phone is to be told it at all: it has not come to the team yet, and it has not been overtaken.
bool isOwed(const model::Assignment& one, base::Time now) {
    return one.wordAt && now - *one.wordAt < stillNews && one.reached != model::Reached::phone && one.reached != model::Reached::voice &&
           one.word != TeamWord::none && (one.word == TeamWord::recall || model::mustBeTold(one));
}

/// Whether it tells of a way: another one, or an order that was not heard before its way became another.
bool tellsWay(const model::Assignment& one) {
    return one.word == TeamWord::way ||
           (one.word == TeamWord::order && one.wordAt && one.notifiedAt && *one.wordAt > *one.notifiedAt);
}

void record(desk::Desk& desk, model::AssignmentId id, model::Reached reached, base::Time at) {
    desk::RecordTold told{{id}, reached, at};
    desk.submit({desk.newCommandId(), "desk", std::move(told)}, [](const base::Result<desk::Done>& done) {
        if (!done)
            base::log::warn("whether a team was told cannot be written down: {}", done.error().message);
    });
}

std::string coordinates(model::Position at) {
    char out[64];
    std::snprintf(out, sizeof out, "%.5f, %.5f", at.latitude(), at.longitude());
    return out;
}

/// Where it goes.
model::Position targetOf(const model::Assignment& one, const model::Incident& about) {
    return one.stops.empty() ? about.position : one.stops.back().position;
}

} // namespace

OrderSender::OrderSender(desk::Desk& desk, FeedHost& host, TeamWords words)
    : OrderSender(
          desk,
          [&host](const std::string& callSign, const std::string& bytes, ingest::Handed done) { host.tell(callSign, bytes, std::move(done)); },
          std::move(words)) {}

OrderSender::OrderSender(desk::Desk& desk, Tell tell, TeamWords words) : m_desk(desk), m_tell(std::move(tell)), m_words(std::move(words)) {
    m_subscription = desk.subscribe(
        [this](const desk::Snapshot& snapshot) {
            m_exercise = snapshot.state.desk.exercise;
            for (const auto& [id, incident] : snapshot.state.incidents)
                m_incidents[id] = incident;
            for (const auto& [id, unit] : snapshot.state.units)
                take(unit);
            m_startedAt = m_desk.clock().now();
            for (const auto& [id, assignment] : snapshot.state.assignments)
                offer(assignment, true);
        },
        [this](const std::shared_ptr<const desk::Delta>& delta) { take(*delta); });
}

OrderSender::~OrderSender() {
    m_subscription.reset();
}

void OrderSender::take(const desk::Delta& delta) {
    std::set<model::ResourceId> bound;
    for (const auto& changed : delta.changed) {
        if (const auto resource = take(changed))
            bound.insert(*resource);
    }
    // Of two images of one thing in this commit the newer counts.
    std::map<model::AssignmentId, const model::Assignment*> newest;
    for (const auto& changed : delta.changed) {
        if (const auto* assignment = std::get_if<model::Assignment>(&changed))
            newest[assignment->id] = assignment;
    }
    for (const auto& [id, assignment] : newest)
        offer(*assignment);
    const auto now = m_desk.clock().now();
    std::erase_if(m_owed, [&](const auto& one) { return !isOwed(one.second.assignment, now); });
    for (const auto& resource : bound)
        offerToBound(resource);
    offerAgain(delta);
    endPatience(now);
    for (const auto& entry : delta.entries) {
        if (entry.type == "chat.sent")
            write(entry);
    }
}

std::optional<model::ResourceId> OrderSender::take(const model::Changed& changed) {
    if (const auto* desk = std::get_if<model::DeskStatus>(&changed)) {
        m_exercise = desk->exercise;
    } else if (const auto* incident = std::get_if<model::Incident>(&changed)) {
        m_incidents[incident->id] = *incident;
    } else if (const auto* unit = std::get_if<model::Unit>(&changed)) {
        std::optional<model::ResourceId> bound;
        if (unit->resource) {
            const auto before = m_units.find(*unit->resource);
            if (before == m_units.end() || before->second.id != unit->id)
                bound = unit->resource;
        }
        std::erase_if(m_units, [&](const auto& known) { return known.second.id == unit->id; });
        if (unit->resource)
            m_units[*unit->resource] = *unit;
        return bound;
    }
    return std::nullopt;
}

const char* OrderSender::said(const char* english, const char* chinese) const {
    return m_words.language == "zh_CN" ? chinese : english;
}

std::string OrderSender::textOf(const model::Assignment& one, const model::Incident& about) const {
    const auto& language = m_words.language;
    const std::string order = (m_exercise ? said("EXERCISE ", "演练 ") : "") + one.order;
    const auto task = taskWords(one, m_words).in(language);
    // Who stands by goes to his post, and not to where the incident is.
    const bool standsBy = one.purpose == model::Purpose::standBy && !one.stops.empty();
    std::string where;
    if (standsBy)
        where = one.stops.back().place.empty() ? coordinates(one.stops.back().position) : one.stops.back().place.in(language);
    else
        where = about.title.in(language) + (about.place.empty() ? std::string() : said(", ", "，") + about.place.in(language));
    if (one.word == TeamWord::recall)
        return order + (one.arrivedAt ? said(" is over: ", " 已结束：") : said(" is cancelled: ", " 已取消：")) +
               (standsBy ? task + said(", ", "，") : std::string()) + where + said(". You are released", "。请归队");
    // The way may be the first that the team hears of the new place, and either may be the first that it hears at all.
    if (one.word == TeamWord::moved || (one.word == TeamWord::way && about.movedAt && !standsBy))
        where += " (" + coordinates(targetOf(one, about)) + ")";
    std::string text = order;
    if (one.word == TeamWord::way)
        text += said(": take another way to ", "：请改道前往 ") + where + said("; ", "；") + task;
    else if (one.word == TeamWord::moved)
        text += said(": the incident was moved, go to ", "：事件地点已变更，请前往 ") + where + said("; ", "；") + task;
    else if (standsBy)
        text += said(": stand by at ", "：请在此待命：") + where;
    else
        text += said(": ", "：") + task + said(": ", "：") + where;
    if (const auto way = wayWords(one, language); tellsWay(one) && !way.empty())
        text += said(": ", "：") + way;
    if (!one.loaded) {
        for (const auto& item : one.load)
            text += said("; ", "；") + loadWords(item, language);
    }
    return text + said(". Answer: accepted, en route, on scene, available", "。请回复：收到、出发、到达、归队");
}

void OrderSender::offer(const model::Assignment& assignment, bool found) {
    if (!isOwed(assignment, m_desk.clock().now())) {
        m_owed.erase(assignment.id);
        return;
    }
    auto& owed = m_owed[assignment.id];
    if (owed.assignment.wordAt != assignment.wordAt) { // also where it is new here
        owed = Owed{};
        owed.found = found;
    }
    owed.assignment = assignment;
    if (assignment.reached == model::Reached::waits && !owed.to)
        send(owed);
}

/// A phone that is heard may have connected since: it gets what was found at the start, and once what nobody could take.
void OrderSender::offerAgain(const desk::Delta& delta) {
    if (delta.units.empty())
        return;
    for (auto& [id, owed] : m_owed) {
        const auto unit = m_units.find(owed.assignment.resource);
        if (unit == m_units.end() || !delta.units.contains(unit->second.id))
            continue;
        if (owed.assignment.reached == model::Reached::nobody) {
            if (owed.again == unit->second.id)
                continue;
            owed.again = unit->second.id;
            send(owed);
        } else if (owed.found && owed.missed && owed.missed->load()) {
            send(owed);
        }
    }
}

void OrderSender::offerToBound(const model::ResourceId& resource) {
    const auto unit = m_units.find(resource);
    if (unit == m_units.end())
        return; // freed in the same commit
    for (auto& [id, owed] : m_owed) {
        if (owed.assignment.resource != resource || owed.to == unit->second.id)
            continue;
        if (owed.assignment.reached == model::Reached::nobody)
            owed.again = unit->second.id;
        send(owed);
    }
}

/// What was found at the start and no phone has come for is for a voice.
void OrderSender::endPatience(base::Time now) {
    if (!m_patient || (now >= m_startedAt && now - m_startedAt < connectWithin))
        return;
    m_patient = false;
    for (auto& [id, owed] : m_owed) {
        if (std::exchange(owed.found, false) && owed.to && owed.assignment.reached == model::Reached::waits)
            record(m_desk, id, model::Reached::nobody, *owed.assignment.wordAt);
    }
}

void OrderSender::send(Owed& owed) {
    const auto& assignment = owed.assignment;
    const auto unit = m_units.find(assignment.resource);
    const auto incident = m_incidents.find(assignment.incident);
    const auto at = *assignment.wordAt;
    if (unit == m_units.end() || incident == m_incidents.end())
        return; // nobody is there to be told by a phone: it waits for a voice
    owed.to = unit->second.id;
    // The answer comes on another thread, perhaps when this sender has ended.
    owed.missed = owed.found || assignment.reached == model::Reached::nobody ? std::make_shared<std::atomic<bool>>(false) : nullptr;
    const auto& about = incident->second;
    ingest::CotOrder order;
    // The same after a restart: a phone that has it already shows it once.
    order.id = model::wordIdOf(assignment);
    order.to = unit->second.id;
    order.callSign = unit->second.callSign;
    order.from = "TOCSIN";
    order.time = m_desk.clock().now();
    order.text = textOf(assignment, about);
    order.name = assignment.order + " " + about.title.in(m_words.language);
    if (assignment.word != TeamWord::recall)
        order.position = targetOf(assignment, about);
    if (tellsWay(assignment))
        order.way = assignment.route.points;
    m_tell(order.callSign, ingest::encodeCotOrder(order), [&desk = m_desk, id = assignment.id, at, missed = owed.missed](bool handed) {
        if (!handed && missed)
            missed->store(true);
        else
            record(desk, id, handed ? model::Reached::phone : model::Reached::nobody, at);
    });
}

void OrderSender::write(const model::Entry& entry) {
    ingest::CotOrder line;
    try {
        const auto& message = entry.data.at("message");
        message.at("sourceId").get_to(line.id);
        message.at("callSign").get_to(line.callSign);
        message.at("text").get_to(line.text);
    } catch (const nlohmann::json::exception&) {
        return; // the desk itself has written it: it is whole
    }
    line.to = model::UnitId(entry.subject);
    line.from = "TOCSIN";
    line.time = entry.time;
    if (m_exercise)
        line.text = said("EXERCISE ", "演练 ") + line.text;
    m_tell(line.callSign, ingest::encodeCotOrder(line), [&desk = m_desk, to = line.to, id = line.id](bool handed) {
        desk.submit({desk.newCommandId(), "desk", desk::RecordWritten{to, id, handed}}, [](const base::Result<desk::Done>& done) {
            if (!done)
                base::log::warn("whether a unit was written to cannot be written down: {}", done.error().message);
        });
    });
}

} // namespace tocsin::app
