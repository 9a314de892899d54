#include "ingest/cot_stream.hpp"

#include "ingest/decode_cot_split.hpp"
#include "ingest/decode_place.hpp"

#include <algorithm>

namespace tocsin::ingest {

using base::Code;

namespace {

/// So many broken pieces one after the other: it is not Cursor on Target.
constexpr std::size_t mostBadInARow = 20;
constexpr char protobufMagic = '\xBF';
constexpr std::size_t mostAddressees = 50;

/// The value of the event's own `type`, without parsing: the event was understood already.
std::string_view typeOf(std::string_view event) {
    const auto end = event.find('>');
    for (auto at = event.find("type="); at < end; at = event.find("type=", at + 1)) {
        const char before = event[at - 1];
        if (before != ' ' && before != '\t' && before != '\n' && before != '\r')
            continue;
        const char quote = at + 5 < event.size() ? event[at + 5] : ' ';
        const auto close = event.find(quote, at + 6);
        if ((quote == '"' || quote == '\'') && close != std::string_view::npos)
            return event.substr(at + 6, close - at - 6);
    }
    return {};
}

std::string unescaped(std::string_view value) {
    std::string out(value);
    static constexpr std::pair<std::string_view, std::string_view> entities[] = {
        {"&quot;", "\""}, {"&apos;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}};
    for (const auto& [name, text] : entities)
        for (auto at = out.find(name); at != std::string::npos; at = out.find(name, at + text.size()))
            out.replace(at, name.size(), text);
    return out;
}

std::string control(std::string_view type, std::string_view uid, base::Time now) {
    const auto time = base::formatTime(now);
    const auto stale = base::formatTime(now + std::chrono::seconds(20));
    std::string out = R"(<?xml version="1.0" encoding="UTF-8"?><event version="2.0" uid=")";
    out.append(uid).append(R"(" type=")").append(type).append(R"(" how="m-g" time=")").append(time);
    out.append(R"(" start=")").append(time).append(R"(" stale=")").append(stale);
    out.append(R"("><point lat="0.0" lon="0.0" hae="0.0" ce="9999999" le="9999999"/><detail/></event>)");
    return out + "\n";
}

} // namespace

void CotStream::fault(base::Error error, std::string_view bytes, Taken& out) {
    ++m_badRow;
    out.decoded.faults.push_back({std::move(error), std::string(bytes.substr(0, maxCotEventBytes))});
}

void CotStream::event(std::string_view bytes, Taken& out) {
    auto decoded = decode(bytes, Format::cotXml, m_source);
    if (!decoded) {
        fault(std::move(decoded.error()), bytes, out);
        return;
    }
    m_badRow = 0;
    ++out.events;
    const auto type = typeOf(bytes);
    if (type == "t-x-c-t")
        ++out.pings;
    if (wantsRelay(bytes))
        out.relay.emplace_back(bytes);
    auto& all = out.decoded;
    std::move(decoded->messages.begin(), decoded->messages.end(), std::back_inserter(all.messages));
    std::move(decoded->faults.begin(), decoded->faults.end(), std::back_inserter(all.faults));
    for (auto& deviation : decoded->deviations)
        if (all.deviations.size() < 100)
            all.deviations.push_back(std::move(deviation));
}

CotStream::Taken CotStream::take(std::string_view bytes, base::Time receivedAt, bool atEnd) {
    Taken out;
    out.decoded.format = Format::cotXml;
    m_source.receivedAt = receivedAt;
    m_buffer.append(bytes);
    // An event ends with '>': without one in what came there is nothing new to be found.
    if (!atEnd && bytes.find('>') == std::string_view::npos && m_buffer.size() < maxCotEventBytes &&
        !m_buffer.starts_with(protobufMagic))
        return out;
    std::string_view rest = m_buffer;
    while (!rest.empty()) {
        if (rest.front() == protobufMagic) {
            fault({Code::malformed, "TAK's protobuf, which Tocsin does not read: let the phone send XML",
                   {.line = {}, .column = {}, .byte = 0}},
                  rest.substr(0, 4'096), out);
            out.hopeless = true;
            rest = {};
            break;
        }
        const auto piece = firstCotPiece(rest, atEnd);
        if (!piece)
            break;
        const auto here = rest.substr(0, piece->size);
        using Kind = CotPiece::Kind;
        const bool begins = findCotEvent(here) == 0;
        if (piece->kind == Kind::event) {
            m_skipping = false;
            event(here, out);
        } else if (piece->kind == Kind::tooLong) {
            fault({Code::tooLarge, "an event of over 256 KiB", {.line = {}, .column = {}, .byte = 0}}, here, out);
            m_skipping = true;
        } else if (piece->kind == Kind::broken && (begins || !m_skipping)) {
            m_skipping = false;
            fault({Code::malformed,
                   begins ? "an event that does not end" : "text that belongs to no event: " + quoted(trimmed(here)),
                   {.line = {}, .column = {}, .byte = 0}},
                  here, out);
        }
        rest.remove_prefix(piece->size);
        if (m_badRow >= mostBadInARow) {
            out.hopeless = true;
            rest = {};
            break;
        }
    }
    m_buffer.erase(0, m_buffer.size() - rest.size());
    if (m_buffer.empty() && m_buffer.capacity() > (1U << 20U))
        m_buffer.shrink_to_fit();
    return out;
}

bool wantsRelay(std::string_view event) {
    const auto type = typeOf(event);
    return type.starts_with("a-") || type.starts_with("b-t-f") || type.starts_with("b-m-") || type.starts_with("b-a-") ||
           type.starts_with("u-") || type == "t-x-d-d";
}

std::vector<std::string> addressees(std::string_view event) {
    std::vector<std::string> out;
    const auto marti = event.find("<marti");
    if (marti == std::string_view::npos)
        return out;
    const auto end = event.find("</marti", marti);
    constexpr std::string_view attribute = "callsign=";
    for (auto at = event.find(attribute, marti); at < end && out.size() < mostAddressees;
         at = event.find(attribute, at + 1)) {
        const auto from = at + attribute.size();
        const char quote = from < event.size() ? event[from] : ' ';
        const auto close = event.find(quote, from + 1);
        if ((quote == '"' || quote == '\'') && close != std::string_view::npos)
            out.push_back(unescaped(event.substr(from + 1, close - from - 1)));
    }
    return out;
}

std::string cotPong(base::Time now) {
    return control("t-x-c-t-r", "takPong", now);
}

std::string cotPing(base::Time now, std::string_view uid) {
    return control("t-x-c-t", std::string(uid) + "-ping", now);
}

} // namespace tocsin::ingest
