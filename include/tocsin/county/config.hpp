#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/capability_tables.hpp"
#include "tocsin/model/grade.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/resource.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

/// Where to listen. Port 0 picks a free one.
struct Endpoint {
    std::string host{"127.0.0.1"};
    std::uint16_t port{0};
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};
/// "host:port", "[::1]:port"; Code::malformed otherwise.
[[nodiscard]] base::Result<Endpoint> parseEndpoint(std::string_view text);

using model::CapabilityWord;
using model::GbtCode;
struct HazardWord {
    std::string code;
    base::LocalText name;
    model::HazardClass hazardClass{model::HazardClass::naturalDisaster};
};

/// A base map that comes as ready-made tiles: [[map.base]] in config.toml.
struct BaseMap {
    base::LocalText name;
    std::string url;  ///< with {z} {x} {y} or {-y}, {s} for one of `hosts`, {key}; empty for a file
    std::string file; ///< an MBTiles file under basemaps/
    std::string key;
    std::vector<std::string> hosts;
    std::string attribution;
    int lowestZoom{0};
    int highestZoom{18};
    model::Datum datum{model::Datum::wgs84};
    bool overlay{false}; ///< names over another: drawn above the base map that is shown
};

/// Something that ought to speak, and whose silence is an alarm: [[watch]] in config.toml.
struct WatchWord {
    std::string id; ///< "village:Planken"
    base::LocalText name;
    std::vector<std::string> feeds; ///< any of these, or of the next two, is a sign of life
    std::vector<std::string> sensors;
    std::vector<std::string> units;
    base::Duration silentAfter{0};
    model::Grade severity{model::Grade::III};
    std::optional<model::Position> position;
    friend bool operator==(const WatchWord&, const WatchWord&) = default;
};

/// How those that are sent are chosen and followed: [dispatch] in config.toml.
struct DispatchWord {
    std::optional<model::Grade> approvalFrom;             ///< from this grade on a leader's word is needed
    base::Duration approveWithin{std::chrono::minutes(1)}; ///< a plan that waits longer for a leader's word is an alarm
    base::Duration acceptWithin{std::chrono::minutes(5)}; ///< a task order not accepted is an alarm
    base::Duration departWithin{std::chrono::minutes(5)}; ///< accepted, and not set out for so long
    base::Duration rollCall{std::chrono::minutes(30)};    ///< silent in the field for so long is an alarm
    base::Duration grace{std::chrono::minutes(5)};        ///< beyond the latest arrival
    double crewHours{12};                                 ///< within 24 h
    base::Duration claim{std::chrono::minutes(2)};
    base::Duration coverWithin{std::chrono::minutes(15)}; ///< people are covered where help can be there in this time
    std::vector<std::string> coverCapabilities;           ///< who counts as that help: has one of these; empty: any
    std::string language;                  ///< in which teams' phones are written to: "en", "zh_CN"; empty: that of the county's own name
    std::map<std::string, double> weights; ///< [dispatch.weights], by key; times in seconds; what is not there keeps its value
};

/// How the desk's own alarms of one rule become louder, who is told, and when they are held as one: [alarms.own.RULE].
struct OwnAlarmWord {
    std::optional<base::Duration> escalateAfter; ///< 0: never
    std::optional<std::vector<std::string>> tell;
    std::optional<int> flapCount; ///< 0: never
    std::optional<base::Duration> flapWithin;
};

/// After which time what is known of a resource is shown as old and weighs less: [resources] in config.toml.
struct StaleLimits {
    base::Duration position{std::chrono::minutes(30)}; ///< away from home
    base::Duration count{std::chrono::hours(24)};      ///< of stock, beds, places
};

/// The county's config.toml, checked. Members that the file leaves out keep these values.
struct Config {
    base::LocalText name;
    std::string timeZone{"UTC"}; ///< IANA name
    std::string division;        ///< the county's code
    bool exercise{false};
    std::string scenario; ///< file stem under resources/scenarios; empty: none
    bool autoplay{false};
    std::vector<std::string> officers;
    std::vector<std::string> leaders;
    Endpoint readings{"127.0.0.1", 7701};
    Endpoint http{"127.0.0.1", 7780};
    int httpConnections{1000};   ///< [listen] connections: to the HTTP door at once
    int httpPerAddress{500};     ///< [listen] connections_per_address
    std::string httpCertificate; ///< [listen] certificate: PEM, beside config.toml or absolute; empty: no https
    std::string httpKey;         ///< [listen] key; empty: in the certificate's file
    /// [listen] push_keys: of who may send to the HTTP door's /readings and /messages; empty: this machine only
    std::vector<std::string> pushKeys;
    std::string publicAddress;   ///< [listen] public: "https://desk.example:7780", how phones ask for the HTTP door; empty: as it is bound
    model::Position mapCentre;
    double mapZoom{11.5};
    std::vector<std::string> mapLanguages{"zh", "en"};
    std::vector<BaseMap> baseMaps;
    std::vector<CapabilityWord> capabilities; ///< in the file's order
    std::vector<GbtCode> codes;               ///< [gbt], in the file's order
    StaleLimits stale;
    std::map<model::ResourceKind, base::Duration> stalePositionOf; ///< [resources.vehicle] position_stale
    std::map<model::ResourceKind, base::Duration> staleCountOf;    ///< [resources.shelter] count_stale
    std::vector<HazardWord> hazards;
    std::vector<WatchWord> watches;
    DispatchWord dispatch;
    std::map<std::string, OwnAlarmWord> ownAlarms; ///< by rule; "*": of all the others
    std::vector<std::string> contactReaders;  ///< [privacy] contacts: who may see who told; empty: all at the desk
    std::vector<std::string> open311Keys;     ///< [open311] keys: of who may send there; empty: everybody
    std::vector<std::string> open311Publish{"open311"}; ///< [open311] publish: the feeds whose reports anybody may read there
    base::Duration rawReadingsFor{std::chrono::hours(24 * 90)}; ///< [readings] raw_for: then they go to the archive
};

/// A fault (syntax, wrong type, unknown key, impossible value) names its line and column.
[[nodiscard]] base::Result<Config> parseConfig(std::string_view toml);

/// `toml` with its [[watch]] tables replaced by these; all else stays as it stands, comments too. Code::refused where the
/// reader would refuse them, or where the text is written in a way that only a person can change.
[[nodiscard]] base::Result<std::string> withWatches(std::string_view toml, const std::vector<WatchWord>& watches);

/// What of the desk itself is open to others, and to whom: of [listen], [open311] and [privacy], each as it is typed.
struct DoorWords {
    std::string readings; ///< HOST:PORT
    std::string http;     ///< HOST:PORT
    std::string certificate;
    std::string key;
    std::vector<std::string> pushKeys;
    std::vector<std::string> open311Keys;
    std::vector<std::string> open311Publish;
    std::vector<std::string> contactReaders;
    int connections{1000};
    int connectionsPerAddress{500};
    std::string publicAddress{}; ///< without the slash at its end
    friend bool operator==(const DoorWords&, const DoorWords&) = default;
};
[[nodiscard]] DoorWords doorsOf(const Config& config);
/// `toml` with these; what is as it was keeps its line, and all else stays as it stands. Errors as of withWatches().
[[nodiscard]] base::Result<std::string> withDoors(std::string_view toml, DoorWords doors);

/// `toml` with its [capabilities] and [gbt] holding these rows in this order; a row that is as it was keeps its line, and all else stays as
/// it stands, comments between the rows too. Errors as of withWatches().
[[nodiscard]] base::Result<std::string> withCapabilities(std::string_view toml, const model::CapabilityTables& tables);

/// A string as TOML writes it, with its quotes.
[[nodiscard]] std::string tomlQuoted(std::string_view text);

} // namespace tocsin::county
