#pragma once

#include "tocsin/base/units.hpp"
#include "tocsin/model/state.hpp"

#include <map>
#include <string>
#include <string_view>

namespace tocsin::dispatch {

/// Between which times somebody arrives, against what the roads say: nine of ten do.
struct EtaSpread {
    double low{0.8};
    double middle{1}; ///< the median: what predictions are multiplied by
    double high{1.35};
    std::size_t drives{0}; ///< that it was learned from
    friend bool operator==(const EtaSpread&, const EtaSpread&) = default;
};

struct EtaInterval {
    base::Seconds low;
    base::Seconds middle;
    base::Seconds high;
};

/// Learned from the desk's own drives: the logarithm of actual (departed to arrived) over the time that the roads alone
/// said (model::Assignment::plain; the prediction where an older journal has none), of which the
/// 5 %, 50 % and 95 % quantiles are taken (linear between order statistics, Hyndman and Fan's type 7) and drawn towards
/// the default as if that had been seen in twenty drives. A speed class with twenty drives or more has a spread of its
/// own, drawn in the same way towards that of all. Drives predicted under a minute, or off by more than eight times,
/// tell nothing of driving and are left out. Immutable; any thread.
class EtaModel {
  public:
    EtaModel() = default; ///< the default spread for all
    [[nodiscard]] static EtaModel learn(const model::State& state);

    [[nodiscard]] const EtaSpread& spreadOf(std::string_view speedClass) const;
    /// `predicted` as the roads say. `positionAge` beyond `staleAfter` widens the interval by one tenth for each
    /// further `staleAfter`, at most to twice its width in logarithms.
    [[nodiscard]] EtaInterval of(std::string_view speedClass, base::Seconds predicted, base::Seconds positionAge = {},
                                 base::Seconds staleAfter = base::Seconds(900)) const;

  private:
    EtaSpread m_all;
    std::map<std::string, EtaSpread, std::less<>> m_byClass;
};

} // namespace tocsin::dispatch
