#include "map/http_fetcher.hpp"

#include "tocsin/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <curl/curl.h>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::map {
namespace {

constexpr std::size_t mostAtOnce = 4;
constexpr std::size_t mostWaiting = 128;
constexpr std::size_t mostBytes = 4U << 20U;

std::chrono::seconds maxAgeIn(std::string_view header) {
    const std::string lower = base::lowerAscii(header);
    const std::size_t at = lower.starts_with("cache-control:") ? lower.find("max-age=") : std::string::npos;
    std::int64_t seconds = 0;
    if (at != std::string::npos)
        std::from_chars(lower.data() + at + 8, lower.data() + lower.size(), seconds);
    return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, 10LL * 365 * 86'400));
}

} // namespace

struct HttpFetcher::Transfer {
    TileKey key;
    CURL* easy{nullptr};
    std::string body;
    bool tooLarge{false};
    std::chrono::seconds maxAge{0};
};

struct HttpFetcher::Curl {
    CURLM* multi{nullptr};
    std::map<CURL*, std::unique_ptr<Transfer>> transfers;
    std::vector<CURL*> idle;
};

HttpFetcher::HttpFetcher(Options options, std::function<void(Answer)> done)
    : m_options(std::move(options)), m_done(std::move(done)), m_curl(std::make_unique<Curl>()) {
    static std::once_flag initialised; // libcurl's own state is one for the process
    std::call_once(initialised, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    m_curl->multi = curl_multi_init();
    m_thread = std::thread([this] { work(); });
}

HttpFetcher::~HttpFetcher() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    curl_multi_wakeup(m_curl->multi);
    m_thread.join();
    for (auto& [easy, transfer] : m_curl->transfers) {
        curl_multi_remove_handle(m_curl->multi, easy);
        curl_easy_cleanup(easy);
    }
    for (CURL* easy : m_curl->idle)
        curl_easy_cleanup(easy);
    curl_multi_cleanup(m_curl->multi);
}

void HttpFetcher::get(const TileKey& key, std::string url) {
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_front({key, std::move(url)});
        while (m_queue.size() > mostWaiting) {
            m_dropped.push_back(m_queue.back().key);
            m_queue.pop_back();
        }
    }
    curl_multi_wakeup(m_curl->multi);
}

void HttpFetcher::begin(Request request) {
    CURL* easy = nullptr;
    if (!m_curl->idle.empty()) {
        easy = m_curl->idle.back();
        m_curl->idle.pop_back();
        curl_easy_reset(easy);
    } else {
        easy = curl_easy_init();
    }
    if (easy == nullptr) {
        m_done({.key = request.key, .kind = Answer::Kind::failed, .error = "cannot be asked: no memory"});
        return;
    }
    auto transfer = std::make_unique<Transfer>();
    transfer->key = request.key;
    transfer->easy = easy;
    // libcurl's options are variadic: what is passed must have exactly the type that it documents.
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 3L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, m_options.userAgent.c_str());
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); // all that libcurl can unpack
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_options.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE, static_cast<long>(mostBytes));
    using Write = std::size_t (*)(char*, std::size_t, std::size_t, void*);
    const Write onBody = [](char* bytes, std::size_t, std::size_t size, void* to) -> std::size_t {
        auto& into = *static_cast<Transfer*>(to);
        if (into.body.size() + size > mostBytes) { // unpacked, whatever the header said
            into.tooLarge = true;
            return 0;
        }
        into.body.append(bytes, size);
        return size;
    };
    const Write onHeader = [](char* bytes, std::size_t, std::size_t size, void* to) -> std::size_t {
        if (const auto age = maxAgeIn({bytes, size}); age.count() > 0)
            static_cast<Transfer*>(to)->maxAge = age;
        return size;
    };
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, static_cast<void*>(transfer.get()));
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, static_cast<void*>(transfer.get()));
    m_curl->transfers.emplace(easy, std::move(transfer));
    curl_multi_add_handle(m_curl->multi, easy);
}

void HttpFetcher::finish(void* handle, int code) {
    CURL* easy = handle;
    const auto result = static_cast<CURLcode>(code);
    const auto found = m_curl->transfers.find(easy);
    if (found == m_curl->transfers.end())
        return;
    const std::unique_ptr<Transfer> transfer = std::move(found->second);
    m_curl->transfers.erase(found);
    curl_multi_remove_handle(m_curl->multi, easy);
    Answer answer;
    answer.key = transfer->key;
    answer.maxAge = transfer->maxAge;
    if (result == CURLE_OK) {
        answer.kind = Answer::Kind::answered;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
        answer.body = std::move(transfer->body);
    } else if (transfer->tooLarge || result == CURLE_FILESIZE_EXCEEDED) {
        answer.error = "sends a picture of more than 4 MB";
    } else if (result == CURLE_OPERATION_TIMEDOUT) {
        const auto tenths = m_options.timeout.count() / 100;
        answer.error = "does not answer within " + std::to_string(tenths / 10) +
                       (tenths % 10 != 0 ? "." + std::to_string(tenths % 10) : "") + " s";
    } else if (result == CURLE_COULDNT_CONNECT) {
        answer.error = "cannot be reached: the connection is refused";
    } else if (result == CURLE_COULDNT_RESOLVE_HOST || result == CURLE_COULDNT_RESOLVE_PROXY) {
        answer.error = "cannot be reached: its name is not known (is there a network?)";
    } else if (result == CURLE_TOO_MANY_REDIRECTS) {
        answer.error = "sends us from one address to another without an end";
    } else if (result == CURLE_PARTIAL_FILE) {
        answer.error = "breaks off in the middle of a picture";
    } else {
        answer.error = std::string("fails: ") + curl_easy_strerror(result);
    }
    m_curl->idle.push_back(easy);
    m_done(std::move(answer));
}

void HttpFetcher::work() {
    while (true) {
        std::deque<TileKey> dropped;
        std::vector<Request> next;
        {
            const std::lock_guard lock(m_mutex);
            if (m_ending)
                return;
            dropped.swap(m_dropped);
            while (!m_queue.empty() && m_curl->transfers.size() + next.size() < mostAtOnce) {
                next.push_back(std::move(m_queue.front()));
                m_queue.pop_front();
            }
        }
        for (const TileKey& key : dropped)
            m_done({.key = key, .kind = Answer::Kind::dropped});
        for (Request& request : next)
            begin(std::move(request));
        int running = 0;
        curl_multi_perform(m_curl->multi, &running);
        int left = 0;
        bool ended = false;
        while (const CURLMsg* message = curl_multi_info_read(m_curl->multi, &left))
            if (message->msg == CURLMSG_DONE) {
                finish(message->easy_handle, message->data.result);
                ended = true;
            }
        if (!ended) // else there may be room for the next at once
            curl_multi_poll(m_curl->multi, nullptr, 0, 60'000, nullptr);
    }
}

} // namespace tocsin::map
