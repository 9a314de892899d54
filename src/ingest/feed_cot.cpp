#include "ingest/cot_server.hpp"
#include "tocsin/ingest/feed.hpp"

namespace tocsin::ingest {

namespace {

/// The feed that is given out: it may be let go before the last of its operations has ended.
template <typename Impl>
class Handle final : public Feed {
  public:
    Handle(const FeedConfig& config, const FeedParts& parts) : m_impl(std::make_shared<Impl>(config, parts)) {}
    base::Result<void> start() override { return m_impl->start(); }
    void stop() override { m_impl->stop(); }
    void tell(const std::string& callSign, const std::string& bytes, Handed done) override {
        if constexpr (requires { m_impl->tell(callSign, bytes, std::move(done)); })
            m_impl->tell(callSign, bytes, std::move(done));
        else
            done(false); // nobody acknowledges a datagram
    }
    std::string listensAt() const override {
        if constexpr (requires { m_impl->listensAt(); })
            return m_impl->listensAt();
        else
            return {};
    }

  private:
    std::shared_ptr<Impl> m_impl;
};

} // namespace

std::unique_ptr<Feed> makeCotFeed(const FeedConfig& config, const FeedParts& parts) {
    if (config.transport == Transport::cotTcp)
        return std::make_unique<Handle<CotServer>>(config, parts);
    if (config.transport == Transport::cotConnect)
        return std::make_unique<Handle<CotDialler>>(config, parts);
    return std::make_unique<Handle<CotDatagrams>>(config, parts);
}

} // namespace tocsin::ingest
