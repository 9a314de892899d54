#include "ingest/decode_sensorthings.hpp"

#include "ingest/decode_sensor_json.hpp"

#include <map>

// OGC 18-088 (SensorThings API 1.1), and 15-078r6 (1.0)

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t mostEntities = 200'000;

/// "'abc'" or "17" out of "…/Datastreams(17)/Observations"; empty for none.
std::string idInPath(std::string_view path, std::string_view set) {
    const std::string open = std::string(set) + "(";
    const auto at = path.rfind(open);
    if (at == std::string_view::npos)
        return {};
    path.remove_prefix(at + open.size());
    path = path.substr(0, path.find(')'));
    if (path.size() >= 2 && path.front() == '\'' && path.back() == '\'')
        path = path.substr(1, path.size() - 2);
    return std::string(path);
}

class SensorThingsReader {
  public:
    SensorThingsReader(const JsonTree& tree, ReadingMaker& make) : m_tree(tree), m_make(make) {
        const Source& source = make.source();
        m_idOutside = idInPath(source.topic, "Datastreams");
        if (m_idOutside.empty())
            m_idOutside = idInPath(source.name, "Datastreams");
    }
    void read();

  private:
    struct Stream {
        std::string id;
        std::string unit;
        const JsonNode* entity{nullptr};
    };
    void page(const JsonNode& list);
    void batch(const JsonNode& requests);
    void entity(const JsonNode& node);
    void thing(const JsonNode& node);
    void datastream(const JsonNode& node, const std::optional<model::Position>& position, std::string_view thing);
    void observation(const JsonNode& node, const Stream& stream);
    void observations(const JsonNode* list, const Stream& stream);
    void dataArray(const JsonNode& node);
    void safely(const JsonNode& node, const std::function<void()>& use);

    [[nodiscard]] Stream streamOf(const JsonNode& node) const;
    [[nodiscard]] std::string idOf(const JsonNode* node) const;
    [[nodiscard]] std::optional<model::Position> positionIn(const JsonNode* locations) const;
    [[nodiscard]] std::optional<model::Position> pointOf(const JsonNode* geometry) const;
    [[nodiscard]] std::optional<base::Time> timeIn(const JsonNode& node, const char* key) const;
    [[noreturn]] void fail(const JsonNode& where, std::string message, Code code = Code::malformed) const {
        throw JsonFault{base::Error{code, std::move(message), m_tree.place(where)}};
    }

    const JsonTree& m_tree;
    ReadingMaker& m_make;
    std::string m_idOutside;
    std::map<std::string, const JsonNode*, std::less<>> m_byReference; ///< of a batch
    std::size_t m_count{0};
};

std::string SensorThingsReader::idOf(const JsonNode* node) const {
    const JsonNode* id = m_tree.member(node, "@iot.id");
    if (id != nullptr && id->isText())
        return std::string(id->text);
    if (id != nullptr && id->isNumber())
        return std::string(trimmed(m_tree.raw(*id)));
    return {};
}

std::optional<model::Position> SensorThingsReader::pointOf(const JsonNode* geometry) const {
    if (m_tree.textOf(geometry, "type") == "Feature")
        geometry = m_tree.member(geometry, "geometry");
    const JsonNode* at = m_tree.member(geometry, "coordinates");
    // Of a line or an area its first point.
    while (at != nullptr && at->isArray() && m_tree.child(*at) != nullptr && m_tree.child(*at)->isArray())
        at = m_tree.child(*at);
    const JsonNode* longitude = at != nullptr && at->isArray() ? m_tree.child(*at) : nullptr;
    return longitude == nullptr ? std::nullopt
                                : positionOf(m_tree.next(*longitude), longitude, m_make.source());
}

std::optional<model::Position> SensorThingsReader::positionIn(const JsonNode* locations) const {
    if (locations == nullptr || !locations->isArray())
        return {};
    for (const JsonNode* one = m_tree.child(*locations); one != nullptr; one = m_tree.next(*one)) {
        const JsonNode* location = one;
        if (const auto known = m_byReference.find(idOf(one)); known != m_byReference.end())
            location = known->second;
        if (auto position = pointOf(m_tree.member(location, "location")))
            return position;
    }
    return {};
}

/// An instant, or the end of an interval "FROM/TO": a value is known from then on.
std::optional<base::Time> SensorThingsReader::timeIn(const JsonNode& node, const char* key) const {
    const JsonNode* found = m_tree.member(&node, key);
    if (found == nullptr || found->kind == JsonNode::Kind::null)
        return {};
    JsonNode text = *found;
    if (const auto slash = text.text.find('/'); text.isText() && slash != std::string_view::npos) {
        text.text.remove_prefix(slash + 1);
        if (trimmed(text.text) == "..") {
            text.text = found->text.substr(0, slash);
        }
    }
    const auto time = timeOf(text, m_make.source());
    if (!time)
        fail(*found, ingest::quoted(key) + " is not a time");
    return time;
}

SensorThingsReader::Stream SensorThingsReader::streamOf(const JsonNode& node) const {
    Stream out;
    out.entity = &node;
    out.id = idOf(&node);
    if (out.id.empty())
        out.id = idInPath(m_tree.textOf(&node, "@iot.selfLink"), "Datastreams");
    const JsonNode* unit = m_tree.member(&node, "unitOfMeasurement");
    std::string_view symbol = m_tree.textOf(unit, "symbol");
    if (symbol.empty())
        symbol = m_tree.textOf(unit, "name");
    out.unit = m_make.unit(symbol, m_tree.textOf(m_tree.member(&node, "ObservedProperty"), "name"));
    return out;
}

void SensorThingsReader::observation(const JsonNode& node, const Stream& outer) {
    Stream stream = outer;
    if (const JsonNode* inner = m_tree.member(&node, "Datastream"); inner != nullptr && inner->isObject()) {
        const Stream own = streamOf(*inner);
        if (!own.id.empty())
            stream.id = own.id;
        if (!own.unit.empty())
            stream.unit = own.unit;
    }
    if (stream.id.empty())
        stream.id = idInPath(m_tree.textOf(&node, "Datastream@iot.navigationLink"), "Datastreams");
    if (stream.id.empty())
        stream.id = m_idOutside;
    if (stream.id.empty())
        fail(node, "an Observation that does not say of which Datastream it is");
    const JsonNode* result = m_tree.member(&node, "result");
    if (result == nullptr)
        fail(node, "an Observation without a result");
    auto time = timeIn(node, "phenomenonTime");
    if (!time)
        time = timeIn(node, "resultTime");
    if (!time) {
        m_make.note("an Observation without a time: taken as of now");
        time = m_make.source().receivedAt;
    }
    if (result->kind == JsonNode::Kind::null || (result->isText() && meansNothing(result->text))) {
        m_make.note("an Observation of Datastream " + ingest::quoted(stream.id) + " without a value");
        return;
    }
    const auto sensor = m_make.sensor(stream.id);
    if (!sensor)
        fail(node, sensor.error().message, sensor.error().code);
    if (result->isObject() || result->isArray()) { // a MultiDatastream: one value a property
        eachNumber(m_tree, *result, true, {}, [&](const std::string& path, std::string_view, double value) {
            if (auto part = m_make.sensor(stream.id + "-" + path))
                m_make.reading(*part, *time, value, stream.unit);
        });
        return;
    }
    const auto value = numberOf(*result);
    if (!value && result->isText()) {
        m_make.note("an Observation of Datastream " + ingest::quoted(stream.id) + " whose result is no number: " +
                    ingest::quoted(result->text));
        return;
    }
    if (!value)
        fail(*result, "\"result\" is beyond the range of numbers", Code::outOfRange);
    m_make.reading(*sensor, *time, *value, stream.unit);
}

void SensorThingsReader::observations(const JsonNode* list, const Stream& stream) {
    if (list == nullptr || !list->isArray())
        return;
    for (const JsonNode* one = m_tree.child(*list); one != nullptr; one = m_tree.next(*one))
        safely(*one, [&] { observation(*one, stream); });
}

/// {"Datastream":{"@iot.id":1},"components":["phenomenonTime","result"],"dataArray":[["…",3],…]}
void SensorThingsReader::dataArray(const JsonNode& node) {
    const JsonNode* names = m_tree.member(&node, "components");
    const JsonNode* rows = m_tree.member(&node, "dataArray");
    const JsonNode* stream = m_tree.member(&node, "Datastream");
    const std::string id = stream != nullptr ? idOf(stream) : m_idOutside;
    if (names == nullptr || !names->isArray() || rows == nullptr || !rows->isArray() || id.empty())
        fail(node, "a dataArray without its components or its Datastream");
    const auto sensor = m_make.sensor(id);
    if (!sensor)
        fail(node, sensor.error().message, sensor.error().code);
    for (const JsonNode* row = m_tree.child(*rows); row != nullptr; row = m_tree.next(*row))
        safely(*row, [&] {
            std::optional<base::Time> time;
            std::optional<double> value;
            const JsonNode* cell = m_tree.child(*row);
            for (const JsonNode* name = m_tree.child(*names); name != nullptr && cell != nullptr;
                 name = m_tree.next(*name), cell = m_tree.next(*cell)) {
                if (name->text == "phenomenonTime")
                    time = timeOf(*cell, m_make.source());
                else if (name->text == "result")
                    value = numberOf(*cell);
            }
            if (!time || !value)
                fail(*row, "a row without a time or a number");
            m_make.reading(*sensor, *time, *value, {});
        });
}

void SensorThingsReader::datastream(const JsonNode& node, const std::optional<model::Position>& outer,
                                    std::string_view outerThing) {
    Stream stream = streamOf(node);
    const std::string_view name = m_tree.textOf(&node, "name");
    if (stream.id.empty()) {
        if (name.empty())
            fail(node, "a Datastream with neither id nor name");
        stream.id = name;
        m_make.note("Datastream " + ingest::quoted(name) + " has no id: it goes by its name");
    }
    const JsonNode* thing = m_tree.member(&node, "Thing");
    if (const auto known = m_byReference.find(idOf(thing)); known != m_byReference.end())
        thing = known->second;
    auto position = outer;
    if (!position)
        position = positionIn(m_tree.member(thing, "Locations"));
    if (!position)
        position = pointOf(m_tree.member(&node, "observedArea"));
    const JsonNode* property = m_tree.member(&node, "ObservedProperty");
    if (const auto known = m_byReference.find(idOf(property)); known != m_byReference.end())
        property = known->second;
    const auto sensor = m_make.sensor(stream.id);
    if (!sensor)
        fail(node, sensor.error().message, sensor.error().code);
    if (position) {
        std::string_view ofThing = m_tree.textOf(thing, "name");
        if (ofThing.empty())
            ofThing = outerThing;
        std::string shown(name);
        if (!ofThing.empty() && shown.find(ofThing) == std::string::npos)
            shown = std::string(ofThing) + (shown.empty() ? "" : ": ") + shown;
        const std::string what = std::string(m_tree.textOf(property, "name")) + " " + std::string(name);
        m_make.describe(*sensor, shown, kindOf(what, stream.unit), stream.unit, *position);
    } else {
        m_make.note("Datastream " + ingest::quoted(stream.id) + " has no place: it is not described");
    }
    observations(m_tree.member(&node, "Observations"), stream);
}

void SensorThingsReader::thing(const JsonNode& node) {
    const auto position = positionIn(m_tree.member(&node, "Locations"));
    const JsonNode* streams = m_tree.member(&node, "Datastreams");
    if (streams == nullptr || !streams->isArray()) {
        m_make.note("a Thing without its Datastreams ($expand=Datastreams,Locations): nothing to describe");
        return;
    }
    for (const JsonNode* one = m_tree.child(*streams); one != nullptr; one = m_tree.next(*one))
        safely(*one, [&] { datastream(*one, position, m_tree.textOf(&node, "name")); });
}

/// A part that is bad costs only itself.
void SensorThingsReader::safely(const JsonNode& node, const std::function<void()>& use) {
    if (++m_count > mostEntities)
        fail(node, "more than 200000 entities", Code::tooLarge);
    const auto had = m_make.out().messages.size();
    try {
        use();
    } catch (const JsonFault& fault) {
        if (fault.error.code == Code::tooLarge && m_count > mostEntities)
            throw;
        m_make.out().messages.resize(had);
        m_make.out().faults.push_back({fault.error, std::string(m_tree.raw(node))});
    }
}

void SensorThingsReader::entity(const JsonNode& node) {
    const auto has = [&](const char* key) { return m_tree.member(&node, key) != nullptr; };
    if (!node.isObject())
        fail(node, "an entity must be an object");
    if (has("dataArray"))
        dataArray(node);
    else if (has("result") || has("phenomenonTime") ? !has("unitOfMeasurement") : false)
        observation(node, {});
    else if (has("unitOfMeasurement") || has("observationType") || has("multiObservationDataTypes"))
        datastream(node, {}, {});
    else if (has("Datastreams") || has("Locations"))
        thing(node);
    else if (has("location") && has("Things"))
        for (const JsonNode* one = m_tree.child(*m_tree.member(&node, "Things")); one != nullptr; one = m_tree.next(*one))
            safely(*one, [&] {
                const JsonNode* streams = m_tree.member(one, "Datastreams");
                const auto position = pointOf(m_tree.member(&node, "location"));
                if (streams == nullptr || !streams->isArray())
                    return;
                for (const JsonNode* each = m_tree.child(*streams); each != nullptr; each = m_tree.next(*each))
                    safely(*each, [&] { datastream(*each, position, m_tree.textOf(one, "name")); });
            });
    else
        m_make.note("an entity that is neither Observation, Datastream nor Thing with them: nothing to store");
}

void SensorThingsReader::page(const JsonNode& list) {
    if (!list.isArray())
        fail(list, "\"value\" must be an array");
    for (const JsonNode* one = m_tree.child(list); one != nullptr; one = m_tree.next(*one))
        safely(*one, [&] { entity(*one); });
}

/// What a client sends to a server's $batch: entities that name one another by "$id".
void SensorThingsReader::batch(const JsonNode& requests) {
    for (const JsonNode* one = m_tree.child(requests); one != nullptr; one = m_tree.next(*one)) {
        const auto id = m_tree.textOf(one, "id");
        const JsonNode* body = m_tree.member(one, "body");
        if (!id.empty() && body != nullptr && body->isObject())
            m_byReference.emplace("$" + std::string(id), body);
    }
    for (const JsonNode* one = m_tree.child(requests); one != nullptr; one = m_tree.next(*one)) {
        const JsonNode* body = m_tree.member(one, "body");
        if (body == nullptr || !body->isObject())
            continue;
        const auto url = m_tree.textOf(one, "url");
        if (url.ends_with("Datastreams"))
            safely(*body, [&] { datastream(*body, {}, {}); });
        else if (url.ends_with("Observations"))
            safely(*body, [&] { observation(*body, {}); });
        else if (url.ends_with("Things") && m_tree.member(body, "Datastreams") != nullptr)
            safely(*body, [&] { thing(*body); });
    }
    m_make.note("a batch of requests to a SensorThings server: taken for what it describes");
}

void SensorThingsReader::read() {
    const JsonNode& root = m_tree.root();
    if (root.isArray()) {
        page(root);
    } else if (const JsonNode* list = m_tree.member(&root, "value"); list != nullptr && list->isArray()) {
        page(*list);
        if (const auto next = m_tree.textOf(&root, "@iot.nextLink"); !next.empty()) {
            Link link;
            link.url = next;
            link.nextPage = true;
            m_make.out().links.push_back(std::move(link));
        }
    } else if (const JsonNode* requests = m_tree.member(&root, "requests"); requests != nullptr && requests->isArray()) {
        batch(*requests);
    } else {
        entity(root);
    }
    if (m_make.out().messages.empty() && m_make.out().faults.empty() && m_make.out().deviations.empty())
        m_make.note("understood, with nothing in it to be stored");
}

} // namespace

bool recognisesSensorThings(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::json)
        return false;
    const auto has = [&](std::string_view key) { return g.keys.anywhere(key); };
    const bool marked = has("@iot.id") || has("@iot.selfLink") || has("@iot.nextLink") || has("@iot.count");
    const bool entity = (has("result") && has("phenomenonTime")) || (has("unitOfMeasurement") && has("observationType")) ||
                        (has("Datastreams") && has("Locations"));
    return marked || entity;
}

base::Result<Decoded> decodeSensorThings(std::string_view bytes, const Source& source) {
    Decoded out;
    out.format = Format::sensorThings;
    ReadingMaker make(source, out);
    const auto good =
        eachJsonDocument(bytes, out, [&](const JsonTree& tree, std::size_t) { SensorThingsReader(tree, make).read(); });
    return wholeOrFirstFault(std::move(out), good);
}

} // namespace tocsin::ingest
