#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/route/road_traits.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::route {

enum class Travel : std::uint8_t {
    road,
    boat,  ///< straight, over land as over the water
    flight ///< straight
};

enum class Weather : std::uint8_t { clear, rain, snow, ice, fog };
inline constexpr std::size_t weathers = 5;
[[nodiscard]] std::string_view toString(Weather weather);

/// How a kind of vehicle gets about. The speed on a road is the network's own (a car's, the surface allowed for) times
/// all factors that apply, kept between leastKmh and mostKmh; a factor of 0 bars the road. A default profile is the car
/// of the plain network.
struct Profile {
    std::string name;
    base::LocalText title;
    Travel travel{Travel::road};

    std::array<double, roadClasses> byClass{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    std::array<double, surfaces> bySurface{1, 1, 1, 1, 1};
    double lostUp{0};   ///< of the speed for each percent of slope, uphill
    double lostDown{0}; ///< and downhill
    double night{1};
    std::array<double, weathers> byWeather{1, 1, 1, 1, 1};
    double leastKmh{0};  ///< no factor slows it below this; a road that is slower by itself stays so
    double mostKmh{400}; ///< the vehicle's own best

    double tonnes{2};
    double height{0}; ///< metres; 0: passes under everything
    double width{0};  ///< metres
    double fording{0.25}; ///< metres of water that it can stand in and drive

    std::array<bool, roadAccesses> mayUse{true, true, true, true, true};
    double againstOneWay{0}; ///< speed factor for driving against a one-way street, motorways never; 0: does not
    bool ignoresTurnBans{false};

    double offRoadKmh{4};      ///< where there is no road
    double offRoadMost{2000};  ///< metres from the nearest road, at most `mostOffRoad`
    bool offRoadOnFoot{true};  ///< the crew walks; else the vehicle drives
    bool straightOffRoad{false}; ///< goes straight through the country, that far, where no road leads

    double straightKmh{0};     ///< boat, flight
    double straightMost{0};    ///< metres, boat and flight; 0: any distance
    double startSeconds{0};    ///< before a boat or a flight gets under way

    friend bool operator==(const Profile&, const Profile&) = default;
};
inline constexpr double mostOffRoad = 50'000; ///< metres
/// Water in a ford, where nothing is known of it.
inline constexpr double fordDepth = 0.2;

/// What is wrong with a profile's numbers (Code::outOfRange): not finite, negative, or beyond what any vehicle is.
[[nodiscard]] base::Result<void> check(const Profile& profile);

/// Reads [[profile]] tables; see resources/profiles/default.toml for the keys. Any fault (a wrong type, an unknown key,
/// a number out of range, a name twice) is an error with its line and column, and nothing is taken. Pure.
[[nodiscard]] base::Result<std::vector<Profile>> parseProfiles(std::string_view toml);
/// Those that the program comes with: "car", "fire-engine", "ambulance", "truck", "heavy-truck", "off-road", "boat", "boat-trailer",
/// "helicopter", "foot".
[[nodiscard]] const std::vector<Profile>& defaultProfiles();
/// Null where there is none of this name.
[[nodiscard]] const Profile* findProfile(const std::vector<Profile>& profiles, std::string_view name);

} // namespace tocsin::route
