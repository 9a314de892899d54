#include "detect/scene.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

// Real gauges, where TOCSIN_CORPORA names the corpora: a tidal river (Adur at Beeding Bridge), an estuary (Exmouth), a
// reservoir (Lewisville Lake).

namespace tocsin::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Readings = std::vector<model::ReadingSeen>;

class RiverData : public testing::Test {
  protected:
    void SetUp() override {
        if (std::getenv("TOCSIN_CORPORA") == nullptr)
            GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    }
    static std::string bytesOf(const std::string& name) {
        std::ostringstream text;
        text << std::ifstream(std::string(std::getenv("TOCSIN_CORPORA")) + "/hydro/" + name, std::ios::binary).rdbuf();
        return text.str();
    }
    static Readings sorted(Readings readings) {
        std::sort(readings.begin(), readings.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
        return readings;
    }
    static Readings environmentAgency(const std::string& name) {
        const auto json = nlohmann::json::parse(bytesOf(name));
        Readings readings;
        for (const auto& item : json.is_array() ? json : json.at("telemetry"))
            readings.push_back({base::parseTime(item.at("ts").get<std::string>()).value(), item.at("_").get<double>()});
        return sorted(readings);
    }
    /// The longest of the series in a WaterML file.
    static Readings waterMl(const std::string& name) {
        const std::string text = bytesOf(name);
        static const std::regex value(R"re(dateTime="([^"]+)">([-0-9.]+)<)re");
        std::map<base::Time, double> readings;
        for (std::sregex_iterator at(text.begin(), text.end(), value); at != std::sregex_iterator(); ++at)
            readings.emplace(base::parseTime((*at)[1].str()).value(), std::stod((*at)[2].str()));
        Readings list;
        for (const auto& [time, level] : readings)
            list.push_back({time, level});
        return list;
    }
    static std::vector<Conclusion> play(Rule rule, const Readings& readings) {
        Detector detector({std::move(rule)});
        std::vector<Conclusion> out;
        for (const auto& reading : readings)
            detector.take(model::SensorId("s"), reading.time, reading.value, out);
        for (Conclusion& c : out)
            c.rule = nullptr; // gone with the detector
        return out;
    }
    static std::size_t raisedIn(const std::vector<Conclusion>& list) {
        return static_cast<std::size_t>(std::count_if(
            list.begin(), list.end(), [](const Conclusion& c) { return c.what == Conclusion::What::raise; }));
    }
    /// When a rising level really reached a threshold.
    static std::vector<base::Time> reachedIn(const Readings& readings, double threshold) {
        std::vector<base::Time> times;
        for (std::size_t i = 1; i < readings.size(); ++i) {
            if (readings[i - 1].value < threshold && readings[i].value >= threshold)
                times.push_back(readings[i].time);
        }
        return times;
    }
};

TEST_F(RiverData, aTideIsForecastEachTimeAndNotOftener) {
    for (const auto& [name, threshold] :
         {std::pair{"defra-nonSpikeTelem.json", 0.6}, {"defra-stationCoastal.json", 0.6}}) {
        const Readings readings = environmentAgency(name);
        ASSERT_GE(readings.size(), 400U);
        const auto truth = reachedIn(readings, threshold);
        ASSERT_GE(truth.size(), 8U) << name;
        const auto found = play(ruleOf("r", Crossing{true, threshold, hours(1), hours(2)}), readings);
        std::size_t right = 0;
        std::size_t raised = 0;
        for (const Conclusion& c : found) {
            if (c.what != Conclusion::What::raise)
                continue;
            ++raised;
            ASSERT_TRUE(c.forecast);
            const auto near = std::find_if(truth.begin(), truth.end(), [&](base::Time time) {
                return time > c.since && time - c.since <= minutes(90);
            });
            if (near == truth.end())
                continue;
            const base::Duration off = std::chrono::abs(*near - c.forecast->reaches);
            right += off <= minutes(30) ? 1 : 0;
        }
        EXPECT_GE(right + 2, truth.size()) << name;
        EXPECT_LE(raised, truth.size() + 2) << name;
    }
}

TEST_F(RiverData, aReservoirThatHardlyMovesIsForecastNothing) {
    const Readings readings = waterMl("ulmo-usgs-nwis-site_08054500_multiple_methods.xml");
    ASSERT_GE(readings.size(), 100U);
    const auto highest = std::max_element(readings.begin(), readings.end(), [](const auto& a, const auto& b) {
                             return a.value < b.value;
                         })->value;
    const auto found = play(ruleOf("r", Crossing{true, highest + 1, hours(6), hours(6)}), readings);
    EXPECT_EQ(raisedIn(found), 0U);
}

TEST_F(RiverData, whatIsUsualForATideSoundsNoAlarm) {
    for (const char* name : {"defra-nonSpikeTelem.json", "defra-stationCoastal.json"}) {
        const auto found = play(ruleOf("r", Unusual{true, true, 4, 0.5, 3}), environmentAgency(name));
        EXPECT_LE(raisedIn(found), 6U) << name; // of 480 readings: the tide comes 50 minutes later each day
    }
}

TEST_F(RiverData, aSpikeIsSeenAsWhatItIs) {
    Implausible condition;
    condition.jump = 5;
    condition.within = hours(1);
    for (const char* name : {"defra-spikeTelem.json", "defra-stationRiverSpike.json"}) {
        const auto found = play(ruleOf("r", condition), environmentAgency(name));
        EXPECT_GE(raisedIn(found), 1U) << name;
        EXPECT_LE(raisedIn(found), 3U) << name;
    }
    EXPECT_EQ(raisedIn(play(ruleOf("r", condition), environmentAgency("defra-nonSpikeTelem.json"))), 0U);
    EXPECT_EQ(raisedIn(play(ruleOf("r", Stuck{hours(2)}), environmentAgency("defra-nonSpikeTelem.json"))), 0U);
}

} // namespace
} // namespace tocsin::detect
