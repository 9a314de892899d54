#include "ingest/feed_lines.hpp"
#include "ingest/tcp_connection.hpp"

#include <algorithm>
#include <utility>

// What becomes of a connection's lines: handed to the desk in batches, offered again while it is busy, and answered.

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using boost::system::error_code;

namespace {

constexpr std::size_t mostTableBytes = 16U << 20U; ///< of names, before the connection begins new tables
constexpr std::uint32_t mostUnits = 1'000;

/// One line of an answer: no controls, not long.
std::string oneLine(std::string_view text) {
    std::string line(text.substr(0, 300));
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return line;
}

} // namespace

/// The next lines for the desk, no more than one commit takes; null where all of them were blank.
TcpConnection::BatchPtr TcpConnection::cutBatch() {
    const auto& options = m_shared->options;
    auto batch = std::make_shared<Batch>();
    batch->firstLine = m_taken;
    if (m_lineStart > 0) {
        LineCut cut{m_lineStart, m_waitingLines, m_waitingCounted};
        if (cut.lines > options.batchLines || cut.bytes > options.batchBytes)
            cut = cutLines(std::string_view(m_in).substr(0, m_lineStart), options.batchLines, options.batchBytes);
        std::string rest = m_in.substr(cut.bytes); // a new string: the old one's memory goes with the batch
        batch->bytes = std::exchange(m_in, std::move(rest));
        batch->bytes.resize(cut.bytes);
        m_lineStart -= cut.bytes;
        m_scanned -= cut.bytes;
        m_waitingLines -= cut.lines;
        m_waitingCounted -= cut.counted;
        batch->lines = cut.counted;
    } else {
        batch->tailFault = std::exchange(m_tailFault, std::nullopt);
        batch->lines = 1;
    }
    m_taken += batch->lines;
    return batch->lines == 0 ? nullptr : batch;
}

void TcpConnection::handOver() {
    while (!m_retrying && !m_closed && m_underWay.size() < m_shared->options.batchesUnderWay &&
           (m_lineStart > 0 || m_tailFault)) {
        if (const auto batch = cutBatch()) {
            m_underWay.push_back(batch);
            deliver(batch);
        }
    }
}

/// The answers for lines that are none, and the faults' places as those of the connection.
void TcpConnection::tellBad(Batch& batch, std::vector<Fault>& faults,
                            const std::vector<std::uint64_t>& ordinals) const {
    for (std::size_t i = 0; i < faults.size(); ++i) {
        auto& error = faults[i].error;
        const auto line = batch.firstLine + ordinals[i];
        error.place.line = line;
        error.place.byte.reset(); // would count from the start of a batch, which means nothing to anybody
        batch.badLines += "bad " + std::to_string(line) + " " + oneLine(error.message) + "\n";
    }
}

/// Names are kept as long as they fit: a sender of ever new ones, or a great many senders, begin anew.
void TcpConnection::renewTables() {
    const auto& shared = *m_shared;
    const bool tight = shared.held.load(std::memory_order_relaxed) > shared.options.memoryBudget;
    if (m_tables.sensors && (m_tables.sensors->bytes() > (tight ? freeShare : mostTableBytes) ||
                             m_tables.units->size() > mostUnits))
        m_tables = {};
    if (!m_tables.sensors)
        ReadingsDecoder(shared.options.source).prepare(m_tables);
}

void TcpConnection::deliver(const BatchPtr& batch) {
    batch->waiting = false;
    batch->badLines.clear();
    if (m_format != Format::readingsNdjson && !batch->tailFault) {
        recognise(*batch);
        if (m_format != Format::readingsNdjson && m_format != Format::unknown)
            return deliverOther(batch);
    }
    if (!m_shared->sink.hasRoom(m_shared->options.feed)) {
        batch->waiting = true;
        return retryLater();
    }
    renewTables();
    auto decoded = decodeRows(batch->bytes, batch->lines, m_shared->options.source, m_shared->counters.now(), m_tables);
    if (batch->tailFault) {
        decoded.faults.push_back(*batch->tailFault);
        decoded.faultOrdinals.push_back(batch->lines);
    }
    tellBad(*batch, decoded.faults, decoded.faultOrdinals);
    const auto answered = postOnce<base::Result<ReadingsReceipt>>(
        m_strand, base::fail(Code::cancelled, "the desk is closing"),
        [self = shared_from_this(), batch](base::Result<ReadingsReceipt> receipt) {
            self->guarded([&] { self->onReceipt(batch, std::move(receipt)); });
        });
    const std::string firstFault = decoded.faults.empty() ? std::string() : decoded.faults.front().error.message;
    m_shared->counters.setBacklog(m_shared->backlog.fetch_add(batch->lines) + batch->lines);
    m_shared->sink.readings({m_shared->options.feed, {}, std::move(decoded.faults), std::move(decoded.rows)},
                            [answered, firstFault, shared = m_shared,
                             lines = batch->lines](base::Result<ReadingsReceipt> receipt) {
                                shared->counters.setBacklog(shared->backlog.fetch_sub(lines) - lines);
                                if (receipt) {
                                    shared->sink.heard(shared->options.feed);
                                    shared->counters.heard();
                                    shared->counters.addTaken(receipt->stored);
                                    shared->counters.addDuplicates(receipt->duplicates);
                                    shared->counters.addQuarantined(
                                        receipt->quarantined,
                                        firstFault.empty() ? "a reading does not fit its sensor" : firstFault);
                                }
                                answered(std::move(receipt));
                            });
}

/// The first lines that are of a format say which one all are of. What comes before them is no reading, and told so.
void TcpConnection::recognise(const Batch& batch) {
    if (m_format == Format::unknown)
        m_format = formatOfLines(batch.bytes);
}

/// By way of the courier, which takes whatever the lines hold and offers it again while the desk is busy.
void TcpConnection::deliverOther(const BatchPtr& batch) {
    const auto& options = m_shared->options;
    Source source = options.source;
    source.receivedAt = m_shared->counters.now();
    if (!m_tableBegins && isTable(m_format)) {
        m_tableBegins = batch->firstLine;
        m_heading = headingOf(batch->bytes);
    }
    const bool headed = m_tableBegins == batch->firstLine;
    auto lines = decodeOther(batch->bytes, headed ? std::string() : m_heading, m_format, source);
    if (!complete(lines.decoded, source)) { // photos cannot be stored now
        batch->waiting = true;
        return retryLater();
    }
    tellBad(*batch, lines.decoded.faults, lines.faultOrdinals);
    m_shared->courier.deliver(
        std::move(lines.decoded), options.feed,
        [strand = m_strand, self = shared_from_this(), batch](Delivered delivered) {
            asio::post(strand, [self, batch, delivered = std::move(delivered)] {
                base::Result<ReadingsReceipt> receipt =
                    ReadingsReceipt{delivered.stored, delivered.duplicates, delivered.quarantined};
                if (delivered.undone)
                    receipt = tl::unexpected(*delivered.undone);
                self->guarded([&] { self->onReceipt(batch, std::move(receipt)); });
            });
        });
}

void TcpConnection::onReceipt(const BatchPtr& batch, base::Result<ReadingsReceipt> receipt) {
    if (m_closed || std::find(m_underWay.begin(), m_underWay.end(), batch) == m_underWay.end())
        return;
    if (receipt) {
        batch->done = true;
        m_retryAfter = m_shared->options.retryFirst;
        settle();
    } else if (receipt.error().code == Code::unavailable && !m_stopping) {
        batch->waiting = true;
        retryLater();
    } else {
        fail(receipt.error().message);
    }
    pump();
}

void TcpConnection::retryLater() {
    m_shared->counters.addBusy();
    if (m_retrying)
        return;
    m_retrying = true;
    m_retryTimer.expires_after(m_retryAfter);
    m_retryAfter = std::min(m_retryAfter * 2, m_shared->options.retryMost);
    m_retryTimer.async_wait([self = shared_from_this()](const error_code& error) {
        if (error || self->m_closed || !self->m_retrying)
            return;
        self->m_retrying = false;
        self->guarded([&] {
            for (const auto& batch : std::vector<BatchPtr>(self->m_underWay))
                if (batch->waiting)
                    self->deliver(batch);
            self->pump();
        });
    });
}

/// Answers, in order, what is committed.
void TcpConnection::settle() {
    std::optional<std::uint64_t> last;
    while (!m_underWay.empty() && m_underWay.front()->done) {
        const auto& batch = *m_underWay.front();
        m_out += batch.badLines;
        last = batch.firstLine + batch.lines;
        m_underWay.erase(m_underWay.begin());
    }
    if (last)
        m_out += "ok " + std::to_string(*last) + "\n";
}

void TcpConnection::fail(const std::string& reason) {
    m_out += "error " + oneLine(reason) + "\n";
    m_underWay.clear();
    m_retryTimer.cancel();
    m_retrying = false;
    m_in.clear();
    m_lineStart = m_scanned = m_waitingLines = m_waitingCounted = 0;
    m_tailFault.reset();
    m_ended = true;
    error_code ignored;
    m_socket.cancel(ignored);
}

} // namespace tocsin::ingest
