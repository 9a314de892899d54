#include "detect/scene.hpp"

#include <algorithm>
#include <random>

// What is kept up reading by reading must be what one gets by looking at all readings again.

namespace tocsin::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

using Readings = std::vector<model::ReadingSeen>;

/// A walk with steps, gaps and repeated times.
Readings stream(std::mt19937& random, std::size_t count, double meanSeconds) {
    Readings readings;
    std::exponential_distribution<double> gap(1 / meanSeconds);
    std::normal_distribution<double> step(0, 1);
    base::Time time = start;
    double value = 5;
    for (std::size_t i = 0; i < count; ++i) {
        const double wait = random() % 50 == 0 ? meanSeconds * 40 : (random() % 20 == 0 ? 0 : gap(random));
        time += base::Duration(std::llround(wait * 1e6));
        value = std::clamp(value + step(random), -5.0, 20.0);
        readings.push_back({time, value});
    }
    return readings;
}

/// Raised or not after each reading, by a rule that is given all readings up to it.
template <typename Judge>
void compare(Player& p, const Readings& readings, Judge judge) {
    bool raised = false;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        std::vector<Conclusion> out;
        p.detector.take(model::SensorId("s"), readings[i].time, readings[i].value, out);
        const bool before = raised;
        raised = judge(std::span(readings.data(), i + 1), before);
        const std::string words = raised == before ? "" : (raised ? "raise r" : "return r");
        ASSERT_EQ(wordsOf(out), words) << "reading " << i << ", minute " << minutesOf(readings[i].time);
    }
}

TEST(Incremental, rateIsAsByAllReadings) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        std::mt19937 random(seed);
        const double change = (seed % 2 == 0 ? 1 : -1) * (3.0 + seed % 5);
        const minutes within{10 + 10 * (seed % 4)};
        Player p({ruleOf("r", Rate{change, within})});
        compare(p, stream(random, 800, 60), [&](std::span<const model::ReadingSeen> seen, bool raised) {
            double most = 0;
            for (const auto& old : seen)
                if (old.time >= seen.back().time - within)
                    most = std::max(most, (seen.back().value - old.value) * (change > 0 ? 1 : -1));
            return raised ? most >= std::abs(change) / 2 : most >= std::abs(change);
        });
    }
}

TEST(Incremental, accumulatedRateIsAsByAllReadings) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        const hours over{1 + 2 * (seed % 4)};
        const auto step = std::max<base::Duration>(minutes(1), base::Duration(over) / 360);
        Player p({ruleOf("r", Accumulated{3.0 * static_cast<double>(over.count()), over})},
                 {sensorOf("s", model::SensorKind::rain, "mm/h")});
        const auto count = (base::Duration(over) + step - base::Duration{1}) / step;
        compare(p, stream(random, 800, 90), [&](std::span<const model::ReadingSeen> seen, bool raised) {
            // The window moves on in steps: its begin is that of a step.
            const base::Time begin{step * (seen.back().time.time_since_epoch() / step - count + 1)};
            double sum = 0;
            for (std::size_t i = 1; i < seen.size(); ++i) {
                if (seen[i].time - seen[i - 1].time > minutes(30))
                    continue;
                const auto from = std::max(begin, seen[i - 1].time);
                const double hoursLong = std::chrono::duration<double>(seen[i].time - from).count() / 3'600;
                if (hoursLong > 0)
                    sum += hoursLong * (std::max(0.0, seen[i].value) + std::max(0.0, seen[i - 1].value)) / 2;
            }
            const double limit = 3.0 * static_cast<double>(over.count());
            return raised ? sum >= 0.9 * limit : sum >= limit;
        });
    }
}

TEST(Incremental, severalIsAsByAllReadings) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        std::mt19937 random(seed);
        const std::size_t n = 3 + seed % 6;
        const Several condition{static_cast<int>(2 + seed % 3), minutes{1 + seed % 7}, {seed % 2 == 0, 6, 2}};
        std::vector<std::string> names;
        std::vector<Readings> streams;
        std::vector<std::tuple<base::Time, std::size_t, double>> all;
        for (std::size_t i = 0; i < n; ++i) {
            names.push_back("s" + std::to_string(i));
            for (const auto& reading : stream(random, 300, 90))
                all.emplace_back(reading.time, i, reading.value);
        }
        std::sort(all.begin(), all.end());
        // Not quite in the order of time over sensors: clocks differ.
        for (std::size_t i = 0; i + 1 < all.size(); i += 3)
            std::swap(all[i], all[i + 1]);
        Player p({ruleOf("r", condition, names)});
        struct Last {
            base::Time time{base::Time::min()};
            bool over{false};
        };
        std::vector<Last> last(n);
        bool raised = false;
        for (const auto& [time, sensor, value] : all) {
            std::vector<Conclusion> out;
            p.detector.take(model::SensorId(names[sensor]), time, value, out);
            std::erase_if(out, [](const Conclusion& c) { return c.what == Conclusion::What::update; });
            if (time < last[sensor].time) {
                ASSERT_TRUE(out.empty());
                continue;
            }
            const double v = condition.each.above ? value : -value;
            const double limit = condition.each.above ? 6 : -6;
            last[sensor] = {time, v >= limit || (last[sensor].over && v > limit - 2)};
            base::Time newest = base::Time::min();
            for (const Last& each : last)
                newest = each.over ? std::max(newest, each.time) : newest;
            const auto count = std::count_if(last.begin(), last.end(), [&](const Last& each) {
                return each.over && each.time >= newest - condition.within;
            });
            const bool now = count >= condition.k;
            ASSERT_EQ(wordsOf(out), now == raised ? "" : (now ? "raise r" : "return r")) << minutesOf(time);
            if (now && !raised) {
                ASSERT_EQ(out[0].sensors.size(), static_cast<std::size_t>(count));
            }
            raised = now;
        }
    }
}

std::vector<Rule> everyKind() {
    Implausible implausible;
    implausible.jump = 3.5;
    return {ruleOf("threshold", Threshold{true, 9, 1, minutes(4)}),
            ruleOf("count", Threshold{false, 0, 1, minutes(0), 3}),
            ruleOf("rate", Rate{6, minutes(20)}),
            ruleOf("crossing", Crossing{true, 12, minutes(40), minutes(30)}),
            ruleOf("sum", Accumulated{12, hours(1)}),
            ruleOf("stuck", Stuck{minutes(5), 0}),
            ruleOf("implausible", implausible),
            ruleOf("several", Several{2, minutes(5), {true, 8, 1}}, {"s", "t"})};
}

/// A hundred readings a second for hours: beyond its bound a window is coarse, but by a part of its length only.
TEST(Incremental, aFloodOfReadingsIsLookedAtCoarselyAndRightly) {
    Player rate({ruleOf("r", Rate{1, hours(1)})});
    Player crossing({ruleOf("r", Crossing{true, 10, hours(2), hours(1)})});
    Player sum({ruleOf("r", Accumulated{5, hours(1)})}, {sensorOf("s", model::SensorKind::rain, "mm/h")});
    double rateAt = -1;
    double sumAt = -1;
    double reaches = -1;
    for (int i = 0; i < 400'000; ++i) {
        const double minute = i / 4'000.0;
        const double level = 4 + minute * 0.02; // 1.2 in an hour, 10 at minute 300
        if (rate.take(minute, level) == "raise r")
            rateAt = minute;
        if (crossing.take(minute, level) == "raise r")
            reaches = minutesOf(crossing.last[0].forecast->reaches);
        if (sum.take(minute, level + 2) == "raise r" && sumAt < 0)
            sumAt = minute;
    }
    EXPECT_NEAR(rateAt, 50, 0.1);
    EXPECT_EQ(reaches, -1) << "300 minutes is beyond the horizon until minute 180";
    EXPECT_NEAR(sumAt, 46.4, 0.2); // ∫(6 + 0.02 t)/60 dt = 5
}

/// As a desk starts again: reads each sensor's past back as far as memoryOf() says, assumes what stood, and goes on.
TEST(Restart, goesOnAsIfNothingHadHappened) {
    const auto sensors =
        std::vector{sensorOf("s", model::SensorKind::rain, "mm/h"), sensorOf("t", model::SensorKind::rain, "mm/h")};
    for (unsigned seed = 0; seed < 30; ++seed) {
        std::mt19937 random(seed);
        std::map<std::string, Readings> past{{"s", stream(random, 600, 40)}, {"t", stream(random, 600, 40)}};
        std::vector<std::tuple<base::Time, std::string, double>> all;
        for (const auto& [id, readings] : past)
            for (const auto& reading : readings)
                all.emplace_back(reading.time, id, reading.value);
        std::sort(all.begin(), all.end());
        for (auto& [time, id, value] : all)
            value = std::round(value);
        Player whole(everyKind(), sensors);
        const std::size_t cut = 300 + random() % 600;
        std::vector<Conclusion> out;
        for (std::size_t i = 0; i < cut; ++i)
            whole.detector.take(model::SensorId(std::get<1>(all[i])), std::get<0>(all[i]), std::get<2>(all[i]), out);
        Player again(everyKind(), sensors);
        for (const auto& [id, readings] : past) {
            const base::Time newest = std::get<0>(all[cut - 1]);
            const auto from = newest - again.detector.memoryOf(model::SensorId(id)) - minutes(1);
            for (std::size_t i = 0; i < cut; ++i) {
                if (std::get<1>(all[i]) == id && std::get<0>(all[i]) >= from)
                    again.detector.take(model::SensorId(id), std::get<0>(all[i]), std::get<2>(all[i]), out);
            }
        }
        for (const Rule& rule : whole.detector.rules()) {
            for (const char* id : {"s", "t", ""}) {
                const Standing asked{rule.id, model::SensorId(id), *id == 0 ? "area:" + rule.id : ""};
                const auto stood = whole.detector.standing();
                again.detector.assume(rule.id, model::SensorId(id),
                                      std::find(stood.begin(), stood.end(), asked) != stood.end());
            }
        }
        ASSERT_EQ(again.detector.standing(), whole.detector.standing());
        for (std::size_t i = cut; i < all.size(); ++i) {
            std::vector<Conclusion> a;
            std::vector<Conclusion> b;
            whole.detector.take(model::SensorId(std::get<1>(all[i])), std::get<0>(all[i]), std::get<2>(all[i]), a);
            again.detector.take(model::SensorId(std::get<1>(all[i])), std::get<0>(all[i]), std::get<2>(all[i]), b);
            const auto drop = [](std::vector<Conclusion>& list) {
                std::erase_if(list, [](const Conclusion& c) { return c.what == Conclusion::What::update; });
            };
            drop(a);
            drop(b);
            ASSERT_EQ(wordsOf(b), wordsOf(a)) << "seed " << seed << ", reading " << i << " after " << cut;
        }
    }
}

TEST(SetRules, keepsWhatDidNotChangeAndSaysWhatIsGone) {
    Player p({ruleOf("level", Threshold{true, 5, 1}), ruleOf("rate", Rate{2, minutes(10)}),
              ruleOf("soon", Threshold{true, 5, 0, minutes(10)}), ruleOf("gone", Threshold{true, 4}),
              ruleOf("off", Threshold{true, 4}), ruleOf("all", Several{1, minutes(5), {true, 5}})});
    EXPECT_EQ(p.take(0, 3), "");
    EXPECT_EQ(p.take(1, 6), "raise level; raise rate; raise gone; raise off; raise all");
    Rule off = ruleOf("off", Threshold{true, 4});
    off.enabled = false;
    Rule level = ruleOf("level", Threshold{true, 5.5, 1});
    Rule soon = ruleOf("soon", Threshold{true, 5, 0, minutes(10)});
    soon.title = "another title";
    const auto gone = p.detector.setRules({soon, off, level, ruleOf("rate", Rate{2, minutes(10)}),
                                           ruleOf("new", Threshold{true, 6}), ruleOf("all", Stuck{hours(1)})});
    EXPECT_EQ(gone,
              (std::vector<Standing>{
                  {"all", {}, "area:all"}, {"gone", model::SensorId("s"), ""}, {"off", model::SensorId("s"), ""}}));
    EXPECT_EQ(p.detector.standing(),
              (std::vector<Standing>{{"level", model::SensorId("s"), ""}, {"rate", model::SensorId("s"), ""}}));
    ASSERT_NE(p.detector.ruleOf("soon"), nullptr);
    EXPECT_EQ(p.detector.ruleOf("soon")->title.text, "another title");
    EXPECT_EQ(p.detector.ruleOf("gone"), nullptr);
    EXPECT_EQ(p.take(10, 6), "raise new");               // the rise of 3 is within ten minutes still
    EXPECT_EQ(p.take(11, 6), "raise soon; return rate"); // the delay ran on
    EXPECT_EQ(p.take(12, 4), "return soon; return level; return new");
}

TEST(SetRules, ofTogetherKeepsItsParts) {
    const auto both = ruleOf("both", Together{{"a", "b"}, hours(1), std::nullopt}, {});
    const auto a = ruleOf("a", Threshold{true, 1}, {"a"});
    const auto b = ruleOf("b", Threshold{true, 1}, {"b"});
    Player p({a, b, both});
    EXPECT_EQ(p.take(0, 2, "a"), "raise a");
    EXPECT_EQ(p.take(1, 0, "a"), "return a");
    EXPECT_TRUE(p.detector.setRules({both, b, a}).empty());
    EXPECT_EQ(p.take(2, 2, "b"), "raise b; raise both");
    EXPECT_EQ(p.detector.standing().size(), 2U);
    const auto gone = p.detector.setRules({b, a});
    EXPECT_EQ(gone, (std::vector<Standing>{{"both", {}, "area:both"}}));
}

} // namespace
} // namespace tocsin::detect
