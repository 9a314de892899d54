#include "decode_cot_proto.hpp"

#include "decode_cot_split.hpp"
#include "xml_escape.hpp"

#include "tocsin/base/time.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <protozero/pbf_reader.hpp>

namespace tocsin::ingest {

using base::Code;

namespace {

using Reader = protozero::pbf_reader;
using protozero::pbf_wire_type;

constexpr std::size_t mostVarintBytes = 5; // 35 bits: more than any length or version here
constexpr std::uint64_t latest = 253'402'300'799'999; // the end of the year 9999, milliseconds

/// A varint at `at`, which moves behind it. Nothing where it does not end.
std::optional<std::size_t> varint(std::string_view bytes, std::size_t& at) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < mostVarintBytes && at < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        value |= static_cast<std::size_t>(byte & 0x7FU) << (7 * i);
        if ((byte & 0x80U) == 0)
            return value;
    }
    return {};
}

/// A TakMessage begins with one of its fields: control, event, or the times that a server adds.
bool beginsMessage(char c) {
    return c == '\x0A' || c == '\x12' || c == '\x18' || c == '\x20';
}

void addAttribute(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty())
        return; // proto3 does not tell "" from nothing
    out.append(" ").append(name).append("=\"");
    addEscaped(out, value);
    out += '"';
}

std::string textOf(double value) {
    std::array<char, 40> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end};
}

/// The element with the string fields 1… of a message as its attributes.
template <std::size_t N>
void addStrings(std::string& out, std::string_view element, Reader message, const std::array<std::string_view, N>& names) {
    std::array<std::string, N> values;
    while (message.next()) {
        const auto index = static_cast<std::size_t>(message.tag()) - 1;
        if (index < N && message.wire_type() == pbf_wire_type::length_delimited)
            values[index] = message.get_string();
        else
            message.skip();
    }
    out.append("<").append(element);
    for (std::size_t i = 0; i < N; ++i)
        addAttribute(out, names[i], values[i]);
    out += "/>";
}

void addStatus(std::string& out, Reader message) {
    std::uint32_t battery = 0;
    while (message.next())
        if (message.tag() == 1 && message.wire_type() == pbf_wire_type::varint)
            battery = message.get_uint32();
        else
            message.skip();
    out += "<status battery=\"" + std::to_string(battery) + "\"/>";
}

void addTrack(std::string& out, Reader message) {
    double speed = 0;
    double course = 0;
    while (message.next())
        if (message.tag() == 1 && message.wire_type() == pbf_wire_type::fixed64)
            speed = message.get_double();
        else if (message.tag() == 2 && message.wire_type() == pbf_wire_type::fixed64)
            course = message.get_double();
        else
            message.skip();
    out += "<track speed=\"" + textOf(speed) + "\" course=\"" + textOf(course) + "\"/>";
}

std::string detailOf(Reader message) {
    static constexpr std::array<std::string_view, 2> contact{"endpoint", "callsign"};
    static constexpr std::array<std::string_view, 2> group{"name", "role"};
    static constexpr std::array<std::string_view, 2> precision{"geopointsrc", "altsrc"};
    static constexpr std::array<std::string_view, 4> takv{"device", "platform", "os", "version"};
    std::string xml;
    std::string typed;
    while (message.next()) {
        if (message.wire_type() != pbf_wire_type::length_delimited) {
            message.skip();
            continue;
        }
        switch (message.tag()) {
        case 1:
            xml = message.get_string();
            break;
        case 2:
            addStrings(typed, "contact", message.get_message(), contact);
            break;
        case 3:
            addStrings(typed, "__group", message.get_message(), group);
            break;
        case 4:
            addStrings(typed, "precisionlocation", message.get_message(), precision);
            break;
        case 5:
            addStatus(typed, message.get_message());
            break;
        case 6:
            addStrings(typed, "takv", message.get_message(), takv);
            break;
        case 7:
            addTrack(typed, message.get_message());
            break;
        default:
            message.skip();
        }
    }
    return "<detail>" + xml + typed + "</detail>";
}

/// What the attributes and the point of an <event> are made of.
struct Event {
    std::array<std::string, 18> texts; ///< by the number of the field
    std::array<std::uint64_t, 3> times{};
    std::array<double, 5> point{0, 0, 0, 0, 0};
    std::string detail{"<detail/>"};
};

Event eventOf(Reader message) {
    Event event;
    while (message.next()) {
        const auto tag = static_cast<std::size_t>(message.tag());
        const auto wire = message.wire_type();
        if (tag == 15 && wire == pbf_wire_type::length_delimited)
            event.detail = detailOf(message.get_message());
        else if (tag >= 6 && tag <= 8 && wire == pbf_wire_type::varint)
            event.times[tag - 6] = message.get_uint64();
        else if (tag >= 10 && tag <= 14 && wire == pbf_wire_type::fixed64)
            event.point[tag - 10] = message.get_double();
        else if (tag < event.texts.size() && wire == pbf_wire_type::length_delimited)
            event.texts[tag] = message.get_string();
        else
            message.skip();
    }
    return event;
}

base::Result<std::string> xmlOf(const Event& event) {
    static constexpr std::pair<std::size_t, std::string_view> texts[] = {
        {5, "uid"}, {1, "type"}, {9, "how"}, {2, "access"}, {3, "qos"}, {4, "opex"}, {16, "caveat"}, {17, "releaseableTo"}};
    static constexpr std::array<std::string_view, 3> times{"time", "start", "stale"};
    static constexpr std::array<std::string_view, 5> point{"lat", "lon", "hae", "ce", "le"};
    std::string out = "<event version=\"2.0\"";
    for (const auto& [field, name] : texts)
        addAttribute(out, name, event.texts[field]);
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (event.times[i] > latest)
            return base::fail(Code::outOfRange, "the event's " + std::string(times[i]) + " is after the year 9999");
        if (event.times[i] > 0)
            addAttribute(out, times[i],
                         base::formatTime(base::Time(std::chrono::duration_cast<base::Time::duration>(
                             std::chrono::milliseconds(event.times[i])))));
    }
    out += "><point";
    for (std::size_t i = 0; i < point.size(); ++i)
        addAttribute(out, point[i], textOf(event.point[i]));
    out += "/>" + event.detail + "</event>";
    return out;
}

} // namespace

std::optional<TakFrame> takFrame(std::string_view bytes) {
    if (bytes.size() < 4 || bytes.front() != takMagic)
        return {};
    std::size_t at = 1;
    const auto value = varint(bytes, at);
    if (!value || at >= bytes.size())
        return {};
    const std::size_t left = bytes.size() - at - 1;
    if (bytes[at] == takMagic && left > 0) {
        const char next = bytes[at + 1];
        if (*value == 0 ? next == '<' || next == ' ' || next == '\n' : beginsMessage(next))
            return TakFrame{*value, at + 1, left, true};
    }
    if (!beginsMessage(bytes[at]) || *value == 0)
        return {};
    const bool whole = *value <= bytes.size() - at;
    return TakFrame{1, at, whole ? *value : bytes.size() - at, whole};
}

base::Result<std::optional<TakFrame>> takStreamFrame(std::string_view bytes) {
    std::size_t at = 1;
    const auto length = varint(bytes, at);
    if (!length && at > mostVarintBytes)
        return base::fail(Code::malformed, "a TAK frame whose length is no number", {.line = {}, .column = {}, .byte = 1});
    if (!length)
        return std::nullopt;
    if (*length > maxCotEventBytes)
        return base::fail(Code::tooLarge, "a TAK frame of over 256 KiB", {.line = {}, .column = {}, .byte = 1});
    if (*length > bytes.size() - at)
        return std::nullopt;
    return TakFrame{1, at, *length, true};
}

base::Result<std::string> takMessageAsXml(std::string_view message) {
    Reader reader(message.data(), message.size());
    const auto broken = [&](const std::string& why) {
        return base::fail(Code::malformed, "TAK's protobuf: " + why,
                          {.line = {}, .column = {}, .byte = message.size() - reader.length()});
    };
    try {
        std::optional<Event> event;
        while (reader.next())
            if (reader.tag() == 2 && reader.wire_type() == pbf_wire_type::length_delimited)
                event = eventOf(reader.get_message());
            else
                reader.skip();
        if (!event)
            return std::string();
        auto xml = xmlOf(*event);
        if (!xml)
            xml.error().place.byte = 0;
        return xml;
    } catch (const protozero::exception& e) {
        return broken(e.what());
    }
}

} // namespace tocsin::ingest
