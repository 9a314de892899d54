#include "app/feeds_service.hpp"

#include "app/feed_listening.hpp"
#include "app/fetch_once.hpp"
#include "gui/tools/post_to.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/ingest/http_fetch.hpp"

#include <QPointer>
#include <algorithm>
#include <fstream>

namespace tocsin::app {

namespace fs = std::filesystem;
using base::Code;
using base::fail;

namespace {

/// Calls `answer` with `value` on the GUI's thread, unless `context` is gone by then.
template <typename T>
void post(const QPointer<QObject>& context, std::function<void(T)> answer, T value) {
    gui::postTo(context,
                [answer = std::move(answer), value = std::move(value)]() mutable { answer(std::move(value)); });
}

base::Result<std::string> newestFile(const fs::path& folder) {
    std::error_code ec;
    fs::path newest;
    fs::file_time_type at{};
    for (const auto& entry : fs::directory_iterator(folder, ec)) {
        std::error_code own;
        if (!entry.is_regular_file(own) || entry.path().filename().string().starts_with('.'))
            continue;
        const auto time = entry.last_write_time(own);
        if (!own && (newest.empty() || time > at)) {
            newest = entry.path();
            at = time;
        }
    }
    if (ec)
        return fail(Code::notFound, "the folder cannot be read: " + folder.string());
    if (newest.empty())
        return fail(Code::notFound, "no file is in " + folder.string() + " yet");
    std::ifstream in(newest, std::ios::binary);
    std::string bytes(ingest::maxMessageBytes, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

/// What the address answers now. Waits for it.
base::Result<std::string> fetched(const ingest::FeedConfig& feed, const fs::path& county) {
    ingest::WebRequest request;
    request.url = feed.address;
    request.headers = feed.headers;
    request.user = feed.user;
    request.password = feed.password;
    request.token = feed.token;
    request.tls = feed.tls;
    auto reply = fetchOnce(std::move(request), county);
    if (!reply)
        return tl::unexpected(reply.error());
    if (reply->status != 200)
        return fail(Code::unavailable, "the address answers with status " + std::to_string(reply->status));
    return std::move(reply->body);
}

base::Result<std::string> sampleOf(const ingest::FeedConfig& feed, const fs::path& county) {
    switch (feed.transport) {
    case ingest::Transport::poll:
        return fetched(feed, county);
    case ingest::Transport::folder:
        return newestFile(fs::path(feed.address).is_absolute() ? fs::path(feed.address) : county / feed.address);
    default:
        return fail(Code::refused, "this feed waits until it is sent something: listen for a sample");
    }
}

} // namespace

FeedsService::FeedsService(CountySession& session, FeedHost* host, const gui::DeskBridge& bridge)
    : m_session(session), m_host(host), m_bridge(bridge), m_watches(session.config.watches), m_doors(county::doorsOf(session.config)) {
    m_workers.setMaxThreadCount(2);
}

FeedsService::~FeedsService() {
    m_ending.request_stop();
    for (auto& stop : m_retaking)
        stop.request_stop();
    m_workers.waitForDone();
}

std::vector<ingest::FeedStatus> FeedsService::status() const {
    return m_host == nullptr ? std::vector<ingest::FeedStatus>{} : m_host->board().all();
}

std::vector<ingest::FeedConfig> FeedsService::configs() const {
    return m_host == nullptr ? m_session.feeds : m_host->feeds();
}

void FeedsService::save(std::vector<ingest::FeedConfig> feeds, QObject* context,
                        std::function<void(base::Result<void>)> answer) {
    m_workers.start([this, feeds = std::move(feeds), context = QPointer<QObject>(context),
                     answer = std::move(answer)]() mutable {
        const auto work = [&]() -> base::Result<void> {
            if (m_host == nullptr)
                return fail(Code::refused, s_readOnly);
            for (const auto& feed : feeds) {
                if (auto ok = ingest::check(feed); !ok)
                    return ok;
            }
            const std::lock_guard lock(m_session.configSaving);
            const auto changed = county::rewriteText(m_session.folder.config(), [&](const auto& text) { return ingest::withFeeds(text, feeds); });
            if (!changed)
                return tl::unexpected(changed.error());
            m_session.desk->watch(watchesOf(watchWords(), feeds));
            m_host->apply(std::move(feeds));
            return {};
        };
        post(context, std::move(answer), work());
    });
}

void FeedsService::sample(const ingest::FeedConfig& feed, QObject* context,
                          std::function<void(base::Result<std::string>)> answer) {
    m_workers.start([folder = m_session.folder.root, feed, context = QPointer<QObject>(context),
                     answer = std::move(answer)]() mutable { post(context, std::move(answer), sampleOf(feed, folder)); });
}

std::unique_ptr<gui::FeedsDesk::SampleListening>
FeedsService::listen(const ingest::FeedConfig& feed, QObject* context, std::function<void(const SampleProgress&)> progress,
                     std::function<void(base::Result<ingest::FeedSample>)> answer) {
    return listenToFeed(feed, m_host, m_session.folder.root, *m_session.clock, m_workers, context, std::move(progress),
                        std::move(answer));
}

TakingAgain FeedsService::takingAgain() {
    return TakingAgain({m_session.folder.database(), *m_session.desk,
                        [host = m_host](const std::string& feed) { return host->equipped(feed); },
                        [host = m_host](const std::string& feed, ingest::Decoded decoded, ingest::Courier::Done done) {
                            host->deliver(feed, std::move(decoded), std::move(done));
                        },
                        m_ending.get_token()});
}

void FeedsService::takeAgain(std::int64_t item, QObject* context,
                             std::function<void(base::Result<ingest::Delivered>)> answer) {
    using Answer = base::Result<ingest::Delivered>;
    m_workers.start([this, item, context = QPointer<QObject>(context), answer = std::move(answer)]() mutable {
        post(context, std::move(answer), m_host == nullptr ? Answer(fail(Code::refused, s_readOnly)) : takingAgain().one(item));
    });
}

std::stop_source FeedsService::takeAgainAlike(std::int64_t item, QObject* context,
                                              std::function<void(const TakenAgain&)> progress) {
    std::stop_source stop;
    std::erase_if(m_retaking, [](const auto& earlier) { return earlier.stop_requested(); });
    m_retaking.push_back(stop);
    m_workers.start([this, item, stop, context = QPointer<QObject>(context), progress = std::move(progress)]() mutable {
        const auto tell = [&](const TakenAgain& now) {
            gui::postTo(context, [progress, now] { progress(now); });
        };
        if (m_host == nullptr) {
            TakenAgain none;
            none.failed = base::Error{Code::refused, s_readOnly, {}};
            none.over = true;
            tell(none);
        } else {
            (void)takingAgain().alike(item, stop.get_token(), tell);
        }
        stop.request_stop(); // it is over
    });
    return stop;
}

} // namespace tocsin::app
