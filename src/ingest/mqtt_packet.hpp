#pragma once

#include "tocsin/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The packets of MQTT 3.1.1 and 5 (OASIS, mqtt-v3.1.1-os and mqtt-v5.0-os) that a subscriber sends and receives.
// A subscriber of our own, for none of the libraries at hand lets an application acknowledge late without holding up
// all that comes behind: Paho C acknowledges when its callback returns, one message at a time, so that every message
// would wait for a commit of its own; libmosquitto acknowledges before it asks.

namespace tocsin::ingest {

enum class MqttType : std::uint8_t {
    connect = 1,
    connack,
    publish,
    puback,
    pubrec,
    pubrel,
    pubcomp,
    subscribe,
    suback,
    unsubscribe,
    unsuback,
    pingreq,
    pingresp,
    disconnect,
    auth,
};

inline constexpr int mqtt311 = 4;
inline constexpr int mqtt5 = 5;

struct MqttConnect {
    int version{mqtt5};
    std::string clientId;
    std::optional<std::string> user;
    std::optional<std::string> password;
    std::uint16_t keepAliveSeconds{30};
    bool cleanStart{false};
    // ---- 5 only
    std::uint32_t sessionExpirySeconds{0};
    std::uint16_t receiveMaximum{0xFFFF}; ///< unacknowledged messages that the broker may have under way
};

/// A packet from a broker. The views point into the reader's buffer, until it is asked for the next one.
struct MqttPacket {
    MqttType type{MqttType::pingresp};
    std::uint16_t id{0};
    std::uint8_t reason{0};            ///< connack, disconnect: why (3.1.1's numbers or 5's)
    std::string_view reasonText;       ///< 5: in the broker's words
    bool sessionPresent{false};        ///< connack
    std::optional<std::uint16_t> keepAliveSeconds; ///< connack of 5: the broker's wish
    std::vector<std::uint8_t> reasons; ///< suback, unsuback: one a filter
    // ---- publish
    bool dup{false};
    bool retain{false};
    int qos{0};
    std::string_view topic;
    std::string_view payload;
    std::uint64_t payloadSize{0}; ///< more than payload.size() where the message was over the limit and was cut
};

[[nodiscard]] std::string mqttConnect(const MqttConnect& what);
/// With 5, retained messages are asked for only where a filter is new to the session.
[[nodiscard]] std::string mqttSubscribe(int version, std::uint16_t id, const std::vector<std::string>& filters, int qos);
[[nodiscard]] std::string mqttUnsubscribe(int version, std::uint16_t id, const std::vector<std::string>& filters);
/// PUBACK, PUBREC or PUBCOMP, that all is well.
void appendMqttAck(std::string& out, MqttType type, std::uint16_t id);
[[nodiscard]] std::string mqttPing();
[[nodiscard]] std::string mqttDisconnect();

/// What a CONNACK's, SUBACK's or DISCONNECT's reason means, for a person.
[[nodiscard]] std::string mqttReason(int version, MqttType type, std::uint8_t reason);

/// Whether a topic filter, "$share/GROUP/…" too, is one; else what is wrong with it.
[[nodiscard]] base::Result<void> checkMqttFilter(std::string_view filter);

/// Cuts a stream of bytes into packets. A PUBLISH of more than `most` bytes is given with the beginning of its payload,
/// the rest is passed over; any other packet of that size, and what is no MQTT, is an error after which it is of no use.
class MqttReader {
  public:
    explicit MqttReader(int version, std::size_t most);

    /// Room for at least `least` bytes to be received; then received() says how many came.
    [[nodiscard]] char* room(std::size_t least);
    void received(std::size_t count);
    /// The next whole packet; nothing when more bytes are needed.
    [[nodiscard]] base::Result<std::optional<MqttPacket>> next();

  private:
    base::Result<std::optional<MqttPacket>> take(std::uint8_t head, std::size_t headSize, std::size_t size);

    int m_version;
    std::size_t m_most;
    std::vector<char> m_buffer;
    std::size_t m_begin{0}; ///< what was given out already ends here
    std::size_t m_end{0};
    std::size_t m_passOver{0};
};

} // namespace tocsin::ingest
