#include "decode_quakeml_event.hpp"

#include "decode_place.hpp"

#include "tocsin/base/text.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace tocsin::ingest::quakes {

using base::Code;
using model::Earthquake;

namespace {

constexpr std::size_t mostDeviations = 100;
constexpr std::size_t mostId = 255;

template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string shown(double value) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%g", value);
    return out.data();
}

/// Text of a name or place as one line without controls.
std::string oneLine(std::string_view text, std::size_t most) {
    std::string out = excerpt(trimmed(text), most);
    const auto last = out.find_last_not_of(' ');
    out.erase(last == std::string::npos ? 0 : last + 1);
    return out;
}

/// "smi:eu.emsc/event/2014_1" and "…?eventid=2014_1" end in the agency's own number.
std::string_view lastPart(std::string_view publicId) {
    const auto at = publicId.find_last_of("/=#:");
    return at == std::string_view::npos ? publicId : publicId.substr(at + 1);
}

/// "quakeml:us.anss.org/event/1" → "us.anss.org"
std::string_view authorityOf(std::string_view publicId) {
    const auto colon = publicId.find(':');
    if (colon == std::string_view::npos)
        return {};
    publicId.remove_prefix(colon + 1);
    return publicId.substr(0, publicId.find_first_of("/?"));
}

} // namespace

std::optional<double> numberIn(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string bytesOf(const XmlText& text, const XmlElement& element) {
    const auto all = text.text();
    const std::size_t from = std::min<std::size_t>(element.offset, all.size());
    return std::string(all.substr(from, element.end > from ? element.end - from : std::string_view::npos));
}

void Others::count(std::string_view name) {
    if (name == "pick")
        ++picks;
    else if (name == "arrival")
        ++arrivals;
    else if (name == "amplitude")
        ++amplitudes;
    else if (name == "focalMechanism")
        ++mechanisms;
    else if (name == "magnitude")
        ++magnitudes;
    else if (name == "origin")
        ++origins;
}

std::string Others::describe() const {
    std::vector<std::string_view> what;
    if (origins > 0)
        what.emplace_back("origins that no event names");
    if (picks > 0)
        what.emplace_back("picks of waves at stations");
    if (arrivals > 0)
        what.emplace_back("arrivals");
    if (amplitudes > 0)
        what.emplace_back("amplitudes");
    if (mechanisms > 0)
        what.emplace_back("focal mechanisms");
    if (magnitudes > 0)
        what.emplace_back("magnitudes");
    std::string out;
    for (std::size_t i = 0; i < what.size(); ++i)
        out += (i == 0 ? "" : i + 1 == what.size() ? " and " : ", ") + std::string(what[i]);
    return out;
}

base::Error EventReader::error(Code code, std::string message, const XmlElement& where) const {
    return {code, std::move(message), m_text.place(where.offset)};
}

void EventReader::deviate(std::string message, const XmlElement& where) {
    if (m_deviations.size() < mostDeviations)
        m_deviations.push_back(placed(m_text.lineAndColumn(where.offset), message));
}

const XmlElement* EventReader::choose(const XmlElement& event, std::string_view preferred,
                                      std::span<const XmlElement* const> among) {
    if (among.empty())
        return nullptr;
    const XmlElement* const named = event.child(preferred);
    if (named == nullptr)
        return among.back();
    const auto id = trimmed(named->text);
    for (const XmlElement* one : among)
        if (one->attribute("publicID") == id)
            return one;
    deviate("<" + std::string(preferred) + "> names " + quoted(id, 80) + ", which is not in the document: the last is taken",
            *named);
    return among.back();
}

base::Result<double> EventReader::number(const XmlElement& in, std::string_view path, double least, double most) const {
    const XmlElement* found = in.at(path);
    if (found == nullptr)
        return tl::unexpected(
            error(Code::malformed, "<" + std::string(in.name) + "> has no <" + std::string(path) + ">", in));
    const auto value = numberIn(found->text);
    if (!value)
        return tl::unexpected(error(Code::malformed,
                                    "<" + std::string(path) + "> is no number: " + quoted(trimmed(found->text)), *found));
    if (*value < least || *value > most)
        return tl::unexpected(error(Code::outOfRange,
                                    "<" + std::string(path) + "> is " + shown(*value) + ", outside " + shown(least) +
                                        " to " + shown(most),
                                    *found));
    return *value;
}

void EventReader::identify(const XmlElement& event, const XmlElement* origin, Earthquake& quake) const {
    const auto publicId = event.attribute("publicID");
    // The catalogue of the USGS names an event in its XML as in its GeoJSON: the two are then one.
    const auto source = event.attribute("eventsource");
    const auto number = event.attribute("eventid");
    if (!source.empty() && !number.empty()) {
        quake.source = "usgs";
        quake.sourceId = oneLine(std::string(source) + std::string(number), mostId);
        if (const auto data = oneLine(event.attribute("dataid"), mostId); !data.empty() && data != quake.sourceId)
            quake.otherIds.push_back(data);
        return;
    }
    std::string_view agency = event.textAt("creationInfo/agencyID");
    if (agency.empty() && origin != nullptr)
        agency = origin->textAt("creationInfo/agencyID");
    if (agency.empty())
        agency = authorityOf(publicId);
    quake.source = lowered(oneLine(agency.empty() ? std::string_view("quakeml") : agency, 60));
    quake.sourceId = oneLine(publicId, mostId);
    const auto last = lastPart(quake.sourceId);
    if (last.size() >= 6 && last != quake.sourceId)
        quake.otherIds.emplace_back(last);
}

void EventReader::checkWords(const XmlElement& origin) {
    static constexpr std::array<std::string_view, 7> depthTypes{
        "from location",        "from moment tensor inversion", "from modeling of broad-band P waveforms",
        "constrained by depth phases", "constrained by direct phases", "constrained by depth and direct phases",
        "operator assigned"};
    static constexpr std::array<std::string_view, 6> statuses{"preliminary", "confirmed", "reviewed",
                                                              "final",       "rejected",  "reported"};
    if (const auto* type = origin.child("depthType"))
        if (const auto word = trimmed(type->text); word != "other" && !isOneOf(word, depthTypes))
            deviate(quoted(word) + " is no depthType of the standard", *type);
    if (const auto* mode = origin.child("evaluationMode"))
        if (const auto word = trimmed(mode->text); word != "manual" && word != "automatic")
            deviate(quoted(word) + " is no evaluationMode of the standard", *mode);
    if (const auto* status = origin.child("evaluationStatus"))
        if (const auto word = trimmed(status->text); !isOneOf(word, statuses))
            deviate(quoted(word) + " is no evaluationStatus of the standard", *status);
}

base::Result<void> EventReader::locate(const XmlElement& origin, Earthquake& quake) {
    const auto* const when = origin.at("time/value");
    if (when == nullptr)
        return tl::unexpected(error(Code::malformed, "the origin has no time", origin));
    const auto time = parseTimeIn(trimmed(when->text), m_source);
    if (!time)
        return tl::unexpected(error(time.error().code, "the origin's time: " + time.error().message, *when));
    quake.time = *time;
    const auto latitude = number(origin, "latitude/value", -90, 90);
    if (!latitude)
        return tl::unexpected(latitude.error());
    const auto longitude = number(origin, "longitude/value", -180, 360);
    if (!longitude)
        return tl::unexpected(longitude.error());
    if (*longitude > 180)
        deviate("a longitude beyond 180°", origin);
    const auto position = geo::normalise({.latitude = *latitude,
                                          .longitude = *longitude > 180 ? *longitude - 360 : *longitude,
                                          .datum = m_source.datum});
    if (!position)
        return tl::unexpected(error(position.error().code, position.error().message, origin));
    quake.position = *position;
    if (origin.at("depth/value") != nullptr) {
        const auto depth =
            number(origin, "depth/value", -100 * m_dialect.depthUnitsPerKm, 6'371 * m_dialect.depthUnitsPerKm);
        if (!depth)
            return tl::unexpected(depth.error());
        quake.depthKm = *depth / m_dialect.depthUnitsPerKm;
    }
    checkWords(origin);
    return {};
}

base::Result<void> EventReader::size(const XmlElement& magnitude, Earthquake& quake) {
    const auto value = number(magnitude, m_dialect.magnitudeValue, -10, 12);
    if (!value)
        return tl::unexpected(value.error());
    quake.magnitude = *value;
    quake.magnitudeType = oneLine(magnitude.textAt("type"), 20);
    return {};
}

void EventReader::name(const XmlElement& event, Earthquake& quake) {
    // The name of an earthquake says more than its region; of the others the first.
    const XmlElement* best = nullptr;
    int bestRank = 0;
    for (const auto& one : event.children) {
        if (one.name != "description")
            continue;
        const auto type = one.textAt("type");
        const int rank = type == "earthquake name" ? 4 : type == "Flinn-Engdahl region" ? 3 : type == "region name" ? 2 : 1;
        if (rank > bestRank && !one.textAt("text").empty()) {
            best = &one;
            bestRank = rank;
        }
    }
    if (best != nullptr)
        quake.place = oneLine(best->textAt("text"), 400);
    const auto type = event.textAt("type");
    if (!type.empty() && type != "earthquake" && type != "not existing" && type != "not reported")
        quake.place += (quake.place.empty() ? "" : " ") + ("(" + oneLine(type, 60) + ")");
}

void EventReader::judge(const XmlElement& event, const XmlElement* origin, Earthquake& quake) {
    const auto mode = origin == nullptr ? std::string_view() : origin->textAt("evaluationMode");
    const auto status = origin == nullptr ? std::string_view() : origin->textAt("evaluationStatus");
    const bool reviewed = mode == "manual" || status == "reviewed" || status == "final" || status == "confirmed";
    quake.status = event.textAt("type") == "not existing" || status == "rejected" ? "deleted"
                   : reviewed                                                      ? "reviewed"
                                                                                   : "automatic";
}

base::Result<Earthquake> EventReader::read(const XmlElement& event, std::span<const XmlElement* const> origins,
                                           std::span<const XmlElement* const> magnitudes) {
    Earthquake quake;
    const XmlElement* const origin = choose(event, "preferredOriginID", origins);
    identify(event, origin, quake);
    if (quake.sourceId.empty())
        return tl::unexpected(error(Code::malformed, "an event without \"publicID\"", event));
    judge(event, origin, quake);
    if (origin == nullptr)
        return tl::unexpected(error(Code::malformed,
                                    "the event " + quoted(quake.sourceId, 80) +
                                        " has no origin: nobody has said when and where it was",
                                    event));
    if (auto located = locate(*origin, quake); !located)
        return tl::unexpected(located.error());
    const XmlElement* const magnitude = choose(event, "preferredMagnitudeID", magnitudes);
    if (magnitude != nullptr)
        if (auto sized = size(*magnitude, quake); !sized)
            return tl::unexpected(sized.error());
    name(event, quake);
    quake.updated = quake.time;
    for (const XmlElement* one : {&event, origin, magnitude}) {
        const XmlElement* const made = one == nullptr ? nullptr : one->at("creationInfo/creationTime");
        if (made == nullptr)
            continue;
        if (const auto time = parseTimeIn(trimmed(made->text), m_source))
            quake.updated = std::max(quake.updated, *time);
        else
            deviate("<creationTime> is no time", *made);
    }
    return quake;
}

} // namespace tocsin::ingest::quakes
