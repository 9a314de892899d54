#include "decode_formats.hpp"
#include "decode_json.hpp"
#include "decode_sniff.hpp"

#include "tocsin/geo/datum.hpp"

#include <array>
#include <optional>
#include <vector>

// The GeoJSON of the USGS: earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php and geojson_detail.php

namespace tocsin::ingest {

namespace {

using base::Code;
using model::Earthquake;

constexpr std::size_t maxFeatures = 50'000;
constexpr std::size_t maxOtherIds = 100;

class FeatureReader {
  public:
    explicit FeatureReader(const JsonInput& input) : m_input(input) {}

    Earthquake read(simdjson::ondemand::object feature);

  private:
    void properties(JsonField& field);
    void geometry(JsonField& field);
    void ids(const std::string& list);

    const JsonInput& m_input;
    Earthquake m_quake;
    std::string m_net;
    std::string m_code;
    bool m_hasTime{false};
    bool m_hasUpdated{false};
    bool m_hasPosition{false};
    std::string m_idsText;
    std::string m_kind; ///< "earthquake", "quarry blast" …
};

void FeatureReader::properties(JsonField& field) {
    static constexpr std::array<std::string_view, 11> keys{"mag",     "place", "time", "updated", "status", "tsunami",
                                                           "net",     "code",  "ids",  "magType", "type"};
    eachField(m_input, field.object(), keys, [this](std::size_t index, JsonField& f) {
        if (f.isNull())
            return;
        switch (index) {
        case 0:
            m_quake.magnitude = f.number(-10, 12);
            break;
        case 1:
            m_quake.place = f.string(500);
            break;
        case 2:
            m_quake.time = f.time();
            m_hasTime = true;
            break;
        case 3:
            m_quake.updated = f.time();
            m_hasUpdated = true;
            break;
        case 4:
            m_quake.status = lowered(f.string(40));
            break;
        case 5:
            m_quake.tsunami = f.integer(0, 1) == 1;
            break;
        case 6:
            m_net = f.string(20);
            break;
        case 7:
            m_code = f.string(60);
            break;
        case 8:
            m_idsText = f.string(8'000);
            break;
        case 9:
            m_quake.magnitudeType = f.string(20);
            break;
        case 10:
            m_kind = f.string(40);
            break;
        default:
            break;
        }
    });
}

void FeatureReader::geometry(JsonField& field) {
    if (field.isNull())
        return;
    static constexpr std::array<std::string_view, 2> keys{"type", "coordinates"};
    eachField(m_input, field.object(), keys, [this](std::size_t index, JsonField& f) {
        if (index == 0) {
            if (f.string(40) != "Point")
                f.fail(Code::malformed, "of an earthquake's geometry must be \"Point\"");
            return;
        }
        std::array<std::optional<double>, 3> parts;
        std::size_t count = 0;
        const char* firstAt = f.at();
        for (auto element : f.array()) {
            simdjson::ondemand::value value = element.value();
            if (count == parts.size())
                f.fail(Code::malformed, "has more than longitude, latitude and depth");
            static constexpr std::array<std::string_view, 3> names{"longitude", "latitude", "depth"};
            JsonField part(m_input, names[count], value, value.raw_json_token().data());
            if (!part.isNull()) {
                if (count == 2) // above the sea by as much as mountains are high, and no deeper than the earth's centre
                    parts[count] = part.number(-100, 6'371);
                else
                    parts[count] = part.number(count == 0 ? -180 : -90, count == 0 ? 180 : 90);
            }
            ++count;
        }
        if (!parts[0] || !parts[1])
            m_input.fail(Code::malformed, "\"coordinates\" has no longitude and latitude", firstAt);
        const auto position = geo::normalise({.latitude = *parts[1], .longitude = *parts[0]});
        if (!position)
            m_input.fail(position.error().code, position.error().message, firstAt);
        m_quake.position = *position;
        m_quake.depthKm = parts[2];
        m_hasPosition = true;
    });
}

/// ",us10004u1y,gcmt20160302124948,"
void FeatureReader::ids(const std::string& list) {
    for (std::size_t i = 0; i < list.size() && m_quake.otherIds.size() < maxOtherIds;) {
        const std::size_t end = std::min(list.find(',', i), list.size());
        const std::string_view id = trimmed(std::string_view(list).substr(i, end - i));
        if (!id.empty() && id != m_quake.sourceId)
            m_quake.otherIds.emplace_back(id);
        i = end + 1;
    }
}

Earthquake FeatureReader::read(simdjson::ondemand::object feature) {
    static constexpr std::array<std::string_view, 4> keys{"type", "id", "properties", "geometry"};
    m_quake.source = "usgs";
    bool hasProperties = false;
    eachField(m_input, feature, keys, [&](std::size_t index, JsonField& f) {
        if (index == 0) {
            if (f.string(40) != "Feature")
                f.fail(Code::malformed, "must be \"Feature\"");
        } else if (index == 1) {
            if (!f.isNull())
                m_quake.sourceId = f.string(100);
        } else if (index == 2) {
            properties(f);
            hasProperties = true;
        } else {
            geometry(f);
        }
    });
    if (!hasProperties)
        m_input.fail(Code::malformed, "a feature without \"properties\"", nullptr);
    if (m_quake.sourceId.empty())
        m_quake.sourceId = m_net.empty() || m_code.empty() ? std::string() : m_net + m_code;
    if (m_quake.sourceId.empty())
        m_input.fail(Code::malformed, "an earthquake without \"id\" (nor \"net\" and \"code\")", nullptr);
    if (!m_hasTime)
        m_input.fail(Code::malformed, "an earthquake without \"time\"", nullptr);
    // A deleted event may have lost its place; any other without one cannot be worked with.
    if (!m_hasPosition && m_quake.status != "deleted")
        m_input.fail(Code::malformed, "an earthquake without a position", nullptr);
    if (!m_hasUpdated)
        m_quake.updated = m_quake.time;
    if (!m_kind.empty() && m_kind != "earthquake")
        m_quake.place += (m_quake.place.empty() ? "(" : " (") + m_kind + ")"; // a blast in a quarry is none to go out for
    ids(m_idsText);
    return std::move(m_quake);
}

/// The features of a collection as they are written; nothing for a document that is one feature.
std::optional<std::vector<std::string_view>> featuresOf(const JsonInput& input,
                                                        simdjson::ondemand::document& document) {
    static constexpr std::array<std::string_view, 2> keys{"type", "features"};
    std::optional<std::vector<std::string_view>> features;
    std::string type;
    eachField(input, document.get_object(), keys, [&](std::size_t index, JsonField& f) {
        if (index == 1) {
            features = input.elements(f.array(), maxFeatures);
            return;
        }
        type = f.string(40);
        if (type != "FeatureCollection" && type != "Feature")
            f.fail(Code::malformed, "must be \"FeatureCollection\" or \"Feature\"");
    });
    if (type == "FeatureCollection" && !features)
        input.fail(Code::malformed, "a FeatureCollection without \"features\"", nullptr);
    if (type != "FeatureCollection")
        features.reset();
    return features;
}

} // namespace

base::Result<Decoded> decodeUsgs(std::string_view bytes) {
    auto read = JsonInput::read(bytes);
    if (!read)
        return tl::unexpected<base::Error>(std::move(read.error()));
    JsonInput& input = **read;
    if (!looksLikeUsgs(input.text()))
        return base::fail(Code::malformed, "not the earthquake GeoJSON of the USGS: " + describeUnknown(input.text()),
                          input.placeAt(0));

    using Features = std::optional<std::vector<std::string_view>>;
    auto features = input.walk<Features>([&](auto& document) { return featuresOf(input, document); });
    if (!features)
        return tl::unexpected<base::Error>(std::move(features.error()));

    // Each feature is walked for itself, so that a bad one costs only itself.
    const auto readFeature = [](JsonInput& part) {
        return part.walk<Earthquake>([&](auto& document) {
            simdjson::ondemand::object object;
            if (document.get_object().get(object) != simdjson::SUCCESS)
                part.fail(Code::malformed, "a feature must be an object", nullptr);
            return FeatureReader(part).read(object);
        });
    };
    Decoded out;
    out.format = Format::usgsGeoJson;
    if (!*features) {
        auto quake = readFeature(input);
        if (!quake)
            return tl::unexpected<base::Error>(std::move(quake.error()));
        out.messages.emplace_back(std::move(*quake));
        return out;
    }
    for (const std::string_view feature : **features) {
        auto quake = readFeature(*input.part(feature));
        if (quake)
            out.messages.emplace_back(std::move(*quake));
        else
            out.faults.push_back({std::move(quake.error()), std::string(feature)});
    }
    if (out.messages.empty() && !out.faults.empty())
        return tl::unexpected<base::Error>(std::move(out.faults.front().error));
    return out;
}

} // namespace tocsin::ingest
