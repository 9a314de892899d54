#include "county/osm_turns.hpp"

#include "county/osm_tags.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace tocsin::county {
namespace {

/// "psv;emergency": is one of them free of the rule?
bool leavesUsFree(std::string_view except) {
    static constexpr std::array<std::string_view, 6> us{"emergency", "psv",           "bus",
                                                        "motorcar",  "motor_vehicle", "vehicle"};
    while (!except.empty()) {
        const auto end = std::min(except.find_first_of(";,"), except.size());
        auto word = except.substr(0, end);
        while (word.starts_with(' '))
            word.remove_prefix(1);
        while (word.ends_with(' '))
            word.remove_suffix(1);
        if (std::find(us.begin(), us.end(), word) != us.end())
            return true;
        except.remove_prefix(std::min(end + 1, except.size()));
    }
    return false;
}

bool isConditional(const osmium::TagList& tags) {
    for (const char* key : {"restriction:conditional", "day_on", "hour_on", "day_off", "hour_off"})
        if (!tag(tags, key).empty())
            return true;
    return false;
}

} // namespace

void takeTurnRule(const osmium::Relation& relation, MapFeatures& features) {
    const auto& tags = relation.tags();
    if (!tag(tags, "type").starts_with("restriction"))
        return;
    std::string_view word;
    for (const char* key : {"restriction:emergency", "restriction", "restriction:vehicle", "restriction:motor_vehicle",
                            "restriction:motorcar"})
        if (word = tag(tags, key); !word.empty())
            break;
    if (isConditional(tags) || word.find('@') != std::string_view::npos) {
        ++features.conditionalTurns;
        return;
    }
    if (word.empty() || word == "none" || leavesUsFree(tag(tags, "except")))
        return; // for lorries or bicycles only, or not for us
    TurnRule rule;
    rule.only = word.starts_with("only_");
    rule.back = word.starts_with("no_u_turn");
    bool understood = rule.only || word.starts_with("no_");
    std::size_t viaNodes = 0;
    for (const auto& member : relation.members()) {
        const std::string_view role = member.role();
        const bool way = member.type() == osmium::item_type::way;
        if (role == "from" && way) {
            rule.from.push_back(member.ref());
        } else if (role == "to" && way) {
            rule.to.push_back(member.ref());
        } else if (role == "via" && way) {
            rule.viaWays.push_back(member.ref());
        } else if (role == "via" && member.type() == osmium::item_type::node) {
            rule.viaNode = member.ref();
            ++viaNodes;
        } else if (role == "from" || role == "to" || role == "via") {
            understood = false;
        }
    }
    understood =
        understood && !rule.from.empty() && !rule.to.empty() && (rule.viaWays.empty() ? viaNodes == 1 : viaNodes == 0);
    if (understood)
        features.turnRules.push_back(std::move(rule));
    else
        ++features.skippedTurns;
}

} // namespace tocsin::county
