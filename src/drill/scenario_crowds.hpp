#pragma once

#include "tocsin/base/toml.hpp"
#include "tocsin/drill/scenario.hpp"

#include <set>

namespace tocsin::drill {

/// Reads what a scenario says of things that are many: [centre], [[area]], [[swarm]], [[report_wave]]. Ids join those
/// that the scenario has already.
class CrowdReader {
  public:
    CrowdReader(Scenario& scenario, std::set<std::string>& ids) : m_scenario(scenario), m_ids(ids) {}
    /// Faults stay with `in`.
    void read(base::TomlReader& in);

    /// A name of its own within the scenario: letters, digits and hyphens, for it becomes part of identifiers.
    [[nodiscard]] static std::string idOf(base::TomlReader& in, std::set<std::string>& ids);
    [[nodiscard]] static model::Position positionOf(base::TomlReader& in);

  private:
    [[nodiscard]] Area area(base::TomlReader& in) const;
    [[nodiscard]] Swarm swarm(base::TomlReader& in);
    [[nodiscard]] detect::Rule rule(base::TomlReader& in, const std::string& swarm);
    [[nodiscard]] ReportWave wave(base::TomlReader& in);
    [[nodiscard]] WaveKind waveKind(base::TomlReader& in, const ReportWave& wave) const;

    Scenario& m_scenario;
    std::set<std::string>& m_ids;
};

/// Calls `take` for a reader of each table of [[key]], until one has a fault.
template <typename Take>
void eachTable(base::TomlReader& in, const std::string& key, Take take) {
    for (const toml::table* table : in.tables(key)) {
        base::TomlReader part(*table, key);
        take(part);
        if (auto done = part.done(); !done)
            return in.take(done.error());
    }
}

} // namespace tocsin::drill
