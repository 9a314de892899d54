#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::model {

enum class ReportState : std::uint8_t { pending, verified, dismissed };
[[nodiscard]] std::string_view toString(ReportState state);
[[nodiscard]] std::optional<ReportState> reportStateFrom(std::string_view text);

/// What a citizen or a call says happened; may be wrong, late, doubled.
struct Report {
    ReportId id;
    std::string feed;     ///< "phone page", "http"
    std::string sourceId; ///< the sender's own id for it: two with the same feed and sourceId are one
    std::string category; ///< "flood", "fire", "landslide", "injury", "road", "other" or the feed's own word
    std::string text;
    std::string place; ///< in the sender's words
    std::optional<Position> position;
    std::optional<double> accuracyMetres;
    std::string contactName;
    std::string contactPhone;
    base::Time happenedAt;
    base::Time receivedAt;
    ReportState state{ReportState::pending};
    std::string judgedBy;
    std::optional<IncidentId> incident;
    friend bool operator==(const Report&, const Report&) = default;
};

void to_json(nlohmann::json& out, const Report& value);
void from_json(const nlohmann::json& in, Report& value);

} // namespace tocsin::model
