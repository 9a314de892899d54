#pragma once

#include "app/public_door.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/endpoint.hpp"
#include "tocsin/ingest/feed.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/http_fetch.hpp"
#include "tocsin/ingest/http_server.hpp"
#include "tocsin/ingest/open311.hpp"
#include "tocsin/ingest/photo_store.hpp"
#include "tocsin/ingest/sink.hpp"
#include "tocsin/ingest/tcp_readings.hpp"

#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace tocsin::app {

/// What is watched for silence: the county's own watches, and the feeds that declare what silence means.
[[nodiscard]] std::vector<desk::Watch> watchesOf(const std::vector<county::WatchWord>& words,
                                                 const std::vector<ingest::FeedConfig>& feeds);

/// The desk's network side: the io thread, the servers that are always there, and the feeds of config.toml. Stops them
/// when destroyed.
class FeedHost {
  public:
    struct Parts {
        const county::Config& config;
        std::filesystem::path folder; ///< the county's
        std::vector<ingest::FeedConfig> feeds;
        const base::Clock& clock;
        base::IdSource& ids;
        ingest::Sink& sink;
        std::filesystem::path photos;       ///< where photos are kept
        std::function<void(std::set<std::string>)> adopt{};   ///< told which feeds' sensors are registered; may be empty
        std::function<void(std::set<std::string>)> correct{}; ///< told which feeds correct what is stored; may be empty
        std::function<std::string()> trouble{};  ///< why the desk can commit nothing; may be empty
        std::function<std::vector<model::Report>(const ingest::ReportQuery&)> reports{}; ///< for Open311; may be empty
        std::shared_ptr<ingest::PageMap> map{}; ///< for the citizens' page; null: none
        std::shared_ptr<ingest::TeamDoor> teams{}; ///< whose links open their orders; null: none
    };
    /// Clock, ids and sink must outlive it.
    explicit FeedHost(Parts parts);
    ~FeedHost();
    FeedHost(const FeedHost&) = delete;
    FeedHost& operator=(const FeedHost&) = delete;

    /// Starts to listen where the arguments say, else (empty) where config.toml does, starts the feeds, and runs. A feed
    /// that cannot start says so by its lamp and keeps no other from it.
    [[nodiscard]] base::Result<void> listen(const std::string& readings, const std::string& http);
    /// "https://127.0.0.1:7780": the HTTP door as others ask for it.
    [[nodiscard]] std::string webAddress() const;
    /// The same as phones ask for it; known once it listens.
    [[nodiscard]] const PublicDoor& publicDoor() const { return m_publicDoor; }
    [[nodiscard]] const ingest::Endpoint& readingsAt() const { return m_readingsAt; }
    /// To a unit in the field, by whichever feed talks to it. Any thread; `done` on the io thread, once listen() was called.
    void tell(const std::string& callSign, const std::string& bytes, ingest::Handed done);
    [[nodiscard]] const ingest::Endpoint& httpAt() const { return m_httpAt; }
    [[nodiscard]] ingest::FeedBoard& board() { return m_board; }

    /// The feeds as they are configured now. Thread safe.
    [[nodiscard]] std::vector<ingest::FeedConfig> feeds() const;
    /// A feed as it is configured now, with its signers and where photos are kept; of one that is not declared (the HTTP
    /// door, files) what holds without a word. An error names the file that cannot be read. Thread safe.
    [[nodiscard]] base::Result<ingest::FeedConfig> equipped(const std::string& feed) const;
    /// Where a feed listens; empty if it does not. Thread safe.
    [[nodiscard]] std::string listensAt(const std::string& feed) const;
    /// Ends feeds that are gone or changed, starts those that are new or changed; the others run on. Thread safe.
    void apply(std::vector<ingest::FeedConfig> feeds);
    /// Delivers what was decoded by hand (from quarantine) as `feed`. Thread safe; `done` on the io thread.
    void deliver(const std::string& feed, ingest::Decoded decoded, ingest::Courier::Done done);

  private:
    struct Running {
        ingest::FeedConfig config;
        std::unique_ptr<ingest::Feed> feed; ///< null: pushed to the HTTP door, or off
    };
    void start(const ingest::FeedConfig& config);
    void end(Running& running);
    void tellFeeds(); ///< whom it concerns, of the feeds as they are now

    county::Config m_config;
    std::filesystem::path m_folder;
    const base::Clock& m_clock;
    base::IdSource& m_ids;
    ingest::Sink& m_sink;
    ingest::FeedBoard m_board;
    std::function<void(std::set<std::string>)> m_adopt;
    std::function<void(std::set<std::string>)> m_correct;
    std::shared_ptr<ingest::PhotoStore> m_photos; ///< null if the folder cannot be made
    std::shared_ptr<ingest::PushFeeds> m_pushFeeds = std::make_shared<ingest::PushFeeds>();
    boost::asio::thread_pool m_workers{2};
    std::shared_ptr<ingest::HttpPool> m_web; ///< of all polled feeds
    boost::asio::io_context m_io{1};
    std::unique_ptr<ingest::TcpReadingsServer> m_readings;
    std::unique_ptr<ingest::HttpServer> m_http;
    ingest::Endpoint m_readingsAt;
    ingest::Endpoint m_httpAt;
    PublicDoor m_publicDoor;
    mutable std::mutex m_mutex; ///< guards the members below
    std::vector<ingest::FeedConfig> m_feeds;
    std::map<std::string, Running> m_running;
    std::vector<std::unique_ptr<ingest::Feed>> m_ended; ///< may still finish what was under way
    std::map<std::string, std::unique_ptr<ingest::Courier>> m_couriers;
    bool m_listening{false};
    std::thread m_thread;
};

} // namespace tocsin::app
