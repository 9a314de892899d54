#include "gui/panels/plan_words.hpp"

#include "tocsin/base/seconds.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {

QString PlanWords::name(model::ResourceId id) const {
    const auto found = m_state.resources.find(id);
    return found == m_state.resources.end() ? tr("unknown resource") : Words::local(found->second.name, m_language);
}

QString PlanWords::reasons(const dispatch::OptimumWords& words) {
    QStringList out;
    for (const auto& reason : words.reasons)
        out << Words::sentence(reason);
    return out.join(tr("; ", "between two clauses"));
}

QString PlanWords::supply(const std::string& code) const {
    for (const auto& [id, resource] : m_state.resources) {
        for (const model::Stock& stock : resource.stock) {
            if (stock.code == code)
                return Words::local(stock.name, m_language);
        }
    }
    return Words::plain(code);
}

QString PlanWords::what(const model::Need& need) const {
    switch (need.kind) {
    case model::NeedKind::team:
        break;
    case model::NeedKind::supply:
        return supply(need.supply);
    case model::NeedKind::shelter:
        return tr("shelter");
    }
    return Words::capability(need.capability);
}

QString PlanWords::amount(const model::Need& need, double count) const {
    switch (need.kind) {
    case model::NeedKind::team:
        break;
    case model::NeedKind::supply:
        return Words::number(count) + QLatin1Char(' ') + Words::unit(need.unit);
    case model::NeedKind::shelter:
        return Words::people(static_cast<int>(std::llround(count)));
    }
    return Words::number(count, 0);
}

QString PlanWords::range(base::Seconds low, base::Seconds high) {
    const auto first = std::max<qint64>(1, std::llround(low.value / 60));
    const auto last = std::max<qint64>(first, std::llround(std::ceil(high.value / 60)));
    return first == last ? Words::eta(high) : tr("%1–%2 min", "from, to").arg(first).arg(last);
}

QString PlanWords::load(const std::vector<model::LoadItem>& load) const {
    QStringList parts;
    for (const model::LoadItem& item : load)
        parts << tr("%1 %2 %3 from %4", "quantity, unit, supply, warehouse")
                     .arg(Words::number(item.quantity), Words::unit(item.unit), Words::local(item.name, m_language),
                          name(item.from));
    return parts.join(QStringLiteral("; "));
}

QString PlanWords::unweighed(const std::vector<model::LoadItem>& load) const {
    QStringList names;
    for (const model::LoadItem& item : load) {
        const bool known = std::any_of(m_state.resources.begin(), m_state.resources.end(), [&](const auto& entry) {
            const auto& stock = entry.second.stock; // one that was weighed tells of all of its kind, as the planner takes it
            return std::any_of(stock.begin(), stock.end(), [&](const model::Stock& lot) {
                return lot.code == item.code && lot.unit == item.unit && lot.kilograms > 0;
            });
        });
        if (!known)
            names << Words::local(item.name, m_language);
    }
    names.removeDuplicates();
    return names.isEmpty() ? QString() : tr("the weight of %1 is not known").arg(names.join(tr(", ")));
}

QString PlanWords::overdue(model::ResourceId id) const {
    const auto found = m_state.resources.find(id);
    if (!m_now || found == m_state.resources.end() || !model::isStatusOverdue(found->second, *m_now))
        return {};
    const QString when = Words::moment(*found->second.statusUntil, *m_now, m_language);
    switch (found->second.status) {
    case model::ResourceStatus::maintenance:
        return tr("maintenance should have ended %1").arg(when);
    case model::ResourceStatus::outOfService:
        return tr("should have been back in service %1").arg(when);
    case model::ResourceStatus::offDuty:
        return tr("should have been back on duty %1").arg(when);
    case model::ResourceStatus::available:
    case model::ResourceStatus::assigned:
        break;
    }
    return {};
}

QString PlanWords::remark(model::ResourceId id) const {
    const auto found = m_state.resources.find(id);
    if (!m_now || found == m_state.resources.end())
        return {};
    QStringList parts;
    if (const auto& due = found->second.checkDue; due && *due <= *m_now)
        parts << tr("check overdue since %1").arg(Words::moment(*due, *m_now, m_language));
    if (const auto& due = found->second.maintenanceDue; due && *due <= *m_now)
        parts << tr("maintenance overdue since %1").arg(Words::moment(*due, *m_now, m_language));
    return parts.join(QStringLiteral(" · "));
}

QString PlanWords::obstacle(const dispatch::Choice& choice) const {
    using dispatch::Obstacle;
    if (choice.obstacle == Obstacle::maintenance || choice.obstacle == Obstacle::outOfService || choice.obstacle == Obstacle::offDuty) {
        if (const QString over = overdue(choice.resource); !over.isEmpty())
            return over;
    }
    if (choice.obstacle == dispatch::Obstacle::claimed && !choice.claimedBy.empty())
        return tr("%1 is deciding about it").arg(Words::plain(choice.claimedBy));
    if (choice.obstacle == dispatch::Obstacle::busy && choice.freeAt)
        return (choice.freeGuessed ? tr("busy, as usual until about %1") : tr("busy until %1"))
            .arg(Words::hourMinute(*choice.freeAt));
    if (choice.obstacle == dispatch::Obstacle::offDuty && choice.freeAt)
        return tr("nobody is on duty until %1").arg(Words::hourMinute(*choice.freeAt));
    if (choice.obstacle == dispatch::Obstacle::positionTooOld)
        return tr("its position is %1 old").arg(Words::span(base::toDuration(choice.positionAge)));
    if (choice.obstacle != dispatch::Obstacle::none)
        return Words::obstacle(choice.obstacle);
    if (choice.needsLost > 0)
        return tr("%1, but then a need elsewhere stays open").arg(Words::eta(choice.turnout + choice.eta));
    return choice.costsKnown && choice.costs.value >= 30
               ? tr("%1; in all it would cost %2 more").arg(Words::eta(choice.turnout + choice.eta), Words::eta(choice.costs))
               : Words::eta(choice.turnout + choice.eta);
}

QString PlanWords::unmet(const dispatch::NeedAnswer& answer) const {
    if (!answer.unmet)
        return {};
    const dispatch::Unmet& why = *answer.unmet;
    const QString head = tr("%1: %2 missing", "need, amount").arg(what(answer.need), amount(answer.need, why.missing));
    const QString who = why.resource ? name(*why.resource) : QString();
    const auto with = [&](const QString& reason) { return tr("%1, %2", "what is missing, why").arg(head, reason); };
    const std::string& r = why.reason;
    if (r == "none-has-capability")
        return with(tr("nobody has it"));
    if (r == "none-has-level")
        return why.bestLevel > 0 ? with(tr("nobody has the level; the best is level %1").arg(why.bestLevel))
                                 : with(tr("nobody has the level"));
    if (r == "all-busy")
        return why.freeAt ? with(tr("all who have it are busy; %1 is free at about %2").arg(who, Words::hourMinute(*why.freeAt)))
                          : with(tr("all who have it are busy"));
    if (r == "all-out-of-service") {
        for (const dispatch::Choice& kept : answer.kept) {
            if (const QString over = overdue(kept.resource); !over.isEmpty())
                return with(tr("all who have it are out of service; %1: %2", "a resource, what should have ended").arg(name(kept.resource), over));
        }
        return with(tr("all who have it are out of service"));
    }
    if (r == "no-road")
        return with(tr("no road leads there"));
    if (r == "cannot-travel")
        return with(tr("who has it cannot travel"));
    if (r == "too-far")
        return with(who.isEmpty() ? tr("all are too far") : tr("the nearest, %1, needs %2").arg(who, Words::eta(why.eta)));
    if (r == "position-too-old")
        return with(tr("where they are is not known well enough"));
    if (r == "over-crew-hours")
        return with(tr("crews have worked too long"));
    if (r == "claimed")
        return with(why.by.empty() ? tr("another is deciding about them")
                                   : tr("%1 is deciding about %2").arg(Words::plain(why.by), who));
    if (r == "needed-elsewhere")
        return with(tr("those who could are needed more elsewhere"));
    if (r == "out-of-stock")
        return with(tr("only %1 in stock").arg(amount(answer.need, why.available)));
    if (r == "stock-expired")
        return with(tr("what there is has expired"));
    if (r == "no-vehicle")
        return with(tr("no vehicle is free to bring it"));
    if (r == "no-payload")
        return with(tr("no vehicle can carry it"));
    if (r == "shelters-full")
        return with(std::lround(why.available) == 1 ? tr("only 1 place is free")
                                                    : tr("only %1 places are free").arg(Words::number(why.available, 0)));
    if (r == "no-shelter")
        return with(tr("there is no shelter that can be reached"));
    if (r == "bad-amount")
        return with(tr("the amount asked for makes no sense"));
    if (r == "time-limit" || r == "cancelled")
        return with(tr("the search was ended early"));
    return head;
}

} // namespace tocsin::gui
