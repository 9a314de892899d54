#include "dispatch/flow_tree.hpp"

#include <algorithm>

namespace tocsin::dispatch {

std::vector<std::uint32_t> FlowTree::plan(const Problem& problem, const Scale& scale) {
    load(problem, scale);
    grow();
    // Until not one ask could do better: then by its prices no plan is cheaper.
    const auto asks = static_cast<std::uint32_t>(m_by.size());
    for (std::uint32_t ask = 0, calm = 0; calm < asks; ask = ask + 1 < asks ? ask + 1 : 0) {
        if (better(ask))
            calm = 0;
        else
            ++calm;
    }
    keep();
    std::vector<std::uint32_t> taken;
    for (const std::uint32_t option : m_server) {
        if (option != none)
            taken.push_back(option);
    }
    std::sort(taken.begin(), taken.end());
    return taken;
}

void FlowTree::load(const Problem& problem, const Scale& scale) {
    const std::size_t asks = problem.asks.size();
    if (m_byGiver.size() != asks || m_served.size() != problem.givers) {
        m_byGiver.assign(asks, none);
        m_served.assign(problem.givers, none);
    }
    m_first.assign(asks + 1, 0);
    m_ask.resize(problem.options.size());
    m_giver.resize(problem.options.size());
    m_cost.resize(problem.options.size());
    m_open.resize(asks);
    m_openCost.resize(asks);
    m_price.assign(asks, 0);
    m_rent.assign(problem.givers, 0);
    m_server.assign(problem.givers, none);
    m_by.assign(asks, none);
    m_own.resize(asks);
    for (std::size_t a = 0; a < asks; ++a) {
        m_open[a] = problem.asks[a].units;
        m_openCost[a] = scale.open(problem.asks[a].weight);
        m_own[a].clear();
    }
    for (std::uint32_t i = 0; i < problem.options.size(); ++i) {
        const Option& option = problem.options[i];
        ++m_first[option.ask + 1];
        m_ask[i] = option.ask;
        m_giver[i] = option.giver;
        m_cost[i] = scale.of(option);
        if (m_served[option.giver] == option.ask && m_open[option.ask] > 0) {
            --m_open[option.ask];
            setServer(option.giver, i);
        } else if (m_byGiver[option.ask] == option.giver) {
            m_by[option.ask] = i;
        }
    }
    for (std::size_t a = 0; a < asks; ++a) {
        m_first[a + 1] += m_first[a];
        if (m_open[a] > 0) // units are left open by the tree alone
            m_by[a] = none;
    }
}

/// The tree, from the sink upward; what hangs on itself is left open instead.
void FlowTree::grow() {
    const auto asks = static_cast<std::uint32_t>(m_by.size());
    m_below.assign(m_server.size(), none);
    m_next.assign(asks, none);
    m_previous.assign(asks, none);
    for (std::uint32_t a = 0; a < asks; ++a)
        hang(a, m_by[a]);
    std::vector<char> stands(asks, 0);
    const auto reach = [&](std::uint32_t from) {
        m_stack.assign(1, from);
        while (!m_stack.empty()) {
            const std::uint32_t a = m_stack.back();
            m_stack.pop_back();
            stands[a] = 1;
            m_price[a] = m_by[a] == none ? m_openCost[a] : m_cost[m_by[a]] + m_rent[m_giver[m_by[a]]];
            for (const std::uint32_t giver : m_own[a]) {
                m_rent[giver] = m_price[a] - m_cost[m_server[giver]];
                for (std::uint32_t below = m_below[giver]; below != none; below = m_next[below])
                    m_stack.push_back(below);
            }
        }
    };
    for (std::uint32_t a = 0; a < asks; ++a) {
        if (above(a) == none)
            reach(a);
    }
    for (std::uint32_t a = 0; a < asks; ++a) {
        if (stands[a] != 0)
            continue;
        unhang(a);
        hang(a, none);
        reach(a);
    }
}

void FlowTree::keep() {
    for (std::uint32_t g = 0; g < m_server.size(); ++g)
        m_served[g] = m_server[g] == none ? none : m_ask[m_server[g]];
    for (std::uint32_t a = 0; a < m_by.size(); ++a)
        m_byGiver[a] = m_by[a] == none ? none : m_giver[m_by[a]];
}

bool FlowTree::better(std::uint32_t ask) {
    bool any = false;
    for (std::size_t k = 0; k < m_own[ask].size();) {
        const std::uint32_t giver = m_own[ask][k];
        if (m_rent[giver] >= 0) {
            ++k;
            continue;
        }
        release(giver);
        any = true;
        k = 0;
    }
    for (;;) {
        std::int64_t least = m_price[ask];
        std::uint32_t best = none;
        for (std::uint32_t i = m_first[ask]; i < m_first[ask + 1] && m_cost[i] < least; ++i) {
            const std::int64_t cost = m_cost[i] + m_rent[m_giver[i]];
            if (cost < least) {
                least = cost;
                best = i;
            }
        }
        if (m_openCost[ask] < least) {
            turn(ask, none, m_price[ask] - m_openCost[ask]);
            any = true;
            continue;
        }
        if (best == none)
            return any;
        any = true;
        const std::uint32_t server = m_server[m_giver[best]];
        const bool circle = server != none && hangsOn(m_ask[server], ask);
        if (circle || (m_by[ask] == none && m_open[ask] > 0)) {
            if (!circle)
                --m_open[ask];
            push(ask, best, m_price[ask] - least);
        } else {
            turn(ask, best, m_price[ask] - least);
        }
    }
}

void FlowTree::turn(std::uint32_t ask, std::uint32_t by, std::int64_t cheaper) {
    unhang(ask);
    hang(ask, by);
    m_stack.assign(1, ask);
    shift(-cheaper);
}

void FlowTree::push(std::uint32_t ask, std::uint32_t option, std::int64_t cheaper) {
    const std::uint32_t giver = m_giver[option];
    const std::uint32_t lost = m_server[giver];
    if (lost != none)
        std::erase(m_own[m_ask[lost]], giver);
    setServer(giver, option);
    if (lost != none)
        pass(lost, ask);
    shift(giver, cheaper);
}

void FlowTree::release(std::uint32_t giver) {
    const std::uint32_t lost = m_server[giver];
    std::erase(m_own[m_ask[lost]], giver);
    m_server[giver] = none;
    pass(lost, none);
    shift(giver, -m_rent[giver]);
}

void FlowTree::pass(std::uint32_t lost, std::uint32_t last) {
    for (;;) {
        const std::uint32_t ask = m_ask[lost];
        const std::uint32_t by = m_by[ask];
        if (by == none) {
            ++m_open[ask];
            return;
        }
        const std::uint32_t giver = m_giver[by];
        const std::uint32_t from = m_server[giver];
        setServer(giver, by);
        unhang(ask);
        hang(ask, lost);
        if (from == none)
            return;
        std::erase(m_own[m_ask[from]], giver);
        if (m_ask[from] == last)
            return;
        lost = from;
    }
}

std::uint32_t FlowTree::above(std::uint32_t ask) const {
    const std::uint32_t server = m_by[ask] == none ? none : m_server[m_giver[m_by[ask]]];
    return server == none ? none : m_ask[server];
}

bool FlowTree::hangsOn(std::uint32_t ask, std::uint32_t other) const {
    while (ask != none && ask != other)
        ask = above(ask);
    return ask == other;
}

void FlowTree::hang(std::uint32_t ask, std::uint32_t by) {
    m_by[ask] = by;
    if (by == none)
        return;
    std::uint32_t& first = m_below[m_giver[by]];
    m_previous[ask] = none;
    m_next[ask] = first;
    if (first != none)
        m_previous[first] = ask;
    first = ask;
}

void FlowTree::unhang(std::uint32_t ask) {
    if (m_by[ask] == none)
        return;
    if (m_previous[ask] != none)
        m_next[m_previous[ask]] = m_next[ask];
    else
        m_below[m_giver[m_by[ask]]] = m_next[ask];
    if (m_next[ask] != none)
        m_previous[m_next[ask]] = m_previous[ask];
}

void FlowTree::shift(std::uint32_t giver, std::int64_t by) {
    m_rent[giver] += by;
    m_stack.clear();
    for (std::uint32_t below = m_below[giver]; below != none; below = m_next[below])
        m_stack.push_back(below);
    shift(by);
}

void FlowTree::shift(std::int64_t by) {
    while (!m_stack.empty()) {
        const std::uint32_t a = m_stack.back();
        m_stack.pop_back();
        m_price[a] += by;
        for (const std::uint32_t giver : m_own[a]) {
            m_rent[giver] += by;
            for (std::uint32_t below = m_below[giver]; below != none; below = m_next[below])
                m_stack.push_back(below);
        }
    }
}

void FlowTree::setServer(std::uint32_t giver, std::uint32_t option) {
    m_server[giver] = option;
    m_own[m_ask[option]].push_back(giver);
}

} // namespace tocsin::dispatch
