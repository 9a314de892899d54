#include "decode_quakeml.hpp"

#include "decode_quakeml_event.hpp"
#include "decode_sniff.hpp"

#include <algorithm>
#include <array>

// QuakeML 1.2, basic event description: quake.ethz.ch/quakeml

namespace tocsin::ingest {

using base::Code;
using quakes::EventReader;
using quakes::Others;

namespace {

constexpr std::size_t mostEvents = 50'000;

struct Refused {
    std::string_view root;
    std::string_view sentence;
};
/// What services of earthquakes send beside earthquakes: known, and refused by name.
constexpr std::array<Refused, 6> others{
    {{"shakemap_grid", "a ShakeMap grid of ground motions, not a list of earthquakes"},
     {"pager", "a PAGER estimate of losses, not a list of earthquakes"},
     {"contents", "a list of a product's files, not of earthquakes"},
     {"FDSNStationXML", "a list of stations (StationXML), not of earthquakes"},
     {"stationlist", "a list of stations' ground motions, not of earthquakes"},
     {"application", "the description of a web service (WADL), not its answer"}}};

/// Reads events as they close and lets go of what earthquakes do not need.
class Document {
  public:
    Document(const XmlText& text, const Source& source, Decoded& out) : m_text(text), m_source(source), m_out(out) {}

    base::Result<bool> closed(std::span<const XmlElement> above, XmlElement& element) {
        const bool inEvent =
            std::any_of(above.begin(), above.end(), [](const XmlElement& one) { return one.name == "event"; });
        if (element.name != "event" || inEvent) {
            m_others.count(element.name);
            // Picks, arrivals, amplitudes and station magnitudes are most of a large document.
            static constexpr std::array<std::string_view, 6> dropped{"pick",      "arrival",          "amplitude",
                                                                     "focalMechanism", "stationMagnitude", "comment"};
            for (const auto name : dropped)
                if (element.name == name)
                    return false;
            return element.name != "stationMagnitudeContribution" && inEvent;
        }
        if (++m_events > mostEvents)
            return base::fail(Code::tooLarge, "more than " + std::to_string(mostEvents) + " events",
                              m_text.place(element.offset));
        std::vector<const XmlElement*> origins;
        std::vector<const XmlElement*> magnitudes;
        for (const auto& child : element.children) {
            if (child.name == "origin")
                origins.push_back(&child);
            else if (child.name == "magnitude")
                magnitudes.push_back(&child);
        }
        EventReader reader(m_text, m_source, {}, m_out.deviations);
        auto quake = reader.read(element, origins, magnitudes);
        if (quake) {
            m_out.messages.emplace_back(std::move(*quake));
            return false;
        }
        if (origins.empty() && m_others.describe() != "")
            quake.error().message += "; there are " + m_others.describe();
        m_out.faults.push_back({std::move(quake.error()), quakes::bytesOf(m_text, element)});
        return false;
    }

  private:
    const XmlText& m_text;
    const Source& m_source;
    Decoded& m_out;
    Others m_others;
    std::size_t m_events{0};
};

} // namespace

std::optional<std::string> knownOtherRoot(std::string_view root, std::string_view rootTag) {
    for (const auto& one : others)
        if (one.root == root && (root != "application" || rootTag.find("wadl") != std::string_view::npos))
            return std::string(one.sentence);
    return std::nullopt;
}

bool looksLikeQuakeMl(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::xml)
        return false;
    return glimpse.root == "quakeml" || (glimpse.root == "eventParameters" && glimpse.text.find("<event") != std::string_view::npos) ||
           (glimpse.root != "contents" && knownOtherRoot(glimpse.root, glimpse.rootTag).has_value());
}

base::Result<Decoded> decodeQuakeMl(std::string_view bytes, const Source& source) {
    std::string head;
    const Glimpse seen = glimpse(bytes, head);
    if (const auto other = knownOtherRoot(seen.root, seen.rootTag))
        return base::fail(Code::malformed, *other, {.line = {}, .column = {}, .byte = 0});
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    Decoded out;
    out.format = Format::quakeMl;
    if (!(*text)->deviation().empty())
        out.deviations.push_back((*text)->deviation());
    Document document(**text, source, out);
    bool isQuakeMl = false;
    XmlWalk walk([&](std::span<const XmlElement> above, XmlElement& element) {
        if (above.size() == 1 && element.name == "eventParameters")
            isQuakeMl = true;
        isQuakeMl = isQuakeMl || (above.empty() && (element.name == "eventParameters" || element.name == "quakeml"));
        return document.closed(above, element);
    });
    if (auto parsed = parseXml(**text, walk); !parsed)
        return tl::unexpected(std::move(parsed.error()));
    if (!isQuakeMl)
        return base::fail(Code::malformed, "not QuakeML: " + describeUnknown((*text)->text()), (*text)->place(0));
    if (out.messages.empty() && !out.faults.empty())
        return tl::unexpected(std::move(out.faults.front().error));
    return out;
}

} // namespace tocsin::ingest
