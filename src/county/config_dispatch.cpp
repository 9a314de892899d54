#include "county/config_section.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::county::settings {

namespace {

/// What the recommendation weighs; what is not named keeps the planner's own value.
void readWeights(const toml::node& node, std::map<std::string, double>& weights) {
    const Section section(node, "dispatch.weights");
    section.only({"grade_1", "grade_2", "grade_3", "grade_4", "late", "skill_excess", "one_person", "change", "stale_position",
                  "near_crew_limit", "cover_per_person", "another_vehicle", "another_shelter", "capabilities_at_once",
                  "too_late", "loading", "useless_after"});
    for (const char* key : {"grade_1", "grade_2", "grade_3", "grade_4", "late", "skill_excess", "one_person", "stale_position",
                            "near_crew_limit", "cover_per_person", "another_vehicle", "another_shelter"}) {
        if (section.find(key) != nullptr)
            section.read(key, weights[key], 0, 1e6);
    }
    if (section.find("change") != nullptr)
        section.read("change", weights["change"], -1, 1e6);
    if (int together = 1; section.find("capabilities_at_once") != nullptr) {
        section.read("capabilities_at_once", together, 1, 4);
        weights["capabilities_at_once"] = together;
    }
    for (const char* key : {"too_late", "loading", "useless_after"}) {
        base::Duration time{0};
        if (section.find(key) == nullptr)
            continue;
        section.read(key, time, base::Duration{0});
        weights[key] = std::min(1e6, std::chrono::duration<double>(time).count());
    }
}

} // namespace

void readDispatch(const toml::node& node, DispatchWord& dispatch) {
    const Section section(node, "dispatch");
    section.only({"weights", "approval_from", "approve_within", "accept_within", "depart_within", "roll_call", "grace", "crew_hours", "claim", "cover_within",
                  "cover_capabilities", "language"});
    std::string grade;
    section.read("approval_from", grade);
    if (!grade.empty()) {
        dispatch.approvalFrom = model::gradeFrom(grade);
        if (!dispatch.approvalFrom)
            fault(*section.find("approval_from"), "dispatch.approval_from must be I, II, III or IV");
    }
    section.read("language", dispatch.language);
    if (!dispatch.language.empty() && dispatch.language != "en" && dispatch.language != "zh_CN")
        fault(*section.find("language"), "dispatch.language must be en or zh_CN");
    constexpr auto least = std::chrono::seconds(30);
    section.read("approve_within", dispatch.approveWithin, least);
    section.read("accept_within", dispatch.acceptWithin, least);
    section.read("depart_within", dispatch.departWithin, least);
    section.read("roll_call", dispatch.rollCall, least);
    section.read("grace", dispatch.grace, base::Duration{0});
    section.read("crew_hours", dispatch.crewHours, 1, 24);
    section.read("claim", dispatch.claim, least);
    section.read("cover_within", dispatch.coverWithin, least);
    section.read("cover_capabilities", dispatch.coverCapabilities);
    const auto& codes = dispatch.coverCapabilities;
    if (std::find(codes.begin(), codes.end(), std::string()) != codes.end())
        fault(*section.find("cover_capabilities"), "dispatch.cover_capabilities has an empty code");
    if (const auto* weights = section.find("weights"))
        readWeights(*weights, dispatch.weights);
}

void readAlarms(const toml::node& node, std::map<std::string, OwnAlarmWord>& own) {
    const Section alarms(node, "alarms");
    alarms.only({"own"});
    const auto* table = alarms.find("own");
    if (table == nullptr)
        return;
    if (!table->is_table())
        fault(*table, "alarms.own must be a table");
    for (const auto& [key, entry] : *table->as_table()) {
        const std::string rule(key.str());
        const Section section(entry, "alarms.own." + rule);
        section.only({"escalate_after", "tell", "flapping"});
        auto& word = own[rule];
        if (section.find("escalate_after") != nullptr)
            section.read("escalate_after", word.escalateAfter.emplace(), base::Duration{0});
        if (section.find("tell") != nullptr)
            section.read("tell", word.tell.emplace());
        if (const auto* flapping = section.find("flapping")) {
            const Section damped(*flapping, section.path("flapping"));
            damped.only({"count", "within"});
            damped.read("count", word.flapCount.emplace(5), 0, 1000);
            if (damped.find("within") != nullptr)
                damped.read("within", word.flapWithin.emplace(), base::Duration{0});
        }
    }
}

} // namespace tocsin::county::settings
