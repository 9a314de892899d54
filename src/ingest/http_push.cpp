#include "ingest/http_await.hpp"
#include "ingest/open311_service.hpp"

#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace tocsin::ingest {

namespace asio = boost::asio;

namespace {
constexpr std::string_view prefix = "/feeds/";

/// HMAC-SHA-256 in base64, as Ushahidi's web hooks sign: of the URL as it stands in the sender's settings, and then
/// the body (docs.ushahidi.com, "Web hooks", signature checking).
std::string ushahidiSignature(std::string_view secret, std::string_view url, std::string_view body) {
    const std::string data = std::string(url).append(body);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(data.data()), data.size(), digest.data(), &size) == nullptr)
        return {};
    std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> text{};
    const auto length = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(size));
    return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)};
}

/// By the URL of the feed's settings; without one by the address that was asked, with TLS before us or not.
bool isSignedBy(const FeedConfig& feed, const HttpRequest& request) {
    std::vector<std::string> urls{feed.address};
    if (feed.address.empty()) {
        const auto rest = request.host + request.path + (request.query.empty() ? "" : "?" + request.query);
        urls = {"https://" + rest, "http://" + rest};
    }
    bool right = false;
    for (const auto& url : urls) {
        const auto own = ushahidiSignature(feed.secret, url, request.body);
        right = (!own.empty() && sameSecret(request.signature, own)) || right;
    }
    return right;
}
} // namespace

void PushFeeds::set(std::vector<PushFeed> feeds) {
    std::map<std::string, std::shared_ptr<const PushFeed>, std::less<>> next;
    for (auto& feed : feeds)
        if (feed.config.enabled && feed.config.transport == Transport::httpPush) {
            auto name = feed.config.name;
            next.emplace(std::move(name), std::make_shared<const PushFeed>(std::move(feed)));
        }
    const std::lock_guard lock(m_mutex);
    m_feeds.swap(next);
}

std::shared_ptr<const PushFeed> PushFeeds::find(std::string_view name) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_feeds.find(name);
    return found == m_feeds.end() ? nullptr : found->second;
}

std::shared_ptr<Courier> HttpShared::courier(const std::string& feed) {
    const std::lock_guard lock(m_mutex);
    auto& one = m_couriers[feed];
    if (!one)
        one = std::make_shared<Courier>(io, sink, board.feed(feed));
    return one;
}

void HttpShared::closeCouriers() {
    const std::lock_guard lock(m_mutex);
    for (const auto& [name, courier] : m_couriers)
        courier->close();
}

/// Before the body is read: a stranger costs nothing more than a header.
std::optional<HttpReply> HttpDoor::refusePush(const HttpRequest& request) const {
    const auto& feeds = m_shared->options.pushFeeds;
    const auto feed = feeds ? feeds->find(std::string_view(request.path).substr(prefix.size())) : nullptr;
    if (!feed)
        return jsonReply(404, refusal("refused", "there is no feed of that name"));
    if (request.method != "POST" && request.method != "PUT") {
        auto reply = jsonReply(405, refusal("refused", "this address takes only POST"));
        reply.headers.emplace_back("Allow", "POST, PUT");
        return reply;
    }
    if (!feed->config.secret.empty()) // what it says is known when the body is here
        return request.signature.empty() ? std::optional(stranger(*feed, "the feed's signature is missing")) : std::nullopt;
    const auto shown = shownToken(request.authorization);
    if (feed->config.token.empty() || !sameSecret(shown, feed->config.token))
        return stranger(*feed, "the feed's token was not shown");
    return std::nullopt;
}

std::optional<HttpReply> HttpDoor::refuseKeyless(const HttpRequest& request) const {
    const auto& keys = m_shared->options.pushKeys;
    if (keys.empty() && request.fromHere)
        return std::nullopt;
    const auto shown = shownToken(request.authorization);
    bool known = false;
    for (const auto& key : keys)
        known = (!shown.empty() && sameSecret(shown, key)) || known;
    if (known)
        return std::nullopt;
    const char* why = keys.empty()    ? "this desk takes readings and messages of other machines only with a key, and has none"
                      : shown.empty() ? "one of the desk's keys must be shown"
                                      : "the key that was shown is none of the desk's";
    m_shared->board.feed(request.path == "/readings" ? "readings" : "http").addRefused(why);
    auto reply = jsonReply(keys.empty() ? 403 : 401, refusal("refused", why));
    if (!keys.empty())
        reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
}

HttpReply HttpDoor::stranger(const PushFeed& feed, const char* why) const {
    m_shared->board.feed(feed.config.name).addRefused(why);
    auto reply = jsonReply(401, refusal("refused", why));
    reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
}

asio::awaitable<HttpReply> HttpDoor::push(HttpRequest& request) {
    const auto feed = m_shared->options.pushFeeds->find(std::string_view(request.path).substr(prefix.size()));
    if (!feed) // taken away while the body came
        co_return jsonReply(404, refusal("refused", "there is no feed of that name"));
    if (!feed->config.secret.empty() && !isSignedBy(feed->config, request))
        co_return stranger(*feed, "the feed's signature is wrong");
    if (auto refused = unpack(request))
        co_return std::move(*refused);
    if (request.body.empty())
        co_return jsonReply(400, refusal("refused", "the body is empty", {.line = {}, .column = {}, .byte = 0}));
    const auto courier = m_shared->courier(feed->config.name);
    auto source = feed->source;
    source.feed = feed->config.name;
    source.name = request.path;
    source.receivedAt = m_shared->board.feed(feed->config.name).now();
    const auto format =
        feed->config.format == Format::unknown ? std::nullopt : std::optional<Format>(feed->config.format);
    const auto size = request.body.size();
    Delivered dropped;
    dropped.undone = base::Error{base::Code::unavailable, "the desk is closing", {}};
    std::optional<Delivered> result;
    auto start = [&](std::function<void(Delivered)> done) {
        if (size <= m_shared->options.workerBytes && !source.photos) {
            courier->deliver(std::move(request.body), format, source, std::move(done));
            return;
        }
        auto body = std::make_shared<std::string>(std::move(request.body));
        m_shared->atWorkers.fetch_add(size);
        const std::shared_ptr<void> share(nullptr, [shared = m_shared, size](void*) { shared->atWorkers.fetch_sub(size); });
        asio::post(m_shared->workers, [courier, body, format, source, share, done = std::move(done)] {
            courier->deliver(std::move(*body), format, source, done);
        });
    };
    if (m_shared->atWorkers.load() + size > mostAtWorkers)
        co_return busyReply("the desk is busy");
    result = co_await await(dropped, start);
    if (!result || result->undone)
        co_return busyReply(result ? result->undone->message : "the desk did not answer in time; send it again");
    Tally tally;
    tally.stored = result->stored;
    tally.duplicates = result->duplicates;
    tally.quarantined = result->quarantined;
    tally.ids = std::move(result->ids);
    tally.deviations = std::move(result->deviations);
    tally.reason = std::move(result->reason);
    tally.place = result->place;
    co_return reply(tally);
}

} // namespace tocsin::ingest
