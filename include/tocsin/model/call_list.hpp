#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/ids.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::model {

/// Who is called at one place of a list: a person by name and phone, or whoever is on duty with a resource then.
struct CallListStep {
    std::string name;  ///< may be empty with a resource
    std::string phone; ///< the same
    std::string role;
    std::optional<ResourceId> resource;
    base::Seconds wait{}; ///< without an answer for so long it is the next one's turn
    friend bool operator==(const CallListStep&, const CallListStep&) = default;
};

/// A call-down list that the county keeps under a name, to be started when it is needed.
struct CallList {
    CallListId id;
    std::string name;                ///< unique among those that are kept
    std::vector<CallListStep> steps; ///< 1 to mostCalled
    base::Time changedAt;
    std::string changedBy;
    bool removed{false}; ///< kept for the call-downs that refer to it
    friend bool operator==(const CallList&, const CallList&) = default;
};

void to_json(nlohmann::json& out, const CallListStep& value);
void from_json(const nlohmann::json& in, CallListStep& value);
void to_json(nlohmann::json& out, const CallList& value);
void from_json(const nlohmann::json& in, CallList& value);

} // namespace tocsin::model
