#include "tocsin/ingest/encode_cot.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <libxml/xmlwriter.h>
#include <memory>
#include <string_view>

namespace tocsin::ingest {
namespace {

constexpr auto validFor = std::chrono::hours(24);

const xmlChar* bytes(const char* text) {
    return reinterpret_cast<const xmlChar*>(text);
}

std::string plain(double value) {
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 6).ptr;
    return {text, end};
}

/// libxml2's writer over a buffer of its own.
class Writer {
  public:
    Writer() : m_buffer(xmlBufferCreate()), m_writer(xmlNewTextWriterMemory(m_buffer.get(), 0)) {}
    Writer& begin(const char* name) {
        xmlTextWriterStartElement(m_writer.get(), bytes(name));
        return *this;
    }
    Writer& end() {
        xmlTextWriterEndElement(m_writer.get());
        return *this;
    }
    Writer& set(const char* name, const std::string& value) {
        xmlTextWriterWriteAttribute(m_writer.get(), bytes(name), bytes(value.c_str()));
        return *this;
    }
    Writer& text(const std::string& value) {
        xmlTextWriterWriteString(m_writer.get(), bytes(value.c_str()));
        return *this;
    }
    /// An event with its point; its detail is open afterwards.
    Writer& event(const CotOrder& order, const std::string& uid, const char* type, const char* how) {
        const auto time = base::formatTime(order.time);
        begin("event").set("version", "2.0").set("uid", uid).set("type", type).set("how", how);
        set("time", time).set("start", time).set("stale", base::formatTime(order.time + validFor));
        begin("point")
            .set("lat", plain(order.position ? order.position->latitude() : 0))
            .set("lon", plain(order.position ? order.position->longitude() : 0))
            .set("hae", "9999999.0")
            .set("ce", "9999999.0")
            .set("le", "9999999.0");
        return end().begin("detail");
    }
    [[nodiscard]] std::string take() {
        xmlTextWriterFlush(m_writer.get());
        std::string out(reinterpret_cast<const char*>(xmlBufferContent(m_buffer.get())),
                        static_cast<std::size_t>(xmlBufferLength(m_buffer.get())));
        return out;
    }

  private:
    struct FreeBuffer {
        void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
    };
    struct FreeWriter {
        void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
    };
    std::unique_ptr<xmlBuffer, FreeBuffer> m_buffer;
    std::unique_ptr<xmlTextWriter, FreeWriter> m_writer; ///< goes first
};

std::string chat(const CotOrder& order) {
    Writer out;
    out.event(order, std::string("GeoChat.") + deskUid + "." + order.to.value + "." + order.id, "b-t-f", "h-g-i-g-o");
    out.begin("__chat")
        .set("id", order.to.value)
        .set("chatroom", order.callSign)
        .set("senderCallsign", order.from)
        .set("groupOwner", "false")
        .set("messageId", order.id);
    out.begin("chatgrp").set("uid0", deskUid).set("uid1", order.to.value).set("id", order.to.value).end().end();
    out.begin("link").set("uid", deskUid).set("type", "a-f-G-U-C").set("relation", "p-p").end();
    out.begin("remarks").set("source", deskUid).set("to", order.to.value).set("time", base::formatTime(order.time));
    out.text(order.text).end();
    out.begin("marti").begin("dest").set("callsign", order.callSign).end().end();
    out.end().end();
    return out.take();
}

std::string waypoint(const CotOrder& order) {
    Writer out;
    out.event(order, "TOCSIN." + order.id + ".goto", "b-m-p-w-GOTO", "h-g-i-g-o");
    out.begin("contact").set("callsign", order.name).end();
    out.begin("remarks").text(order.text).end();
    out.begin("marti").begin("dest").set("callsign", order.callSign).end().end();
    out.end().end();
    return out.take();
}

/// A route as ATAK draws one: its ends are waypoints, what lies between are checkpoints.
std::string route(const CotOrder& order) {
    Writer out;
    const auto uid = "TOCSIN." + order.id + ".way";
    out.event(order, uid, "b-m-r", "h-g-i-g-o");
    const std::size_t all = order.way.size();
    const std::size_t shown = std::min(all, mostCheckpoints);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& at = order.way[i * (all - 1) / (shown - 1)];
        const bool end = i == 0 || i + 1 == shown;
        out.begin("link")
            .set("uid", uid + "." + std::to_string(i))
            .set("type", end ? "b-m-p-w" : "b-m-p-c")
            .set("callsign", end && i > 0 ? order.name : std::string())
            .set("point", plain(at.latitude()) + "," + plain(at.longitude()))
            .set("relation", "c")
            .end();
    }
    out.begin("link_attr").set("method", "Driving").set("type", "Vehicle").set("order", "Ascending Check Points");
    out.set("prefix", "CP").set("stroke", "3").set("color", "-1").end();
    out.begin("contact").set("callsign", order.name).end();
    out.begin("remarks").text(order.text).end();
    out.begin("marti").begin("dest").set("callsign", order.callSign).end().end();
    out.end().end();
    return out.take();
}

} // namespace

std::string encodeCotOrder(const CotOrder& order) {
    auto out = chat(order) + "\n";
    if (order.position)
        out += waypoint(order) + "\n";
    if (order.way.size() > 1)
        out += route(order) + "\n";
    return out;
}

} // namespace tocsin::ingest
