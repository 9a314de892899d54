#pragma once

#include "tocsin/drill/scenario.hpp"
#include "tocsin/ingest/decoded.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tocsin::drill {

/// Something that the scenario brings now: the very bytes that a real feed would have received.
struct Inject {
    enum class Kind : unsigned char { readings, report, cap, note, sensors, earthquake };
    Kind kind{Kind::readings};
    base::Duration at{0};                           ///< scenario time
    ingest::Format format{ingest::Format::unknown}; ///< how to decode the bytes; unknown for a note
    std::string id;                                 ///< of a report, CAP message or note in the scenario
    std::string bytes;                              ///< NDJSON lines, JSON, XML; a note's text
};
[[nodiscard]] std::string_view toString(Inject::Kind kind); ///< "readings", "report", "cap", "note"

/// Tells what is due. Knows no clock, no thread and no desk: who plays asks again and again with the time that has
/// passed since the start by the desk's clock, decodes what it gets as a feed does and hands it on.
/// The same scenario, sensors, start and language give the same bytes. Not thread safe.
class ScenarioPlayer {
  public:
    /// `sensors` are the county's: a curve of a sensor that is not among them stays silent. Those of the scenario's
    /// swarms are described by the first injects. `start` is the desk's time at scenario time 0.
    ScenarioPlayer(Scenario scenario, const std::map<model::SensorId, model::Sensor>& sensors, base::Time start,
                   std::string language = "en");

    /// Everything due up to and including `elapsed` that was not given before, in order. The first call brings the
    /// sensors' history with it. After the scenario's duration the sensors go on at their last values; a long pause
    /// there is not made up for.
    [[nodiscard]] std::vector<Inject> due(base::Duration elapsed);
    /// When the next is due; there always is one while a sensor is played.
    [[nodiscard]] std::optional<base::Duration> next() const;
    [[nodiscard]] bool isOver(base::Duration elapsed) const { return elapsed >= m_scenario.duration; }

    [[nodiscard]] const Scenario& scenario() const { return m_scenario; }
    [[nodiscard]] base::Time start() const { return m_start; }
    /// For texts that come from now on.
    void setLanguage(std::string language) { m_language = std::move(language); }
    /// Sensors that have a curve but are not the county's.
    [[nodiscard]] const std::vector<model::SensorId>& unknownSensors() const { return m_unknown; }

  private:
    struct Track {
        Curve curve;
        std::string unit;
        base::Duration next{0};
    };
    struct Planned {
        base::Duration at{0};
        Inject::Kind kind{Inject::Kind::report};
        std::size_t index{0}; ///< in the scenario's list of that kind
    };

    void addSwarms();
    void addTracks(const std::map<model::SensorId, model::Sensor>& sensors);
    void addLine(const Track& track, base::Duration at, std::string& lines) const;
    [[nodiscard]] Inject history() const;
    [[nodiscard]] Inject makeInject(const Planned& planned) const;
    [[nodiscard]] std::string runName() const;

    Scenario m_scenario;
    base::Time m_start;
    std::string m_language;
    std::vector<Track> m_tracks;
    std::vector<Inject> m_descriptions; ///< of the swarms' sensors
    std::set<model::SensorId> m_swarming;
    std::vector<Planned> m_planned; ///< by time
    std::size_t m_nextPlanned{0};
    std::vector<model::SensorId> m_unknown;
    bool m_historyGiven{false};
};

} // namespace tocsin::drill
