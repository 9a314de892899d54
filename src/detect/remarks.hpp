#pragma once

#include "tocsin/detect/backtest.hpp"

namespace tocsin::detect {

/// What is said of one rule, and what it is judged by.
struct Remarks {
    std::vector<Remark>& list;
    const std::map<model::SensorId, model::Sensor>& all;
    const std::map<std::string, const Rule*>& byId;
    const Rule* rule;
    std::vector<const model::Sensor*> sensors; ///< that it looks at, as far as they are known

    void say(bool refuses, std::string_view field, const std::string& english, const std::string& chinese);
    void refuse(std::string_view field, const std::string& english, const std::string& chinese) {
        say(true, field, english, chinese);
    }
    void warn(std::string_view field, const std::string& english, const std::string& chinese) {
        say(false, field, english, chinese);
    }
    void needMore(std::string_view field, base::Duration time, const char* english, const char* chinese);
    void needFinite(std::string_view field, double number);
};

/// Whether a rule's id is meant by a pattern of Mutes: itself, or with a trailing * any ending.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view id);

} // namespace tocsin::detect
