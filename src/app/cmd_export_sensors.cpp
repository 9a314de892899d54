#include "app/commands.hpp"
#include "app/stored_state.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/sensor_table.hpp"

#include <cstdio>

namespace tocsin::app {

int runExportSensors(const std::filesystem::path& data, const std::string& out, const Console& console) {
    const auto state = storedState({data});
    if (!state)
        return console.fail(state.error());
    const auto text = county::sensorTable(state->sensors);
    if (out.empty() || out == "-") {
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
            return console.fail({base::Code::storage, "cannot write all of the sensors", {}});
        return Exit::done;
    }
    if (auto ok = county::writeText(out, text); !ok)
        return console.fail(ok.error());
    console.tell({{"outcome", "exported"}, {"file", out}, {"sensors", state->sensors.size()}});
    console.say(std::to_string(state->sensors.size()) + " sensors written to " + out);
    return Exit::done;
}

} // namespace tocsin::app
