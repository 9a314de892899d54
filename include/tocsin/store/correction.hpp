#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"

namespace tocsin::store {

/// A value that shall take the place of the one that is stored for its sensor and time.
struct Correction {
    model::SensorId sensor;
    base::Time time;
    base::Time received; ///< when it was taken
    double before{0};    ///< in force until then, as far as who wanted this knew; ReadingStore does not look at it
    double value{0};
    friend bool operator==(const Correction&, const Correction&) = default;
};

} // namespace tocsin::store
