#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/feed_config.hpp"

#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility> // Boost 1.74's Asio needs it first

namespace tocsin::ingest {

/// What is asked of a web server: one GET.
struct WebRequest {
    std::string url; ///< http or https
    std::map<std::string, std::string> headers;
    std::string user; ///< with `password`; sent to the server asked, not to one that it sends us on to
    std::string password;
    std::string token; ///< sent as Bearer, as the user is
    TlsFiles tls;      ///< absolute paths
    std::string etag;         ///< If-None-Match
    std::string lastModified; ///< If-Modified-Since, as the server wrote it
    /// False for addresses that strangers wrote: this machine and its link are then out of reach, by whatever name.
    bool mayReachThisMachine{true};
};

/// What it answered, of whatever status.
struct WebReply {
    long status{0};
    std::string body; ///< unpacked
    std::string contentType;
    std::string etag;
    std::string lastModified;
    std::string url; ///< after redirects; never with a password in it
    std::optional<base::Time> date; ///< the server's clock
    std::optional<std::chrono::seconds> retryAfter;
};

struct HttpFetchOptions {
    std::size_t mostBytes{maxMessageBytes}; ///< of a body, unpacked
    std::size_t perHost{2};                 ///< at once
    std::size_t atOnce{8};
    std::chrono::milliseconds gap{20};         ///< between two requests to one host; none on loopback
    std::chrono::milliseconds connect{10'000}; ///< name, connection and TLS
    std::chrono::milliseconds stall{30'000};   ///< nothing comes for so long (whole seconds)
    std::chrono::milliseconds whole{180'000};
    long redirects{5};
    std::string userAgent{"Tocsin"};
};

/// When a host that is down, or says that it is asked too often, may be asked again: one word for all who ask it.
/// Thread safe; times are the caller's, of a clock that only goes forward.
class HostPauses {
  public:
    using Moment = std::chrono::steady_clock::time_point;
    struct Pause {
        std::chrono::milliseconds left{0}; ///< none: it may be asked
        std::string reason;
    };
    /// The host could not be reached or does not want to be: it is left alone for `first`, twice as long after each
    /// further failure, up to `most`, and not for less than it asks for. Those that failed while it is left alone (they
    /// were under way) count once. Returns how long it is left alone from now.
    std::chrono::milliseconds failed(const std::string& host, Moment now, std::chrono::milliseconds first,
                                     std::chrono::milliseconds most, std::chrono::milliseconds asked,
                                     std::string reason);
    void answered(const std::string& host);
    [[nodiscard]] Pause of(const std::string& host, Moment now) const;

  private:
    struct Host {
        unsigned failures{0};
        Moment until;
        std::string reason;
    };
    mutable std::mutex m_mutex;
    std::map<std::string, Host> m_hosts; ///< those that failed last
};

/// What several fetchers share, so that a host is asked by all of them as by one: the requests under way, the
/// connections kept open, the hosts' pauses. While anything is under way it has one of the workers. Thread safe.
class HttpPool {
  public:
    explicit HttpPool(boost::asio::thread_pool& workers, HttpFetchOptions options = {});
    ~HttpPool(); ///< its fetchers may outlive it
    HttpPool(const HttpPool&) = delete;
    HttpPool& operator=(const HttpPool&) = delete;
    [[nodiscard]] HostPauses& pauses() { return m_pauses; }

  private:
    friend class HttpFetcher;
    class Impl;
    std::shared_ptr<Impl> m_impl;
    HostPauses m_pauses;
};

/// Fetches over http and https, with keep-alive and gzip, several at once; where a pool has several fetchers, they have
/// their turns. Thread safe. Errors are sentences that name the host: unavailable for what may mend itself (name,
/// connection, timeout, an answer cut short), tooLarge, refused (certificate, scheme, redirects), malformed (it is not
/// HTTP), cancelled after close().
class HttpFetcher {
  public:
    explicit HttpFetcher(boost::asio::thread_pool& workers, HttpFetchOptions options = {}); ///< with a pool of its own
    explicit HttpFetcher(HttpPool& pool);
    ~HttpFetcher(); ///< closes
    HttpFetcher(const HttpFetcher&) = delete;
    HttpFetcher& operator=(const HttpFetcher&) = delete;

    /// Called once, on a worker (or, when closed, on the caller's thread). It must not block.
    using Done = std::function<void(base::Result<WebReply>)>;
    void get(WebRequest request, Done done);
    /// What is its own and under way or waits is answered as cancelled, soon.
    void close();

  private:
    struct Owner;
    friend class HttpPool;
    std::shared_ptr<HttpPool::Impl> m_impl;
    std::shared_ptr<Owner> m_owner;
};

/// What a feed asks of an address. What lets us in is for the service that the county named, not for whatever its index
/// names; and only a service on this machine may lead to this machine. Files of the feed's TLS stay as they are written.
[[nodiscard]] WebRequest requestOf(const FeedConfig& feed, const std::string& url);

/// An http or https address that may be written relative to another; an error for any other scheme or no address.
[[nodiscard]] base::Result<std::string> resolveUrl(std::string_view base, std::string_view written);
/// An address without the name and password that may stand in it; they go to `user` and `password`.
[[nodiscard]] std::string withoutUser(std::string_view url, std::string* user = nullptr, std::string* password = nullptr);
/// "example.org:8080" in lower case, with the scheme's own port where none is written; empty for what is no address.
[[nodiscard]] std::string hostOf(std::string_view url);
/// Whether an address names this machine: localhost, 127.0.0.0/8, ::1.
[[nodiscard]] bool isLoopback(std::string_view url);

} // namespace tocsin::ingest
