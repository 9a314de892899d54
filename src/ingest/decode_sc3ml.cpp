#include "decode_sc3ml.hpp"

#include "decode_quakeml_event.hpp"
#include "decode_sniff.hpp"

#include <algorithm>
#include <array>
#include <map>

// SeisComP's own XML, versions 0.5 to 0.13 and what comes after: docs.gempa.de/seiscomp, schema "sc3ml"

namespace tocsin::ingest {

using base::Code;
using quakes::EventReader;
using quakes::Others;

namespace {

constexpr std::size_t mostEvents = 50'000;
constexpr quakes::Dialect dialect{.depthUnitsPerKm = 1, .magnitudeValue = "magnitude/value"};

/// Events stand beside the origins that they name, before or after: all is read, then put together.
struct Parts {
    std::vector<XmlElement> events;
    std::vector<XmlElement> origins; ///< with their magnitudes in them
    Others others;

    base::Result<bool> closed(const XmlText& text, std::span<const XmlElement> above, XmlElement& element) {
        static constexpr std::array<std::string_view, 7> dropped{
            "pick", "arrival", "amplitude", "focalMechanism", "stationMagnitude", "stationMagnitudeContribution", "comment"};
        // <amplitude> and <magnitude> are also the names of values within what has these names.
        const bool top = !above.empty() && above.back().name == "EventParameters";
        if (top || element.name == "arrival")
            others.count(element.name);
        if (top && (element.name == "event" || element.name == "origin")) {
            if (events.size() + origins.size() >= mostEvents)
                return base::fail(Code::tooLarge, "more than " + std::to_string(mostEvents) + " events and origins",
                                  text.place(element.offset));
            (element.name == "event" ? events : origins).push_back(std::move(element));
            return false;
        }
        if (top)
            return false;
        return std::find(dropped.begin(), dropped.end(), element.name) == dropped.end();
    }
};

/// An event's own origins: those that it prefers or refers to.
std::vector<const XmlElement*> originsOf(const XmlElement& event, const std::map<std::string_view, const XmlElement*>& byId) {
    std::vector<const XmlElement*> out;
    for (const auto& child : event.children) {
        if (child.name != "originReference" && child.name != "preferredOriginID")
            continue;
        auto id = trimmed(child.text);
        if (id.empty())
            id = child.textAt("originID");
        if (const auto found = byId.find(id); found != byId.end())
            out.push_back(found->second);
    }
    return out;
}

void putTogether(const Parts& parts, const XmlText& text, const Source& source, Decoded& out) {
    std::map<std::string_view, const XmlElement*> byId;
    for (const auto& origin : parts.origins)
        byId.emplace(origin.attribute("publicID"), &origin);
    EventReader reader(text, source, dialect, out.deviations);
    for (const auto& event : parts.events) {
        auto origins = originsOf(event, byId);
        std::vector<const XmlElement*> magnitudes;
        for (const XmlElement* origin : origins)
            for (const auto& child : origin->children)
                if (child.name == "magnitude")
                    magnitudes.push_back(&child);
        // The preferred magnitude may be that of any origin.
        const auto preferred = event.textAt("preferredMagnitudeID");
        for (const auto& origin : parts.origins)
            for (const auto& child : origin.children)
                if (!preferred.empty() && child.name == "magnitude" && child.attribute("publicID") == preferred)
                    magnitudes.push_back(&child);
        auto quake = reader.read(event, origins, magnitudes);
        if (quake)
            out.messages.emplace_back(std::move(*quake));
        else
            out.faults.push_back({std::move(quake.error()), quakes::bytesOf(text, event)});
    }
}

} // namespace

bool looksLikeSc3Ml(const Glimpse& glimpse) {
    return glimpse.kind == Glimpse::Kind::xml && glimpse.root == "seiscomp";
}

base::Result<Decoded> decodeSc3Ml(std::string_view bytes, const Source& source) {
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    Decoded out;
    out.format = Format::sc3Ml;
    if (!(*text)->deviation().empty())
        out.deviations.push_back((*text)->deviation());
    Parts parts;
    bool isSc3Ml = false;
    std::string other; ///< what it has instead of event parameters
    std::string version;
    XmlWalk walk([&](std::span<const XmlElement> above, XmlElement& element) -> base::Result<bool> {
        if (above.size() == 1 && above.front().name == "seiscomp") {
            isSc3Ml = isSc3Ml || element.name == "EventParameters";
            other = element.name;
        }
        if (above.empty()) { // the end: names live only as long as the parse
            version = std::string(element.attribute("version"));
            putTogether(parts, **text, source, out);
        }
        return parts.closed(**text, above, element);
    });
    if (auto parsed = parseXml(**text, walk); !parsed)
        return tl::unexpected(std::move(parsed.error()));
    if (!isSc3Ml)
        return base::fail(Code::malformed,
                          other.empty() ? "not SC3ML: " + describeUnknown((*text)->text())
                                        : "SC3ML with <" + excerpt(other) + ">, not with earthquakes",
                          (*text)->place(0));
    if (version.empty())
        out.deviations.emplace_back("<seiscomp> says no version");
    if (out.messages.empty() && !out.faults.empty())
        return tl::unexpected(std::move(out.faults.front().error));
    if (out.messages.empty() && !parts.others.describe().empty())
        return base::fail(Code::malformed, "no earthquake: there is no event, but " + parts.others.describe(),
                          (*text)->place(0));
    return out;
}

} // namespace tocsin::ingest
