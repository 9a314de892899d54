#include "decode_cot.hpp"

#include "decode_cot_event.hpp"
#include "decode_cot_split.hpp"
#include "xml_scan.hpp"

#include <algorithm>

// Cursor on Target: MITRE's Event.xsd 2.0 with the details that ATAK, WinTAK, iTAK and FreeTAKServer write.

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostEvents = 50'000;
constexpr char protobufMagic = '\xBF';

/// TAK protocol version 1: "BF 01 BF" before a datagram's message, or "BF" and a length before a stream's.
bool isProtobuf(std::string_view bytes) {
    if (bytes.size() < 4 || bytes.front() != protobufMagic)
        return false;
    if (bytes[1] == '\x01' && bytes[2] == protobufMagic)
        return true;
    std::size_t length = 0;
    std::size_t at = 1;
    for (unsigned shift = 0; at < bytes.size() && at <= 4; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        length |= static_cast<std::size_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0)
            break;
    }
    // A TakMessage begins with its control (0A) or its event (12).
    return at < bytes.size() && length <= bytes.size() - at && (bytes[at] == '\x12' || bytes[at] == '\x0A');
}

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

} // namespace

bool looksLikeCot(const Glimpse& glimpse) {
    if (isProtobuf(glimpse.bytes))
        return true;
    if (glimpse.kind != Glimpse::Kind::xml)
        return false;
    if (glimpse.root == "event")
        return glimpse.rootTag.find(" type") != std::string_view::npos || glimpse.rootTag.find("uid") != std::string_view::npos;
    return glimpse.root == "events" && findCotEvent(glimpse.text) != std::string_view::npos;
}

base::Result<Decoded> decodeCot(std::string_view bytes, const Source& source) {
    if (isProtobuf(bytes))
        return base::fail(Code::malformed,
                          "Cursor on Target as TAK's protobuf (version 1), which Tocsin does not read: let the phone send XML",
                          {.line = {}, .column = {}, .byte = 0});
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    return DocumentReader(**text, source).read();
}

} // namespace tocsin::ingest
