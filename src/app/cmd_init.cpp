#include "app/commands.hpp"
#include "app/interrupt.hpp"
#include "app/make_county.hpp"

namespace tocsin::app {

int runInit(const InitOptions& options, const Console& console) {
    if (options.demo == !options.osm.empty()) {
        std::fprintf(stderr, "tocsin: say either --demo, or --osm FILE with --name NAME\n");
        return Exit::calledWrongly;
    }
    const Interrupt interrupt;
    const auto progress = [&](const county::Progress& p) { console.progress(p.stage, p.fraction); };
    auto made =
        makeCounty({options.data, options.demo, options.osm, options.name, options.force}, progress, interrupt.token());
    console.progressEnd();
    if (!made) {
        if (made.error().code == base::Code::conflict && !options.force)
            made.error().message += "; --force replaces a county, journal and all";
        return console.fail(made.error());
    }
    const auto& data = made->data;
    console.say("made " + data.name.text + " in " + options.data.string() + ": " +
                std::to_string(data.resources.size()) + " resources, " + std::to_string(data.sensors.size()) +
                " sensors");
    console.tell({{"outcome", "made"},
                  {"county", data.name.text},
                  {"folder", options.data.string()},
                  {"resources", data.resources.size()},
                  {"sensors", data.sensors.size()},
                  {"entries", made->entries}});
    return Exit::done;
}

} // namespace tocsin::app
