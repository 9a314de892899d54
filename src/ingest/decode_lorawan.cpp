#include "ingest/decode_lorawan.hpp"

#include "ingest/decode_sensor_json.hpp"

#include <array>
#include <cstdint>

// ChirpStack: chirpstack.io/docs/chirpstack/integrations/events.html and, for 3,
// chirpstack.io/application-server/integrations/events/
// The Things Stack: thethingsindustries.com/docs/integrations/data-formats/

namespace tocsin::ingest {

namespace {

using base::Code;

[[noreturn]] void fail(const JsonTree& tree, const JsonNode& where, std::string message) {
    throw JsonFault{base::Error{Code::malformed, std::move(message), tree.place(where)}};
}

/// ChirpStack 3 writes EUIs as its settings say: hexadecimal, or base64 of the eight bytes.
std::string euiOf(std::string_view text) {
    if (text.size() != 12 || text.back() != '=')
        return std::string(text);
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::uint32_t bits = 0;
    unsigned count = 0;
    std::string out;
    for (const char c : text.substr(0, 11)) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::string(text);
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            const auto byte = bits >> count & 0xFFU;
            static constexpr std::string_view digits = "0123456789abcdef";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        }
    }
    return out;
}

/// The gateway with the least id has heard it: always the same one where the same ones hear it.
std::optional<model::Position> gatewayOf(const JsonTree& tree, const JsonNode* heard, const Source& source) {
    std::optional<model::Position> out;
    std::string least;
    if (heard == nullptr || !heard->isArray())
        return out;
    for (const JsonNode* one = tree.child(*heard); one != nullptr; one = tree.next(*one)) {
        const JsonNode* place = tree.member(one, "location");
        const auto position = positionOf(tree.member(place, "latitude"), tree.member(place, "longitude"), source);
        std::string id(tree.textOf(one, "gatewayId"));
        if (id.empty())
            id = tree.textOf(one, "gatewayID");
        if (id.empty())
            id = tree.textOf(tree.member(one, "gateway_ids"), "gateway_id");
        if (position && (!out || id < least)) {
            out = position;
            least = id;
        }
    }
    return out;
}

struct Uplink {
    std::string device;
    std::string deviceName;
    const JsonNode* payload{nullptr}; ///< decoded
    base::Time time;
    std::optional<model::Position> position;
    bool atGateway{false};
};

/// Where the device says it itself.
std::optional<model::Position> ownPosition(const JsonTree& tree, const JsonNode& payload, const Source& source) {
    static constexpr std::array<std::array<const char*, 2>, 3> names{
        {{"latitude", "longitude"}, {"lat", "lon"}, {"lat", "lng"}}};
    for (const auto& pair : names)
        if (auto position = positionOf(tree.member(&payload, pair[0]), tree.member(&payload, pair[1]), source))
            return position;
    return {};
}

void give(const JsonTree& tree, Uplink uplink, ReadingMaker& make) {
    const auto had = make.out().messages.size();
    if (auto own = ownPosition(tree, *uplink.payload, make.source())) {
        uplink.position = own;
        uplink.atGateway = false;
    }
    const auto add = [&](const std::string& path, std::string_view name, double value) {
        const auto sensor = make.sensor(path.empty() ? uplink.device : uplink.device + "-" + path);
        if (!sensor) {
            make.note(sensor.error().message + ": " + ingest::quoted(path));
            return;
        }
        std::string unit = make.unit({}, name);
        if (uplink.position)
            make.describe(*sensor, uplink.deviceName + (path.empty() ? "" : " " + path), kindOf(path, unit), unit,
                          *uplink.position);
        make.reading(*sensor, uplink.time, value, std::move(unit));
    };
    if (uplink.payload->isNumber() && uplink.payload->number - uplink.payload->number == 0)
        add("", "", uplink.payload->number);
    else
        eachNumber(tree, *uplink.payload, true, {}, add);
    if (make.out().messages.size() == had)
        make.note("an uplink of " + ingest::quoted(uplink.device) + " whose decoded payload has no number in it");
    else if (uplink.position && uplink.atGateway)
        make.note(ingest::quoted(uplink.device) + " says no place: it is put where its gateway is");
}

std::optional<base::Time> timeIn(const JsonTree& tree, const JsonNode* of, std::initializer_list<const char*> keys,
                                 const Source& source) {
    for (const char* key : keys)
        if (const JsonNode* node = tree.member(of, key); node != nullptr)
            if (auto time = timeOf(*node, source))
                return time;
    return {};
}

const JsonNode* firstOf(const JsonTree& tree, const JsonNode* list) {
    return list != nullptr && list->isArray() ? tree.child(*list) : nullptr;
}

void readChirpstack(const JsonTree& tree, ReadingMaker& make) {
    const JsonNode& root = tree.root();
    const Source& source = make.source();
    const JsonNode* info = tree.member(&root, "deviceInfo");
    Uplink uplink;
    uplink.device = euiOf(info != nullptr ? tree.textOf(info, "devEui") : tree.textOf(&root, "devEUI"));
    if (uplink.device.empty())
        fail(tree, root, "a ChirpStack event that names no device (devEui)");
    uplink.deviceName = info != nullptr ? tree.textOf(info, "deviceName") : tree.textOf(&root, "deviceName");
    const JsonNode* heard = tree.member(&root, "rxInfo");
    const bool isUplink = heard != nullptr || tree.member(&root, "object") != nullptr ||
                          tree.member(&root, "objectJSON") != nullptr ||
                          (tree.member(&root, "data") != nullptr && tree.member(&root, "fPort") != nullptr);
    if (!isUplink) {
        make.note("a ChirpStack event of " + ingest::quoted(uplink.device) + " that is no uplink: understood, nothing to store");
        return;
    }
    const auto time = timeIn(tree, &root, {"time", "publishedAt"}, source);
    const auto heardAt = timeIn(tree, firstOf(tree, heard), {"gwTime", "time", "nsTime"}, source);
    if (!time && !heardAt)
        make.note("an uplink without a time: taken as of now");
    uplink.time = time ? *time : heardAt.value_or(source.receivedAt);
    uplink.position = gatewayOf(tree, heard, source);
    uplink.atGateway = uplink.position.has_value();

    uplink.payload = tree.member(&root, "object");
    const JsonNode* asText = tree.member(&root, "objectJSON");
    if (uplink.payload == nullptr && asText != nullptr && asText->isText() && !trimmed(asText->text).empty()) {
        const auto inner = JsonTree::read(asText->text);
        if (!inner)
            fail(tree, *asText, "\"objectJSON\" is no JSON: " + inner.error().message);
        uplink.payload = &(*inner)->root();
        give(**inner, std::move(uplink), make);
        return;
    }
    if (uplink.payload == nullptr || uplink.payload->kind == JsonNode::Kind::null) {
        make.note("an uplink of " + ingest::quoted(uplink.device) +
                  " without a decoded payload: its device profile needs a codec");
        return;
    }
    give(tree, std::move(uplink), make);
}

/// "v3/APPLICATION@TENANT/devices/DEVICE/up"
std::string_view deviceInTopic(std::string_view topic) {
    const auto at = topic.find("/devices/");
    if (at == std::string_view::npos)
        return {};
    topic.remove_prefix(at + 9);
    return topic.substr(0, topic.find('/'));
}

void readTheThings(const JsonTree& tree, ReadingMaker& make) {
    const Source& source = make.source();
    const JsonNode* body = &tree.root();
    for (const char* wrapper : {"result", "data"})
        if (const JsonNode* inner = tree.member(body, wrapper); inner != nullptr && inner->isObject())
            body = inner;
    if (!body->isObject())
        fail(tree, *body, "The Things Stack sends JSON objects");
    const JsonNode* ids = tree.member(body, "end_device_ids");
    Uplink uplink;
    uplink.device = tree.textOf(ids, "device_id");
    if (uplink.device.empty())
        uplink.device = tree.textOf(ids, "dev_eui");
    if (uplink.device.empty())
        uplink.device = deviceInTopic(source.topic);
    uplink.deviceName = uplink.device;
    const JsonNode* up = tree.member(body, "uplink_message");
    if (up == nullptr) {
        make.note("a message of The Things Stack that is no uplink: understood, nothing to store");
        return;
    }
    const JsonNode* heard = tree.member(up, "rx_metadata");
    uplink.payload = tree.member(up, "decoded_payload");
    if (uplink.payload == nullptr || uplink.payload->kind == JsonNode::Kind::null) {
        make.note("an uplink of " + ingest::quoted(uplink.device) + " without a decoded payload: it needs a payload formatter");
        return;
    }
    if (uplink.device.empty())
        fail(tree, *up, "an uplink that names no device (end_device_ids, or .../devices/DEVICE/up as topic)");
    auto time = timeIn(tree, up, {"received_at"}, source);
    if (!time)
        time = timeIn(tree, body, {"received_at"}, source);
    if (!time)
        time = timeIn(tree, tree.member(up, "settings"), {"time"}, source);
    if (!time)
        time = timeIn(tree, firstOf(tree, heard), {"time", "received_at"}, source);
    if (!time)
        make.note("an uplink without a time: taken as of now");
    uplink.time = time.value_or(source.receivedAt);
    if (const JsonNode* places = tree.member(up, "locations"); places != nullptr && places->isObject())
        for (const JsonNode* one = tree.child(*places); one != nullptr && !uplink.position; one = tree.next(*one))
            uplink.position = positionOf(tree.member(one, "latitude"), tree.member(one, "longitude"), source);
    if (!uplink.position) {
        uplink.position = gatewayOf(tree, heard, source);
        uplink.atGateway = uplink.position.has_value();
    }
    give(tree, std::move(uplink), make);
}

base::Result<Decoded> decodeWith(std::string_view bytes, const Source& source, Format format,
                                 void (*read)(const JsonTree&, ReadingMaker&)) {
    Decoded out;
    out.format = format;
    ReadingMaker make(source, out);
    const auto good =
        eachJsonDocument(bytes, out, [&](const JsonTree& tree, std::size_t) { read(tree, make); });
    return wholeOrFirstFault(std::move(out), good);
}

} // namespace

bool recognisesChirpstack(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::json || g.isArray)
        return false;
    const auto has = [&](std::string_view key) { return g.keys.has(0, key); };
    return (has("deviceInfo") && g.keys.has(1, "devEui")) ||
           (has("devEUI") && (has("applicationID") || has("applicationName")));
}

base::Result<Decoded> decodeChirpstack(std::string_view bytes, const Source& source) {
    return decodeWith(bytes, source, Format::chirpstack, &readChirpstack);
}

bool recognisesTheThingsStack(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::json || g.isArray)
        return false;
    const auto up = [&](std::size_t depth) {
        return g.keys.has(depth, "uplink_message") || g.keys.has(depth, "end_device_ids");
    };
    const bool event = g.keys.has(0, "name") && g.keys.has(0, "data") && g.keys.has(1, "@type") &&
                       g.text.find("type.googleapis.com/ttn.lorawan.v3.") != std::string_view::npos;
    return up(0) || (g.keys.has(0, "result") && up(1)) || event;
}

base::Result<Decoded> decodeTheThingsStack(std::string_view bytes, const Source& source) {
    return decodeWith(bytes, source, Format::theThingsStack, &readTheThings);
}

} // namespace tocsin::ingest
