#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/source.hpp"
#include "tocsin/model/grade.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// How bytes come.
enum class Transport : unsigned char {
    tcpLines,   ///< we listen: lines, answered (TcpReadingsServer)
    udpLines,   ///< we listen: datagrams of lines
    httpPush,   ///< we are sent: POST /feeds/NAME at the HTTP door
    mqtt,       ///< we subscribe at a broker
    poll,       ///< we ask an address now and then
    folder,     ///< a folder that is watched
    cotTcp,     ///< we listen: Cursor on Target streams, TLS where `tls.certificate` is given
    cotConnect, ///< we connect to a TAK server
    cotUdp,     ///< we listen: datagrams, a multicast group where the address is one
    nmeaTcp,    ///< we connect: lines of NMEA 0183 or AIS
    nmeaUdp,    ///< we listen
};
[[nodiscard]] std::string_view toString(Transport transport); // "tcp-lines", "udp-lines", "http-push", "mqtt", "poll" …
[[nodiscard]] std::optional<Transport> transportFrom(std::string_view text);

struct TlsFiles {
    std::string ca;          ///< PEM, beside config.toml or absolute; empty: the system's
    std::string certificate; ///< our own, with its chain
    std::string key;
    bool verify{true};
    [[nodiscard]] bool empty() const { return ca.empty() && certificate.empty() && key.empty(); }
    friend bool operator==(const TlsFiles&, const TlsFiles&) = default;
};

/// One feed as config.toml declares it: a [[feed]] table. Members that it leaves out keep these values.
struct FeedConfig {
    std::string name; ///< 1–60 characters without controls, once only
    bool enabled{true};
    Transport transport{Transport::poll};
    std::string address; ///< HOST:PORT, a URL, or a folder (relative to the county's)
    Format format{Format::unknown}; ///< unknown: told by content
    model::Datum datum{model::Datum::wgs84};
    std::string timeZone{"UTC"};
    std::map<std::string, std::string> units;
    model::Trust trust{model::Trust::unverified};
    JsonMapping mapping;
    std::string sensorPrefix;
    bool adoptSensors{false}; ///< sensors that it describes are registered; else their readings wait in quarantine
    bool takeCorrections{false}; ///< another value for a stored reading takes its place; else it waits in quarantine
    std::optional<base::Duration> silentAfter; ///< with no sign of life for so long, an alarm
    model::Grade silenceSeverity{model::Grade::III};
    TlsFiles tls;
    std::string user;
    std::string password;
    std::string token; ///< a sender must show it (HTTP push); ours (poll: sent as Bearer)
    /// HTTP push: what the sender signs with (Ushahidi's X-Ushahidi-Signature). Then the signature counts, not the token;
    /// `address` is the URL as the sender knows it (it signs that too), where that is not the one it asks us by.
    std::string secret;
    // ---- poll
    base::Duration every{std::chrono::minutes(5)};
    std::map<std::string, std::string> headers;
    bool followLinks{true}; ///< of indexes and pages
    // ---- mqtt
    std::vector<std::string> topics;
    int qos{1};
    std::string clientId; ///< empty: made from the county and the feed's name
    int mqttVersion{5};   ///< 4 (that is 3.1.1) or 5
    // ---- units
    bool relay{true}; ///< what one connected phone sends goes to the others
    // ---- warnings
    std::vector<std::string> signers; ///< PEM files of certificates that are trusted
    SignatureRules signatureRules;    ///< what becomes of those that are not signed by one of them

    /// What equip() opened for it; no part of what is written in config.toml.
    struct Means {
        std::shared_ptr<const SignatureChecker> signatures;
        std::shared_ptr<PhotoStore> photos;
        friend bool operator==(const Means&, const Means&) { return true; }
    } means{};

    friend bool operator==(const FeedConfig&, const FeedConfig&) = default;

    /// What its decoder is told; topic, name and receivedAt are still empty.
    [[nodiscard]] Source source() const;
    /// What it sends: its format, or its own JSON where it has a mapping and no format; unknown: told by content.
    [[nodiscard]] Format declared() const;
};

/// The [[feed]] tables of a county's config.toml; what else stands there is passed over. A fault (wrong type, unknown
/// key, impossible value, a name twice) names its line and column.
[[nodiscard]] base::Result<std::vector<FeedConfig>> parseFeeds(std::string_view toml);
/// One [[feed]] table as text, that parseFeeds reads back the same.
[[nodiscard]] std::string toToml(const FeedConfig& feed);
/// `toml` with its [[feed]] tables replaced by these; all else stays as it stands, comments too.
[[nodiscard]] base::Result<std::string> withFeeds(std::string_view toml, const std::vector<FeedConfig>& feeds);
/// Reads the certificates of its signers (`folder` is the county's), so that source() has them, and gives it where
/// photos are kept. An error names the file.
[[nodiscard]] base::Result<void> equip(FeedConfig& feed, const std::filesystem::path& folder,
                                       std::shared_ptr<PhotoStore> photos);
/// What would keep it from working, told before it is saved: an address that is none, a topic that is wrong …
[[nodiscard]] base::Result<void> check(const FeedConfig& feed);

} // namespace tocsin::ingest
