#include "gui/shell/delta_fold.hpp"

#include <algorithm>
#include <utility>

namespace tocsin::gui {

namespace {

template <typename Map, typename Ids>
void merge(Map& into, Map& from, Ids& ids) {
    while (!from.empty()) {
        auto node = from.extract(from.begin());
        ids.insert(node.key());
        const auto at = into.find(node.key());
        if (at == into.end())
            into.insert(std::move(node));
        else
            at->second = std::move(node.mapped());
    }
}

/// The later image of each.
template <typename Map>
void replace(Map& into, Map& later) {
    while (!later.empty()) {
        auto node = later.extract(later.begin());
        if (const auto at = into.find(node.key()); at != into.end())
            at->second = std::move(node.mapped());
        else
            into.insert(std::move(node));
    }
}

template <typename Map>
void takeSome(Map& from, Map& into, std::size_t each, std::size_t& left) {
    for (; left >= each && !from.empty(); left -= each)
        into.insert(into.end(), from.extract(from.begin()));
}

template <typename Map>
constexpr std::size_t workOf = kThingWork;
template <>
constexpr std::size_t workOf<decltype(model::State::sensors)> = kSensorWork;
template <>
constexpr std::size_t workOf<decltype(model::State::units)> = kSensorWork;

/// Each kind of thing, what others stand on first.
template <typename State, typename Each>
void eachKind(State& a, State& b, Each&& each) {
    each(a.sensors, b.sensors);
    each(a.units, b.units);
    each(a.resources, b.resources);
    each(a.earthquakes, b.earthquakes);
    each(a.warnings, b.warnings);
    each(a.incidents, b.incidents);
    each(a.alarms, b.alarms);
    each(a.clusters, b.clusters);
    each(a.reports, b.reports);
    each(a.assignments, b.assignments);
    each(a.drawings, b.drawings);
    each(a.decisions, b.decisions);
    each(a.callDowns, b.callDowns);
    each(a.aidRequests, b.aidRequests);
    each(a.callLists, b.callLists);
}

/// The log's length of them.
void keepNewest(std::deque<model::Entry>& entries) {
    while (entries.size() > kLogEntries)
        entries.pop_front();
}

constexpr std::string_view kFeedActor = "feed:";

} // namespace

void FoldedDeltas::addWritten(const desk::Delta& delta) {
    empty = false;
    for (const model::Changed& changed : delta.changed) {
        desk = desk || std::holds_alternative<model::DeskStatus>(changed);
        model::apply(things, changed);
    }
    entries.insert(entries.end(), delta.entries.begin(), delta.entries.end());
    keepNewest(entries);
    if (delta.rules)
        rules = delta.rules;
}

void FoldedDeltas::addHeard(const desk::Delta& delta) {
    empty = false;
    for (const auto& [sensor, now] : delta.sensors)
        sensors[sensor] = now;
    for (const auto& [unit, now] : delta.units)
        units[unit] = now;
    for (const auto& [feed, count] : delta.readingsByFeed)
        readingsByFeed[feed] += count;
    for (const auto& [feed, tally] : delta.quarantine)
        quarantine[feed] = tally;
    all = all || delta.link;
}

void FoldedDeltas::add(FoldedDeltas later) {
    if (later.empty)
        return;
    empty = false;
    if (later.desk) {
        things.desk = std::move(later.things.desk);
        desk = true;
    }
    eachKind(things, later.things, [](auto& into, auto& from) { replace(into, from); });
    replace(sensors, later.sensors);
    replace(units, later.units);
    for (const auto& [feed, count] : later.readingsByFeed)
        readingsByFeed[feed] += count;
    for (const auto& [feed, tally] : later.quarantine)
        quarantine[feed] = tally;
    if (later.rules)
        rules = std::move(later.rules);
    all = all || later.all;
    for (auto& entry : later.entries)
        entries.push_back(std::move(entry));
    keepNewest(entries);
}

FoldedDeltas FoldedDeltas::slice(std::size_t work) {
    FoldedDeltas part;
    part.empty = empty;
    part.desk = std::exchange(desk, false);
    if (part.desk)
        part.things.desk = std::move(things.desk);
    part.rules.swap(rules);
    part.all = std::exchange(all, false);
    part.readingsByFeed.swap(readingsByFeed);
    part.quarantine.swap(quarantine);
    bool more = false;
    eachKind(things, part.things, [&](auto& from, auto& into) {
        takeSome(from, into, workOf<std::remove_cvref_t<decltype(from)>>, work);
        more = more || !from.empty();
    });
    if (!more) { // an entry is read beside the things that it speaks of
        for (; work >= kThingWork && !entries.empty(); work -= kThingWork) {
            part.entries.push_back(std::move(entries.front()));
            entries.pop_front();
        }
    }
    takeSome(sensors, part.sensors, 1, work);
    takeSome(units, part.units, 1, work);
    empty = !more && entries.empty() && sensors.empty() && units.empty();
    return part;
}

void Picture::take(desk::Snapshot snapshot) {
    state = std::move(snapshot.state);
    sensors = std::move(snapshot.sensors);
    units = std::move(snapshot.units);
    rules = std::move(snapshot.rules);
    noteQuarantine(snapshot.quarantine);
}

void Picture::noteQuarantine(const std::map<std::string, store::QuarantineTally>& tallies) {
    for (const auto& [name, tally] : tallies) {
        FeedHealth& feed = feeds[QString::fromStdString(name)];
        feed.name = QString::fromStdString(name);
        feed.quarantined = static_cast<std::size_t>(std::max<std::int64_t>(0, tally.open));
        feed.cut = static_cast<std::size_t>(std::max<std::int64_t>(0, tally.cut));
    }
}

Changes Picture::take(FoldedDeltas folded, base::Time now) {
    Changes changes;
    changes.all = folded.all;
    if (folded.desk) {
        state.desk = std::move(folded.things.desk);
        changes.desk = true;
    }
    if (folded.rules) {
        rules = std::move(folded.rules);
        changes.rules = true;
    }
    merge(state.incidents, folded.things.incidents, changes.incidents);
    merge(state.alarms, folded.things.alarms, changes.alarms);
    merge(state.warnings, folded.things.warnings, changes.warnings);
    merge(state.reports, folded.things.reports, changes.reports);
    merge(state.earthquakes, folded.things.earthquakes, changes.earthquakes);
    merge(state.resources, folded.things.resources, changes.resources);
    merge(state.assignments, folded.things.assignments, changes.assignments);
    merge(state.sensors, folded.things.sensors, changes.sensors);
    merge(state.drawings, folded.things.drawings, changes.drawings);
    merge(state.units, folded.things.units, changes.units);
    merge(state.clusters, folded.things.clusters, changes.clusters);
    merge(state.decisions, folded.things.decisions, changes.decisions);
    merge(state.callDowns, folded.things.callDowns, changes.callDowns);
    merge(state.aidRequests, folded.things.aidRequests, changes.aidRequests);
    merge(state.callLists, folded.things.callLists, changes.callLists);
    merge(units, folded.units, changes.positions);
    merge(sensors, folded.sensors, changes.readings);
    const auto feedNamed = [this](const std::string& name) -> FeedHealth& {
        FeedHealth& feed = feeds[QString::fromStdString(name)];
        feed.name = QString::fromStdString(name);
        return feed;
    };
    for (const auto& [name, count] : folded.readingsByFeed) {
        FeedHealth& feed = feedNamed(name);
        feed.taken += count;
        feed.lastGood = now;
        feed.ever = true;
    }
    noteQuarantine(folded.quarantine);
    for (model::Entry& entry : folded.entries) {
        if (!log.empty() && entry.seq <= log.back().seq)
            continue; // came with the history already
        noteFeed(entry);
        ++changes.entries;
        log.push_back(std::move(entry));
    }
    keepNewest(log);
    return changes;
}

void Picture::takeHistory(std::vector<model::Entry> newestFirst) {
    const std::int64_t known = log.empty() ? INT64_MAX : log.front().seq;
    for (model::Entry& entry : newestFirst) {
        if (entry.seq >= known || log.size() >= kLogEntries)
            continue;
        noteFeed(entry);
        log.push_front(std::move(entry));
    }
}

void Picture::noteFeed(const model::Entry& entry) {
    if (!entry.actor.starts_with(kFeedActor))
        return;
    const QString name = QString::fromStdString(entry.actor.substr(kFeedActor.size()));
    FeedHealth& feed = feeds[name];
    feed.name = name;
    ++feed.taken;
    feed.lastGood = feed.ever ? std::max(feed.lastGood, entry.time) : entry.time;
    feed.ever = true;
}

} // namespace tocsin::gui
