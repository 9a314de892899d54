#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/model/state.hpp"

#include <deque>
#include <initializer_list>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::gui::test {

/// The same id for the same number: incidents 1…, alarms 1…, and so on.
template <typename IdType>
[[nodiscard]] IdType id(unsigned number) {
    base::Uuid u;
    u.bytes[6] = 0x70;
    u.bytes[8] = 0x80;
    u.bytes[14] = static_cast<std::uint8_t>(number >> 8U);
    u.bytes[15] = static_cast<std::uint8_t>(number);
    return IdType(u);
}

[[nodiscard]] base::LocalText both(const char* english, const char* chinese);

/// The moment of the drawings: 20 November 2026, 03:21:44 in Vaduz.
[[nodiscard]] base::Time sceneNow();

struct Scene {
    model::State state;
    std::map<model::SensorId, desk::SensorNow> sensors;
    std::deque<model::Entry> log;
    std::vector<model::Plan> plans;
};

/// A believable flood drill in the demo county, as in the drawings.
[[nodiscard]] Scene fakeScene();

/// The next entry of its log, `age` before sceneNow().
void addEntry(Scene& scene, const char* type, const char* actor, std::string subject, nlohmann::json facts,
              base::Duration age);

/// A way through latitudes and longitudes, as long between each two of them.
[[nodiscard]] model::RouteLine lineThrough(std::initializer_list<std::pair<double, double>> points, double seconds);

} // namespace tocsin::gui::test
