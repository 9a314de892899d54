#pragma once

#include "ingest/cot_client.hpp"

#include <boost/asio/ip/udp.hpp>
#include <random>
#include <set>
#include <unordered_map>

namespace tocsin::ingest {

using Udp = boost::asio::ip::udp;

/// We listen: phones with ATAK connect, and see one another through us as through a small TAK server.
class CotServer : public std::enable_shared_from_this<CotServer> {
  public:
    static constexpr std::size_t mostClients = 500;

    CotServer(const FeedConfig& config, const FeedParts& parts, CotLimits limits = {});
    [[nodiscard]] base::Result<void> start();
    void stop();
    [[nodiscard]] std::string listensAt() const { return m_listensAt; }
    /// To the clients that have this call sign. Any thread.
    void tell(const std::string& callSign, const std::string& bytes, Handed done);

  private:
    void accept();
    void welcome(Tcp::socket socket);
    void relay(CotClient& from, const std::string& event);

    const FeedConfig m_config;
    const FeedParts m_parts;
    const CotLimits m_limits;
    const Strand m_strand;
    FeedCounters& m_counters;
    Courier m_courier;
    Tcp::acceptor m_acceptor;
    boost::asio::steady_timer m_pause;
    std::shared_ptr<boost::asio::ssl::context> m_tls;
    std::set<std::shared_ptr<CotClient>> m_clients;
    /// The last position of each unit, for who connects later.
    std::unordered_map<std::string, std::shared_ptr<const std::string>> m_lastOf;
    std::string m_listensAt;
    bool m_stopping{false};
};

/// We connect to a TAK server, again and again with growing pauses.
class CotDialler : public std::enable_shared_from_this<CotDialler> {
  public:
    CotDialler(const FeedConfig& config, const FeedParts& parts, CotLimits limits = {});
    [[nodiscard]] base::Result<void> start();
    void stop();
    /// To the server, if it has told of a unit with this call sign on the connection that stands. Any thread.
    void tell(const std::string& callSign, const std::string& bytes, Handed done);

  private:
    void dial();
    void talk(Tcp::socket socket);
    void failed(const std::string& why);
    void ping();

    const FeedConfig m_config;
    const FeedParts m_parts;
    const CotLimits m_limits;
    const Strand m_strand;
    FeedCounters& m_counters;
    Courier m_courier;
    Tcp::resolver m_resolver;
    boost::asio::steady_timer m_timer;
    std::shared_ptr<boost::asio::ssl::context> m_tls;
    Endpoint m_to;
    std::shared_ptr<CotClient> m_client;
    std::set<std::string> m_heard; ///< call signs, on the connection that stands
    std::shared_ptr<Tcp::socket> m_dialling;
    std::chrono::milliseconds m_wait{0};
    std::minstd_rand m_random{std::random_device{}()};
    bool m_stopping{false};
};

/// We listen for datagrams; where the address is a multicast group we join it.
class CotDatagrams : public std::enable_shared_from_this<CotDatagrams> {
  public:
    CotDatagrams(const FeedConfig& config, const FeedParts& parts);
    [[nodiscard]] base::Result<void> start();
    void stop();
    [[nodiscard]] std::string listensAt() const { return m_listensAt; }

  private:
    void receive();
    void deliver(const std::shared_ptr<const std::string>& bytes, base::Time receivedAt);

    const FeedConfig m_config;
    const FeedParts m_parts;
    const Strand m_strand;
    FeedCounters& m_counters;
    Courier m_courier;
    boost::asio::ip::udp::socket m_socket;
    boost::asio::ip::udp::endpoint m_from;
    boost::asio::steady_timer m_pause;
    boost::asio::steady_timer m_retry;
    std::vector<std::pair<std::shared_ptr<const std::string>, base::Time>> m_owed; ///< what the desk gave back
    std::array<char, 65'536> m_buffer{};
    std::string m_listensAt;
    bool m_stopping{false};
};

/// Opens for datagrams at HOST:PORT; joins the group where the host is one, on the default interface and on loopback.
[[nodiscard]] base::Result<Endpoint> listenForDatagrams(boost::asio::ip::udp::socket& socket, std::string_view hostPort);

} // namespace tocsin::ingest
