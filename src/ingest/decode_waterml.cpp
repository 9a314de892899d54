#include "decode_waterml.hpp"

#include "decode_place.hpp"
#include "decode_sniff.hpp"
#include "decode_waterml_series.hpp"
#include "xml_element.hpp"

#include "tocsin/geo/datum.hpp"

#include <vector>

// WaterML 1: his.cuahsi.org/wofws.html, waterservices.usgs.gov/docs

namespace tocsin::ingest {

using base::Code;

namespace {

struct Value {
    base::Time time;
    double value;
};

/// The values of one <values>, until it is known how its series is called.
struct Block {
    std::vector<Value> values;
    std::string method;
};

class Document {
  public:
    Document(const XmlText& text, const Source& source, water::Gathered& out) : m_text(text), m_source(source), m_out(out) {}

    base::Result<bool> closed(std::span<const XmlElement> above, XmlElement& element) {
        const std::string_view parent = above.empty() ? std::string_view() : above.back().name;
        if (element.name == "value" && parent == "values" && above.size() >= 2) {
            value(above[above.size() - 2], element);
            return false;
        }
        if (element.name == "values" && parent == "timeSeries") {
            if (const auto* method = element.child("method"))
                m_block.method = water::idPart(method->attribute("methodID").empty() ? method->attribute("methodCode")
                                                                                     : method->attribute("methodID"));
            m_blocks.push_back(std::exchange(m_block, {}));
            return false;
        }
        if (element.name == "timeSeries") {
            series(element);
            return false;
        }
        if (element.name == "site" && parent == "sitesResponse") {
            site(element);
            return false;
        }
        return element.name != "queryInfo";
    }
    void end() const { m_out.described(m_bareSites, "sites without series: nothing to register"); }

  private:
    [[nodiscard]] base::Place placeOf(const XmlElement& element) const { return m_text.place(element.offset); }
    void fault(std::string message, const XmlElement& where) {
        const auto from = where.offset;
        const auto bytes = m_text.text().substr(from, where.end > from ? where.end - from : 0);
        m_out.fault({Code::malformed, std::move(message), placeOf(where)}, bytes.substr(0, 64U << 10U));
    }

    /// Of what a value's time says nothing, the series' site may: "-05:00" where it has no offset.
    base::Result<base::Time> timeOf(const XmlElement& series, const XmlElement& value) const {
        if (const auto utc = value.attribute("dateTimeUTC"); !utc.empty())
            return base::parseTime(utc);
        const auto text = value.attribute("dateTime");
        if (const auto offset = value.attribute("timeOffset"); !offset.empty())
            return base::parseTime(std::string(text) + std::string(offset));
        bool hadOffset = false;
        const auto time = base::parseTime(text, &hadOffset);
        if (time && !hadOffset && (m_source.timeZone.empty() || m_source.timeZone == "UTC")) {
            const auto* zone = series.at("sourceInfo/timeZoneInfo/defaultTimeZone");
            if (zone != nullptr && !zone->attribute("zoneOffset").empty())
                return base::parseTime(std::string(text) + std::string(zone->attribute("zoneOffset")));
        }
        return water::timeIn(text, m_source);
    }

    void value(const XmlElement& series, const XmlElement& element) {
        const auto text = trimmed(element.text);
        for (std::string_view rest = element.attribute("qualifiers"); !rest.empty();) {
            const auto blank = std::min(rest.find_first_of(" ,"), rest.size());
            if (water::spoilsValue(rest.substr(0, blank))) {
                m_out.flagged(rest.substr(0, blank), placeOf(element));
                return;
            }
            rest.remove_prefix(std::min(blank + 1, rest.size()));
        }
        const auto number = water::numberIn(text);
        if (!number && water::isFlag(text)) {
            m_out.flagged(text, placeOf(element));
            return;
        }
        if (!number) {
            fault("a value that is no number: " + quoted(text), element);
            return;
        }
        for (const auto* none : {series.at("variable/noDataValue"), series.at("variable/NoDataValue")})
            if (none != nullptr && water::numberIn(none->text) == number) {
                m_out.flagged(text, placeOf(element));
                return;
            }
        const auto time = timeOf(series, element);
        if (!time) {
            fault("the value's time: " + time.error().message, element);
            return;
        }
        m_block.values.push_back({*time, *number});
    }

    struct Named {
        std::string id;
        std::string quantity;
        std::string unit;
    };

    Named named(const XmlElement& site, const XmlElement& variable) const {
        const auto* siteCode = site.child("siteCode");
        const auto* code = variable.child("variableCode");
        Named out;
        const auto agency = siteCode == nullptr ? std::string_view() : siteCode->attribute("agencyCode");
        const auto network = siteCode == nullptr ? std::string_view() : siteCode->attribute("network");
        out.quantity = code == nullptr ? std::string() : water::idPart(code->text);
        if (siteCode == nullptr || trimmed(siteCode->text).empty() || out.quantity.empty())
            return {};
        out.id = (agency.empty() ? water::idPart(network.empty() ? "site" : network) : lowered(water::idPart(agency))) + "-" +
                 water::idPart(siteCode->text) + "-" + out.quantity;
        // Of the same quantity: instantaneous values (00000, 00011), and the day's means, highest …
        if (const auto* option = variable.at("options/option"))
            if (const auto statistic = option->attribute("optionCode");
                !statistic.empty() && statistic != "00000" && statistic != "00011")
                out.id += "-" + water::idPart(statistic);
        auto unit = variable.textAt("unit/unitCode");
        if (unit.empty() || water::numberIn(unit))
            unit = variable.textAt("unit/unitAbbreviation");
        if (const auto* units = variable.child("units"); unit.empty() && units != nullptr)
            unit = units->attribute("unitsAbbreviation").empty() ? trimmed(units->text) : units->attribute("unitsAbbreviation");
        out.unit = water::unitOf(unit, out.quantity, m_source);
        return out;
    }

    std::optional<model::Position> positionOf(const XmlElement& site) {
        const auto* place = site.at("geoLocation/geogLocation");
        if (place == nullptr)
            return std::nullopt;
        const auto latitude = water::numberIn(place->textAt("latitude"));
        const auto longitude = water::numberIn(place->textAt("longitude"));
        if (!latitude || !longitude)
            return std::nullopt;
        const auto position = geo::normalise({.latitude = *latitude, .longitude = *longitude, .datum = m_source.datum});
        if (!position) {
            m_out.deviate(placed(m_text.lineAndColumn(place->offset), "the site's position: " + position.error().message));
            return std::nullopt;
        }
        return *position;
    }

    void describe(const Named& series, const std::string& id, const XmlElement& site, const XmlElement& variable) {
        model::Sensor sensor;
        sensor.id.value = id;
        const auto what = water::nameOf(variable.textAt("variableName"));
        const auto where = water::nameOf(site.textAt("siteName"));
        sensor.name = where.empty() ? what : what.empty() ? where : where + ": " + what;
        sensor.place = where;
        sensor.unit = series.unit;
        sensor.kind = water::kindOf(series.quantity);
        if (sensor.kind == model::SensorKind::other)
            sensor.kind = water::kindOf(what);
        m_out.sensor(std::move(sensor), positionOf(site));
    }

    void series(const XmlElement& element) {
        const auto blocks = std::exchange(m_blocks, {});
        const auto* site = element.child("sourceInfo");
        const auto* variable = element.child("variable");
        const auto series = site == nullptr || variable == nullptr ? Named{} : named(*site, *variable);
        if (series.id.empty()) {
            fault("a series that does not say its site and its variable", element);
            return;
        }
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            // The same quantity by several instruments.
            auto id = series.id;
            if (blocks.size() > 1)
                id += "-m" + (blocks[i].method.empty() ? std::to_string(i + 1) : blocks[i].method);
            describe(series, id, *site, *variable);
            for (const auto& one : blocks[i].values)
                m_out.reading(id, one.time, one.value, series.unit);
        }
    }

    void site(const XmlElement& element) {
        const auto* info = element.child("siteInfo");
        std::size_t count = 0;
        for (const auto& catalog : element.children)
            for (const auto& one : catalog.children)
                if (const auto* variable = one.child("variable"); one.name == "series" && variable != nullptr && info != nullptr) {
                    const auto series = named(*info, *variable);
                    if (series.id.empty())
                        continue;
                    describe(series, series.id, *info, *variable);
                    ++count;
                }
        if (count == 0)
            ++m_bareSites;
    }

    const XmlText& m_text;
    const Source& m_source;
    water::Gathered& m_out;
    Block m_block;
    std::vector<Block> m_blocks;
    std::size_t m_bareSites{0};
};

} // namespace

bool looksLikeWaterMl1(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::xml)
        return false;
    const bool space = glimpse.text.find("cuahsi.org/waterML/1.") != std::string_view::npos;
    return space && (glimpse.root == "timeSeriesResponse" || glimpse.root == "sitesResponse" ||
                     glimpse.root == "variablesResponse" || glimpse.root == "Envelope" || glimpse.root == "timeSeries");
}

base::Result<Decoded> decodeWaterMl1(std::string_view bytes, const Source& source) {
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    Decoded out;
    out.format = Format::waterMl1;
    if (!(*text)->deviation().empty())
        out.deviations.push_back((*text)->deviation());
    water::Gathered gathered(out, source);
    Document document(**text, source, gathered);
    bool known = false;
    XmlWalk walk([&](std::span<const XmlElement> above, XmlElement& element) {
        known = known || element.uri.find("cuahsi.org/waterML/1.") != std::string_view::npos;
        return document.closed(above, element);
    });
    if (auto parsed = parseXml(**text, walk); !parsed)
        return tl::unexpected(std::move(parsed.error()));
    if (!known)
        return base::fail(Code::malformed, "not WaterML 1: " + describeUnknown((*text)->text()), (*text)->place(0));
    document.end();
    return gathered.finish();
}

} // namespace tocsin::ingest
