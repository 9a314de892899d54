#pragma once

#include "tocsin/base/units.hpp"
#include "tocsin/model/state.hpp"

#include <map>

namespace tocsin::dispatch {

/// How long it usually takes from an order to setting out: the median of the desk's own past, of a resource that has said at least
/// five times when it set out, else of its kind in the same way. Who said it two hours later or more had been told of otherwise,
/// and does not count; nor do shelters, which set out nowhere. Immutable; any thread.
class Turnouts {
  public:
    [[nodiscard]] static Turnouts learn(const model::State& state);
    /// 0 where nothing is known.
    [[nodiscard]] base::Seconds of(const model::Resource& resource) const;

  private:
    std::map<model::ResourceId, base::Seconds> m_own;
    std::map<model::ResourceKind, base::Seconds> m_ofKind;
};

} // namespace tocsin::dispatch
