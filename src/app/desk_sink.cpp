#include "app/desk_sink.hpp"

#include "tocsin/model/json.hpp"

namespace tocsin::app {

using base::Code;
using ingest::Outcome;
using ingest::Receipt;

namespace {

struct AsCommand {
    std::string feed;
    desk::CommandBody operator()(model::Warning& w) const { return desk::TakeWarning{feed, std::move(w)}; }
    desk::CommandBody operator()(model::Report& r) const { return desk::TakeReport{feed, std::move(r)}; }
    desk::CommandBody operator()(model::Earthquake& e) const { return desk::TakeEarthquake{feed, std::move(e)}; }
    desk::CommandBody operator()(model::Reading&) const {
        return desk::WriteNote{};
    } // never: readings go their own way
};

ingest::Format formatOf(const ingest::Message& message) {
    switch (message.index()) {
    case 0:
        return ingest::Format::cap;
    case 1:
        return ingest::Format::reportJson;
    case 2:
        return ingest::Format::usgsGeoJson;
    default:
        return ingest::Format::readingsNdjson;
    }
}

std::string bytesOf(const ingest::Message& message) {
    return std::visit(
        [](const auto& value) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, model::Reading>)
                return value.sensor.value;
            else
                return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        },
        message);
}

bool canTryAgain(Code code) {
    return code == Code::unavailable || code == Code::storage;
}

} // namespace

void DeskSink::readings(ingest::ReadingBatch batch, std::function<void(base::Result<ingest::ReadingsReceipt>)> done) {
    desk::ReadingsInput input;
    input.feed = std::move(batch.feed);
    input.readings = std::move(batch.readings);
    input.faults.reserve(batch.faults.size());
    for (auto& fault : batch.faults)
        input.faults.push_back({0, {}, input.feed, "readings-ndjson", std::move(fault.error), std::move(fault.bytes)});
    m_desk.readings(std::move(input), [done = std::move(done)](base::Result<desk::ReadingsDone> result) {
        if (result)
            done(ingest::ReadingsReceipt{result->stored, result->duplicates, result->quarantined});
        else
            done(tl::unexpected(result.error()));
    });
}

void DeskSink::message(std::string feed, ingest::Message message, std::function<void(Receipt)> done) {
    if (auto* reading = std::get_if<model::Reading>(&message)) {
        ingest::ReadingBatch batch{std::move(feed), {std::move(*reading)}, {}};
        readings(std::move(batch), [done = std::move(done)](base::Result<ingest::ReadingsReceipt> result) {
            if (!result)
                done({canTryAgain(result.error().code) ? Outcome::busy : Outcome::refused, {}, result.error().message});
            else if (result->quarantined > 0)
                done({Outcome::quarantined, {}, "the reading was put into quarantine"});
            else
                done({result->duplicates > 0 ? Outcome::duplicate : Outcome::stored, {}, {}});
        });
        return;
    }
    const auto format = formatOf(message);
    auto bytes = bytesOf(message); // kept until the desk has judged: what it refuses is not lost
    desk::Command command{m_desk.newCommandId(), "feed:" + feed, std::visit(AsCommand{feed}, message)};
    m_desk.submit(std::move(command), [this, feed, format, bytes = std::move(bytes),
                                       done = std::move(done)](base::Result<desk::Done> result) mutable {
        if (result) {
            done({result->duplicate ? Outcome::duplicate : Outcome::stored, std::move(result->ids), {}});
        } else if (canTryAgain(result.error().code)) {
            done({Outcome::busy, {}, result.error().message});
        } else {
            quarantine(feed, format, std::move(bytes), result.error(), std::move(done));
        }
    });
}

void DeskSink::quarantine(std::string feed, ingest::Format format, std::string bytes, base::Error why,
                          std::function<void(Receipt)> done) {
    store::QuarantineItem item;
    item.feed = std::move(feed);
    item.format = std::string(toString(format));
    item.error = why;
    item.bytes = std::move(bytes);
    m_desk.quarantine(std::move(item), [done = std::move(done), why](base::Result<std::int64_t> id) {
        if (id)
            done({Outcome::quarantined, {}, why.message});
        else
            done({canTryAgain(id.error().code) ? Outcome::busy : Outcome::refused, {}, id.error().message});
    });
}

} // namespace tocsin::app
