#include "ingest/mqtt_packet.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace tocsin::ingest {

namespace {

using base::Code;

/// Enough of an over-long message to know it by: its topic and the beginning of its payload.
constexpr std::size_t keptOfTooLong = 128U << 10U;
constexpr std::size_t mostText = 0xFFFF;

void put16(std::string& out, std::size_t value) {
    out += static_cast<char>(value >> 8U & 0xFFU);
    out += static_cast<char>(value & 0xFFU);
}
void put32(std::string& out, std::uint32_t value) {
    put16(out, value >> 16U);
    put16(out, value & 0xFFFFU);
}
void putText(std::string& out, std::string_view text) {
    text = text.substr(0, mostText);
    put16(out, text.size());
    out += text;
}
void putLength(std::string& out, std::size_t value) {
    do {
        const auto low = static_cast<unsigned char>(value & 0x7FU);
        value >>= 7U;
        out += static_cast<char>(value != 0 ? low | 0x80U : low);
    } while (value != 0);
}
std::string packet(unsigned head, std::string_view body) {
    std::string out(1, static_cast<char>(head));
    putLength(out, body.size());
    out += body;
    return out;
}
unsigned headOf(MqttType type, unsigned flags = 0) {
    return static_cast<unsigned>(type) << 4U | flags;
}

tl::unexpected<base::Error> wrong(std::string what) {
    return base::fail(Code::malformed, "no MQTT: " + std::move(what));
}

/// Reads a packet's body from its beginning; once it fails it stays so.
class Body {
  public:
    explicit Body(std::string_view bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }
    std::string_view take(std::size_t size) {
        if (size > m_bytes.size()) {
            m_ok = false;
            size = m_bytes.size();
        }
        const auto out = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size);
        return out;
    }
    std::uint8_t byte() {
        const auto one = take(1);
        return one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one.front());
    }
    std::uint16_t word() {
        const unsigned high = byte();
        return static_cast<std::uint16_t>(high << 8U | byte());
    }
    std::string_view text() { return take(word()); }
    std::size_t length() {
        std::size_t value = 0;
        for (unsigned shift = 0; shift < 28; shift += 7) {
            const unsigned one = byte();
            value |= static_cast<std::size_t>(one & 0x7FU) << shift;
            if ((one & 0x80U) == 0)
                return value;
        }
        m_ok = false;
        return 0;
    }
    [[nodiscard]] std::string_view rest() const { return m_bytes; }

  private:
    std::string_view m_bytes;
    bool m_ok{true};
};

/// The properties of 5 that matter here; the others are passed over by their type.
bool readProperties(Body& in, MqttPacket& out) {
    Body props(in.take(in.length()));
    while (in.ok() && props.ok() && props.left() > 0) {
        switch (props.length()) {
        case 0x01: case 0x17: case 0x19: case 0x24: case 0x25: case 0x28: case 0x29: case 0x2A:
            (void)props.byte();
            break;
        case 0x13:
            out.keepAliveSeconds = props.word();
            break;
        case 0x21: case 0x22: case 0x23:
            (void)props.word();
            break;
        case 0x02: case 0x11: case 0x18: case 0x27:
            (void)props.take(4);
            break;
        case 0x0B:
            (void)props.length();
            break;
        case 0x1F:
            out.reasonText = props.text();
            break;
        case 0x03: case 0x08: case 0x09: case 0x12: case 0x15: case 0x16: case 0x1A: case 0x1C:
            (void)props.text();
            break;
        case 0x26:
            (void)props.text();
            (void)props.text();
            break;
        default:
            return false;
        }
    }
    return in.ok() && props.ok();
}

/// `whole`: the body's true size, where only its beginning is here.
base::Result<std::optional<MqttPacket>> readPublish(int version, unsigned flags, std::string_view bytes,
                                                    std::size_t whole) {
    MqttPacket out;
    out.type = MqttType::publish;
    out.dup = (flags & 8U) != 0;
    out.retain = (flags & 1U) != 0;
    out.qos = static_cast<int>(flags >> 1U & 3U);
    Body in(bytes);
    out.topic = in.text();
    if (out.qos > 0)
        out.id = in.word();
    if (version >= mqtt5 && in.ok() && !readProperties(in, out))
        return wrong("a message with broken properties");
    if (!in.ok() || out.qos == 3 || out.topic.empty() || (out.qos > 0 && out.id == 0) || !base::isUtf8(out.topic))
        return wrong("a message with a broken head");
    out.payload = in.rest();
    out.payloadSize = out.payload.size() + (whole - bytes.size());
    return out;
}

} // namespace

std::string mqttConnect(const MqttConnect& what) {
    std::string body;
    putText(body, "MQTT");
    body += static_cast<char>(what.version);
    const unsigned flags =
        (what.cleanStart ? 2U : 0U) | (what.user ? 0x80U : 0U) | (what.password && what.user ? 0x40U : 0U);
    body += static_cast<char>(flags);
    put16(body, what.keepAliveSeconds);
    if (what.version >= mqtt5) {
        std::string props;
        props += '\x11';
        put32(props, what.sessionExpirySeconds);
        props += '\x21';
        put16(props, what.receiveMaximum);
        putLength(body, props.size());
        body += props;
    }
    putText(body, what.clientId);
    if (what.user)
        putText(body, *what.user);
    if (what.user && what.password)
        putText(body, *what.password);
    return packet(headOf(MqttType::connect), body);
}

std::string mqttSubscribe(int version, std::uint16_t id, const std::vector<std::string>& filters, int qos) {
    std::string body;
    put16(body, id);
    if (version >= mqtt5)
        body += '\0';
    for (const auto& filter : filters) {
        putText(body, filter);
        const unsigned retainHandling = version >= mqtt5 ? 0x10U : 0U;
        body += static_cast<char>(static_cast<unsigned>(qos) | retainHandling);
    }
    return packet(headOf(MqttType::subscribe, 2), body);
}

std::string mqttUnsubscribe(int version, std::uint16_t id, const std::vector<std::string>& filters) {
    std::string body;
    put16(body, id);
    if (version >= mqtt5)
        body += '\0';
    for (const auto& filter : filters)
        putText(body, filter);
    return packet(headOf(MqttType::unsubscribe, 2), body);
}

void appendMqttAck(std::string& out, MqttType type, std::uint16_t id) {
    out += static_cast<char>(headOf(type));
    out += '\2';
    put16(out, id);
}

std::string mqttPing() {
    return packet(headOf(MqttType::pingreq), {});
}
std::string mqttDisconnect() {
    return packet(headOf(MqttType::disconnect), {});
}

std::string mqttReason(int version, MqttType type, std::uint8_t reason) {
    if (version < mqtt5 && type == MqttType::connack) {
        switch (reason) {
        case 1: return "it does not speak MQTT 3.1.1";
        case 2: return "it does not want this client id";
        case 3: return "it is not ready";
        case 4: return "user or password is wrong";
        case 5: return "this user may not connect";
        default: break;
        }
    }
    switch (reason) {
    case 0x80: return "it gives no reason";
    case 0x81: case 0x82: return "it says that we broke the protocol";
    case 0x84: return "it does not speak MQTT 5";
    case 0x85: return "it does not want this client id";
    case 0x86: return "user or password is wrong";
    case 0x87: return "this user may not do so";
    case 0x88: return "it is not ready";
    case 0x89: return "it is busy";
    case 0x8A: return "this client is banned";
    case 0x8B: return "it is shutting down";
    case 0x8C: return "it wants another kind of authentication";
    case 0x8D: return "it heard nothing from us for too long";
    case 0x8E: return "another client has come with the same client id";
    case 0x8F: return "the topic is not allowed there";
    case 0x93: return "it says that too many messages are under way";
    case 0x95: return "the packet is too large for it";
    case 0x97: return "a quota is used up";
    case 0x9C: case 0x9D: return "it wants us to use another server";
    case 0x9E: return "it has no shared subscriptions";
    case 0xA2: return "it has no wildcard topics";
    default: return "reason " + std::to_string(reason);
    }
}

base::Result<void> checkMqttFilter(std::string_view filter) {
    const auto no = [&](const char* why) {
        return base::fail(Code::malformed, "'" + std::string(filter.substr(0, 120)) + "' is no topic: " + why);
    };
    if (filter.empty() || filter.size() > mostText)
        return no("it must have 1 to 65535 bytes");
    if (!base::isUtf8(filter) || filter.find('\0') != std::string_view::npos)
        return no("it must be UTF-8 without a zero");
    if (filter.starts_with("$share/")) {
        const auto end = filter.find('/', 7);
        const auto group = filter.substr(7, end == std::string_view::npos ? end : end - 7);
        if (end == std::string_view::npos || group.empty() || group.find_first_of("+#") != std::string_view::npos)
            return no("a shared one is $share/GROUP/TOPIC");
        filter.remove_prefix(end + 1);
        if (filter.empty())
            return no("a shared one is $share/GROUP/TOPIC");
    }
    for (std::size_t at = 0; at <= filter.size();) {
        const auto end = std::min(filter.find('/', at), filter.size());
        const auto level = filter.substr(at, end - at);
        if (level.find_first_of("+#") != std::string_view::npos && level.size() > 1)
            return no("+ and # must stand alone between slashes");
        if (level == "#" && end != filter.size())
            return no("# may only stand at the end");
        at = end + 1;
    }
    return {};
}

MqttReader::MqttReader(int version, std::size_t most) : m_version(version), m_most(most) {}

char* MqttReader::room(std::size_t least) {
    if (m_begin == m_end)
        m_begin = m_end = 0;
    if (m_buffer.size() - m_end < least && m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_buffer.size() - m_end < least)
        m_buffer.resize(m_end + least);
    return m_buffer.data() + m_end;
}

void MqttReader::received(std::size_t count) {
    m_end += count;
    const auto gone = std::min(m_passOver, m_end - m_begin);
    m_begin += gone;
    m_passOver -= gone;
}

base::Result<std::optional<MqttPacket>> MqttReader::next() {
    const std::string_view here(m_buffer.data() + m_begin, m_end - m_begin);
    std::size_t size = 0;
    std::size_t at = 1;
    for (unsigned shift = 0;; shift += 7) {
        if (at >= here.size())
            return std::nullopt;
        if (shift == 28)
            return wrong("a packet's length has five bytes");
        const auto one = static_cast<unsigned char>(here[at++]);
        size |= static_cast<std::size_t>(one & 0x7FU) << shift;
        if ((one & 0x80U) == 0)
            break;
    }
    return take(static_cast<std::uint8_t>(here.front()), at, size);
}

base::Result<std::optional<MqttPacket>> MqttReader::take(std::uint8_t head, std::size_t headSize, std::size_t size) {
    const auto type = static_cast<MqttType>(head >> 4U);
    const unsigned flags = head & 0x0FU;
    const std::size_t have = m_end - m_begin - headSize;
    const bool cut = size > m_most;
    if (cut && type != MqttType::publish)
        return wrong("a packet of " + std::to_string(size) + " bytes that is no message");
    const std::size_t needed = cut ? std::min(size, keptOfTooLong) : size;
    if (have < needed)
        return std::nullopt;
    const std::string_view bytes(m_buffer.data() + m_begin + headSize, needed);
    m_begin += headSize + needed;
    if (cut) {
        m_passOver = size - needed;
        received(0);
    }
    if (type == MqttType::publish)
        return readPublish(m_version, flags, bytes, size);

    MqttPacket out;
    out.type = type;
    Body in(bytes);
    switch (type) {
    case MqttType::connack:
        out.sessionPresent = (in.byte() & 1U) != 0;
        out.reason = in.byte();
        // A broker that does not know 5 answers as 3.1.1 has it: without properties.
        if (m_version >= mqtt5 && in.left() > 0 && !readProperties(in, out))
            return wrong("a CONNACK with broken properties");
        break;
    case MqttType::suback:
    case MqttType::unsuback:
        out.id = in.word();
        if (m_version >= mqtt5 && !readProperties(in, out))
            return wrong("a SUBACK with broken properties");
        for (const char one : in.rest())
            out.reasons.push_back(static_cast<std::uint8_t>(one));
        break;
    case MqttType::pubrel:
        if (flags != 2)
            return wrong("a PUBREL with wrong flags");
        out.id = in.word();
        break;
    case MqttType::disconnect:
        if (in.left() > 0)
            out.reason = in.byte();
        if (m_version >= mqtt5 && in.left() > 0 && !readProperties(in, out))
            return wrong("a DISCONNECT with broken properties");
        break;
    case MqttType::pingresp:
        break;
    default:
        return wrong("a packet of type " + std::to_string(head >> 4U) + ", which no broker sends to a subscriber");
    }
    if (!in.ok())
        return wrong("a packet that is too short");
    return out;
}

} // namespace tocsin::ingest
