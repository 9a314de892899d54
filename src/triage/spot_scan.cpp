#include "triage/spot_scan.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

namespace tocsin::triage {

namespace {

constexpr std::array radii{0.0, 1.0, 1.5, 2.3, 3.2, 4.5, 6.4, 9.0, 12.5, 18.0, 25.0};
constexpr int neighbourhood = 3; ///< cells around, whose mean is expected of a cell
constexpr double countyPart = 0.1;
constexpr double leastPrior = 1e-3; ///< reports in the whole past
constexpr double fixedPoint = 4'294'967'295.0;
constexpr int replicas = 30;
constexpr std::uint64_t seed = 20'010'901;
constexpr double mostDrawn = 20'000; ///< beyond, how high the strongest comes hardly depends on how many there are

/// Sums along a row: the share as a fraction of 2³² and the counts. Differences are right across the wrap.
using Sums = std::array<std::uint32_t, scanWindows + 1>;

std::vector<Sums> rowSums(const ScanGrid& grid, const std::vector<ScanCounts>& counts) {
    const auto width = static_cast<std::size_t>(grid.columns) + 1;
    std::vector<Sums> sums(width * static_cast<std::size_t>(grid.rows));
    for (int row = 0; row < grid.rows; ++row) {
        Sums run{};
        auto* out = &sums[static_cast<std::size_t>(row) * width];
        double share = 0;
        for (int column = 0; column < grid.columns; ++column) {
            const auto cell = grid.at(column, row);
            share += grid.share[cell];
            run[0] = static_cast<std::uint32_t>(std::min(share, 1.0) * fixedPoint);
            for (std::size_t w = 0; w < scanWindows; ++w)
                run[w + 1] += counts[cell][w];
            out[column + 1] = run;
        }
    }
    return sums;
}

/// Mean of the cells around, without the cell itself.
std::vector<double> neighbours(const ScanGrid& grid) {
    const auto width = static_cast<std::size_t>(grid.columns) + 1;
    std::vector<double> sums(width * (static_cast<std::size_t>(grid.rows) + 1), 0.0);
    for (int row = 0; row < grid.rows; ++row) {
        double run = 0;
        for (int column = 0; column < grid.columns; ++column) {
            run += grid.past[grid.at(column, row)];
            const auto below = (static_cast<std::size_t>(row) + 1) * width + static_cast<std::size_t>(column) + 1;
            sums[below] = sums[below - width] + run;
        }
    }
    std::vector<double> out(grid.past.size());
    const auto sumTo = [&](int column, int row) {
        return sums[static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column)];
    };
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const int left = std::max(0, column - neighbourhood);
            const int right = std::min(grid.columns, column + neighbourhood + 1);
            const int top = std::max(0, row - neighbourhood);
            const int bottom = std::min(grid.rows, row + neighbourhood + 1);
            const auto cell = grid.at(column, row);
            const double sum = sumTo(right, bottom) - sumTo(left, bottom) - sumTo(right, top) + sumTo(left, top);
            const double cells = (right - left) * (bottom - top) - 1.0;
            out[cell] = cells > 0 ? std::max(0.0, sum - grid.past[cell]) / cells : 0.0;
        }
    }
    return out;
}

/// Draws cells by their rates (Walker's alias method, as Vose 1991 sets it up).
class Draw {
  public:
    void set(const std::vector<double>& rates) {
        const double sum = std::accumulate(rates.begin(), rates.end(), 0.0);
        const auto number = rates.size();
        m_keep.resize(number);
        m_other.assign(number, 0);
        m_less.clear();
        m_more.clear();
        for (std::size_t i = 0; i < number; ++i) {
            m_keep[i] = rates[i] / sum * static_cast<double>(number);
            (m_keep[i] < 1 ? m_less : m_more).push_back(static_cast<std::uint32_t>(i));
        }
        while (!m_less.empty() && !m_more.empty()) {
            const auto less = m_less.back();
            const auto more = m_more.back();
            m_less.pop_back();
            m_other[less] = more;
            m_keep[more] -= 1 - m_keep[less];
            if (m_keep[more] < 1) {
                m_more.pop_back();
                m_less.push_back(more);
            }
        }
        for (const auto rest : m_less)
            m_keep[rest] = 1;
        for (const auto rest : m_more)
            m_keep[rest] = 1;
    }
    std::size_t next(std::mt19937_64& random) const {
        const std::uint64_t bits = random();
        const auto cell = static_cast<std::size_t>(((bits >> 32U) * m_keep.size()) >> 32U);
        const double u = static_cast<double>(bits & 0xffffffffU) / 4'294'967'296.0;
        return u < m_keep[cell] ? cell : m_other[cell];
    }

  private:
    std::vector<double> m_keep;
    std::vector<std::uint32_t> m_other;
    std::vector<std::uint32_t> m_less;
    std::vector<std::uint32_t> m_more;
};

} // namespace

void ScanGrid::smooth() {
    const double cells = static_cast<double>(past.size());
    const double mean = std::accumulate(past.begin(), past.end(), 0.0) / cells;
    prior = neighbours(*this);
    double squared = 0;
    double over = 0;
    for (std::size_t i = 0; i < past.size(); ++i) {
        prior[i] = std::max(leastPrior, (1 - countyPart) * prior[i] + countyPart * mean);
        squared += prior[i] * prior[i];
        over += (past[i] - prior[i]) * (past[i] - prior[i]) - prior[i];
    }
    // Variance of a gamma mixture of Poissons: m + m²/shape.
    strength = over > 0 ? std::clamp(squared / over, 0.25, 20.0) : 20.0;
    share.resize(past.size());
    double sum = 0;
    for (std::size_t i = 0; i < past.size(); ++i) {
        share[i] = (past[i] + strength) / (1 + strength / prior[i]);
        sum += share[i];
    }
    for (auto& s : share)
        s /= sum;
}

std::vector<ScanShape> scanShapes(double mostRadiusCells) {
    std::vector<ScanShape> shapes;
    for (const double radius : radii) {
        if (radius > mostRadiusCells && !shapes.empty())
            break;
        ScanShape shape;
        shape.radius = radius;
        shape.reach = static_cast<int>(radius);
        for (int dy = -shape.reach; dy <= shape.reach; ++dy) {
            const int half = static_cast<int>(std::sqrt(std::max(0.0, radius * radius - dy * dy)));
            shape.half.push_back(half);
            shape.cells += static_cast<std::size_t>(2 * half + 1);
        }
        shapes.push_back(std::move(shape));
    }
    return shapes;
}

double likelihoodRatio(double count, double expected, double total) {
    if (count <= expected || expected <= 0)
        return 0;
    const double inside = count * std::log(count / expected);
    const double rest = total - count;
    return rest <= 0 || total <= expected ? inside : inside + rest * std::log(rest / (total - expected));
}

double likelihoodRatioAlone(double count, double expected) {
    return count <= expected || expected <= 0 ? 0 : count * std::log(count / expected) - (count - expected);
}

std::optional<ScanFind> scan(const ScanGrid& grid, const std::vector<ScanCounts>& counts, const ScanAgainst& against,
                             const std::vector<ScanShape>& shapes, const std::vector<std::uint8_t>& allowed,
                             double leastCount) {
    const auto sums = rowSums(grid, counts);
    const auto width = static_cast<std::size_t>(grid.columns) + 1;
    const double part = 1 / std::max(1e-6, against.whole);
    ScanFind best;
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const auto centre = grid.at(column, row);
            if (counts[centre][scanWindows - 1] == 0)
                continue;
            for (std::size_t s = 0; s < allowed[centre]; ++s) {
                const auto& shape = shapes[s];
                Sums sum{};
                const int first = std::max(-shape.reach, -row);
                const int last = std::min(shape.reach, grid.rows - 1 - row);
                for (int dy = first; dy <= last; ++dy) {
                    const int half = shape.half[static_cast<std::size_t>(dy + shape.reach)];
                    const auto* line = &sums[static_cast<std::size_t>(row + dy) * width];
                    const auto& right = line[std::min(grid.columns, column + half + 1)];
                    const auto& left = line[std::max(0, column - half)];
                    for (std::size_t k = 0; k < sum.size(); ++k)
                        sum[k] += right[k] - left[k];
                }
                const double share = std::max(1e-9, sum[0] / fixedPoint);
                for (std::size_t w = 0; w < scanWindows; ++w) {
                    const double count = sum[w + 1];
                    const double expected = share * against.totals[w] * (against.alone[w] ? 1 : part);
                    // c ln(c/E) is less than c (c/E − 1): the logarithm is spared where it cannot matter.
                    if (count < leastCount || count <= expected || count * (count / expected - 1) <= best.strength)
                        continue;
                    const double strength = against.alone[w] ? likelihoodRatioAlone(count, expected)
                                                             : likelihoodRatio(count, expected, against.totals[w]);
                    if (strength > best.strength)
                        best = {column, row, s, w, count, share, strength};
                }
            }
        }
    }
    return best.strength > 0 ? std::optional(best) : std::nullopt;
}

std::vector<std::size_t> cellsOf(const ScanGrid& grid, const ScanFind& find, const ScanShape& shape) {
    std::vector<std::size_t> out;
    for (int dy = -shape.reach; dy <= shape.reach; ++dy) {
        const int row = find.row + dy;
        const int half = shape.half[static_cast<std::size_t>(dy + shape.reach)];
        if (row < 0 || row >= grid.rows)
            continue;
        for (int column = std::max(0, find.column - half); column <= std::min(grid.columns - 1, find.column + half);
             ++column)
            out.push_back(grid.at(column, row));
    }
    return out;
}

void keepApart(const ScanGrid& grid, const ScanFind& find, const std::vector<ScanShape>& shapes,
               std::vector<std::uint8_t>& allowed) {
    const double radius = shapes[find.shape].radius;
    const int reach = static_cast<int>(radius + shapes.back().radius) + 1;
    for (int row = std::max(0, find.row - reach); row <= std::min(grid.rows - 1, find.row + reach); ++row) {
        for (int column = std::max(0, find.column - reach); column <= std::min(grid.columns - 1, find.column + reach);
             ++column) {
            const double apart = std::hypot(column - find.column, row - find.row);
            auto& most = allowed[grid.at(column, row)];
            while (most > 0 && shapes[most - 1U].radius + radius >= apart)
                --most;
        }
    }
}

double ScanChance::of(double strength) const {
    return -std::expm1(-std::exp(-(strength - location) / scale));
}

ScanChance chanceOf(const ScanGrid& grid, const std::array<double, scanWindows>& totals,
                    const std::vector<ScanShape>& shapes, double leastCount) {
    const double most = totals[scanWindows - 1];
    const double less = most > mostDrawn ? mostDrawn / most : 1.0;
    ScanAgainst against;
    auto& drawn = against.totals;
    for (std::size_t w = 0; w < scanWindows; ++w)
        drawn[w] = std::max(1.0, std::round(totals[w] * less));
    const std::vector<std::uint8_t> allowed(grid.past.size(), static_cast<std::uint8_t>(shapes.size()));
    std::mt19937_64 random(seed);
    std::vector<double> rates(grid.past.size());
    std::vector<ScanCounts> counts(grid.past.size());
    Draw draw;
    double sum = 0;
    double squares = 0;
    for (int replica = 0; replica < replicas; ++replica) {
        for (std::size_t i = 0; i < rates.size(); ++i) {
            // What a cell's rate may as well be, after what is known of it. Of empty ones the mean will do.
            const double scale = 1 / (1 + grid.strength / grid.prior[i]);
            const double shape = grid.past[i] + grid.strength;
            rates[i] = (grid.past[i] > 0 ? std::gamma_distribution<double>(shape)(random) : shape) * scale;
        }
        draw.set(rates);
        std::fill(counts.begin(), counts.end(), ScanCounts{});
        const auto number = static_cast<std::size_t>(drawn[scanWindows - 1]);
        for (std::size_t i = 0; i < number; ++i) {
            auto& cell = counts[draw.next(random)];
            for (std::size_t w = 0; w < scanWindows; ++w)
                cell[w] += static_cast<double>(i) < drawn[w] ? 1U : 0U;
        }
        const auto best = scan(grid, counts, against, shapes, allowed, leastCount);
        const double highest = best ? best->strength : 0;
        sum += highest;
        squares += highest * highest;
    }
    const double mean = sum / replicas;
    const double variance = std::max(0.0, (squares - sum * mean) / (replicas - 1));
    ScanChance chance;
    // The tail of a maximum of such ratios falls as e^−x: a fit on replicas without a find would promise more.
    chance.scale = std::max(1.0, std::sqrt(6 * variance) / std::numbers::pi);
    chance.location = mean - std::numbers::egamma * chance.scale;
    return chance;
}

} // namespace tocsin::triage
