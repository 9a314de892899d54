#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/endpoint.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/sink.hpp"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility> // Boost 1.74's Asio needs it first

namespace tocsin::ingest {

/// Limits and times of the readings server; the defaults are what a desk runs with.
struct TcpReadingsOptions {
    std::string feed{"readings"};             ///< the name under which the desk knows the feed
    /// Another one is decoded by lines, too; a heading is taken as such. Unknown: told by each connection's first lines.
    Format format{Format::readingsNdjson};
    Source source;                            ///< what the feed declares
    std::size_t maxConnections{12000};        ///< beyond: answered `busy` and closed
    std::size_t batchLines{10000};            ///< at most in one commit
    std::size_t batchBytes{1U << 20U};        ///< at most in one commit
    std::size_t batchesUnderWay{2};           ///< commits waited for by one connection
    std::size_t memoryBudget{96U << 20U};     ///< bytes held by all connections together; over it they stop reading
    std::chrono::milliseconds retryFirst{20}; ///< after a busy desk; doubles up to retryMost
    std::chrono::milliseconds retryMost{500};
    std::chrono::milliseconds lineTimeout{60000};  ///< a line that was begun must be finished within
    std::chrono::milliseconds writeTimeout{30000}; ///< a sender must read its answers within
    std::chrono::milliseconds lingerTimeout{2000}; ///< for a sender to read the last answer before a forced close
    std::chrono::milliseconds stopTimeout{3000};   ///< for commits under way when stopping
};

/// Takes readings as lines of JSON (or of what else the options say) over TCP and answers them in order:
///   `ok N`           the first N lines of this connection are committed (or in quarantine): send again from N after a
///   break `bad N REASON`   line N (from 1) could not be read and is in quarantine; N counts as taken all the same
///   `error REASON`   nothing more is taken on this connection; lines after the last `ok` are not stored
///   `busy`           too many connections, come again
/// Blank lines are not counted. A line has at most 64 KiB; the connection of a longer one is closed after its answer.
/// When the desk is busy it stops reading; nothing is dropped. Each connection runs on a strand of its own, so the
/// io_context may have several threads.
class TcpReadingsServer {
  public:
    /// `sink` and `board` must outlive the io_context's run(). The sink must answer or destroy every `done` before
    /// the io_context goes.
    TcpReadingsServer(boost::asio::io_context& io, Sink& sink, FeedBoard& board, TcpReadingsOptions options = {});
    /// Stops. Before the io_context is destroyed.
    ~TcpReadingsServer();
    TcpReadingsServer(const TcpReadingsServer&) = delete;
    TcpReadingsServer& operator=(const TcpReadingsServer&) = delete;

    /// Starts to listen on HOST:PORT; port 0 picks one. Returns where it listens; Code::unavailable if it cannot. Once
    /// only.
    [[nodiscard]] base::Result<Endpoint> listen(std::string_view hostPort);

    /// Stops taking connections and lines, answers what is being committed, and closes; the io_context then runs out
    /// of work. Returns at once, may be called from any thread and more than once.
    void stop();

  private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace tocsin::ingest
