#include "tocsin/drill/scenario.hpp"

#include "drill/cap_template.hpp"
#include "drill/scenario_crowds.hpp"
#include "tocsin/base/toml.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace tocsin::drill {
namespace {

using base::Duration;
using base::TomlReader;

constexpr Duration longestScenario = std::chrono::hours{240};
constexpr Duration shortestEvery = std::chrono::milliseconds{100};
constexpr std::uintmax_t largestFile = 4U << 20U;

/// Reads the parts of one scenario; the first fault stands.
class Reader {
  public:
    Reader(Scenario& scenario, const ReadFile& readFile) : m_scenario(scenario), m_readFile(readFile) {}

    base::Result<void> read(const toml::table& table) {
        TomlReader in(table, "scenario");
        m_scenario.title = in.needLocalText("title");
        m_scenario.description = in.localText("description").value_or(base::LocalText{});
        m_scenario.duration = in.duration("duration").value_or(Duration{0});
        if (m_scenario.duration <= Duration{0} || m_scenario.duration > longestScenario)
            in.refuse("duration", "'duration' must be given, and at most 240 hours");
        m_scenario.history = in.duration("history").value_or(Duration{0});
        m_scenario.historyEvery = in.duration("history_every").value_or(m_scenario.historyEvery);
        if (m_scenario.history < Duration{0} || m_scenario.history > longestScenario)
            in.refuse("history", "'history' must be 0 to 240 hours");
        if (m_scenario.historyEvery < std::chrono::seconds{1})
            in.refuse("history_every", "'history_every' must be at least 1 s");
        eachTable(in, "baseline", [&](TomlReader& part) { m_scenario.baselines.push_back(baseline(part)); });
        eachTable(in, "curve", [&](TomlReader& part) { m_scenario.curves.push_back(curve(part)); });
        eachTable(in, "report", [&](TomlReader& part) { m_scenario.reports.push_back(report(part)); });
        eachTable(in, "cap", [&](TomlReader& part) { m_scenario.caps.push_back(cap(part)); });
        eachTable(in, "note", [&](TomlReader& part) { m_scenario.notes.push_back(note(part)); });
        eachTable(in, "earthquake", [&](TomlReader& part) { m_scenario.earthquakes.push_back(earthquake(part)); });
        CrowdReader(m_scenario, m_ids).read(in);
        return in.done();
    }

  private:
    Duration timeOf(TomlReader& in) const {
        const auto at = in.duration("at");
        if (!at)
            in.refuse("at", "'at' is missing");
        else if (*at < Duration{0} || *at > m_scenario.duration)
            in.refuse("at", "'at' must lie within the scenario's duration");
        return at.value_or(Duration{0});
    }

    Duration everyOf(TomlReader& in, Duration otherwise) {
        const Duration every = in.duration("every").value_or(otherwise);
        if (every < shortestEvery)
            in.refuse("every", "'every' must be at least 100 ms");
        return every;
    }

    double sizeOf(TomlReader& in, const char* key) {
        const double size = in.number(key).value_or(0);
        if (size < 0)
            in.refuse(key, std::string("'").append(key).append("' must not be negative"));
        return size;
    }

    std::string idOf(TomlReader& in) { return CrowdReader::idOf(in, m_ids); }

    Baseline baseline(TomlReader& in) {
        Baseline result;
        const std::string kind = in.needText("kind");
        const auto known = model::sensorKindFrom(kind);
        if (!known)
            in.refuse("kind", "there is no kind of sensor '" + kind + "'");
        else if (!m_kinds.insert(*known).second)
            in.refuse("kind", "'" + kind + "' has a baseline already");
        result.kind = known.value_or(model::SensorKind::other);
        result.value = in.needNumber("value");
        result.spread = sizeOf(in, "spread");
        result.noise = sizeOf(in, "noise");
        result.every = everyOf(in, result.every);
        return result;
    }

    Curve curve(TomlReader& in) {
        Curve result;
        result.sensor = model::SensorId(in.needText("sensor"));
        if (!result.sensor.value.empty() && !m_sensors.insert(result.sensor).second)
            in.refuse("sensor", "'" + result.sensor.value + "' has a curve already");
        result.noise = sizeOf(in, "noise");
        result.every = everyOf(in, result.every);
        const toml::node* points = in.node("points");
        const toml::array* list = points != nullptr ? points->as_array() : nullptr;
        if (list == nullptr || list->empty()) {
            in.refuse("points", "'points' must be a list of [time, value]");
            return result;
        }
        for (const toml::node& node : *list) {
            const toml::array* pair = node.as_array();
            const auto at = pair != nullptr && pair->size() == 2 ? TomlReader::durationOf(*pair->get(0)) : std::nullopt;
            const auto value = at && pair->get(1)->is_number() ? pair->get(1)->value<double>() : std::nullopt;
            if (!value || !std::isfinite(*value)) {
                in.refuse(node, "a point is [time, value], such as [\"60s\", 4.6]");
                return result;
            }
            if (!result.points.empty() && *at <= result.points.back().first) {
                in.refuse(node, "a point's time must be later than that of the one before");
                return result;
            }
            result.points.emplace_back(*at, *value);
        }
        return result;
    }

    ReportInject report(TomlReader& in) {
        ReportInject result;
        result.id = idOf(in);
        result.at = timeOf(in);
        result.category = in.needText("category");
        result.text = in.needLocalText("text");
        result.place = in.localText("place").value_or(base::LocalText{});
        result.position = CrowdReader::positionOf(in);
        result.name = in.text("name").value_or("");
        result.phone = in.text("phone").value_or("");
        return result;
    }

    CapInject cap(TomlReader& in) {
        CapInject result;
        result.id = idOf(in);
        result.at = timeOf(in);
        result.sender = in.needText("sender");
        if (result.sender.find_first_of(" ,<&") != std::string::npos)
            in.refuse("sender", "'sender' must be without blanks, commas, '<' and '&', as CAP wants it");
        const std::string file = in.needText("file");
        if (in.failed())
            return result;
        auto xml = m_readFile(file);
        if (!xml) {
            in.refuse("file", xml.error().describe());
            return result;
        }
        result.xml = std::move(*xml);
        if (auto good = checkCapTemplate(result.xml); !good)
            in.refuse("file", file + ": " + good.error().describe());
        else if (auto filled = fillCap(m_scenario, result, base::Time{}, "check"); !filled)
            in.refuse("file", file + ": " + filled.error().describe());
        return result;
    }

    NoteInject note(TomlReader& in) {
        NoteInject result;
        result.id = idOf(in);
        result.at = timeOf(in);
        result.text = in.needLocalText("text");
        return result;
    }

    EarthquakeInject earthquake(TomlReader& in) {
        EarthquakeInject result;
        result.id = idOf(in);
        result.at = timeOf(in);
        result.magnitude = in.needNumber("magnitude");
        result.depthKm = in.number("depth_km").value_or(result.depthKm);
        if (result.magnitude < -2 || result.magnitude > 10 || result.depthKm < 0 || result.depthKm > 1'000)
            in.refuse("magnitude", "'magnitude' must be at most 10, 'depth_km' 0 to 1000");
        result.position = CrowdReader::positionOf(in);
        result.place = in.text("place").value_or("");
        return result;
    }

    Scenario& m_scenario;
    const ReadFile& m_readFile;
    std::set<std::string> m_ids;
    std::set<model::SensorId> m_sensors;
    std::set<model::SensorKind> m_kinds;
};

base::Result<std::string> readWhole(const std::filesystem::path& file) {
    std::error_code none;
    const auto size = std::filesystem::file_size(file, none);
    if (none)
        return base::fail(base::Code::notFound, "cannot read " + file.string() + ": " + none.message());
    if (size > largestFile)
        return base::fail(base::Code::tooLarge, file.string() + " is larger than 4 MiB");
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace

double Curve::valueAt(Duration at) const {
    if (points.empty())
        return 0;
    const auto after = std::upper_bound(points.begin(), points.end(), at,
                                        [](Duration time, const auto& point) { return time < point.first; });
    if (after == points.begin())
        return points.front().second;
    if (after == points.end())
        return points.back().second;
    const auto& [from, low] = *(after - 1);
    const auto& [to, high] = *after;
    const double part = static_cast<double>((at - from).count()) / static_cast<double>((to - from).count());
    return low + (high - low) * part;
}

base::Result<Scenario> parseScenario(std::string id, std::string_view text, const ReadFile& readFile) {
    const auto table = base::parseToml(text);
    if (!table)
        return tl::unexpected(table.error());
    Scenario scenario;
    scenario.id = std::move(id);
    if (auto read = Reader(scenario, readFile).read(*table); !read)
        return tl::unexpected(read.error());
    return scenario;
}

base::Result<Scenario> loadScenario(const std::filesystem::path& file) {
    const auto text = readWhole(file);
    if (!text)
        return tl::unexpected(text.error());
    const std::filesystem::path folder = file.parent_path();
    return parseScenario(file.stem().string(), *text, [&](const std::string& name) -> base::Result<std::string> {
        const std::filesystem::path relative(name);
        const bool leaves = std::find(relative.begin(), relative.end(), "..") != relative.end();
        if (relative.is_absolute() || leaves)
            return base::fail(base::Code::refused, "'" + name + "' must lie in the scenario's folder");
        return readWhole(folder / relative);
    });
}

} // namespace tocsin::drill
