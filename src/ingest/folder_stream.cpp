#include "ingest/folder_stream.hpp"

#include "tocsin/ingest/file_ingest.hpp"

namespace tocsin::ingest {

namespace {

/// A desk that knows the sensors of a feed by their prefix.
class PrefixingSink final : public Sink {
  public:
    PrefixingSink(Sink& to, std::string prefix) : m_to(to), m_prefix(std::move(prefix)) {}

    void readings(ReadingBatch batch, std::function<void(base::Result<ReadingsReceipt>)> done) override {
        if (m_prefix.empty()) {
            m_to.readings(std::move(batch), std::move(done));
            return;
        }
        for (const auto& row : batch.rows.rows)
            batch.readings.push_back(batch.rows.reading(row));
        batch.rows = {};
        for (auto& reading : batch.readings)
            reading.sensor.value.insert(0, m_prefix);
        m_to.readings(std::move(batch), std::move(done));
    }
    void message(std::string feed, Message message, std::function<void(Receipt)> done) override {
        m_to.message(std::move(feed), std::move(message), std::move(done));
    }
    void quarantine(std::string feed, Format format, Fault fault, std::function<void(Receipt)> done) override {
        m_to.quarantine(std::move(feed), format, std::move(fault), std::move(done));
    }

  private:
    Sink& m_to;
    const std::string m_prefix;
};

} // namespace

Delivered streamFile(const std::string& path, Format format, const Source& source, Sink& sink, FeedCounters& counters,
                     std::stop_token stop) {
    PrefixingSink prefixing(sink, source.sensorPrefix);
    FileIngestOptions options;
    options.feed = source.feed;
    options.stop = std::move(stop);
    std::uint64_t before = 0;
    options.progress = [&](std::uint64_t bytes) {
        counters.addBytes(bytes > before ? bytes - before : 0);
        before = bytes;
    };
    auto result = ingestFile(path, format, prefixing, options);
    Delivered out;
    out.stored = result.counts.stored;
    out.duplicates = result.counts.duplicates;
    out.quarantined = result.counts.quarantined;
    out.reason = std::move(result.reason);
    out.place = result.place;
    counters.addTaken(out.stored);
    counters.addDuplicates(out.duplicates);
    if (out.quarantined > 0)
        counters.addQuarantined(out.quarantined, out.reason);
    if (result.outcome != FileOutcome::refused) {
        sink.heard(source.feed);
        counters.heard();
    } else
        out.undone = base::Error{base::Code::unavailable, out.reason, {}};
    return out;
}

} // namespace tocsin::ingest
