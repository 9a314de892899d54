#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace tocsin::dispatch {

/// How soon somebody can be at the end of a trip that calls at a store, whatever else it calls at: the least over all ways by stores,
/// without the loading. By kind of vehicle.
class Roundabout {
  public:
    /// `between`: seconds from one store to another; infinite where no way leads.
    Roundabout(std::size_t kinds, std::size_t stores,
               const std::function<double(std::size_t kind, std::uint32_t from, std::uint32_t to)>& between);

    /// For each of `stores` the least seconds by way of it, rising. `toStore`, `fromStore`: of every store there is, from where the
    /// vehicle is and to where it goes.
    [[nodiscard]] std::vector<double> leastBy(std::size_t kind, const std::vector<double>& toStore, const std::vector<double>& fromStore,
                                              const std::vector<std::uint32_t>& stores) const;

  private:
    std::size_t m_stores;
    std::vector<std::vector<double>> m_least; ///< by kind: from × to; empty: too many stores to say more than 0
};

} // namespace tocsin::dispatch
