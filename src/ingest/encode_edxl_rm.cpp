#include "tocsin/ingest/encode_edxl_rm.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <libxml/xmlwriter.h>
#include <memory>

namespace tocsin::ingest {

namespace {

constexpr const char* messageNamespace = "urn:oasis:names:tc:emergency:EDXL:RM:1.0:msg";
constexpr const char* commonNamespace = "urn:oasis:names:tc:emergency:EDXL:RM:1.0";
constexpr const char* whereNamespace = "urn:oasis:names:tc:emergency:EDXL:HAVE:1.0:geo-oasis";
constexpr const char* gmlNamespace = "http://www.opengis.net/gml";
/// GB/T 38565's codes and the county's own: the standard leaves lists of values to who exchanges them.
constexpr const char* kinds = "urn:tocsin:resource-kinds";
constexpr const char* units = "urn:tocsin:units";

const xmlChar* x(const char* text) {
    return reinterpret_cast<const xmlChar*>(text); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast): libxml2's text
}

bool mayStandInXml(const std::string& text) {
    return base::isUtf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               const auto u = static_cast<unsigned char>(c);
               return u < 0x20 && c != '\n' && c != '\r' && c != '\t';
           });
}

std::string number(double value) {
    char text[64];
    const auto end = std::to_chars(std::begin(text), std::end(text), value);
    return std::string(std::begin(text), end.ptr);
}

class Writer {
  public:
    Writer() : m_buffer(xmlBufferCreate(), xmlBufferFree), m_writer(xmlNewTextWriterMemory(m_buffer.get(), 0), xmlFreeTextWriter) {
        xmlTextWriterSetIndent(m_writer.get(), 1);
        xmlTextWriterSetIndentString(m_writer.get(), x("  "));
        xmlTextWriterStartDocument(m_writer.get(), nullptr, "UTF-8", nullptr);
    }
    void begin(const char* name) { xmlTextWriterStartElement(m_writer.get(), x(name)); }
    void end() { xmlTextWriterEndElement(m_writer.get()); }
    void attribute(const char* name, const char* value) { xmlTextWriterWriteAttribute(m_writer.get(), x(name), x(value)); }
    void put(const char* name, const std::string& text) {
        if (text.empty())
            return;
        m_fits = m_fits && mayStandInXml(text);
        if (m_fits)
            xmlTextWriterWriteElement(m_writer.get(), x(name), x(text.c_str()));
    }
    /// rm:ValueListType
    void value(const char* name, const char* list, const std::string& text) {
        if (text.empty())
            return;
        begin(name);
        put("rm:ValueListURN", list);
        put("rm:Value", text);
        end();
    }
    [[nodiscard]] bool fits() const { return m_fits; }
    [[nodiscard]] std::string finish() {
        xmlTextWriterEndDocument(m_writer.get());
        m_writer.reset();
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): libxml2's text
        return reinterpret_cast<const char*>(xmlBufferContent(m_buffer.get()));
    }

  private:
    std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> m_buffer;
    std::unique_ptr<xmlTextWriter, decltype(&xmlFreeTextWriter)> m_writer;
    bool m_fits{true};
};

void writeContact(Writer& out, const std::string& description, const char* role) {
    out.begin("ContactInformation");
    out.put("rm:ContactDescription", description);
    out.put("rm:ContactRole", role);
    out.end();
}

void writeSchedule(Writer& out, const AidMessage& message) {
    if (!message.request.neededBy && message.place.empty() && !message.position)
        return;
    out.begin("ScheduleInformation");
    out.put("ScheduleType", "RequestedArrival");
    if (message.request.neededBy)
        out.put("DateTime", base::formatTime(*message.request.neededBy));
    if (!message.place.empty() || message.position) {
        out.begin("Location");
        out.put("rm:LocationDescription", message.place);
        if (message.position) {
            out.begin("rm:TargetArea");
            out.begin("gml:Point");
            out.put("gml:pos", number(message.position->latitude()) + ' ' + number(message.position->longitude()));
            out.end();
            out.end();
        }
        out.end();
    }
    out.end();
}

void writeItem(Writer& out, const AidMessage& message, const model::AidItem& item, std::size_t n) {
    out.begin("ResourceInformation");
    out.put("ResourceInfoElementID", std::to_string(n));
    out.begin("Resource");
    out.put("Name", item.name.text.empty() ? item.code : item.name.text);
    out.value("TypeStructure", kinds, item.code);
    out.end();
    out.begin("AssignmentInformation");
    out.begin("Quantity");
    out.begin("rm:MeasuredQuantity");
    out.put("rm:Amount", number(item.quantity));
    out.value("rm:UnitOfMeasure", units, item.unit);
    out.end();
    out.end();
    out.end();
    writeSchedule(out, message);
    out.end();
}

} // namespace

base::Result<std::string> encodeRequestResource(const AidMessage& message) {
    const auto& request = message.request;
    if (request.items.empty())
        return base::fail(base::Code::malformed, "the request asks for nothing");
    for (const auto& item : request.items) {
        if (!std::isfinite(item.quantity) || item.code.empty())
            return base::fail(base::Code::malformed, "what is asked for has no code or no quantity");
    }
    Writer out;
    out.begin("RequestResource");
    out.attribute("xmlns", messageNamespace);
    out.attribute("xmlns:rm", commonNamespace);
    if (message.position) {
        out.attribute("xmlns:geo-oasis", whereNamespace);
        out.attribute("xmlns:gml", gmlNamespace);
    }
    const std::string id = "urn:uuid:" + request.id.toString();
    out.put("MessageID", id);
    out.put("SentDateTime", base::formatTime(message.sent));
    out.put("MessageContentType", "RequestResource");
    out.put("MessageDescription", message.exercise ? "EXERCISE EXERCISE EXERCISE. " + request.message : request.message);
    out.put("OriginatingMessageID", id);
    if (!message.incidentNumber.empty() || !message.incidentTitle.empty()) {
        out.begin("IncidentInformation");
        out.put("rm:IncidentID", message.incidentNumber);
        out.put("rm:IncidentDescription", message.incidentTitle);
        out.end();
    }
    writeContact(out, message.county.empty() ? "Tocsin" : message.county, "Sender");
    if (!message.contact.empty())
        writeContact(out, message.contact, "Requester");
    std::size_t n = 0;
    for (const auto& item : request.items)
        writeItem(out, message, item, ++n);
    out.end();
    if (!out.fits())
        return base::fail(base::Code::malformed, "a text of the request has characters that XML does not allow");
    return out.finish();
}

} // namespace tocsin::ingest
