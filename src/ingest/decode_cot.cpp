#include "decode_cot.hpp"

#include "decode_cot_event.hpp"
#include "decode_cot_proto.hpp"
#include "decode_cot_split.hpp"
#include "xml_scan.hpp"

#include <algorithm>

// Cursor on Target: MITRE's Event.xsd 2.0 with the details that ATAK, WinTAK, iTAK and FreeTAKServer write.

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostEvents = 50'000;
constexpr std::size_t mostFaults = 100;

class DocumentReader {
  public:
    DocumentReader(const XmlText& text, const Source& source) : m_text(text), m_source(source) {
        m_out.format = Format::cotXml;
        if (!text.deviation().empty())
            m_out.deviations.push_back(text.deviation());
    }

    base::Result<Decoded> read() {
        bool afterTooLong = false; // what follows belongs to it
        for (auto rest = m_text.text(); !rest.empty();) {
            const std::size_t offset = m_text.text().size() - rest.size();
            const auto piece = firstCotPiece(rest, true);
            const auto bytes = rest.substr(0, piece->size);
            if (piece->kind != CotPiece::Kind::between && ++m_pieces > mostEvents)
                return base::fail(Code::tooLarge, "more than " + std::to_string(mostEvents) + " events",
                                  m_text.place(offset));
            if (piece->kind == CotPiece::Kind::event)
                event(bytes, offset);
            else if (piece->kind == CotPiece::Kind::tooLong)
                fault({Code::tooLarge, "an event of over 256 KiB", m_text.place(offset)}, bytes);
            else if (piece->kind == CotPiece::Kind::broken && !(afterTooLong && findCotEvent(bytes) != 0))
                broken(bytes, offset);
            afterTooLong = piece->kind == CotPiece::Kind::tooLong ||
                           (afterTooLong && piece->kind != CotPiece::Kind::event);
            rest.remove_prefix(piece->size);
        }
        if (m_events == 0 && !m_out.faults.empty())
            return tl::unexpected(std::move(m_out.faults.front().error));
        if (m_events == 0)
            return base::fail(Code::malformed, "no <event>", m_text.place(0));
        return std::move(m_out);
    }

  private:
    void fault(base::Error error, std::string_view bytes) {
        m_out.faults.push_back({std::move(error), std::string(bytes.substr(0, maxCotEventBytes))});
    }
    void broken(std::string_view bytes, std::size_t offset) {
        const bool begun = findCotEvent(bytes) == 0;
        // Of an event without an end libxml2 says best what is wrong; it never sees what follows.
        if (begun) {
            auto parsed = parse(bytes, offset, {});
            if (!parsed) {
                fault(std::move(parsed.error()), bytes);
                return;
            }
        }
        fault({Code::malformed, begun ? "an event that does not end" : "text that belongs to no event: " + quoted(trimmed(bytes)),
               m_text.place(offset)},
              bytes);
    }
    void event(std::string_view bytes, std::size_t offset) {
        CotEventReader reader(m_text, offset, m_source, m_out.deviations);
        base::Result<std::vector<Message>> messages;
        auto parsed = parse(bytes, offset, [&](const XmlElement& element) { messages = reader.read(element); });
        if (!parsed) {
            fault(std::move(parsed.error()), bytes);
            return;
        }
        if (!messages) {
            fault(std::move(messages.error()), bytes);
            return;
        }
        ++m_events;
        std::move(messages->begin(), messages->end(), std::back_inserter(m_out.messages));
    }
    base::Result<void> parse(std::string_view bytes, std::size_t offset,
                             const std::function<void(const XmlElement&)>& take) const {
        auto text = XmlText::read(bytes);
        if (!text)
            return tl::unexpected(moved(std::move(text.error()), offset));
        XmlWalk walk([&](std::span<const XmlElement> above, XmlElement& element) -> base::Result<bool> {
            if (above.empty() && take)
                take(element);
            return true;
        });
        if (auto parsed = parseXml(**text, walk); !parsed)
            return tl::unexpected(moved(std::move(parsed.error()), offset));
        return {};
    }
    /// A place within an event as one in the document.
    [[nodiscard]] base::Error moved(base::Error error, std::size_t offset) const {
        error.place = m_text.place(std::min(offset + static_cast<std::size_t>(error.place.byte.value_or(0)),
                                            m_text.text().size()));
        return error;
    }

    const XmlText& m_text;
    const Source& m_source;
    Decoded m_out;
    std::size_t m_pieces{0};
    std::size_t m_events{0}; ///< that were understood
};

/// TAK's frames one behind the other: a datagram has one, a file of a stream many.
class FramesReader {
  public:
    FramesReader(std::string_view bytes, const Source& source) : m_bytes(bytes), m_source(source) {
        m_out.format = Format::cotXml;
    }

    base::Result<Decoded> read() {
        std::size_t at = 0;
        while (at < m_bytes.size()) {
            const auto rest = m_bytes.substr(at);
            const auto frame = takFrame(rest);
            if (!frame || !frame->whole) {
                fault({Code::malformed, frame ? "a TAK frame that is cut off" : "no TAK frame begins here", {}}, at, rest);
                break;
            }
            const auto whole = rest.substr(0, frame->head + frame->size);
            if (++m_frames > mostEvents)
                return base::fail(Code::tooLarge, "more than " + std::to_string(mostEvents) + " events", placeOf(at));
            if (auto taken = take(*frame, whole); !taken)
                fault(std::move(taken.error()), at, whole);
            at += whole.size();
        }
        if (m_understood == 0 && !m_out.faults.empty())
            return tl::unexpected(std::move(m_out.faults.front().error));
        return std::move(m_out);
    }

  private:
    static base::Place placeOf(std::size_t byte) { return {.line = {}, .column = {}, .byte = byte}; }

    base::Result<void> take(const TakFrame& frame, std::string_view whole) {
        if (frame.version > 1)
            return base::fail(Code::malformed, "TAK protocol version " + std::to_string(frame.version) +
                                                   ", which Tocsin does not know", placeOf(1));
        if (frame.size > maxCotEventBytes)
            return base::fail(Code::tooLarge, "an event of over 256 KiB", placeOf(frame.head));
        std::string xml(whole.substr(frame.head));
        if (frame.version == 1) {
            auto told = takMessageAsXml(whole.substr(frame.head));
            if (!told) {
                told.error().place = placeOf(frame.head + static_cast<std::size_t>(told.error().place.byte.value_or(0)));
                return tl::unexpected(std::move(told.error()));
            }
            xml = std::move(*told);
        }
        if (xml.empty()) { // only who talks which version
            ++m_understood;
            return {};
        }
        auto decoded = XmlText::read(xml).and_then([this](const auto& text) { return DocumentReader(*text, m_source).read(); });
        if (!decoded || !decoded->faults.empty()) {
            auto error = decoded ? std::move(decoded->faults.front().error) : std::move(decoded.error());
            error.place = placeOf(frame.head); // a place in the XML would be none in the frame
            return tl::unexpected(std::move(error));
        }
        ++m_understood;
        std::move(decoded->messages.begin(), decoded->messages.end(), std::back_inserter(m_out.messages));
        for (auto& deviation : decoded->deviations)
            if (m_out.deviations.size() < mostFaults &&
                std::find(m_out.deviations.begin(), m_out.deviations.end(), deviation) == m_out.deviations.end())
                m_out.deviations.push_back(std::move(deviation));
        return {};
    }

    void fault(base::Error error, std::size_t at, std::string_view bytes) {
        error.place = placeOf(at + static_cast<std::size_t>(error.place.byte.value_or(0)));
        m_out.faults.push_back({std::move(error), std::string(bytes.substr(0, maxCotEventBytes))});
    }

    const std::string_view m_bytes;
    const Source& m_source;
    Decoded m_out;
    std::size_t m_frames{0};
    std::size_t m_understood{0};
};

} // namespace

bool looksLikeCot(const Glimpse& glimpse) {
    if (const auto frame = takFrame(glimpse.bytes))
        return frame->version <= 1 && (frame->whole || glimpse.bytes.size() > 64);
    if (glimpse.kind != Glimpse::Kind::xml)
        return false;
    if (glimpse.root == "event")
        return glimpse.rootTag.find(" type") != std::string_view::npos || glimpse.rootTag.find("uid") != std::string_view::npos;
    return glimpse.root == "events" && findCotEvent(glimpse.text) != std::string_view::npos;
}

base::Result<Decoded> decodeCot(std::string_view bytes, const Source& source) {
    if (!bytes.empty() && bytes.front() == takMagic)
        return FramesReader(bytes, source).read();
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    return DocumentReader(**text, source).read();
}

} // namespace tocsin::ingest
