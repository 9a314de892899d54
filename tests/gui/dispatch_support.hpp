#pragma once

#include "gui/panels_support.hpp"

namespace tocsin::gui::test {

/// The drawings' county with people sent, late and waited for.
class DispatchTest : public PanelTest {
  protected:
    [[nodiscard]] model::State& state() { return desk.scene().state; }
    [[nodiscard]] model::Assignment& assignment(unsigned n) { return state().assignments.at(id<model::AssignmentId>(n)); }
    [[nodiscard]] model::Resource& resource(unsigned n) { return state().resources.at(id<model::ResourceId>(n)); }
    [[nodiscard]] base::Time now() const { return desk.now(); }

    model::Decision& addDecision(unsigned n, model::DecisionState decisionState) {
        model::Decision d;
        d.id = id<model::DecisionId>(n);
        d.incident = id<model::IncidentId>(1);
        d.state = decisionState;
        d.at = now() - std::chrono::minutes(20 - static_cast<int>(n));
        d.factsAt = d.at;
        d.by = "M. Keller";
        model::DecisionLine line;
        line.resource = id<model::ResourceId>(1);
        line.need = {"dyke-defence", 2, 2};
        line.eta = base::Seconds(380);
        line.etaLow = base::Seconds(300);
        line.etaHigh = base::Seconds(500);
        d.lines.push_back(line);
        model::DecisionChoice other;
        other.resource = id<model::ResourceId>(3);
        other.need = {"dyke-defence", 2, 2};
        other.eta = base::Seconds(700);
        other.costs = base::Seconds(320);
        other.obstacle = "busy";
        d.others.push_back(other);
        model::DecisionGap gap;
        gap.need = {"water-rescue", 1, 1};
        gap.missing = 1;
        gap.reason = "all-busy";
        d.unmet.push_back(gap);
        d.peopleCoveredBefore = 31000;
        d.peopleCoveredAfter = 27500;
        return state().decisions[d.id] = std::move(d);
    }

    model::CallDown& addCallDown(unsigned n) {
        model::CallDown list;
        list.id = id<model::CallDownId>(n);
        list.title = "Duty hydrologist";
        list.people = {{"R. Frick", "+423 111", "hydrologist", now() - std::chrono::seconds(60), {}, {}},
                       {"S. Ott", "+423 222", "deputy", {}, {}, {}}};
        list.every = base::Seconds(180);
        list.startedAt = now() - std::chrono::seconds(60);
        list.startedBy = "M. Keller";
        list.nextAt = now() + std::chrono::seconds(120);
        return state().callDowns[list.id] = std::move(list);
    }

    /// A person with ten minutes, then whoever is on duty with the first team.
    model::CallList& addCallList(unsigned n) {
        model::CallList list;
        list.id = id<model::CallListId>(n);
        list.name = "Flood";
        list.steps = {{"R. Frick", "+423 111", "hydrologist", {}, base::Seconds(600)}, {"", "", "", id<model::ResourceId>(1), base::Seconds(120)}};
        list.changedAt = now();
        list.changedBy = "M. Keller";
        return state().callLists[list.id] = std::move(list);
    }

    /// A need for sandbags beyond what the store has, and who could lend.
    void addShortage() {
        model::Need bags;
        bags.kind = model::NeedKind::supply;
        bags.quantity = 0;
        bags.supply = "3010100";
        bags.amount = 2500;
        bags.unit = "pcs";
        bags.within = base::Seconds(7200);
        state().incidents.at(id<model::IncidentId>(1)).needs.push_back(bags);
        model::Resource works;
        works.id = id<model::ResourceId>(40);
        works.kind = model::ResourceKind::enterprise;
        works.name = both("Müller gravel works", "穆勒砂石厂");
        works.position = model::Position::trusted(47.2, 9.52);
        works.offers = {{"3010100", both("Sandbags", "沙袋"), 5000, "pcs", 1000, base::Seconds(3 * 3600)}};
        state().resources[works.id] = works;
    }

    /// A second store of sandbags.
    model::Resource& addStore(unsigned n, double sandbags, double latitude) {
        model::Resource store;
        store.id = id<model::ResourceId>(n);
        store.kind = model::ResourceKind::warehouse;
        store.name = {"Store " + std::to_string(n)};
        store.position = model::Position::trusted(latitude, 9.517);
        store.stock = {{"3010100", both("Sandbags", "沙袋"), sandbags, "pcs"}};
        return state().resources[store.id] = std::move(store);
    }

    model::AidRequest& addAid(unsigned n, model::AidState aidState) {
        model::AidRequest request;
        request.id = id<model::AidRequestId>(n);
        request.number = "2026-0147/A" + std::to_string(n);
        request.incident = id<model::IncidentId>(1);
        request.partner = id<model::ResourceId>(40);
        request.items = {{"3010100", both("Sandbags", "沙袋"), 950, "pcs"}};
        request.state = aidState;
        request.by = "M. Keller";
        request.draftedAt = request.changedAt = now() - std::chrono::minutes(5);
        return state().aidRequests[request.id] = std::move(request);
    }
};

} // namespace tocsin::gui::test
