#include "ingest/decode_mapped_json.hpp"

#include "ingest/decode_sensor_json.hpp"
#include "ingest/decode_unit_text.hpp"
#include "ingest/topic_name.hpp"

#include <array>
#include <cmath>

namespace tocsin::ingest {

namespace {

using base::Code;
using Field = std::optional<std::variant<const JsonNode*, std::string>>;

constexpr std::size_t mostElements = 100'000;
constexpr auto usualStale = std::chrono::minutes(5);

class MappedReader {
  public:
    MappedReader(const JsonTree& tree, ReadingMaker& make) : m_tree(tree), m_make(make), m_map(make.source().mapping) {}

    void read();

  private:
    void readElement(const JsonNode& element);
    void readValue(const JsonNode& element, const JsonMapping::Value& value, const std::string& sensor, base::Time time,
                   const std::optional<model::Position>& position);
    [[nodiscard]] Field field(const JsonNode& element, std::string_view spec) const;
    [[nodiscard]] std::string textOf(const JsonNode& element, std::string_view spec) const;
    [[nodiscard]] std::string filledIn(const JsonNode& element, const std::string& spec, const char* what) const;
    [[nodiscard]] std::string sensorOf(const JsonNode& element) const;
    [[nodiscard]] std::optional<model::Position> placeOfElement(const JsonNode& element);
    [[nodiscard]] std::optional<double> measure(const JsonNode& element, std::string_view spec, double factor, double least, double most);
    void readUnit(const JsonNode& element, base::Time time, const std::optional<model::Position>& position);
    [[nodiscard]] base::Time timeOfElement(const JsonNode& element);
    [[noreturn]] void fail(Code code, std::string message, const JsonNode& where) const {
        throw JsonFault{base::Error{code, std::move(message), m_tree.place(where)}};
    }

    const JsonTree& m_tree;
    ReadingMaker& m_make;
    const JsonMapping& m_map;
    std::size_t m_found{0};
};

Field MappedReader::field(const JsonNode& element, std::string_view spec) const {
    if (spec.empty())
        return {};
    if (spec.front() == '=')
        return std::string(spec.substr(1));
    if (spec.starts_with("topic:")) {
        const auto segment = topicSegment(m_make.source().topic, spec.substr(6));
        return segment ? Field(std::string(*segment)) : Field();
    }
    if (spec == ".")
        return element.kind == JsonNode::Kind::null ? Field() : Field(&element);
    if (spec == "key")
        return element.key.empty() ? Field() : Field(std::string(element.key));
    const JsonNode* found = m_tree.find(element, spec);
    // What stands once for all elements of an array stands outside of it.
    if (found == nullptr && &element != &m_tree.root())
        found = m_tree.find(m_tree.root(), spec);
    if (found == nullptr || found->kind == JsonNode::Kind::null)
        return {};
    return found;
}

std::string MappedReader::textOf(const JsonNode& element, std::string_view spec) const {
    const Field got = field(element, spec);
    if (!got)
        return {};
    if (const auto* text = std::get_if<std::string>(&*got))
        return *text;
    const JsonNode& node = *std::get<const JsonNode*>(*got);
    if (node.isText())
        return std::string(node.text);
    if (node.isNumber() || node.kind == JsonNode::Kind::boolean)
        return std::string(trimmed(m_tree.raw(node)));
    return {};
}

std::string MappedReader::sensorOf(const JsonNode& element) const {
    return m_map.sensor.empty() ? m_make.source().topic : filledIn(element, m_map.sensor, "sensor");
}

/// A place's text or, where it has "{…}" parts, those filled in.
std::string MappedReader::filledIn(const JsonNode& element, const std::string& spec, const char* what) const {
    if (spec.find('{') == std::string::npos)
        return textOf(element, spec);
    std::string out;
    for (std::size_t at = 0; at < spec.size();) {
        const auto open = std::min(spec.find('{', at), spec.size());
        out.append(spec, at, open - at);
        if (open == spec.size())
            break;
        const auto close = spec.find('}', open);
        if (close == std::string::npos)
            fail(Code::malformed, "the mapping's " + std::string(what) + " has a '{' without its '}'", element);
        const auto part = spec.substr(open + 1, close - open - 1);
        const std::string text = textOf(element, part);
        if (text.empty())
            fail(Code::malformed, "there is no " + ingest::quoted(part) + " for the " + std::string(what) + "'s name", element);
        out += text;
        at = close + 1;
    }
    return out;
}

base::Time MappedReader::timeOfElement(const JsonNode& element) {
    const auto now = m_make.source().receivedAt;
    if (m_map.time.empty())
        return now;
    const Field got = field(element, m_map.time);
    if (!got) {
        m_make.note("no time at " + ingest::quoted(m_map.time) + ": taken as of now");
        return now;
    }
    JsonNode literal;
    literal.kind = JsonNode::Kind::text;
    const JsonNode* node = &literal;
    if (const auto* text = std::get_if<std::string>(&*got))
        literal.text = *text;
    else
        node = std::get<const JsonNode*>(*got);
    const auto time = timeOf(*node, m_make.source());
    if (!time)
        fail(Code::malformed, "the time at " + ingest::quoted(m_map.time) + " is not one", node == &literal ? element : *node);
    return *time;
}

void MappedReader::readValue(const JsonNode& element, const JsonMapping::Value& value, const std::string& name,
                             base::Time time, const std::optional<model::Position>& position) {
    const Field got = field(element, value.value);
    if (!got)
        return;
    std::optional<double> number;
    if (const auto* text = std::get_if<std::string>(&*got)) {
        number = numberOfText(*text);
        if (!number)
            number = numberOfWord(*text);
        if (!number)
            fail(Code::malformed, "the value at " + ingest::quoted(value.value) + " is not a number: " + ingest::quoted(*text), element);
    } else {
        const JsonNode& node = *std::get<const JsonNode*>(*got);
        if (node.isText() && meansNothing(node.text)) {
            m_make.note("the value at " + ingest::quoted(value.value) + " is " + ingest::quoted(node.text) + ": none");
            ++m_found;
            return;
        }
        number = numberOf(node);
        if (!number)
            fail(node.isNumber() ? Code::outOfRange : Code::malformed,
                 "the value at " + ingest::quoted(value.value) + (node.isNumber() ? " is beyond the range of numbers" : " is not a number"),
                 node);
    }
    const double result = *number * value.factor + value.offset;
    if (!std::isfinite(result))
        fail(Code::outOfRange, "the value at " + ingest::quoted(value.value) + " is beyond the range of numbers", element);
    auto sensor = m_make.sensor(name + value.suffix);
    if (!sensor)
        fail(sensor.error().code, sensor.error().message, element);
    std::string unit = m_make.unit(textOf(element, value.unit));
    ++m_found;
    if (position)
        m_make.describe(*sensor, name + value.suffix, kindOf(name + value.suffix, unit), unit, *position);
    m_make.reading(*sensor, time, result, std::move(unit));
}

/// Fixed texts and the topic's segments are read as texts of the message are.
std::optional<model::Position> MappedReader::placeOfElement(const JsonNode& element) {
    const Field latitude = field(element, m_map.latitude);
    const Field longitude = field(element, m_map.longitude);
    if (!latitude && !longitude)
        return {};
    const auto nodeOf = [](const Field& got, JsonNode& literal) -> const JsonNode* {
        if (!got)
            return nullptr;
        const auto* text = std::get_if<std::string>(&*got);
        if (text == nullptr)
            return std::get<const JsonNode*>(*got);
        literal.kind = JsonNode::Kind::text;
        literal.text = *text;
        return &literal;
    };
    JsonNode literalLatitude;
    JsonNode literalLongitude;
    const JsonNode* lat = nodeOf(latitude, literalLatitude);
    const JsonNode* lon = nodeOf(longitude, literalLongitude);
    const auto position = positionOf(lat, lon, m_make.source());
    if (position)
        return position;
    const auto blank = [](const JsonNode* node) {
        return node == nullptr || (node->isText() && meansNothing(node->text)) || numberOf(*node) == 0.0;
    };
    if (!m_map.unit.empty() && (!blank(lat) || !blank(lon)))
        fail(Code::malformed, "a unit's latitude and longitude are none", element);
    m_make.note("the position is none");
    return {};
}

/// A number of a unit beside its position; what is none, or none that a unit can have, is left out and noted.
std::optional<double> MappedReader::measure(const JsonNode& element, std::string_view spec, double factor, double least, double most) {
    const Field got = field(element, spec);
    if (!got)
        return {};
    const auto* text = std::get_if<std::string>(&*got);
    const JsonNode* node = text == nullptr ? std::get<const JsonNode*>(*got) : nullptr;
    if (node != nullptr && node->isText() && meansNothing(node->text))
        return {};
    const auto number = text != nullptr ? numberOfText(*text)
                        : node->isNumber() ? std::optional(node->number)
                        : node->isText()   ? numberOfText(node->text)
                                           : std::nullopt;
    if (number && *number * factor >= least && *number * factor <= most)
        return *number * factor;
    m_make.note("what stands at " + ingest::quoted(spec) + " is none of a unit's: left out");
    return {};
}

void MappedReader::readUnit(const JsonNode& element, base::Time time, const std::optional<model::Position>& position) {
    if (!position) {
        // A receiver without a satellite in sight says so in many ways; it is nowhere else meanwhile.
        m_make.note("a unit without a position");
        return;
    }
    const std::string name = units::oneLine(filledIn(element, m_map.unit, "unit"), mostUnitName);
    if (name.empty())
        fail(Code::malformed, "there is no " + ingest::quoted(m_map.unit) + " for the unit's name", element);
    if (time < units::earliest)
        fail(Code::outOfRange, "the time is before 1980", element);
    model::UnitPosition p;
    p.unit = unitIdOf(m_make.source(), name);
    p.callSign = m_map.callSign.empty() ? std::string() : units::oneLine(filledIn(element, m_map.callSign, "unit"), 100);
    if (p.callSign.empty())
        p.callSign = units::oneLine(name, 100);
    p.type = "json";
    p.time = time;
    p.stale = time + usualStale;
    p.position = *position;
    constexpr double fastest = 2'000;
    for (const auto& [spec, factor] : {std::pair(&m_map.speed, 1.0), std::pair(&m_map.speedKmh, 1 / 3.6), std::pair(&m_map.speedKnots, units::knot)})
        if (const auto speed = measure(element, *spec, factor, 0, fastest))
            p.speed = speed;
    if (const auto course = measure(element, m_map.course, 1, -360, 720))
        p.course = units::turnedIn(*course);
    p.accuracyMetres = measure(element, m_map.accuracy, 1, 0, 1e6);
    p.altitudeMetres = measure(element, m_map.altitude, 1, -12'000, 200'000);
    ++m_found;
    m_make.out().messages.emplace_back(std::move(p));
}

void MappedReader::readElement(const JsonNode& element) {
    const auto had = m_make.out().messages.size();
    try {
        const std::string name = m_map.values.empty() ? std::string() : sensorOf(element);
        const base::Time time = timeOfElement(element);
        const auto position = placeOfElement(element);
        if (!m_map.unit.empty())
            readUnit(element, time, position);
        for (const auto& value : m_map.values)
            readValue(element, value, name, time, position);
    } catch (const JsonFault&) {
        m_make.out().messages.resize(had);
        throw;
    }
}

void MappedReader::read() {
    if (m_map.each.empty()) {
        readElement(m_tree.root());
    } else {
        const JsonNode* list = m_map.each == "." ? &m_tree.root() : m_tree.find(m_tree.root(), m_map.each);
        if (list == nullptr || list->kind == JsonNode::Kind::null) {
            m_make.note("there is nothing at " + ingest::quoted(m_map.each));
            return;
        }
        if (!list->isArray() && !list->isObject())
            fail(Code::malformed, "there is no array at " + ingest::quoted(m_map.each), *list);
        std::size_t count = 0;
        for (const JsonNode* one = m_tree.child(*list); one != nullptr; one = m_tree.next(*one)) {
            if (++count > mostElements)
                fail(Code::tooLarge, "more than 100000 elements at " + ingest::quoted(m_map.each), *one);
            try {
                readElement(*one);
            } catch (const JsonFault& fault) {
                if (m_make.out().faults.size() < 10'000)
                    m_make.out().faults.push_back({fault.error, std::string(m_tree.raw(*one))});
            }
        }
    }
    if (m_found == 0 && m_make.out().faults.empty())
        m_make.note("understood, but none of the mapping's values is in it");
}

} // namespace

base::Result<void> checkMapping(const JsonMapping& mapping) {
    const auto no = [](const char* what, std::string_view spec) {
        return base::fail(Code::malformed, std::string(what) + " " + ingest::quoted(spec) +
                                               " is no JSON Pointer (\"/…\"), topic segment (\"topic:N\"), text (\"=…\") or \".\"");
    };
    const auto fine = [](std::string_view spec) {
        const bool segment = spec.starts_with("topic:") && spec.size() > 6 &&
                             spec.find_first_not_of("-0123456789", 6) == std::string_view::npos;
        return spec.empty() || spec.front() == '/' || spec.front() == '=' || spec == "." || spec == "key" || segment;
    };
    if (!mapping.each.empty() && mapping.each.front() != '/' && mapping.each != ".")
        return no("the mapping's each", mapping.each);
    for (const auto* spec : {&mapping.time, &mapping.latitude, &mapping.longitude, &mapping.speed, &mapping.speedKmh,
                             &mapping.speedKnots, &mapping.course, &mapping.accuracy, &mapping.altitude})
        if (!fine(*spec))
            return no("the mapping's", *spec);
    for (const auto* spec : {&mapping.latitude, &mapping.longitude})
        if (spec->starts_with('=') && !numberOfText(std::string_view(*spec).substr(1)))
            return base::fail(Code::malformed, "the mapping's latitude and longitude, where they are given outright, must be numbers");
    for (const auto* spec : {&mapping.unit, &mapping.callSign})
        if (spec->find('{') == std::string::npos && !fine(*spec))
            return no("the mapping's", *spec);
    if (mapping.sensor.find('{') == std::string::npos && !fine(mapping.sensor))
        return no("the mapping's sensor", mapping.sensor);
    for (const auto& value : mapping.values) {
        if (value.value.empty() || !fine(value.value))
            return no("the mapping's value", value.value);
        if (!fine(value.unit))
            return no("the mapping's unit", value.unit);
        if (!std::isfinite(value.factor) || !std::isfinite(value.offset) || value.factor == 0)
            return base::fail(Code::outOfRange, "the mapping's factor and offset must be numbers, the factor not 0");
    }
    return {};
}

base::Result<void> checkUnitMapping(const JsonMapping& mapping, Format format) {
    if (format == Format::nmea) {
        if (!mapping.unit.empty() && !mapping.unit.starts_with("topic:") && !mapping.unit.starts_with('='))
            return base::fail(Code::malformed, "a unit of NMEA is named by a topic segment (\"topic:N\") or a text (\"=…\")");
        return {};
    }
    if (!mapping.unit.empty() && (mapping.latitude.empty() || mapping.longitude.empty()))
        return base::fail(Code::malformed, "the mapping names a unit and not where its latitude and longitude are");
    for (const auto* spec : {&mapping.callSign, &mapping.speed, &mapping.speedKmh, &mapping.speedKnots, &mapping.course,
                             &mapping.accuracy, &mapping.altitude})
        if (mapping.unit.empty() && !spec->empty())
            return base::fail(Code::malformed, "the mapping says what a unit does and not which unit it is");
    return {};
}

base::Result<Decoded> decodeMappedJson(std::string_view bytes, const Source& source) {
    if (source.mapping.empty())
        return base::fail(Code::malformed, "this feed has no mapping that says what its JSON means",
                          {.line = 1, .column = 1, .byte = 0});
    if (auto fine = checkMapping(source.mapping); !fine)
        return base::fail(fine.error().code, fine.error().message, {.line = 1, .column = 1, .byte = 0});
    Decoded out;
    out.format = Format::mappedJson;
    ReadingMaker make(source, out);
    const auto use = [&](const JsonTree& tree, std::size_t) { MappedReader(tree, make).read(); };
    const auto body = trimmed(bytes);
    if (!body.starts_with('{') && !body.starts_with('[') && !body.empty() && checkJson(body)) {
        // Sent bare: "ON", "12.5" with blanks. JSON would have quotes around a text.
        auto tree = JsonTree::bareText(bytes);
        if (!tree)
            return tl::unexpected(std::move(tree.error()));
        try {
            use(**tree, 0);
        } catch (const JsonFault& fault) {
            return tl::unexpected(fault.error);
        }
        return out;
    }
    const auto good = eachJsonDocument(bytes, out, use);
    return wholeOrFirstFault(std::move(out), good);
}

} // namespace tocsin::ingest
