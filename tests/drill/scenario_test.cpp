#include "tocsin/drill/scenario.hpp"

#include <gtest/gtest.h>

namespace tocsin::drill {
namespace {

using std::chrono::seconds;

const std::string capXml = R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>{{identifier}}</identifier><sender>{{sender}}</sender><sent>{{now}}</sent><status>Exercise</status>
<expires>{{now+6h}}</expires></alert>)";

const std::string whole = R"(title = { text = "Flood", zh_CN = "洪水" }
duration = "10min"
history = "5min"
[[baseline]]
kind = "rain"
value = 2
[[curve]]
sensor = "rhine-vaduz"
every = "2s"
noise = 0.01
points = [["-60s", 3.0], [0, 4.0], ["1min", 4.6]]
[[report]]
id = "seepage"
at = "20s"
category = "flood"
latitude = 47.14
longitude = 9.51
text = { text = "Water", zh_CN = "渗水" }
[[cap]]
id = "orange"
at = "15s"
sender = "a@b.invalid"
file = "orange.xml"
[[note]]
id = "call"
at = 30
text = "A call"
)";

base::Result<Scenario> parse(const std::string& text, const std::string& xml = capXml) {
    return parseScenario("flood", text, [&](const std::string& name) -> base::Result<std::string> {
        if (name != "orange.xml" && name != "red.xml")
            return base::fail(base::Code::notFound, "there is no " + name);
        return xml;
    });
}

TEST(Scenario, isReadFromToml) {
    const auto scenario = parse(whole);
    ASSERT_TRUE(scenario) << scenario.error().describe();
    EXPECT_EQ(scenario->id, "flood");
    EXPECT_EQ(scenario->title.in("zh_CN"), "洪水");
    EXPECT_EQ(scenario->duration, std::chrono::minutes{10});
    ASSERT_EQ(scenario->curves.size(), 1U);
    const Curve& curve = scenario->curves[0];
    EXPECT_EQ(curve.every, seconds{2});
    EXPECT_DOUBLE_EQ(curve.valueAt(-seconds{90}), 3.0);
    EXPECT_DOUBLE_EQ(curve.valueAt(-seconds{30}), 3.5);
    EXPECT_DOUBLE_EQ(curve.valueAt(seconds{0}), 4.0);
    EXPECT_DOUBLE_EQ(curve.valueAt(seconds{30}), 4.3);
    EXPECT_DOUBLE_EQ(curve.valueAt(seconds{600}), 4.6);
    EXPECT_EQ(scenario->baselines.at(0).kind, model::SensorKind::rain);
    EXPECT_EQ(scenario->reports.at(0).text.in("zh_CN"), "渗水");
    EXPECT_EQ(scenario->caps.at(0).at, seconds{15});
    EXPECT_EQ(scenario->notes.at(0).at, seconds{30});
}

struct Fault {
    std::string from;
    std::string to;
    std::uint64_t line;
    std::string says;
};
class ScenarioFault : public testing::TestWithParam<Fault> {};

TEST_P(ScenarioFault, isNamedWithItsPlace) {
    std::string text = whole;
    const std::size_t where = text.find(GetParam().from);
    ASSERT_NE(where, std::string::npos);
    text.replace(where, GetParam().from.size(), GetParam().to);
    const auto scenario = parse(text);
    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().place.line, GetParam().line) << scenario.error().describe();
    EXPECT_NE(scenario.error().message.find(GetParam().says), std::string::npos) << scenario.error().describe();
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioFault,
                         testing::Values(Fault{"duration = \"10min\"", "", 1, "'duration' must be given"},
                                         Fault{"duration = \"10min\"", "duration = \"-1s\"", 2, "'duration'"},
                                         Fault{"kind = \"rain\"", "kind = \"snow\"", 5, "no kind of sensor 'snow'"},
                                         Fault{"every = \"2s\"", "every = 0", 9, "100 ms"},
                                         Fault{"noise = 0.01", "noise = -1", 10, "negative"},
                                         Fault{"noise = 0.01", "nois = 1", 10, "not known"},
                                         Fault{"[0, 4.0]", "[0, \"x\"]", 11, "a point is"},
                                         Fault{"[0, 4.0]", "[0, inf]", 11, "a point is"},
                                         Fault{"[0, 4.0]", "[-70, 4.0]", 11, "later"},
                                         Fault{"[[\"-60s\", 3.0], [0, 4.0], [\"1min\", 4.6]]", "[]", 11, "'points'"},
                                         Fault{"id = \"seepage\"", "id = \"See page\"", 13, "small letters"},
                                         Fault{"at = \"20s\"", "at = \"11min\"", 14, "within the scenario"},
                                         Fault{"latitude = 47.14", "latitude = 147.14", 16, "latitude"},
                                         Fault{"id = \"orange\"", "id = \"seepage\"", 20, "there already"},
                                         Fault{"a@b.invalid", "a b", 22, "blanks"},
                                         Fault{"\"orange.xml\"", "\"blue.xml\"", 23, "there is no blue.xml"},
                                         Fault{"text = \"A call\"", "", 24, "'text' is missing"}));

TEST(Scenario, takesNoCapMessageThatIsNotAnExercise) {
    const auto with = [](const std::string& from, const std::string& to) {
        std::string xml = capXml;
        xml.replace(xml.find(from), from.size(), to);
        return parse(whole, xml);
    };
    for (const char* status : {"Actual", "Test", "Draft", ""}) {
        const auto scenario = with("Exercise", status);
        ASSERT_FALSE(scenario);
        EXPECT_NE(scenario.error().message.find("Exercise"), std::string::npos);
    }
    EXPECT_FALSE(with("{{identifier}}", "fixed"));
    EXPECT_FALSE(with("{{now+6h}}", "{{now+6}}"));
    EXPECT_FALSE(with("{{now+6h}}", "{{later}}"));
    EXPECT_FALSE(with("{{now+6h}}", "{{now"));
    EXPECT_FALSE(with("{{now+6h}}", "{{reference:red}}"));
    EXPECT_FALSE(with("{{now+6h}}", "{{reference:orange}}")) << "a message cannot name itself";
}

TEST(Scenario, aFileThatIsNotThereIsNamed) {
    const auto scenario = loadScenario("/nowhere/flood.toml");
    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().code, base::Code::notFound);
    EXPECT_NE(scenario.error().message.find("flood.toml"), std::string::npos);
}

} // namespace
} // namespace tocsin::drill
