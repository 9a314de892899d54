#include "app/order_sender.hpp"

#include "app/team_links.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/ingest/encode_cot.hpp"
#include "tocsin/model/json.hpp"

#include <chrono>
#include <cstdio>

namespace tocsin::app {

namespace {

using model::AssignmentState;
using model::TeamWord;

/// After a start: what is older was told otherwise, or is of no use any more.
constexpr auto stillNews = std::chrono::hours(12);

/// Whether a phone is to be told it at all: nothing has come of it yet, and it has not been overtaken.
bool isOwed(const model::Assignment& one) {
    return one.wordAt && one.reached == model::Reached::waits && one.word != TeamWord::none &&
           (one.word == TeamWord::recall || model::mustBeTold(one));
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

OrderSender::OrderSender(desk::Desk& desk, FeedHost& host)
    : OrderSender(desk, [&host](const std::string& callSign, const std::string& bytes, ingest::Handed done) {
          host.tell(callSign, bytes, std::move(done));
      }) {}

OrderSender::OrderSender(desk::Desk& desk, Tell tell) : m_desk(desk), m_tell(std::move(tell)) {
    m_subscription = desk.subscribe(
        [this](const desk::Snapshot& snapshot) {
            m_exercise = snapshot.state.desk.exercise;
            for (const auto& [id, incident] : snapshot.state.incidents)
                m_incidents[id] = incident;
            for (const auto& [id, unit] : snapshot.state.units)
                take(unit);
            const auto now = m_desk.clock().now();
            for (const auto& [id, assignment] : snapshot.state.assignments) {
                if (assignment.wordAt && now - *assignment.wordAt < stillNews)
                    offer(assignment);
            }
        },
        [this](const std::shared_ptr<const desk::Delta>& delta) {
            for (const auto& changed : delta->changed)
                take(changed);
            // Of two images of one thing in this commit the newer counts.
            std::map<model::AssignmentId, const model::Assignment*> newest;
            for (const auto& changed : delta->changed) {
                if (const auto* assignment = std::get_if<model::Assignment>(&changed))
                    newest[assignment->id] = assignment;
            }
            for (const auto& [id, assignment] : newest)
                offer(*assignment);
            for (const auto& entry : delta->entries) {
                if (entry.type == "chat.sent")
                    write(entry);
            }
        });
}

OrderSender::~OrderSender() {
    m_subscription.reset();
}

void OrderSender::take(const model::Changed& changed) {
    if (const auto* desk = std::get_if<model::DeskStatus>(&changed)) {
        m_exercise = desk->exercise;
    } else if (const auto* incident = std::get_if<model::Incident>(&changed)) {
        m_incidents[incident->id] = *incident;
    } else if (const auto* unit = std::get_if<model::Unit>(&changed)) {
        std::erase_if(m_units, [&](const auto& known) { return known.second.id == unit->id; });
        if (unit->resource)
            m_units[*unit->resource] = *unit;
    }
}

std::string OrderSender::textOf(const model::Assignment& one, const model::Incident& about) const {
    const std::string order = (m_exercise ? "EXERCISE " : "") + one.order;
    std::string where = about.title.text + (about.place.empty() ? "" : ", " + about.place.text);
    if (one.word == TeamWord::recall)
        return order + (one.arrivedAt ? " is over: " : " is cancelled: ") + where + ". You are released";
    // The way may be the first that the team hears of the new place, and either may be the first that it hears at all.
    if (one.word == TeamWord::moved || (one.word == TeamWord::way && about.movedAt))
        where += " (" + coordinates(targetOf(one, about)) + ")";
    const char* lead = one.word == TeamWord::way     ? ": take another way to "
                       : one.word == TeamWord::moved ? ": the incident was moved, go to "
                                                     : ": ";
    std::string text = order + lead + where;
    if (const auto way = wayWords(one, "en"); one.word == TeamWord::way && !way.empty())
        text += ": " + way;
    if (!one.loaded) {
        for (const auto& item : one.load)
            text += "; " + loadWords(item, "en");
    }
    return text + ". Answer: accepted, en route, on scene, available";
}

void OrderSender::offer(const model::Assignment& assignment) {
    if (!isOwed(assignment)) {
        m_underWay.erase(assignment.id);
        return;
    }
    const auto unit = m_units.find(assignment.resource);
    const auto incident = m_incidents.find(assignment.incident);
    const auto at = *assignment.wordAt;
    if (unit == m_units.end() || incident == m_incidents.end())
        return; // nobody is there to be told by a phone: it waits for a voice
    if (const auto known = m_underWay.find(assignment.id); known != m_underWay.end() && known->second == at)
        return;
    m_underWay[assignment.id] = at;
    const auto& about = incident->second;
    ingest::CotOrder order;
    // The same after a restart: a phone that has it already shows it once.
    order.id = assignment.id.toString() + "." + std::string(model::toString(assignment.word)) + "." +
               std::to_string(at.time_since_epoch().count());
    order.to = unit->second.id;
    order.callSign = unit->second.callSign;
    order.from = "TOCSIN";
    order.time = m_desk.clock().now();
    order.text = textOf(assignment, about);
    order.name = assignment.order + " " + about.title.text;
    if (assignment.word != TeamWord::recall)
        order.position = targetOf(assignment, about);
    if (assignment.word == TeamWord::way)
        order.way = assignment.route.points;
    m_tell(order.callSign, ingest::encodeCotOrder(order), [&desk = m_desk, id = assignment.id, at](bool handed) {
        desk::RecordTold told{{id}, handed ? model::Reached::phone : model::Reached::nobody, at};
        desk.submit({desk.newCommandId(), "desk", std::move(told)}, [](const base::Result<desk::Done>& done) {
            if (!done)
                base::log::warn("whether a team was told cannot be written down: {}", done.error().message);
        });
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
        line.text = "EXERCISE " + line.text;
    m_tell(line.callSign, ingest::encodeCotOrder(line), [&desk = m_desk, to = line.to, id = line.id](bool handed) {
        desk.submit({desk.newCommandId(), "desk", desk::RecordWritten{to, id, handed}}, [](const base::Result<desk::Done>& done) {
            if (!done)
                base::log::warn("whether a unit was written to cannot be written down: {}", done.error().message);
        });
    });
}

} // namespace tocsin::app
