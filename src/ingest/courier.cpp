#include "tocsin/ingest/courier.hpp"

#include "ingest/feed_net.hpp"
#include "tocsin/ingest/photo_store.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <mutex>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;

namespace {

constexpr std::size_t mostIds = 1'000;

bool canTryAgain(const base::Error& error) {
    return error.code == Code::unavailable;
}

} // namespace

/// Pieces run on one strand, so that their state needs no lock.
class Courier::Impl : public std::enable_shared_from_this<Impl> {
  public:
    Impl(asio::io_context& io, Sink& sink, FeedCounters& counters, CourierOptions options)
        : m_strand(asio::make_strand(io)), m_sink(sink), m_counters(counters), m_options(options) {}

    /// What one call of deliver() brought, in lots that are handed over one kind after another: sensors first, so that
    /// their readings find them; then readings, positions, the other messages, and the faults.
    struct Piece {
        std::string feed;
        Format format{Format::unknown};
        std::vector<model::Sensor> sensors;
        std::vector<model::Reading> readings;
        std::vector<model::UnitPosition> positions;
        std::vector<Message> messages;
        std::vector<Fault> faults;
        Delivered result;
        Done done;
        std::chrono::milliseconds wait{0};
        std::size_t readingsGone{0};
        std::size_t messagesGone{0};
        std::size_t faultsGone{0};
        std::size_t open{0};          ///< answers of this round that are still out
        bool busy{false};             ///< one of this round's answers was
        std::vector<std::size_t> again;
        std::unique_ptr<asio::steady_timer> timer;
    };
    using PiecePtr = std::shared_ptr<Piece>;

    void start(PiecePtr piece) {
        m_underWay.fetch_add(1);
        m_counters.setBacklog(m_underWay.load());
        asio::post(m_strand, [self = shared_from_this(), piece = std::move(piece)] { self->step(piece); });
    }
    /// Nothing of it was stored: the sender keeps it.
    void giveBack(base::Error why, Done done) {
        asio::post(m_strand, [why = std::move(why), done = std::move(done)]() mutable {
            Delivered none;
            none.undone = std::move(why);
            done(std::move(none));
        });
    }
    void close() { m_closed = true; }
    void received(std::string_view bytes) { m_counters.received(bytes); }
    [[nodiscard]] std::size_t underWay() const { return m_underWay.load(); }

  private:
    void finish(const PiecePtr& piece) {
        m_counters.setBacklog(m_underWay.fetch_sub(1) - 1);
        if (!piece->result.undone) {
            m_sink.heard(piece->feed);
            m_counters.heard();
        }
        auto done = std::move(piece->done);
        done(std::move(piece->result));
    }

    void undo(const PiecePtr& piece, base::Error why) {
        piece->result.undone = std::move(why);
        finish(piece);
    }

    void later(const PiecePtr& piece) {
        m_counters.addBusy();
        if (m_closed) {
            undo(piece, {Code::unavailable, "the desk is closing", {}});
            return;
        }
        piece->wait = piece->wait.count() == 0 ? m_options.retryFirst : std::min(piece->wait * 2, m_options.retryMost);
        piece->timer = std::make_unique<asio::steady_timer>(m_strand);
        piece->timer->expires_after(piece->wait);
        piece->timer->async_wait([self = shared_from_this(), piece](const boost::system::error_code&) {
            self->step(piece);
        });
    }

    void noteFault(Piece& piece, const std::string& reason, const base::Place& place) {
        if (piece.result.reason.empty()) {
            piece.result.reason = reason;
            piece.result.place = place;
        }
    }

    void step(const PiecePtr& piece) {
        if (!piece->sensors.empty())
            sendSensors(piece);
        else if (piece->readingsGone < piece->readings.size())
            sendReadings(piece);
        else if (!piece->positions.empty())
            sendPositions(piece);
        else if (piece->messagesGone < piece->messages.size())
            sendMessages(piece);
        else if (piece->faultsGone < piece->faults.size())
            sendFault(piece);
        else
            finish(piece);
    }

    void sendSensors(const PiecePtr& piece) {
        m_sink.sensors(piece->feed, piece->sensors,
                       postOnce<Receipt>(m_strand, {Outcome::busy, {}, "the desk is closing"},
                                         [self = shared_from_this(), piece](Receipt receipt) {
                                             if (receipt.outcome == Outcome::busy) {
                                                 self->later(piece);
                                                 return;
                                             }
                                             // A register that refuses them says so by what becomes of their readings.
                                             if (receipt.outcome == Outcome::stored)
                                                 piece->result.stored += receipt.ids.size();
                                             else if (receipt.outcome == Outcome::duplicate)
                                                 piece->result.duplicates += piece->sensors.size();
                                             else
                                                 piece->result.deviations.push_back(std::move(receipt.reason));
                                             piece->sensors.clear();
                                             self->step(piece);
                                         }));
    }

    using Rows = base::Result<ReadingsReceipt>;
    void tookRows(const PiecePtr& piece, const ReadingsReceipt& receipt, const char* what) {
        piece->result.stored += receipt.stored;
        piece->result.duplicates += receipt.duplicates;
        piece->result.quarantined += receipt.quarantined;
        if (receipt.quarantined > 0)
            noteFault(*piece, what, {});
        m_counters.addTaken(receipt.stored);
        m_counters.addDuplicates(receipt.duplicates);
        m_counters.addQuarantined(receipt.quarantined, piece->result.reason);
        piece->wait = {};
    }

    void sendReadings(const PiecePtr& piece) {
        const auto count = std::min(m_options.readingsAtOnce, piece->readings.size() - piece->readingsGone);
        const auto first = piece->readings.begin() + static_cast<std::ptrdiff_t>(piece->readingsGone);
        ReadingBatch batch{piece->feed, {first, first + static_cast<std::ptrdiff_t>(count)}, {}};
        m_sink.readings(std::move(batch),
                        postOnce<Rows>(m_strand, base::fail(Code::unavailable, "the desk is closing"),
                                       [self = shared_from_this(), piece, count](const Rows& rows) {
                                           if (rows) {
                                               self->tookRows(piece, *rows, "a reading does not fit its sensor");
                                               piece->readingsGone += count;
                                               self->step(piece);
                                           } else if (canTryAgain(rows.error())) {
                                               self->later(piece);
                                           } else {
                                               self->undo(piece, rows.error());
                                           }
                                       }));
    }

    void sendPositions(const PiecePtr& piece) {
        m_sink.positions(piece->feed, piece->positions,
                         postOnce<Rows>(m_strand, base::fail(Code::unavailable, "the desk is closing"),
                                        [self = shared_from_this(), piece](const Rows& rows) {
                                            if (rows) {
                                                self->tookRows(piece, *rows, "a position is not one");
                                                piece->positions.clear();
                                                self->step(piece);
                                            } else if (canTryAgain(rows.error())) {
                                                self->later(piece);
                                            } else {
                                                self->undo(piece, rows.error());
                                            }
                                        }));
    }

    /// One round: some messages at once, then those of them again that found the desk busy.
    void sendMessages(const PiecePtr& piece) {
        std::vector<std::size_t> round = std::move(piece->again);
        piece->again.clear();
        if (round.empty()) {
            const auto count = std::min(m_options.messagesAtOnce, piece->messages.size() - piece->messagesGone);
            for (std::size_t i = 0; i < count; ++i)
                round.push_back(piece->messagesGone + i);
        }
        piece->open = round.size();
        piece->busy = false;
        for (const auto index : round) {
            m_sink.message(piece->feed, piece->messages[index],
                           postOnce<Receipt>(m_strand, {Outcome::busy, {}, "the desk is closing"},
                                             [self = shared_from_this(), piece, index](Receipt receipt) {
                                                 self->answered(piece, index, std::move(receipt));
                                             }));
        }
    }

    void answered(const PiecePtr& piece, std::size_t index, Receipt receipt) {
        auto& result = piece->result;
        for (auto& id : receipt.ids)
            if (result.ids.size() < mostIds)
                result.ids.push_back(std::move(id));
        switch (receipt.outcome) {
        case Outcome::stored:
            ++result.stored;
            m_counters.addTaken(1);
            break;
        case Outcome::duplicate:
            ++result.duplicates;
            m_counters.addDuplicates(1);
            break;
        case Outcome::quarantined:
            ++result.quarantined;
            noteFault(*piece, receipt.reason, {});
            m_counters.addQuarantined(1, receipt.reason);
            break;
        case Outcome::busy:
            piece->busy = true;
            piece->again.push_back(index);
            break;
        case Outcome::refused:
            if (!result.undone)
                result.undone = base::Error{Code::storage, receipt.reason, {}};
            break;
        }
        if (--piece->open > 0)
            return;
        if (result.undone) {
            finish(piece);
        } else if (piece->busy) {
            later(piece);
        } else {
            piece->wait = {};
            piece->messagesGone =
                std::min(piece->messagesGone + m_options.messagesAtOnce, piece->messages.size());
            step(piece);
        }
    }

    void sendFault(const PiecePtr& piece) {
        const auto& fault = piece->faults[piece->faultsGone];
        m_sink.quarantine(piece->feed, piece->format, fault,
                          postOnce<Receipt>(m_strand, {Outcome::busy, {}, "the desk is closing"},
                                            [self = shared_from_this(), piece](const Receipt& receipt) {
                                                if (receipt.outcome == Outcome::busy) {
                                                    self->later(piece);
                                                    return;
                                                }
                                                if (receipt.outcome == Outcome::refused) {
                                                    self->undo(piece, {Code::storage, receipt.reason, {}});
                                                    return;
                                                }
                                                const auto& error = piece->faults[piece->faultsGone++].error;
                                                ++piece->result.quarantined;
                                                self->noteFault(*piece, error.message, error.place);
                                                self->m_counters.addQuarantined(1, error.message);
                                                self->step(piece);
                                            }));
    }

    const Strand m_strand;
    Sink& m_sink;
    FeedCounters& m_counters;
    const CourierOptions m_options;
    std::atomic<std::size_t> m_underWay{0};
    std::atomic<bool> m_closed{false};
};

base::Result<void> complete(Decoded& decoded, const Source& source) {
    markBy(source, decoded);
    for (auto& fault : decoded.faults) {
        if (fault.topic.empty())
            fault.topic = source.topic;
        if (fault.receivedAt == base::Time{})
            fault.receivedAt = source.receivedAt;
    }
    if (decoded.attachments.empty())
        return {};
    // Photos before the reports that name them: a report in the journal has its photos on the disk.
    if (!source.photos) {
        decoded.deviations.emplace_back("photos were left out: this desk keeps none");
    } else if (auto kept = source.photos->keepAll(decoded, source); !kept) {
        return kept;
    }
    decoded.attachments.clear(); // they name messages by number, which may change from here on
    return {};
}

Courier::Courier(asio::io_context& io, Sink& sink, FeedCounters& counters, CourierOptions options)
    : m_impl(std::make_shared<Impl>(io, sink, counters, options)) {}

Courier::~Courier() {
    m_impl->close();
}

void Courier::deliver(std::string bytes, std::optional<Format> format, const Source& source, Done done) {
    m_impl->received(bytes);
    auto decoded = decode(bytes, format, source);
    if (!decoded) {
        const Format kind = format.value_or(Format::unknown) == Format::unknown ? sniff(bytes) : *format;
        quarantine(source.feed, kind, {std::move(decoded.error()), std::move(bytes), source.topic, source.receivedAt},
                   std::move(done));
        return;
    }
    if (auto ok = complete(*decoded, source); !ok) {
        m_impl->giveBack(std::move(ok.error()), std::move(done));
        return;
    }
    deliver(std::move(*decoded), source.feed, std::move(done));
}

void Courier::deliver(Decoded decoded, std::string feed, Done done) {
    auto piece = std::make_shared<Impl::Piece>();
    piece->feed = std::move(feed);
    piece->format = decoded.format;
    piece->done = std::move(done);
    piece->faults = std::move(decoded.faults);
    piece->result.deviations = std::move(decoded.deviations);
    piece->result.links = std::move(decoded.links);
    for (auto& message : decoded.messages) {
        if (auto* reading = std::get_if<model::Reading>(&message))
            piece->readings.push_back(std::move(*reading));
        else if (auto* sensor = std::get_if<model::Sensor>(&message))
            piece->sensors.push_back(std::move(*sensor));
        else if (auto* position = std::get_if<model::UnitPosition>(&message))
            piece->positions.push_back(std::move(*position));
        else
            piece->messages.push_back(std::move(message));
    }
    m_impl->start(std::move(piece));
}

void Courier::quarantine(std::string feed, Format format, Fault fault, Done done) {
    auto piece = std::make_shared<Impl::Piece>();
    piece->feed = std::move(feed);
    piece->format = format;
    piece->done = std::move(done);
    piece->faults.push_back(std::move(fault));
    m_impl->start(std::move(piece));
}

void Courier::close() {
    m_impl->close();
}

std::size_t Courier::underWay() const {
    return m_impl->underWay();
}

} // namespace tocsin::ingest
