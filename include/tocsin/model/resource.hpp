#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

enum class ResourceKind : std::uint8_t {
    team,
    vehicle,
    warehouse,
    shelter,
    hospital,
    expert,
    mobileFacility,
    station,
    enterprise, ///< can produce or lend
    volunteer,
    gridMember,
    partner ///< another county or authority that lends
};
inline constexpr int resourceKinds = 12;
[[nodiscard]] std::string_view toString(ResourceKind kind);
[[nodiscard]] std::optional<ResourceKind> resourceKindFrom(std::string_view text);
/// What stays where it is and is sent nowhere: stores, houses, whole organisations.
[[nodiscard]] constexpr bool isPlace(ResourceKind kind) {
    switch (kind) {
    case ResourceKind::warehouse:
    case ResourceKind::shelter:
    case ResourceKind::hospital:
    case ResourceKind::station:
    case ResourceKind::enterprise:
    case ResourceKind::partner:
        return true;
    case ResourceKind::team:
    case ResourceKind::vehicle:
    case ResourceKind::expert:
    case ResourceKind::mobileFacility:
    case ResourceKind::volunteer:
    case ResourceKind::gridMember:
        break;
    }
    return false;
}

enum class ResourceStatus : std::uint8_t { available, assigned, outOfService, maintenance, offDuty };
inline constexpr int resourceStatuses = 5;
[[nodiscard]] std::string_view toString(ResourceStatus status);
[[nodiscard]] std::optional<ResourceStatus> resourceStatusFrom(std::string_view text);

/// What a resource can do and how well: level 1 (basic) to 3 (heavy).
struct Capability {
    std::string code; ///< "dyke-defence", "water-rescue", … a key of the county's capability table
    int level{1};
    friend bool operator==(const Capability&, const Capability&) = default;
};

/// A supply in a warehouse: GB/T 38565-2020 code of seven digits. One line for each code, unit and batch.
struct Stock {
    std::string code;
    base::LocalText name;
    double quantity{0}; ///< what lies there, with what is reserved; never less than `reserved`
    std::string unit;
    double reserved{0};                 ///< promised to assignments that have not loaded it yet
    double minimum{0};                  ///< below this it is short
    std::string batch;                  ///< empty where batches are not told apart
    std::optional<base::Time> expiry;
    double kilograms{0};   ///< of one unit; 0: unknown
    double cubicMetres{0}; ///< of one unit; 0: unknown
    friend bool operator==(const Stock&, const Stock&) = default;
};

/// One of a team's people.
struct CrewMember {
    std::string name;
    std::string role;
    std::vector<Capability> skills;
    std::string phone;
    std::string shift; ///< "A", "night"
    friend bool operator==(const CrewMember&, const CrewMember&) = default;
};

/// Who is on duty with a resource, and when.
struct DutyTurn {
    base::Time from;
    base::Time until;
    std::string person;
    std::string phone;
    std::string role;
    friend bool operator==(const DutyTurn&, const DutyTurn&) = default;
};
/// Whether it is that one's turn at a moment: from its beginning on, and at its end no more.
[[nodiscard]] inline bool isOnDuty(const DutyTurn& turn, base::Time at) {
    return turn.from <= at && at < turn.until;
}

/// What a vehicle is on the road. Zero: unknown.
struct VehicleData {
    std::string speedClass; ///< a key of the county's driving profiles: "fire-engine", "boat"
    double weightTonnes{0}; ///< laden
    double heightMetres{0};
    double widthMetres{0};
    double fordingMetres{0}; ///< water it may drive through
    double loadKilograms{0}; ///< payload
    double loadCubicMetres{0};
    int seats{0};
    friend bool operator==(const VehicleData&, const VehicleData&) = default;
};

/// A hospital's beds of one kind: "general", "intensive", "burns", "isolation".
struct Beds {
    std::string kind;
    int total{0};
    int free{0};
    friend bool operator==(const Beds&, const Beds&) = default;
};

/// What an enterprise or a partner can lend or make. `code` is a supply's or a capability's.
struct Offer {
    std::string code;
    base::LocalText name;
    double quantity{0}; ///< at once, after `lead`
    std::string unit;
    double perDay{0}; ///< and so much each day from then on
    base::Seconds lead;
    friend bool operator==(const Offer&, const Offer&) = default;
};

struct Resource {
    ResourceId id;
    ResourceKind kind{ResourceKind::team};
    base::LocalText name;
    std::string callSign;
    std::string key;  ///< inventory number: by it a list that is imported again finds its records; empty or unique
    std::string code; ///< what kind of thing within its kind: "pump-truck", "field-hospital"; GB/T 38565 where it has one
    base::LocalText owner;
    std::string division;
    std::string personInCharge;
    std::string phone;
    std::vector<Capability> capabilities;
    std::vector<CrewMember> crew;
    std::vector<DutyTurn> duty; ///< by beginning
    std::vector<Stock> stock;   ///< warehouses; what a vehicle carries
    std::vector<Beds> beds;     ///< hospitals
    std::vector<std::string> services; ///< shelters: "water", "heating", "medical", "pets", "wheelchair"
    std::vector<Offer> offers;  ///< enterprises, partners
    std::optional<VehicleData> vehicle;
    int people{0};            ///< crew
    int capacity{0};          ///< shelter places, hospital beds, vehicle seats
    int occupied{0};
    std::optional<base::Time> countedAt; ///< when stock, beds or places were last counted
    double speedFactor{1.0}; ///< against the road network's times; 0 = cannot travel by itself
    bool flies{false};       ///< goes straight, at 200 km/h
    Position position;
    base::LocalText place;
    base::Time positionTime;
    Position home;
    ResourceStatus status{ResourceStatus::available};
    std::optional<base::Time> statusSince;
    std::optional<base::Time> statusUntil; ///< when it is expected back
    std::string statusReason;
    std::optional<base::Time> checkedAt; ///< last readiness check
    std::optional<base::Time> checkDue;
    std::optional<base::Time> maintenanceDue;
    double crewHours{0}; ///< longest on assignments within 24 h; 0: the county's own limit
    std::string claimedBy; ///< who is deciding about it just now
    std::optional<base::Time> claimedUntil;
    bool retired{false}; ///< no longer there; kept for what refers to it
    std::string remarks;
    std::string origin; ///< "osm node 123", "demo": where the record came from

    Resource(); // these are compiled once, in copies.cpp
    Resource(const Resource&);
    Resource(Resource&&) noexcept;
    Resource& operator=(const Resource&);
    Resource& operator=(Resource&&) noexcept;
    ~Resource();
    friend bool operator==(const Resource&, const Resource&) = default;
};

/// Its status was to end by now, and nobody has said more: it is kept from all without a time.
[[nodiscard]] inline bool isStatusOverdue(const Resource& resource, base::Time now) {
    return !resource.retired && resource.status != ResourceStatus::available && resource.status != ResourceStatus::assigned &&
           resource.statusUntil && *resource.statusUntil <= now;
}
/// Somebody else is deciding about it just now.
[[nodiscard]] inline bool claimedByAnother(const Resource& resource, base::Time now, std::string_view actor) {
    return !resource.claimedBy.empty() && resource.claimedBy != actor && resource.claimedUntil && *resource.claimedUntil > now;
}
/// Supplies may be fetched there: a place of the county's own, in service. What stands on vehicles or with teams is their own gear, and
/// enterprises and partners lend by their offers.
[[nodiscard]] inline bool isStore(const Resource& resource) {
    return isPlace(resource.kind) && resource.kind != ResourceKind::enterprise && resource.kind != ResourceKind::partner &&
           !resource.retired && resource.status != ResourceStatus::outOfService;
}
/// The level of a resource in a capability; 0 if it has none.
[[nodiscard]] inline int levelOf(const Resource& resource, std::string_view capability) {
    int level = 0;
    for (const auto& own : resource.capabilities) {
        if (own.code == capability && own.level > level)
            level = own.level;
    }
    return level;
}

void to_json(nlohmann::json& out, const Resource& value);
void from_json(const nlohmann::json& in, Resource& value);
void to_json(nlohmann::json& out, const Stock& value);
void from_json(const nlohmann::json& in, Stock& value);
void to_json(nlohmann::json& out, const Capability& value);
void from_json(const nlohmann::json& in, Capability& value);
void to_json(nlohmann::json& out, const CrewMember& value);
void from_json(const nlohmann::json& in, CrewMember& value);
void to_json(nlohmann::json& out, const DutyTurn& value);
void from_json(const nlohmann::json& in, DutyTurn& value);
void to_json(nlohmann::json& out, const VehicleData& value);
void from_json(const nlohmann::json& in, VehicleData& value);
void to_json(nlohmann::json& out, const Beds& value);
void from_json(const nlohmann::json& in, Beds& value);
void to_json(nlohmann::json& out, const Offer& value);
void from_json(const nlohmann::json& in, Offer& value);

} // namespace tocsin::model
