#pragma once

#include "route/road_map.hpp"
#include "tocsin/dispatch/planner.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace tocsin::dispatch::test {

inline const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + std::chrono::hours{12}};

inline model::Need teams(std::string capability, int level, int quantity, double within = 0) {
    model::Need need;
    need.capability = std::move(capability);
    need.level = level;
    need.quantity = quantity;
    need.within = base::Seconds(within);
    return need;
}
inline model::Need supply(std::string code, double amount) {
    model::Need need;
    need.kind = model::NeedKind::supply;
    need.quantity = 0;
    need.supply = std::move(code);
    need.amount = amount;
    need.unit = "piece";
    return need;
}
inline model::Need shelter(int people) {
    model::Need need;
    need.kind = model::NeedKind::shelter;
    need.quantity = people;
    return need;
}

/// A county with several incidents: what a test says about it and nothing else.
struct Scene {
    model::State state;
    base::SeededIdSource ids{noon};
    std::shared_ptr<const route::RoadGraph> roads;

    explicit Scene(const route::test::RoadMap& map) : roads(map.graph()) {}

    model::IncidentId incident(model::Position place, std::vector<model::Need> needs,
                               model::Grade grade = model::Grade::IV) {
        model::Incident one;
        one.id = ids.make<model::IncidentId>();
        one.number = "2026-" + std::to_string(state.incidents.size() + 1);
        one.position = place;
        one.openedAt = noon;
        one.grade = grade;
        one.needs = std::move(needs);
        state.incidents[one.id] = one;
        return one.id;
    }
    model::Resource& add(const std::string& name, model::Position place, std::vector<model::Capability> capabilities,
                         model::ResourceKind kind = model::ResourceKind::team) {
        model::Resource one;
        one.id = ids.make<model::ResourceId>();
        one.kind = kind;
        one.name = name;
        one.people = 6;
        one.position = one.home = place;
        one.positionTime = noon;
        one.capabilities = std::move(capabilities);
        return state.resources[one.id] = one;
    }
    model::Resource& truck(const std::string& name, model::Position place, double kilograms) {
        model::Resource& one = add(name, place, {}, model::ResourceKind::vehicle);
        one.vehicle = model::VehicleData{};
        one.vehicle->loadKilograms = kilograms;
        return one;
    }
    model::Resource& store(const std::string& name, model::Position place,
                           std::vector<std::tuple<std::string, double, double>> stock) { // code, quantity, kilograms
        model::Resource& one = add(name, place, {}, model::ResourceKind::warehouse);
        for (const auto& [code, quantity, kilograms] : stock) {
            model::Stock item;
            item.code = code;
            item.quantity = quantity;
            item.kilograms = kilograms;
            item.unit = "piece";
            one.stock.push_back(item);
        }
        return one;
    }
    model::Assignment& assign(model::Resource& resource, model::IncidentId incident, const std::string& capability,
                              model::AssignmentState at) {
        model::Assignment one;
        one.id = ids.make<model::AssignmentId>();
        one.incident = incident;
        one.resource = resource.id;
        one.capability = capability;
        one.state = at;
        one.notifiedAt = noon;
        resource.status = model::ResourceStatus::assigned;
        return state.assignments[one.id] = one;
    }
    [[nodiscard]] Question question() const {
        Question question;
        question.state = &state;
        question.roads = roads.get();
        question.now = noon;
        question.withCover = false;
        question.weights.coverPerPerson = 0;
        question.timeLimit = base::Seconds(30);
        return question;
    }
    [[nodiscard]] Answer ask(const Question& question) const {
        auto answer = Planner{}.decide(question);
        EXPECT_TRUE(answer) << answer.error().describe();
        return answer.value_or(Answer{});
    }
    [[nodiscard]] std::string nameOf(model::ResourceId id) const { return state.resources.at(id).name.text; }
    /// Names of those chosen, need by need, each need's after a bar.
    [[nodiscard]] std::string chosen(const Answer& answer) const {
        std::string text;
        bool first = true;
        for (const NeedAnswer& need : answer.needs) {
            text += first ? "" : " | ";
            first = false;
            for (std::size_t i = 0; i < need.chosen.size(); ++i)
                text += (i == 0 ? "" : " ") + nameOf(need.chosen[i].resource);
        }
        return text;
    }
};

} // namespace tocsin::dispatch::test
