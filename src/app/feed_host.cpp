#include "app/feed_host.hpp"

#include <spdlog/spdlog.h>

namespace tocsin::app {

namespace {

ingest::HttpOptions httpOptions(const county::Config& config) {
    ingest::HttpOptions options;
    options.county = config.name;
    options.exercise = [exercise = config.exercise] { return exercise; };
    return options;
}

} // namespace

FeedHost::FeedHost(const county::Config& config, const base::Clock& clock, base::IdSource& ids, ingest::Sink& sink)
    : m_config(config), m_board(clock), m_readings(std::make_unique<ingest::TcpReadingsServer>(m_io, sink, m_board)),
      m_http(std::make_unique<ingest::HttpServer>(m_io, sink, m_board, ids, httpOptions(config))) {}

FeedHost::~FeedHost() {
    m_readings->stop();
    m_http->stop();
    if (m_thread.joinable())
        m_thread.join();
}

base::Result<void> FeedHost::listen(const std::string& readings, const std::string& http) {
    const auto asText = [](const county::Endpoint& e) { return ingest::Endpoint{e.host, e.port}.toString(); };
    auto readingsAt = m_readings->listen(readings.empty() ? asText(m_config.readings) : readings);
    auto httpAt = m_http->listen(http.empty() ? asText(m_config.http) : http);
    if (readingsAt)
        m_readingsAt = *readingsAt;
    if (httpAt)
        m_httpAt = *httpAt;
    m_thread = std::thread([this] {
        try {
            m_io.run();
        } catch (const std::exception& e) {
            spdlog::critical("the feeds' thread met an unexpected error: {}", e.what());
        }
    });
    if (!readingsAt)
        return tl::unexpected(readingsAt.error());
    if (!httpAt)
        return tl::unexpected(httpAt.error());
    return {};
}

} // namespace tocsin::app
