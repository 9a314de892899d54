#pragma once

#include "desk/desk_fixture.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace tocsin::test {

/// An incident, and whom a plan may send to it.
class PlanTest : public DeskFixture {
  protected:
    model::IncidentId incident;
    model::Resource first;
    model::Resource second;
    model::Resource truck;
    model::Resource depot;
    model::Resource hall;

    void SetUp() override {
        start();
        must(desk::NameCounty{"Testshire", false});
        must(desk::StartShift{"M. Keller", "A. Frick", std::nullopt});
        first = team("First");
        second = team("Second");
        truck = team("Truck", "transport");
        truck.kind = model::ResourceKind::vehicle;
        truck.vehicle.emplace();
        truck.vehicle->loadKilograms = 1000;
        depot = team("Depot");
        depot.kind = model::ResourceKind::warehouse;
        depot.capabilities.clear();
        depot.stock = {{"3010101", "Sandbag", 500, "piece"}};
        depot.stock[0].kilograms = 10;
        hall = team("Hall");
        hall.kind = model::ResourceKind::shelter;
        hall.capabilities.clear();
        hall.capacity = 100;
        hall.occupied = 20;
        must(desk::RegisterResources{{first, second, truck, depot, hall}});
        incident = openIncident();
    }
    model::Resource now(const model::Resource& one) { return desk->snapshot().state.resources.at(one.id); }
    static model::DecisionLine line(const model::Resource& who) {
        model::DecisionLine out;
        out.resource = who.id;
        out.need.capability = "dyke-defence";
        out.eta = base::Seconds(300);
        out.etaLow = base::Seconds(240);
        out.etaHigh = base::Seconds(420);
        return out;
    }
    model::DecisionLine loadOf(double quantity) {
        auto out = line(truck);
        out.purpose = model::Purpose::supply;
        out.need = {};
        out.need.kind = model::NeedKind::supply;
        out.need.supply = "3010101";
        out.load = {{depot.id, "3010101", "Sandbag", quantity, "piece"}};
        return out;
    }
    model::DecisionLine shelterFor(int people) {
        auto out = line(hall);
        out.purpose = model::Purpose::shelter;
        out.need = {};
        out.people = people;
        return out;
    }
    desk::SendPlan plan(std::vector<model::DecisionLine> lines) {
        model::Decision card;
        card.incident = incident;
        card.factsAt = clock.now() - std::chrono::minutes(3);
        card.lines = std::move(lines);
        return {card};
    }
    /// A draft to a partner for sandbags.
    model::AidRequestId askForAid(std::optional<base::Time> neededBy = {}) {
        auto partner = team("Next county");
        partner.kind = model::ResourceKind::partner;
        must(desk::RegisterResources{{partner}});
        model::AidRequest request;
        request.incident = incident;
        request.partner = partner.id;
        request.items = {{"3010101", "Sandbag", 2000, "piece"}};
        request.neededBy = neededBy;
        return *model::AidRequestId::parse(must(desk::PutAidRequest{request}).ids.at(0));
    }
    model::AssignmentId idOf(const desk::Done& done, std::size_t n) {
        return *model::AssignmentId::parse(done.ids.at(n + 1));
    }
    model::Assignment assignment(model::AssignmentId id) { return desk->snapshot().state.assignments.at(id); }
    void advance(model::AssignmentId id, model::AssignmentState to) { must(desk::AdvanceAssignment{id, to}); }
};

} // namespace tocsin::test
