#pragma once

#include "tocsin/detect/detector.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace tocsin::detect {

inline const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{8}};
inline base::Time atSecond(double seconds) {
    return start + base::Duration(std::llround(seconds * 1e6));
}
inline base::Time atMinute(double minutes) {
    return atSecond(minutes * 60);
}
inline double minutesOf(base::Time time) {
    return std::chrono::duration<double>(time - start).count() / 60;
}

inline model::Sensor sensorOf(const std::string& id, model::SensorKind kind, const std::string& unit = "m",
                              double latitude = 47.1, double longitude = 9.5) {
    model::Sensor sensor;
    sensor.id = model::SensorId(id);
    sensor.name = id;
    sensor.kind = kind;
    sensor.unit = unit;
    sensor.position = model::Position::trusted(latitude, longitude);
    return sensor;
}
inline std::map<model::SensorId, model::Sensor> registerOf(const std::vector<model::Sensor>& list) {
    std::map<model::SensorId, model::Sensor> result;
    for (const auto& sensor : list)
        result[sensor.id] = sensor;
    return result;
}

inline Rule ruleOf(const std::string& id, Condition condition, const std::vector<std::string>& sensors = {"s"}) {
    Rule rule;
    rule.id = id;
    rule.condition = std::move(condition);
    for (const auto& sensor : sensors)
        rule.subject.sensors.emplace_back(sensor);
    rule.hazard = "flood";
    rule.title = "t";
    return rule;
}
inline Rule ruleByKind(const std::string& id, Condition condition, model::SensorKind kind) {
    Rule rule = ruleOf(id, std::move(condition), {});
    rule.subject.kind = kind;
    return rule;
}

/// "raise r", "update r", "return r", joined by "; ".
inline std::string wordsOf(const std::vector<Conclusion>& conclusions) {
    std::string words;
    for (const Conclusion& c : conclusions) {
        words += words.empty() ? "" : "; ";
        words +=
            c.what == Conclusion::What::raise ? "raise " : (c.what == Conclusion::What::update ? "update " : "return ");
        words += c.rule->id;
    }
    return words;
}

/// Gives readings to a detector and says what followed.
struct Player {
    Detector detector;
    std::vector<Conclusion> last{};

    explicit Player(std::vector<Rule> rules) : detector(std::move(rules)) {}
    Player(std::vector<Rule> rules, const std::vector<model::Sensor>& sensors) : detector(std::move(rules)) {
        detector.bind(registerOf(sensors));
    }
    std::string take(double minute, double value, const std::string& sensor = "s") {
        last.clear();
        detector.take(model::SensorId(sensor), atMinute(minute), value, last);
        return wordsOf(last);
    }
    std::string tick(double minute) {
        last.clear();
        detector.tick(atMinute(minute), last);
        return wordsOf(last);
    }
};

} // namespace tocsin::detect
