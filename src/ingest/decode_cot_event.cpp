#include "decode_cot_event.hpp"

#include "decode_cot_shape.hpp"
#include "decode_unit_text.hpp"

#include "tocsin/base/text.hpp"
#include "tocsin/geo/datum.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/ingest/encode_cot.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::ingest {

using base::Code;
using units::degreesIn;
using units::numberIn;
using units::oneLine;

namespace {

constexpr std::size_t mostId = 120;
constexpr std::size_t mostSourceId = 255;
constexpr std::size_t mostDeviations = 100;
constexpr std::size_t mostName = 200;
constexpr std::size_t mostText = 16'000;
constexpr auto usualStale = std::chrono::minutes(5);
constexpr auto longestStale = std::chrono::days(366);
/// From here on an error says "unknown"; the standard's own is 9999999, ATAK's chat writes 999999.
constexpr double unknownMetres = 999'999;

const XmlElement* link(const XmlElement* detail, std::string_view relation) {
    if (detail == nullptr)
        return nullptr;
    for (const auto& child : detail->children)
        if (child.name == "link" && !child.attribute("uid").empty() &&
            (relation.empty() || child.attribute("relation") == relation))
            return &child;
    return nullptr;
}

std::string_view attributeOf(const XmlElement* detail, std::string_view child, std::string_view name) {
    const XmlElement* found = detail == nullptr ? nullptr : detail->child(child);
    return found == nullptr ? std::string_view() : found->attribute(name);
}

/// What an event of this type is for. Types that bring the desk nothing are known too.
enum class Meaning : unsigned char { none, nothing, atom, chat, receipt, marker, removal, beacon };

Meaning meaningOf(std::string_view type) {
    const auto is = [type](std::string_view start) {
        return type == start || (type.starts_with(start) && type[start.size()] == '-');
    };
    if (is("a"))
        return Meaning::atom;
    if (type == "b-t-f")
        return Meaning::chat;
    if (type == "b-t-f-d" || type == "b-t-f-r") // that it was delivered, and read
        return Meaning::receipt;
    if (is("b-a"))
        return Meaning::beacon;
    if (is("b-m-p") || is("b-m-r") || is("u-d") || is("u-rb") || is("u-r-b"))
        return Meaning::marker;
    if (is("t-x-d-d"))
        return Meaning::removal;
    static constexpr std::string_view kinds = "bctruy";
    return type.size() > 1 && type[1] == '-' && kinds.find(type.front()) != std::string_view::npos ? Meaning::nothing
                                                                                                   : Meaning::none;
}

} // namespace

struct CotEventReader::Point {
    model::Position position;
    std::optional<double> altitude;
    std::optional<double> accuracy;
    bool isNone{false}; ///< 0, 0 with no accuracy: what a phone sends that has no fix
};

struct CotEventReader::Head {
    std::string uid;
    std::string type;
    std::string callSign;
    base::Time time;
    base::Time stale;
    std::optional<Point> point;
    const XmlElement* detail{nullptr};
};

tl::unexpected<base::Error> CotEventReader::fault(Code code, std::string message, const XmlElement& at) const {
    return base::fail(code, std::move(message), m_document.place(m_base + at.offset));
}

void CotEventReader::deviates(std::string text) {
    if (m_deviations.size() < mostDeviations &&
        std::find(m_deviations.begin(), m_deviations.end(), text) == m_deviations.end())
        m_deviations.push_back(std::move(text));
}

base::Result<model::Position> CotEventReader::place(double latitude, double longitude, const XmlElement& at) const {
    auto position = geo::normalise({.latitude = latitude, .longitude = longitude, .datum = m_source.datum});
    if (!position)
        return fault(position.error().code, position.error().message, at);
    return position;
}

base::Result<std::optional<CotEventReader::Point>> CotEventReader::point(const XmlElement& event) const {
    const XmlElement* element = event.child("point");
    if (element == nullptr)
        return std::nullopt;
    const auto latitude = numberIn(element->attribute("lat"));
    const auto longitude = numberIn(element->attribute("lon"));
    if (!latitude || !longitude)
        return fault(Code::malformed, "the <point>'s lat or lon is no number", *element);
    auto position = place(*latitude, *longitude, *element);
    if (!position)
        return tl::unexpected(std::move(position.error()));
    Point point;
    point.position = *position;
    if (const auto hae = numberIn(element->attribute("hae")); hae && *hae > -12'000 && *hae < 200'000)
        point.altitude = *hae;
    if (const auto ce = numberIn(element->attribute("ce")); ce && *ce >= 0 && *ce < unknownMetres)
        point.accuracy = *ce;
    point.isNone = *latitude == 0 && *longitude == 0 && !point.accuracy;
    return point;
}

base::Result<base::Time> CotEventReader::time(const XmlElement& event, std::string_view name) const {
    auto parsed = parseTimeIn(event.attribute(name), m_source);
    if (!parsed)
        return fault(parsed.error().code, "the event's " + std::string(name) + ": " + parsed.error().message, event);
    return parsed;
}

base::Result<CotEventReader::Head> CotEventReader::head(const XmlElement& event) {
    Head head;
    const auto uid = event.attribute("uid");
    if (uid.empty())
        return fault(Code::malformed, "an event without a uid", event);
    if (uid.size() > mostSourceId || findControl(uid, false) != std::string_view::npos)
        return fault(Code::malformed, "the event's uid is over 255 bytes or has control characters", event);
    head.uid = uid;
    head.type = oneLine(event.attribute("type"), 100);
    head.detail = event.child("detail");
    head.callSign = oneLine(attributeOf(head.detail, "contact", "callsign"), mostName);
    if (event.attribute("time").empty() && event.attribute("start").empty()) {
        if (m_source.receivedAt == base::Time{})
            return fault(Code::malformed, "an event that says no time", event);
        deviates("an event says no time: it is taken as of when it came");
        head.time = m_source.receivedAt;
    } else {
        auto when = time(event, event.attribute("time").empty() ? "start" : "time");
        if (!when)
            return tl::unexpected(std::move(when.error()));
        head.time = *when;
        if (head.time < units::earliest)
            return fault(Code::outOfRange, "the event's time is before 1980", event);
    }
    head.stale = head.time + usualStale;
    if (event.attribute("stale").empty()) {
        deviates("an event does not say from when it is old: five minutes are taken");
    } else {
        auto stale = time(event, "stale");
        if (!stale)
            return tl::unexpected(std::move(stale.error()));
        head.stale = *stale;
        if (head.stale < head.time) {
            deviates("an event is old before its own time");
            head.stale = head.time;
        } else if (head.stale - head.time > longestStale) {
            deviates("an event is to hold for over a year: a year is taken");
            head.stale = head.time + longestStale;
        }
    }
    auto where = point(event);
    if (!where)
        return tl::unexpected(std::move(where.error()));
    head.point = *where;
    return head;
}

CotEventReader::Messages CotEventReader::read(const XmlElement& event) {
    const auto type = event.attribute("type");
    const auto meaning = meaningOf(type);
    if (event.name != "event")
        return fault(Code::malformed, "not a Cursor on Target event: <" + excerpt(event.name) + ">", event);
    if (meaning == Meaning::none)
        return fault(Code::malformed, "an event of no type that there is: " + ingest::quoted(type), event);
    if (const auto version = event.attribute("version"); version != "2.0" && version != "2")
        deviates("an event of version " + ingest::quoted(version, 20) + ", read as 2.0");
    auto read = head(event);
    if (!read)
        return tl::unexpected(std::move(read.error()));
    switch (meaning) {
    case Meaning::atom:
        return atom(event, *read);
    case Meaning::chat:
        return chat(event, *read);
    case Meaning::receipt:
        return receipt(event, *read);
    case Meaning::marker:
        return marker(event, *read);
    case Meaning::removal:
        return removal(event, *read);
    case Meaning::beacon:
        return beacon(event, *read);
    case Meaning::nothing:
        if (!type.starts_with("t-x-c") && !type.starts_with("t-x-takp") && !type.starts_with("b-t-f"))
            deviates("an event of the type " + ingest::quoted(type) + " says nothing for the desk");
        break;
    case Meaning::none:
        break;
    }
    return std::vector<Message>{};
}

CotEventReader::Messages CotEventReader::atom(const XmlElement& event, const Head& head) {
    // A thing that somebody has put on their map, not one that tells where it is itself.
    const auto* detail = head.detail;
    const bool byHand = event.attribute("how").starts_with("h") && detail != nullptr &&
                        detail->child("takv") == nullptr && detail->child("__group") == nullptr &&
                        (detail->child("archive") != nullptr || detail->child("usericon") != nullptr ||
                         link(detail, "p-p") != nullptr);
    if (byHand)
        return marker(event, head);
    if (!head.point)
        return fault(Code::malformed, "an event of a unit without a <point>", event);
    if (head.uid.size() > mostId)
        return fault(Code::malformed, "the unit's uid is over 120 bytes", event);
    if (head.point->isNone)
        return std::vector<Message>{}; // it has no fix yet
    model::UnitPosition out;
    out.unit = model::UnitId(head.uid);
    out.callSign = head.callSign;
    out.type = head.type;
    out.team = oneLine(attributeOf(detail, "__group", "name"), mostName);
    out.role = oneLine(attributeOf(detail, "__group", "role"), mostName);
    out.time = head.time;
    out.stale = head.stale;
    out.position = head.point->position;
    out.altitudeMetres = head.point->altitude;
    out.accuracyMetres = head.point->accuracy;
    const auto speed = numberIn(attributeOf(detail, "track", "speed"));
    if (speed && *speed >= 0 && *speed <= 2'000)
        out.speed = *speed;
    else if (speed && *speed > 2'000)
        deviates("a unit is faster than 2 km/s: its speed is left out");
    out.course = degreesIn(attributeOf(detail, "track", "course"));
    return std::vector<Message>{std::move(out)};
}

CotEventReader::Messages CotEventReader::chat(const XmlElement& event, const Head& head) {
    const XmlElement* chat = head.detail == nullptr ? nullptr : head.detail->child("__chat");
    model::FieldMessage out;
    out.sourceId = head.uid;
    out.time = head.time;
    if (head.point && !(head.point->position == model::Position()))
        out.position = head.point->position;
    const XmlElement* remarks = head.detail == nullptr ? nullptr : head.detail->child("remarks");
    std::string_view text = remarks == nullptr ? std::string_view() : trimmed(remarks->text);
    if (text.empty() && chat != nullptr)
        text = chat->attribute("message");
    if (text.empty())
        return fault(Code::malformed, "a chat message without its text", chat == nullptr ? event : *chat);
    if (text.size() > mostText)
        return fault(Code::tooLarge, "a chat message of over 16,000 bytes", *head.detail);
    out.text = units::lines(text, mostText);
    if (chat == nullptr)
        deviates("a chat message without <__chat>: its sender is not known by name");
    for (const auto name : {"senderCallsign", "sender"})
        if (out.callSign.empty() && chat != nullptr)
            out.callSign = oneLine(chat->attribute(name), mostName);
    if (out.callSign.empty())
        out.callSign = head.callSign;
    for (const auto name : {"chatroom", "id"})
        if (out.room.empty() && chat != nullptr)
            out.room = oneLine(chat->attribute(name), mostName);
    // The sender's uid: in the link, in the group's list, or within the message's own ("GeoChat.UID.ROOM.ID").
    std::string_view from;
    if (const auto* sender = link(head.detail, "p-p"); sender != nullptr)
        from = sender->attribute("uid");
    if (from.empty() && chat != nullptr && chat->child("chatgrp") != nullptr)
        from = chat->child("chatgrp")->attribute("uid0");
    if (from.empty() && head.uid.starts_with("GeoChat."))
        from = std::string_view(head.uid).substr(8, head.uid.find('.', 8) - 8);
    if (from.empty())
        from = out.callSign.empty() ? std::string_view(head.uid) : std::string_view(out.callSign);
    out.from = model::UnitId(oneLine(from, mostId));
    return std::vector<Message>{std::move(out)};
}

/// What phones tell each other of their own chat is nothing for the desk.
CotEventReader::Messages CotEventReader::receipt(const XmlElement& event, const Head& head) const {
    const XmlElement* told = head.detail == nullptr ? nullptr : head.detail->child("__chatreceipt");
    const XmlElement* group = told == nullptr ? nullptr : told->child("chatgrp");
    const bool toDesk = told != nullptr && (told->attribute("id") == deskUid || attributeOf(told, "chatgrp", "uid1") == deskUid);
    if (!toDesk)
        return std::vector<Message>{};
    const auto of = told->attribute("messageId").empty() ? std::string_view(head.uid) : told->attribute("messageId");
    if (of.size() > mostId || findControl(of, false) != std::string_view::npos)
        return fault(Code::malformed, "the id of the message that was received is over 120 bytes or has control characters", event);
    model::FieldMessage out;
    out.receiptOf = of;
    out.sourceId = head.type + "." + out.receiptOf;
    out.callSign = oneLine(told->attribute("senderCallsign"), mostName);
    out.time = head.time;
    std::string_view from;
    if (const auto* sender = link(head.detail, "p-p"); sender != nullptr)
        from = sender->attribute("uid");
    if (from.empty() && group != nullptr)
        from = group->attribute("uid0");
    out.from = model::UnitId(oneLine(from, mostId));
    return std::vector<Message>{std::move(out)};
}

CotEventReader::Messages CotEventReader::marker(const XmlElement& event, const Head& head) {
    if (!head.point)
        return fault(Code::malformed, "a marker without a <point>", event);
    model::FieldMarker out;
    out.sourceId = head.uid;
    out.type = head.type;
    out.name = head.callSign;
    if (out.name.empty())
        out.name = oneLine(attributeOf(head.detail, "bullseye", "title"), mostName);
    if (head.detail != nullptr)
        out.remarks = units::lines(head.detail->textAt("remarks"), 4'000);
    if (const auto* parent = link(head.detail, "p-p"); parent != nullptr)
        out.by = oneLine(parent->attribute("parent_callsign"), mostName);
    if (out.by.empty())
        out.by = oneLine(attributeOf(head.detail, "creator", "callsign"), mostName);
    out.time = head.time;
    // What is archived stays on the phones until it is deleted, whatever it says of getting old.
    if (head.detail == nullptr || head.detail->child("archive") == nullptr)
        out.until = head.stale;
    auto line = shapeOf(event, head.detail, head, *head.point);
    if (!line)
        return tl::unexpected(std::move(line.error()));
    out.line = std::move(*line);
    return std::vector<Message>{std::move(out)};
}

base::Result<model::Line> CotEventReader::shapeOf(const XmlElement& event, const XmlElement* detail, const Head& head,
                                                  const Point& point) {
    const CotShape shape([this](double lat, double lon, const XmlElement& at) { return place(lat, lon, at); },
                         [this](Code code, std::string message, const XmlElement& at) {
                             return fault(code, std::move(message), at).value();
                         });
    auto line = detail == nullptr ? base::Result<model::Line>(model::Line{})
                                  : shape.of(*detail, head.type, point.position);
    if (!line)
        return line;
    if (line->empty()) {
        if (point.isNone)
            return fault(Code::malformed, "a marker that is nowhere (0, 0)", event);
        if (head.type.starts_with("u-d"))
            deviates("a drawing of the type " + ingest::quoted(head.type) + " without its shape: taken as a point");
        line->push_back(point.position);
    }
    return line;
}

CotEventReader::Messages CotEventReader::removal(const XmlElement& event, const Head& head) const {
    model::FieldMarker out;
    const auto* target = link(head.detail, {});
    out.sourceId = target == nullptr ? head.uid : std::string(target->attribute("uid"));
    if (out.sourceId.size() > mostSourceId || findControl(out.sourceId, false) != std::string_view::npos)
        return fault(Code::malformed, "the uid of what is deleted is over 255 bytes or has control characters", event);
    out.type = head.type;
    out.by = head.callSign;
    out.time = head.time;
    out.removed = true;
    return std::vector<Message>{std::move(out)};
}

CotEventReader::Messages CotEventReader::beacon(const XmlElement& event, const Head& head) const {
    const XmlElement* emergency = head.detail == nullptr ? nullptr : head.detail->child("emergency");
    model::Emergency out;
    std::string_view unit = head.uid;
    if (const auto* sender = link(head.detail, "p-p"); sender != nullptr)
        unit = sender->attribute("uid");
    else if (unit.ends_with("-9-1-1"))
        unit.remove_suffix(6);
    if (unit.size() > mostId)
        return fault(Code::malformed, "the unit's uid is over 120 bytes", event);
    out.unit = model::UnitId(std::string(unit));
    if (emergency != nullptr) {
        out.kind = oneLine(emergency->attribute("type"), mostName);
        out.callSign = oneLine(trimmed(emergency->text), mostName);
    }
    if (out.callSign.empty()) {
        out.callSign = head.callSign;
        if (out.callSign.ends_with("-Alert"))
            out.callSign.resize(out.callSign.size() - 6);
    }
    const bool cancelled = head.type == "b-a-o-can" ||
                           (emergency != nullptr && lowered(emergency->attribute("cancel")) == "true");
    out.active = !cancelled;
    if (out.kind.empty() && !cancelled)
        out.kind = head.type == "b-a-o-tbl"   ? "911 Alert"
                   : head.type == "b-a-o-pan" ? "Ring The Bell"
                   : head.type == "b-a-o-opn" ? "In Contact"
                   : head.type.starts_with("b-a-g") ? "Geo-fence Breached"
                                                    : head.type;
    out.time = head.time;
    if (head.point && !head.point->isNone)
        out.position = head.point->position;
    return std::vector<Message>{std::move(out)};
}

} // namespace tocsin::ingest
