#include "decode_ea.hpp"

#include "decode_place.hpp"
#include "decode_sniff.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>

// environment.data.gov.uk/flood-monitoring/doc/reference

namespace tocsin::ingest {

using base::Code;

namespace {

using ea::Item;
using ea::Work;

constexpr std::size_t mostItems = 200'000;

std::string_view lastPart(std::string_view address) {
    const auto at = address.find_last_of('/');
    return at == std::string_view::npos ? address : address.substr(at + 1);
}

std::string measureId(std::string_view address) {
    return "ea-" + water::idPart(lastPart(address), 100);
}

/// "1491TH-level-stage-i-15_min-mASD" ends in its unit.
std::string_view unitIn(std::string_view measure) {
    const auto at = measure.find_last_of('-');
    return at == std::string_view::npos ? std::string_view() : measure.substr(at + 1);
}

class Items {
  public:
    explicit Items(const Work& work) : m_work(work) {}

    /// `written` is a part of `parent`.
    void read(const JsonInput& parent, std::string_view written) {
        const auto part = parent.part(written);
        auto item = Item::read(*part);
        if (!item) {
            m_work.out.fault(std::move(item.error()), written);
            return;
        }
        if (auto done = use(*item, *part); !done)
            m_work.out.fault(std::move(done.error()), written.substr(0, 64U << 10U));
    }

    /// An array's elements, or the one object that stands where an array may.
    void readAll(const JsonInput& parent, std::string_view written) {
        if (written.starts_with('['))
            each(parent, written, [this](const JsonInput& list, std::string_view element) { read(list, element); });
        else if (!written.empty())
            read(parent, written);
    }

    void end() const {
        m_work.out.described(m_areas, "flood areas: they bring no readings and no warnings");
        m_work.out.described(m_bare, "stations without a measure or a value now");
        m_work.out.described(m_listed, "items give several values where one is meant: the first is taken");
    }

    /// "station" and "telemetry" of one page: the readings are the station's.
    base::Result<void> page(const Item& page, const JsonInput& part) {
        const auto telemetry = page.raw("telemetry");
        const auto* const from = page.raw("river").starts_with('{') ? "river" : "station";
        if (!page.raw(from).starts_with('{'))
            return base::fail(Code::malformed, "a page of a station without the station", page.place(from));
        const auto inner = part.part(page.raw(from));
        const auto station = Item::read(*inner);
        if (!station)
            return tl::unexpected(station.error());
        if (auto described = appStation(*station, telemetry.empty()); !described)
            return described;
        const auto id = stationId(*station);
        each(part, telemetry, [&](const JsonInput& list, std::string_view written) { telemetryValue(id, list, written); });
        return {};
    }

    base::Result<void> use(const Item& item, const JsonInput& part) {
        if (!item.listed().empty() && item.listed() != "measures")
            ++m_listed;
        return take(item, part);
    }

  private:
    using Take = std::function<void(const JsonInput& list, std::string_view element)>;
    void each(const JsonInput& parent, std::string_view array, const Take& take) {
        if (!array.starts_with('['))
            return;
        const auto list = parent.part(array);
        auto listed = list->walk<bool>([&](auto& document) {
            for (const auto element : list->elements(document.get_array(), mostItems))
                take(*list, element);
            return true;
        });
        if (!listed)
            m_work.out.fault(listed.error(), array.substr(0, 1'000));
    }

    base::Result<void> take(const Item& item, const JsonInput& part) {
        if (ea::isFlood(item)) {
            auto warning = ea::warningOf(item, m_work);
            if (!warning)
                return tl::unexpected(warning.error());
            m_work.warnings.push_back(std::move(*warning));
            return {};
        }
        if (item.has("dateTime") && item.has("measure") && item.has("value"))
            return reading(item, part);
        if (item.has("fwdCode") || item.has("floodWatchArea") || item.has("ta_code") || item.has("quickDialNumber")) {
            ++m_areas;
            return {};
        }
        if (item.has("parameter") && (item.has("period") || item.has("qualifier") || item.has("unitName")))
            return measure(item, part, nullptr);
        if (item.has("measures") || (item.has("stationReference") && item.has("label")))
            return station(item, part);
        if (item.has("telemetry_id") || (item.has("station_reference") && item.has("station_name")))
            return appStation(item, true);
        if ((item.has("ts") && item.has("_")) || (item.has("value_timestamp") && !item.has("station_threshold_id")))
            return base::fail(Code::malformed, "readings that do not say of which station they are", item.place(""));
        if (item.has("station_threshold_id"))
            return base::fail(Code::malformed, "a threshold of a station, no reading and no warning", item.place(""));
        return base::fail(Code::malformed, "neither a reading, a measure, a station nor a flood", item.place(""));
    }

    base::Result<void> reading(const Item& item, const JsonInput& part) {
        auto address = std::string(item.text("measure"));
        if (const auto inner = item.raw("measure"); address.empty() && inner.starts_with('{'))
            if (const auto object = Item::read(*part.part(inner)))
                address = std::string(object->text("@id"));
        if (address.empty())
            return base::fail(Code::malformed, "a reading that does not say its measure", item.place("measure"));
        return value(measureId(address), water::unitOf(unitIn(lastPart(address)), {}, m_work.source), item, "value", "dateTime");
    }

    base::Result<void> value(const std::string& id, const std::string& unit, const Item& item, const char* valueKey, const char* timeKey) {
        const auto text = item.text(valueKey);
        const auto number = water::numberIn(text);
        if (!number && (water::isFlag(text) || text == "false")) {
            m_work.out.flagged(text, item.place(valueKey));
            return {};
        }
        if (!number)
            return base::fail(Code::malformed, "a value that is no number: " + quoted(text), item.place(valueKey));
        const auto time = parseTimeIn(item.text(timeKey), m_work.source);
        if (!time)
            return base::fail(time.error().code, "the value's time: " + time.error().message, item.place(timeKey));
        m_work.out.reading(id, *time, *number, unit);
        return {};
    }

    std::optional<model::Position> positionOf(const Item& item) {
        auto latitude = item.number("lat");
        auto longitude = item.number(item.has("long") ? "long" : "lon");
        if (const auto point = item.text("coordinates"); !latitude && point.find('[') != std::string_view::npos) {
            // {"type":"Point","coordinates":[-3.42,50.61]}, as a text
            const auto pair = point.substr(point.find('[') + 1);
            const auto comma = pair.find(',');
            longitude = water::numberIn(pair.substr(0, comma));
            if (comma != std::string_view::npos)
                latitude = water::numberIn(pair.substr(comma + 1, pair.find(']') - comma - 1));
        }
        if (!latitude || !longitude)
            return std::nullopt;
        const auto position = geo::normalise({.latitude = *latitude, .longitude = *longitude, .datum = m_work.source.datum});
        return position ? std::optional(*position) : std::nullopt;
    }

    /// `station` is what it belongs to, where that is known.
    base::Result<void> measure(const Item& item, const JsonInput& part, const Item* station) {
        const auto address = item.text(item.has("@id") ? "@id" : "notation");
        if (address.empty())
            return base::fail(Code::malformed, "a measure without an id", item.place(""));
        const auto id = measureId(address);
        const auto named = item.text("unitName");
        const auto unit = water::unitOf(named.empty() ? unitIn(lastPart(address)) : named, item.text("parameter"), m_work.source);
        model::Sensor sensor;
        sensor.id.value = id;
        sensor.unit = unit;
        sensor.kind = water::kindOf(item.text("parameter"));
        const auto what = water::nameOf(std::string(item.text("parameterName")) + " " + std::string(item.text("qualifier")));
        const auto where = station == nullptr ? water::nameOf(item.text("label")) : water::nameOf(station->text("label"));
        sensor.name = where.empty() ? what : station == nullptr ? where : where + ": " + what;
        if (station != nullptr)
            sensor.place = water::nameOf(station->text("riverName").empty() ? station->text("town") : station->text("riverName"));
        m_work.out.sensor(std::move(sensor), station == nullptr ? std::nullopt : positionOf(*station));
        const auto latest = item.raw("latestReading");
        if (!latest.starts_with('{'))
            return {};
        const auto inner = part.part(latest);
        const auto reading = Item::read(*inner);
        if (!reading)
            return tl::unexpected(reading.error());
        return reading->has("value") ? value(id, unit, *reading, "value", "dateTime") : base::Result<void>{};
    }

    base::Result<void> station(const Item& item, const JsonInput& part) {
        const auto written = item.raw("measures");
        if (written.empty()) {
            ++m_bare;
            return {};
        }
        std::vector<std::unique_ptr<JsonInput>> measures;
        const auto list = part.part(written);
        if (written.starts_with('{')) {
            measures.push_back(part.part(written));
        } else {
            auto listed = list->walk<bool>([&](auto& document) {
                for (const auto element : list->elements(document.get_array(), 1'000))
                    measures.push_back(list->part(element));
                return true;
            });
            if (!listed)
                return tl::unexpected(listed.error());
        }
        if (measures.empty())
            ++m_bare;
        for (const auto& one : measures) {
            const auto inner = Item::read(*one);
            if (!inner)
                return tl::unexpected(inner.error());
            if (auto done = measure(*inner, *one, &item); !done)
                return done;
        }
        return {};
    }

    // ---- the data behind "check for flooding"

    static bool isRain(const Item& item) { return item.text("type") == "R" || item.text("station_type") == "R"; }

    static std::string stationId(const Item& item) {
        const auto own = item.text(item.has("telemetry_id") ? "telemetry_id" : "station_reference");
        return own.empty() ? std::string() : "ea-" + water::idPart(own) + (isRain(item) ? "-rainfall" : "-level");
    }

    base::Result<void> appStation(const Item& item, bool withValue) {
        const auto id = stationId(item);
        if (id.empty())
            return base::fail(Code::malformed, "a station without an id", item.place(""));
        model::Sensor sensor;
        sensor.id.value = id;
        const bool rain = isRain(item);
        sensor.kind = rain ? model::SensorKind::rain : model::SensorKind::riverLevel;
        const auto unit = water::unitOf(item.has("units") ? item.text("units") : rain ? "mm" : "m", rain ? "rainfall" : "level", m_work.source);
        sensor.unit = unit;
        const auto name = item.has("external_name") ? item.text("external_name") : item.text("station_name");
        const auto river = item.has("river_name") ? item.text("river_name") : item.text("wiski_river_name");
        sensor.name = water::nameOf(std::string(name) + (river.empty() || rain ? "" : " (" + std::string(river) + ")"));
        sensor.place = water::nameOf(name);
        m_work.out.sensor(std::move(sensor), positionOf(item));
        if (!withValue)
            return {};
        if (item.text("value_erred") == "true") {
            m_work.out.flagged("value_erred", item.place("value_erred"));
            return {};
        }
        if (item.text("value").empty() || item.text("value_timestamp").empty()) {
            ++m_bare;
            return {};
        }
        return value(id, unit, item, "value", "value_timestamp");
    }

    /// {"ts": …, "_": 1.213, "err": false}
    void telemetryValue(const std::string& id, const JsonInput& list, std::string_view written) {
        const auto part = list.part(written);
        auto item = Item::read(*part);
        if (!item) {
            m_work.out.fault(std::move(item.error()), written);
            return;
        }
        if (item->text("err") == "true") {
            m_work.out.flagged("err", item->place("err"));
            return;
        }
        const bool rain = id.ends_with("-rainfall");
        const auto unit = water::unitOf(rain ? "mm" : "m", rain ? "rainfall" : "level", m_work.source);
        if (auto done = value(id, unit, *item, item->has("_") ? "_" : "value", item->has("ts") ? "ts" : "value_timestamp"); !done)
            m_work.out.fault(std::move(done.error()), written);
    }

    const Work& m_work;
    std::size_t m_areas{0};
    std::size_t m_bare{0};
    std::size_t m_listed{0};
};

/// The outermost object: an answer of the API, a page's data, or one thing by itself.
base::Result<void> readRoot(Items& items, const Item& root, const JsonInput& input) {
    if (root.has("items")) {
        items.readAll(input, root.raw("items"));
        return {};
    }
    if (root.has("flood_risk_trend") || root.has("risk_areas"))
        return base::fail(Code::malformed, "a flood guidance statement (a forecast of risk): neither readings nor warnings",
                          input.placeAt(0));
    if (root.has("station") && root.has("telemetry"))
        return items.page(root, input);
    if (root.has("floods") || root.has("stations")) {
        items.readAll(input, root.raw("floods"));
        items.readAll(input, root.raw("stations"));
        return {};
    }
    return items.use(root, input);
}

bool onlyHas(const Glimpse& glimpse, std::initializer_list<std::string_view> keys) {
    const auto& at = glimpse.keys.at[1];
    return glimpse.isArray && at.size() == keys.size() &&
           std::all_of(keys.begin(), keys.end(), [&](std::string_view key) { return at.contains(key); });
}

} // namespace

bool looksLikeEa(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::json)
        return false;
    const auto& keys = glimpse.keys;
    if (!glimpse.isArray && keys.has(0, "items") && glimpse.text.find("flood-monitoring") != std::string_view::npos)
        return true;
    const std::size_t depth = glimpse.isArray ? 1 : 0;
    if ((keys.has(depth, "telemetry_id") && keys.has(depth, "station_type")) || keys.has(depth, "station_threshold_id") ||
        (keys.has(depth, "telemetry_station_id") && keys.has(depth, "value_timestamp")))
        return true;
    if (!glimpse.isArray && ((keys.has(0, "floods") && (keys.anywhere("ta_code") || keys.anywhere("floodAreaID"))) ||
                             (keys.has(0, "stations") && (keys.anywhere("rloi_id") || keys.anywhere("telemetry_id"))) ||
                             (keys.has(0, "station") && keys.has(0, "telemetry")) || keys.has(0, "flood_risk_trend")))
        return true;
    return onlyHas(glimpse, {"ts", "_", "err"}) || onlyHas(glimpse, {"period", "value", "value_timestamp"});
}

base::Result<Decoded> decodeEa(std::string_view bytes, const Source& source) {
    auto read = JsonInput::read(bytes);
    if (!read)
        return tl::unexpected(std::move(read.error()));
    JsonInput& input = **read;
    Decoded out;
    out.format = Format::eaFlood;
    water::Gathered gathered(out, source);
    std::vector<model::Warning> warnings;
    const Work work{input, source, gathered, warnings};
    Items items(work);
    if (trimmed(input.text()).starts_with('[')) {
        auto listed = input.walk<std::vector<std::string_view>>(
            [&](auto& document) { return input.elements(document.get_array(), mostItems); });
        if (!listed)
            return tl::unexpected(listed.error());
        for (const auto element : *listed)
            items.read(input, element);
    } else {
        const auto root = Item::read(input);
        if (!root)
            return tl::unexpected(root.error());
        if (auto done = readRoot(items, *root, input); !done)
            return tl::unexpected(std::move(done.error()));
    }
    items.end();
    for (auto& warning : warnings)
        out.messages.emplace_back(std::move(warning));
    return gathered.finish();
}

} // namespace tocsin::ingest
