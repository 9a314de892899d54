#include "dispatch/pose.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace tocsin::dispatch {
namespace {

constexpr double longestEta = 86'400;
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double firstHorizon = 300; ///< seconds
constexpr double leastTimes = 1.3;   ///< as far at once
constexpr double atMostTimes = 2;    ///< a price falls as more are known who could go
constexpr std::size_t spare = 1;     ///< beside those asked for and shown

/// Until an incident's need is late, from now on; absent where it cannot be.
std::optional<double> inTime(const Question& question, const Facts& facts, const OpenNeed& need) {
    const double within = need.need.within.value;
    if (!std::isfinite(within) || within <= 0)
        return std::nullopt;
    return within - std::chrono::duration<double>(question.now - facts.sites[need.site].incident->openedAt).count();
}

double lateness(const Question& question, const Facts& facts, const OpenNeed& need, double eta) {
    const auto left = inTime(question, facts, need);
    return left ? std::clamp(eta - *left, 0.0, longestEta) : 0;
}

/// What keeps a resource from serving a need for a team; none if it can.
Obstacle keeps(const Question& question, const Facts& facts, const OpenNeed& need, const Capable& capable,
               double seconds, double late) {
    const Giver& giver = facts.givers[capable.giver];
    if (giver.obstacle != Obstacle::none && giver.running == nullptr)
        return giver.obstacle;
    const bool leads = std::isfinite(seconds);
    if (!leads && !canTravel(*giver.resource))
        return Obstacle::cannotTravel;
    if (capable.level < need.need.level)
        return Obstacle::lowLevel;
    if (!leads)
        return Obstacle::noRoad;
    if (question.weights.mostLate.value > 0 && late > question.weights.mostLate.value)
        return Obstacle::tooFar;
    return Obstacle::none;
}

/// How far to look so that whoever comes later costs `cost` or more.
double horizonFor(const Question& question, const Facts& facts, const OpenNeed& need, double cost) {
    const double late = question.weights.late;
    const double seconds = cost / facts.sites[need.site].weight + 0.2; // tenths are rounded
    if (!(seconds < longestEta))
        return infinite;
    const auto left = inTime(question, facts, need);
    return left ? std::min(seconds, std::max(*left, (seconds + late * *left) / (1 + late))) : seconds;
}

} // namespace

Poser::Poser(const Question& question, Facts& facts) : m_question(question), m_facts(facts) {
    m_around.resize(facts.sites.size());
    for (std::uint32_t n = 0; n < facts.needs.size(); ++n) {
        const OpenNeed& need = facts.needs[n];
        if (need.bad || need.need.kind != model::NeedKind::team)
            continue;
        m_around[need.site].asks.push_back(static_cast<std::uint32_t>(m_needOf.size()));
        m_needOf.push_back(n);
    }
    m_asks.resize(m_needOf.size());
    m_judged.resize(m_needOf.size());
    number();
    const bool all = mustLookAtAll();
    std::vector<double> horizons;
    for (const Site& site : facts.sites)
        horizons.push_back(all || (question.focus && site.focus) ? infinite : firstHorizon);
    look(horizons);
    if (!all)
        count();
}

void Poser::number() {
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    m_skills.resize(m_facts.givers.size());
    for (std::uint32_t ask = 0; ask < m_asks.size(); ++ask) {
        const auto [at, fresh] =
            numbers.emplace(need(ask).need.capability, static_cast<std::uint32_t>(m_skilled.size()));
        m_asks[ask].capability = at->second;
        if (!fresh) {
            m_skilled[at->second].open += need(ask).open;
            continue;
        }
        static const std::vector<Capable> nobody;
        const auto found = m_facts.capable.find(need(ask).need.capability);
        Skilled& skilled = m_skilled.emplace_back();
        skilled.open = need(ask).open;
        skilled.all = found == m_facts.capable.end() ? &nobody : &found->second;
        for (const Capable& one : *skilled.all) {
            const Giver& giver = m_facts.givers[one.giver];
            m_skills[one.giver].push_back({at->second, one.level});
            if (!canTravel(*giver.resource))
                skilled.stuck.push_back(one);
            else if (giver.obstacle == Obstacle::none || giver.running != nullptr)
                skilled.levels.push_back(one.level);
        }
        std::sort(skilled.levels.begin(), skilled.levels.end(), std::greater<>());
        std::stable_sort(skilled.stuck.begin(), skilled.stuck.end(),
                         [](const Capable& a, const Capable& b) { return a.level < b.level; });
    }
    std::unordered_map<model::IncidentId, std::uint32_t> siteOf;
    for (std::uint32_t site = 0; site < m_facts.sites.size(); ++site)
        siteOf.emplace(m_facts.sites[site].incident->id, site);
    const Weights& weights = m_question.weights;
    for (std::uint32_t g = 0; g < m_facts.givers.size(); ++g) {
        const Giver& giver = m_facts.givers[g];
        double extra = giver.stale ? weights.stalePosition : 0;
        if (giver.crewUsed > weights.crewNear && weights.crewNear < 1)
            extra += weights.nearCrewLimit * std::min(1.0, (giver.crewUsed - weights.crewNear) / (1 - weights.crewNear));
        m_extra.push_back(extra);
        if (giver.running == nullptr)
            continue;
        m_prices += weights.change;
        if (const auto at = siteOf.find(giver.running->incident); at != siteOf.end())
            m_around[at->second].running.push_back(g);
    }
}

/// There are few pairs; or one resource may serve needs of several kinds, so that far ones count as near ones do; or there
/// are fewer who may go than are asked for, and everybody counts.
bool Poser::mustLookAtAll() const {
    const bool supplies = std::any_of(m_facts.needs.begin(), m_facts.needs.end(), [](const OpenNeed& need) {
        return need.need.kind == model::NeedKind::supply && !need.bad;
    });
    double open = 0;
    for (const Skilled& skilled : m_skilled)
        open += skilled.open;
    const auto mayGo = std::count_if(m_facts.givers.begin(), m_facts.givers.end(), [](const Giver& giver) {
        return giver.obstacle == Obstacle::none || giver.running != nullptr;
    });
    return supplies || m_question.weights.capabilitiesAtOnce > 1 || open > static_cast<double>(mayGo) ||
           m_facts.sites.size() * m_facts.givers.size() <= m_question.pairsAtOnce;
}

/// From which cost on somebody may be missing of those who could serve a need: he is not there within the horizon.
double Poser::beyondOf(const OpenNeed& need) const {
    const Around& around = m_around[need.site];
    if (!(around.horizon < infinite))
        return infinite;
    const Weights& weights = m_question.weights;
    const double late = lateness(m_question, m_facts, need, around.horizon);
    // One who is on his way here already is cheaper by the price of a change.
    const bool returns = std::any_of(around.running.begin(), around.running.end(), [&](std::uint32_t g) {
        return !(m_facts.middle(g, m_facts.travels.seconds(need.site, g)) < around.horizon);
    });
    return m_facts.sites[need.site].weight * (around.horizon + weights.late * late) -
           (returns ? std::max(0.0, weights.change) : 0);
}

void Poser::look(const std::vector<double>& horizons) {
    std::vector<Travels::Around> around;
    for (std::uint32_t site = 0; site < horizons.size(); ++site) {
        if (!(horizons[site] > 0))
            continue;
        // Where most are known already, all are as quickly had; and who is not there within a day is looked for everywhere.
        const bool all = !(horizons[site] < longestEta) || m_around[site].known * 2 > m_facts.givers.size();
        m_around[site].horizon = all ? infinite : horizons[site];
        around.push_back({site, m_around[site].horizon});
    }
    if (auto done = m_facts.travels.look(around, m_question.stop); !done) {
        m_fault = done.error();
        return;
    }
    for (const auto& [site, most] : around)
        judgeAll(static_cast<std::uint32_t>(site));
}

void Poser::judgeAll(std::uint32_t site) {
    Around& around = m_around[site];
    for (const std::uint32_t ask : around.asks) {
        m_asks[ask].able.clear();
        m_judged[ask].clear();
        m_asks[ask].beyond = beyondOf(need(ask));
    }
    if (!(around.horizon < infinite)) {
        for (const std::uint32_t ask : around.asks) {
            for (const Capable& one : *m_skilled[m_asks[ask].capability].all)
                judge(ask, one, m_facts.travels.seconds(site, one.giver));
        }
    } else if (!around.asks.empty()) {
        const auto coming = m_facts.travels.within(site, around.horizon);
        around.known = coming.size();
        for (const auto& [giver, seconds] : coming) {
            for (const Skill& skill : m_skills[giver]) {
                for (const std::uint32_t ask : around.asks) {
                    if (m_asks[ask].capability == skill.capability)
                        judge(ask, {giver, skill.level}, seconds);
                }
            }
        }
    }
    for (const std::uint32_t ask : around.asks) {
        auto& able = m_asks[ask].able;
        std::sort(able.begin(), able.end(), [](const Able& a, const Able& b) {
            return std::tie(a.tenths, a.level, a.giver) < std::tie(b.tenths, b.level, b.giver);
        });
    }
}

void Poser::judge(std::uint32_t ask, const Capable& who, double seconds) {
    const OpenNeed& need = this->need(ask);
    const Weights& weights = m_question.weights;
    const Giver& giver = m_facts.givers[who.giver];
    const Site& site = m_facts.sites[need.site];
    const double eta = std::min(m_facts.middle(who.giver, seconds), longestEta);
    const double late = lateness(m_question, m_facts, need, eta);
    const Obstacle obstacle = keeps(m_question, m_facts, need, who, seconds, late);
    m_judged[ask].push_back({who, obstacle});
    if (obstacle != Obstacle::none)
        return;
    double cost = site.weight * (eta + weights.late * late) + weights.skillExcess * (who.level - need.need.level) +
                  m_extra[who.giver];
    if (isPerson(giver.resource->kind))
        cost += site.weight * weights.onePerson;
    if (giver.running != nullptr && giver.running->incident == site.incident->id &&
        giver.running->capability == need.need.capability)
        cost -= weights.change;
    m_asks[ask].able.push_back({std::llround(cost * 10), who.level, who.giver, cost, late});
}

void Poser::pose(Posed& posed) const {
    posed.prices = m_prices;
    posed.needOf = m_needOf;
    posed.late.clear();
    posed.problem = Problem{};
    Problem& problem = posed.problem;
    problem.givers = static_cast<std::uint32_t>(m_facts.givers.size());
    problem.atOnce = static_cast<std::uint32_t>(m_question.weights.capabilitiesAtOnce);
    for (std::uint32_t ask = 0; ask < m_asks.size(); ++ask) {
        const Asked& asked = m_asks[ask];
        const double beyond = std::min(asked.beyond, asked.cap);
        const std::int64_t beyondTenths =
            beyond < infinite ? std::llround(beyond * 10) : std::numeric_limits<std::int64_t>::max();
        const double units = std::min(need(ask).open, static_cast<double>(asked.able.size()));
        const std::uint32_t site = need(ask).site;
        problem.asks.push_back({static_cast<std::uint32_t>(units), m_facts.sites[site].weight, site, beyond});
        std::uint32_t tie = 0;
        for (const Able& one : asked.able) {
            if (one.tenths >= beyondTenths)
                break;
            problem.options.push_back({ask, one.giver, one.cost, tie++});
            posed.late.push_back(one.late);
        }
    }
}

std::vector<std::vector<Judged>> Poser::takeJudged() {
    // Who cannot travel is not within any horizon, and stands first among those who could but may not.
    for (std::uint32_t ask = 0; ask < m_asks.size(); ++ask) {
        const std::uint32_t site = need(ask).site;
        if (!(m_around[site].horizon < infinite))
            continue;
        std::size_t told = 0;
        for (const Capable& one : m_skilled[m_asks[ask].capability].stuck) {
            if (told == keptShown)
                break;
            if (std::isfinite(m_facts.travels.seconds(site, one.giver)))
                continue;
            judge(ask, one, Travels::noWay);
            ++told;
        }
    }
    return std::move(m_judged);
}

void Poser::count() {
    for (bool any = true; any && !m_fault;) {
        any = false;
        std::vector<double> horizons(m_around.size(), 0);
        for (std::uint32_t ask = 0; ask < m_asks.size(); ++ask) {
            double& horizon = horizons[need(ask).site];
            horizon = std::max(horizon, toCount(ask));
            any = any || horizon > 0;
        }
        if (any)
            look(horizons);
    }
}

double Poser::toCount(std::uint32_t ask) const {
    const Asked& asked = m_asks[ask];
    const OpenNeed& need = this->need(ask);
    const Around& around = m_around[need.site];
    if (!(around.horizon < infinite) || need.open <= 0)
        return 0;
    if (need.open > std::floor(need.open)) // a part of a team stays open, whoever goes
        return infinite;
    const std::size_t others = m_facts.sites[need.site].focus && m_question.choices > 1 ? m_question.choices - 1 : 0;
    const double atLeast = need.open + static_cast<double>(others + spare);
    const std::int64_t beyondTenths = std::llround(asked.beyond * 10);
    const auto known = std::partition_point(asked.able.begin(), asked.able.end(),
                                            [&](const Able& one) { return one.tenths < beyondTenths; });
    if (static_cast<double>(known - asked.able.begin()) >= atLeast)
        return 0;
    // Where the county has no more than that, all are looked for at once.
    const Skilled& skilled = m_skilled[asked.capability];
    const auto& levels = skilled.levels;
    const auto inAll = std::upper_bound(levels.begin(), levels.end(), need.need.level, std::greater<>()) - levels.begin();
    if (static_cast<double>(inAll) <= atLeast || skilled.isShort())
        return infinite;
    return around.horizon * atMostTimes;
}

bool Poser::grow(const std::vector<double>& enough) {
    bool any = false;
    std::vector<double> wanted(m_around.size(), 0);
    for (std::uint32_t ask = 0; ask < m_asks.size(); ++ask) {
        Asked& asked = m_asks[ask];
        const OpenNeed& need = this->need(ask);
        const double beyond = std::min(asked.beyond, asked.cap);
        if (!(beyond < infinite) || need.open <= 0)
            continue;
        if (beyond >= enough[ask]) {
            // Prices fall as more are known who could go: what is dearer is of no use but for the choices.
            if (!m_tight)
                asked.cap = std::min(asked.cap, std::max(enough[ask] * 1.1, enough[ask] + 30));
            continue;
        }
        any = true;
        asked.cap = enough[ask] + 1;
        const Around& around = m_around[need.site];
        if (!(around.horizon < infinite) || asked.beyond >= enough[ask])
            continue;
        const double back = around.running.empty() ? 0 : std::max(0.0, m_question.weights.change);
        const double horizon =
            std::max(horizonFor(m_question, m_facts, need, enough[ask] + back), around.horizon * leastTimes);
        wanted[need.site] = std::max(wanted[need.site], std::min(horizon, around.horizon * atMostTimes));
    }
    look(wanted);
    return any && !m_fault;
}

void addCover(const Question& question, const Facts& facts, const CoverGrid& grid, Posed& posed) {
    Problem& problem = posed.problem;
    std::unordered_map<model::ResourceId, std::uint32_t> giverOf;
    for (std::uint32_t g = 0; g < facts.givers.size(); ++g) {
        if (facts.givers[g].obstacle == Obstacle::none)
            giverOf[facts.givers[g].resource->id] = g;
    }
    constexpr std::uint32_t noPlan = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> giverOfFree;
    for (const CoverGrid::Free& one : grid.free) {
        const auto giver = giverOf.find(one.resource->id);
        giverOfFree.push_back(giver == giverOf.end() ? noPlan : giver->second);
    }
    std::uint64_t units = 0;
    for (const Ask& ask : problem.asks)
        units += ask.units;
    std::map<std::vector<std::uint32_t>, double> people;
    for (std::size_t c = 0; c < grid.cells.size(); ++c) {
        std::vector<std::uint32_t> covering;
        bool kept = false;
        for (std::size_t f = 0; f < grid.free.size(); ++f) {
            if (!(grid.time(grid.free[f], c) <= grid.target))
                continue;
            if (giverOfFree[f] == noPlan || covering.size() >= units) {
                kept = true; // by one whom no plan can take, or by more than any plan takes
                break;
            }
            covering.push_back(giverOfFree[f]);
        }
        if (kept || covering.empty())
            continue;
        std::sort(covering.begin(), covering.end());
        people[covering] += grid.cells[c].people;
    }
    std::vector<double> alone(problem.givers, 0);
    for (const auto& [givers, count] : people) {
        const double cost = std::round(count * question.weights.coverPerPerson * 10) / 10;
        if (cost <= 0)
            continue;
        if (givers.size() == 1 && problem.atOnce == 1)
            alone[givers.front()] += cost;
        else
            problem.cover.push_back({cost, givers});
    }
    bool changed = false;
    for (Option& option : problem.options) {
        option.cost += alone[option.giver];
        changed = changed || alone[option.giver] > 0;
    }
    if (!changed)
        return;
    // Each ask's options stay in the order of their cost.
    std::vector<std::size_t> order(problem.options.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto key = [&](std::size_t i) {
        const Option& option = problem.options[i];
        return std::tuple(option.ask, std::llround(option.cost * 10), option.tie);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    std::vector<Option> options;
    std::vector<double> late;
    for (const std::size_t i : order) {
        const Option& option = problem.options[i];
        // What has become so dear must not come before another that was left out.
        const double beyond = problem.asks[option.ask].beyond;
        if (beyond < infinite && std::llround(option.cost * 10) >= std::llround(beyond * 10))
            continue;
        const std::uint32_t tie = !options.empty() && options.back().ask == option.ask ? options.back().tie + 1 : 0;
        options.push_back({option.ask, option.giver, option.cost, tie});
        late.push_back(posed.late[i]);
    }
    problem.options = std::move(options);
    posed.late = std::move(late);
}

} // namespace tocsin::dispatch
