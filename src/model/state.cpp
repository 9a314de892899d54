#include "tocsin/model/state.hpp"

#include "tocsin/model/json.hpp"

namespace tocsin::model {

namespace {

using nlohmann::json;

template <typename T>
void take(const json& data, const char* key, std::vector<Changed>& out) {
    const auto found = data.find(key);
    if (found == data.end())
        return;
    if (found->is_array()) {
        for (const auto& image : *found)
            out.emplace_back(image.template get<T>());
    } else {
        out.emplace_back(found->template get<T>());
    }
}

constexpr const char* keyOf(const DeskStatus&) {
    return "desk";
}
constexpr const char* keyOf(const Incident&) {
    return "incident";
}
constexpr const char* keyOf(const Alarm&) {
    return "alarm";
}
constexpr const char* keyOf(const Warning&) {
    return "warning";
}
constexpr const char* keyOf(const Report&) {
    return "report";
}
constexpr const char* keyOf(const Earthquake&) {
    return "earthquake";
}
constexpr const char* keyOf(const Resource&) {
    return "resource";
}
constexpr const char* keyOf(const Assignment&) {
    return "assignment";
}
constexpr const char* keyOf(const Sensor&) {
    return "sensor";
}
constexpr const char* keyOf(const Drawing&) {
    return "drawing";
}
constexpr const char* keyOf(const Unit&) {
    return "unit";
}
constexpr const char* keyOf(const ReportCluster&) {
    return "cluster";
}
constexpr const char* keyOf(const Decision&) {
    return "decision";
}
constexpr const char* keyOf(const CallDown&) {
    return "callDown";
}
constexpr const char* keyOf(const AidRequest&) {
    return "aid";
}
constexpr const char* keyOf(const CallList&) {
    return "callList";
}

struct Put {
    State& state;
    void operator()(const DeskStatus& v) const { state.desk = v; }
    void operator()(const Incident& v) const { state.incidents[v.id] = v; }
    void operator()(const Alarm& v) const { state.alarms[v.id] = v; }
    void operator()(const Warning& v) const { state.warnings[v.id] = v; }
    void operator()(const Report& v) const { state.reports[v.id] = v; }
    void operator()(const Earthquake& v) const { state.earthquakes[v.id] = v; }
    void operator()(const Resource& v) const { state.resources[v.id] = v; }
    void operator()(const Assignment& v) const { state.assignments[v.id] = v; }
    void operator()(const Sensor& v) const { state.sensors[v.id] = v; }
    void operator()(const Drawing& v) const { state.drawings[v.id] = v; }
    void operator()(const Unit& v) const { state.units[v.id] = v; }
    void operator()(const ReportCluster& v) const { state.clusters[v.id] = v; }
    void operator()(const Decision& v) const { state.decisions[v.id] = v; }
    void operator()(const CallDown& v) const { state.callDowns[v.id] = v; }
    void operator()(const AidRequest& v) const { state.aidRequests[v.id] = v; }
    void operator()(const CallList& v) const { state.callLists[v.id] = v; }
};

} // namespace

std::vector<Changed> changesOf(const json& data) {
    std::vector<Changed> out;
    if (!data.is_object())
        return out;
    take<DeskStatus>(data, "desk", out);
    take<Incident>(data, "incident", out);
    take<Alarm>(data, "alarm", out);
    take<Warning>(data, "warning", out);
    take<Report>(data, "report", out);
    take<Earthquake>(data, "earthquake", out);
    take<Resource>(data, "resource", out);
    take<Assignment>(data, "assignment", out);
    take<Sensor>(data, "sensor", out);
    take<Drawing>(data, "drawing", out);
    take<Unit>(data, "unit", out);
    take<ReportCluster>(data, "cluster", out);
    take<Decision>(data, "decision", out);
    take<CallDown>(data, "callDown", out);
    take<AidRequest>(data, "aid", out);
    take<CallList>(data, "callList", out);
    return out;
}

void apply(State& state, const Changed& changed) {
    std::visit(Put{state}, changed);
}

void apply(State& state, const EntryDraft& entry) {
    for (const auto& changed : changesOf(entry.data))
        apply(state, changed);
}

void addChange(json& data, const Changed& changed) {
    std::visit(
        [&data](const auto& value) {
            auto& slot = data[keyOf(value)];
            if (slot.is_null()) {
                slot = value;
                return;
            }
            if (!slot.is_array())
                slot = json::array({std::move(slot)});
            slot.push_back(value);
        },
        changed);
}

} // namespace tocsin::model
