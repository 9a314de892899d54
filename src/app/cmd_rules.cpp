#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/past_readings.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/desk/plans.hpp"
#include "tocsin/store/readings.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::app {

namespace {

constexpr auto longestLook = std::chrono::seconds(60); ///< over the stored past, by `rules check`

std::string sentenceOf(const detect::Remark& remark) {
    return std::string(remark.refuses ? "wrong" : "doubtful") + ": rule '" + remark.rule + "'" +
           (remark.field.empty() ? "" : ", '" + remark.field + "'") + ": " + remark.text.text;
}

base::Result<base::Time> momentOf(const std::string& text, base::Time absent) {
    return text.empty() ? base::Result<base::Time>(absent) : base::parseTime(text);
}

/// Absent where they cannot be read: then no rule is said to name a wrong one.
std::optional<std::set<std::string>> plansOf(const county::CountyFolder& folder) {
    const auto plans = loadPlans(folder);
    return plans ? std::optional(desk::planIds(*plans)) : std::nullopt;
}

int tellBacktest(const detect::Rule& rule, const detect::Backtest& past, const Console& console) {
    for (const auto& firing : past.firings) {
        const auto until = firing.until ? base::formatTime(*firing.until) : std::string("still");
        console.say(base::formatTime(firing.from) + "  " + until + "  " +
                    (firing.what.empty() ? firing.sensor.value + "  " + std::to_string(firing.value) : firing.what.text));
        console.tell({{"sensor", firing.sensor.value},
                      {"what", firing.what.text},
                      {"from", base::formatTime(firing.from)},
                      {"until", firing.until ? nlohmann::json(until) : nlohmann::json()},
                      {"value", firing.value}});
    }
    console.say(std::to_string(past.all) + " times, at most " + std::to_string(past.mostInAMinute) +
                " in a minute, over " + std::to_string(past.readings) +
                (detect::isOverMessages(rule) ? " messages" : " readings"));
    console.tell({{"outcome", "tested"},
                  {"fired", past.all},
                  {"mostInAMinute", past.mostInAMinute},
                  {"readings", past.readings}});
    return Exit::done;
}

} // namespace

int runRulesCheck(const std::filesystem::path& data, const std::string& file, const Console& console) {
    const county::CountyFolder folder{data};
    const auto path = file.empty() ? folder.rules() : std::filesystem::path(file);
    const auto text = county::readText(path);
    if (!text)
        return console.fail(text.error());
    const auto rules = detect::parseRules(*text);
    if (!rules)
        return console.fail({rules.error().code, path.filename().string() + ": " + rules.error().describe(),
                             rules.error().place});
    const auto known = readKnownPast(folder);
    if (!known)
        return console.fail(known.error());
    std::vector<detect::Remark> remarks;
    if (*known)
        remarks = detect::remarksOn(*rules, (*known)->sensors, plansOf(folder));
    const bool wrong = std::any_of(remarks.begin(), remarks.end(), [](const auto& remark) { return remark.refuses; });
    if (*known && !wrong) {
        auto past = lookBack(folder, **known, *rules, detect::changedRules({}, *rules), base::SystemClock{}.now(),
                             longestLook, [&](double part) { console.progress("looking at the stored past", part); }, {});
        console.progressEnd();
        if (!past)
            return console.fail(past.error());
        std::move(past->begin(), past->end(), std::back_inserter(remarks));
    }
    for (const auto& remark : remarks) {
        console.say(sentenceOf(remark));
        console.tell({{"refuses", remark.refuses},
                      {"rule", remark.rule},
                      {"field", remark.field},
                      {"message", remark.text.text}});
    }
    console.say(std::to_string(rules->size()) + " rules, " + (wrong ? "refused" : "in order") +
                (*known ? "" : "; without a county nothing is known of their sensors"));
    console.tell({{"outcome", wrong ? "refused" : "in order"}, {"rules", rules->size()}, {"remarks", remarks.size()}});
    return wrong ? Exit::refused : Exit::done;
}

int runRulesBacktest(const RulesOptions& options, const Console& console) {
    const county::CountyFolder folder{options.data};
    const auto text = county::readText(options.file.empty() ? folder.rules() : std::filesystem::path(options.file));
    if (!text)
        return console.fail(text.error());
    auto rules = detect::parseRules(*text);
    if (!rules)
        return console.fail(rules.error());
    const auto rule = std::find_if(rules->begin(), rules->end(), [&](const auto& one) { return one.id == options.rule; });
    if (rule == rules->end())
        return console.fail({base::Code::notFound, "there is no rule '" + options.rule + "'", {}});
    const auto known = readKnownPast(folder);
    if (!known)
        return console.fail(known.error());
    if (!*known)
        return console.fail({base::Code::notFound, "there is no county in " + options.data.string(), {}});
    auto readings = store::ReadingStore::open(folder.readings(), store::Access::readOnly);
    if (!readings)
        return console.fail(readings.error());
    const auto now = base::SystemClock{}.now();
    const auto to = momentOf(options.to, now);
    const auto from = momentOf(options.from, to.value_or(now) - std::chrono::days(30));
    if (!from || !to)
        return console.fail(from ? to.error() : from.error());
    if (*from >= *to)
        return console.fail({base::Code::outOfRange, "the stretch ends before it begins", {}});
    if (detect::isOverMessages(*rule))
        return tellBacktest(*rule, detect::backtest(*rule, (*known)->messages, *from, *to), console);
    std::vector<detect::Rule> others;
    std::copy_if(rules->begin(), rules->end(), std::back_inserter(others),
                 [&](const auto& one) { return one.id != options.rule; });
    const auto past = detect::backtest(
        *rule, others, (*known)->sensors, *from, *to, PastOfStore(**readings, *to),
        [&](double fraction) { console.progress("testing", fraction); }, {});
    console.progressEnd();
    if (!past)
        return console.fail(past.error());
    return tellBacktest(*rule, *past, console);
}

} // namespace tocsin::app
