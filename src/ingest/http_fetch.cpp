#include "tocsin/ingest/http_fetch.hpp"

#include "ingest/http_transfer.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <deque>
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

class HttpFetcher::Impl : public std::enable_shared_from_this<Impl> {
  public:
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

    void get(WebRequest request, Done done) {
        auto transfer = std::make_unique<HttpTransfer>(std::move(request), std::move(done), m_options);
        std::unique_lock lock(m_mutex);
        if (m_closed || m_multi == nullptr) {
            lock.unlock();
            transfer->finish(tl::unexpected(cancelled()));
            return;
        }
        m_queue.push_back(std::move(transfer));
        if (m_state == State::idle) {
            m_state = State::posted;
            boost::asio::post(m_workers, [self = shared_from_this()] { self->run(); });
        } else if (m_state == State::running) {
            curl_multi_wakeup(m_multi);
        }
    }

    void close() {
        std::deque<std::unique_ptr<HttpTransfer>> dropped;
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
            if (m_state == State::running)
                curl_multi_wakeup(m_multi);
            dropped.swap(m_queue);
        }
        for (auto& transfer : dropped)
            transfer->finish(tl::unexpected(cancelled()));
    }

  private:
    enum class State : unsigned char { idle, posted, running };
    struct Active {
        CURL* easy;
        std::unique_ptr<HttpTransfer> transfer;
    };

    [[nodiscard]] std::size_t activeAt(const std::string& host) const {
        return static_cast<std::size_t>(std::count_if(m_active.begin(), m_active.end(),
                                                      [&](const Active& one) { return one.transfer->host() == host; }));
    }

    /// Those that may begin now; `wait` is when the next one may that only has to keep its distance.
    std::vector<std::unique_ptr<HttpTransfer>> nextOnes(Steady::time_point now, std::chrono::milliseconds& wait) {
        std::vector<std::unique_ptr<HttpTransfer>> out;
        std::map<std::string, std::size_t> begun;
        for (auto one = m_queue.begin(); one != m_queue.end() && m_active.size() + out.size() < m_options.atOnce;) {
            const auto& host = (*one)->host();
            auto& after = m_notBefore[host];
            if (activeAt(host) + begun[host] >= m_options.perHost) {
                ++one;
            } else if (now < after) {
                wait = std::min(wait, std::chrono::ceil<std::chrono::milliseconds>(after - now));
                ++one;
            } else {
                if (!isLoopback((*one)->url()))
                    after = now + m_options.gap;
                ++begun[host];
                out.push_back(std::move(*one));
                one = m_queue.erase(one);
            }
        }
        if (m_notBefore.size() > 1'000)
            m_notBefore.clear();
        return out;
    }

    void begin(std::unique_ptr<HttpTransfer> transfer) {
        CURL* easy = nullptr;
        if (!m_idle.empty()) {
            easy = m_idle.back();
            m_idle.pop_back();
            curl_easy_reset(easy);
        } else {
            easy = curl_easy_init();
        }
        if (easy == nullptr) {
            transfer->finish(base::fail(Code::unavailable, "no memory for another request"));
            return;
        }
        transfer->prepare(easy);
        m_active.push_back({easy, std::move(transfer)});
        curl_multi_add_handle(m_multi, easy);
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
            std::vector<std::unique_ptr<HttpTransfer>> begun;
            std::chrono::milliseconds wait{1'000};
            bool closed = false;
            {
                const std::lock_guard lock(m_mutex);
                closed = m_closed;
                if (!closed)
                    begun = nextOnes(Steady::now(), wait);
                if (begun.empty() && m_active.empty() && m_queue.empty()) {
                    m_state = State::idle;
                    return;
                }
            }
            if (closed) {
                while (!m_active.empty())
                    release(0).transfer->finish(tl::unexpected(cancelled()));
                continue;
            }
            for (auto& transfer : begun)
                begin(std::move(transfer));
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
    std::deque<std::unique_ptr<HttpTransfer>> m_queue;
    State m_state{State::idle};
    bool m_closed{false};
    // Of the worker that runs:
    std::vector<Active> m_active;
    std::vector<CURL*> m_idle;
    std::map<std::string, Steady::time_point> m_notBefore; ///< under the lock
};

HttpFetcher::HttpFetcher(boost::asio::thread_pool& workers, HttpFetchOptions options)
    : m_impl(std::make_shared<Impl>(workers, std::move(options))) {}

HttpFetcher::~HttpFetcher() {
    close();
}

void HttpFetcher::get(WebRequest request, Done done) {
    m_impl->get(std::move(request), std::move(done));
}

void HttpFetcher::close() {
    m_impl->close();
}

} // namespace tocsin::ingest
