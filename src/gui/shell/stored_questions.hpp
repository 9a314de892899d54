#pragma once

#include "gui/shell/bridge_workers.hpp"
#include "tocsin/gui/bridge.hpp"

#include <filesystem>

namespace tocsin::gui {

/// What stands in the county's files: readings, tracks, quarantine, the journal. Each question opens its file read-only on a worker; `answer` as
/// of BridgeWorkers. All functions: GUI thread.
class StoredQuestions {
  public:
    StoredQuestions(BridgeWorkers& workers, std::filesystem::path readings, std::filesystem::path database)
        : m_workers(workers), m_readings(std::move(readings)), m_database(std::move(database)) {}

    void readingsOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t most, QObject* context,
                    std::function<void(std::vector<store::ReadingPoint>)> answer);
    void seriesOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t mostPoints, QObject* context,
                  std::function<void(store::Series)> answer);
    void trackOf(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most, QObject* context,
                 std::function<void(std::vector<model::UnitPosition>)> answer);
    void quarantined(const store::QuarantineQuery& query, QObject* context, std::function<void(base::Result<store::QuarantinePage>)> answer);
    void quarantineItem(std::int64_t item, std::size_t mostBytes, QObject* context,
                        std::function<void(base::Result<store::QuarantineItem>)> answer);
    void entriesAbout(const QString& subject, std::size_t most, QObject* context, std::function<void(std::vector<model::Entry>)> answer);
    void newest(std::size_t most, QObject* context, std::function<void(std::vector<model::Entry>)> answer);

  private:
    BridgeWorkers& m_workers;
    std::filesystem::path m_readings;
    std::filesystem::path m_database;
};

} // namespace tocsin::gui
