#include "ingest/cot_stream.hpp"

#include "ingest/decode_cot_proto.hpp"
#include "ingest/decode_cot_split.hpp"
#include "ingest/decode_place.hpp"

#include <algorithm>

namespace tocsin::ingest {

using base::Code;

namespace {

/// So many broken pieces one after the other: it is not Cursor on Target.
constexpr std::size_t mostBadInARow = 20;
constexpr std::size_t mostAddressees = 50;

std::string_view typeOf(std::string_view event) {
    return cotAttribute(event, "type=");
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

std::string control(std::string_view type, std::string_view uid, base::Time now, std::string_view detail = {}) {
    const auto time = base::formatTime(now);
    const auto stale = base::formatTime(now + std::chrono::seconds(20));
    std::string out = R"(<?xml version="1.0" encoding="UTF-8"?><event version="2.0" uid=")";
    out.append(uid).append(R"(" type=")").append(type).append(R"(" how="m-g" time=")").append(time);
    out.append(R"(" start=")").append(time).append(R"(" stale=")").append(stale);
    out.append(R"("><point lat="0.0" lon="0.0" hae="0.0" ce="9999999" le="9999999"/><detail)");
    out.append(detail.empty() ? "/>" : ">").append(detail).append(detail.empty() ? "" : "</detail>");
    return out + "</event>\n";
}

} // namespace

void CotStream::fault(base::Error error, std::string_view bytes, Taken& out) {
    ++m_badRow;
    out.decoded.faults.push_back({std::move(error), std::string(bytes.substr(0, maxCotEventBytes))});
}

void CotStream::event(std::string_view bytes, std::string_view frame, Taken& out) {
    auto decoded = decode(frame.empty() ? bytes : frame, Format::cotXml, m_source);
    if (!decoded) {
        fault(std::move(decoded.error()), frame.empty() ? bytes : frame, out);
        return;
    }
    m_badRow = 0;
    ++out.events;
    const auto type = typeOf(bytes);
    if (type == "t-x-c-t")
        ++out.pings;
    if (type == "t-x-takp-q" && out.asked.empty())
        out.asked = cotAttribute(bytes, "uid=");
    if (wantsRelay(bytes))
        out.relay.emplace_back(bytes);
    auto& all = out.decoded;
    std::move(decoded->messages.begin(), decoded->messages.end(), std::back_inserter(all.messages));
    std::move(decoded->faults.begin(), decoded->faults.end(), std::back_inserter(all.faults));
    for (auto& deviation : decoded->deviations)
        if (all.deviations.size() < 100)
            all.deviations.push_back(std::move(deviation));
}

std::size_t CotStream::frame(std::string_view rest, bool atEnd, Taken& out) {
    const auto head = takStreamFrame(rest);
    if (!head) {
        fault(head.error(), rest.substr(0, 4'096), out);
        out.hopeless = true; // where the next begins nobody knows
        return rest.size();
    }
    if (!*head && !atEnd)
        return 0;
    if (!*head) {
        fault({Code::malformed, "a TAK frame that is cut off", {.line = {}, .column = {}, .byte = 0}}, rest, out);
        return rest.size();
    }
    const auto whole = rest.substr(0, (*head)->head + (*head)->size);
    auto xml = takMessageAsXml(whole.substr((*head)->head));
    if (!xml)
        fault(std::move(xml.error()), whole, out);
    else if (!xml->empty())
        event(*xml, whole, out);
    else
        m_badRow = 0; // only who talks which version
    return whole.size();
}

CotStream::Taken CotStream::take(std::string_view bytes, base::Time receivedAt, bool atEnd) {
    Taken out;
    out.decoded.format = Format::cotXml;
    m_source.receivedAt = receivedAt;
    m_buffer.append(bytes);
    // An event ends with '>': without one in what came there is nothing new to be found.
    if (!atEnd && bytes.find('>') == std::string_view::npos && m_buffer.size() < maxCotEventBytes &&
        !m_buffer.starts_with(takMagic))
        return out;
    std::string_view rest = m_buffer;
    while (!rest.empty()) {
        if (rest.front() == takMagic) {
            m_skipping = false;
            const auto size = frame(rest, atEnd, out);
            if (size == 0)
                break;
            rest.remove_prefix(size);
            if (m_badRow >= mostBadInARow)
                out.hopeless = true;
            if (out.hopeless) {
                rest = {};
                break;
            }
            continue;
        }
        const auto piece = firstCotPiece(rest, atEnd);
        if (!piece)
            break;
        const auto here = rest.substr(0, piece->size);
        using Kind = CotPiece::Kind;
        const bool begins = findCotEvent(here) == 0;
        if (piece->kind == Kind::event) {
            m_skipping = false;
            event(here, {}, out);
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

std::string_view cotAttribute(std::string_view event, std::string_view name) {
    const auto end = event.find('>');
    for (auto at = event.find(name); at < end; at = event.find(name, at + 1)) {
        const auto from = at + name.size();
        if (at == 0 || static_cast<unsigned char>(event[at - 1]) > ' ' || from + 1 >= event.size())
            continue;
        const char quote = event[from];
        const auto close = event.find(quote, from + 1);
        if ((quote == '"' || quote == '\'') && close != std::string_view::npos)
            return event.substr(from + 1, close - from - 1);
    }
    return {};
}

std::string cotStaysXml(base::Time now, std::string_view uid) {
    std::string quotable(uid); // as it is written, perhaps between single quotes
    for (auto at = quotable.find('"'); at != std::string::npos; at = quotable.find('"', at))
        quotable.replace(at, 1, "&quot;");
    return control("t-x-takp-r", quotable, now, R"(<TakControl><TakResponse status="false"/></TakControl>)");
}

std::string cotPong(base::Time now) {
    return control("t-x-c-t-r", "takPong", now);
}

std::string cotPing(base::Time now, std::string_view uid) {
    return control("t-x-c-t", std::string(uid) + "-ping", now);
}

} // namespace tocsin::ingest
