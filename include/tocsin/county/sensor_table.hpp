#pragma once

#include "tocsin/county/records.hpp"
#include "tocsin/model/sensor.hpp"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace tocsin::county {

/// What is wrong with a sensor: in which column, and what is expected there.
struct SensorFault {
    std::string column; ///< empty: the whole row
    std::string expected;
};
struct SensorImport {
    std::vector<model::Sensor> sensors; ///< new and changed ones, in the order of the rows
    std::vector<std::size_t> rowOf;     ///< of each of them: SheetRow::number
    std::vector<model::Sensor> seen;    ///< the changed ones as they stood
    std::size_t added{0};
    std::size_t changed{0};
    std::size_t same{0};
    std::size_t rows{0};
    std::size_t badRows{0};
    std::vector<RowError> errors; ///< in the order of the rows
    std::vector<std::string> unused; ///< columns that mean nothing here
};

/// What a table of sensors comes to over the register as it stands: nothing is changed by it, so it is the dry run as well.
/// Columns: id, name, name_zh, kind, unit, place, place_zh, latitude, longitude (or coordinates), silent_after, lowest,
/// highest, retired; Chinese headers are known too. Rows are found again by their id. An empty cell changes nothing, "-" empties a
/// text, a limit or a bound. `retired` says why a sensor is (or yes), "-" or no that it is not any more; of the sensors given back only
/// `retired` says so, who and when is the desk's. A new sensor needs a kind and coordinates. `fault` says what else is wrong with one that is new
/// (`before` is null) or changed. Code::malformed without a column of ids, or where two columns mean the same.
[[nodiscard]] base::Result<SensorImport>
importSensors(const Sheet& sheet, const std::map<model::SensorId, model::Sensor>& present, model::Datum datum,
              const std::function<std::optional<SensorFault>(const model::Sensor& sensor, const model::Sensor* before)>& fault = {});

/// The register as such a table, retired ones with it: UTF-8 CSV.
[[nodiscard]] std::string sensorTable(const std::map<model::SensorId, model::Sensor>& sensors);

/// Readings as rows of a CSV table: sensor, time, received, value, unit and flags (ahead, from-future, from-far-past, retired, with + between
/// them; none where nothing is to be said). Without any the table's first line.
[[nodiscard]] std::string readingsTable(std::span<const model::Reading> readings);

} // namespace tocsin::county
