#include "ingest/mqtt_decode.hpp"

#include "ingest/decode_place.hpp"
#include "ingest/decode_tasmota.hpp"
#include "ingest/mqtt_memory.hpp"
#include "tocsin/ingest/courier.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tocsin::ingest {

namespace {

constexpr std::size_t mostTopics = 20'000;
constexpr std::size_t mostSensors = 50'000;

Decoded faultOf(Format format, const MqttMessage& message, base::Error error) {
    error.message = "topic " + ingest::quoted(message.topic, 120) + ": " + error.message;
    Decoded out;
    out.format = format;
    out.faults.push_back({std::move(error), std::string(message.payload), std::string(message.topic), message.receivedAt});
    return out;
}

/// A report without an id of its own is known again by what it says and where it came: a broker gives it again after
/// a broken connection. One without a time as well is another each time that it is sent: a button may be pressed twice.
void nameReports(Decoded& decoded, const MqttMessage& message) {
    std::size_t number = 0;
    for (auto& one : decoded.messages) {
        auto* report = std::get_if<model::Report>(&one);
        if (report == nullptr)
            continue;
        if (report->sourceId.empty()) {
            std::array<char, 64> id{};
            const auto digest = static_cast<unsigned long long>(mqttDigest(message.payload, mqttDigest(message.topic)));
            if (report->happenedAt == base::Time{})
                std::snprintf(id.data(), id.size(), "mqtt-%016llx-%llx-%zu", digest,
                              static_cast<unsigned long long>(message.occurrence), number);
            else
                std::snprintf(id.data(), id.size(), "mqtt-%016llx-%zu", digest, number);
            report->sourceId = id.data();
        }
        ++number;
    }
}

} // namespace

MqttDecoding::MqttDecoding(const FeedConfig& config) : m_source(config.source()), m_format(config.declared()) {}

Format MqttDecoding::formatOf(const MqttMessage& message) {
    if (m_format != Format::unknown)
        return m_format;
    std::string topic(message.topic);
    if (const auto known = m_byTopic.find(topic); known != m_byTopic.end())
        return known->second;
    Format format = isTasmotaTopic(message.topic) ? Format::tasmota : sniff(message.payload);
    if (format != Format::unknown && m_byTopic.size() < mostTopics)
        m_byTopic.emplace(std::move(topic), format);
    return format;
}

Decoded MqttDecoding::decode(const MqttMessage& message) {
    if (message.cut)
        return faultOf(m_format, message,
                       {base::Code::tooLarge,
                        "a message of more than " + std::to_string(maxMessageBytes) + " bytes; only its beginning is kept",
                        {.line = {}, .column = {}, .byte = message.payload.size()}});
    if (message.payload.empty()) // how a retained message is taken back
        return {};
    m_source.topic = message.topic;
    m_source.name = message.topic;
    m_source.receivedAt = message.receivedAt;
    Format format = formatOf(message);
    auto decoded = ingest::decode(message.payload, format, m_source);
    if (!decoded && m_format == Format::unknown && m_byTopic.erase(std::string(message.topic)) > 0) {
        const Format other = sniff(message.payload); // another sender on the same topic
        if (other != format && other != Format::unknown) {
            format = other;
            decoded = ingest::decode(message.payload, format, m_source);
        }
    }
    if (!decoded)
        return faultOf(format, message, std::move(decoded.error()));
    if (auto ok = complete(*decoded, m_source); !ok)
        return faultOf(format, message, std::move(ok.error()));
    for (auto& fault : decoded->faults)
        fault.error.message = "topic " + ingest::quoted(message.topic, 120) + ": " + fault.error.message;
    nameReports(*decoded, message);
    return std::move(*decoded);
}

void SensorsTold::keepNew(Decoded& decoded) {
    const auto told = [this](const Message& message) {
        const auto* sensor = std::get_if<model::Sensor>(&message);
        if (sensor == nullptr)
            return false;
        if (m_told.size() >= mostSensors)
            m_told.clear();
        const auto [at, isNew] = m_told.try_emplace(sensor->id.value, *sensor);
        if (isNew || !(at->second == *sensor)) {
            at->second = *sensor;
            return false;
        }
        return true;
    };
    std::erase_if(decoded.messages, told);
}

} // namespace tocsin::ingest
