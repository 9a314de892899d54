#pragma once

#include "tocsin/geo/measure.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

namespace tocsin::drill {

/// Numbers that look random and are the same on every machine (splitmix64; std's distributions are not).
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : m_state(seed * 0x9e3779b97f4a7c15U + 0x632be59bd9b4e019U) {}

    std::uint64_t next() {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// 0 ≤ x < 1
    double unit() { return static_cast<double>(next() >> 11U) / static_cast<double>(std::uint64_t{1} << 53U); }
    /// −1 ≤ x < 1
    double swing() { return 2 * unit() - 1; }
    /// 0 … n − 1; n > 0
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(unit() * static_cast<double>(n)); }
    bool happens(double chance) { return unit() < chance; }

    /// The place in a list that `weightOf` gives weights to; the list is not empty.
    template <typename List, typename WeightOf>
    std::size_t weighted(const List& list, WeightOf weightOf) {
        double all = 0;
        for (const auto& each : list)
            all += weightOf(each);
        double at = unit() * all;
        std::size_t index = 0;
        for (const auto& each : list) {
            at -= weightOf(each);
            if (at < 0)
                return index;
            ++index;
        }
        return index - 1;
    }
    /// Somewhere in a circle, everywhere as likely.
    model::Position around(const model::Position& centre, double metres) {
        const double far = metres * std::sqrt(unit());
        return geo::offset(centre, base::Degrees(360 * unit()), base::Metres(far));
    }

  private:
    std::uint64_t m_state;
};

} // namespace tocsin::drill
