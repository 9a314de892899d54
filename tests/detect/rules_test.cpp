#include "tocsin/detect/detector.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace tocsin::detect {
namespace {

const std::string whole = R"(# river
[[rule]]
id = "river-vaduz-2"
sensor = "rhine-vaduz"
above = 4.2
hysteresis = 0.1
delay = "90s"
severity = "II"
class = "accident"
hazard = "flood"
title = { text = "Rhine high", zh_CN = "莱茵河高水位" }
guidance = "Call the dyke guards"
)";

TEST(Rules, areReadFromToml) {
    const auto rules = parseRules(whole + R"(
[[rule]]
id = "frost"
kind = "weather"
below = -18
delay = 600
severity = "IV"
hazard = "cold"
title = "Frost"
)");
    ASSERT_TRUE(rules) << rules.error().describe();
    ASSERT_EQ(rules->size(), 2U);
    const Rule& river = rules->at(0);
    EXPECT_EQ(river.id, "river-vaduz-2");
    EXPECT_EQ(river.subject.sensors, (std::vector{model::SensorId("rhine-vaduz")}));
    EXPECT_FALSE(river.subject.kind);
    EXPECT_EQ(river.condition, Condition(Threshold{true, 4.2, 0.1, std::chrono::seconds{90}}));
    EXPECT_EQ(river.severity, model::Grade::II);
    EXPECT_EQ(river.hazardClass, model::HazardClass::accident);
    EXPECT_EQ(river.hazard, "flood");
    EXPECT_EQ(river.title.in("zh_CN"), "莱茵河高水位");
    EXPECT_EQ(river.title.in("en"), "Rhine high");
    EXPECT_EQ(river.guidance.text, "Call the dyke guards");
    const Rule& frost = rules->at(1);
    EXPECT_EQ(frost.subject.kind, model::SensorKind::weather);
    EXPECT_EQ(frost.condition, Condition(Threshold{false, -18, 0, std::chrono::minutes{10}}));
    EXPECT_EQ(frost.hazardClass, model::HazardClass::naturalDisaster);
}

TEST(Rules, maybeNone) {
    EXPECT_TRUE(parseRules("").value().empty());
    EXPECT_TRUE(parseRules("# nothing yet\n").value().empty());
}

struct Fault {
    std::string from; ///< a piece of the whole rule
    std::string to;   ///< what stands there instead
    std::uint64_t line;
    std::string says;
};

class RulesFault : public testing::TestWithParam<Fault> {};

TEST_P(RulesFault, isNamedWithItsPlace) {
    std::string text = whole;
    const std::size_t where = text.find(GetParam().from);
    ASSERT_NE(where, std::string::npos);
    text.replace(where, GetParam().from.size(), GetParam().to);
    const auto rules = parseRules(text);
    ASSERT_FALSE(rules) << text;
    EXPECT_EQ(rules.error().code, base::Code::malformed);
    EXPECT_EQ(rules.error().place.line, GetParam().line) << rules.error().describe();
    EXPECT_TRUE(rules.error().place.column);
    EXPECT_NE(rules.error().message.find(GetParam().says), std::string::npos) << rules.error().describe();
}

INSTANTIATE_TEST_SUITE_P(
    All, RulesFault,
    testing::Values(Fault{"id = \"river-vaduz-2\"", "", 2, "'id' is missing"},
                    Fault{"id = \"river-vaduz-2\"", "id = 7", 3, "text in quotes"},
                    Fault{"sensor = \"rhine-vaduz\"", "", 3, "exactly one of 'sensor' and 'kind'"},
                    Fault{"sensor = \"rhine-vaduz\"", "sensor = \"a\"\nkind = \"rain\"", 5, "exactly one"},
                    Fault{"sensor = \"rhine-vaduz\"", "sensor = \"\"", 4, "1 to 120 bytes"},
                    Fault{"sensor = \"rhine-vaduz\"", "kind = \"river\"", 4, "no kind of sensor 'river'"},
                    Fault{"above = 4.2", "", 3, "exactly one of 'above' and 'below'"},
                    Fault{"above = 4.2", "above = 4.2\nbelow = 1", 6, "exactly one"},
                    Fault{"above = 4.2", "above = \"4.2\"", 5, "finite number"},
                    Fault{"above = 4.2", "above = nan", 5, "finite number"},
                    Fault{"above = 4.2", "above = inf", 5, "finite number"},
                    Fault{"hysteresis = 0.1", "hysteresis = -0.1", 6, "negative"},
                    Fault{"hysteresis = 0.1", "hysterisis = 0.1", 6, "'hysterisis' is not known here"},
                    Fault{"\"90s\"", "\"90 seconds\"", 7, "'delay' must be a time"},
                    Fault{"\"90s\"", "\"-90s\"", 7, "negative"}, Fault{"\"90s\"", "1e300", 7, "'delay' must be a time"},
                    Fault{"\"II\"", "\"V\"", 8, "I, II, III or IV"},
                    Fault{"\"accident\"", "\"mishap\"", 9, "no class 'mishap'"},
                    Fault{"hazard = \"flood\"", "hazard = \"\"", 10, "'hazard' is empty"},
                    Fault{"text = \"Rhine high\", ", "", 11, "no 'text'"},
                    Fault{"zh_CN = \"莱茵河高水位\"", "zh_CN = 3", 11, "zh_CN must be a text"},
                    Fault{"\"Call the dyke guards\"", "[1]", 12, "'guidance' must be a text"},
                    Fault{"[[rule]]", "[rule]", 2, "[[rule]]"},
                    Fault{"# river", "version = 2", 1, "'version' is not known here"},
                    Fault{"above = 4.2", "above = = 4", 5, ""}));

TEST(Rules, anIdMayStandOnlyOnce) {
    const auto rules = parseRules(whole + whole);
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.error().place.line, 15U);
    EXPECT_NE(rules.error().message.find("river-vaduz-2"), std::string::npos);
}

TEST(Rules, ofTheProgramsOwnResourcesAreGood) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/resources/rules")) {
        if (entry.path().extension() != ".toml")
            continue;
        std::ostringstream text;
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        const auto rules = parseRules(text.str());
        EXPECT_TRUE(rules) << entry.path() << ": " << rules.error().describe();
        ++files;
    }
    EXPECT_GT(files, 0);
}

} // namespace
} // namespace tocsin::detect
