#include "ingest/mqtt_pipeline.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace tocsin::ingest {

namespace asio = boost::asio;

namespace {

/// Beyond these nothing is read from the broker until a lot is committed. Two lots and what came in one read.
constexpr std::size_t mostBytes = 32U << 20U;
constexpr std::size_t mostMessages = 20'000;
/// A second lot may go while the first is being committed, once it is worth a commit.
constexpr std::size_t worthALot = 512;
constexpr std::size_t mostLots = 2;
constexpr std::size_t elsewhereFrom = 256U << 10U;
/// What is shown again to a program that knows nothing of it any more is known to have been shown so for so long.
constexpr std::uint64_t againMicros = 600'000'000;

} // namespace

MqttPipeline::MqttPipeline(const Strand& strand, const FeedConfig& config, const FeedParts& parts, FeedCounters& counters,
                           MqttMemory& memory)
    : m_strand(strand), m_config(config), m_parts(parts), m_counters(counters), m_memory(memory),
      m_courier(parts.io, parts.sink, counters), m_decode(config) {}

bool MqttPipeline::full() const {
    return m_bytes >= mostBytes || m_messages >= mostMessages || m_decoding > 0;
}

void MqttPipeline::acknowledge(std::string& acks, std::uint16_t id, Held& held) {
    held.owed = false;
    appendMqttAck(acks, held.qos == 2 ? MqttType::pubrec : MqttType::puback, id);
}

/// Of its own for each message. Where one is shown again and this program does not know it, since it was ended between
/// the commit and the acknowledgement or before the commit, nobody can tell which: rather twice than not at all, but
/// not with every attempt. Its number at the broker keeps two with the same words apart.
std::uint64_t MqttPipeline::occurrenceOf(const MqttPacket& publish) {
    const auto now = static_cast<std::uint64_t>(base::toUnixMicros(m_parts.clock.now()));
    if (publish.qos > 0 && publish.dup)
        return (now / againMicros) << 16U | publish.id;
    m_newest = std::max(m_newest + 1, now);
    return m_newest;
}

void MqttPipeline::take(const MqttPacket& publish) {
    m_counters.received(publish.payload, publish.topic);
    const std::uint64_t topic = mqttDigest(publish.topic);
    const std::uint64_t payload = mqttDigest(publish.payload);
    const std::uint64_t digest = topic ^ (payload * 31U);
    Lot lot;
    lot.messages = 1;
    lot.bytes = publish.payload.size() + publish.topic.size();
    std::uint64_t occurrence = 0;
    if (publish.qos > 0) {
        const auto known = m_held.find(publish.id);
        const bool again = known != m_held.end() && known->second.digest == digest && (publish.dup || known->second.carried);
        if (again && !known->second.undone) {
            m_counters.addDuplicates(1);
            Held& held = known->second;
            held.carried = false;
            held.qos = publish.qos;
            held.owed = true;
            if (held.committed) {
                std::string acks;
                acknowledge(acks, publish.id, held);
                m_events.send(std::move(acks));
            }
            return;
        }
        occurrence = again ? known->second.occurrence : occurrenceOf(publish);
        m_held[publish.id] = {digest, publish.qos, false, true, false, false, occurrence};
        lot.ids.emplace_back(publish.id, digest);
    } else {
        occurrence = occurrenceOf(publish);
    }
    if (publish.retain) {
        if (m_memory.tookRetained(topic, payload)) {
            m_counters.addDuplicates(1);
            gather({}, std::move(lot));
            return;
        }
        lot.retained.emplace_back(topic, payload);
    }
    if (publish.payload.size() >= elsewhereFrom) {
        decodeElsewhere(publish, occurrence, std::move(lot));
        return;
    }
    gather(m_decode.decode({publish.topic, publish.payload, publish.payloadSize > publish.payload.size(),
                            m_parts.clock.now(), occurrence}),
           std::move(lot));
}

/// What takes long to decode would hold up every other feed here.
void MqttPipeline::decodeElsewhere(const MqttPacket& publish, std::uint64_t occurrence, Lot lot) {
    ++m_decoding;
    auto back = postOnce<std::shared_ptr<Decoded>>(
        m_strand, nullptr,
        [self = shared_from_this(), lot = std::move(lot)](const std::shared_ptr<Decoded>& decoded) mutable {
            --self->m_decoding;
            if (decoded)
                self->gather(std::move(*decoded), std::move(lot));
            self->flush();
            self->m_events.progress();
        });
    asio::post(m_parts.workers, [config = m_config, topic = std::string(publish.topic),
                                 payload = std::string(publish.payload), back = std::move(back),
                                 cut = publish.payloadSize > publish.payload.size(), now = m_parts.clock.now(), occurrence] {
        back(std::make_shared<Decoded>(MqttDecoding(config).decode({topic, payload, cut, now, occurrence})));
    });
}

void MqttPipeline::gather(Decoded decoded, Lot lot) {
    m_sensors.keepNew(decoded);
    m_bytes += lot.bytes;
    ++m_messages;
    ++m_lot.messages;
    m_lot.bytes += lot.bytes;
    m_lot.ids.insert(m_lot.ids.end(), lot.ids.begin(), lot.ids.end());
    m_lot.retained.insert(m_lot.retained.end(), lot.retained.begin(), lot.retained.end());
    if (decoded.messages.empty() && decoded.faults.empty())
        return; // understood, and nothing to be stored
    Decoded& into = m_lot.byFormat[decoded.format];
    into.format = decoded.format;
    into.messages.insert(into.messages.end(), std::make_move_iterator(decoded.messages.begin()),
                         std::make_move_iterator(decoded.messages.end()));
    into.faults.insert(into.faults.end(), std::make_move_iterator(decoded.faults.begin()),
                       std::make_move_iterator(decoded.faults.end()));
}

void MqttPipeline::flush() {
    if (m_lot.messages == 0 || m_underWay >= mostLots || (m_underWay > 0 && m_lot.messages < worthALot))
        return;
    auto lot = std::make_shared<Lot>(std::move(m_lot));
    m_lot = {};
    ++m_underWay;
    m_counters.heard();
    m_parts.sink.heard(m_config.name);
    auto parts = std::move(lot->byFormat);
    lot->open = parts.size();
    if (parts.empty()) {
        asio::post(m_strand, [self = shared_from_this(), lot] { self->ended(lot); });
        return;
    }
    for (auto& [format, decoded] : parts)
        m_courier.deliver(std::move(decoded), m_config.name,
                          [self = shared_from_this(), lot](Delivered delivered) {
                              asio::post(self->m_strand, [self, lot, undone = std::move(delivered.undone)] {
                                  if (undone && !lot->undone)
                                      lot->undone = undone;
                                  if (--lot->open == 0)
                                      self->ended(lot);
                              });
                          });
}

void MqttPipeline::ended(const std::shared_ptr<Lot>& lot) {
    --m_underWay;
    m_bytes -= lot->bytes;
    m_messages -= lot->messages;
    std::string acks;
    for (const auto& [id, digest] : lot->ids) {
        const auto held = m_held.find(id);
        if (held == m_held.end() || held->second.digest != digest)
            continue;
        if (lot->undone) {
            held->second.undone = true;
            held->second.owed = false;
            continue;
        }
        held->second.committed = true;
        if (held->second.owed)
            acknowledge(acks, id, held->second);
    }
    if (lot->undone) {
        m_sensors.forget();
        m_events.undone(*lot->undone);
    } else {
        for (const auto& [topic, payload] : lot->retained)
            m_memory.rememberRetained(topic, payload);
        if (!lot->retained.empty())
            m_memory.save();
        if (!acks.empty())
            m_events.send(std::move(acks));
    }
    flush();
    m_events.progress();
}

void MqttPipeline::released(std::uint16_t id) {
    m_held.erase(id);
    std::string done;
    appendMqttAck(done, MqttType::pubcomp, id);
    m_events.send(std::move(done));
}

void MqttPipeline::lost() {
    for (auto& [id, held] : m_held) {
        held.carried = true;
        held.owed = false;
    }
}

void MqttPipeline::forget() {
    m_held.clear();
}

} // namespace tocsin::ingest
