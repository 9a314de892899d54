#pragma once

#include "app/county_session.hpp"
#include "app/feed_host.hpp"
#include "tocsin/gui/feeds_desk.hpp"

#include <QThreadPool>
#include <mutex>
#include <vector>

namespace tocsin::app {

/// The feeds as the window asks for them. GUI thread; session and host must outlive it.
class FeedsService final : public gui::FeedsDesk {
  public:
    /// `host` may be null: a desk that only reads has no feeds.
    FeedsService(CountySession& session, FeedHost* host);
    ~FeedsService() override;

    [[nodiscard]] std::vector<ingest::FeedStatus> status() const override;
    [[nodiscard]] std::vector<ingest::FeedConfig> configs() const override;
    void save(std::vector<ingest::FeedConfig> feeds, QObject* context,
              std::function<void(base::Result<void>)> answer) override;
    [[nodiscard]] std::vector<desk::Watch> watches() const override;
    void saveWatches(std::vector<desk::Watch> watches, QObject* context,
                     std::function<void(base::Result<void>)> answer) override;
    void sample(const ingest::FeedConfig& feed, QObject* context,
                std::function<void(base::Result<std::string>)> answer) override;
    [[nodiscard]] std::unique_ptr<SampleListening>
    listen(const ingest::FeedConfig& feed, QObject* context, std::function<void(const SampleProgress&)> progress,
           std::function<void(base::Result<ingest::FeedSample>)> answer) override;
    void takeAgain(std::int64_t item, QObject* context,
                   std::function<void(base::Result<ingest::Delivered>)> answer) override;

  private:
    [[nodiscard]] std::vector<county::WatchWord> watchWords() const; ///< any thread

    CountySession& m_session;
    FeedHost* m_host;
    std::mutex m_saving; ///< config.toml is read, changed and written by one at a time
    mutable std::mutex m_watchesMutex;
    std::vector<county::WatchWord> m_watches; ///< as config.toml has them now
    QThreadPool m_workers;
};

/// Decodes something that stands in quarantine, as the feed that it came by is configured now.
[[nodiscard]] base::Result<ingest::Decoded> decodeAgain(const store::QuarantineItem& item,
                                                        const std::vector<ingest::FeedConfig>& feeds,
                                                        base::Time now);

} // namespace tocsin::app
