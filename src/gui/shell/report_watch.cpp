#include "gui/shell/report_watch.hpp"

#include <algorithm>

namespace tocsin::gui {

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr auto pause = 200ms;              ///< between two rounds: what comes meanwhile is taken at once
constexpr auto scanAfter = 2s;             ///< hot spots are looked for so often while reports come …
constexpr auto scanAnyway = 60s;           ///< … and so often while none do: they cool down
constexpr auto weighAfter = 1s;            ///< reasons are weighed again so often while anything changes
constexpr std::size_t foldAfter = 256;     ///< deltas that wait, before they are folded where they are made
constexpr std::size_t mostWanted = 64;
constexpr std::size_t mostTrending = 10;

/// The worker's picture is a second copy: routes, teams and drawings say nothing about reports.
void trim(model::State& state) {
    state.resources.clear();
    state.assignments.clear();
    state.drawings.clear();
    state.units.clear();
    state.earthquakes.clear();
    state.decisions.clear();
    state.callDowns.clear();
    state.aidRequests.clear();
    state.callLists.clear();
}

bool matters(const model::Changed& changed) {
    return !std::holds_alternative<model::Resource>(changed) && !std::holds_alternative<model::Assignment>(changed) &&
           !std::holds_alternative<model::Drawing>(changed) && !std::holds_alternative<model::Unit>(changed) &&
           !std::holds_alternative<model::Earthquake>(changed) && !std::holds_alternative<model::Decision>(changed) &&
           !std::holds_alternative<model::CallDown>(changed) && !std::holds_alternative<model::AidRequest>(changed) &&
           !std::holds_alternative<model::CallList>(changed);
}

} // namespace

void ReportWatch::Waiting::fold() {
    for (const auto& delta : deltas) {
        std::copy_if(delta->changed.begin(), delta->changed.end(), std::back_inserter(changed), matters);
        for (const auto& [id, now] : delta->sensors)
            sensors[id] = {now.time, now.value};
    }
    deltas.clear();
}

ReportWatch::ReportWatch(const base::Clock& clock, triage::Synonyms synonyms, triage::HazardWords words, Tell tell)
    : m_clock(clock), m_synonyms(std::move(synonyms)), m_words(std::move(words)), m_tell(std::move(tell)), m_clusters(m_synonyms),
      m_hot(m_synonyms), m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

ReportWatch::~ReportWatch() = default; // the thread is asked to stop, and waited for, first

void ReportWatch::begin(desk::Snapshot snapshot) {
    trim(snapshot.state);
    const std::lock_guard lock(m_mutex);
    m_waiting = {};
    m_waiting.snapshot = std::move(snapshot);
    m_settled = false;
    m_wake.notify_all();
}

void ReportWatch::put(std::shared_ptr<const desk::Delta> delta) {
    if (delta->changed.empty() && delta->sensors.empty())
        return;
    const std::lock_guard lock(m_mutex);
    m_waiting.deltas.push_back(std::move(delta));
    if (m_waiting.deltas.size() >= foldAfter)
        m_waiting.fold();
    m_settled = false;
    m_wake.notify_all();
}

void ReportWatch::ask(model::ReportId report) {
    const std::lock_guard lock(m_mutex);
    m_waiting.asked.push_back(report);
    m_settled = false;
    m_wake.notify_all();
}

void ReportWatch::loop(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        Waiting waiting;
        {
            std::unique_lock lock(m_mutex);
            const bool more = m_stateChanged || m_reportsChanged; // what came last is still to be weighed
            m_wake.wait_for(lock, stop, more ? SteadyClock::duration(weighAfter) : SteadyClock::duration(scanAnyway),
                            [this] { return !m_waiting.empty(); });
            std::swap(waiting, m_waiting);
        }
        if (stop.stop_requested())
            return;
        work(std::move(waiting), stop);
        std::unique_lock lock(m_mutex);
        m_settled = m_waiting.empty() && !m_reportsChanged;
        m_wake.wait_for(lock, stop, pause, [] { return false; });
    }
}

void ReportWatch::work(Waiting waiting, const std::stop_token& stop) {
    waiting.fold();
    if (waiting.snapshot)
        restart(std::move(*waiting.snapshot), stop);
    for (const auto& changed : waiting.changed)
        take(changed);
    for (auto& [id, value] : waiting.sensors)
        m_sensors[id] = value;
    m_stateChanged = m_stateChanged || !waiting.changed.empty() || !waiting.sensors.empty();
    if (stop.stop_requested())
        return;
    look(waiting.asked);
    if (std::exchange(m_news, false))
        m_tell(finds());
}

void ReportWatch::restart(desk::Snapshot snapshot, const std::stop_token& stop) {
    m_state = std::move(snapshot.state);
    m_sensors.clear();
    for (const auto& [id, now] : snapshot.sensors)
        m_sensors[id] = {now.time, now.value};
    m_clusters = triage::ReportClusters(m_synonyms);
    m_hot = triage::HotSpots(m_synonyms);
    m_groups.clear();
    m_groupKeys.clear();
    m_reasons.clear();
    m_signs.clear();
    m_danger.clear();
    m_toPropose.clear();
    m_proposals.clear();
    for (const auto& [id, report] : m_state.reports) { // ids are in the order of time
        if (stop.stop_requested())
            return;
        m_clusters.put(report);
        m_hot.put(report);
        read(report);
    }
    for (const auto& [id, cluster] : m_state.clusters)
        m_clusters.put(cluster);
    m_reportsChanged = m_stateChanged = m_aroundChanged = m_news = true;
}

/// What its words say is read while somebody must look at it, and else when its group asks.
void ReportWatch::read(const model::Report& report) {
    m_signs.erase(report.id);
    m_danger.erase(report.id);
    if (report.incident || report.state == model::ReportState::dismissed)
        return;
    if (const auto danger = signs(report).danger; danger != 0)
        m_danger[report.id] = danger;
}

triage::ReportSigns ReportWatch::signs(const model::Report& report) {
    const auto known = m_signs.find(report.id);
    return known != m_signs.end() ? known->second
                                  : m_signs.emplace(report.id, triage::signsOf(report, m_words)).first->second;
}

void ReportWatch::take(const model::Changed& changed) {
    model::apply(m_state, changed);
    if (const auto* report = std::get_if<model::Report>(&changed)) {
        m_clusters.put(*report);
        m_hot.put(*report);
        m_reportsChanged = true;
        read(*report);
        if (const auto key = m_groupKeys.find(report->id); key != m_groupKeys.end())
            m_toPropose.insert(key->second);
    } else if (const auto* cluster = std::get_if<model::ReportCluster>(&changed)) {
        m_clusters.put(*cluster);
    } else if (std::holds_alternative<model::Alarm>(changed) || std::holds_alternative<model::Incident>(changed) ||
               std::holds_alternative<model::Sensor>(changed)) {
        m_aroundChanged = true;
    }
}

/// What is to be known anew after what has come.
void ReportWatch::look(const std::vector<model::ReportId>& asked) {
    for (auto& group : m_clusters.takeChanged()) {
        m_news = true;
        m_toPropose.insert(group.key);
        if (const auto before = m_groups.find(group.key); before != m_groups.end()) {
            for (const auto& report : before->second.reports)
                if (const auto key = m_groupKeys.find(report); key != m_groupKeys.end() && key->second == group.key)
                    m_groupKeys.erase(key);
        }
        if (group.reports.size() < 2) {
            m_groups.erase(group.key);
            continue;
        }
        for (const auto& report : group.reports)
            m_groupKeys[report] = group.key;
        m_groups[group.key] = std::move(group);
    }
    const auto now = SteadyClock::now();
    if (now - m_scanned >= (m_reportsChanged ? SteadyClock::duration(scanAfter) : SteadyClock::duration(scanAnyway))) {
        m_hotSpots = m_hot.spots(m_clock.now());
        m_trending = m_hot.trending(m_clock.now(), mostTrending);
        m_scanned = now;
        m_reportsChanged = false;
        m_news = true;
    }
    const bool again = m_stateChanged && now - m_weighed >= weighAfter;
    if (again) {
        m_weighed = now;
        m_stateChanged = false;
        for (auto& [id, reasons] : m_reasons) {
            auto weighed = reasonsFor(id);
            m_news = m_news || weighed != reasons;
            reasons = std::move(weighed);
        }
        if (std::exchange(m_aroundChanged, false)) {
            m_around = triage::surroundingsOf(m_state, m_words);
            for (const auto& [key, group] : m_groups)
                m_toPropose.insert(key);
        }
    }
    for (const auto& key : std::exchange(m_toPropose, {}))
        propose(key);
    for (const auto& id : asked) {
        std::erase(m_wanted, id);
        m_wanted.push_front(id);
        if (!m_reasons.contains(id)) {
            m_reasons.emplace(id, reasonsFor(id));
            m_news = true;
        }
    }
    for (; m_wanted.size() > mostWanted; m_wanted.pop_back())
        m_reasons.erase(m_wanted.back());
}

void ReportWatch::propose(const std::string& key) {
    const auto group = m_groups.find(key);
    std::optional<triage::IncidentProposal> made;
    if (group != m_groups.end())
        made = triage::proposalOf(group->second, m_state, m_around,
                                  [this](const model::Report& report) { return signs(report); });
    const auto known = m_proposals.find(key);
    if (!made) {
        if (known == m_proposals.end())
            return;
        m_proposals.erase(known);
    } else if (known == m_proposals.end()) {
        m_proposals.emplace(key, std::move(*made));
    } else if (known->second != *made) {
        known->second = std::move(*made);
    } else {
        return;
    }
    m_news = true;
}

std::vector<triage::Reason> ReportWatch::reasonsFor(model::ReportId id) const {
    const auto report = m_state.reports.find(id);
    if (report == m_state.reports.end())
        return {};
    std::vector<model::ReportId> same;
    if (const auto key = m_groupKeys.find(id); key != m_groupKeys.end()) {
        same = m_groups.at(key->second).reports;
        std::erase(same, id);
    }
    return triage::credibility(report->second, same, m_state, m_sensors, m_clock.now(), m_words);
}

std::shared_ptr<const ReportFinds> ReportWatch::finds() const {
    auto finds = std::make_shared<ReportFinds>();
    finds->groups.reserve(m_groups.size());
    for (const auto& [key, group] : m_groups) {
        for (const auto& report : group.reports)
            finds->groupOf.emplace(report, finds->groups.size());
        finds->groups.push_back(group);
    }
    finds->hotSpots = m_hotSpots;
    finds->trending = m_trending;
    finds->reasons = m_reasons;
    finds->proposals = m_proposals;
    finds->danger = m_danger;
    return finds;
}

} // namespace tocsin::gui
