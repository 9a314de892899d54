#pragma once

#include "app/county_session.hpp"
#include "app/feed_host.hpp"
#include "app/taking_again.hpp"
#include "tocsin/gui/bridge.hpp"
#include "tocsin/gui/feeds_desk.hpp"

#include <QThreadPool>
#include <mutex>
#include <vector>

namespace tocsin::app {

/// The feeds as the window asks for them. GUI thread; session and host must outlive it, the bridge the last saveDoors().
class FeedsService final : public gui::FeedsDesk {
  public:
    /// `host` may be null: a desk that only reads has no feeds.
    /// `bridge` knows which names were proved at the window.
    FeedsService(CountySession& session, FeedHost* host, const gui::DeskBridge& bridge);
    ~FeedsService() override;

    [[nodiscard]] std::vector<ingest::FeedStatus> status() const override;
    [[nodiscard]] std::vector<ingest::FeedConfig> configs() const override;
    void save(std::vector<ingest::FeedConfig> feeds, QObject* context,
              std::function<void(base::Result<void>)> answer) override;
    [[nodiscard]] std::vector<desk::Watch> watches() const override;
    void saveWatches(std::vector<desk::Watch> watches, QObject* context,
                     std::function<void(base::Result<void>)> answer) override;
    [[nodiscard]] Doors doors() const override;
    void saveDoors(Doors doors, QObject* context, std::function<void(base::Result<void>)> answer) override;
    void sample(const ingest::FeedConfig& feed, QObject* context,
                std::function<void(base::Result<std::string>)> answer) override;
    void follow(const ingest::FeedConfig& feed, const std::string& url, QObject* context,
                std::function<void(base::Result<std::string>)> answer) override;
    [[nodiscard]] Equip equipment() const override;
    [[nodiscard]] std::unique_ptr<SampleListening>
    listen(const ingest::FeedConfig& feed, QObject* context, std::function<void(const SampleProgress&)> progress,
           std::function<void(base::Result<ingest::FeedSample>)> answer) override;
    void takeAgain(std::int64_t item, QObject* context,
                   std::function<void(base::Result<ingest::Delivered>)> answer) override;
    [[nodiscard]] std::stop_source takeAgainAlike(std::int64_t item, QObject* context,
                                                  std::function<void(const TakenAgain&)> progress) override;

  private:
    static constexpr const char* s_readOnly = "the desk is read-only: nothing can be changed now";
    [[nodiscard]] std::vector<county::WatchWord> watchWords() const; ///< any thread

    [[nodiscard]] TakingAgain takingAgain();

    CountySession& m_session;
    FeedHost* m_host;
    const gui::DeskBridge& m_bridge;
    mutable std::mutex m_wordsMutex;
    std::vector<county::WatchWord> m_watches; ///< as config.toml has them now
    county::DoorWords m_doors;                ///< the same
    std::vector<std::stop_source> m_retaking; ///< of many; ended ones are dropped with the next
    std::stop_source m_ending;
    QThreadPool m_workers;
};

} // namespace tocsin::app
