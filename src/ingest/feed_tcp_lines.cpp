#include "tocsin/ingest/feed.hpp"
#include "tocsin/ingest/tcp_readings.hpp"

namespace tocsin::ingest {

namespace {

/// A readings server under the feed's own name, for what the feed declares or each connection's first lines show.
class TcpLinesFeed final : public Feed {
  public:
    TcpLinesFeed(const FeedConfig& config, const FeedParts& parts)
        : m_address(config.address), m_counters(parts.board.feed(config.name)),
          m_server(parts.io, parts.sink, parts.board, optionsOf(config)) {}

    base::Result<void> start() override {
        auto at = m_server.listen(m_address);
        if (!at) {
            m_counters.setState(FeedState::failed, at.error().message);
            return tl::unexpected(at.error());
        }
        m_listensAt = at->toString();
        m_counters.setState(FeedState::up);
        return {};
    }
    void stop() override {
        m_server.stop();
        m_counters.setState(FeedState::off);
    }
    std::string listensAt() const override { return m_listensAt; }

  private:
    static TcpReadingsOptions optionsOf(const FeedConfig& config) {
        TcpReadingsOptions options;
        options.feed = config.name;
        options.format = config.declared();
        options.source = config.source();
        return options;
    }

    const std::string m_address;
    FeedCounters& m_counters;
    TcpReadingsServer m_server;
    std::string m_listensAt;
};

} // namespace

std::unique_ptr<Feed> makeTcpLinesFeed(const FeedConfig& config, const FeedParts& parts) {
    return std::make_unique<TcpLinesFeed>(config, parts);
}

} // namespace tocsin::ingest
