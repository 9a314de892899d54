#include "gui/shell/dispatch_questions.hpp"

#include "gui/shell/desk_sentences.hpp"
#include "tocsin/dispatch/another_way.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/dispatch/nearest.hpp"
#include "tocsin/dispatch/road_times.hpp"
#include "tocsin/model/waiting.hpp"

#include <QPointer>
#include <algorithm>
#include <chrono>
#include <utility>

namespace tocsin::gui {

namespace {

/// Whether the ways of a plan that waits may be others by now.
bool isStale(const model::State& state, const model::Decision& plan, base::Time now) {
    constexpr auto fresh = std::chrono::minutes(2);
    return now - plan.factsAt > fresh ||
           std::any_of(state.drawings.begin(), state.drawings.end(), [&](const auto& item) {
               return item.second.kind == model::DrawingKind::closure && item.second.drawnAt >= plan.factsAt;
           });
}

/// As if the plans that wait were approved, so that nobody is recommended twice; null where none waits. On a worker: it
/// copies the facts.
std::unique_ptr<model::State> withWaiting(const model::State& facts, const std::vector<model::Decision>& waiting) {
    if (waiting.empty())
        return nullptr;
    auto bound = std::make_unique<model::State>(facts);
    model::bindWaiting(*bound, waiting);
    return bound;
}

} // namespace

DispatchQuestions::DispatchQuestions(DeskBridge& bridge, BridgeWorkers& workers,
                                     std::shared_ptr<const route::RoadGraph> roads, const RoadReader& readRoads,
                                     Dispatching dispatching)
    : m_bridge(bridge), m_workers(workers), m_roads(std::move(roads)), m_roadsComing(readRoads != nullptr),
      m_weights(std::move(dispatching.weights)),
      m_profiles(std::make_shared<const std::vector<route::Profile>>(std::move(dispatching.profiles))) {
    if (!m_roadsComing)
        return;
    m_workers.pool().start(
        [this, inbox = m_workers.inbox(), readRoads, readPeople = std::move(dispatching.readPeople)] {
            auto people = std::make_shared<std::vector<dispatch::Populated>>();
            if (readPeople)
                *people = readPeople();
            inbox->post([this, people, roads = readRoads()]() mutable {
                m_people = std::move(people);
                takeRoads(std::move(roads));
            });
        });
}

void DispatchQuestions::stop() {
    for (auto& [incident, search] : m_searches)
        search.request_stop();
}

void DispatchQuestions::recommend(model::IncidentId incident) {
    const std::uint64_t question = ++m_questions;
    m_asked[incident] = question;
    if (m_roadsComing) {
        m_afterRoads.push_back([this, incident, question] {
            if (m_asked[incident] == question)
                recommend(incident);
        });
        m_workers.inbox()->post([this, incident] {
            if (m_roadsComing)
                emit m_bridge.recommendFailed(incident, tr("The roads are being read; the answer follows."));
        });
        return;
    }
    if (m_roads == nullptr) {
        m_workers.inbox()->post([this, incident] {
            emit m_bridge.recommendFailed(incident,
                                          tr("This county has no road network, so nobody's way can be found."));
        });
        return;
    }
    auto facts = m_facts.of(m_bridge.state());
    m_searches[incident].request_stop();
    const std::stop_source search = m_searches[incident] = std::stop_source();
    dispatch::Question asked = questionAbout(incident, *facts);
    asked.stop = search.get_token();
    m_workers.pool().start([this, inbox = m_workers.inbox(), roads = m_roads, people = m_people, profiles = m_profiles,
                            facts = std::move(facts), incident, question,
                            waiting = model::waitingPlans(m_bridge.state().decisions),
                            asked = std::move(asked)]() mutable {
        const auto bound = withWaiting(*facts, waiting);
        asked.state = bound ? bound.get() : facts.get();
        asked.roads = roads.get();
        asked.profiles = profiles.get();
        asked.population = *people;
        auto result = dispatch::Planner().decide(asked);
        inbox->post([this, incident, question, facts = std::move(facts), result = std::move(result)]() mutable {
            facts.reset();
            if (m_asked[incident] != question)
                return; // a newer question is on its way
            m_asked.erase(incident);
            if (result)
                emit m_bridge.recommended(std::make_shared<const dispatch::Answer>(std::move(*result)));
            else
                emit m_bridge.recommendFailed(incident, sentenceFor(result.error()));
        });
    });
}

void DispatchQuestions::choicesByHand(model::IncidentId incident, QObject* context,
                                      std::function<void(DeskBridge::HandChoices)> answer) {
    askByHand<DeskBridge::HandChoices>(incident, context, std::move(answer),
                                       [](const dispatch::Question& asked) { return dispatch::choicesByHand(asked); });
}
void DispatchQuestions::wayByHand(model::IncidentId incident, model::ResourceId resource,
                                  std::vector<model::ResourceId> stores, QObject* context,
                                  std::function<void(DeskBridge::HandWay)> answer) {
    askByHand<DeskBridge::HandWay>(incident, context, std::move(answer),
                                   [resource, stores = std::move(stores)](const dispatch::Question& asked) {
                                       return dispatch::wayByHand(asked, resource, stores);
                                   });
}

void DispatchQuestions::coverOf(std::set<model::ResourceId> taken, std::set<model::ResourceId> elsewhere,
                                QObject* context, std::function<void(DeskBridge::CoverAnswer)> answer) {
    auto facts = m_facts.of(m_bridge.state());
    dispatch::CoverQuestion asked;
    asked.now = m_bridge.now();
    asked.conditions = dispatch::conditionsAt(*facts, asked.now);
    asked.weights = m_weights;
    asked.taken = std::move(taken);
    asked.elsewhere = std::move(elsewhere);
    m_workers.ask<DeskBridge::CoverAnswer>(
        context, std::move(answer),
        [roads = m_roads, people = m_people, profiles = m_profiles, facts = std::move(facts),
         waiting = model::waitingPlans(m_bridge.state().decisions), asked = std::move(asked)]() mutable {
            const auto bound = withWaiting(*facts, waiting);
            asked.state = bound ? bound.get() : facts.get();
            asked.roads = roads.get();
            asked.profiles = profiles.get();
            asked.population = *people;
            return dispatch::coverOf(asked);
        });
}

void DispatchQuestions::replan(model::AssignmentId assignment, const QString& reason, QObject* context,
                               DeskBridge::Answer answer) {
    if (m_roads == nullptr) {
        emit m_bridge.trouble(m_roadsComing ? tr("The roads are being read; the answer follows.")
                                            : tr("This county has no road network, so nobody's way can be found."));
        return;
    }
    using Found = base::Result<dispatch::AnotherWay>;
    m_workers.ask<Found>(
        context,
        [this, assignment, reason, guard = QPointer<QObject>(context), tied = context != nullptr,
         answer = std::move(answer)](Found found) {
            if (!found) {
                emit m_bridge.trouble(sentenceFor(found.error()));
                if (answer)
                    answer(tl::unexpected(found.error()));
                return;
            }
            if (!tied || !guard.isNull())
                m_bridge.send(desk::ReplanAssignment{assignment, std::move(found->route), found->eta, found->low,
                                                     found->high, reason.toStdString(), found->plain,
                                                     std::move(found->stops)},
                              guard, answer);
        },
        [roads = m_roads, profiles = m_profiles, facts = m_facts.of(m_bridge.state()), weights = m_weights, assignment,
         at = m_bridge.now()] {
            return dispatch::anotherWay(*facts, *roads, assignment, at, weights, profiles.get());
        });
}

void DispatchQuestions::approve(model::DecisionId decision, QObject* context, DeskBridge::Answer answer) {
    const auto found = m_bridge.state().decisions.find(decision);
    if (m_roads == nullptr || found == m_bridge.state().decisions.end() ||
        !isStale(m_bridge.state(), found->second, m_bridge.now())) {
        m_bridge.DeskBridge::approve(decision, context, std::move(answer)); // as it stands
        return;
    }
    using Found = std::vector<dispatch::LineWay>;
    const auto at = m_bridge.now();
    // Tied to nothing: the word is given, whoever looks at the plan meanwhile.
    m_workers.ask<Found>(
        nullptr,
        [this, decision, at, guard = QPointer<QObject>(context), tied = context != nullptr,
         answer = std::move(answer)](Found ways) {
            desk::JudgeDecision word{decision, true, {}};
            word.waysAt = at;
            for (auto& [resource, way] : ways)
                word.ways.push_back(
                    {resource, std::move(way.route), way.eta, way.low, way.high, way.plain, std::move(way.stops)});
            const bool gone = tied && guard.isNull();
            m_bridge.send(std::move(word), gone ? nullptr : guard.data(), gone ? DeskBridge::Answer() : answer);
        },
        [roads = m_roads, profiles = m_profiles, facts = m_facts.of(m_bridge.state()), weights = m_weights,
         plan = found->second, at] { return dispatch::waysAnew(*facts, *roads, plan, at, weights, profiles.get()); });
}

void DispatchQuestions::nearestResources(model::Position place, std::size_t most, QObject* context,
                                         std::function<void(std::vector<DeskBridge::NearResource>)> answer) {
    if (m_roadsComing) {
        afterRoads(context, [=, this]() mutable { nearestResources(place, most, context, std::move(answer)); });
        return;
    }
    m_workers.ask<std::vector<DeskBridge::NearResource>>(
        context, std::move(answer),
        [roads = m_roads, facts = m_facts.of(m_bridge.state()), place, most, at = m_bridge.now()] {
            std::vector<DeskBridge::NearResource> near;
            for (const auto& one : dispatch::nearestResources(*facts, roads.get(), place, most, at))
                near.push_back({one.resource, one.eta, one.distance});
            return near;
        });
}

void DispatchQuestions::roadTimes(std::vector<model::ResourceId> sources, std::vector<model::Position> places,
                                  QObject* context, std::function<void(DeskBridge::RoadTimes)> answer) {
    if (m_roadsComing) {
        afterRoads(context, [=, this]() mutable {
            roadTimes(std::move(sources), std::move(places), context, std::move(answer));
        });
        return;
    }
    m_workers.ask<DeskBridge::RoadTimes>(
        context, std::move(answer),
        [roads = m_roads, profiles = m_profiles, facts = m_facts.of(m_bridge.state()), sources = std::move(sources),
         places = std::move(places), at = m_bridge.now()] {
            return roads == nullptr ? DeskBridge::RoadTimes()
                                    : dispatch::roadTimes(*facts, roads.get(), profiles.get(), sources, places, at)
                                          .value_or(DeskBridge::RoadTimes());
        });
}

void DispatchQuestions::reachAround(std::vector<model::Position> places, route::ReachDirection direction,
                                    base::Seconds most, QObject* context,
                                    std::function<void(DeskBridge::Reached)> answer) {
    if (m_roadsComing) {
        afterRoads(context, [=, this]() mutable {
            reachAround(std::move(places), direction, most, context, std::move(answer));
        });
        return;
    }
    m_workers.ask<DeskBridge::Reached>(context, std::move(answer),
                                       [roads = m_roads, facts = m_facts.of(m_bridge.state()), at = m_bridge.now(),
                                        places = std::move(places), direction, most]() -> DeskBridge::Reached {
                                           std::vector<route::ReachedRoad> reached;
                                           if (roads != nullptr) {
                                               const auto open = dispatch::openRoads(*roads, *facts, at);
                                               reached = open->reachAround(places, direction, most);
                                           }
                                           return std::make_shared<const std::vector<route::ReachedRoad>>(
                                               std::move(reached));
                                       });
}

dispatch::Question DispatchQuestions::questionAbout(model::IncidentId incident, const model::State& facts) const {
    dispatch::Question asked;
    asked.now = m_bridge.now();
    asked.focus = incident;
    asked.actor = m_bridge.actor().toStdString();
    asked.weights = m_weights;
    asked.conditions = dispatch::conditionsAt(facts, asked.now);
    return asked;
}

/// What a person asks who makes a plan by hand: once the roads are there, on a worker.
template <typename Value, typename Ask>
void DispatchQuestions::askByHand(model::IncidentId incident, QObject* context, std::function<void(Value)> answer,
                                  Ask ask) {
    if (m_roadsComing) {
        afterRoads(context,
                   [=, this]() mutable { askByHand<Value>(incident, context, std::move(answer), std::move(ask)); });
        return;
    }
    const auto facts = m_facts.of(m_bridge.state());
    auto asked = questionAbout(incident, *facts);
    m_workers.ask<Value>(context, std::move(answer),
                         [roads = m_roads, profiles = m_profiles, facts, ask = std::move(ask),
                          waiting = model::waitingPlans(m_bridge.state().decisions), asked = std::move(asked)] {
                             const auto bound = withWaiting(*facts, waiting);
                             auto question = asked;
                             question.state = bound ? bound.get() : facts.get();
                             question.roads = roads.get();
                             question.profiles = profiles.get();
                             return ask(question);
                         });
}

void DispatchQuestions::takeRoads(std::shared_ptr<const route::RoadGraph> roads) {
    m_roads = std::move(roads);
    m_roadsComing = false;
    for (const auto& question : std::exchange(m_afterRoads, {}))
        question();
}

/// Asks when the roads are there, unless who asks is gone by then.
void DispatchQuestions::afterRoads(QObject* context, std::function<void()> question) {
    const bool tied = context != nullptr;
    m_afterRoads.push_back([tied, guard = QPointer<QObject>(context), question = std::move(question)] {
        if (!tied || !guard.isNull())
            question();
    });
}

} // namespace tocsin::gui
