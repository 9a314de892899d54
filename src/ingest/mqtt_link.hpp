#pragma once

#include "ingest/feed_net.hpp"
#include "ingest/mqtt_packet.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility> // Boost 1.74's Asio needs it first

namespace tocsin::ingest {

struct MqttAddress {
    std::string host;
    std::uint16_t port{1883};
    bool tls{false};
};
/// "HOST", "HOST:PORT", "mqtt://HOST[:PORT]" or "mqtts://HOST[:PORT]"; 1883 and, with TLS, 8883 where none is named.
[[nodiscard]] base::Result<MqttAddress> parseMqttAddress(std::string_view text, bool tls);

struct MqttLinkOptions {
    MqttAddress address;
    MqttConnect connect;
    std::shared_ptr<boost::asio::ssl::context> tls; ///< where the address asks for it
    bool verify{true};
    std::size_t mostMessageBytes{16U << 20U};
    std::chrono::seconds patience{15}; ///< for the connection and for each answer that is owed
};

/// Why a link has ended.
struct MqttDown {
    std::string why;
    bool needsPerson{false};      ///< trying again at once is of no use: a password, a certificate
    bool wrongVersion{false};     ///< the broker does not speak this one
};

/// One connection to a broker, from its making to its end. All functions and events run on the strand; after `down`,
/// which comes once, there are no more events. Kept alive by its own operations.
class MqttLink : public std::enable_shared_from_this<MqttLink> {
  public:
    struct Events {
        std::function<void(const MqttPacket& connack)> up;
        std::function<void(const MqttPacket& packet)> packet; ///< PUBLISH, PUBREL, SUBACK …
        std::function<void()> drained;                        ///< all that had come was given
        std::function<void(const MqttDown& down)> down;
    };
    MqttLink(const Strand& strand, MqttLinkOptions options, Events events);

    void start();
    void send(std::string bytes);
    /// While paused nothing is read: the broker's own window and TCP's hold the sender.
    void pause() { m_paused = true; }
    void resume();
    [[nodiscard]] bool paused() const { return m_paused; }
    /// Sends what is queued and a DISCONNECT, then ends; without an event.
    void close();
    /// Ends at once, with the event.
    void fail(std::string why, bool needsPerson = false);

  private:
    using Error = boost::system::error_code;

    void connect(const Tcp::resolver::results_type& found);
    void handshake();
    void introduce();
    void read();
    void got(const Error& error, std::size_t count);
    void give(const MqttPacket& packet);
    void write();
    void watch();
    void end(MqttDown down);
    void shut();

    const Strand m_strand;
    const MqttLinkOptions m_options;
    Events m_events;
    Tcp::resolver m_resolver;
    Tcp::socket m_socket;
    std::unique_ptr<boost::asio::ssl::stream<Tcp::socket&>> m_tls;
    boost::asio::steady_timer m_timer;
    MqttReader m_reader;
    std::string m_queued;
    std::string m_writing;
    bool m_isUp{false};
    bool m_ended{false};
    bool m_closing{false};
    bool m_paused{false};
    bool m_reading{false};
    bool m_pingOwed{false};
    std::chrono::seconds m_keepAlive;
    std::chrono::steady_clock::time_point m_lastReceived;
};

} // namespace tocsin::ingest
