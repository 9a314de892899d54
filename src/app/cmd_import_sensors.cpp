#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/interrupt.hpp"
#include "app/stored_state.hpp"
#include "tocsin/county/sensor_table.hpp"
#include "tocsin/desk/sensor_checks.hpp"
#include "tocsin/desk/unit_converter.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace tocsin::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t lot = 250; ///< sensors in one entry of the journal

model::Datum datumOf(const std::string& word) {
    return word == "gcj02" ? model::Datum::gcj02 : word == "bd09" ? model::Datum::bd09 : model::Datum::wgs84;
}

void tellErrors(const county::SensorImport& result, const Console& console) {
    constexpr std::size_t shown = 20;
    std::size_t count = 0;
    for (const auto& error : result.errors) {
        console.tell({{"error", {{"row", error.row}, {"column", error.column}, {"value", error.value}, {"expected", error.expected}}}});
        if (++count <= shown)
            console.say("row " + std::to_string(error.row) +
                        (error.column.empty() ? "" : ", " + error.column + (error.value.empty() ? "" : " \"" + error.value + "\"")) +
                        ": expected " + error.expected);
    }
    if (count > shown)
        console.say("and " + std::to_string(count - shown) + " more");
}

/// What the desk makes of them, lot by lot; a lot that is refused is halved until the sensor is found that is to blame.
class Registering {
  public:
    Registering(const county::SensorImport& import, desk::Desk& desk, bool anyUnit, const Console& console)
        : m_import(import), m_desk(desk), m_anyUnit(anyUnit), m_console(console) {
        for (const auto& sensor : import.seen)
            m_seen.emplace(sensor.id, &sensor);
    }

    void run(const std::stop_token& stop) {
        const auto count = m_import.sensors.size();
        for (std::size_t at = 0; at < count && !stop.stop_requested(); at += lot) {
            offer(at, std::min(count, at + lot));
            m_console.progress("registering", static_cast<double>(std::min(count, at + lot)) / static_cast<double>(count));
        }
        m_console.progressEnd();
        retire(stop); // also after a stop: of the rows that were taken none is left half done unsaid
    }
    std::size_t taken{0};
    std::size_t refused{0};
    std::size_t halfDone{0}; ///< of those taken: registered, but not retired or not brought back

  private:
    void offer(std::size_t from, std::size_t to) {
        desk::RegisterSensors command;
        command.anyUnit = m_anyUnit;
        command.seen.emplace();
        for (std::size_t i = from; i < to; ++i) {
            command.sensors.push_back(m_import.sensors[i]);
            if (const auto was = m_seen.find(m_import.sensors[i].id); was != m_seen.end())
                command.seen->push_back(*was->second);
        }
        const auto done = m_desk.submit({m_desk.newCommandId(), "import", std::move(command)}).get();
        if (done) {
            for (std::size_t i = from; i < to; ++i)
                take(i);
            return;
        }
        const auto& error = done.error();
        if (to - from > 1 && error.code != base::Code::unavailable && error.code != base::Code::storage) {
            const auto half = from + (to - from) / 2;
            offer(from, half);
            offer(half, to);
            return;
        }
        for (std::size_t i = from; i < to; ++i)
            refuse(i, error);
    }

    /// One that is in the register now: whether it is retired is a command of its own, with its own reason.
    void take(std::size_t i) {
        ++taken;
        const auto& sensor = m_import.sensors[i];
        const auto was = m_seen.find(sensor.id);
        if (sensor.retired.empty() != (was == m_seen.end() || was->second->retired.empty()))
            m_retiring[sensor.retired].push_back(i);
    }
    void retire(const std::stop_token& stop) {
        for (const auto& [reason, rows] : m_retiring) {
            for (std::size_t at = 0; at < rows.size(); at += desk::mostSensorsRetired) {
                const auto end = std::min(rows.size(), at + desk::mostSensorsRetired);
                desk::RetireSensors command{{}, !reason.empty(), reason};
                for (std::size_t k = at; k < end; ++k)
                    command.sensors.push_back(m_import.sensors[rows[k]].id);
                base::Result<desk::Done> done = base::fail(base::Code::cancelled, "cancelled");
                if (!stop.stop_requested())
                    done = m_desk.submit({m_desk.newCommandId(), "import", std::move(command)}).get();
                for (std::size_t k = at; k < end && !done; ++k)
                    leaveHalfDone(rows[k], done.error());
            }
        }
    }
    void leaveHalfDone(std::size_t i, const base::Error& error) {
        ++halfDone;
        const auto& sensor = m_import.sensors[i];
        const std::string what = sensor.retired.empty() ? "registered, but not brought back: " : "registered, but not retired: ";
        m_console.tell({{"halfDone", {{"row", m_import.rowOf[i]}, {"id", sensor.id.value}, {"reason", what + error.message}}}});
        m_console.say("row " + std::to_string(m_import.rowOf[i]) + " " + what + error.message);
    }
    void refuse(std::size_t i, const base::Error& error) {
        ++refused;
        m_console.tell({{"refused", {{"row", m_import.rowOf[i]}, {"id", m_import.sensors[i].id.value}, {"reason", error.message}}}});
        m_console.say("row " + std::to_string(m_import.rowOf[i]) + " refused: " + error.message);
    }

    const county::SensorImport& m_import;
    desk::Desk& m_desk;
    bool m_anyUnit;
    const Console& m_console;
    std::map<model::SensorId, const model::Sensor*> m_seen;
    std::map<std::string, std::vector<std::size_t>> m_retiring; ///< by the reason; without one they are brought back
};

} // namespace

int runImportSensors(const ImportWords& words, const Console& console) {
    const Interrupt interrupt;
    auto target = importTarget({words.data}, words.dryRun);
    if (!target)
        return console.fail(target.error());
    const auto& session = target->session;
    const auto& state = target->state;
    const auto file = county::readSheets(words.files.front(), words.encoding, {}, interrupt.token());
    if (!file)
        return console.fail(file.error());
    // What the desk would refuse is found here already, so that a dry run tells of it, too.
    desk::UnitConverter units;
    const auto fault = [&](const model::Sensor& sensor, const model::Sensor* before) -> std::optional<county::SensorFault> {
        if (const auto ok = desk::checkSensor(sensor); !ok)
            return county::SensorFault{{}, "what a sensor can be: " + ok.error().message};
        if (!words.anyUnit && (before == nullptr || sensor.unit != before->unit) && !units.knows(sensor.unit))
            return county::SensorFault{"unit", "a unit that is known, not '" + sensor.unit + "' (--any-unit takes it all the same)"};
        return std::nullopt;
    };
    const auto result = county::importSensors(file->sheets.front(), state.sensors, datumOf(words.datum), fault);
    if (!result)
        return console.fail(result.error());
    for (const auto& column : result->unused) {
        console.tell({{"column", column}, {"field", ""}});
        console.say("column '" + column + "' is not used");
    }
    tellErrors(*result, console);
    std::size_t taken = 0;
    std::size_t refused = 0;
    std::size_t halfDone = 0;
    if (!words.dryRun && !result->sensors.empty()) {
        Registering registering(*result, *session->desk, words.anyUnit, console);
        registering.run(interrupt.token());
        taken = registering.taken;
        refused = registering.refused;
        halfDone = registering.halfDone;
    }
    console.tell({{"outcome", words.dryRun ? "tried" : "imported"}, {"encoding", file->encoding}, {"rows", result->rows},
                  {"new", result->added}, {"changed", result->changed}, {"same", result->same}, {"bad", result->badRows},
                  {"taken", taken}, {"refused", refused}, {"halfDone", halfDone}});
    console.say(std::string(words.dryRun ? "tried: " : "imported: ") + std::to_string(result->rows) + " rows, " +
                std::to_string(result->added) + " new, " + std::to_string(result->changed) + " changed, " +
                std::to_string(result->same) + " the same, " + std::to_string(result->badRows) + " bad" +
                (refused > 0 ? ", " + std::to_string(refused) + " refused by the desk" : "") +
                (halfDone > 0 ? ", " + std::to_string(halfDone) + " registered, but not retired or not brought back" : "") +
                (words.dryRun ? "; nothing was changed" : ""));
    if (interrupt.token().stop_requested())
        return console.fail({base::Code::cancelled, "cancelled: " + std::to_string(taken) + " sensors were registered", {}});
    return result->badRows + refused + halfDone == 0 ? Exit::done : Exit::refused;
}

} // namespace tocsin::app
