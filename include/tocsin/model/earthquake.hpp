#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/trust.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::model {

/// One seismic event, as its agency now describes it.
struct Earthquake {
    EarthquakeId id;
    std::string source;   ///< "usgs"
    std::string sourceId; ///< preferred id there
    std::vector<std::string> otherIds;
    base::Time time;
    base::Time updated;
    std::optional<double> magnitude;
    std::string magnitudeType;
    Position position;
    std::optional<double> depthKm;
    std::string place;
    std::string status; ///< "automatic", "reviewed", "deleted"
    bool tsunami{false};
    std::optional<Trust> trust; ///< its feed's; absent where none declares it
    friend bool operator==(const Earthquake&, const Earthquake&) = default;
};

void to_json(nlohmann::json& out, const Earthquake& value);
void from_json(const nlohmann::json& in, Earthquake& value);

} // namespace tocsin::model
