#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/grade.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/trust.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::model {

/// What a CAP message is to the desk now.
enum class WarningState : std::uint8_t {
    inForce,
    superseded,
    cancelled,
    expired,
    held, ///< its signature is not what its feed asks for: kept and shown, and of no effect until a person says so
};
[[nodiscard]] std::string_view toString(WarningState state);
[[nodiscard]] std::optional<WarningState> warningStateFrom(std::string_view text);

/// What an XML signature says of a message.
enum class Signature : std::uint8_t {
    none,          ///< not signed
    unverified,    ///< signed, and nobody has looked
    valid,         ///< of a signer whom the county trusts
    unknownSigner, ///< right in itself, of somebody whom the county does not know
    invalid,       ///< the message is not what was signed
};
[[nodiscard]] std::string_view toString(Signature signature);
[[nodiscard]] std::optional<Signature> signatureFrom(std::string_view text);

struct WarningArea {
    std::string description;
    std::vector<Line> polygons; ///< closed rings
    std::vector<Circle> circles;
    std::vector<std::pair<std::string, std::string>> geocodes; ///< valueName, value
    friend bool operator==(const WarningArea&, const WarningArea&) = default;
};

/// One CAP <info>: the message in one language. The words keep CAP's spelling ("Severe", "Immediate").
struct WarningInfo {
    std::string language; ///< as sent; "en-US" where absent, as CAP says
    std::vector<std::string> categories;
    std::string event;
    std::vector<std::string> responseTypes;
    std::string urgency;
    std::string severity;
    std::string certainty;
    std::vector<std::pair<std::string, std::string>> eventCodes;
    std::optional<base::Time> effective;
    std::optional<base::Time> onset;
    std::optional<base::Time> expires;
    std::string senderName;
    std::string headline;
    std::string description;
    std::string instruction;
    std::string web;
    std::string contact;
    std::vector<std::pair<std::string, std::string>> parameters;
    std::vector<WarningArea> areas;
    std::optional<Grade> colour; ///< where it is not the message's: one may be red there and yellow here

    WarningInfo(); // these are compiled once, in copies.cpp
    WarningInfo(const WarningInfo&);
    WarningInfo(WarningInfo&&) noexcept;
    WarningInfo& operator=(const WarningInfo&);
    WarningInfo& operator=(WarningInfo&&) noexcept;
    ~WarningInfo();
    friend bool operator==(const WarningInfo&, const WarningInfo&) = default;
};

/// What another message calls this one: CAP's "sender,identifier,sent".
struct WarningReference {
    std::string sender;
    std::string identifier;
    std::string sent; ///< as written; compared as a time where it is one
    friend bool operator==(const WarningReference&, const WarningReference&) = default;
};

/// A CAP message from or to an authority.
struct Warning {
    WarningId id;
    std::string identifier;
    std::string sender;
    base::Time sent;
    std::string version;   ///< "1.0", "1.1", "1.2"
    std::string capStatus; ///< "Actual", "Exercise", "System", "Test", "Draft"
    std::string msgType;   ///< "Alert", "Update", "Cancel", "Ack", "Error"
    std::string scope;
    std::string source;
    std::string note;
    std::vector<WarningReference> references;
    std::vector<WarningInfo> infos;
    std::vector<std::string> deviations; ///< where it strays from the standard and was taken all the same
    Signature signature{Signature::none};
    std::string signer; ///< the certificate's subject
    std::optional<Trust> trust; ///< its feed's; absent where none declares it
    Grade colour{Grade::IV};             ///< of its gravest info: from awareness_level or colour parameters, else from severity
    WarningState state{WarningState::inForce};
    base::Time receivedAt;
    std::optional<base::Time> expires; ///< the latest of its infos

    Warning(); // these are compiled once, in copies.cpp
    Warning(const Warning&);
    Warning(Warning&&) noexcept;
    Warning& operator=(const Warning&);
    Warning& operator=(Warning&&) noexcept;
    ~Warning();
    friend bool operator==(const Warning&, const Warning&) = default;
};

/// The info to show to a reader of `language` ("zh_CN", "en"): exact, then by first part, then English, then the first.
[[nodiscard]] const WarningInfo* infoFor(const Warning& warning, std::string_view language);

/// And of some infos, of which there is at least one.
[[nodiscard]] const WarningInfo& infoFor(std::span<const WarningInfo* const> infos, std::string_view language);
/// Whether one tells what the other tells, maybe in another language: by its codes and onset, as urgent, severe and
/// certain, of the same places.
[[nodiscard]] bool tellTheSame(const WarningInfo& a, const WarningInfo& b);
/// The colour of one info.
[[nodiscard]] inline Grade colourOf(const Warning& warning, const WarningInfo& info) {
    return info.colour.value_or(warning.colour);
}

void to_json(nlohmann::json& out, const WarningArea& value);
void from_json(const nlohmann::json& in, WarningArea& value);
void to_json(nlohmann::json& out, const WarningInfo& value);
void from_json(const nlohmann::json& in, WarningInfo& value);
void to_json(nlohmann::json& out, const WarningReference& value);
void from_json(const nlohmann::json& in, WarningReference& value);
void to_json(nlohmann::json& out, const Warning& value);
void from_json(const nlohmann::json& in, Warning& value);

} // namespace tocsin::model
