#include "decode_edxl.hpp"

#include "decode_cap_alerts.hpp"
#include "xml_sax.hpp"

#include <array>
#include <map>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t maxFieldBytes = 500;
constexpr auto family = "urn:oasis:names:tc:emergency:EDXL:DE:";

/// Reads the envelope and steps over what is in it.
class EnvelopeReader final : public XmlHandler {
  public:
    Stop start(std::string_view /*prefix*/, std::string_view name, std::string_view uri,
               std::string_view /*foreignAttribute*/, std::size_t offset) override {
        ++m_depth;
        m_field.clear();
        if (m_depth == 1) {
            root = name;
            space = uri;
            rootOffset = offset;
        } else if (m_depth == 2 && uri == space) {
            m_field = name;
            fields.try_emplace(m_field);
        }
        contents += name == "contentObject" && uri == space ? 1 : 0;
        return {};
    }
    Stop text(std::string_view piece, std::size_t /*offset*/) override {
        if (m_depth == 2 && !m_field.empty())
            if (std::string& field = fields[m_field]; field.size() < maxFieldBytes)
                field.append(piece.substr(0, maxFieldBytes));
        return {};
    }
    Stop end(std::size_t /*offset*/) override {
        --m_depth;
        return {};
    }
    [[nodiscard]] std::string value(const std::string& name) const {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : std::string(trimmed(found->second));
    }

    std::string root, space;
    std::size_t rootOffset{0};
    std::size_t contents{0};
    std::map<std::string, std::string> fields; ///< the envelope's own

  private:
    int m_depth{0};
    std::string m_field;
};

/// 2.0 renamed the kind, and says most words by a list and a value.
std::string kindOf(const EnvelopeReader& envelope) {
    const std::string kind = envelope.value("distributionType");
    return kind.empty() ? envelope.value("distributionKind") : kind;
}

std::vector<std::string> straysOf(const EnvelopeReader& envelope) {
    std::vector<std::string> out;
    for (const char* name : {"distributionID", "senderID", "dateTimeSent", "distributionStatus"})
        if (envelope.value(name).empty())
            out.push_back(std::string("the envelope has no <") + name + ">");
    if (kindOf(envelope).empty())
        out.emplace_back("the envelope has no <distributionType>");
    const std::string version = envelope.space.substr(std::min(envelope.space.size(), std::string_view(family).size()));
    if (!envelope.space.starts_with(family) || (version != "1.0" && version != "2.0"))
        out.push_back("the envelope is in the unknown namespace " + quoted(std::string_view(envelope.space), 80));
    if (version == "1.0" && envelope.value("combinedConfidentiality").empty())
        out.emplace_back("the envelope has no <combinedConfidentiality>");
    if (const std::string sent = envelope.value("dateTimeSent"); !sent.empty() && !base::parseTime(sent))
        out.push_back("the envelope's time " + quoted(std::string_view(sent)) + " cannot be read");
    return out;
}

void addEnvelope(const EnvelopeReader& envelope, const base::Place& place, model::Warning& warning) {
    const std::string status = envelope.value("distributionStatus");
    std::string note = "EDXL-DE " + envelope.value("distributionID") + ", " + envelope.value("senderID") + ": " +
                       kindOf(envelope) + ", " + status;
    warning.note += (warning.note.empty() ? "" : "\n") + excerpt(note, 400);
    if (!status.empty() && lowered(status) != lowered(warning.capStatus))
        warning.deviations.push_back(placed(place, "the envelope's status is " + quoted(std::string_view(status)) +
                                                       ", the alert's " + quoted(std::string_view(warning.capStatus))));
}

} // namespace

base::Result<Decoded> decodeEdxl(std::string_view bytes, const Source& source) {
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected<base::Error>(std::move(text.error()));
    EnvelopeReader envelope;
    if (auto parsed = parseXml(**text, envelope); !parsed)
        return tl::unexpected<base::Error>(std::move(parsed.error()));
    if (envelope.root != "EDXLDistribution")
        return base::fail(Code::malformed,
                          "no EDXL-DE envelope: the root element is <" + excerpt(envelope.root) + ">",
                          (*text)->place(envelope.rootOffset));
    auto read = cap::readAlerts(**text, source);
    if (!read && read.error().message.starts_with("no CAP"))
        return base::fail(Code::malformed,
                          "an EDXL-DE envelope of " + std::to_string(envelope.contents) +
                              " contents, and no CAP <alert> among them",
                          (*text)->place(envelope.rootOffset));
    if (!read)
        return tl::unexpected<base::Error>(std::move(read.error()));
    Decoded out = std::move(read->decoded);
    out.format = Format::edxlDe;
    base::Place place = (*text)->lineAndColumn(envelope.rootOffset);
    for (const std::string& stray : straysOf(envelope))
        out.deviations.push_back(placed(place, stray));
    for (Message& message : out.messages)
        addEnvelope(envelope, place, std::get<model::Warning>(message));
    cap::gatherDeviations(out);
    return out;
}

} // namespace tocsin::ingest
