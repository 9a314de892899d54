#include "tocsin/ingest/http_fetch.hpp"

#include "ingest/http_transfer.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <deque>
#include <iterator>
#include <mutex>
#include <vector>

namespace tocsin::ingest {

using base::Code;
using Steady = std::chrono::steady_clock;

namespace {

base::Error cancelled() {
    return {Code::cancelled, "the feed is closing", {}};
}

} // namespace

/// Who asked: closed, its requests are given up; and who began one last, waits for the others to begin theirs.
struct HttpFetcher::Owner {
    std::atomic<bool> closed{false};
    std::uint64_t turn{0}; ///< under the pool's lock
};

class HttpPool::Impl : public std::enable_shared_from_this<Impl> {
  public:
    using OwnerPtr = std::shared_ptr<HttpFetcher::Owner>;
    Impl(boost::asio::thread_pool& workers, HttpFetchOptions options) : m_workers(workers), m_options(std::move(options)) {
        static std::once_flag once; // libcurl's own state is one for the process
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        m_multi = curl_multi_init();
        if (m_multi != nullptr) {
            curl_multi_setopt(m_multi, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(m_options.perHost));
            curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, static_cast<long>(m_options.atOnce));
        }
    }
    ~Impl() {
        for (CURL* easy : m_idle)
            curl_easy_cleanup(easy);
        if (m_multi != nullptr)
            curl_multi_cleanup(m_multi);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void get(const OwnerPtr& owner, WebRequest request, HttpFetcher::Done done) {
        auto transfer = std::make_unique<HttpTransfer>(std::move(request), std::move(done), m_options);
        std::unique_lock lock(m_mutex);
        if (owner->closed || m_multi == nullptr) {
            lock.unlock();
            transfer->finish(tl::unexpected(cancelled()));
            return;
        }
        m_queue.push_back({owner, std::move(transfer)});
        if (m_state == State::idle) {
            m_state = State::posted;
            boost::asio::post(m_workers, [self = shared_from_this()] { self->run(); });
        } else if (m_state == State::running) {
            curl_multi_wakeup(m_multi);
        }
    }

    void close(const OwnerPtr& owner) {
        std::vector<Waiting> dropped;
        {
            const std::lock_guard lock(m_mutex);
            owner->closed = true;
            if (m_state == State::running)
                curl_multi_wakeup(m_multi);
            const auto own = std::stable_partition(m_queue.begin(), m_queue.end(),
                                                   [&](const Waiting& one) { return one.owner != owner; });
            std::move(own, m_queue.end(), std::back_inserter(dropped));
            m_queue.erase(own, m_queue.end());
        }
        for (auto& one : dropped)
            one.transfer->finish(tl::unexpected(cancelled()));
    }

  private:
    enum class State : unsigned char { idle, posted, running };
    struct Waiting {
        OwnerPtr owner;
        std::unique_ptr<HttpTransfer> transfer;
    };
    struct Active {
        CURL* easy;
        OwnerPtr owner;
        std::unique_ptr<HttpTransfer> transfer;
    };

    [[nodiscard]] std::size_t activeAt(const std::string& host) const {
        return static_cast<std::size_t>(std::count_if(m_active.begin(), m_active.end(),
                                                      [&](const Active& one) { return one.transfer->host() == host; }));
    }

    /// Those that may begin now, by turns of those who asked; `wait` is when the next one may that only has to keep its
    /// distance.
    std::vector<Waiting> nextOnes(Steady::time_point now, std::chrono::milliseconds& wait) {
        std::vector<Waiting> out;
        std::map<std::string, std::size_t> begun;
        while (m_active.size() + out.size() < m_options.atOnce) {
            auto next = m_queue.end();
            for (auto one = m_queue.begin(); one != m_queue.end(); ++one) {
                if (next != m_queue.end() && one->owner->turn >= next->owner->turn)
                    continue;
                const auto& host = one->transfer->host();
                const auto after = m_notBefore.find(host);
                if (activeAt(host) + begun[host] >= m_options.perHost)
                    continue;
                if (after != m_notBefore.end() && now < after->second)
                    wait = std::min(wait, std::chrono::ceil<std::chrono::milliseconds>(after->second - now));
                else
                    next = one;
            }
            if (next == m_queue.end())
                break;
            const auto& host = next->transfer->host();
            if (!isLoopback(next->transfer->url()))
                m_notBefore[host] = now + m_options.gap;
            ++begun[host];
            next->owner->turn = ++m_turns;
            out.push_back(std::move(*next));
            m_queue.erase(next);
        }
        if (m_notBefore.size() > 1'000)
            m_notBefore.clear();
        return out;
    }

    void begin(Waiting waiting) {
        CURL* easy = nullptr;
        if (!m_idle.empty()) {
            easy = m_idle.back();
            m_idle.pop_back();
            curl_easy_reset(easy);
        } else {
            easy = curl_easy_init();
        }
        if (easy == nullptr) {
            waiting.transfer->finish(base::fail(Code::unavailable, "no memory for another request"));
            return;
        }
        waiting.transfer->prepare(easy);
        m_active.push_back({easy, std::move(waiting.owner), std::move(waiting.transfer)});
        curl_multi_add_handle(m_multi, easy);
    }

    /// Those whose owner wants them no more.
    void giveUp() {
        for (std::size_t i = m_active.size(); i-- > 0;)
            if (m_active[i].owner->closed)
                release(i).transfer->finish(tl::unexpected(cancelled()));
    }

    Active release(std::size_t index) {
        Active one = std::move(m_active[index]);
        m_active.erase(m_active.begin() + static_cast<std::ptrdiff_t>(index));
        curl_multi_remove_handle(m_multi, one.easy);
        m_idle.push_back(one.easy);
        return one;
    }

    void finish(CURL* easy, CURLcode code) {
        for (std::size_t i = 0; i < m_active.size(); ++i) {
            if (m_active[i].easy != easy)
                continue;
            auto result = m_active[i].transfer->result(easy, code);
            auto one = release(i);
            one.transfer->finish(std::move(result));
            return;
        }
    }

    /// Has a worker until nothing is under way and nothing waits.
    void run() {
        {
            const std::lock_guard lock(m_mutex);
            m_state = State::running;
        }
        for (;;) {
            giveUp();
            std::vector<Waiting> begun;
            std::chrono::milliseconds wait{1'000};
            {
                const std::lock_guard lock(m_mutex);
                begun = nextOnes(Steady::now(), wait);
                if (begun.empty() && m_active.empty() && m_queue.empty()) {
                    m_state = State::idle;
                    return;
                }
            }
            for (auto& waiting : begun)
                begin(std::move(waiting));
            int running = 0;
            curl_multi_perform(m_multi, &running);
            bool ended = false;
            int left = 0;
            while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
                if (message->msg != CURLMSG_DONE)
                    continue;
                finish(message->easy_handle, message->data.result);
                ended = true;
            }
            if (!ended) // else there may be room for the next at once
                curl_multi_poll(m_multi, nullptr, 0, static_cast<int>(wait.count()), nullptr);
        }
    }

    boost::asio::thread_pool& m_workers;
    const HttpFetchOptions m_options;
    CURLM* m_multi{nullptr};
    std::mutex m_mutex; ///< guards the next three
    std::deque<Waiting> m_queue;
    State m_state{State::idle};
    std::uint64_t m_turns{0};
    // Of the worker that runs:
    std::vector<Active> m_active;
    std::vector<CURL*> m_idle;
    std::map<std::string, Steady::time_point> m_notBefore; ///< under the lock
};

std::chrono::milliseconds HostPauses::failed(const std::string& host, Moment now, std::chrono::milliseconds first,
                                             std::chrono::milliseconds most, std::chrono::milliseconds asked,
                                             std::string reason) {
    constexpr std::size_t mostHosts = 10'000;
    const std::lock_guard lock(m_mutex);
    if (m_hosts.size() >= mostHosts)
        m_hosts.clear();
    auto& known = m_hosts[host];
    if (now >= known.until) {
        known.until = now + std::min(most, first * (1U << std::min(known.failures, 12U)));
        ++known.failures;
    }
    known.until = std::max(known.until, now + asked);
    known.reason = std::move(reason);
    return std::chrono::ceil<std::chrono::milliseconds>(known.until - now);
}

void HostPauses::answered(const std::string& host) {
    const std::lock_guard lock(m_mutex);
    m_hosts.erase(host);
}

HostPauses::Pause HostPauses::of(const std::string& host, Moment now) const {
    const std::lock_guard lock(m_mutex);
    const auto known = m_hosts.find(host);
    if (known == m_hosts.end() || known->second.until <= now)
        return {};
    return {std::chrono::ceil<std::chrono::milliseconds>(known->second.until - now), known->second.reason};
}

HttpPool::HttpPool(boost::asio::thread_pool& workers, HttpFetchOptions options)
    : m_impl(std::make_shared<Impl>(workers, std::move(options))) {}

HttpPool::~HttpPool() = default;

HttpFetcher::HttpFetcher(boost::asio::thread_pool& workers, HttpFetchOptions options)
    : m_impl(std::make_shared<HttpPool::Impl>(workers, std::move(options))), m_owner(std::make_shared<Owner>()) {}

HttpFetcher::HttpFetcher(HttpPool& pool) : m_impl(pool.m_impl), m_owner(std::make_shared<Owner>()) {}

HttpFetcher::~HttpFetcher() {
    close();
}

void HttpFetcher::get(WebRequest request, Done done) {
    m_impl->get(m_owner, std::move(request), std::move(done));
}

void HttpFetcher::close() {
    m_impl->close(m_owner);
}

} // namespace tocsin::ingest
