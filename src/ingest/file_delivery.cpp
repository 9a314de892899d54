#include "ingest/file_delivery.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t batchesUnderWay = 2;
constexpr std::size_t messagesUnderWay = 32;

/// A callback that fulfils a promise; dropped by the desk, it breaks it.
template <typename Value>
std::pair<std::function<void(Value)>, std::future<Value>> promised() {
    auto promise = std::make_shared<std::promise<Value>>();
    auto future = promise->get_future();
    return {[promise](Value value) { promise->set_value(std::move(value)); }, std::move(future)};
}

template <typename Value>
Value valueOf(std::future<Value>& future, Value dropped) {
    try {
        return future.get();
    } catch (const std::future_error&) {
        return dropped;
    }
}

} // namespace

void FileDelivery::fault(const std::string& reason, const base::Place& place) {
    if (m_result.reason.empty()) {
        m_result.reason = reason;
        m_result.place = place;
    }
}

bool FileDelivery::refuse(const std::string& reason) {
    m_result.outcome = FileOutcome::refused;
    m_result.reason = reason;
    m_result.place = {};
    return false;
}

bool FileDelivery::waitForDesk() {
    m_wait = m_wait.count() == 0 ? m_options.retryFirst : std::min(m_wait * 2, m_options.retryMost);
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, m_options.stop, m_wait, [] { return false; });
    return !m_options.stop.stop_requested();
}

void FileDelivery::offer(UnderWay& one) {
    auto [done, receipt] = promised<base::Result<ReadingsReceipt>>();
    one.receipt = std::move(receipt);
    m_sink.readings(one.batch, std::move(done));
}

bool FileDelivery::readings(ReadingBatch batch) {
    m_underWay.push_back({std::move(batch), {}});
    offer(m_underWay.back());
    return m_underWay.size() < batchesUnderWay || settleOne();
}

bool FileDelivery::finishReadings() {
    while (!m_underWay.empty())
        if (!settleOne())
            return false;
    return true;
}

bool FileDelivery::settleOne() {
    for (;;) {
        auto& first = m_underWay.front();
        const auto receipt =
            valueOf<base::Result<ReadingsReceipt>>(first.receipt, base::fail(Code::cancelled, "the desk is closing"));
        if (receipt) {
            m_wait = {};
            m_result.counts.stored += receipt->stored;
            m_result.counts.duplicates += receipt->duplicates;
            m_result.counts.quarantined += receipt->quarantined;
            if (!first.batch.faults.empty())
                fault(first.batch.faults.front().error.message, first.batch.faults.front().error.place);
            else if (receipt->quarantined > 0)
                fault("a reading does not fit its sensor", {});
            m_underWay.pop_front();
            return true;
        }
        if (receipt.error().code != Code::unavailable)
            return refuse(receipt.error().message);
        if (!waitForDesk())
            return refuse("stopped while the desk was busy");
        offer(first);
    }
}

std::future<Receipt> FileDelivery::offer(const Message& message) {
    auto [done, receipt] = promised<Receipt>();
    m_sink.message(m_options.feed, message, std::move(done));
    return std::move(receipt);
}

bool FileDelivery::rows(std::vector<Message>& messages) {
    std::vector<model::Sensor> sensors;
    std::vector<model::UnitPosition> positions;
    ReadingBatch batch{m_options.feed, {}, {}};
    std::vector<Message> others;
    for (auto& message : messages) {
        if (auto* sensor = std::get_if<model::Sensor>(&message))
            sensors.push_back(std::move(*sensor));
        else if (auto* reading = std::get_if<model::Reading>(&message))
            batch.readings.push_back(std::move(*reading));
        else if (auto* position = std::get_if<model::UnitPosition>(&message))
            positions.push_back(std::move(*position));
        else
            others.push_back(std::move(message));
    }
    messages = std::move(others);
    // Sensors first, so that their readings find them.
    for (bool again = !sensors.empty(); again;) {
        auto [done, future] = promised<Receipt>();
        m_sink.sensors(m_options.feed, sensors, std::move(done));
        const auto receipt = valueOf(future, Receipt{Outcome::refused, {}, "the desk is closing"});
        again = receipt.outcome == Outcome::busy;
        if (again && !waitForDesk())
            return refuse("stopped while the desk was busy");
        if (again)
            continue;
        const auto news = receipt.outcome == Outcome::stored ? std::min(receipt.ids.size(), sensors.size()) : 0;
        m_result.counts.stored += news;
        m_result.counts.duplicates += sensors.size() - news;
    }
    if (!batch.readings.empty() && !(readings(std::move(batch)) && finishReadings()))
        return false;
    for (bool again = !positions.empty(); again;) {
        auto [done, future] = promised<base::Result<ReadingsReceipt>>();
        m_sink.positions(m_options.feed, positions, std::move(done));
        const auto receipt = valueOf<base::Result<ReadingsReceipt>>(
            future, base::fail(Code::cancelled, "the desk is closing"));
        again = !receipt && receipt.error().code == Code::unavailable;
        if (again && !waitForDesk())
            return refuse("stopped while the desk was busy");
        if (!receipt && !again)
            return refuse(receipt.error().message);
        if (receipt) {
            m_result.counts.stored += receipt->stored;
            m_result.counts.duplicates += receipt->duplicates;
            m_result.counts.quarantined += receipt->quarantined;
        }
    }
    return true;
}

bool FileDelivery::messages(std::vector<Message> messages) {
    if (!rows(messages))
        return false;
    for (std::size_t first = 0; first < messages.size();) {
        const auto end = std::min(messages.size(), first + messagesUnderWay);
        std::vector<std::future<Receipt>> receipts;
        for (auto i = first; i < end; ++i)
            receipts.push_back(offer(messages[i]));
        for (auto i = first; i < end; ++i) {
            auto receipt = valueOf(receipts[i - first], Receipt{Outcome::refused, {}, "the desk is closing"});
            while (receipt.outcome == Outcome::busy) {
                if (!waitForDesk())
                    return refuse("stopped while the desk was busy");
                auto again = offer(messages[i]);
                receipt = valueOf(again, Receipt{Outcome::refused, {}, "the desk is closing"});
            }
            m_wait = {};
            for (auto& id : receipt.ids)
                m_result.ids.push_back(std::move(id));
            switch (receipt.outcome) {
            case Outcome::stored:
                ++m_result.counts.stored;
                break;
            case Outcome::duplicate:
                ++m_result.counts.duplicates;
                break;
            case Outcome::quarantined:
                ++m_result.counts.quarantined;
                fault(receipt.reason, {});
                break;
            default:
                return refuse(receipt.reason);
            }
        }
        first = end;
    }
    return true;
}

bool FileDelivery::quarantine(Format format, const std::string& bytes, const base::Error& why) {
    fault(why.message, why.place);
    for (;;) {
        auto [done, future] = promised<Receipt>();
        m_sink.quarantine(m_options.feed, format, {why, bytes}, std::move(done));
        const auto receipt = valueOf(future, Receipt{Outcome::refused, {}, "the desk is closing"});
        if (receipt.outcome == Outcome::busy) {
            if (!waitForDesk())
                return refuse("stopped while the desk was busy");
            continue;
        }
        if (receipt.outcome == Outcome::refused)
            return refuse(receipt.reason);
        ++m_result.counts.quarantined;
        return true;
    }
}

} // namespace tocsin::ingest
