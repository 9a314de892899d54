#pragma once

#include "tocsin/detect/backtest.hpp"
#include "tocsin/store/readings.hpp"

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

} // namespace tocsin::app
