#pragma once

#include "ingest/feed_net.hpp"
#include "ingest/mqtt_decode.hpp"
#include "ingest/mqtt_memory.hpp"
#include "ingest/mqtt_packet.hpp"
#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/feed.hpp"

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility> // Boost 1.74's Asio needs it first
#include <vector>

namespace tocsin::ingest {

/// From a broker's messages to its acknowledgements: messages are decoded as they come and gathered while the lot
/// before them is being committed; when a lot is committed all of it is acknowledged at once, in order. So a lone
/// message waits for nothing, and a flood shares its commits.
///
/// What the broker shows again after a broken connection is known by packet number and content, also while it is still
/// being committed. All functions run on the strand.
class MqttPipeline : public std::enable_shared_from_this<MqttPipeline> {
  public:
    struct Events {
        std::function<void(std::string acks)> send;     ///< for the broker, if it is still there
        std::function<void(const base::Error&)> undone; ///< some were not committed: the broker must show them again
        std::function<void()> progress;                 ///< a lot has ended: there is room again
    };
    MqttPipeline(const Strand& strand, const FeedConfig& config, const FeedParts& parts, FeedCounters& counters,
                 MqttMemory& memory);

    void setEvents(Events events) { m_events = std::move(events); }
    void take(const MqttPacket& publish);
    void released(std::uint16_t id); ///< PUBREL
    /// Hands over what is gathered, if it is time.
    void flush();
    [[nodiscard]] bool full() const;
    [[nodiscard]] bool idle() const { return m_underWay == 0 && m_lot.messages == 0 && m_decoding == 0; }
    void lost();     ///< the connection has ended; the session may go on with another
    void forget();   ///< the session is a new one: packet numbers mean nothing any more
    void close() { m_courier.close(); }

  private:
    struct Held {
        std::uint64_t digest{0};
        int qos{1};
        bool committed{false};
        bool owed{false};    ///< this connection's broker waits for it
        bool carried{false}; ///< from an earlier connection
        bool undone{false};  ///< its lot was not committed, or not wholly: the broker must show it again
        std::uint64_t occurrence{0};
    };
    struct Lot {
        std::map<Format, Decoded> byFormat;
        std::vector<std::pair<std::uint16_t, std::uint64_t>> ids;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> retained;
        std::size_t messages{0};
        std::size_t bytes{0};
        std::size_t open{0};
        std::optional<base::Error> undone;
    };
    [[nodiscard]] std::uint64_t occurrenceOf(const MqttPacket& publish);
    void decodeElsewhere(const MqttPacket& publish, std::uint64_t occurrence, Lot lot);
    void gather(Decoded decoded, Lot lot);
    void ended(const std::shared_ptr<Lot>& lot);
    static void acknowledge(std::string& acks, std::uint16_t id, Held& held);

    const Strand m_strand;
    const FeedConfig m_config;
    const FeedParts m_parts;
    FeedCounters& m_counters;
    MqttMemory& m_memory;
    Courier m_courier;
    MqttDecoding m_decode;
    SensorsTold m_sensors;
    Events m_events;
    Lot m_lot;
    std::unordered_map<std::uint16_t, Held> m_held;
    std::size_t m_underWay{0}; ///< lots
    std::size_t m_decoding{0}; ///< large messages at a worker
    std::size_t m_bytes{0};    ///< gathered and under way
    std::size_t m_messages{0};
    std::uint64_t m_newest{0}; ///< the last occurrence that was given
};

} // namespace tocsin::ingest
