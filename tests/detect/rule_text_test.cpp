#include "detect/scene.hpp"

#include <random>

// Rules as text and back: whatever kind they are of.

namespace tocsin::detect {
namespace {

class Maker {
  public:
    explicit Maker(unsigned seed) : m_random(seed) {}

    Rule rule(int number) {
        Rule rule;
        rule.id = "r" + std::to_string(number) + text();
        rule.enabled = chance();
        rule.condition = condition();
        const bool messages = std::holds_alternative<WarningCondition>(rule.condition) ||
                              std::holds_alternative<EarthquakeCondition>(rule.condition);
        if (!messages && !std::holds_alternative<Together>(rule.condition)) {
            if (chance())
                rule.subject.kind = static_cast<model::SensorKind>(whole(0, 6));
            for (int i = rule.subject.kind ? 0 : whole(1, 4); i > 0; --i)
                rule.subject.sensors.emplace_back("s" + std::to_string(i) + text());
            if (chance())
                rule.subject.area =
                    model::Circle{model::Position::trusted(between(-90, 90), between(-180, 180)), between(0, 500)};
        }
        rule.kind = static_cast<model::AlarmKind>(whole(0, 4));
        rule.severity = static_cast<model::Grade>(whole(1, 4));
        rule.hazardClass = static_cast<model::HazardClass>(whole(0, 3));
        rule.hazard = "h" + text();
        rule.title = words();
        if (chance())
            rule.guidance = words();
        rule.tell = list(0);
        rule.plan = chance() ? "p" + text() : "";
        rule.latching = chance();
        rule.escalateAfter = chance() ? time() : base::Duration{0};
        if (chance()) {
            rule.mutes = Mutes{list(1), {}, chance() ? time() : base::Duration{0}};
            if (chance())
                rule.mutes->metres = between(0, 5'000);
        }
        rule.flapCount = whole(1, 9);
        rule.flapWithin = chance() ? time() : base::Duration{0};
        return rule;
    }

  private:
    int whole(int from, int to) { return std::uniform_int_distribution<int>(from, to)(m_random); }
    bool chance() { return whole(0, 1) == 1; }
    double between(double from, double to) { return std::uniform_real_distribution<double>(from, to)(m_random); }
    /// Whole, short, and with all of their digits; small and large.
    double number() {
        switch (whole(0, 3)) {
        case 0:
            return whole(-100, 100);
        case 1:
            return whole(-1000, 1000) / 10.0;
        case 2:
            return between(-1, 1) * std::pow(10, whole(-12, 14));
        default:
            return between(-10, 10);
        }
    }
    double positive() { return std::abs(number()) + 1e-9; }
    base::Duration time() {
        static constexpr std::array<std::int64_t, 6> units{1,          1'000,         1'000'000,
                                                           60'000'000, 3'600'000'000, 86'400'000'000};
        return base::Duration{units.at(static_cast<std::size_t>(whole(0, 5))) * whole(1, 300)};
    }
    /// What a text may be: quotes, escapes, other scripts, nothing.
    std::string text() {
        static const std::array<std::string, 8> texts{"",          "\"quoted\"", "back\\slash", "莱茵河",
                                                      "a # b = c", "'{x}",       "]]",          "é\u2028"};
        return texts.at(static_cast<std::size_t>(whole(0, 7)));
    }
    base::LocalText words() {
        base::LocalText words("w" + text() + (chance() ? "\nsecond line\t" : ""));
        if (chance())
            words.translations["zh_CN"] = "警" + text();
        if (chance())
            words.translations["de AT"] = text();
        return words;
    }
    std::vector<std::string> list(int least) {
        std::vector<std::string> list;
        for (int i = whole(least, 3); i > 0; --i)
            list.push_back("x" + text());
        return list;
    }
    Threshold threshold() {
        return {chance(), number(), chance() ? positive() : 0, chance() ? time() : base::Duration{0}, whole(1, 9)};
    }
    Condition condition() {
        switch (whole(0, 11)) {
        case 0:
            return threshold();
        case 1:
            return Rate{chance() ? positive() : -positive(), time()};
        case 2:
            return Unusual{true, chance(), between(0.5, 50), chance() ? positive() : 0, whole(1, 60), whole(0, 30)};
        case 3:
            return Crossing{chance(), number(), time(), time(),
                            chance() ? Crossing::Fit::straight : Crossing::Fit::recession};
        case 4: {
            Accumulated c{positive(), time()};
            if (chance()) {
                c.soil = model::SensorId("soil" + text());
                c.wet = number();
                c.amountWhenWet = positive();
            }
            return c;
        }
        case 5:
            return Stuck{time(), chance() ? positive() : 0};
        case 6: {
            Implausible c;
            c.jump = positive();
            if (chance())
                c.lowest = -positive();
            if (chance())
                c.highest = positive();
            c.within = time();
            return c;
        }
        case 7: {
            Several c{whole(1, 100), time(), threshold()};
            c.each.delay = base::Duration{0};
            c.each.count = 1;
            return c;
        }
        case 8: {
            Together c{list(2), chance() ? time() : base::Duration{0}, {}};
            if (chance())
                c.metres = between(0, 9'000);
            return c;
        }
        case 9:
            return Silent{time()};
        case 10: {
            WarningCondition c;
            if (chance())
                c.severities = {"Severe", "Extreme"};
            if (chance())
                c.certainties = {"Likely"};
            if (chance())
                c.urgencies = {"Immediate", "Expected"};
            if (chance())
                c.categories = {"Met", "Geo"};
            c.events = list(0);
            if (chance())
                c.colour = static_cast<model::Grade>(whole(1, 4));
            c.anywhere = chance();
            c.exercises = chance();
            c.leastTrust = static_cast<model::Trust>(whole(0, 2));
            return c;
        }
        default:
            return EarthquakeCondition{between(-3, 12), between(0, 20'000), time(),
                                       static_cast<model::Trust>(whole(0, 2))};
        }
    }

    std::mt19937 m_random;
};

TEST(RuleText, whatIsWrittenIsReadTheSame) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        Maker maker(seed);
        std::vector<Rule> rules;
        for (int i = 0; i < 8; ++i)
            rules.push_back(maker.rule(i));
        const std::string text = toToml(rules);
        const auto read = parseRules(text);
        ASSERT_TRUE(read) << read.error().describe() << "\n" << text;
        ASSERT_EQ(read->size(), rules.size());
        for (std::size_t i = 0; i < rules.size(); ++i)
            ASSERT_EQ(read->at(i), rules[i]) << toToml({rules[i]}) << "became\n" << toToml({read->at(i)});
    }
}

TEST(RuleText, eachKindHasItsWord) {
    EXPECT_EQ(kindOf(Threshold{}), "threshold");
    EXPECT_EQ(kindOf(Crossing{}), "crossing");
    EXPECT_EQ(kindOf(EarthquakeCondition{}), "earthquake");
    EXPECT_EQ(toToml({}), "");
}

struct Fault {
    std::string condition; ///< from line 3 on
    std::uint64_t line;
    std::string says;
};
class ConditionFault : public testing::TestWithParam<Fault> {};

TEST_P(ConditionFault, isNamedWithItsPlace) {
    const std::string text =
        "[[rule]]\nid = \"r\"\n" + GetParam().condition + "\nseverity = \"II\"\nhazard = \"flood\"\ntitle = \"t\"\n";
    const auto rules = parseRules(text);
    ASSERT_FALSE(rules) << text;
    EXPECT_EQ(rules.error().place.line, GetParam().line) << rules.error().describe();
    EXPECT_TRUE(rules.error().place.column);
    EXPECT_NE(rules.error().message.find(GetParam().says), std::string::npos) << rules.error().describe();
}

const std::string one = "sensor = \"s\"\n";
INSTANTIATE_TEST_SUITE_P(
    All, ConditionFault,
    testing::Values(Fault{one + "when = \"wobbly\"", 4, "no condition 'wobbly'"},
                    Fault{one + "when = \"rate\"\nwithin = \"1h\"", 1, "'change' is missing"},
                    Fault{one + "when = \"rate\"\nchange = 0\nwithin = \"1h\"", 5, "must not be 0"},
                    Fault{one + "when = \"rate\"\nchange = 1\nwithin = \"0s\"", 6, "more than nothing"},
                    Fault{one + "when = \"rate\"\nchange = 1\nwithin = \"400d\"", 6, "longer than a year"},
                    Fault{one + "when = \"rate\"\nabove = 4\nchange = 1\nwithin = \"1h\"", 5, "not known here"},
                    Fault{one + "when = \"unusual\"\nside = \"left\"", 5, "'side' must be"},
                    Fault{one + "when = \"unusual\"\ndays = 1.5", 5, "whole number"},
                    Fault{one + "when = \"unusual\"\ndays = 9999", 5, "between 1 and 60"},
                    Fault{one + "when = \"crossing\"\nabove = 3", 1, "'horizon' is missing"},
                    Fault{one + "when = \"crossing\"\nabove = 3\nhorizon = \"3h\"\nfit = \"bent\"", 7, "'fit'"},
                    Fault{one + "when = \"accumulated\"\namount = 5\nover = \"1h\"\nwet = 5", 7, "without 'soil'"},
                    Fault{one + "when = \"accumulated\"\namount = 5\nover = \"1h\"\nsoil = \"x\"", 1, "'wet'"},
                    Fault{one + "when = \"accumulated\"\namount = 0\nover = \"1h\"", 5, "more than 0"},
                    Fault{one + "when = \"stuck\"", 1, "'after' is missing"},
                    Fault{one + "when = \"implausible\"", 2, "one of 'lowest'"},
                    Fault{one + "when = \"implausible\"\nlowest = 3\nhighest = 3", 6, "more than 'lowest'"},
                    Fault{one + "when = \"several\"\nk = 0\nabove = 3", 5, "between 1"},
                    Fault{one + "when = \"together\"\nrules = [\"a\", \"b\"]", 3, "no sensors of its own"},
                    Fault{"when = \"together\"\nrules = [\"a\"]", 4, "at least two"},
                    Fault{"when = \"together\"\nrules = [\"a\", 7]", 4, "list of texts"},
                    Fault{"when = \"together\"\nrules = \"a\"", 4, "list of texts"},
                    Fault{"when = \"warning\"\nseverities = [\"Severe\", \"Bad\"]", 4, "CAP knows no 'Bad'"},
                    Fault{"when = \"warning\"\ncolour = \"pink\"", 4, "'colour' must be"},
                    Fault{"when = \"earthquake\"\nmagnitude = 99", 4, "between -3 and 12"},
                    Fault{"above = 3\nsensors = [\"a\", \"a\"]", 4, "twice"},
                    Fault{"above = 3\nsensors = []", 4, "empty"},
                    Fault{"above = 3\nkind = \"rain\"\narea = 3", 5, "'area' must be"},
                    Fault{"above = 3\nkind = \"rain\"\narea = { latitude = 91, longitude = 0, km = 1 }", 5,
                          "between -90"},
                    Fault{"above = 3\nkind = \"rain\"\narea = { latitude = 9, longitude = 0 }", 5, "'km' is missing"},
                    Fault{one + "above = 1e16", 4, "between"}, Fault{one + "above = 1\ncount = 0", 5, "between 1"},
                    Fault{one + "above = 1\nabout = \"weather\"", 5, "not about 'weather'"},
                    Fault{one + "above = 1\nmutes = [\"a\"]", 5, "'mutes' must be"},
                    Fault{one + "above = 1\nmutes = { metres = 3 }", 5, "'rules' is missing"},
                    Fault{one + "above = 1\nmutes = { rules = [\"a\"], metres = -3 }", 5, "negative"},
                    Fault{one + "above = 1\nflapping = { count = 0 }", 5, "between 1"},
                    Fault{one + "above = 1\nescalate_after = \"-1min\"", 5, "negative"},
                    Fault{one + "above = 1\nenabled = 1", 5, "true or false"},
                    Fault{one + "above = 1\ntell = [\"\"]", 5, "1 to 120 bytes"}));

} // namespace
} // namespace tocsin::detect
