#include "tocsin/route/profile.hpp"

#include "embedded/profiles.hpp"
#include "tocsin/base/toml.hpp"

#include <algorithm>
#include <set>

namespace tocsin::route {
namespace {

constexpr std::array<std::string_view, roadClasses> classWords{
    "other",        "motorway",    "trunk",         "primary", "secondary", "tertiary",
    "unclassified", "residential", "living_street", "service", "track",     "path",
    "ferry"};
constexpr std::array<std::string_view, surfaces> surfaceWords{"unknown", "paved", "cobbled", "gravel", "soft"};
constexpr std::array<std::string_view, roadAccesses> accessWords{"open", "destination", "private", "forestry",
                                                                 "emergency"};
constexpr std::array<std::string_view, weathers> weatherWords{"clear", "rain", "snow", "ice", "fog"};

constexpr double mostFactor = 10;
constexpr double mostSpeed = 2000;       // km/h
constexpr double longestStart = 86'400;  // seconds
constexpr double farthest = 20'100'000;  // metres: half the earth's girth
constexpr double deepest = 20;           // metres

struct Bound {
    const char* key;
    double Profile::*value;
    double most;
};
constexpr std::array bounds{Bound{"slope.up", &Profile::lostUp, 1},
                            Bound{"slope.down", &Profile::lostDown, 1},
                            Bound{"night", &Profile::night, mostFactor},
                            Bound{"least_speed", &Profile::leastKmh, mostSpeed},
                            Bound{"most_speed", &Profile::mostKmh, mostSpeed},
                            Bound{"weight", &Profile::tonnes, mostTonnes},
                            Bound{"height", &Profile::height, mostClearance},
                            Bound{"width", &Profile::width, mostClearance},
                            Bound{"fording", &Profile::fording, deepest},
                            Bound{"rights.against_one_way", &Profile::againstOneWay, mostFactor},
                            Bound{"off_road.speed", &Profile::offRoadKmh, mostSpeed},
                            Bound{"off_road.most", &Profile::offRoadMost, mostOffRoad},
                            Bound{"straight.speed", &Profile::straightKmh, mostSpeed},
                            Bound{"straight.most", &Profile::straightMost, farthest},
                            Bound{"straight.start", &Profile::startSeconds, longestStart}};

bool isWithin(double value, double most) {
    return value >= 0 && value <= most; // and so a number
}

/// Reads one profile; TomlReader keeps the first fault.
class ProfileReader {
  public:
    ProfileReader(const toml::table& table, std::set<std::string>& names) : m_reader(table, "profile"), m_names(names) {}

    base::Result<Profile> read() {
        m_profile.name = m_reader.needText("name");
        m_reader.call("profile '" + m_profile.name + "'");
        if (!m_reader.failed() && m_profile.name.empty())
            m_reader.refuse("name", "is empty");
        if (!m_reader.failed() && !m_names.insert(m_profile.name).second)
            m_reader.refuse("name", "is the name of a profile before it");
        m_profile.title = m_reader.localText("title").value_or(base::LocalText(m_profile.name));
        if (const auto travel = m_reader.text("travel")) {
            if (*travel == "boat")
                m_profile.travel = Travel::boat;
            else if (*travel == "flight")
                m_profile.travel = Travel::flight;
            else if (*travel != "road")
                m_reader.refuse("travel", "is none of \"road\", \"boat\", \"flight\"");
        }
        for (const char* key : {"night", "least_speed", "most_speed", "weight", "height", "width", "fording"})
            number(m_reader, "", key);
        words("roads", classWords, m_profile.byClass);
        words("surfaces", surfaceWords, m_profile.bySurface);
        words("weather", weatherWords, m_profile.byWeather);
        part("slope", [&](base::TomlReader& reader) {
            number(reader, "slope.", "up");
            number(reader, "slope.", "down");
        });
        part("rights", [&](base::TomlReader& reader) {
            for (std::size_t i = 1; i < accessWords.size(); ++i)
                m_profile.mayUse[i] = reader.flag(accessWords[i]).value_or(m_profile.mayUse[i]);
            number(reader, "rights.", "against_one_way");
            m_profile.ignoresTurnBans = reader.flag("turn_bans_ignored").value_or(false);
        });
        part("off_road", [&](base::TomlReader& reader) {
            number(reader, "off_road.", "speed");
            number(reader, "off_road.", "most");
            m_profile.offRoadOnFoot = reader.flag("on_foot").value_or(true);
            m_profile.straightOffRoad = reader.flag("straight").value_or(false);
        });
        part("straight", [&](base::TomlReader& reader) {
            number(reader, "straight.", "speed");
            number(reader, "straight.", "most");
            number(reader, "straight.", "start");
        });
        if (auto done = m_reader.done(); !done)
            return tl::unexpected(done.error());
        return m_profile;
    }

  private:
    template <typename Take>
    void part(std::string_view key, const Take& take) {
        const toml::node* node = m_reader.node(key);
        if (node == nullptr)
            return;
        const toml::table* table = node->as_table();
        if (table == nullptr) {
            m_reader.refuse(key, "must be a table");
            return;
        }
        base::TomlReader reader(*table, "profile '" + m_profile.name + "', " + std::string(key));
        take(reader);
        if (auto done = reader.done(); !done)
            m_reader.take(done.error());
    }

    void number(base::TomlReader& reader, const std::string& path, const char* key) {
        const auto value = reader.number(key);
        if (!value)
            return;
        const auto bound =
            std::find_if(bounds.begin(), bounds.end(), [&](const Bound& b) { return b.key == path + key; });
        if (!isWithin(*value, bound->most))
            reader.refuse(key, "must be from 0 to " + std::to_string(static_cast<long long>(bound->most)));
        m_profile.*(bound->value) = *value;
    }

    template <std::size_t n>
    void words(std::string_view key, const std::array<std::string_view, n>& words, std::array<double, n>& factors) {
        part(key, [&](base::TomlReader& reader) {
            for (std::size_t i = 0; i < n; ++i) {
                const auto value = reader.number(words[i]);
                if (value && !isWithin(*value, mostFactor))
                    reader.refuse(words[i], "must be from 0 to 10");
                factors[i] = value.value_or(factors[i]);
            }
        });
    }

    base::TomlReader m_reader;
    std::set<std::string>& m_names;
    Profile m_profile;
};

} // namespace

std::string_view toString(RoadClass cls) {
    return classWords[static_cast<std::size_t>(cls)];
}
std::string_view toString(Surface surface) {
    return surfaceWords[static_cast<std::size_t>(surface)];
}
std::string_view toString(RoadAccess access) {
    return accessWords[static_cast<std::size_t>(access)];
}
std::string_view toString(Weather weather) {
    return weatherWords[static_cast<std::size_t>(weather)];
}

base::Result<void> check(const Profile& profile) {
    const auto fault = [&](const std::string& key) {
        return base::fail(base::Code::outOfRange, "profile '" + profile.name + "': " + key + " is out of range");
    };
    for (const Bound& bound : bounds) {
        if (!isWithin(profile.*(bound.value), bound.most))
            return fault(bound.key);
    }
    const auto are = [](const auto& factors) {
        return std::all_of(factors.begin(), factors.end(), [](double f) { return isWithin(f, mostFactor); });
    };
    if (!are(profile.byClass))
        return fault("roads");
    if (!are(profile.bySurface))
        return fault("surfaces");
    if (!are(profile.byWeather))
        return fault("weather");
    return {};
}

base::Result<std::vector<Profile>> parseProfiles(std::string_view text) {
    const auto table = base::parseToml(text);
    if (!table)
        return tl::unexpected(table.error());
    base::TomlReader file(*table, "the profiles");
    std::vector<Profile> profiles;
    std::set<std::string> names;
    for (const toml::table* each : file.tables("profile")) {
        auto profile = ProfileReader(*each, names).read();
        if (!profile)
            return tl::unexpected(profile.error());
        profiles.push_back(std::move(*profile));
    }
    if (auto done = file.done(); !done)
        return tl::unexpected(done.error());
    return profiles;
}

const std::vector<Profile>& defaultProfiles() {
    static const std::vector<Profile> profiles = [] {
        auto read = parseProfiles(embedded::profiles().front().bytes);
        return read ? std::move(*read) : std::vector<Profile>{}; // a test reads them
    }();
    return profiles;
}

const Profile* findProfile(const std::vector<Profile>& profiles, std::string_view name) {
    const auto found =
        std::find_if(profiles.begin(), profiles.end(), [&](const Profile& p) { return p.name == name; });
    return found == profiles.end() ? nullptr : &*found;
}

} // namespace tocsin::route
