#pragma once

#include "gui/shell/bridge_workers.hpp"
#include "gui/shell/worker_facts.hpp"
#include "tocsin/gui/desk_bridge.hpp"

#include <QCoreApplication>
#include <map>
#include <stop_token>
#include <vector>

namespace tocsin::gui {

/// Who should go and by which way: what the bridge is asked of the roads, on its workers. It answers by the bridge's
/// own signals where no `answer` is given, and sends what was found by it. All functions: GUI thread.
class DispatchQuestions {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::DispatchQuestions)
  public:
    /// As of makeDeskBridge(). Asks nothing of the bridge yet, which owns this.
    DispatchQuestions(DeskBridge& bridge, BridgeWorkers& workers, std::shared_ptr<const route::RoadGraph> roads,
                      const RoadReader& readRoads, Dispatching dispatching);
    void stop();                                                 ///< the searches that are under way
    void note(const Changes& changes) { m_facts.note(changes); } ///< of the bridge's state, before others are told
    [[nodiscard]] const std::vector<route::Profile>& profiles() const { return *m_profiles; }

    void recommend(model::IncidentId incident);
    void choicesByHand(model::IncidentId incident, QObject* context,
                       std::function<void(DeskBridge::HandChoices)> answer);
    void wayByHand(model::IncidentId incident, model::ResourceId resource, std::vector<model::ResourceId> stores,
                   QObject* context, std::function<void(DeskBridge::HandWay)> answer);
    void coverOf(std::set<model::ResourceId> taken, std::set<model::ResourceId> elsewhere, QObject* context,
                 std::function<void(DeskBridge::CoverAnswer)> answer);
    void replan(model::AssignmentId assignment, const QString& reason, QObject* context, DeskBridge::Answer answer);
    void approve(model::DecisionId decision, QObject* context, DeskBridge::Answer answer);
    void nearestResources(model::Position place, std::size_t most, QObject* context,
                          std::function<void(std::vector<DeskBridge::NearResource>)> answer);
    void roadTimes(std::vector<model::ResourceId> sources, std::vector<model::Position> places, QObject* context,
                   std::function<void(DeskBridge::RoadTimes)> answer);
    void reachAround(std::vector<model::Position> places, route::ReachDirection direction, base::Seconds most,
                     QObject* context, std::function<void(DeskBridge::Reached)> answer);

  private:
    [[nodiscard]] dispatch::Question questionAbout(model::IncidentId incident, const model::State& facts) const;
    template <typename Value, typename Ask>
    void askByHand(model::IncidentId incident, QObject* context, std::function<void(Value)> answer, Ask ask);
    void takeRoads(std::shared_ptr<const route::RoadGraph> roads);
    void afterRoads(QObject* context, std::function<void()> question);

    DeskBridge& m_bridge;
    BridgeWorkers& m_workers;
    std::shared_ptr<const route::RoadGraph> m_roads;
    bool m_roadsComing;  ///< a worker reads them
    WorkerFacts m_facts; ///< of the bridge's state
    std::vector<std::function<void()>> m_afterRoads;
    std::uint64_t m_questions{0};
    std::map<model::IncidentId, std::uint64_t> m_asked;
    std::map<model::IncidentId, std::stop_source> m_searches; ///< the last of each
    dispatch::Weights m_weights;
    std::shared_ptr<const std::vector<route::Profile>> m_profiles;
    std::shared_ptr<const std::vector<dispatch::Populated>> m_people{
        std::make_shared<const std::vector<dispatch::Populated>>()};
};

} // namespace tocsin::gui
