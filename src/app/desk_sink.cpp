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
    desk::CommandBody operator()(model::Sensor& s) const { return desk::TakeSensors{feed, {std::move(s)}}; }
    desk::CommandBody operator()(model::FieldMessage& m) const { return desk::TakeFieldMessage{feed, std::move(m)}; }
    desk::CommandBody operator()(model::FieldMarker& m) const { return desk::TakeFieldMarker{feed, std::move(m)}; }
    desk::CommandBody operator()(model::Emergency& e) const { return desk::TakeEmergency{feed, std::move(e)}; }
    // Never: readings and positions go their own way.
    desk::CommandBody operator()(model::Reading&) const { return desk::WriteNote{}; }
    desk::CommandBody operator()(model::UnitPosition&) const { return desk::WriteNote{}; }
};

/// The word for what the desk refused after it had been decoded: quarantine then keeps the value itself.
struct WordOf {
    std::string operator()(const model::Warning&) const { return "desk/warning"; }
    std::string operator()(const model::Report&) const { return "desk/report"; }
    std::string operator()(const model::Earthquake&) const { return "desk/earthquake"; }
    std::string operator()(const model::Sensor&) const { return "desk/sensor"; }
    std::string operator()(const model::FieldMessage&) const { return "desk/field-message"; }
    std::string operator()(const model::FieldMarker&) const { return "desk/field-marker"; }
    std::string operator()(const model::Emergency&) const { return "desk/emergency"; }
    template <typename T>
    std::string operator()(const T&) const {
        return "desk/reading";
    }
};

std::string bytesOf(const ingest::Message& message) {
    return std::visit(
        [](const auto& value) -> std::string {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, model::Reading>) {
                return value.sensor.value;
            } else {
                nlohmann::json out(value);
                if constexpr (std::is_same_v<T, model::Report>)
                    out["contact"] = value.contact; // here, beside the journal, it may stand
                return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
            }
        },
        message);
}

store::QuarantineItem itemOf(std::string feed, std::string format, ingest::Fault fault) {
    store::QuarantineItem item;
    item.feed = std::move(feed);
    item.format = std::move(format);
    item.error = std::move(fault.error);
    item.bytes = std::move(fault.bytes);
    item.topic = std::move(fault.topic);
    if (fault.receivedAt != base::Time{})
        item.received = fault.receivedAt;
    return item;
}

bool canTryAgain(Code code) {
    return code == Code::unavailable || code == Code::storage;
}

} // namespace

void DeskSink::readings(ingest::ReadingBatch batch, std::function<void(base::Result<ingest::ReadingsReceipt>)> done) {
    desk::ReadingsInput input;
    input.feed = std::move(batch.feed);
    input.readings = std::move(batch.readings);
    input.rows = std::move(batch.rows);
    {
        const std::lock_guard lock(m_mutex);
        input.takeCorrections = !m_correcting.empty() && m_correcting.contains(input.feed);
    }
    input.faults.reserve(batch.faults.size());
    for (auto& fault : batch.faults)
        input.faults.push_back(itemOf(input.feed, "readings-ndjson", std::move(fault)));
    m_desk.readings(std::move(input), [this, done = std::move(done)](base::Result<desk::ReadingsDone> result) {
        note(result ? nullptr : &result.error());
        if (result)
            done(ingest::ReadingsReceipt{result->stored, result->duplicates, result->quarantined});
        else
            done(tl::unexpected(result.error()));
    });
}

void DeskSink::message(std::string feed, ingest::Message message, std::function<void(Receipt)> done) {
    const auto single = [&done](const char* what) {
        return [done = std::move(done), what](base::Result<ingest::ReadingsReceipt> result) {
            if (!result)
                done({canTryAgain(result.error().code) ? Outcome::busy : Outcome::refused, {}, result.error().message});
            else if (result->quarantined > 0)
                done({Outcome::quarantined, {}, std::string("the ") + what + " was put into quarantine"});
            else
                done({result->duplicates > 0 ? Outcome::duplicate : Outcome::stored, {}, {}});
        };
    };
    if (auto* reading = std::get_if<model::Reading>(&message)) {
        readings({std::move(feed), {std::move(*reading)}, {}}, single("reading"));
        return;
    }
    if (auto* position = std::get_if<model::UnitPosition>(&message)) {
        positions(std::move(feed), {std::move(*position)}, single("position"));
        return;
    }
    if (auto* sensor = std::get_if<model::Sensor>(&message)) {
        sensors(std::move(feed), {std::move(*sensor)}, std::move(done));
        return;
    }
    auto word = std::visit(WordOf{}, message);
    auto kept = std::make_shared<const ingest::Message>(message); // until the desk has judged: what it refuses is not lost
    desk::Command command{m_desk.newCommandId(), "feed:" + feed, std::visit(AsCommand{feed}, message)};
    m_desk.submit(std::move(command), [this, feed, word = std::move(word), kept = std::move(kept),
                                       done = std::move(done)](base::Result<desk::Done> result) mutable {
        note(result ? nullptr : &result.error());
        if (result) {
            done({result->duplicate ? Outcome::duplicate : Outcome::stored, std::move(result->ids), {}});
        } else if (canTryAgain(result.error().code)) {
            done({Outcome::busy, {}, result.error().message});
        } else {
            keep(feed, std::move(word), {result.error(), bytesOf(*kept)}, std::move(done));
        }
    });
}

void DeskSink::positions(std::string feed, std::vector<model::UnitPosition> positions,
                         std::function<void(base::Result<ingest::ReadingsReceipt>)> done) {
    m_desk.positions({std::move(feed), std::move(positions)},
                     [done = std::move(done)](base::Result<desk::ReadingsDone> result) {
                         if (result)
                             done(ingest::ReadingsReceipt{result->stored, result->duplicates, result->quarantined});
                         else
                             done(tl::unexpected(result.error()));
                     });
}

void DeskSink::sensors(std::string feed, std::vector<model::Sensor> sensors, std::function<void(Receipt)> done) {
    {
        const std::lock_guard lock(m_mutex);
        if (feed != "file" && !m_adopting.contains(feed)) {
            done({Outcome::duplicate, {}, "its sensors are not registered: adopt_sensors is off"});
            return;
        }
    }
    desk::Command command{m_desk.newCommandId(), "feed:" + feed, desk::TakeSensors{feed, std::move(sensors)}};
    m_desk.submit(std::move(command), [done = std::move(done)](base::Result<desk::Done> result) {
        if (result)
            done({result->duplicate ? Outcome::duplicate : Outcome::stored, std::move(result->ids), {}});
        else
            done({canTryAgain(result.error().code) ? Outcome::busy : Outcome::refused, {}, result.error().message});
    });
}

void DeskSink::heard(const std::string& feed) {
    m_desk.heard(feed);
}

void DeskSink::quarantine(std::string feed, ingest::Format format, ingest::Fault fault,
                          std::function<void(Receipt)> done) {
    keep(std::move(feed), std::string(toString(format)), std::move(fault), std::move(done));
}

void DeskSink::note(const base::Error* error) {
    if (error != nullptr && error->code != Code::storage)
        return;
    const std::lock_guard lock(m_mutex);
    m_trouble = error == nullptr ? std::string() : error->message;
}

void DeskSink::correct(std::set<std::string> feeds) {
    const std::lock_guard lock(m_mutex);
    m_correcting = std::move(feeds);
}

void DeskSink::adopt(std::set<std::string> feeds) {
    const std::lock_guard lock(m_mutex);
    m_adopting = std::move(feeds);
}

std::string DeskSink::trouble() const {
    const std::lock_guard lock(m_mutex);
    return m_trouble;
}

void DeskSink::keep(std::string feed, std::string format, ingest::Fault fault, std::function<void(Receipt)> done) {
    auto why = fault.error.message;
    auto item = itemOf(std::move(feed), std::move(format), std::move(fault));
    m_desk.quarantine(std::move(item), [done = std::move(done), why = std::move(why)](base::Result<std::int64_t> id) {
        if (id)
            done({Outcome::quarantined, {}, why});
        else
            done({canTryAgain(id.error().code) ? Outcome::busy : Outcome::refused, {}, id.error().message});
    });
}

base::Result<ingest::Message> messageFrom(const std::string& word, const std::string& bytes) {
    try {
        const auto in = nlohmann::json::parse(bytes);
        if (word == "desk/warning")
            return in.get<model::Warning>();
        if (word == "desk/report") {
            auto report = in.get<model::Report>();
            if (const auto contact = in.find("contact"); contact != in.end())
                report.contact = contact->get<model::Contact>();
            return report;
        }
        if (word == "desk/earthquake")
            return in.get<model::Earthquake>();
        if (word == "desk/sensor")
            return in.get<model::Sensor>();
        if (word == "desk/field-message")
            return in.get<model::FieldMessage>();
        if (word == "desk/field-marker")
            return in.get<model::FieldMarker>();
        if (word == "desk/emergency")
            return in.get<model::Emergency>();
        if (word == desk::refusedPosition || word == "position") // the latter until the desk had a word of its own
            return in.get<model::UnitPosition>();
        return base::fail(Code::refused, "what is kept as " + word + " cannot be taken again by itself");
    } catch (const std::exception& e) {
        return base::fail(Code::malformed, std::string("what is kept cannot be read: ") + e.what());
    }
}

} // namespace tocsin::app
