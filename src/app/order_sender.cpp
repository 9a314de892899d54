#include "app/order_sender.hpp"

#include "app/team_links.hpp"
#include "tocsin/ingest/encode_cot.hpp"

namespace tocsin::app {

OrderSender::OrderSender(desk::Desk& desk, FeedHost& host) : m_desk(desk), m_host(host) {
    m_subscription = desk.subscribe(
        [this](const desk::Snapshot& snapshot) {
            m_exercise = snapshot.state.desk.exercise;
            for (const auto& [id, incident] : snapshot.state.incidents)
                m_incidents[id] = incident;
            for (const auto& [id, unit] : snapshot.state.units)
                take(unit);
        },
        [this](const std::shared_ptr<const desk::Delta>& delta) {
            for (const auto& changed : delta->changed)
                take(changed);
            for (const auto& entry : delta->entries) {
                if (entry.type != "assignment.notified")
                    continue;
                for (const auto& changed : model::changesOf(entry.data)) {
                    if (const auto* assignment = std::get_if<model::Assignment>(&changed))
                        send(*assignment);
                }
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

void OrderSender::send(const model::Assignment& assignment) {
    const auto unit = m_units.find(assignment.resource);
    const auto incident = m_incidents.find(assignment.incident);
    if (unit == m_units.end() || incident == m_incidents.end())
        return;
    const auto& about = incident->second;
    ingest::CotOrder order;
    order.id = assignment.id.toString();
    order.to = unit->second.id;
    order.callSign = unit->second.callSign;
    order.from = "TOCSIN";
    order.time = m_desk.clock().now();
    order.position = assignment.stops.empty() ? about.position : assignment.stops.back().position;
    order.name = assignment.order + " " + about.title.text;
    order.text = (m_exercise ? "EXERCISE " : "") + assignment.order + ": " + about.title.text +
                 (about.place.empty() ? "" : ", " + about.place.text);
    for (const auto& item : assignment.load) {
        order.text += "; " + loadWords(item, "en");
    }
    order.text += ". Answer: accepted, en route, on scene, available";
    m_host.tell(order.callSign, ingest::encodeCotOrder(order));
}

} // namespace tocsin::app
