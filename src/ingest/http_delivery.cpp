#include "ingest/http_await.hpp"

#include <algorithm>
#include <mutex>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using nlohmann::json;

namespace {

constexpr std::size_t mostAtOnce = 64; ///< messages of one request that the desk has before it at a time
constexpr std::size_t batchBytes = 1U << 20U;

} // namespace

asio::awaitable<base::Result<Decoded>> HttpDoor::decodeBody(const std::string& body, Format format) {
    Source source;
    source.receivedAt = m_shared->board.feed("http").now();
    const auto known = format == Format::unknown ? std::nullopt : std::optional<Format>(format);
    if (body.size() <= m_shared->options.workerBytes)
        co_return decode(body, known, source);
    auto bytes = std::make_shared<const std::string>(body);
    auto work = [bytes, known, source] { return decode(*bytes, known, source); };
    auto decoded = co_await atWorkers<base::Result<Decoded>>(body.size(), work);
    if (!decoded)
        co_return tl::unexpected(std::move(decoded.error()));
    co_return std::move(*decoded);
}

asio::awaitable<void> HttpDoor::quarantine(const std::string& feed, Format format, const std::string& bytes,
                                           const base::Error& why, Tally& tally) {
    if (tally.quarantined == 0) {
        tally.reason = why.message;
        tally.place = why.place;
    }
    Receipt dropped{Outcome::busy, {}, "the desk is closing"};
    auto start = [&](std::function<void(Receipt)> done) {
        m_shared->sink.quarantine(feed, format, {why, bytes}, std::move(done));
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
        } else if (!*answer && answer->error().code == Code::storage) {
            counters.addBusy(); // a disk that is full now has room again later, and the sender keeps what it has
            tally.broken = busyReply(answer->error().message);
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

/// Photos before the report that names them: whatever the journal has, its photos are on the disk.
asio::awaitable<void> HttpDoor::keepPhotos(Decoded& decoded, Tally& tally) {
    if (decoded.attachments.empty())
        co_return;
    const auto store = m_shared->options.photos;
    if (!store) {
        decoded.deviations.emplace_back("photos were left out: this desk keeps none");
        co_return;
    }
    std::size_t bytes = 0;
    for (const auto& attachment : decoded.attachments)
        bytes += attachment.bytes.size();
    auto box = std::make_shared<Decoded>(std::move(decoded));
    Source source;
    auto work = [store, box, source] { return store->keepAll(*box, source); };
    auto kept = co_await atWorkers<base::Result<void>>(bytes, work);
    if (!kept) {
        tally.broken = busyReply(kept.error().message);
    } else if (!*kept) {
        m_shared->board.feed("http").addBusy();
        tally.broken = busyReply("the photos could not be stored; send it again");
    } else {
        decoded = std::move(*box);
    }
}

asio::awaitable<void> HttpDoor::takeMessages(const std::string& body, Format format, const std::string& feed, const std::string& key,
                                             Photos& photos, const std::string& sent, Tally& tally) {
    auto decoded = co_await decodeBody(body, format);
    if (!decoded && decoded.error().code == Code::unavailable) {
        tally.broken = busyReply(decoded.error().message);
        co_return;
    }
    if (!decoded) {
        co_await quarantine(feed, format, sent, decoded.error(), tally);
        co_return;
    }
    for (auto& photo : photos)
        decoded->attachments.push_back({0, std::move(photo)});
    co_await keepPhotos(*decoded, tally);
    if (tally.broken)
        co_return;
    tally.deviations = std::move(decoded->deviations);
    Source own; // of nobody in particular: what it says is believed as little
    own.feed = feed;
    markBy(own, *decoded);
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

} // namespace tocsin::ingest
