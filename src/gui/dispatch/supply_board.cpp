#include "gui/dispatch/supply_board.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace tocsin::gui {

namespace {

using model::AssignmentState;
using model::NeedKind;
using model::ResourceKind;

constexpr double nothing = 1e-9;

/// What a need asks for: the same of several needs are added up. The level counts for teams only.
struct Thing {
    NeedKind kind{NeedKind::team};
    std::string code;
    std::string unit;
    int level{0};
    friend auto operator<=>(const Thing&, const Thing&) = default;
};

Thing thingOf(const model::Need& need) {
    switch (need.kind) {
    case NeedKind::supply:
        return {NeedKind::supply, need.supply, need.unit, 0};
    case NeedKind::shelter:
        return {NeedKind::shelter, "shelter", {}, 0};
    case NeedKind::team:
        break;
    }
    return {NeedKind::team, need.capability, {}, need.level};
}

double quantityOf(const model::Need& need) {
    const double q = need.kind == NeedKind::supply ? need.amount : need.quantity;
    return std::isfinite(q) ? std::max(0.0, q) : 0;
}

bool fit(const model::Stock& stock, base::Time now) {
    return !stock.expiry || *stock.expiry > now;
}

/// What a resource could give of a thing at once, if it is asked first.
double freeOf(const model::Resource& one, const Thing& thing, base::Time now) {
    if (one.retired)
        return 0;
    double out = 0;
    switch (thing.kind) {
    case NeedKind::supply:
        if (one.status == model::ResourceStatus::outOfService)
            return 0;
        for (const auto& stock : one.stock) {
            if (stock.code == thing.code && (thing.unit.empty() || stock.unit == thing.unit) && fit(stock, now))
                out += std::max(0.0, stock.quantity - stock.reserved);
        }
        return out;
    case NeedKind::shelter:
        if (one.kind != ResourceKind::shelter || one.status == model::ResourceStatus::outOfService ||
            one.status == model::ResourceStatus::maintenance)
            return 0;
        return std::max(0, one.capacity - one.occupied);
    case NeedKind::team:
        if (one.status != model::ResourceStatus::available || one.kind == ResourceKind::partner ||
            one.kind == ResourceKind::enterprise)
            return 0;
        return std::any_of(one.capabilities.begin(), one.capabilities.end(),
                           [&](const auto& c) { return c.code == thing.code && c.level >= thing.level; })
                   ? 1
                   : 0;
    }
    return 0;
}

/// Promised to incidents: loads are reserved in the warehouse's own account, people are not.
int peoplePromised(const model::State& state, model::ResourceId shelter) {
    int out = 0;
    for (const auto& [id, one] : state.assignments) {
        if (one.resource == shelter && one.purpose == model::Purpose::shelter && one.state < AssignmentState::onScene)
            out += one.people;
    }
    return out;
}

class Board {
  public:
    Board(const model::State& state, base::Time now) : m_state(state), m_now(now) {}

    std::vector<SupplyLine> make() {
        std::vector<const model::Incident*> open;
        for (const auto& [id, incident] : m_state.incidents) {
            if (incident.state == model::IncidentState::open && !incident.needs.empty())
                open.push_back(&incident);
        }
        std::stable_sort(open.begin(), open.end(), [](const auto* a, const auto* b) {
            return std::tie(a->grade, a->openedAt) < std::tie(b->grade, b->openedAt);
        });
        std::vector<SupplyLine> out;
        std::map<Thing, SupplyLine> sums;
        for (const auto* incident : open) {
            for (auto& [thing, line] : linesOf(*incident)) {
                addUp(sums[thing], line);
                out.push_back(std::move(line));
            }
        }
        for (auto& [thing, sum] : sums)
            out.push_back(std::move(sum));
        return out;
    }

  private:
    std::map<Thing, SupplyLine> linesOf(const model::Incident& incident) {
        std::map<Thing, SupplyLine> lines;
        for (const auto& need : incident.needs) {
            const auto thing = thingOf(need);
            auto& line = lines[thing];
            line.incident = incident.id;
            line.kind = thing.kind;
            line.code = thing.code;
            line.unit = thing.unit;
            line.needed += quantityOf(need);
            if (need.within.value > 0) {
                const auto by = incident.openedAt + std::chrono::duration_cast<base::Duration>(
                                                        std::chrono::duration<double>(need.within.value));
                line.wantedBy = std::min(line.wantedBy.value_or(by), by);
            }
        }
        // A team that could serve two levels is counted once, for the higher.
        for (const auto& [id, one] : m_state.assignments) {
            if (one.incident == incident.id)
                count(one, lines);
        }
        for (auto& [thing, line] : lines) {
            line.name = nameOf(thing);
            line.inStock = stockOf(thing);
            line.open = std::max(0.0, line.needed - line.onTheWay - line.delivered);
            line.missing = line.open;
            if (line.open > nothing)
                find(incident, thing, line);
        }
        return lines;
    }

    static void count(const model::Assignment& one, std::map<Thing, SupplyLine>& lines) {
        const bool there = one.arrivedAt.has_value();
        const bool gone = one.state == AssignmentState::released;
        const auto put = [&](SupplyLine& line, double quantity) {
            if (there)
                line.delivered += quantity;
            else if (!gone)
                line.onTheWay += quantity;
        };
        for (auto& [thing, line] : lines) {
            if (thing.kind != NeedKind::supply)
                continue;
            for (const auto& item : one.load) {
                if (item.code == thing.code && (thing.unit.empty() || item.unit == thing.unit))
                    put(line, item.quantity);
            }
        }
        if (one.purpose == model::Purpose::shelter) {
            if (const auto line = lines.find(Thing{NeedKind::shelter, "shelter", {}, 0}); line != lines.end())
                put(line->second, one.people);
        }
        if (one.purpose != model::Purpose::team || gone)
            return; // a team that has left serves the need no more
        SupplyLine* best = nullptr;
        for (auto& [thing, line] : lines) {
            if (thing.kind == NeedKind::team && thing.code == one.capability &&
                (best == nullptr || line.needed > line.onTheWay + line.delivered))
                best = &line;
        }
        if (best != nullptr)
            put(*best, 1);
    }

    [[nodiscard]] base::LocalText nameOf(const Thing& thing) const {
        if (thing.kind != NeedKind::supply)
            return {};
        for (const auto& [id, one] : m_state.resources) {
            for (const auto& stock : one.stock) {
                if (stock.code == thing.code && !stock.name.text.empty())
                    return stock.name;
            }
            for (const auto& offer : one.offers) {
                if (offer.code == thing.code && !offer.name.text.empty())
                    return offer.name;
            }
        }
        return base::LocalText(thing.code);
    }

    double stockOf(const Thing& thing) {
        double out = 0;
        for (const auto& [id, one] : m_state.resources)
            out += roomOf(one, thing);
        return out;
    }

    double roomOf(const model::Resource& one, const Thing& thing) {
        double out = freeOf(one, thing, m_now);
        if (thing.kind == NeedKind::shelter && out > 0)
            out = std::max(0.0, out - peoplePromised(m_state, one.id));
        return out;
    }

    /// From where what is open would come: the same stock is not named for two incidents.
    void find(const model::Incident& incident, const Thing& thing, SupplyLine& line) {
        std::vector<SupplySource> own;
        std::vector<SupplySource> lent;
        for (const auto& [id, one] : m_state.resources) {
            const auto taken = m_taken.find({id, thing.kind == NeedKind::team ? std::string() : thing.code});
            const double used = taken == m_taken.end() ? 0 : taken->second;
            const double here = roomOf(one, thing) - used;
            const auto away = geo::distance(one.position, incident.position);
            if (here > nothing)
                own.push_back({id, one.kind, here, base::Seconds(0), away});
            if (one.retired || one.status == model::ResourceStatus::outOfService)
                continue;
            for (const auto& offer : one.offers) {
                if (offer.code == thing.code && (thing.unit.empty() || offer.unit == thing.unit) && offer.quantity > used)
                    lent.push_back({id, one.kind, offer.quantity - used, offer.lead, away});
            }
        }
        std::stable_sort(own.begin(), own.end(), [](const auto& a, const auto& b) { return a.away.value < b.away.value; });
        std::stable_sort(lent.begin(), lent.end(), [](const auto& a, const auto& b) {
            return std::tie(a.lead.value, a.away.value) < std::tie(b.lead.value, b.away.value);
        });
        double left = line.open;
        const auto take = [&](std::vector<SupplySource>& sources) {
            for (auto& source : sources) {
                if (left <= nothing)
                    return;
                source.quantity = std::min(source.quantity, left);
                left -= source.quantity;
                m_taken[{source.resource, thing.kind == NeedKind::team ? std::string() : thing.code}] += source.quantity;
                line.from.push_back(source);
            }
        };
        take(own);
        line.missing = left <= nothing ? 0 : left;
        take(lent);
    }

    static void addUp(SupplyLine& sum, const SupplyLine& line) {
        sum.kind = line.kind;
        sum.code = line.code;
        sum.name = line.name;
        sum.unit = line.unit;
        sum.inStock = line.inStock;
        sum.needed += line.needed;
        sum.onTheWay += line.onTheWay;
        sum.delivered += line.delivered;
        sum.open += line.open;
        sum.missing += line.missing;
        if (line.wantedBy)
            sum.wantedBy = std::min(sum.wantedBy.value_or(*line.wantedBy), *line.wantedBy);
        for (const auto& source : line.from) {
            const auto known = std::find_if(sum.from.begin(), sum.from.end(),
                                            [&](const auto& s) { return s.resource == source.resource; });
            if (known == sum.from.end())
                sum.from.push_back(source);
            else
                known->quantity += source.quantity;
        }
    }

    const model::State& m_state;
    base::Time m_now;
    std::map<std::pair<model::ResourceId, std::string>, double> m_taken;
};

} // namespace

bool SupplyLine::canBorrow() const {
    return std::any_of(from.begin(), from.end(), [](const auto& source) {
        return source.kind == ResourceKind::enterprise || source.kind == ResourceKind::partner;
    });
}

std::vector<SupplyLine> supplyBoard(const model::State& state, base::Time now) {
    return Board(state, now).make();
}

std::vector<StockWorry> stockWorries(const model::State& state, base::Time now, base::Duration soon) {
    std::vector<StockWorry> out;
    for (const auto& [id, one] : state.resources) {
        if (one.retired)
            continue;
        // The minimum is of the code and unit, whichever batches make it up.
        std::map<std::pair<std::string, std::string>, double> whole;
        for (const auto& stock : one.stock)
            whole[{stock.code, stock.unit}] += fit(stock, now) ? stock.quantity - stock.reserved : 0;
        std::map<std::pair<std::string, std::string>, bool> said;
        for (const auto& stock : one.stock) {
            if (stock.expiry && stock.quantity > 0 && *stock.expiry <= now)
                out.push_back({id, stock, StockFault::expired});
            else if (stock.expiry && stock.quantity > 0 && *stock.expiry <= now + soon)
                out.push_back({id, stock, StockFault::expiring});
            const std::pair key{stock.code, stock.unit};
            if (stock.minimum > 0 && whole[key] < stock.minimum && !said[key]) {
                auto lacking = stock;
                lacking.quantity = whole[key];
                out.push_back({id, lacking, StockFault::belowMinimum});
                said[key] = true;
            }
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        if (a.fault != b.fault)
            return a.fault < b.fault;
        if (a.fault != StockFault::belowMinimum)
            return *a.stock.expiry < *b.stock.expiry;
        return a.stock.quantity / a.stock.minimum < b.stock.quantity / b.stock.minimum;
    });
    return out;
}

std::vector<model::ResourceId> lendersOf(const model::State& state, const std::string& code) {
    std::vector<model::ResourceId> offering;
    std::vector<model::ResourceId> others;
    for (const auto& [id, one] : state.resources) {
        if (one.retired || (one.kind != ResourceKind::partner && one.kind != ResourceKind::enterprise))
            continue;
        const bool offers =
            std::any_of(one.offers.begin(), one.offers.end(), [&](const auto& offer) { return offer.code == code; });
        (offers ? offering : others).push_back(id);
    }
    offering.insert(offering.end(), others.begin(), others.end());
    return offering;
}

model::AidRequest draftAid(const model::State& state, const SupplyLine& line) {
    model::AidRequest out;
    if (line.incident)
        out.incident = *line.incident;
    for (const auto& source : line.from) {
        if (source.kind == ResourceKind::enterprise || source.kind == ResourceKind::partner) {
            out.partner = source.resource;
            break;
        }
    }
    if (const auto lenders = lendersOf(state, line.code); out.partner.isNull() && !lenders.empty())
        out.partner = lenders.front();
    model::AidItem item;
    item.code = line.code;
    item.name = line.name;
    item.quantity = line.missing > nothing ? line.missing : line.open;
    item.unit = line.unit;
    out.items.push_back(std::move(item));
    out.neededBy = line.wantedBy;
    return out;
}

} // namespace tocsin::gui
