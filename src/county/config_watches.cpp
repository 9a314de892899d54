#include "county/config_section.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tocsin::county::settings {

void readWatches(const toml::node& node, Config& config) {
    const auto* list = node.as_array();
    if (!list)
        fault(node, "watches are written as [[watch]]");
    for (const auto& item : *list) {
        const Section section(item, "watch");
        section.only({"id", "name", "feeds", "sensors", "units", "silent_after", "severity", "position"});
        WatchWord watch;
        section.read("id", watch.id);
        if (watch.id.empty())
            fault(item, "a watch needs an id, such as \"village:Planken\"");
        if (std::any_of(config.watches.begin(), config.watches.end(), [&](const auto& w) { return w.id == watch.id; }))
            fault(item, "two watches are called " + quoted(std::string_view(watch.id)));
        watch.name = section.find("name") ? localText(*section.find("name"), "watch.name") : base::LocalText(watch.id);
        section.read("feeds", watch.feeds);
        section.read("sensors", watch.sensors);
        section.read("units", watch.units);
        if (watch.feeds.empty() && watch.sensors.empty() && watch.units.empty())
            fault(item, "watch " + quoted(std::string_view(watch.id)) + " names no feed, sensor or unit");
        section.read("silent_after", watch.silentAfter, std::chrono::seconds(1));
        if (watch.silentAfter == base::Duration{0})
            fault(item, "watch " + quoted(std::string_view(watch.id)) + " needs silent_after, such as \"6h\"");
        std::string severity;
        section.read("severity", severity);
        if (!severity.empty()) {
            const auto grade = model::gradeFrom(severity);
            if (!grade)
                fault(*section.find("severity"), "watch.severity is I, II, III or IV");
            watch.severity = *grade;
        }
        if (const auto* position = section.find("position"))
            watch.position = readPosition(*position, "watch.position");
        config.watches.push_back(std::move(watch));
    }
}

} // namespace tocsin::county::settings
