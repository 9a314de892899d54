#pragma once

#include "ingest/feed_peer.hpp"
#include "ingest/mqtt_packet.hpp"
#include "ingest/own_folder.hpp"

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tocsin::ingest::test {

namespace fs = std::filesystem;

std::uint16_t freePort();

/// A real mosquitto on a port of its own; ended with the test.
class Mosquitto {
  public:
    static constexpr const char* program = "/usr/sbin/mosquitto";
    static bool isThere() { return ::access(program, X_OK) == 0; }

    /// Told each line of its log, on a thread of its own.
    using Logged = std::function<void(std::string_view)>;
    /// Where it keeps its sessions: on the disk, at each change, they outlive it.
    enum class Keeps : unsigned char { onDisk, inMemory };

    /// `extra`: lines of its configuration.
    explicit Mosquitto(const OwnFolder& folder, const std::string& extra = "allow_anonymous true\n", Logged logged = {},
                       Keeps keeps = Keeps::onDisk);
    ~Mosquitto() { end(SIGTERM); }
    Mosquitto(const Mosquitto&) = delete;
    Mosquitto& operator=(const Mosquitto&) = delete;

    void start();
    void end(int signal);
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(m_port); }

  private:
    const OwnFolder& m_folder;
    std::uint16_t m_port;
    const Logged m_logged;
    pid_t m_pid{0};
    int m_log{-1};
    std::thread m_reader;
};

/// How many messages a client has acknowledged, by one line of the broker's log: 1, or -1 for one that was not there.
int acknowledgedIn(std::string_view line, const std::string& client);

std::string publishPacket(int version, int qos, bool retain, bool dup, std::uint16_t id, const std::string& topic,
                          const std::string& payload);

/// The other end of an MQTT connection, that blocks.
class MqttPeer {
  public:
    MqttPeer() : m_socket(m_io) {}
    boost::asio::io_context& io() { return m_io; }
    boost::asio::ip::tcp::socket& socket() { return m_socket; }
    void send(const std::string& bytes);
    /// The next packet: its first byte and its body. Empty when the other side has closed.
    std::pair<unsigned, std::string> packet();

  private:
    std::string exactly(std::size_t size);
    boost::asio::io_context m_io;
    boost::asio::ip::tcp::socket m_socket;
};

/// Sends with QoS 1 and waits for the broker's word; connects again where it must.
class MqttPublisher {
  public:
    explicit MqttPublisher(std::uint16_t port) : m_port(port) {}
    void publish(const std::string& topic, const std::string& payload, int qos = 1, bool retain = false);

  private:
    void connect();
    std::uint16_t m_port;
    std::uint16_t m_id{0};
    std::unique_ptr<MqttPeer> m_peer;
};

/// A broker that does what the test says.
class ScriptedBroker {
  public:
    ScriptedBroker() : m_acceptor(m_io, {boost::asio::ip::make_address("127.0.0.1"), 0}) {}
    [[nodiscard]] std::string address() const;
    /// The next connection, greeted: CONNECT taken and CONNACK sent.
    std::unique_ptr<MqttPeer> greet(bool sessionPresent, int version = mqtt5);
    std::unique_ptr<MqttPeer> take();
    /// Takes the SUBSCRIBE and grants it.
    static std::string subscribed(MqttPeer& peer, int version = mqtt5);

  private:
    boost::asio::io_context m_io;
    boost::asio::ip::tcp::acceptor m_acceptor;
};

/// Knows readings by sensor and time, as a desk does.
class TableSink final : public Sink {
  public:
    void readings(ReadingBatch batch, std::function<void(base::Result<ReadingsReceipt>)> done) override;
    void message(std::string, Message message, std::function<void(Receipt)> done) override;
    void quarantine(std::string, Format, Fault fault, std::function<void(Receipt)> done) override;
    void heard(const std::string&) override { m_heard = true; }

    void hold(bool held);
    void failNext(int times);
    void releaseAll();
    /// Lets the held answers go without giving them, as a desk that ends does.
    void dropAll();
    void await(const std::function<bool(const TableSink&)>& what);
    void awaitStored(std::size_t count);
    void awaitHeld(std::size_t count);

    // Looked at when nothing comes any more, or within await().
    std::map<std::pair<std::string, base::Time>, double> m_table;
    std::vector<Message> m_messages;
    std::vector<std::pair<std::string, std::string>> m_quarantined;
    std::vector<Fault> m_faults; ///< the same, whole
    std::deque<std::function<void()>> m_waiting;
    std::size_t m_seen{0};
    std::atomic<bool> m_heard{false};

  private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_held{false};
    int m_fails{0};
};

} // namespace tocsin::ingest::test
