#include "ingest/decode_mapped_json.hpp"

#include "ingest/decode_sensor_json.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace tocsin::ingest {

namespace {

using base::Code;
using Field = std::optional<std::variant<const JsonNode*, std::string>>;

constexpr std::size_t mostElements = 100'000;

/// Segment N of "topic:N", from 0, or from the end where it is negative.
std::optional<std::string_view> segmentOf(std::string_view topic, std::string_view number) {
    int wanted = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), wanted);
    if (error != std::errc{} || end != number.data() + number.size())
        return {};
    std::vector<std::string_view> segments;
    for (std::size_t at = 0; at <= topic.size();) {
        const auto slash = std::min(topic.find('/', at), topic.size());
        segments.push_back(topic.substr(at, slash - at));
        at = slash + 1;
    }
    if (wanted < 0)
        wanted += static_cast<int>(segments.size());
    if (topic.empty() || wanted < 0 || static_cast<std::size_t>(wanted) >= segments.size())
        return {};
    return segments[static_cast<std::size_t>(wanted)];
}

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
    [[nodiscard]] std::string sensorOf(const JsonNode& element) const;
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
        const auto segment = segmentOf(m_make.source().topic, spec.substr(6));
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
    const std::string& spec = m_map.sensor;
    if (spec.empty())
        return m_make.source().topic;
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
            fail(Code::malformed, "the mapping's sensor has a '{' without its '}'", element);
        const auto part = spec.substr(open + 1, close - open - 1);
        const std::string text = textOf(element, part);
        if (text.empty())
            fail(Code::malformed, "there is no " + ingest::quoted(part) + " for the sensor's name", element);
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

void MappedReader::readElement(const JsonNode& element) {
    const auto had = m_make.out().messages.size();
    try {
        const std::string name = sensorOf(element);
        const base::Time time = timeOfElement(element);
        std::optional<model::Position> position;
        const Field latitude = field(element, m_map.latitude);
        const Field longitude = field(element, m_map.longitude);
        const auto* const* lat = latitude ? std::get_if<const JsonNode*>(&*latitude) : nullptr;
        const auto* const* lon = longitude ? std::get_if<const JsonNode*>(&*longitude) : nullptr;
        if (lat != nullptr && lon != nullptr) {
            position = positionOf(*lat, *lon, m_make.source());
            if (!position)
                m_make.note("the position is none");
        }
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
    for (const auto* spec : {&mapping.time, &mapping.latitude, &mapping.longitude})
        if (!fine(*spec))
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
