#pragma once

#include "tocsin/county/folder.hpp"
#include "tocsin/detect/past.hpp"
#include "tocsin/store/readings.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <vector>

namespace tocsin::app {

/// The stored past as a backtest reads it. The store gives the newest of a stretch, a backtest wants the oldest:
/// stretches are made short enough to be whole. As the store: one thread at a time.
class PastOfStore {
  public:
    PastOfStore(const store::ReadingStore& store, base::Time to) : m_store(store), m_to(to) {}
    base::Result<std::vector<model::ReadingSeen>> operator()(const model::SensorId& sensor, base::Time after,
                                                             std::size_t most) const;

  private:
    const store::ReadingStore& m_store;
    base::Time m_to;
};

/// What a county knows of its past, but for readings.
struct KnownPast {
    std::map<model::SensorId, model::Sensor> sensors;
    detect::PastMessages messages;
};
/// From the county's database; empty where there is no county. Reads the whole state: not on the GUI's thread.
[[nodiscard]] base::Result<std::optional<KnownPast>> readKnownPast(const county::CountyFolder& folder);

/// detect::remarksOnPast over what the county has stored, for at most `longest`; none where it has no readings yet.
[[nodiscard]] base::Result<std::vector<detect::Remark>>
lookBack(const county::CountyFolder& folder, const KnownPast& known, const std::vector<detect::Rule>& rules,
         const std::set<std::string>& which, base::Time now, std::chrono::steady_clock::duration longest,
         const std::function<void(double)>& progress, const std::stop_token& stop);

} // namespace tocsin::app
