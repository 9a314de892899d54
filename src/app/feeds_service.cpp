#include "app/feeds_service.hpp"

#include "app/desk_sink.hpp"
#include "app/feed_listening.hpp"
#include "gui/tools/post_to.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/ingest/http_fetch.hpp"

#include <QPointer>
#include <algorithm>
#include <fstream>
#include <future>

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
    for (auto* file : {&request.tls.ca, &request.tls.certificate, &request.tls.key})
        if (!file->empty() && !fs::path(*file).is_absolute())
            *file = (county / *file).string();
    ingest::HttpFetchOptions options;
    options.whole = std::chrono::seconds(30);
    boost::asio::thread_pool worker(1);
    ingest::HttpFetcher fetcher(worker, options);
    std::promise<base::Result<ingest::WebReply>> promise;
    fetcher.get(std::move(request), [&promise](base::Result<ingest::WebReply> reply) { promise.set_value(std::move(reply)); });
    auto reply = promise.get_future().get();
    fetcher.close();
    worker.join();
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

base::Result<ingest::Decoded> decodeAgain(const store::QuarantineItem& item,
                                          const std::vector<ingest::FeedConfig>& feeds, base::Time now) {
    if (item.format.starts_with("desk/")) {
        auto message = messageFrom(item.format, item.bytes);
        if (!message)
            return tl::unexpected(message.error());
        ingest::Decoded decoded;
        decoded.messages.push_back(std::move(*message));
        return decoded;
    }
    const auto found = std::find_if(feeds.begin(), feeds.end(), [&](const auto& f) { return f.name == item.feed; });
    ingest::Source source;
    if (found != feeds.end())
        source = found->source();
    source.feed = item.feed;
    source.receivedAt = now;
    // What its feed is declared to bring now, before what it was taken for then.
    const auto declared = found == feeds.end() ? ingest::Format::unknown : found->format;
    const auto then = ingest::formatFrom(item.format).value_or(ingest::Format::unknown);
    auto decoded = ingest::decode(item.bytes, declared != ingest::Format::unknown ? declared : then, source);
    if (!decoded && declared == ingest::Format::unknown && then != ingest::Format::unknown)
        decoded = ingest::decode(item.bytes, std::nullopt, source);
    if (decoded && decoded->messages.empty() && !decoded->faults.empty())
        return tl::unexpected(decoded->faults.front().error);
    if (decoded)
        ingest::markBy(source, *decoded);
    return decoded;
}

FeedsService::FeedsService(CountySession& session, FeedHost* host) : m_session(session), m_host(host), m_watches(session.config.watches) {
    m_workers.setMaxThreadCount(2);
}

FeedsService::~FeedsService() {
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
                return fail(Code::refused, "the desk is read-only: nothing can be changed now");
            for (const auto& feed : feeds) {
                if (auto ok = ingest::check(feed); !ok)
                    return ok;
            }
            const std::lock_guard lock(m_saving);
            auto text = county::readText(m_session.folder.config());
            if (!text)
                return tl::unexpected(text.error());
            auto changed = ingest::withFeeds(*text, feeds);
            if (!changed)
                return tl::unexpected(changed.error());
            if (auto ok = county::writeText(m_session.folder.config(), *changed); !ok)
                return ok;
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

void FeedsService::takeAgain(std::int64_t item, QObject* context,
                             std::function<void(base::Result<ingest::Delivered>)> answer) {
    using Answer = base::Result<ingest::Delivered>;
    m_workers.start([this, item, context = QPointer<QObject>(context), answer = std::move(answer)]() mutable {
        const auto decoded = [&]() -> base::Result<std::pair<std::string, ingest::Decoded>> {
            if (m_host == nullptr)
                return fail(Code::refused, "the desk is read-only: nothing can be changed now");
            auto store = store::Store::open(m_session.folder.database(), store::Access::readOnly);
            if (!store)
                return tl::unexpected(store.error());
            auto kept = (*store)->quarantineItem(item);
            if (!kept)
                return tl::unexpected(kept.error());
            if (kept->state != store::QuarantineState::open)
                return fail(Code::conflict, "it was judged already, by " + kept->judgedBy);
            auto feeds = m_host->feeds();
            for (auto& feed : feeds) {
                // With its signers: what they have not signed is no more to be taken now than it was then.
                if (feed.name != kept->feed)
                    continue;
                if (auto ok = ingest::equip(feed, m_session.folder.root, nullptr); !ok)
                    return tl::unexpected(ok.error());
            }
            auto again = decodeAgain(*kept, feeds, m_session.clock->now());
            if (!again)
                return tl::unexpected(again.error());
            return std::pair{kept->feed, std::move(*again)};
        }();
        if (!decoded) {
            post(context, std::move(answer), Answer(tl::unexpected(decoded.error())));
            return;
        }
        auto* desk = m_session.desk.get();
        m_host->deliver(decoded->first, decoded->second,
                        [desk, item, context, answer = std::move(answer)](ingest::Delivered delivered) mutable {
                            if (delivered.undone) {
                                post(context, std::move(answer), Answer(tl::unexpected(*delivered.undone)));
                                return;
                            }
                            // Each part is now stored, known, or in quarantine anew with today's reason: this one is done.
                            desk->submit({desk->newCommandId(), "desk",
                                          desk::JudgeQuarantine{item, store::QuarantineState::taken}},
                                         [context, answer = std::move(answer), delivered = std::move(delivered)](
                                             const base::Result<desk::Done>& judged) mutable {
                                             post(context, std::move(answer),
                                                  judged ? Answer(std::move(delivered))
                                                         : Answer(tl::unexpected(judged.error())));
                                         });
                        });
    });
}

} // namespace tocsin::app
