#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/ingest/endpoint.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/http_server.hpp"
#include "tocsin/ingest/sink.hpp"
#include "tocsin/ingest/tcp_readings.hpp"

#include <memory>
#include <string>
#include <thread>

namespace tocsin::app {

/// The desk's network side: the io thread and the servers on it. Stops them when destroyed.
class FeedHost {
  public:
    /// All but the config must outlive it.
    FeedHost(const county::Config& config, const base::Clock& clock, base::IdSource& ids, ingest::Sink& sink);
    ~FeedHost();
    FeedHost(const FeedHost&) = delete;
    FeedHost& operator=(const FeedHost&) = delete;

    /// Starts to listen where the arguments say, else (empty) where config.toml does, and runs.
    [[nodiscard]] base::Result<void> listen(const std::string& readings, const std::string& http);
    [[nodiscard]] const ingest::Endpoint& readingsAt() const { return m_readingsAt; }
    [[nodiscard]] const ingest::Endpoint& httpAt() const { return m_httpAt; }
    [[nodiscard]] ingest::FeedBoard& board() { return m_board; }

  private:
    county::Config m_config;
    ingest::FeedBoard m_board;
    boost::asio::io_context m_io{1};
    std::unique_ptr<ingest::TcpReadingsServer> m_readings;
    std::unique_ptr<ingest::HttpServer> m_http;
    ingest::Endpoint m_readingsAt;
    ingest::Endpoint m_httpAt;
    std::thread m_thread;
};

} // namespace tocsin::app
