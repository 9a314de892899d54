#include "decode_place.hpp"
#include "decode_sniff.hpp"
#include "decode_waterml.hpp"
#include "decode_waterml_series.hpp"
#include "xml_element.hpp"

#include "tocsin/geo/datum.hpp"

#include <vector>

// OGC 10-126r4: www.opengis.net/doc/IS/waterml/2.0.1

namespace tocsin::ingest {

using base::Code;

namespace {

/// The first element of that name anywhere in another.
const XmlElement* anywhere(const XmlElement& in, std::string_view name) {
    for (const auto& child : in.children) {
        if (child.name == name)
            return &child;
        if (const auto* found = anywhere(child, name))
            return found;
    }
    return nullptr;
}

/// "http://…/def/property/river-level" and "…?parmCd=00065" end in the property's name.
std::string_view lastPart(std::string_view address) {
    while (address.ends_with('/'))
        address.remove_suffix(1);
    const auto at = address.find_last_of("/=#:");
    return at == std::string_view::npos ? address : address.substr(at + 1);
}

std::vector<std::string_view> parts(std::string_view text, char by) {
    std::vector<std::string_view> out;
    for (std::size_t from = 0; out.size() < 12;) {
        const auto end = std::min(text.find(by, from), text.size());
        out.push_back(text.substr(from, end - from));
        if (end == text.size())
            break;
        from = end + 1;
    }
    return out;
}

class Collection {
  public:
    Collection(const XmlText& text, const Source& source, water::Gathered& out) : m_text(text), m_source(source), m_out(out) {}

    base::Result<bool> closed(XmlElement& element) {
        if (element.name == "MeasurementTVP") {
            point(element);
            return false;
        }
        if (element.name == "point" || element.name == "DocumentMetadata")
            return false;
        if (element.name == "OM_Observation") {
            observation(element);
            return false;
        }
        return true;
    }

  private:
    struct Value {
        base::Time time;
        double value;
        std::string unit; ///< its own, where it differs from the series'
    };

    void fault(std::string message, const XmlElement& where) {
        const auto from = where.offset;
        const auto bytes = m_text.text().substr(from, where.end > from ? where.end - from : 0);
        m_out.fault({Code::malformed, std::move(message), m_text.place(from)}, bytes.substr(0, 64U << 10U));
    }

    void point(const XmlElement& element) {
        const auto when = element.textAt("time");
        const auto* const what = element.child("value");
        if (when.empty() && what == nullptr)
            return; // only metadata, as the USGS sends one before the values
        const auto text = what == nullptr ? std::string_view() : trimmed(what->text);
        const auto place = m_text.place(element.offset);
        const auto* const metadata = element.child("metadata");
        const auto* const quality = metadata == nullptr ? nullptr : anywhere(*metadata, "quality");
        const bool missing = metadata != nullptr && (anywhere(*metadata, "nilReason") != nullptr ||
                                                     (quality != nullptr && lastPart(quality->attribute("href")) == "missing"));
        const auto number = water::numberIn(text);
        if (missing || (!number && water::isFlag(text)) || number == -999999.0) {
            m_out.flagged(text, place);
            return;
        }
        if (!number) {
            fault("a value that is no number: " + quoted(text), element);
            return;
        }
        if (when.empty()) {
            fault("a value without a time", element);
            return;
        }
        const auto time = water::timeIn(when, m_source);
        if (!time) {
            fault("the value's time: " + time.error().message, element);
            return;
        }
        const auto* const uom = metadata == nullptr ? nullptr : anywhere(*metadata, "uom");
        m_values.push_back({*time, *number, uom == nullptr ? std::string() : unitNamed(*uom)});
    }

    static std::string unitNamed(const XmlElement& uom) {
        for (const auto name : {"code", "title"})
            if (const auto value = uom.attribute(name); !value.empty())
                return std::string(value);
        return std::string(lastPart(uom.attribute("href")));
    }

    /// The same as the other formats of the USGS call it; else the place and the property.
    static std::string idOf(const XmlElement& observation, const XmlElement* feature, std::string_view property) {
        const auto own = parts(observation.attribute("id"), '.'); // obs.USGS.01646500.00060.1.00003
        if (own.size() == 6 && own[0] == "obs" && own[1].size() <= 5) {
            auto id = lowered(water::idPart(own[1])) + "-" + water::idPart(own[2]) + "-" + water::idPart(own[3]);
            return own[5] == "00000" || own[5] == "00011" ? id : id + "-" + water::idPart(own[5]);
        }
        std::string_view where;
        if (feature != nullptr) {
            const auto* const point = anywhere(*feature, "MonitoringPoint");
            where = point == nullptr ? std::string_view() : point->textAt("identifier");
            if (where.empty() && point != nullptr)
                where = point->attribute("id");
            if (where.empty())
                where = lastPart(feature->attribute("href"));
            if (where.empty())
                where = feature->attribute("title");
        }
        if (where.empty() || property.empty())
            return {};
        return water::idPart(lastPart(where)) + "-" + water::idPart(property);
    }

    std::optional<model::Position> positionOf(const XmlElement* feature) {
        const auto* const pos = feature == nullptr ? nullptr : anywhere(*feature, "pos");
        if (pos == nullptr)
            return std::nullopt;
        const auto text = trimmed(pos->text);
        const auto blank = text.find_first_of(" \t\n");
        if (blank == std::string_view::npos)
            return std::nullopt;
        auto rest = trimmed(text.substr(blank));
        rest = rest.substr(0, rest.find_first_of(" \t\n"));
        const auto latitude = water::numberIn(text.substr(0, blank));
        const auto longitude = water::numberIn(rest);
        if (!latitude || !longitude)
            return std::nullopt;
        const auto position = geo::normalise({.latitude = *latitude, .longitude = *longitude, .datum = m_source.datum});
        if (!position) {
            m_out.deviate(placed(m_text.lineAndColumn(pos->offset), "the site's position: " + position.error().message));
            return std::nullopt;
        }
        return *position;
    }

    void observation(const XmlElement& element) {
        const auto values = std::exchange(m_values, {});
        const auto* const feature = element.child("featureOfInterest");
        const auto* const observed = element.child("observedProperty");
        std::string_view property = observed == nullptr ? std::string_view() : lastPart(observed->attribute("href"));
        const auto title = observed == nullptr ? std::string_view() : observed->attribute("title");
        if (property.empty())
            property = title;
        const auto id = idOf(element, feature, property);
        if (id.empty()) {
            fault("an observation that does not say where and of what it is", element);
            return;
        }
        const auto* const defaults = anywhere(element, "defaultPointMetadata");
        const auto* const uom = defaults == nullptr ? nullptr : anywhere(*defaults, "uom");
        const auto unit = water::unitOf(uom == nullptr ? std::string() : unitNamed(*uom), property, m_source);
        model::Sensor sensor;
        sensor.id.value = id;
        const auto where = feature == nullptr ? std::string() : water::nameOf(feature->attribute("title"));
        const auto what = water::nameOf(title.empty() ? property : title);
        sensor.name = where.empty() ? what : where + ": " + what;
        sensor.place = where;
        sensor.unit = unit;
        sensor.kind = water::kindOf(property);
        if (sensor.kind == model::SensorKind::other)
            sensor.kind = water::kindOf(what);
        m_out.sensor(std::move(sensor), positionOf(feature));
        for (const auto& one : values)
            m_out.reading(id, one.time, one.value, one.unit.empty() ? unit : water::unitOf(one.unit, property, m_source));
    }

    const XmlText& m_text;
    const Source& m_source;
    water::Gathered& m_out;
    std::vector<Value> m_values;
};

} // namespace

bool looksLikeWaterMl2(const Glimpse& glimpse) {
    return glimpse.kind == Glimpse::Kind::xml && glimpse.text.find("opengis.net/waterml/2.0") != std::string_view::npos &&
           (glimpse.root == "Collection" || glimpse.root == "OM_Observation" || glimpse.root == "FeatureCollection" ||
            glimpse.root == "GetObservationResponse");
}

base::Result<Decoded> decodeWaterMl2(std::string_view bytes, const Source& source) {
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    Decoded out;
    out.format = Format::waterMl2;
    if (!(*text)->deviation().empty())
        out.deviations.push_back((*text)->deviation());
    water::Gathered gathered(out, source);
    Collection collection(**text, source, gathered);
    bool known = false;
    XmlWalk walk([&](std::span<const XmlElement> /*above*/, XmlElement& element) {
        known = known || element.uri.find("opengis.net/waterml/2.0") != std::string_view::npos;
        return collection.closed(element);
    });
    if (auto parsed = parseXml(**text, walk); !parsed)
        return tl::unexpected(std::move(parsed.error()));
    if (!known)
        return base::fail(Code::malformed, "not WaterML 2: " + describeUnknown((*text)->text()), (*text)->place(0));
    return gathered.finish();
}

} // namespace tocsin::ingest
