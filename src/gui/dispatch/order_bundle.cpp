#include "gui/dispatch/order_bundle.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <algorithm>
#include <tuple>

namespace tocsin::gui {

using model::AssignmentState;

namespace {

base::Time sentAt(const model::Assignment& one) {
    return one.notifiedAt.value_or(one.proposedAt);
}

} // namespace

std::vector<model::AssignmentId> byNumber(const model::State& state, std::vector<model::AssignmentId> orders) {
    std::erase_if(orders, [&](const auto& id) { return !state.assignments.contains(id); });
    // "…/9" before "…/10": the shorter number first.
    std::sort(orders.begin(), orders.end(), [&](const auto& a, const auto& b) {
        const std::string& first = state.assignments.at(a).order;
        const std::string& second = state.assignments.at(b).order;
        return std::tuple(first.size(), first, a) < std::tuple(second.size(), second, b);
    });
    return orders;
}

std::vector<model::AssignmentId> newOrders(const model::State& state) {
    const model::Assignment* newest = nullptr;
    for (const auto& [id, one] : state.assignments) {
        if (one.state != AssignmentState::proposed && one.state != AssignmentState::released &&
            (newest == nullptr || sentAt(one) > sentAt(*newest)))
            newest = &one;
    }
    std::vector<model::AssignmentId> out;
    if (newest == nullptr)
        return out;
    for (const auto& [id, one] : state.assignments) {
        // Sent without a decision, they belong together by their moment.
        const bool same = newest->decision ? one.decision == newest->decision
                                           : !one.decision && one.incident == newest->incident && sentAt(one) == sentAt(*newest);
        if (same && one.state != AssignmentState::proposed && one.state != AssignmentState::released)
            out.push_back(id);
    }
    return byNumber(state, std::move(out));
}

std::vector<model::AssignmentId> toldByVoice(const model::State& state, const std::vector<model::AssignmentId>& orders) {
    std::vector<model::AssignmentId> out;
    for (const auto& id : orders) {
        const auto found = state.assignments.find(id);
        if (found != state.assignments.end() && model::mustBeTold(found->second))
            out.push_back(id);
    }
    return out;
}

std::vector<model::AssignmentId> ordersToSee(const model::State& state) {
    auto out = newOrders(state);
    for (const auto& [id, one] : state.assignments) {
        const auto incident = state.incidents.find(one.incident);
        const bool open = incident != state.incidents.end() && incident->second.state == model::IncidentState::open;
        const bool changed = one.word == model::TeamWord::way || one.word == model::TeamWord::recall || one.word == model::TeamWord::moved;
        if (open && changed && model::mustBeTold(one) && std::find(out.begin(), out.end(), id) == out.end())
            out.push_back(id);
    }
    return byNumber(state, std::move(out));
}

OrderBundle::OrderBundle(const model::State& state, const std::vector<model::AssignmentId>& orders, const QString& language,
                         base::Time now) {
    for (const auto& id : orders) {
        TaskOrder order(state, id, language, now);
        if (order.empty())
            continue;
        const auto resource = state.resources.find(state.assignments.at(id).resource);
        QString to = resource == state.resources.end() ? QStringLiteral("?") : Words::local(resource->second.name, language);
        if (resource != state.resources.end() && !resource->second.phone.empty())
            to += QStringLiteral(", ") + Words::plain(resource->second.phone);
        m_to << to;
        m_orders.push_back(std::move(order));
    }
}

QString OrderBundle::text() const {
    QStringList out;
    for (const auto& order : m_orders)
        out << order.text();
    return out.join(QStringLiteral("\n\n"));
}

QString OrderBundle::html() const {
    QString out;
    for (const auto& order : m_orders)
        out += order.html(!out.isEmpty());
    return out;
}

QString OrderBundle::sms() const {
    QStringList out;
    for (std::size_t i = 0; i < m_orders.size(); ++i)
        out << m_to[static_cast<qsizetype>(i)] + QStringLiteral(":\n") + m_orders[i].sms();
    return out.join(QStringLiteral("\n\n"));
}

QString OrderBundle::radio() const {
    QStringList out;
    for (const auto& order : m_orders)
        out << order.radio().join(QLatin1Char('\n'));
    return out.join(QStringLiteral("\n\n"));
}

int OrderBundle::messages() const {
    int out = 0;
    for (const auto& order : m_orders)
        out += countSms(order.sms()).parts;
    return out;
}

} // namespace tocsin::gui
