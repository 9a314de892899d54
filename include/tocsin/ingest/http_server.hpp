#pragma once

#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/ingest/endpoint.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/open311.hpp"
#include "tocsin/ingest/page_map.hpp"
#include "tocsin/ingest/team_door.hpp"
#include "tocsin/ingest/photo_store.hpp"
#include "tocsin/ingest/sink.hpp"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility> // Boost 1.74's Asio needs it first
#include <vector>

namespace tocsin::ingest {

/// A feed whose source sends to us (Transport::httpPush), and what its decoder is told.
struct PushFeed {
    FeedConfig config;
    Source source;
};

/// The feeds at POST /feeds/NAME, which may change while the server runs. Thread safe.
class PushFeeds {
  public:
    /// In the place of those before. Those of other transports are passed over.
    void set(std::vector<PushFeed> feeds);
    [[nodiscard]] std::shared_ptr<const PushFeed> find(std::string_view name) const;

  private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const PushFeed>, std::less<>> m_feeds;
};

/// Limits and times of the HTTP server, and what its page says; the defaults are what a desk runs with.
struct HttpOptions {
    base::LocalText county;            ///< the name on the page
    std::string emergencyPhone{"112"}; ///< the number that the page tells to call in danger of life
    std::function<bool()> exercise;    ///< true while the desk drills: the page says so. Thread safe; may be empty
    /// Why the desk can commit nothing now; empty text while it can. Thread safe; may be empty. Told by /health.
    std::function<std::string()> trouble;
    std::shared_ptr<PhotoStore> photos;   ///< where photos go; without one they are left out and the sender is told
    std::shared_ptr<PushFeeds> pushFeeds; ///< null: none
    Open311Options open311;
    /// Of who may send to /messages and /readings, shown as a feed's token is. Without any only this machine may.
    std::vector<std::string> pushKeys;
    std::shared_ptr<TeamDoor> teams;      ///< whose links open their orders; null: none
    std::shared_ptr<PageMap> map;         ///< on which the page lets one set a pin, and whose places it offers; null: none
    std::size_t mapTilesPerSecond{300};   ///< given out to all together, twice that at once; beyond: 503
    /// True if the asker of GET /photos/DIGEST may see photos (the desk itself). By default nobody: 404.
    std::function<bool(std::string_view authorization)> mayShowPhotos;
    /// With a certificate the door speaks https as well, on the same port; then what comes in the clear from another
    /// machine is sent there. Relative files are in `tlsFolder`.
    TlsFiles tls;
    std::filesystem::path tlsFolder;
    std::size_t maxConnections{1000};  ///< beyond: the longest idle one gives way, else 503
    std::size_t maxPerAddress{500};    ///< beyond: the longest idle one of that address gives way, else 503
    std::size_t headerBytes{16U << 10U};
    std::size_t bodyBytes{16U << 20U};
    std::size_t uploadBytes{64U << 20U};            ///< of a form with photos; each photo 16 MiB
    std::size_t memoryBudget{128U << 20U};          ///< bytes of all bodies being received or decoded; beyond: 503
    std::size_t workerBytes{64U << 10U};            ///< larger bodies are decoded on a thread of their own
    std::chrono::milliseconds idleTimeout{60000};   ///< between two requests of a connection
    std::chrono::milliseconds headerTimeout{10000}; ///< from a header's first byte to its end
    std::chrono::milliseconds bodyGrace{15000};     ///< a body may take this plus its bytes at bodyBytesPerSecond
    std::size_t bodyBytesPerSecond{500};
    std::chrono::milliseconds receiptTimeout{20000}; ///< for the desk's commit; beyond: 503
    std::chrono::milliseconds writeTimeout{20000};
    std::chrono::milliseconds lingerTimeout{2000}; ///< for a client to read a refusal before a forced close
    std::chrono::milliseconds stopTimeout{3000};   ///< for requests under way when stopping
    std::size_t batchLines{10000};                 ///< readings in one commit
};

/// HTTP/1.1: the page for citizens and the door for messages.
///   GET  /             the phone page, English or Chinese by Accept-Language or ?lang=
///   POST /reports      one report (JSON, or the page's form, with photos); its "id" or the Idempotency-Key header makes
///                      it known again
///   POST /messages     any format that Tocsin reads: told by content. By who shows one of `pushKeys`
///   POST /readings     readings, a JSON object a line. By who shows one of `pushKeys`
///   POST /feeds/NAME   a feed that pushes, with its token ("Authorization: Bearer …", or as Basic's password)
///   GET, POST /open311/v2/…  Open311 GeoReport v2
///   GET, POST /team/TOKEN  a team's own page: its task order, and its next step
///   GET  /map.json, /map/LOOK/LANGUAGE/ZOOM/X/Y[@2x].png   the county's map for the page's pin; 404 without one
///   GET  /health       what the feeds do, as JSON; "degraded" when one waits or has failed, 503 when the desk cannot write
/// Bodies may come with Content-Encoding: gzip.
/// A POST is answered after the commit: 201 stored, 200 known already, 422 in quarantine with reason and place,
/// 503 with Retry-After when the desk is busy, 413 too large, 400/408/415 not understood or too slow.
/// Each connection runs on a strand of its own, so the io_context may have several threads.
class HttpServer {
  public:
    /// `sink`, `board` and `ids` must outlive the io_context's run(). The sink must answer or destroy every `done`
    /// before the io_context goes.
    HttpServer(boost::asio::io_context& io, Sink& sink, FeedBoard& board, base::IdSource& ids,
               HttpOptions options = {});
    /// Stops. Before the io_context is destroyed.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Starts to listen on HOST:PORT; port 0 picks one. Returns where it listens; Code::unavailable if it cannot,
    /// Code::storage for a certificate that cannot be used. Once only.
    [[nodiscard]] base::Result<Endpoint> listen(std::string_view hostPort);

    /// Takes no more requests, answers those under way, and closes; the io_context then runs out of work.
    /// Returns at once, may be called from any thread and more than once.
    void stop();

  private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace tocsin::ingest
