#include "tocsin/desk/plans.hpp"

#include "tocsin/base/toml.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tocsin::desk {

namespace {

constexpr std::string_view otherHazard = "other"; ///< its plans serve what has none of its own
constexpr std::size_t longestListName = 200; ///< as PutCallList takes it
constexpr const char* needRange = "a need is 1 to 999 teams of level 1 to 3";

/// A whole number within limits; absent keys give `fallback`.
int wholeNumber(base::TomlReader& in, std::string_view key, int fallback, int most) {
    const auto value = in.number(key);
    if (!value)
        return fallback;
    const int whole = *value >= 1 && *value <= most ? static_cast<int>(*value) : 0;
    if (whole < 1 || static_cast<double>(whole) != *value)
        in.refuse(key, needRange);
    return whole;
}

/// A need asks for teams (`capability`), for a supply (`supply`, `amount`, `unit`) or for shelter (`shelter`: people).
model::Need readNeed(base::TomlReader& entry, const toml::table& table) {
    model::Need need;
    const bool supply = table.contains("supply");
    const bool shelter = table.contains("shelter");
    if (supply) {
        need.kind = model::NeedKind::supply;
        need.quantity = 0;
        need.supply = entry.needText("supply");
        need.unit = entry.needText("unit");
        const auto amount = entry.number("amount");
        need.amount = amount.value_or(0);
        if (!(need.amount > 0 && need.amount <= 1e9))
            entry.refuse("amount", "'amount' is more than 0 and at most 1,000,000,000");
    } else if (shelter) {
        need.kind = model::NeedKind::shelter;
        const auto people = entry.number("shelter");
        if (!people || !(*people >= 1 && *people <= 10'000'000) || std::floor(*people) != *people)
            entry.refuse("shelter", "'shelter' is 1 to 10,000,000 people");
        else
            need.quantity = static_cast<int>(*people);
    } else {
        need.capability = entry.needText("capability");
        need.level = wholeNumber(entry, "level", 1, 3);
        need.quantity = wholeNumber(entry, "quantity", 1, 999);
    }
    if (const auto within = entry.duration("within")) {
        need.within = base::Seconds(std::chrono::duration<double>(*within).count());
        if (!(need.within.value > 0 && need.within.value <= 30 * 86'400.0))
            entry.refuse("within", "'within' is up to 30 days");
    }
    return need;
}

void readNeeds(base::TomlReader& in, model::Plan& plan) {
    for (const auto* table : in.tables("needs")) {
        base::TomlReader entry(*table, "a need");
        auto need = readNeed(entry, *table);
        if (auto ok = entry.done(); !ok)
            in.take(ok.error());
        plan.needs.push_back(std::move(need));
    }
}

/// An entry of a checklist is a plain text or a table of one text's translations.
void readChecklist(base::TomlReader& in, model::Plan& plan) {
    const auto* node = in.node("checklist");
    if (node == nullptr)
        return;
    const auto* list = node->as_array();
    if (list == nullptr) {
        in.refuse("checklist", "'checklist' is a list of texts");
        return;
    }
    for (const auto& item : *list) {
        toml::table holder;
        holder.insert("step", item);
        base::TomlReader entry(holder, "a step");
        if (auto text = entry.localText("step"))
            plan.checklist.push_back(std::move(*text));
        else
            in.refuse(item, "a step of the checklist is a text or a table of texts");
    }
}

/// The call-down lists that a plan begins, by the names under which the county keeps them: a name or a list of names.
void readCallLists(base::TomlReader& in, model::Plan& plan) {
    const auto* node = in.node("call_lists");
    if (node == nullptr)
        return;
    const auto take = [&](const toml::node& item) {
        const auto name = item.value_exact<std::string>();
        if (!name || name->empty() || name->size() > longestListName)
            return in.refuse(item, "the name of a call-down list is a text of 1 to 200 bytes");
        if (std::find(plan.callLists.begin(), plan.callLists.end(), *name) != plan.callLists.end())
            return in.refuse(item, "the call-down list '" + *name + "' is named twice");
        if (plan.callLists.size() >= model::mostPlanCalls)
            return in.refuse(item, "a plan names at most 10 call-down lists");
        plan.callLists.push_back(*name);
    };
    if (const auto* list = node->as_array(); list != nullptr) {
        for (const auto& item : *list)
            take(item);
    } else {
        take(*node);
    }
}

base::Result<model::Plan> readPlan(const toml::table& table) {
    base::TomlReader in(table, "plan");
    model::Plan plan;
    plan.id = in.needText("id");
    if (!plan.id.empty())
        in.call("plan '" + plan.id + "'");
    plan.hazard = in.needText("hazard");
    if (const auto grade = model::gradeFrom(in.needText("grade")))
        plan.grade = *grade;
    else
        in.refuse("grade", "'grade' must be I, II, III or IV");
    plan.title = in.localText("title").value_or(base::LocalText{});
    readNeeds(in, plan);
    readChecklist(in, plan);
    readCallLists(in, plan);
    if (auto ok = in.done(); !ok)
        return tl::unexpected(ok.error());
    return plan;
}

} // namespace

base::Result<std::vector<model::Plan>> parsePlans(std::string_view text) {
    auto table = base::parseToml(text);
    if (!table)
        return tl::unexpected(table.error());
    base::TomlReader in(*table, "plans");
    std::vector<model::Plan> plans;
    for (const auto* entry : in.tables("plan")) {
        auto plan = readPlan(*entry);
        if (!plan)
            return tl::unexpected(plan.error());
        for (const auto& other : plans) {
            if (other.id == plan->id)
                in.refuse(*entry, "plan '" + plan->id + "' is there twice");
        }
        plans.push_back(std::move(*plan));
    }
    if (auto ok = in.done(); !ok)
        return tl::unexpected(ok.error());
    return plans;
}

const model::Plan* planFor(const std::vector<model::Plan>& plans, std::string_view hazard, model::Grade grade) {
    const model::Plan* milder = nullptr; // the nearest that is less grave than asked
    const model::Plan* gravest = nullptr;
    for (const auto& plan : plans) {
        if (plan.hazard != hazard)
            continue;
        if (plan.grade == grade)
            return &plan;
        if (plan.grade > grade && (milder == nullptr || plan.grade < milder->grade))
            milder = &plan;
        if (gravest == nullptr || plan.grade < gravest->grade)
            gravest = &plan;
    }
    if (gravest == nullptr && hazard != otherHazard)
        return planFor(plans, otherHazard, grade);
    return milder != nullptr ? milder : gravest;
}

std::set<std::string> planIds(const std::vector<model::Plan>& plans) {
    std::set<std::string> out;
    for (const auto& plan : plans)
        out.insert(plan.id);
    return out;
}

} // namespace tocsin::desk
