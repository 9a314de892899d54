#include "dispatch/flow.hpp"

#include "tocsin/route/assignment_flow.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <deque>
#include <functional>
#include <queue>
#include <tuple>
#include <utility>

namespace tocsin::dispatch {
namespace {

constexpr double tenths = 10;
constexpr double weightSteps = 4;
constexpr std::uint32_t noOption = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t infinite = Residual::unreachable;

/// Dijkstra's search: lowers the distances that are greater than the way from the start. `eachWay(node, reach)` calls
/// `reach(other, cost)` for what can be reached from a node, at no cost below 0; it says whether that is nearer.
/// `distance.lower(node, to)` says whether it did.
template <typename Distance, typename EachWay>
void search(std::uint32_t start, Distance& distance, const EachWay& eachWay) {
    using Entry = std::pair<std::int64_t, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    if (!distance.lower(start, 0))
        return;
    queue.emplace(0, start);
    while (!queue.empty()) {
        const auto [reached, node] = queue.top();
        queue.pop();
        if (reached > distance[node])
            continue;
        eachWay(node, [&, from = reached](std::uint32_t other, std::int64_t cost) {
            if (!distance.lower(other, from + cost))
                return false;
            queue.emplace(from + cost, other);
            return true;
        });
    }
}

/// Of all nodes.
struct AllDistances {
    std::vector<std::int64_t>& all;
    [[nodiscard]] std::int64_t operator[](std::uint32_t node) const { return all[node]; }
    [[nodiscard]] bool lower(std::uint32_t node, std::int64_t distance) const {
        if (distance >= all[node])
            return false;
        all[node] = distance;
        return true;
    }
};

std::int64_t shifted(std::int64_t value, int bits) {
    return bits >= 0 ? value * (std::int64_t{1} << bits) : value / (std::int64_t{1} << -bits);
}

std::int64_t steps(double weight, double least) {
    return std::max<std::int64_t>(1, std::llround(std::min(weight / least, 1000.0) * weightSteps));
}

} // namespace

Scale::Scale(const Problem& problem) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    std::uint64_t units = 0;
    for (const Ask& ask : problem.asks) {
        units += ask.units;
        if (ask.weight > 0) {
            least = std::min(least, ask.weight);
            most = std::max(most, ask.weight);
        }
    }
    leastWeight = std::isfinite(least) ? least : 1;
    const std::int64_t highest = most > 0 ? steps(most, leastWeight) : 1;
    double low = 0;
    double high = 0;
    for (const Option& option : problem.options) {
        low = std::min(low, option.cost);
        high = std::max(high, option.cost);
    }
    const double range = std::ceil((high - low) * tenths) + 1;
    const auto served = static_cast<double>(std::min<std::uint64_t>(units, problem.givers)) + 1;
    tieBits = std::bit_width(static_cast<std::uint64_t>(served) * 1000);
    // A quarter of the limit: forced units cost four times as much.
    while (std::ldexp((range + 1) * served, tieBits) * static_cast<double>(highest) > std::ldexp(1.0, 57))
        --tieBits;
    // The ties of all together stay below a tenth, whatever had to give way.
    tieMost = tieBits > 0 ? static_cast<std::int64_t>(std::clamp(std::ldexp(1.0, tieBits) / served - 1, 0.0, 999.0)) : 0;
    perWeight = static_cast<std::int64_t>(std::ldexp(range * served, tieBits)) +
                (tieBits > 0 ? 1000 : 1) * static_cast<std::int64_t>(served);
}

std::int64_t Scale::of(const Option& option) const {
    return shifted(std::llround(option.cost * tenths), tieBits) + std::min<std::int64_t>(option.tie, tieMost);
}

std::int64_t Scale::open(double weight) const {
    return perWeight * steps(weight, leastWeight);
}

void Scale::split(std::int64_t difference, double& lost, double& seconds) const {
    const auto count = std::llround(static_cast<double>(difference) / static_cast<double>(perWeight));
    lost = static_cast<double>(count) / weightSteps * leastWeight;
    const std::int64_t rest = difference - count * perWeight;
    // Ties stand below the tenths: off they go.
    seconds = std::round(std::ldexp(static_cast<double>(rest), -tieBits)) / tenths;
}

double Scale::secondsOf(std::int64_t price) const {
    if (price >= perWeight / 2)
        return std::numeric_limits<double>::infinity();
    // One more: of what costs the same a tie may still decide.
    return (std::floor(std::ldexp(static_cast<double>(price), -tieBits)) + std::ldexp(1.0, std::max(0, -tieBits))) / tenths;
}

std::optional<std::vector<std::uint32_t>> forcedFlow(const Problem& problem, const Scale& scale, const Forced& forced) {
    std::vector<route::FlowAsker> askers;
    std::uint64_t units = 0;
    for (const Ask& ask : problem.asks) {
        askers.push_back({ask.units, scale.open(ask.weight)});
        units += ask.units;
    }
    // One of its units becomes an ask of its own, which only the others answer.
    --askers[forced.ask].units;
    askers.push_back({1, route::maxFlowCost});
    std::vector<char> isOther(problem.givers, 1);
    for (const std::uint32_t giver : forced.others)
        isOther[giver] = 0;
    // Of an ask's options only as many of the cheapest can matter as there are units in all: were a dearer one taken,
    // one of them would be free and better.
    std::vector<route::FlowOption> options;
    std::vector<std::uint32_t> index;
    std::vector<std::uint64_t> count(problem.asks.size(), 0);
    const auto forcedAsk = static_cast<std::uint32_t>(problem.asks.size());
    std::uint64_t forcedCount = 0;
    for (std::uint32_t i = 0; i < problem.options.size(); ++i) {
        const Option& option = problem.options[i];
        if (count[option.ask]++ < units) {
            options.push_back({option.ask, option.giver, scale.of(option)});
            index.push_back(i);
        }
        if (option.ask == forced.ask && isOther[option.giver] != 0 && forcedCount++ < units) {
            options.push_back({forcedAsk, option.giver, scale.of(option)});
            index.push_back(i);
        }
    }
    if (forcedCount == 0)
        return std::nullopt;
    const route::FlowPlan plan = route::leastCostFlow(askers, problem.givers, options);
    if (!plan.optimal)
        return std::nullopt;
    std::vector<std::uint32_t> taken;
    bool done = false;
    for (const std::size_t i : plan.taken) {
        taken.push_back(index[i]);
        done = done || options[i].asker == forcedAsk;
    }
    if (!done)
        return std::nullopt;
    std::sort(taken.begin(), taken.end());
    return taken;
}

Residual::Residual(const Problem& problem, const Scale& scale, const std::vector<std::uint32_t>& taken)
    : m_problem(problem), m_scale(scale), m_taken(taken), m_first(problem.asks.size() + 1, 0),
      m_server(problem.givers, noOption), m_into(problem.asks.size() + 1) {
    const auto sink = static_cast<std::uint32_t>(problem.asks.size());
    for (const Option& option : problem.options)
        ++m_first[option.ask + 1];
    for (std::size_t a = 0; a < problem.asks.size(); ++a)
        m_first[a + 1] += m_first[a];
    std::vector<std::uint32_t> served(problem.asks.size(), 0);
    for (const std::uint32_t i : taken) {
        m_server[problem.options[i].giver] = i;
        ++served[problem.options[i].ask];
    }
    // Givers are folded away: from an ask to the one whose giver it takes, or to the sink by a free one.
    struct Found {
        std::int64_t cost{infinite};
        std::uint32_t add{none};
        std::uint32_t remove{none};
    };
    std::vector<Found> least(sink + 1);
    std::vector<std::uint32_t> touched;
    const auto keep = [&](std::uint32_t from, std::uint32_t to, const Found& found) {
        if (found.cost >= infinite)
            return;
        m_into[to].push_back({from, static_cast<std::uint32_t>(m_steps.size()), found.cost});
        m_steps.push_back({to, found.add, found.remove});
    };
    const auto lower = [&](std::uint32_t to, std::int64_t cost, std::uint32_t add, std::uint32_t remove) {
        Found& edge = least[to];
        if (edge.cost >= infinite)
            touched.push_back(to);
        if (cost < edge.cost)
            edge = {cost, add, remove};
    };
    for (std::uint32_t a = 0; a < sink; ++a) {
        lower(sink, scale.open(problem.asks[a].weight), none, none);
        for (std::size_t i = m_first[a]; i < m_first[a + 1]; ++i) {
            const Option& option = problem.options[i];
            const std::uint32_t server = m_server[option.giver];
            if (server == noOption) {
                lower(sink, scale.of(option), static_cast<std::uint32_t>(i), none);
            } else if (problem.options[server].ask != a) {
                lower(problem.options[server].ask, scale.of(option) - scale.of(problem.options[server]),
                      static_cast<std::uint32_t>(i), server);
            }
        }
        std::sort(touched.begin(), touched.end());
        for (const std::uint32_t to : touched)
            keep(a, to, std::exchange(least[to], Found{}));
        touched.clear();
        // Back from the sink: one of its units is left open no more, or one of its givers goes home.
        Found back;
        if (served[a] < problem.asks[a].units)
            back.cost = -scale.open(problem.asks[a].weight);
        for (std::size_t i = m_first[a]; i < m_first[a + 1]; ++i) {
            if (m_server[problem.options[i].giver] == i && -scale.of(problem.options[i]) < back.cost)
                back = {-scale.of(problem.options[i]), none, static_cast<std::uint32_t>(i)};
        }
        keep(sink, a, back);
    }
    measureSink();
    m_known.assign(m_into.size(), unreachable);
}

void Residual::measureSink() {
    m_toSink.assign(m_into.size(), infinite);
    std::vector<char> waiting(m_into.size(), 0);
    std::deque<std::uint32_t> queue{static_cast<std::uint32_t>(m_into.size() - 1)};
    m_toSink.back() = 0;
    while (!queue.empty()) {
        const std::uint32_t node = queue.front();
        queue.pop_front();
        waiting[node] = 0;
        for (const Edge& edge : m_into[node]) {
            if (m_toSink[node] + edge.cost >= m_toSink[edge.from])
                continue;
            m_toSink[edge.from] = m_toSink[node] + edge.cost;
            if (waiting[edge.from] != 0)
                continue;
            waiting[edge.from] = 1;
            // The nearer first: fewer nodes are looked at twice.
            if (!queue.empty() && m_toSink[edge.from] < m_toSink[queue.front()])
                queue.push_front(edge.from);
            else
                queue.push_back(edge.from);
        }
    }
    // From now on with the costs that the ways to it make positive.
    std::vector<std::vector<std::pair<std::uint32_t, std::int64_t>>> out(m_into.size());
    for (std::uint32_t to = 0; to < m_into.size(); ++to) {
        std::erase_if(m_into[to], [&](const Edge& edge) { return m_toSink[edge.from] >= infinite || m_toSink[to] >= infinite; });
        for (Edge& edge : m_into[to]) {
            edge.cost += m_toSink[to] - m_toSink[edge.from];
            out[edge.from].emplace_back(to, edge.cost);
        }
    }
    m_fromSink.assign(m_into.size(), infinite);
    AllDistances fromSink{m_fromSink};
    search(static_cast<std::uint32_t>(m_into.size() - 1), fromSink, [&](std::uint32_t node, const auto& reach) {
        for (const auto& [to, cost] : out[node])
            (void)reach(to, cost);
    });
    // Any node is at the sink for nothing: what costs more than the way from there is of no use. The cheapest first.
    for (std::uint32_t to = 0; to < m_into.size(); ++to) {
        std::erase_if(m_into[to], [&](const Edge& edge) { return edge.cost > m_fromSink[to]; });
        std::sort(m_into[to].begin(), m_into[to].end(),
                  [](const Edge& a, const Edge& b) { return std::tie(a.cost, a.from) < std::tie(b.cost, b.from); });
    }
}

template <typename Settled>
void Residual::measureTo(std::uint32_t ask, Distances& distance, std::vector<const Edge*>* next, const Settled& settled) const {
    search(ask, distance, [&](std::uint32_t node, const auto& reach) {
        settled(node);
        for (const Edge& edge : m_into[node]) {
            if (distance[node] + edge.cost >= distance.most())
                break; // all that follow cost as much
            if (reach(edge.from, edge.cost) && next != nullptr)
                (*next)[edge.from] = &edge;
        }
    });
}

std::vector<std::uint32_t> Residual::planWith(std::uint32_t option) const {
    const std::uint32_t ask = m_problem.options[option].ask;
    std::vector<const Edge*> next(m_into.size(), nullptr);
    Distances distance(infinite, m_known, m_touched);
    measureTo(ask, distance, &next, [](std::uint32_t) {});
    std::vector<std::uint32_t> plan = m_taken;
    const std::uint32_t server = m_server[m_problem.options[option].giver];
    if (server == option)
        return plan;
    std::uint32_t node = static_cast<std::uint32_t>(m_problem.asks.size());
    if (server != noOption) {
        std::erase(plan, server);
        node = m_problem.options[server].ask;
    }
    plan.push_back(option);
    while (node != ask && next[node] != nullptr) {
        const Step& step = m_steps[next[node]->what];
        if (step.remove != none)
            std::erase(plan, step.remove);
        if (step.add != none)
            plan.push_back(step.add);
        node = step.to;
    }
    std::sort(plan.begin(), plan.end());
    return plan;
}

std::vector<std::int64_t> Residual::growth(std::uint32_t ask, std::size_t count,
                                           const std::vector<std::uint32_t>& own) const {
    const auto sink = static_cast<std::uint32_t>(m_into.size() - 1);
    const std::size_t options = m_first[ask + 1] - m_first[ask];
    const auto nodeOf = [&](std::uint32_t server) { return server == noOption ? sink : m_problem.options[server].ask; };
    // Of each the growth but for the way back.
    std::vector<std::int64_t> result(options, infinite);
    std::int64_t least = infinite;
    for (std::size_t k = 0; k < options; ++k) {
        const Option& option = m_problem.options[m_first[ask] + k];
        const std::uint32_t server = m_server[option.giver];
        if (server == m_first[ask] + k) {
            result[k] = 0;
            continue;
        }
        const std::uint32_t node = nodeOf(server);
        if (m_toSink[node] >= infinite || m_toSink[ask] >= infinite)
            continue;
        const std::int64_t given = server == noOption ? 0 : m_scale.of(m_problem.options[server]);
        result[k] = m_scale.of(option) - given + m_toSink[node] - m_toSink[ask];
        least = std::min(least, result[k]);
    }
    // By the sink nothing is further than its own way there and from there: what is not nearer need not be looked at. Nor,
    // once so many are known, what is so far that no growth by way of it could be one of theirs.
    Distances distance(m_fromSink[ask], m_known, m_touched);
    std::priority_queue<std::int64_t> best;
    const auto know = [&](std::int64_t growth) {
        if (best.size() == count) {
            if (growth >= best.top())
                return;
            best.pop();
        }
        best.push(growth);
        if (best.size() == count)
            distance.cap(best.top() - least + 1);
    };
    std::vector<std::pair<std::uint32_t, std::int64_t>> byNode; // of those who serve elsewhere
    if (count < options && count > 0) {
        for (std::size_t k = 0; k < options; ++k) {
            const std::uint32_t giver = m_problem.options[m_first[ask] + k].giver;
            if (result[k] >= infinite || std::find(own.begin(), own.end(), giver) != own.end())
                continue;
            if (m_server[giver] != noOption)
                byNode.emplace_back(m_problem.options[m_server[giver]].ask, result[k]);
            else if (m_fromSink[ask] < infinite / 2)
                know(result[k] + m_fromSink[ask]);
        }
        std::sort(byNode.begin(), byNode.end());
    }
    measureTo(ask, distance, nullptr, [&](std::uint32_t node) {
        auto at = std::lower_bound(byNode.begin(), byNode.end(), std::pair(node, std::numeric_limits<std::int64_t>::min()));
        for (const std::int64_t there = distance[node]; at != byNode.end() && at->first == node; ++at)
            know(at->second + there);
    });
    for (std::size_t k = 0; k < options; ++k) {
        const std::uint32_t server = m_server[m_problem.options[m_first[ask] + k].giver];
        if (server == m_first[ask] + k || result[k] >= infinite)
            continue;
        const std::int64_t back = distance[nodeOf(server)];
        result[k] = back >= infinite / 2 ? infinite : result[k] + back;
    }
    return result;
}

} // namespace tocsin::dispatch
