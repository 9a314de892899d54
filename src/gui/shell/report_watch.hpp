#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/triage/credibility.hpp"
#include "tocsin/triage/hot_spots.hpp"
#include "tocsin/triage/incident_proposal.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

namespace tocsin::gui {

/// What was found in the reports at one moment. Never changed once it is handed out.
struct ReportFinds {
    std::vector<triage::ReportGroup> groups; ///< by key
    std::unordered_map<model::ReportId, std::size_t> groupOf;
    std::vector<triage::HotSpot> hotSpots;
    std::vector<triage::TrendingTerm> trending;
    std::map<model::ReportId, std::vector<triage::Reason>> reasons; ///< of those that were asked about
    std::map<std::string, triage::IncidentProposal> proposals;       ///< by the group's key
    std::unordered_map<model::ReportId, triage::Hazards> danger;     ///< what open reports tell of people in danger
};

/// The worker behind ReportTriage: keeps its own copy of what reports are judged by, and tells what it finds at most
/// five times a second. Its functions are thread safe and never wait for its work.
class ReportWatch {
  public:
    /// `tell` is called on the worker's thread.
    using Tell = std::function<void(std::shared_ptr<const ReportFinds>)>;
    ReportWatch(const base::Clock& clock, triage::Synonyms synonyms, triage::HazardWords words, Tell tell);
    ~ReportWatch();
    ReportWatch(const ReportWatch&) = delete;
    ReportWatch& operator=(const ReportWatch&) = delete;

    void begin(desk::Snapshot snapshot);
    void put(std::shared_ptr<const desk::Delta> delta);
    /// Somebody looks at this report. The last 64 that were asked about are kept up.
    void ask(model::ReportId report);
    /// All that has come is looked at and told of, hot spots too.
    [[nodiscard]] bool isSettled() const { return m_settled; }

  private:
    using Sensors = std::map<model::SensorId, triage::SensorValue>;
    /// What has come and is not looked at yet.
    struct Waiting {
        std::optional<desk::Snapshot> snapshot;
        std::vector<std::shared_ptr<const desk::Delta>> deltas;
        std::vector<model::Changed> changed; ///< of deltas that were folded because many wait
        Sensors sensors;
        std::vector<model::ReportId> asked;
        [[nodiscard]] bool empty() const {
            return !snapshot && deltas.empty() && changed.empty() && sensors.empty() && asked.empty();
        }
        void fold();
    };

    void loop(const std::stop_token& stop);
    void work(Waiting waiting, const std::stop_token& stop);
    void restart(desk::Snapshot snapshot, const std::stop_token& stop);
    void take(const model::Changed& changed);
    void look(const std::vector<model::ReportId>& asked);
    [[nodiscard]] std::vector<triage::Reason> reasonsFor(model::ReportId report) const;
    void read(const model::Report& report);
    triage::ReportSigns signs(const model::Report& report);
    void propose(const std::string& key);
    [[nodiscard]] std::shared_ptr<const ReportFinds> finds() const;

    const base::Clock& m_clock;
    const triage::Synonyms m_synonyms;
    const triage::HazardWords m_words;
    const Tell m_tell;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Waiting m_waiting; ///< guarded by m_mutex
    std::atomic<bool> m_settled{false};

    // ---- the worker's own
    model::State m_state; ///< without what says nothing about reports
    Sensors m_sensors;
    triage::ReportClusters m_clusters;
    triage::HotSpots m_hot;
    std::map<std::string, triage::ReportGroup> m_groups;
    std::map<model::ReportId, std::string> m_groupKeys;
    std::unordered_map<model::ReportId, triage::ReportSigns> m_signs; ///< of those that were read
    std::unordered_map<model::ReportId, triage::Hazards> m_danger;
    triage::Surroundings m_around;
    std::set<std::string> m_toPropose; ///< groups of which something is different
    std::map<std::string, triage::IncidentProposal> m_proposals;
    std::vector<triage::HotSpot> m_hotSpots;
    std::vector<triage::TrendingTerm> m_trending;
    std::deque<model::ReportId> m_wanted; ///< newest first
    std::map<model::ReportId, std::vector<triage::Reason>> m_reasons;
    std::chrono::steady_clock::time_point m_scanned;
    std::chrono::steady_clock::time_point m_weighed;
    bool m_reportsChanged{false}; ///< since the last scan
    bool m_stateChanged{false};   ///< since the reasons were weighed
    bool m_aroundChanged{false};  ///< alarms, incidents or sensors, since what is around was looked at
    bool m_news{false};           ///< since it was told
    std::jthread m_thread;        ///< last: it ends before what it uses
};

} // namespace tocsin::gui
