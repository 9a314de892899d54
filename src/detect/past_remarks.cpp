#include "tocsin/detect/past.hpp"

#include <algorithm>
#include <array>

namespace tocsin::detect {
namespace {

Remark remark(const Rule& rule, const std::string& english, const std::string& chinese) {
    base::LocalText text(english);
    text.translations["zh_CN"] = chinese;
    return {false, rule.id, {}, std::move(text)};
}

bool names(const Rule& rule, const std::set<std::string>& ids) {
    const auto* together = std::get_if<Together>(&rule.condition);
    return together != nullptr && std::any_of(together->rules.begin(), together->rules.end(),
                                              [&](const auto& id) { return ids.contains(id); });
}

} // namespace

std::optional<Remark> tooOften(const Rule& rule, const Backtest& past) {
    if (past.mostInAMinute > tooOftenAMinute) {
        const auto figure = std::to_string(past.mostInAMinute);
        return remark(rule, "Over the stored past it would have fired up to " + figure + " times in one minute.",
                      "按已存储的历史数据，一分钟内最多会触发 " + figure + " 次。");
    }
    if (past.mostInADay > tooOftenADay) {
        const auto figure = std::to_string(past.mostInADay);
        return remark(rule, "Over the stored past it would have fired up to " + figure + " times in one day.",
                      "按已存储的历史数据，一天内最多会触发 " + figure + " 次。");
    }
    return std::nullopt;
}

std::set<std::string> changedRules(const std::vector<Rule>& before, const std::vector<Rule>& after) {
    std::map<std::string, const Rule*> known;
    for (const Rule& rule : before)
        known[rule.id] = &rule;
    std::set<std::string> changed;
    for (const Rule& rule : after) {
        const auto was = known.find(rule.id);
        if (was == known.end() || !(*was->second == rule))
            changed.insert(rule.id);
        known.erase(rule.id);
    }
    for (const auto& [id, rule] : known) // that are gone
        changed.insert(id);
    for (std::size_t size = 0; size != changed.size();) {
        size = changed.size();
        for (const Rule& rule : after) {
            if (names(rule, changed))
                changed.insert(rule.id);
        }
    }
    std::erase_if(changed, [&](const std::string& id) {
        return std::none_of(after.begin(), after.end(), [&](const Rule& rule) { return rule.id == id; });
    });
    return changed;
}

base::Result<std::vector<Remark>> remarksOnPast(const std::vector<Rule>& rules, const std::set<std::string>& which,
                                                const Past& past, const std::function<bool()>& timeIsUp,
                                                const std::function<void(double)>& progress,
                                                const std::stop_token& stop) {
    // The last day costs little and says most: however long the rest takes, each rule has it looked at first.
    constexpr std::array spans{std::chrono::days(1), std::chrono::days(7)};
    std::vector<const Rule*> open;
    for (const Rule& rule : rules) {
        if (rule.enabled && which.contains(rule.id))
            open.push_back(&rule);
    }
    const auto all = static_cast<double>(spans.size() * std::max<std::size_t>(1, open.size()));
    std::vector<Remark> remarks;
    std::set<std::string> remarked;
    double done = 0;
    for (const auto span : spans) {
        for (const Rule* rule : open) {
            const double before = done++;
            if (remarked.contains(rule->id))
                continue;
            std::stop_source either; // whoever asked may stop it, and so does the time
            const std::stop_callback asked(stop, [&] { either.request_stop(); });
            if (timeIsUp())
                either.request_stop();
            base::Result<Backtest> result;
            if (either.stop_requested()) {
                result = base::fail(base::Code::cancelled, "looking over the past was stopped");
            } else if (isOverMessages(*rule)) {
                result = backtest(*rule, past.messages, past.now - span, past.now);
            } else {
                const auto readings = [&](const model::SensorId& sensor, base::Time after,
                                          std::size_t most) -> base::Result<std::vector<model::ReadingSeen>> {
                    if (timeIsUp())
                        return base::fail(base::Code::cancelled, "looking over the past took too long");
                    return past.readings(sensor, after, most);
                };
                const auto tell = [&](double part) {
                    if (timeIsUp())
                        either.request_stop();
                    if (progress)
                        progress((before + part) / all);
                };
                result = backtest(*rule, rules, past.sensors, past.now - span, past.now, readings, tell,
                                  either.get_token());
            }
            if (!result && (stop.stop_requested() || result.error().code != base::Code::cancelled))
                return tl::unexpected(result.error());
            if (!result) {
                if (span == spans.front())
                    remarks.push_back(remark(*rule, "It was not looked at over the stored past: that takes too long.",
                                             "未能用历史数据试运行：耗时过长。"));
                continue;
            }
            if (auto often = tooOften(*rule, *result)) {
                remarks.push_back(std::move(*often));
                remarked.insert(rule->id);
            }
        }
    }
    return remarks;
}

} // namespace tocsin::detect
