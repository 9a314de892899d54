#pragma once

#include "tocsin/map/tile.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace tocsin::map {

/// Fetches small files over http and https on a thread of its own: at most four at a time, connections kept, at most
/// three redirects and those to http and https only, bodies of at most 4 MB. Thread safe; nothing waits.
class HttpFetcher {
  public:
    struct Answer {
        enum class Kind : std::uint8_t {
            answered, ///< `status` and `body` are what came
            failed,   ///< `error` says what went wrong on the way
            dropped,  ///< never asked for: too much else was
        };
        TileKey key;
        Kind kind{Kind::failed};
        long status{0};
        std::string body;
        std::string error;              ///< a sentence without its subject: "does not answer within 15 s"
        std::chrono::seconds maxAge{0}; ///< of Cache-Control
    };
    struct Options {
        std::string userAgent;
        std::chrono::milliseconds timeout{15'000};
    };
    /// `done` runs on the fetcher's thread, must not block, and does not run again once the destructor has returned.
    HttpFetcher(Options options, std::function<void(Answer)> done);
    /// Prompt: requests under way are broken off.
    ~HttpFetcher();
    HttpFetcher(const HttpFetcher&) = delete;
    HttpFetcher& operator=(const HttpFetcher&) = delete;

    /// The last asked for goes first; beyond 128 that wait the oldest are dropped.
    void get(const TileKey& key, std::string url);

  private:
    struct Transfer;
    struct Curl;
    struct Request {
        TileKey key;
        std::string url;
    };
    void work();
    void begin(Request request);
    void finish(void* easy, int result);

    const Options m_options;
    const std::function<void(Answer)> m_done;
    std::mutex m_mutex;
    std::deque<Request> m_queue;
    std::deque<TileKey> m_dropped;
    bool m_ending{false};
    std::unique_ptr<Curl> m_curl; ///< its handles belong to the thread, except for waking it
    std::thread m_thread;
};

} // namespace tocsin::map
