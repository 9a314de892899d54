#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/report.hpp"
#include "tocsin/model/warning.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

class PhotoStore;
class SignatureChecker;

/// How a feed's own JSON becomes readings and positions of units. Each member is a JSON Pointer (RFC 6901), or "topic:N" for the Nth segment
/// of the topic (from 0; -1 is the last), or "." for all of it (a payload that is a bare number or word), or "key" for
/// the name of a member that `each` goes through, or "=text" for that text; empty: not there.
struct JsonMapping {
    /// Pointer to an array (or an object: its members), or ".": the others are then taken in each of its elements and,
    /// where an element has them not, in the whole.
    std::string each;
    std::string sensor;                        ///< "{…}" parts are filled in: "{topic:1}-{/device/id}"; empty: the topic
    std::string time;                          ///< ISO 8601, or seconds or milliseconds since 1970; empty: when it came
    std::string latitude, longitude;
    struct Value {
        std::string value;  ///< a number, a text that is one, true/false
        std::string suffix; ///< added to the sensor's name where one message has several values: "-temperature"
        std::string unit;   ///< "=mm", or a pointer
        double factor{1};
        double offset{0};
        friend bool operator==(const Value&, const Value&) = default;
    };
    std::vector<Value> values;
    /// Whose position it is that `latitude` and `longitude` say; "{…}" parts are filled in. Empty: nobody's. NMEA's units
    /// are named by it, too, and by "topic:N" or "=text" alone.
    std::string unit;
    std::string callSign;                       ///< empty: as the unit is named
    std::string speed, speedKmh, speedKnots;    ///< metres a second, kilometres an hour, knots
    std::string course, accuracy, altitude;     ///< degrees from true north; metres; metres over the ellipsoid
    [[nodiscard]] bool empty() const { return values.empty() && unit.empty(); }
    friend bool operator==(const JsonMapping&, const JsonMapping&) = default;
};

/// What becomes of a warning by what is found of its signature.
enum class SignatureAct : unsigned char {
    take,
    hold,       ///< taken as WarningState::held
    quarantine, ///< refused
};
[[nodiscard]] std::string_view toString(SignatureAct act); // "take", "hold", "quarantine"
[[nodiscard]] std::optional<SignatureAct> signatureActFrom(std::string_view text);

struct SignatureRules {
    SignatureAct invalid{SignatureAct::quarantine}; ///< the message is not what was signed
    SignatureAct unknownSigner{SignatureAct::take}; ///< also where nobody could look
    SignatureAct notSigned{SignatureAct::take};
    /// Only what a trusted signer has signed is taken.
    [[nodiscard]] static constexpr SignatureRules trustedOnly() {
        return {SignatureAct::quarantine, SignatureAct::quarantine, SignatureAct::quarantine};
    }
    [[nodiscard]] SignatureAct of(model::Signature signature) const;
    friend bool operator==(const SignatureRules&, const SignatureRules&) = default;
};

/// What a feed declares about what it sends, and what is known of one piece of it. A plain value.
struct Source {
    std::string feed;
    model::Datum datum{model::Datum::wgs84};
    std::string timeZone{"UTC"}; ///< IANA name: of times that come without an offset
    /// What the source calls its units, and for what it gives none: {"mASD" → "m", "" → "mm"}.
    std::map<std::string, std::string> units;
    model::Trust trust{model::Trust::unverified};
    JsonMapping mapping;
    std::string sensorPrefix; ///< put before every sensor's name, so that two services' numbers do not meet
    /// By which the signatures of warnings are verified; without one they are Signature::unverified.
    std::shared_ptr<const SignatureChecker> signatures;
    SignatureRules signatureRules;
    /// Where the photos that come with reports are kept; without it they are left out, and the report says so.
    std::shared_ptr<PhotoStore> photos{};
    std::vector<std::string> topics{}; ///< MQTT's filters: a unit that nothing names is named by their wildcards
    // ---- of one piece
    std::string topic;            ///< MQTT's
    std::string name;             ///< file name or address, for messages only
    base::Time receivedAt;        ///< for what says no time of its own
};

/// A wall-clock time of a zone as UTC. Of a time that comes twice (clocks set back) the second where that is lately before
/// it was `received` (what it says is live, and no backlog), else the first; of one that does not exist (clocks set forward)
/// what it would have been. Thread safe.
class Zone {
  public:
    /// An IANA name; Code::notFound for one that nobody knows.
    [[nodiscard]] static base::Result<Zone> named(std::string_view name);
    [[nodiscard]] base::Time toUtc(base::Time wallClock, base::Time received = {}) const;

  private:
    struct Parts;
    std::shared_ptr<const Parts> m_parts;
};

/// base::parseTime, with the source's zone where the text has no offset, as received at source.receivedAt.
[[nodiscard]] base::Result<base::Time> parseTimeIn(std::string_view text, const Source& source);

} // namespace tocsin::ingest
