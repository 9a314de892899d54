#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/trust.hpp"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

enum class ReportState : std::uint8_t {
    pending,
    needsMore, ///< somebody has looked, and it cannot be judged yet
    verified,
    dismissed,
};
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

/// Who told: kept apart from the report, and shown only to those who may see it.
struct Contact {
    std::string name;
    std::string phone;
    std::string email;
    std::string address;
    [[nodiscard]] bool empty() const { return name.empty() && phone.empty() && email.empty() && address.empty(); }
    friend bool operator==(const Contact&, const Contact&) = default;
};

/// Verification by calling back: a task with a clock.
struct CallBack {
    base::Time due;
    std::string askedBy;
    std::optional<base::Time> doneAt; ///< absent: still to be done
    std::string doneBy;
    bool reached{false}; ///< somebody answered
    std::string result;  ///< what was said
    friend bool operator==(const CallBack&, const CallBack&) = default;
};

/// Somebody has looked at reports that might be an incident, and said that they are none.
struct NoIncident {
    std::string by;
    base::Time at;
    std::string why;
    std::int64_t senders{0}; ///< who told of it then: proposed again when twice as many do …
    bool danger{false};      ///< … or, where nobody had told of people in danger, when the first does
    friend bool operator==(const NoIncident&, const NoIncident&) = default;
};

/// A person at the desk has put a report where it belongs.
struct Placed {
    std::optional<Position> sent; ///< where the sender had put it
    friend bool operator==(const Placed&, const Placed&) = default;
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
    std::optional<base::Time> judgedAt;
    std::string note; ///< why it was judged so, or what is missing
    std::optional<IncidentId> incident;
    std::optional<ClusterId> cluster; ///< a person has said that it speaks of the same event as others
    std::string claimedBy; ///< who has it in hand; empty: nobody. A claim older than claimLasts counts as none.
    std::optional<base::Time> claimedAt;
    std::optional<CallBack> callBack;
    std::optional<NoIncident> noIncident; ///< of it and those that speak of the same
    /// By which reports of one sender are known as such without telling who it is: a keyed digest of the contact.
    std::string sender;
    std::optional<Position> senderPosition; ///< where the sender stood, if that is not what the report is about
    std::optional<Placed> placed;           ///< `position` is the desk's word, not the sender's

    Report(); // these are compiled once, in copies.cpp
    Report(const Report&);
    Report(Report&&) noexcept;
    Report& operator=(const Report&);
    Report& operator=(Report&&) noexcept;
    ~Report();
    friend bool operator==(const Report&, const Report&) = default;
};

/// A claim that nobody has acted on for so long has gone stale by itself.
constexpr base::Duration claimLasts{std::chrono::minutes(15)};
/// Who has the report in hand at this time; empty: nobody.
[[nodiscard]] std::string_view claimant(const Report& report, base::Time now);
/// Verified or dismissed: nobody need look at it again.
[[nodiscard]] bool isJudged(ReportState state);
/// Somebody is still to be called back about it.
[[nodiscard]] bool callsBack(const Report& report);
/// Where the sender put it, whatever the desk knows better.
[[nodiscard]] const std::optional<Position>& sentPosition(const Report& report);

void to_json(nlohmann::json& out, const CallBack& value);
void from_json(const nlohmann::json& in, CallBack& value);
void to_json(nlohmann::json& out, const NoIncident& value);
void from_json(const nlohmann::json& in, NoIncident& value);
void to_json(nlohmann::json& out, const Placed& value);
void from_json(const nlohmann::json& in, Placed& value);
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
