#include "ingest/http_door.hpp"

#include "ingest/feed_lines.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <mutex>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using nlohmann::json;

namespace {

constexpr std::size_t mostAtOnce = 64; ///< messages of one request that the desk has before it at a time
constexpr std::size_t batchBytes = 1U << 20U;

std::string feedOf(Format format, const std::string& otherwise) {
    switch (format) {
    case Format::cap:
        return "cap";
    case Format::usgsGeoJson:
        return "usgs";
    case Format::readingsNdjson:
        return "readings";
    default:
        return otherwise;
    }
}

HttpReply notAllowed(const char* allowed) {
    auto reply = jsonReply(405, refusal("refused", std::string("this address takes only ") + allowed));
    reply.headers.emplace_back("Allow", allowed);
    return reply;
}

bool isDoor(std::string_view path) {
    return path == "/reports" || path == "/messages" || path == "/readings";
}

/// The page's form as the JSON that the decoder of reports judges.
base::Result<std::string> formToJson(std::string_view body) {
    auto fields = parseForm(body);
    if (!fields)
        return tl::unexpected(fields.error());
    json report = json::object();
    for (const char* key : {"id", "category", "text", "place", "datum", "name", "phone", "time"}) {
        if (const auto found = fields->find(key); found != fields->end() && !found->second.empty()) {
            auto& text = found->second;
            text.erase(std::remove(text.begin(), text.end(), '\r'), text.end()); // forms end lines with CR LF
            report[key] = text;
        }
    }
    for (const char* key : {"latitude", "longitude", "accuracy"}) {
        if (const auto found = fields->find(key); found != fields->end() && !found->second.empty()) {
            const auto& text = found->second;
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (error == std::errc{} && end == text.data() + text.size())
                report[key] = value;
            else
                report[key] = text; // the decoder says what is wrong with it
        }
    }
    try {
        return report.dump();
    } catch (const json::exception&) {
        return base::fail(Code::malformed, "the form is not UTF-8");
    }
}

} // namespace

/// Waits on the strand for a callback from another thread. Empty if it does not come in time.
template <typename Value, typename Start>
asio::awaitable<std::optional<Value>> HttpDoor::await(Value& dropped, Start& start) {
    struct Slot {
        explicit Slot(const Strand& strand) : wake(strand) {}
        asio::steady_timer wake;
        std::optional<Value> value;
    };
    auto slot = std::make_shared<Slot>(m_strand);
    slot->wake.expires_after(m_shared->options.receiptTimeout);
    std::function<void(Value)> done = postOnce<Value>(m_strand, std::move(dropped), [slot](Value value) {
        slot->value = std::move(value);
        slot->wake.cancel();
    });
    start(std::move(done)); // answers by a post to this strand, so not before the wait below
    boost::system::error_code ignored;
    co_await slot->wake.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return std::move(slot->value);
}

asio::awaitable<base::Result<Decoded>> HttpDoor::decodeBody(const std::string& body, Format format) {
    const auto known = format == Format::unknown ? std::nullopt : std::optional<Format>(format);
    if (body.size() <= m_shared->options.workerBytes)
        co_return decode(body, known);
    auto bytes = std::make_shared<const std::string>(body);
    using Boxed = std::shared_ptr<base::Result<Decoded>>;
    Boxed none;
    auto start = [&](std::function<void(Boxed)> done) {
        asio::post(m_shared->workers, [bytes, known, done = std::move(done)] {
            done(std::make_shared<base::Result<Decoded>>(decode(*bytes, known)));
        });
    };
    auto boxed = co_await await(none, start);
    if (!boxed || !*boxed)
        co_return base::fail(Code::unavailable, "the desk is busy");
    co_return std::move(**boxed);
}

asio::awaitable<void> HttpDoor::quarantine(const std::string& feed, Format format, const std::string& bytes,
                                           const base::Error& why, Tally& tally) {
    if (tally.quarantined == 0) {
        tally.reason = why.message;
        tally.place = why.place;
    }
    Receipt dropped{Outcome::busy, {}, "the desk is closing"};
    auto start = [&](std::function<void(Receipt)> done) {
        m_shared->sink.quarantine(feed, format, bytes, why, std::move(done));
    };
    auto receipt = co_await await(dropped, start);
    auto& counters = m_shared->board.feed(feed);
    if (!receipt || receipt->outcome == Outcome::busy) {
        counters.addBusy();
        tally.broken = busyReply(receipt ? receipt->reason : "the desk is busy");
    } else if (receipt->outcome == Outcome::refused) {
        tally.broken = jsonReply(500, refusal("refused", receipt->reason));
    } else {
        ++tally.quarantined;
        counters.addQuarantined(1, why.message);
    }
}

asio::awaitable<void> HttpDoor::deliver(std::vector<Message>& messages, const std::string& feed, Tally& tally) {
    auto& counters = m_shared->board.feed(feed);
    using Receipts = std::shared_ptr<std::vector<Receipt>>;
    for (std::size_t first = 0; first < messages.size() && !tally.broken; first += mostAtOnce) {
        const auto count = std::min(mostAtOnce, messages.size() - first);
        Receipts none;
        auto start = [&](std::function<void(Receipts)> done) {
            struct Gathering {
                std::mutex mutex;
                std::size_t left;
                Receipts all;
            };
            auto gathering = std::make_shared<Gathering>();
            gathering->left = count;
            gathering->all = std::make_shared<std::vector<Receipt>>(count);
            for (std::size_t i = 0; i < count; ++i)
                m_shared->sink.message(feed, std::move(messages[first + i]), [gathering, done, i](Receipt receipt) {
                    const std::lock_guard lock(gathering->mutex);
                    (*gathering->all)[i] = std::move(receipt);
                    if (--gathering->left == 0)
                        done(gathering->all);
                });
        };
        auto receipts = co_await await(none, start);
        if (!receipts || !*receipts) {
            counters.addBusy();
            tally.broken = busyReply("the desk did not answer in time; send it again");
            co_return;
        }
        for (auto& receipt : **receipts) {
            for (auto& id : receipt.ids)
                tally.ids.push_back(std::move(id));
            switch (receipt.outcome) {
            case Outcome::stored:
                ++tally.stored;
                counters.addTaken(1);
                break;
            case Outcome::duplicate:
                ++tally.duplicates;
                counters.addDuplicates(1);
                break;
            case Outcome::quarantined:
                if (tally.quarantined++ == 0)
                    tally.reason = receipt.reason;
                counters.addQuarantined(1, receipt.reason);
                break;
            case Outcome::refused:
                tally.broken = jsonReply(500, refusal("refused", receipt.reason));
                break;
            case Outcome::busy:
                counters.addBusy();
                if (!tally.broken)
                    tally.broken = busyReply(receipt.reason.empty() ? "the desk is busy" : receipt.reason);
                break;
            }
        }
    }
}

asio::awaitable<void> HttpDoor::takeReadings(const std::string& body, Tally& tally) {
    auto& counters = m_shared->board.feed("readings");
    ReadingsDecoder::Progress before;
    while (before.bytes < body.size() && !tally.broken) {
        const auto rest = std::string_view(body).substr(before.bytes);
        auto cut = cutLines(rest, m_shared->options.batchLines, batchBytes);
        if (cut.bytes == 0)
            cut = {rest.size(), 1, 1}; // the last line, without its end
        std::string bytes(rest.substr(0, cut.bytes));
        DecodedLines lines = decodeLines(bytes, before);
        before.bytes += cut.bytes;
        before.lines += cut.lines;
        if (lines.readings.empty() && lines.faults.empty())
            continue;
        const auto first = lines.faults.empty() ? base::Error{} : lines.faults.front().error;
        using Answer = base::Result<ReadingsReceipt>;
        ReadingBatch batch{"readings", std::move(lines.readings), std::move(lines.faults)};
        Answer dropped = base::fail(Code::unavailable, "the desk is closing");
        auto start = [&](std::function<void(Answer)> done) {
            m_shared->sink.readings(std::move(batch), std::move(done));
        };
        auto answer = co_await await(dropped, start);
        if (!answer || (!*answer && answer->error().code == Code::unavailable)) {
            counters.addBusy();
            tally.broken = busyReply("the desk is busy; send all of it again, what is stored is known");
        } else if (!*answer) {
            tally.broken = jsonReply(500, refusal("refused", answer->error().message));
        } else {
            const auto& receipt = **answer;
            if (tally.quarantined == 0 && receipt.quarantined > 0) {
                tally.reason = first.message.empty() ? "a reading does not fit its sensor" : first.message;
                tally.place = first.place;
            }
            tally.stored += receipt.stored;
            tally.duplicates += receipt.duplicates;
            tally.quarantined += receipt.quarantined;
            counters.addTaken(receipt.stored);
            counters.addDuplicates(receipt.duplicates);
            counters.addQuarantined(receipt.quarantined, tally.reason);
        }
    }
}

asio::awaitable<void> HttpDoor::takeMessages(const std::string& body, Format format, const std::string& feed,
                                             const std::string& key, Tally& tally) {
    auto decoded = co_await decodeBody(body, format);
    if (!decoded && decoded.error().code == Code::unavailable) {
        tally.broken = busyReply(decoded.error().message);
        co_return;
    }
    if (!decoded) {
        co_await quarantine(feed, format, body, decoded.error(), tally);
        co_return;
    }
    tally.deviations = std::move(decoded->deviations);
    for (auto& message : decoded->messages) {
        if (auto* report = std::get_if<model::Report>(&message)) {
            if (report->feed.empty())
                report->feed = feed;
            if (report->sourceId.empty() && decoded->messages.size() == 1)
                report->sourceId = key;
        }
    }
    co_await deliver(decoded->messages, feed, tally);
    for (auto& fault : decoded->faults) {
        if (tally.broken)
            break;
        co_await quarantine(feed, format, fault.bytes, fault.error, tally);
    }
}

HttpReply HttpDoor::reply(const Tally& tally) const {
    if (tally.broken)
        return *tally.broken;
    const bool bad = tally.quarantined > 0;
    const bool known = !bad && tally.stored == 0 && tally.duplicates > 0;
    json body = refusal(bad ? "quarantined" : known ? "duplicate" : "stored", tally.reason, tally.place);
    if (!bad)
        body["reason"] = nullptr;
    body["ids"] = tally.ids;
    body["deviations"] = tally.deviations;
    body["counts"] = {{"stored", tally.stored}, {"duplicates", tally.duplicates}, {"quarantined", tally.quarantined}};
    return jsonReply(bad ? 422 : known ? 200 : 201, body);
}

asio::awaitable<HttpReply> HttpDoor::report(HttpRequest& request) {
    const bool form = request.contentType == "application/x-www-form-urlencoded";
    Tally tally;
    const std::string feed = form ? "phone page" : "http";
    if (form) {
        auto text = formToJson(request.body);
        if (text)
            co_await takeMessages(*text, Format::reportJson, feed, request.idempotencyKey, tally);
        else
            co_await quarantine(feed, Format::reportJson, request.body, text.error(), tally);
    } else {
        co_await takeMessages(request.body, Format::reportJson, feed, request.idempotencyKey, tally);
    }
    auto answer = reply(tally);
    if (form && request.accept.find("text/html") != std::string::npos) {
        const auto fields = parseForm(request.body);
        const auto lang = fields && fields->contains("lang") ? "lang=" + fields->at("lang") : std::string();
        auto page = m_shared->page.result(chooseLanguage(lang, request.acceptLanguage), answer.status,
                                          tally.ids.empty() ? "" : tally.ids.front(), tally.reason, exercise());
        page.headers = std::move(answer.headers);
        co_return page;
    }
    co_return answer;
}

HttpReply HttpDoor::health() const {
    json feeds = json::array();
    for (const auto& feed : m_shared->board.all()) {
        const auto time = [](const std::optional<base::Time>& t) {
            return t ? json(base::formatTime(*t)) : json(nullptr);
        };
        feeds.push_back({{"name", feed.name},
                         {"taken", feed.taken},
                         {"duplicates", feed.duplicates},
                         {"quarantined", feed.quarantined},
                         {"busy", feed.busy},
                         {"connections", feed.connections},
                         {"turnedAway", feed.turnedAway},
                         {"bytes", feed.bytes},
                         {"lastGood", time(feed.lastGood)},
                         {"lastFault", time(feed.lastFault)}});
    }
    return jsonReply(200, {{"status", "ok"}, {"exercise", exercise()}, {"feeds", std::move(feeds)}});
}

std::optional<HttpReply> HttpDoor::refuseAtOnce(const HttpRequest& request) const {
    const bool reading = request.method == "GET" || request.method == "HEAD";
    if (isDoor(request.path)) {
        if (request.method != "POST")
            return notAllowed("POST");
        if (request.fetchSite == "cross-site")
            return jsonReply(403, refusal("refused", "a page of another site may not report here"));
        if (!request.contentEncoding.empty() && request.contentEncoding != "identity")
            return jsonReply(415, refusal("refused", "send the body without Content-Encoding"));
        if (request.contentType.starts_with("multipart/"))
            return jsonReply(415, refusal("refused", "send JSON or a form of type application/x-www-form-urlencoded"));
        return std::nullopt;
    }
    if (request.path != "/" && request.path != "/health" && !m_shared->page.file(request.path))
        return jsonReply(404, refusal("refused", "there is nothing at this address"));
    if (!reading)
        return notAllowed("GET, HEAD");
    return std::nullopt;
}

asio::awaitable<HttpReply> HttpDoor::answer(HttpRequest& request) {
    if (request.path == "/")
        co_return m_shared->page.form(chooseLanguage(request.query, request.acceptLanguage),
                                      m_shared->ids.next().toString(), exercise());
    if (request.path == "/health")
        co_return health();
    if (auto file = m_shared->page.file(request.path))
        co_return std::move(*file);
    if (request.body.empty())
        co_return jsonReply(400, refusal("refused", "the body is empty", {.byte = 0}));
    if (request.path == "/reports")
        co_return co_await report(request);
    Tally tally;
    const auto format = request.path == "/readings" ? Format::readingsNdjson : sniff(request.body);
    const auto feed = feedOf(format, "http");
    if (format == Format::readingsNdjson)
        co_await takeReadings(request.body, tally);
    else
        co_await takeMessages(request.body, format, feed, request.idempotencyKey, tally);
    co_return reply(tally);
}

} // namespace tocsin::ingest
