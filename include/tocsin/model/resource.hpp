#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

enum class ResourceKind : std::uint8_t { team, vehicle, warehouse, shelter, hospital, expert, mobileFacility, station };
[[nodiscard]] std::string_view toString(ResourceKind kind);
[[nodiscard]] std::optional<ResourceKind> resourceKindFrom(std::string_view text);

enum class ResourceStatus : std::uint8_t { available, assigned, outOfService };
[[nodiscard]] std::string_view toString(ResourceStatus status);
[[nodiscard]] std::optional<ResourceStatus> resourceStatusFrom(std::string_view text);

/// What a resource can do and how well: level 1 (basic) to 3 (heavy).
struct Capability {
    std::string code; ///< "dyke-defence", "water-rescue", … a key of the county's capability table
    int level{1};
    friend bool operator==(const Capability&, const Capability&) = default;
};

/// A supply in a warehouse: GB/T 38565-2020 code of seven digits.
struct Stock {
    std::string code;
    base::LocalText name;
    double quantity{0};
    std::string unit;
    friend bool operator==(const Stock&, const Stock&) = default;
};

struct Resource {
    ResourceId id;
    ResourceKind kind{ResourceKind::team};
    base::LocalText name;
    std::string callSign;
    std::string code; ///< what kind of thing within its kind: "pump-truck", "field-hospital"; GB/T 38565 where it has one
    base::LocalText owner;
    std::string division;
    std::string personInCharge;
    std::string phone;
    std::vector<Capability> capabilities;
    std::vector<Stock> stock; ///< warehouses
    int people{0};            ///< crew
    int capacity{0};          ///< shelter places, hospital beds, vehicle seats
    int occupied{0};
    double speedFactor{1.0}; ///< against the road network's times; 0 = cannot travel by itself
    bool flies{false};       ///< goes straight, at 200 km/h
    Position position;
    base::LocalText place;
    base::Time positionTime;
    Position home;
    ResourceStatus status{ResourceStatus::available};
    std::string remarks;
    std::string origin; ///< "osm node 123", "demo": where the record came from
    friend bool operator==(const Resource&, const Resource&) = default;
};

void to_json(nlohmann::json& out, const Resource& value);
void from_json(const nlohmann::json& in, Resource& value);
void to_json(nlohmann::json& out, const Stock& value);
void from_json(const nlohmann::json& in, Stock& value);
void to_json(nlohmann::json& out, const Capability& value);
void from_json(const nlohmann::json& in, Capability& value);

} // namespace tocsin::model
