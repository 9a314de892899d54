#include "decode_ushahidi.hpp"

#include "decode_report_csv.hpp"
#include "decode_report_text.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::ingest {

using base::Code;
using model::Report;
using nlohmann::json;

namespace {

constexpr std::size_t mostReports = 50'000;
constexpr int mostNesting = 8; ///< of coordinates and of values

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// The box around all of a geometry's coordinates.
struct Box {
    double west{180}, south{90}, east{-180}, north{-90};
    bool any{false};
    void add(const json& coordinates, int depth = 0) {
        if (!coordinates.is_array() || depth > mostNesting)
            return;
        if (coordinates.size() >= 2 && coordinates[0].is_number() && coordinates[1].is_number()) {
            const auto longitude = coordinates[0].get<double>();
            const auto latitude = coordinates[1].get<double>();
            west = std::min(west, longitude);
            east = std::max(east, longitude);
            south = std::min(south, latitude);
            north = std::max(north, latitude);
            any = true;
            return;
        }
        for (const auto& part : coordinates)
            add(part, depth + 1);
    }
};

std::string firstOf(const json& object, std::initializer_list<std::string_view> keys) {
    for (const auto key : keys)
        if (auto text = scalarText(object, key); !trimmed(text).empty())
            return text;
    return {};
}

/// Names in a list of texts or of objects with a "title", "tag", "name" or "category".
std::string namesIn(const json& list) {
    std::string out;
    const auto add = [&out](std::string_view name) {
        if (!trimmed(name).empty() && out.size() < 400)
            out += (out.empty() ? "" : ", ") + std::string(trimmed(name));
    };
    if (list.is_string())
        return list.get<std::string>();
    if (!list.is_array())
        return {};
    for (const auto& one : list) {
        if (one.is_string())
            add(one.get<std::string>());
        else
            add(firstOf(one.contains("category") ? objectIn(one, "category") : one, {"title", "tag", "name"}));
    }
    return out;
}

/// The first place anywhere in the values of a post.
bool findPlace(const json& value, double& latitude, double& longitude, int depth = 0) {
    if (depth > mostNesting || !value.is_structured())
        return false;
    if (value.is_object()) {
        const auto lat = scalarNumber(value, "lat");
        const auto lon = value.contains("lon") ? scalarNumber(value, "lon") : scalarNumber(value, "lng");
        if (lat && lon) {
            latitude = *lat;
            longitude = *lon;
            return true;
        }
    }
    return std::any_of(value.begin(), value.end(),
                       [&](const json& part) { return findPlace(part, latitude, longitude, depth + 1); });
}

/// What one element says, whoever wrote it.
class ElementReader {
  public:
    ElementReader(const JsonElement& element, const Source& source, Notes& notes)
        : m_element(element), m_source(source), m_notes(notes) {}

    base::Result<Report> read() {
        const auto& value = m_element.value();
        if (!value.is_object())
            return base::fail(Code::malformed, "a report must be a JSON object", m_element.at());
        if (value.contains("properties") || value.contains("geometry"))
            return feature(value, objectIn(value, "properties"));
        if (value.contains("incident"))
            return incident(value, objectIn(value, "incident"));
        return post(value);
    }

  private:
    base::Result<Report> done(Report report, std::string_view words) {
        if (report.text.empty())
            return base::fail(Code::malformed, "a report without a text", m_element.at());
        if (report.category.empty())
            report.category = knownCategory(words);
        if (report.category.empty())
            report.category = knownCategory(report.text);
        if (report.category.empty())
            report.category = words.empty() ? "other" : tidy(words, 60);
        return report;
    }
    std::string text(std::string_view title, std::string_view body) {
        const auto plainBody = has(body, "<") ? textOfHtml(body) : std::string(body);
        const auto both = plainBody.starts_with(title) ? plainBody : std::string(title) + "\n" + plainBody;
        return tidy(both, maxReportCharacters, true, "the text", m_element.at(), m_notes);
    }
    void setTime(Report& report, std::string_view written) {
        written = trimmed(written);
        if (written.empty())
            return;
        // "2014-03-05T10:00:00+0000" and seconds since 1970 are common.
        if (const auto seconds = numberOf(written); seconds && *seconds > 1e8 && *seconds < 1e13) {
            report.happenedAt = base::fromUnixMillis(static_cast<std::int64_t>(*seconds > 1e11 ? *seconds : *seconds * 1000));
            return;
        }
        const auto time = parseTimeIn(written, m_source);
        if (time)
            report.happenedAt = *time;
        else
            m_notes.add(m_element.at(), "the time: " + time.error().message);
    }

    base::Result<Report> feature(const json& value, const json& properties) {
        Report report;
        setPlaceOf(value, report);
        if (properties.contains("area_id") && properties.contains("state"))
            return floodedArea(properties, std::move(report));
        report.sourceId = tidy(firstOf(properties, {"pkey", "id", "incidentid", "url", "link"}), 200);
        if (report.sourceId.empty())
            report.sourceId = tidy(scalarText(value, "id"), 200);
        if (report.sourceId.empty())
            report.sourceId = contentId(value.dump(-1, ' ', false, json::error_handler_t::replace));
        // Version 2 puts a link around the title.
        const auto title = textOfHtml(firstOf(properties, {"title", "incidenttitle", "name"}));
        report.text = text(title, firstOf(properties, {"text", "description", "incidentdescription", "content", "popupContent"}));
        report.place = tidy(firstOf(properties, {"location", "location_name", "locationname", "address"}), 300);
        report.status = tidy(scalarText(properties, "status"), 40);
        setTime(report, firstOf(properties, {"created_at", "timestamp", "created", "incidentdate", "date"}));
        std::string words = firstOf(properties, {"disaster_type"});
        if (words.empty() && properties.contains("category"))
            words = namesIn(properties["category"]);
        const auto& data = objectIn(properties, "report_data");
        if (words.empty())
            words = firstOf(data, {"report_type"});
        if (const auto depth = scalarNumber(data, "flood_depth")) {
            const auto said = "Flood depth " + std::to_string(static_cast<int>(std::clamp(*depth, -1e6, 1e6))) + " cm";
            report.text = tidy(report.text + "\n" + said, maxReportCharacters, true);
        }
        if (report.text.empty() && !words.empty())
            report.text = tidy(words, 200);
        if (const auto image = firstOf(properties, {"image_url"}); !image.empty())
            report.text = tidy(report.text + "\n" + tidy(image, 300), maxReportCharacters, true);
        return done(std::move(report), words);
    }

    /// A neighbourhood and how deep its water stands, from 1 (use caution) to 4 (severe); 0: none any more.
    base::Result<Report> floodedArea(const json& properties, Report report) {
        const auto state = scalarNumber(properties, "state").value_or(-1);
        const auto when = scalarText(properties, "last_updated");
        for (const auto* key : {"area_name", "parent_name", "city_name"})
            if (const auto name = tidy(scalarText(properties, key), 100); !name.empty())
                report.place += (report.place.empty() ? "" : ", ") + name;
        const auto id = firstOf(properties, {"geom_id", "area_id"});
        report.sourceId = tidy("area:" + id + "@" + when, 200);
        report.category = "flood";
        report.status = state == 0 ? "closed" : "open";
        report.text = tidy("Flooded area, state " + scalarText(properties, "state") + " of 4: " + report.place, 400);
        setTime(report, when);
        return report;
    }

    void setPlaceOf(const json& value, Report& report) {
        const auto& geometry = value.contains("geometry") ? objectIn(value, "geometry") : value;
        Box box;
        if (geometry.contains("coordinates"))
            box.add(geometry["coordinates"]);
        if (!box.any)
            return;
        report.position = placeOf((box.south + box.north) / 2, (box.west + box.east) / 2, m_source,
                                  m_element.at("geometry"), m_notes);
        if (report.position && (box.north > box.south || box.east > box.west)) {
            const auto corner = model::Position::checked({.latitude = box.north, .longitude = box.east});
            if (corner)
                report.accuracyMetres = std::ceil(geo::distance(*report.position, *corner).value);
        }
    }

    base::Result<Report> incident(const json& value, const json& in) {
        Report report;
        report.sourceId = tidy(firstOf(in, {"incidentid", "id"}), 200);
        if (report.sourceId.empty())
            return base::fail(Code::malformed, "an incident without incidentid", m_element.at("incident"));
        report.text = text(scalarText(in, "incidenttitle"), scalarText(in, "incidentdescription"));
        report.place = tidy(scalarText(in, "locationname"), 300);
        const auto latitude = scalarNumber(in, "locationlatitude");
        const auto longitude = scalarNumber(in, "locationlongitude");
        if (latitude && longitude)
            report.position = placeOf(*latitude, *longitude, m_source, m_element.at("incident"), m_notes);
        setTime(report, scalarText(in, "incidentdate"));
        return done(std::move(report), value.contains("categories") ? namesIn(value["categories"]) : std::string());
    }

    base::Result<Report> post(const json& value) {
        Report report;
        report.sourceId = tidy(scalarText(value, "id"), 200);
        if (report.sourceId.empty())
            return base::fail(Code::malformed, "a post without an id", m_element.at());
        report.text = text(scalarText(value, "title"), firstOf(value, {"content", "description"}));
        report.status = tidy(scalarText(value, "status"), 40);
        report.contact.name = tidy(scalarText(value, "author_realname"), 120);
        report.contact.email = tidy(scalarText(value, "author_email"), 200);
        setTime(report, firstOf(value, {"post_date", "created"}));
        double latitude = 0;
        double longitude = 0;
        for (const auto* key : {"values", "post_content"}) {
            if (value.contains(key) && findPlace(value[key], latitude, longitude)) {
                report.position = placeOf(latitude, longitude, m_source, m_element.at(key), m_notes);
                break;
            }
        }
        std::string words;
        for (const auto* key : {"tags", "categories"})
            if (words.empty() && value.contains(key))
                words = namesIn(value[key]);
        return done(std::move(report), words);
    }

    const JsonElement& m_element;
    const Source& m_source;
    Notes& m_notes;
};

using Elements = std::vector<std::string_view>;

/// The list in an object, wherever these services put it.
Elements listIn(const JsonInput& input, simdjson::ondemand::object object, int depth) {
    static constexpr std::array<std::string_view, 5> lists{"features", "results", "incidents", "geometries", "posts"};
    static constexpr std::array<std::string_view, 5> wraps{"result", "payload", "objects", "output", "data"};
    for (auto field : object) {
        const std::string_view key = field.unescaped_key();
        simdjson::ondemand::value value = field.value();
        if (std::find(lists.begin(), lists.end(), key) != lists.end()) {
            simdjson::ondemand::array array;
            if (value.get_array().get(array) == simdjson::SUCCESS)
                return input.elements(array, mostReports);
        } else if (depth < 4 && std::find(wraps.begin(), wraps.end(), key) != wraps.end()) {
            simdjson::ondemand::object inner;
            if (value.get_object().get(inner) == simdjson::SUCCESS)
                if (auto found = listIn(input, inner, depth + 1); !found.empty())
                    return found;
        }
    }
    return {};
}

base::Result<Elements> elementsOf(JsonInput& input) {
    auto found = input.walk<Elements>([&](auto& document) -> Elements {
        if (trimmed(input.text()).starts_with('['))
            return input.elements(document.get_array(), mostReports);
        simdjson::ondemand::object object;
        if (document.get_object().get(object) != simdjson::SUCCESS)
            input.fail(Code::malformed, "must be a JSON object or an array", nullptr);
        return listIn(input, object, 0);
    });
    if (!found || !found->empty() || trimmed(input.text()).starts_with('['))
        return found;
    return input.walk<Elements>([&](auto& document) -> Elements { // one post, as the webhook sends it
        simdjson::ondemand::object object = document.get_object();
        return {object.raw_json().value()};
    });
}

bool isEmptyList(std::string_view raw) {
    return has(raw, "\"features\"") || has(raw, "\"results\"") || has(raw, "\"incidents\"");
}

} // namespace

bool looksLikeUshahidi(const Glimpse& glimpse) {
    if (glimpse.kind == Glimpse::Kind::text)
        return looksLikeUshahidiCsv(glimpse);
    if (glimpse.kind != Glimpse::Kind::json)
        return false;
    const auto& text = glimpse.text;
    if (has(text, "\"incidenttitle\"") || has(text, "\"incidentid\""))
        return true;
    const bool geo = has(text, "\"FeatureCollection\"") || has(text, "\"GeometryCollection\"");
    if (geo && !has(text, "\"magType\"") && !has(text, "\"phenomenonTime\""))
        return has(text, "\"popupContent\"") || has(text, "\"disaster_type\"") || has(text, "\"report_data\"") ||
               (has(text, "\"area_id\"") && has(text, "\"state\"") && has(text, "\"last_updated\"")) ||
               (has(text, "\"title\"") && (has(text, "\"description\"") || has(text, "\"category\"") || has(text, "\"content\"")));
    return has(text, "\"title\"") && has(text, "\"content\"") &&
           (has(text, "\"values\"") || has(text, "\"post_content\"")) && has(text, "\"id\"");
}

base::Result<Decoded> decodeUshahidi(std::string_view bytes, const Source& source) {
    const auto begin = trimmed(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
    if (!begin.starts_with('{') && !begin.starts_with('[')) {
        auto table = decodeReportCsv(bytes, source);
        if (table)
            table->format = Format::ushahidi;
        return table;
    }
    auto read = JsonInput::read(bytes);
    if (!read)
        return tl::unexpected(std::move(read.error()));
    JsonInput& input = **read;
    const auto elements = elementsOf(input);
    if (!elements)
        return tl::unexpected(elements.error());
    Decoded out;
    out.format = Format::ushahidi;
    Notes notes(out.deviations);
    for (const auto raw : *elements) {
        auto element = JsonElement::read(input, raw);
        auto report = element.and_then([&](const JsonElement& e) { return ElementReader(e, source, notes).read(); });
        if (report)
            out.messages.emplace_back(std::move(*report));
        else if (elements->size() == 1 && element && isEmptyList(raw))
            notes.add(element->at(), "a list without a report in it");
        else
            out.faults.push_back({std::move(report.error()), std::string(raw)});
    }
    if (out.messages.empty() && !out.faults.empty())
        return tl::unexpected(std::move(out.faults.front().error));
    return out;
}

} // namespace tocsin::ingest
