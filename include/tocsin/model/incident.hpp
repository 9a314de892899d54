#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/grade.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

enum class NeedKind : std::uint8_t { team, supply, shelter };
[[nodiscard]] std::string_view toString(NeedKind kind);
[[nodiscard]] std::optional<NeedKind> needKindFrom(std::string_view text);

/// What an incident requires: teams that have a capability, so much of a supply, or shelter for so many people.
struct Need {
    std::string capability; ///< of teams
    int level{1};           ///< of teams: at least
    int quantity{1};        ///< teams; people who need shelter; 0 for a supply
    NeedKind kind{NeedKind::team};
    std::string supply; ///< its code
    double amount{0};   ///< of the supply
    std::string unit;
    base::Seconds within; ///< wanted there in this time from the incident's opening; 0: as soon as can be
    friend bool operator==(const Need&, const Need&) = default;
};

inline constexpr std::size_t mostPlanCalls = 10; ///< call-down lists of one plan, and of one decision

/// For a hazard and level: who is needed and what is done first.
struct Plan {
    std::string id;
    std::string hazard;
    Grade grade{Grade::IV}; ///< for incidents of this grade
    base::LocalText title;
    std::vector<Need> needs;
    std::vector<base::LocalText> checklist;
    std::vector<std::string> callLists{}; ///< names of call-down lists that are begun with it
    friend bool operator==(const Plan&, const Plan&) = default;
};
/// The plan of this id; null where there is none, or the id is empty.
[[nodiscard]] inline const Plan* planOf(const std::vector<Plan>& plans, std::string_view id) {
    for (const auto& plan : plans) {
        if (plan.id == id && !id.empty())
            return &plan;
    }
    return nullptr;
}

enum class IncidentState : std::uint8_t { open, closed };
[[nodiscard]] std::string_view toString(IncidentState state);
[[nodiscard]] std::optional<IncidentState> incidentStateFrom(std::string_view text);

/// What the desk works on.
struct Incident {
    IncidentId id;
    std::string number; ///< "2026-0147": year of the desk and running number
    base::LocalText title;
    HazardClass hazardClass{HazardClass::naturalDisaster};
    std::string hazard;
    Grade grade{Grade::IV};
    bool gradeProposed{true}; ///< not yet confirmed by a person
    IncidentState state{IncidentState::open};
    Position position;
    base::LocalText place;
    base::Time openedAt;
    std::string openedBy;
    std::optional<base::Time> closedAt;
    std::vector<Need> needs;
    std::vector<AlarmId> alarms;
    std::vector<ReportId> reports;
    std::string plan; ///< plan id that the needs came from
    bool exercise{false};
    std::optional<base::Time> movedAt; ///< when a person last gave it another place

    Incident(); // these are compiled once, in copies.cpp
    Incident(const Incident&);
    Incident(Incident&&) noexcept;
    Incident& operator=(const Incident&);
    Incident& operator=(Incident&&) noexcept;
    ~Incident();
    friend bool operator==(const Incident&, const Incident&) = default;
};

void to_json(nlohmann::json& out, const Need& value);
void from_json(const nlohmann::json& in, Need& value);
void to_json(nlohmann::json& out, const Incident& value);
void from_json(const nlohmann::json& in, Incident& value);
void to_json(nlohmann::json& out, const Plan& value);
void from_json(const nlohmann::json& in, Plan& value);

} // namespace tocsin::model
