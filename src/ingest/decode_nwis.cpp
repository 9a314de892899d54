#include "decode_nwis.hpp"

#include "decode_json.hpp"
#include "decode_sniff.hpp"
#include "decode_waterml_series.hpp"

#include "tocsin/geo/datum.hpp"

#include <array>

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostSeries = 20'000;
constexpr std::size_t mostValues = 500'000;

using simdjson::ondemand::object;

/// A text, or a number as it is written; nothing for all else.
std::string looseText(JsonField& field, std::size_t most) {
    if (field.at() != nullptr && *field.at() == '"')
        return field.string(most);
    return {};
}

/// What one series says of itself.
struct Series {
    std::string site;
    std::string agency;
    std::string siteName;
    std::string zoneOffset;
    std::string parameter;
    std::string variableName;
    std::string statistic;
    std::string unit;
    std::optional<double> noData;
    std::optional<double> latitude, longitude;
    std::vector<std::string_view> blocks; ///< the elements of "values", as written
};

class SeriesReader {
  public:
    SeriesReader(const JsonInput& input, const Source& source, water::Gathered& out)
        : m_input(input), m_source(source), m_out(out) {}

    void read(object series) {
        static constexpr std::array<std::string_view, 3> keys{"sourceInfo", "variable", "values"};
        eachField(m_input, series, keys, [&](std::size_t index, JsonField& field) {
            if (index == 0)
                site(field);
            else if (index == 1)
                variable(field);
            else
                m_series.blocks = m_input.elements(field.array(), 1'000);
        });
        if (m_series.site.empty() || m_series.parameter.empty())
            m_input.fail(Code::malformed, "a series that does not say its site and its variable", nullptr);
        auto id = lowered(m_series.agency.empty() ? "usgs" : m_series.agency) + "-" + m_series.site + "-" + m_series.parameter;
        if (!m_series.statistic.empty() && m_series.statistic != "00000" && m_series.statistic != "00011")
            id += "-" + m_series.statistic;
        m_unit = water::unitOf(m_series.unit.empty() ? water::unitOfParameter(m_series.parameter) : m_series.unit,
                               m_series.parameter, m_source);
        for (std::size_t i = 0; i < m_series.blocks.size(); ++i)
            block(id, i);
    }

  private:
    /// The first object's text of that key in an array of objects.
    std::string firstOf(JsonField& field, std::string_view key, std::string* agency = nullptr) {
        std::string out;
        for (auto element : field.array()) {
            simdjson::ondemand::value value = element.value();
            object inner;
            if (value.get_object().get(inner) != simdjson::SUCCESS)
                continue;
            const std::array<std::string_view, 2> keys{key, "agencyCode"};
            eachField(m_input, inner, keys, [&](std::size_t index, JsonField& one) {
                if (index == 0 && out.empty())
                    out = looseText(one, 100);
                else if (index == 1 && agency != nullptr && agency->empty())
                    *agency = water::idPart(looseText(one, 20));
            });
        }
        return out;
    }

    void site(JsonField& field) {
        static constexpr std::array<std::string_view, 4> keys{"siteName", "siteCode", "geoLocation", "timeZoneInfo"};
        eachField(m_input, field.object(), keys, [&](std::size_t index, JsonField& one) {
            if (one.isNull())
                return;
            if (index == 0)
                m_series.siteName = water::nameOf(one.string(300));
            else if (index == 1)
                m_series.site = water::idPart(firstOf(one, "value", &m_series.agency));
            else if (index == 2)
                place(one);
            else
                zone(one);
        });
    }

    void place(JsonField& field) {
        static constexpr std::array<std::string_view, 1> outer{"geogLocation"};
        static constexpr std::array<std::string_view, 2> keys{"latitude", "longitude"};
        eachField(m_input, field.object(), outer, [&](std::size_t, JsonField& inner) {
            eachField(m_input, inner.object(), keys, [&](std::size_t index, JsonField& one) {
                if (!one.isNull())
                    (index == 0 ? m_series.latitude : m_series.longitude) = one.number(index == 0 ? -90 : -180, index == 0 ? 90 : 180);
            });
        });
    }

    void zone(JsonField& field) {
        static constexpr std::array<std::string_view, 1> outer{"defaultTimeZone"};
        static constexpr std::array<std::string_view, 1> keys{"zoneOffset"};
        eachField(m_input, field.object(), outer, [&](std::size_t, JsonField& inner) {
            eachField(m_input, inner.object(), keys, [&](std::size_t, JsonField& one) { m_series.zoneOffset = looseText(one, 10); });
        });
    }

    void variable(JsonField& field) {
        static constexpr std::array<std::string_view, 5> keys{"variableCode", "variableName", "unit", "noDataValue", "options"};
        static constexpr std::array<std::string_view, 1> unit{"unitCode"};
        static constexpr std::array<std::string_view, 1> option{"option"};
        eachField(m_input, field.object(), keys, [&](std::size_t index, JsonField& one) {
            if (one.isNull())
                return;
            switch (index) {
            case 0:
                m_series.parameter = water::idPart(firstOf(one, "value"));
                break;
            case 1:
                m_series.variableName = water::nameOf(one.string(300));
                break;
            case 2:
                eachField(m_input, one.object(), unit, [&](std::size_t, JsonField& code) { m_series.unit = looseText(code, 60); });
                break;
            case 3:
                m_series.noData = one.number(-1e15, 1e15);
                break;
            default:
                eachField(m_input, one.object(), option,
                          [&](std::size_t, JsonField& list) { m_series.statistic = water::idPart(firstOf(list, "optionCode")); });
            }
        });
    }

    void describe(const std::string& id) {
        model::Sensor sensor;
        sensor.id.value = id;
        sensor.name = m_series.siteName.empty() ? m_series.variableName : m_series.siteName + ": " + m_series.variableName;
        sensor.place = m_series.siteName;
        sensor.unit = m_unit;
        sensor.kind = water::kindOf(m_series.parameter);
        if (sensor.kind == model::SensorKind::other)
            sensor.kind = water::kindOf(m_series.variableName);
        std::optional<model::Position> position;
        if (m_series.latitude && m_series.longitude)
            if (auto checked = geo::normalise({.latitude = *m_series.latitude, .longitude = *m_series.longitude, .datum = m_source.datum}))
                position = *checked;
        m_out.sensor(std::move(sensor), position);
    }

    /// One method's values: {"value": […], "method": […]}.
    void block(std::string id, std::size_t number) {
        const auto part = m_input.part(m_series.blocks[number]);
        using Elements = std::vector<std::string_view>;
        std::string method;
        const auto values = part->walk<Elements>([&](auto& document) {
            static constexpr std::array<std::string_view, 2> keys{"value", "method"};
            static constexpr std::array<std::string_view, 1> methodKeys{"methodID"};
            Elements out;
            eachField(*part, document.get_object(), keys, [&](std::size_t index, JsonField& field) {
                if (index == 0) {
                    out = part->elements(field.array(), mostValues);
                    return;
                }
                for (auto element : field.array()) {
                    simdjson::ondemand::value value = element.value();
                    object inner;
                    if (value.get_object().get(inner) == simdjson::SUCCESS)
                        eachField(*part, inner, methodKeys, [&](std::size_t, JsonField& one) {
                            if (!one.isNull() && *one.at() != '"')
                                method = std::to_string(one.integer(-9'000'000'000, 9'000'000'000));
                        });
                }
            });
            return out;
        });
        if (!values) {
            m_out.fault(values.error(), m_series.blocks[number]);
            return;
        }
        if (m_series.blocks.size() > 1)
            id += "-m" + (method.empty() ? std::to_string(number + 1) : method);
        describe(id);
        for (const auto written : *values)
            value(id, *part, written);
    }

    base::Result<base::Time> timeOf(const std::string& text) const {
        bool hadOffset = false;
        const auto time = base::parseTime(text, &hadOffset);
        if (time && !hadOffset && !m_series.zoneOffset.empty() && (m_source.timeZone.empty() || m_source.timeZone == "UTC"))
            return base::parseTime(text + m_series.zoneOffset);
        return water::timeIn(text, m_source);
    }

    void value(const std::string& id, const JsonInput& block, std::string_view written) {
        struct One {
            std::string text;
            std::string time;
            std::string flag;
        };
        const auto part = block.part(written);
        const auto read = part->walk<One>([&](auto& document) {
            static constexpr std::array<std::string_view, 3> keys{"value", "dateTime", "qualifiers"};
            One one;
            eachField(*part, document.get_object(), keys, [&](std::size_t index, JsonField& field) {
                if (field.isNull())
                    return;
                if (index == 0)
                    one.text = *field.at() == '"' ? field.string(40) : std::to_string(field.number(-1e15, 1e15));
                else if (index == 1)
                    one.time = field.string(60);
                else
                    one.flag = flagOf(field);
            });
            return one;
        });
        if (!read) {
            m_out.fault(read.error(), written);
            return;
        }
        const auto number = water::numberIn(read->text);
        if (!read->flag.empty() || (!number && water::isFlag(read->text)) || (number && number == m_series.noData)) {
            m_out.flagged(read->flag.empty() ? read->text : read->flag, part->placeAt(0));
            return;
        }
        if (!number) {
            m_out.fault({Code::malformed, "a value that is no number: " + quoted(std::string_view(read->text)), part->placeAt(0)}, written);
            return;
        }
        const auto time = timeOf(read->time);
        if (!time) {
            m_out.fault({time.error().code, "the value's time: " + time.error().message, part->placeAt(0)}, written);
            return;
        }
        m_out.reading(id, *time, *number, m_unit);
    }

    /// Of ["P", "Ice"] what says that the value is none.
    static std::string flagOf(JsonField& field) {
        if (*field.at() == '"') {
            auto text = field.string(60);
            return water::spoilsValue(text) ? text : std::string();
        }
        std::string out;
        for (auto element : field.array()) {
            std::string_view text;
            if (element.get_string().get(text) == simdjson::SUCCESS && water::spoilsValue(text))
                out = text;
        }
        return out;
    }

    const JsonInput& m_input;
    const Source& m_source;
    water::Gathered& m_out;
    Series m_series;
    std::string m_unit;
};

std::vector<std::string_view> seriesOf(const JsonInput& input, simdjson::ondemand::document& document, bool& known) {
    static constexpr std::array<std::string_view, 1> outer{"value"};
    static constexpr std::array<std::string_view, 1> inner{"timeSeries"};
    std::vector<std::string_view> out;
    eachField(input, document.get_object(), outer, [&](std::size_t, JsonField& value) {
        eachField(input, value.object(), inner, [&](std::size_t, JsonField& list) {
            known = true;
            out = input.elements(list.array(), mostSeries);
        });
    });
    return out;
}

} // namespace

bool looksLikeNwis(const Glimpse& glimpse) {
    return glimpse.kind == Glimpse::Kind::json && !glimpse.isArray && glimpse.keys.has(0, "value") &&
           (glimpse.keys.has(1, "timeSeries") || (glimpse.keys.has(1, "queryInfo") && glimpse.keys.has(0, "declaredType")));
}

base::Result<Decoded> decodeNwis(std::string_view bytes, const Source& source) {
    auto read = JsonInput::read(bytes);
    if (!read)
        return tl::unexpected(std::move(read.error()));
    JsonInput& input = **read;
    if (!trimmed(input.text()).starts_with('{'))
        return base::fail(Code::malformed, "not the JSON of NWIS: " + describeUnknown(input.text()), input.placeAt(0));
    using Elements = std::vector<std::string_view>;
    bool known = false;
    const auto series = input.walk<Elements>([&](auto& document) { return seriesOf(input, document, known); });
    if (!series)
        return tl::unexpected(series.error());
    if (!known)
        return base::fail(Code::malformed, "not the JSON of NWIS: there is no \"timeSeries\" in its \"value\"", input.placeAt(0));
    Decoded out;
    out.format = Format::nwisJson;
    water::Gathered gathered(out, source);
    for (const auto written : *series) {
        const auto part = input.part(written);
        const auto done = part->walk<bool>([&](auto& document) {
            object one;
            if (document.get_object().get(one) != simdjson::SUCCESS)
                part->fail(Code::malformed, "a series must be an object", nullptr);
            SeriesReader(*part, source, gathered).read(one);
            return true;
        });
        if (!done)
            gathered.fault(done.error(), written);
    }
    return gathered.finish();
}

} // namespace tocsin::ingest
