#pragma once

#include "tocsin/ingest/file_ingest.hpp"

#include <deque>
#include <future>

namespace tocsin::ingest {

/// Hands what a file holds to a sink, waits for receipts, and counts. On one thread, which blocks.
class FileDelivery {
  public:
    FileDelivery(Sink& sink, const FileIngestOptions& options, FileResult& result)
        : m_sink(sink), m_options(options), m_result(result) {}

    /// Keeps two batches under way; false when the desk can take nothing more (`result` then says why).
    [[nodiscard]] bool readings(ReadingBatch batch);
    /// Waits for the batches under way.
    [[nodiscard]] bool finishReadings();
    [[nodiscard]] bool messages(std::vector<Message> messages);
    [[nodiscard]] bool quarantine(Format format, const std::string& bytes, const base::Error& why);

  private:
    /// What comes in numbers, taken out of the messages and handed over together.
    [[nodiscard]] bool rows(std::vector<Message>& messages);
    struct UnderWay {
        ReadingBatch batch; ///< a busy desk is offered it again
        std::future<base::Result<ReadingsReceipt>> receipt;
    };
    void offer(UnderWay& one);
    [[nodiscard]] bool settleOne();
    [[nodiscard]] std::future<Receipt> offer(const Message& message);
    /// True to offer again; false when the caller wants to stop.
    [[nodiscard]] bool waitForDesk();
    void fault(const std::string& reason, const base::Place& place);
    [[nodiscard]] bool refuse(const std::string& reason);

    Sink& m_sink;
    const FileIngestOptions& m_options;
    FileResult& m_result;
    std::deque<UnderWay> m_underWay;
    std::chrono::milliseconds m_wait{0};
};

} // namespace tocsin::ingest
