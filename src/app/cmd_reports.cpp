#include "app/commands.hpp"
#include "app/county_words.hpp"
#include "app/stored_state.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/triage/hot_spots.hpp"

#include <cstdio>

namespace tocsin::app {

namespace {

using nlohmann::json;

json placeOf(const std::optional<model::Position>& position) {
    return position ? json{{"latitude", position->latitude()}, {"longitude", position->longitude()}} : json();
}

template <typename IdType>
json idsOf(const std::vector<IdType>& ids) {
    auto out = json::array();
    for (const auto& id : ids)
        out.push_back(id.toString());
    return out;
}

json whyOf(const triage::WhySame& why) {
    return {{"metres", why.distance ? json(why.distance->value) : json()},
            {"secondsApart", std::chrono::duration_cast<std::chrono::seconds>(why.apart).count()},
            {"sameCategory", why.sameCategory},
            {"samePlace", why.samePlace},
            {"sameSender", why.sameSender},
            {"nearlySameWords", why.nearlySameWords},
            {"vaguePoint", why.vaguePoint},
            {"numbersDiffer", why.numbersDiffer},
            {"shared", why.shared},
            {"score", why.score}};
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string placeText(const std::optional<model::Position>& position) {
    if (!position)
        return "nowhere known";
    char out[48];
    std::snprintf(out, sizeof out, "%.5f, %.5f", position->latitude(), position->longitude());
    return out;
}

} // namespace

int runReportGroups(const std::filesystem::path& data, const Console& console) {
    const county::CountyFolder folder{data};
    const auto state = storedState(folder);
    if (!state)
        return console.fail(state.error());
    triage::ReportClusters clusters(loadReportWords(folder).synonyms);
    for (const auto& [id, report] : state->reports)
        clusters.put(report);
    for (const auto& [id, cluster] : state->clusters)
        clusters.put(cluster);
    const auto groups = clusters.groups();
    for (const auto& group : groups) {
        auto why = json::object();
        for (const auto& [id, reason] : group.why)
            why[id.toString()] = whyOf(reason);
        console.tell({{"group", group.key},
                      {"confirmed", group.cluster.has_value()},
                      {"reports", idsOf(group.reports)},
                      {"proposed", idsOf(group.proposed)},
                      {"centre", placeOf(group.centre)},
                      {"first", base::formatTime(group.first)},
                      {"last", base::formatTime(group.last)},
                      {"category", group.category},
                      {"terms", group.terms},
                      {"why", why}});
        console.say(std::to_string(group.reports.size()) + " reports, " + std::to_string(group.proposed.size()) +
                    " of them proposed: " + group.category + " at " + placeText(group.centre) + " (" +
                    joined(group.terms) + "), " + base::formatTime(group.first) + " to " + base::formatTime(group.last));
    }
    console.say(std::to_string(state->reports.size()) + " reports, " + std::to_string(groups.size()) +
                " groups that may be one event each");
    return Exit::done;
}

int runReportHotSpots(const std::filesystem::path& data, const std::string& at, const Console& console) {
    const county::CountyFolder folder{data};
    const auto state = storedState(folder);
    if (!state)
        return console.fail(state.error());
    base::Time now = base::SystemClock().now();
    if (!at.empty()) {
        const auto time = base::parseTime(at);
        if (!time)
            return console.fail(time.error());
        now = *time;
    }
    triage::HotSpots hot(loadReportWords(folder).synonyms);
    for (const auto& [id, report] : state->reports) {
        if (report.receivedAt <= now)
            hot.put(report);
    }
    const auto spots = hot.spots(now);
    for (const auto& spot : spots) {
        console.tell({{"spot", placeOf(spot.centre)},
                      {"radiusMetres", spot.radiusMetres},
                      {"from", base::formatTime(spot.from)},
                      {"to", base::formatTime(spot.to)},
                      {"reports", spot.reports},
                      {"expected", spot.expected},
                      {"strength", spot.strength},
                      {"chance", spot.chance},
                      {"terms", spot.terms},
                      {"members", idsOf(spot.members)}});
        char figures[120];
        std::snprintf(figures, sizeof figures, "%zu reports within %.0f m where %.1f are usual, at ", spot.reports,
                      spot.radiusMetres, spot.expected);
        console.say(figures + placeText(spot.centre) + " (" + joined(spot.terms) + ")");
    }
    constexpr std::size_t mostWords = 20;
    const auto terms = hot.trending(now, mostWords);
    for (const auto& term : terms) {
        console.tell({{"term", term.term},
                      {"now", term.now},
                      {"usual", term.usual},
                      {"strength", term.strength},
                      {"reports", idsOf(term.reports)}});
        char figures[64];
        std::snprintf(figures, sizeof figures, "%zu times, usually %.1f: ", term.now, term.usual);
        console.say(figures + term.term);
    }
    if (spots.empty() && terms.empty())
        console.say("nothing is reported more than usual");
    return Exit::done;
}

} // namespace tocsin::app
