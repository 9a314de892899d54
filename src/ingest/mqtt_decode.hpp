#pragma once

#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/feed_config.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tocsin::ingest {

/// One message of a broker.
struct MqttMessage {
    std::string_view topic;
    std::string_view payload;
    bool cut{false}; ///< the payload is only the beginning of what was too large
    base::Time receivedAt;
    /// What parts it from others with the same words on the same topic: the same where it is shown again.
    std::uint64_t occurrence{0};
};

/// Decodes an MQTT feed's messages one by one: the format is the configured one, else the mapping, else what the
/// topic's last message was, else told by topic and content. Not thread safe: one a thread.
class MqttDecoding {
  public:
    explicit MqttDecoding(const FeedConfig& config);

    /// What cannot be decoded becomes a fault that names its topic, with all its bytes.
    [[nodiscard]] Decoded decode(const MqttMessage& message);

  private:
    [[nodiscard]] Format formatOf(const MqttMessage& message);

    Source m_source;
    Format m_format;
    std::unordered_map<std::string, Format> m_byTopic;
};

/// Keeps sensors that were described the same before from being described to the desk again. Not thread safe.
class SensorsTold {
  public:
    /// Removes from `decoded` the sensors that were told; the others count as told from now on.
    void keepNew(Decoded& decoded);
    void forget() { m_told.clear(); }

  private:
    std::unordered_map<std::string, model::Sensor> m_told;
};

} // namespace tocsin::ingest
