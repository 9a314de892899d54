#include "tocsin/desk/plans.hpp"

#include "tocsin/base/toml.hpp"

namespace tocsin::desk {

using base::Code;

namespace {

base::Place placeOf(const toml::source_region& source) {
    return {.line = source.begin.line, .column = source.begin.column, .byte = {}};
}

tl::unexpected<base::Error> bad(const toml::node& node, std::string message) {
    return base::fail(Code::malformed, std::move(message), placeOf(node.source()));
}

base::Result<base::LocalText> textOf(const toml::node& node, const char* key) {
    base::LocalText out;
    if (const auto* plain = node.as_string()) {
        out.text = plain->get();
        return out;
    }
    const auto* table = node.as_table();
    if (table == nullptr)
        return bad(node, std::string(key) + " is neither a text nor a table of texts");
    for (const auto& [language, value] : *table) {
        const auto* text = value.as_string();
        if (text == nullptr)
            return bad(value, std::string(key) + " holds something that is not a text");
        if (language.str() == "text")
            out.text = text->get();
        else
            out.translations[std::string(language.str())] = text->get();
    }
    if (out.text.empty())
        return bad(node, std::string(key) + " has no 'text'");
    return out;
}

base::Result<model::Need> needOf(const toml::node& node) {
    const auto* table = node.as_table();
    if (table == nullptr)
        return bad(node, "a need is a table with capability, level and quantity");
    model::Need need;
    need.capability = (*table)["capability"].value_or(std::string{});
    const auto level = (*table)["level"].value_or<std::int64_t>(1);
    const auto quantity = (*table)["quantity"].value_or<std::int64_t>(1);
    if (need.capability.empty())
        return bad(node, "a need has no capability");
    if (level < 1 || level > 3 || quantity < 1 || quantity > 999)
        return bad(node, "a need is 1 to 999 teams of level 1 to 3");
    need.level = static_cast<int>(level);
    need.quantity = static_cast<int>(quantity);
    return need;
}

base::Result<model::Plan> planOf(const toml::node& node) {
    const auto* table = node.as_table();
    if (table == nullptr)
        return bad(node, "a plan is a [[plan]] table");
    model::Plan plan;
    plan.id = (*table)["id"].value_or(std::string{});
    plan.hazard = (*table)["hazard"].value_or(std::string{});
    if (plan.id.empty() || plan.hazard.empty())
        return bad(node, "a plan needs an id and a hazard");
    const auto grade = model::gradeFrom((*table)["grade"].value_or(std::string{}));
    if (!grade)
        return bad(node, "plan '" + plan.id + "' has no grade I, II, III or IV");
    plan.grade = *grade;
    if (const auto* title = table->get("title")) {
        auto text = textOf(*title, "title");
        if (!text)
            return tl::unexpected(text.error());
        plan.title = *text;
    }
    if (const auto* needs = (*table)["needs"].as_array()) {
        for (const auto& item : *needs) {
            auto need = needOf(item);
            if (!need)
                return tl::unexpected(need.error());
            plan.needs.push_back(*need);
        }
    }
    if (const auto* steps = (*table)["checklist"].as_array()) {
        for (const auto& item : *steps) {
            auto text = textOf(item, "checklist");
            if (!text)
                return tl::unexpected(text.error());
            plan.checklist.push_back(*text);
        }
    }
    return plan;
}

} // namespace

base::Result<std::vector<model::Plan>> parsePlans(std::string_view text) {
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& e) {
        return base::fail(Code::malformed, std::string(e.description()), placeOf(e.source()));
    }
    std::vector<model::Plan> plans;
    const auto* list = table["plan"].as_array();
    if (list == nullptr)
        return plans;
    for (const auto& node : *list) {
        auto plan = planOf(node);
        if (!plan)
            return tl::unexpected(plan.error());
        for (const auto& other : plans) {
            if (other.id == plan->id)
                return bad(node, "plan '" + plan->id + "' is there twice");
        }
        plans.push_back(std::move(*plan));
    }
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
