#include "tocsin/desk/plans.hpp"

#include "tocsin/base/toml.hpp"

namespace tocsin::desk {

namespace {

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

void readNeeds(base::TomlReader& in, model::Plan& plan) {
    for (const auto* table : in.tables("needs")) {
        base::TomlReader entry(*table, "a need");
        model::Need need;
        need.capability = entry.needText("capability");
        need.level = wholeNumber(entry, "level", 1, 3);
        need.quantity = wholeNumber(entry, "quantity", 1, 999);
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
    return milder != nullptr ? milder : gravest;
}

} // namespace tocsin::desk
