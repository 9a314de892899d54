#include "detect/remarks.hpp"

#include "detect/rule_words.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::detect {

void Remarks::say(bool refuses, std::string_view field, const std::string& english, const std::string& chinese) {
    base::LocalText text(english);
    text.translations["zh_CN"] = chinese;
    list.push_back({refuses, rule->id, std::string(field), std::move(text)});
}

void Remarks::needMore(std::string_view field, base::Duration time, const char* english, const char* chinese) {
    if (time <= base::Duration{0})
        refuse(field, std::string("The ") + english + " must be more than nothing.",
               std::string(chinese) + "必须大于零。");
    else if (time > longestTime)
        refuse(field, std::string("The ") + english + " must not be longer than a year.",
               std::string(chinese) + "不能超过一年。");
}

void Remarks::needFinite(std::string_view field, double number) {
    if (!std::isfinite(number) || std::abs(number) > greatestNumber)
        refuse(field, "This is no number that can be compared.", "该数值无法比较。");
}

namespace {

std::string named(const std::vector<const model::Sensor*>& sensors) {
    std::string text = "'" + sensors.front()->id.value + "'";
    return sensors.size() > 1 ? text + " (+" + std::to_string(sensors.size() - 1) + ")" : text;
}

/// Whether the sensors can measure what is asked, and come back from it.
void judgeRange(Remarks& to, bool above, double threshold, double hysteresis) {
    to.needFinite("threshold", threshold);
    to.needFinite("hysteresis", hysteresis);
    if (hysteresis < 0)
        to.refuse("hysteresis", "The hysteresis must not be negative.", "回差不能为负。");
    if (!std::isfinite(threshold) || !std::isfinite(hysteresis))
        return;
    std::vector<const model::Sensor*> never;
    std::vector<const model::Sensor*> always;
    std::vector<const model::Sensor*> holds;
    for (const model::Sensor* sensor : to.sensors) {
        const auto& farEnd = above ? sensor->highest : sensor->lowest;
        const auto& nearEnd = above ? sensor->lowest : sensor->highest;
        const auto beyond = [above](double a, double b) { return above ? a > b : a < b; };
        const double clear = above ? threshold - hysteresis : threshold + hysteresis;
        if (farEnd && beyond(threshold, *farEnd))
            never.push_back(sensor);
        else if (nearEnd && !beyond(threshold, *nearEnd))
            always.push_back(sensor);
        else if (nearEnd && beyond(*nearEnd, clear))
            holds.push_back(sensor);
    }
    if (!never.empty())
        to.warn("threshold",
                "The threshold lies outside of what sensor " + named(never) + " can measure: it never fires.",
                "阈值超出监测点 " + named(never) + " 的量程，永远不会触发。");
    if (!always.empty())
        to.warn("threshold",
                "The threshold lies outside of what sensor " + named(always) + " can measure: it always stands.",
                "阈值超出监测点 " + named(always) + " 的量程，将一直处于告警。");
    if (!holds.empty())
        to.warn("hysteresis",
                "With this hysteresis the alarm of sensor " + named(holds) +
                    " never ends: no value is low or high enough.",
                "按此回差，监测点 " + named(holds) + " 的告警永远不会恢复。");
}

void judge(Remarks& to, const Threshold& c) {
    judgeRange(to, c.above, c.threshold, c.hysteresis);
    if (c.delay < base::Duration{0})
        to.refuse("delay", "The delay must not be negative.", "延时不能为负。");
    if (c.count < 1)
        to.refuse("count", "At least one reading is needed.", "读数次数至少为 1。");
}

void judge(Remarks& to, const Rate& c) {
    to.needMore("within", c.within, "time of the change", "变化时段");
    to.needFinite("change", c.change);
    if (c.change == 0)
        to.refuse("change", "A change of nothing is always there.", "变化量不能为零。");
}

void judge(Remarks& to, const Unusual& c) {
    to.needFinite("deviations", c.deviations);
    to.needFinite("least", c.least);
    if (!c.above && !c.below)
        to.refuse("side", "It must look above or below what is usual.", "必须选择高于或低于常态。");
    if (c.deviations <= 0 || c.least < 0)
        to.refuse("deviations", "The deviation must be more than nothing.", "偏离倍数必须大于零。");
    if (c.days < 1 || c.days > mostDays)
        to.refuse("days", "Between 1 and 60 days are learned from.", "学习天数应在 1 至 60 之间。");
    if (c.deviations > 0 && c.deviations < 2 && c.least == 0)
        to.warn("deviations", "Under two standard deviations, one reading in twenty is unusual by chance.",
                "低于两倍标准差时，约二十分之一的读数会偶然触发。");
}

void judge(Remarks& to, const Crossing& c) {
    judgeRange(to, c.above, c.threshold, 0);
    to.needMore("horizon", c.horizon, "horizon", "预见期");
    to.needMore("over", c.over, "time that is looked back", "回看时段");
    if (c.over > base::Duration{0} && c.horizon > c.over * 12)
        to.warn("horizon", "The forecast reaches more than twelve times as far as what it is made from.",
                "预见期超过回看时段的十二倍，预测不可靠。");
}

void judge(Remarks& to, const Accumulated& c) {
    to.needMore("over", c.over, "time of the sum", "累计时段");
    to.needFinite("amount", c.amount);
    if (c.amount <= 0)
        to.refuse("amount", "The amount must be more than nothing.", "累计量必须大于零。");
    if (c.over > std::chrono::hours(24 * 7))
        to.warn("over", "A sum over more than seven days is read anew at each start, which takes long.",
                "累计时段超过七天，每次启动都要重新读取，耗时较长。");
    if (c.soil && !to.all.contains(*c.soil))
        to.warn("soil", "There is no sensor '" + c.soil->value + "': the soil counts as dry.",
                "没有监测点“" + c.soil->value + "”，土壤将按干燥处理。");
    else if (c.soil && !to.all.at(*c.soil).retired.empty())
        to.warn("soil", "Sensor '" + c.soil->value + "' is retired: the soil counts as dry.",
                "监测点“" + c.soil->value + "”已注销，土壤将按干燥处理。");
    if (c.soil && c.amountWhenWet <= 0)
        to.refuse("amount_when_wet", "The amount on wet soil must be more than nothing.",
                  "土壤湿润时的累计量必须大于零。");
    else if (c.soil && c.amountWhenWet >= c.amount)
        to.warn("amount_when_wet", "On wet soil less should be enough, not more.", "土壤湿润时的累计量应更小。");
    for (const model::Sensor* sensor : to.sensors) {
        if (sensor->kind == model::SensorKind::rain)
            continue;
        to.warn("sensor", "Sensor '" + sensor->id.value + "' measures no rain: a sum of its values says little.",
                "监测点“" + sensor->id.value + "”不是雨量站，累计其数值意义不大。");
        break;
    }
}

void judge(Remarks& to, const Stuck& c) {
    to.needMore("after", c.after, "time without a change", "不变时长");
    to.needFinite("tolerance", c.tolerance);
    if (c.tolerance < 0)
        to.refuse("tolerance", "The tolerance must not be negative.", "容差不能为负。");
}

void judge(Remarks& to, const Implausible& c) {
    if (!c.lowest && !c.highest && !c.jump)
        return to.refuse("lowest", "It must say what cannot be: a lowest, a highest or a jump.",
                         "必须给出下限、上限或突变量。");
    if (c.lowest && c.highest && *c.lowest >= *c.highest)
        to.refuse("highest", "The highest must be more than the lowest.", "上限必须大于下限。");
    if (c.jump)
        to.needMore("within", c.within, "time of the jump", "突变时段");
    if (c.jump && *c.jump <= 0)
        to.refuse("jump", "The jump must be more than nothing.", "突变量必须大于零。");
    std::vector<const model::Sensor*> never;
    for (const model::Sensor* sensor : to.sensors) {
        const bool low = !c.lowest || (sensor->lowest && *c.lowest <= *sensor->lowest);
        const bool high = !c.highest || (sensor->highest && *c.highest >= *sensor->highest);
        if (!c.jump && low && high)
            never.push_back(sensor);
    }
    if (!never.empty())
        to.warn("highest", "What sensor " + named(never) + " cannot measure is refused already: it never fires.",
                "监测点 " + named(never) + " 量程外的数值已被拒收，该规则不会触发。");
}

void judge(Remarks& to, const Several& c) {
    judgeRange(to, c.each.above, c.each.threshold, c.each.hysteresis);
    if (c.k < 1)
        to.refuse("k", "At least one sensor is needed.", "监测点数量至少为 1。");
    if (c.within < base::Duration{0})
        to.refuse("within", "The time must not be negative.", "时段不能为负。");
    const auto& listed = to.rule->subject.sensors;
    if (!listed.empty() && c.k > static_cast<int>(listed.size()))
        to.refuse("k",
                  "Of " + std::to_string(listed.size()) + " sensors never " + std::to_string(c.k) + " are over it.",
                  "只有 " + std::to_string(listed.size()) + " 个监测点，不可能有 " + std::to_string(c.k) + " 个超限。");
    else if (listed.empty() && !to.sensors.empty() && c.k > static_cast<int>(to.sensors.size()))
        to.warn(
            "k", "Of " + std::to_string(to.sensors.size()) + " sensors never " + std::to_string(c.k) + " are over it.",
            "只有 " + std::to_string(to.sensors.size()) + " 个监测点，不可能有 " + std::to_string(c.k) + " 个超限。");
}

void judge(Remarks& to, const Together& c) {
    if (c.rules.size() < 2)
        to.refuse("rules", "At least two rules must be named.", "至少要列出两条规则。");
    if (c.within < base::Duration{0})
        to.refuse("within", "The time must not be negative.", "时段不能为负。");
    if (c.metres && (!std::isfinite(*c.metres) || *c.metres < 0))
        to.refuse("metres", "The distance must not be negative.", "距离不能为负。");
    for (const std::string& id : c.rules) {
        const auto other = to.byId.find(id);
        if (other == to.byId.end())
            to.refuse("rules", "There is no rule '" + id + "'.", "没有规则“" + id + "”。");
        else if (id == to.rule->id)
            to.refuse("rules", "The rule names itself.", "规则不能引用自身。");
        else if (!other->second->enabled)
            to.warn("rules", "Rule '" + id + "' is switched off: this one never fires.",
                    "规则“" + id + "”已停用，本规则不会触发。");
    }
}

void judge(Remarks& to, const Silent& c) {
    to.needMore("after", c.after, "time of silence", "静默时长");
}

void judge(Remarks& to, const WarningCondition& c) {
    if (c.anywhere && c.severities.empty() && c.certainties.empty() && c.urgencies.empty() && c.categories.empty() &&
        c.events.empty() && !c.colour)
        to.warn("anywhere", "Every warning of any place becomes an alarm.", "任何地方的任何预警都会变成告警。");
}

void judge(Remarks& to, const EarthquakeCondition& c) {
    to.needMore("not_older_than", c.notOlderThan, "greatest age", "最长时效");
    to.needFinite("magnitude", c.magnitude);
    to.needFinite("km", c.km);
    if (c.km < 0)
        to.refuse("km", "The distance must not be negative.", "距离不能为负。");
    if (c.magnitude < 3 && c.km > 500)
        to.warn("magnitude", "So weak and so far there are many earthquakes every day.",
                "如此小而远的地震每天都有很多。");
}

void judgeSubject(Remarks& to) {
    const Rule& rule = *to.rule;
    const auto& subject = rule.subject;
    if (!looksAtSensors(rule.condition)) {
        if (!subject.sensors.empty() || subject.kind || subject.area)
            to.refuse("sensor", "A rule of this kind looks at no sensors of its own.", "此类规则不直接对应监测点。");
        return;
    }
    if (subject.sensors.empty() == !subject.kind.has_value())
        return to.refuse("sensor", "It must look at named sensors, or at a kind of sensors.",
                         "必须指定监测点，或指定一类监测点。");
    for (const auto& id : subject.sensors) {
        const auto found = to.all.find(id);
        if (found == to.all.end())
            to.warn("sensor", "There is no sensor '" + id.value + "'.", "没有监测点“" + id.value + "”。");
        else if (!found->second.retired.empty())
            to.warn("sensor", "Sensor '" + id.value + "' is retired: no alarm comes of it.",
                    "监测点“" + id.value + "”已注销，不会产生告警。");
        else
            to.sensors.push_back(&found->second);
    }
    for (const auto& [id, sensor] : to.all) {
        if (subject.kind && sensor.kind == *subject.kind && sensor.retired.empty())
            to.sensors.push_back(&sensor);
    }
    if (subject.kind && to.sensors.empty())
        to.warn("kind", "There is no sensor of this kind yet.", "目前没有此类监测点。");
    if (!subject.area)
        return;
    const bool some = !to.sensors.empty();
    std::erase_if(to.sensors, [&](const model::Sensor* sensor) {
        return geo::distance(subject.area->centre, sensor->position).value > subject.area->radiusKm * 1000;
    });
    if (some && to.sensors.empty())
        to.warn("area", "None of the sensors lies in the area.", "区域内没有监测点。");
}

void judgeLife(Remarks& to) {
    const Rule& rule = *to.rule;
    if (rule.title.empty())
        to.refuse("title", "It has no title.", "缺少标题。");
    if (rule.hazard.empty())
        to.refuse("hazard", "It has no hazard.", "缺少灾种。");
    if (rule.escalateAfter < base::Duration{0})
        to.refuse("escalate_after", "The time must not be negative.", "时间不能为负。");
    else if (rule.escalateAfter > base::Duration{0} && rule.escalateAfter < std::chrono::minutes(1))
        to.warn("escalate_after", "It becomes louder before anybody can have read it.",
                "升级时间不足一分钟，来不及阅读。");
    if (rule.flapWithin < base::Duration{0} || (rule.flapWithin > base::Duration{0} && rule.flapCount < 1))
        to.refuse("flapping", "Flapping needs a count and a time.", "抖动判定需要次数和时段。");
    if (!rule.mutes)
        return;
    if (rule.mutes->metres && (!std::isfinite(*rule.mutes->metres) || *rule.mutes->metres < 0))
        to.refuse("mutes", "The distance must not be negative.", "距离不能为负。");
    const Rule* anywhere = nullptr; // over messages, and muted wherever what they tell of is
    for (const std::string& pattern : rule.mutes->rules) {
        bool any = false;
        for (const auto& [id, other] : to.byId) {
            const bool muted = matches(pattern, id) && id != rule.id;
            any = any || muted;
            if (muted && !rule.mutes->metres && usualKind(other->condition) == model::AlarmKind::message)
                anywhere = other;
        }
        if (pattern == rule.id)
            to.refuse("mutes", "The rule mutes itself.", "规则不能抑制自身。");
        else if (!any)
            to.warn("mutes", "No rule is called '" + pattern + "': nothing is muted.",
                    "没有名为“" + pattern + "”的规则，不会抑制任何告警。");
    }
    if (anywhere != nullptr)
        to.warn("mutes",
                "It mutes '" + anywhere->id + "' without a distance: messages about another place or another danger go unseen.",
                "未限定距离即抑制“" + anywhere->id + "”：其他地点、其他灾害的消息将无人看到。");
}

/// A service that changes what it calls a thing does not change what is stored: who writes a limit as they read it there compares bar with hPa.
void judgeUnits(Remarks& to) {
    if (to.rule->subject.kind || std::holds_alternative<Silent>(to.rule->condition))
        return;
    for (const model::Sensor* sensor : to.sensors) {
        if (sensor->sentUnit.empty() || sensor->sentUnit == sensor->unit)
            continue;
        to.warn("sensor",
                "Sensor '" + sensor->id.value + "' is sent in " + sensor->sentUnit + " and kept in " + sensor->unit + ": the rule's numbers are in " +
                    sensor->unit + ".",
                "监测点“" + sensor->id.value + "”以 " + sensor->sentUnit + " 上报、以 " + sensor->unit + " 存储：规则中的数值按 " + sensor->unit + " 计。");
        return;
    }
}

/// Follows `next` from each rule; those that come back to themselves.
std::vector<std::string> circles(const std::map<std::string, const Rule*>& rules,
                                 const std::function<std::vector<std::string>(const Rule&)>& next) {
    enum class Mark : unsigned char { fresh, open, done };
    std::map<std::string, Mark> marks;
    std::vector<std::string> found;
    struct Step {
        std::string id;
        std::vector<std::string> others;
        std::size_t at{0};
    };
    for (const auto& [start, rule] : rules) {
        if (marks[start] != Mark::fresh)
            continue;
        std::vector<Step> way{{start, next(*rule), 0}};
        marks[start] = Mark::open;
        while (!way.empty()) {
            Step& step = way.back();
            if (step.at == step.others.size()) {
                marks[step.id] = Mark::done;
                way.pop_back();
                continue;
            }
            const std::string other = step.others[step.at++];
            const auto known = rules.find(other);
            if (known == rules.end())
                continue;
            if (marks[other] == Mark::open && other != step.id) {
                found.push_back(step.id);
            } else if (marks[other] == Mark::fresh) {
                marks[other] = Mark::open;
                way.push_back({other, next(*known->second), 0});
            }
        }
    }
    return found;
}

} // namespace

bool matches(std::string_view pattern, std::string_view id) {
    return pattern.ends_with('*') ? id.starts_with(pattern.substr(0, pattern.size() - 1)) : pattern == id;
}

std::vector<Remark> remarksOn(const std::vector<Rule>& rules, const std::map<model::SensorId, model::Sensor>& sensors,
                              const std::optional<std::set<std::string>>& plans) {
    std::vector<Remark> list;
    std::map<std::string, const Rule*> byId;
    for (const Rule& rule : rules) {
        const bool isNew = byId.emplace(rule.id, &rule).second;
        Remarks to{list, sensors, byId, &rule, {}};
        if (rule.id.empty())
            to.refuse("id", "It has no id.", "缺少编号。");
        else if (!isNew)
            to.refuse("id", "Another rule has this id already.", "编号与另一条规则重复。");
    }
    for (const Rule& rule : rules) {
        Remarks to{list, sensors, byId, &rule, {}};
        judgeSubject(to);
        std::visit([&](const auto& condition) { judge(to, condition); }, rule.condition);
        judgeUnits(to);
        judgeLife(to);
        if (plans && !rule.plan.empty() && !plans->contains(rule.plan))
            to.warn("plan", "There is no plan '" + rule.plan + "': the one for the hazard and the grade is taken.",
                    "没有名为“" + rule.plan + "”的预案，将采用与灾种和等级对应的预案。");
    }
    for (const std::string& id : circles(byId, [](const Rule& rule) {
             const auto* together = std::get_if<Together>(&rule.condition);
             return together != nullptr ? together->rules : std::vector<std::string>{};
         })) {
        Remarks to{list, sensors, byId, byId.at(id), {}};
        to.refuse("rules", "The rules name each other in a circle.", "规则相互引用，形成循环。");
    }
    for (const std::string& id : circles(byId, [&](const Rule& rule) {
             std::vector<std::string> muted;
             for (const auto& [other, known] : byId) {
                 const auto asked = [&id = other](const std::string& pattern) { return matches(pattern, id); };
                 if (rule.mutes && std::any_of(rule.mutes->rules.begin(), rule.mutes->rules.end(), asked))
                     muted.push_back(other);
             }
             return muted;
         })) {
        Remarks to{list, sensors, byId, byId.at(id), {}};
        to.refuse("mutes", "The rules mute each other in a circle: nobody would see either.",
                  "规则相互抑制，形成循环，告警将无人看到。");
    }
    return list;
}

} // namespace tocsin::detect
