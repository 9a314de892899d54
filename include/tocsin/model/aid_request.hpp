#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::model {

/// What is asked for: `code` is a supply's or a capability's.
struct AidItem {
    std::string code;
    base::LocalText name;
    double quantity{0};
    std::string unit;
    std::optional<double> promised{}; ///< what they said they lend of it, or what of it came; absent: all
    friend bool operator==(const AidItem&, const AidItem&) = default;
};

enum class AidState : std::uint8_t { drafted, sent, accepted, declined, arrived, returned, cancelled };
[[nodiscard]] std::string_view toString(AidState state);
[[nodiscard]] std::optional<AidState> aidStateFrom(std::string_view text);

/// Mutual aid: what another county, or an enterprise, is asked to lend.
struct AidRequest {
    AidRequestId id;
    std::string number; ///< "2026-0147/A1"
    IncidentId incident;
    ResourceId partner;
    std::vector<AidItem> items;
    std::optional<base::Time> neededBy;
    std::string message;
    AidState state{AidState::drafted};
    std::string by;
    base::Time draftedAt;
    base::Time changedAt;
    std::string note; ///< what they answered
    friend bool operator==(const AidRequest&, const AidRequest&) = default;
};

/// What they lend of it; never less than nothing.
[[nodiscard]] double lentOf(const AidItem& item);
/// It is asked for, or being drafted, and not here yet: it can be called off.
[[nodiscard]] bool isToCome(const AidRequest& request);

void to_json(nlohmann::json& out, const AidItem& value);
void from_json(const nlohmann::json& in, AidItem& value);
void to_json(nlohmann::json& out, const AidRequest& value);
void from_json(const nlohmann::json& in, AidRequest& value);

} // namespace tocsin::model
