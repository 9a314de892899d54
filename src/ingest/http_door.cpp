#include "ingest/http_door.hpp"

#include "ingest/decode_place.hpp"
#include "ingest/http_await.hpp"
#include "ingest/open311_service.hpp"

#include <algorithm>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using nlohmann::json;

namespace {

std::string feedOf(Format format, const std::string& otherwise) {
    switch (format) {
    case Format::cap:
        return "cap";
    case Format::usgsGeoJson:
        return "usgs";
    case Format::readingsNdjson:
    case Format::readingsJson:
        return "readings";
    default:
        return otherwise;
    }
}

/// Readings come as lines; what begins otherwise is looked at.
Format formatOf(const HttpRequest& request) {
    if (request.path != "/readings")
        return sniff(request.body);
    const auto body = trimmed(request.body);
    const bool areLines = body.starts_with('{') && trimmed(body.substr(0, body.find('\n'))).ends_with('}');
    return !areLines && sniff(request.body) == Format::readingsJson ? Format::readingsJson : Format::readingsNdjson;
}

HttpReply notAllowed(const char* allowed) {
    auto reply = jsonReply(405, refusal("refused", std::string("this address takes only ") + allowed));
    reply.headers.emplace_back("Allow", allowed);
    return reply;
}

bool isPush(std::string_view path) {
    return path.starts_with("/feeds/");
}
bool isPhoto(std::string_view path) {
    return path.starts_with("/photos/");
}
bool isMap(std::string_view path) {
    return path == "/map.json" || path.starts_with("/map/");
}
bool isTeam(std::string_view path) {
    return path.starts_with("/team/");
}
bool isOpen311(std::string_view path) {
    return path.starts_with("/open311/");
}

bool isDoor(std::string_view path) {
    return path == "/reports" || path == "/messages" || path == "/readings";
}

} // namespace

HttpReply HttpDoor::health() const {
    json feeds = json::array();
    bool degraded = false;
    for (const auto& feed : m_shared->board.all()) {
        const auto time = [](const std::optional<base::Time>& t) {
            return t ? json(base::formatTime(*t)) : json(nullptr);
        };
        degraded = degraded || feed.state == FeedState::waiting || feed.state == FeedState::failed;
        feeds.push_back({{"name", feed.name},
                         {"state", toString(feed.state)},
                         {"stateReason", feed.stateReason},
                         {"stateSince", time(feed.stateSince)},
                         {"transport", feed.transport},
                         {"taken", feed.taken},
                         {"perSecond", feed.perSecond},
                         {"duplicates", feed.duplicates},
                         {"quarantined", feed.quarantined},
                         {"inQuarantine", feed.inQuarantine},
                         {"backlog", feed.backlog},
                         {"busy", feed.busy},
                         {"connections", feed.connections},
                         {"turnedAway", feed.turnedAway},
                         {"bytes", feed.bytes},
                         {"lastGood", time(feed.lastGood)},
                         {"lastHeard", time(feed.lastHeard)},
                         {"lastFault", time(feed.lastFault)}});
    }
    const auto& options = m_shared->options;
    const std::string trouble = options.trouble ? options.trouble() : std::string();
    const bool good = trouble.empty() && !degraded;
    return jsonReply(trouble.empty() ? 200 : 503, {{"status", good ? "ok" : "degraded"},
                                                   {"desk", trouble.empty() ? json(nullptr) : json(trouble)},
                                                   {"exercise", exercise()},
                                                   {"feeds", std::move(feeds)}});
}

std::size_t HttpDoor::mostBytes(const HttpRequest& request) const {
    const auto& options = m_shared->options;
    const bool photos = request.contentType == "multipart/form-data";
    return photos ? std::max(options.bodyBytes, options.uploadBytes) : options.bodyBytes;
}

std::optional<HttpReply> HttpDoor::refuseAtOnce(const HttpRequest& request) const {
    const bool reading = request.method == "GET" || request.method == "HEAD";
    if (!request.contentEncoding.empty() && request.contentEncoding != "identity" && request.contentEncoding != "gzip" &&
        request.contentEncoding != "x-gzip" && !reading)
        return jsonReply(415, refusal("refused", "send the body as it is, or packed by gzip"));
    if (isPush(request.path))
        return refusePush(request);
    if (isTeam(request.path)) {
        if (!reading && request.method != "POST")
            return notAllowed("GET, HEAD, POST");
        if (request.fetchSite == "cross-site" && !reading)
            return jsonReply(403, refusal("refused", "a page of another site may not act here"));
        if (!reading && request.contentType != "application/x-www-form-urlencoded")
            return jsonReply(415, refusal("refused", "send a form"));
        return std::nullopt;
    }
    if (isOpen311(request.path) && m_shared->options.open311.enabled)
        return std::nullopt; // answers in the standard's form
    if (isDoor(request.path)) {
        if (request.method != "POST")
            return notAllowed("POST");
        if (request.fetchSite == "cross-site")
            return jsonReply(403, refusal("refused", "a page of another site may not report here"));
        if (request.contentType.starts_with("multipart/") &&
            (request.contentType != "multipart/form-data" || request.boundary.empty() || request.path != "/reports"))
            return jsonReply(415, refusal("refused", "send JSON or a form"));
        return request.path == "/reports" ? std::nullopt : refuseKeyless(request);
    }
    if (request.path != "/" && request.path != "/health" && !isPhoto(request.path) && !isMap(request.path) &&
        !m_shared->page.file(request.path))
        return jsonReply(404, refusal("refused", "there is nothing at this address"));
    if (!reading)
        return notAllowed("GET, HEAD");
    return std::nullopt;
}

std::optional<HttpReply> HttpDoor::unpack(HttpRequest& request) const {
    if (request.contentEncoding.empty() || request.contentEncoding == "identity" || request.body.empty())
        return std::nullopt;
    auto plain = gunzip(request.body, mostBytes(request));
    if (plain) {
        request.body = std::move(*plain);
        return std::nullopt;
    }
    const auto& error = plain.error();
    if (error.code == base::Code::unavailable)
        return busyReply(error.message);
    return jsonReply(error.code == base::Code::tooLarge ? 413 : 400,
                     refusal("refused", error.message, error.place));
}

asio::awaitable<HttpReply> HttpDoor::answer(HttpRequest& request) {
    if (request.path == "/")
        co_return m_shared->page.form(chooseLanguage(request.query, request.acceptLanguage),
                                      m_shared->ids.next().toString(), exercise(),
                                      m_shared->options.map ? m_shared->options.map->places() : nullptr);
    if (request.path == "/health")
        co_return health();
    if (auto file = m_shared->page.file(request.path))
        co_return std::move(*file);
    if (isPhoto(request.path))
        co_return photo(request);
    if (isMap(request.path))
        co_return co_await map(request);
    if (isTeam(request.path))
        co_return co_await team(request);
    if (isPush(request.path)) // first of all it is looked who sent it
        co_return co_await push(request);
    if (auto refused = unpack(request))
        co_return std::move(*refused);
    if (isOpen311(request.path))
        co_return co_await open311(request);
    if (request.body.empty())
        co_return jsonReply(400, refusal("refused", "the body is empty", {.line = {}, .column = {}, .byte = 0}));
    if (request.path == "/reports")
        co_return co_await report(request);
    Tally tally;
    const auto format = formatOf(request);
    const auto feed = feedOf(format, "http");
    Photos none;
    if (format == Format::readingsNdjson)
        co_await takeReadings(request.body, tally);
    else
        co_await takeMessages(request.body, format, feed, request.idempotencyKey, none, request.body, tally);
    co_return reply(tally);
}

} // namespace tocsin::ingest
