#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

enum class ReportState : std::uint8_t { pending, verified, dismissed };
[[nodiscard]] std::string_view toString(ReportState state);
[[nodiscard]] std::optional<ReportState> reportStateFrom(std::string_view text);

/// A photo that came with a report: re-encoded and without its metadata, in the county's photos/ under its digest.
struct Photo {
    std::string sha256; ///< of the stored file, hexadecimal; photos/<sha256>.jpg
    int width{0};
    int height{0};
    std::optional<Position> position; ///< where it was taken, as its metadata said
    std::optional<base::Time> takenAt;
    friend bool operator==(const Photo&, const Photo&) = default;
};

/// What a call's record holds beside the report's own members (DOMAIN.md: the duty desk).
struct CallRecord {
    std::string cause;
    std::string course;
    std::string measures; ///< taken so far
    std::string result;
    std::string trend;
    std::string toldAlready; ///< whom the caller has told
    std::string callerUnit;
    std::string callerPost;
    std::optional<int> dead;
    std::optional<int> injured;
    std::optional<int> missing;
    std::string recordedBy;
    base::Time recordedAt;
    friend bool operator==(const CallRecord&, const CallRecord&) = default;
};

/// How far a source is believed before a person has judged what it says.
enum class Trust : std::uint8_t { unverified, known, official };
[[nodiscard]] std::string_view toString(Trust trust);
[[nodiscard]] std::optional<Trust> trustFrom(std::string_view text);

/// Who told: kept apart from the report, and shown only to those who may see it.
struct Contact {
    std::string name;
    std::string phone;
    std::string email;
    std::string address;
    [[nodiscard]] bool empty() const { return name.empty() && phone.empty() && email.empty() && address.empty(); }
    friend bool operator==(const Contact&, const Contact&) = default;
};

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
    /// On the way in only: the desk keeps it apart (store::Store::contactOf) and the journal never has it.
    Contact contact;
    bool hasContact{false}; ///< somebody can be asked
    std::vector<Photo> photos;
    std::optional<CallRecord> call; ///< where it was a call to the desk
    Trust trust{Trust::unverified};
    std::string status; ///< the sender's own word: "open", "closed"; where it has a life there (Open311)
    base::Time happenedAt;
    base::Time receivedAt;
    ReportState state{ReportState::pending};
    std::string judgedBy;
    std::optional<IncidentId> incident;
    friend bool operator==(const Report&, const Report&) = default;
};

void to_json(nlohmann::json& out, const Photo& value);
void from_json(const nlohmann::json& in, Photo& value);
void to_json(nlohmann::json& out, const CallRecord& value);
void from_json(const nlohmann::json& in, CallRecord& value);
void to_json(nlohmann::json& out, const Contact& value);
void from_json(const nlohmann::json& in, Contact& value);
/// Without the contact.
void to_json(nlohmann::json& out, const Report& value);
void from_json(const nlohmann::json& in, Report& value);

} // namespace tocsin::model
