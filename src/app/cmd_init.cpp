#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "tocsin/county/county_data.hpp"
#include "tocsin/desk/plans.hpp"

namespace tocsin::app {

namespace fs = std::filesystem;
using base::Code;

namespace {

/// The demo county's moment of making: fixed, so that two of them are the same to the last hash.
const base::Time demoMade = *base::parseTime("2026-01-01T00:00:00Z");

/// Registers what the county starts with, as commands like any other: the journal begins with them.
base::Result<std::int64_t> registerCounty(const county::CountyFolder& folder, const county::CountyData& data,
                                          bool exercise, const base::Clock& clock, base::IdSource& ids) {
    auto store = store::Store::open(folder.database(), store::Access::readWrite, data.name.text);
    if (!store)
        return tl::unexpected(store.error());
    auto readings = store::ReadingStore::open(folder.readings(), store::Access::readWrite);
    if (!readings)
        return tl::unexpected(readings.error());
    auto desk =
        desk::Desk::start({std::move(*store), std::move(*readings), detect::Detector({}), {}, clock, ids, false});
    if (!desk)
        return tl::unexpected(desk.error());
    std::vector<desk::CommandBody> bodies;
    bodies.emplace_back(desk::NameCounty{data.name, exercise});
    if (!data.sensors.empty())
        bodies.emplace_back(desk::RegisterSensors{data.sensors});
    if (!data.resources.empty())
        bodies.emplace_back(desk::RegisterResources{data.resources});
    std::int64_t entries = 0;
    for (auto& body : bodies) {
        // One after the other: ids are drawn in the same order at every run.
        auto done = (*desk)->submit({(*desk)->newCommandId(), "init", std::move(body)}).get();
        if (!done)
            return tl::unexpected(done.error());
        entries += static_cast<std::int64_t>(done->entries.size());
    }
    return entries;
}

base::Result<void> makeIn(const county::CountyFolder& folder, const InitOptions& options, const Console& console,
                          county::CountyData& data, std::int64_t& entries) {
    const auto progress = [&](const county::Progress& p) { console.progress(p.stage, p.fraction); };
    if (options.demo) {
        auto made = county::makeDemoCounty(resourcesFolder(), folder.map(), progress);
        if (!made)
            return tl::unexpected(made.error());
        data = std::move(*made);
    } else {
        const base::SystemClock clock;
        base::RandomIdSource ids(clock);
        auto made = county::makeOwnCounty(resourcesFolder(), options.osm, folder.map(), options.name, clock.now(), ids,
                                          progress);
        if (!made)
            return tl::unexpected(made.error());
        data = std::move(*made);
    }
    if (auto written = county::writeCountyFiles(folder, data, true); !written)
        return written;
    const base::ManualClock fixed(demoMade);
    base::SeededIdSource seeded(demoMade);
    const base::SystemClock real;
    base::RandomIdSource random(real);
    const base::Clock& clock = options.demo ? static_cast<const base::Clock&>(fixed) : real;
    base::IdSource& ids = options.demo ? static_cast<base::IdSource&>(seeded) : random;
    auto done = registerCounty(folder, data, options.demo, clock, ids);
    if (!done)
        return tl::unexpected(done.error());
    entries = *done;
    return {};
}

} // namespace

int runInit(const InitOptions& options, const Console& console) {
    if (options.demo == !options.osm.empty()) {
        std::fprintf(stderr, "tocsin: say either --demo, or --osm FILE with --name NAME\n");
        return Exit::calledWrongly;
    }
    const county::CountyFolder target{options.data};
    std::error_code ec;
    if (fs::exists(target.database(), ec) && !options.force)
        return console.fail(
            {Code::conflict,
             "there is a county in " + options.data.string() + " already; --force replaces it, journal and all",
             {}});
    // Built beside its place and moved there whole: a county is there or it is not.
    fs::create_directories(fs::absolute(options.data).parent_path(), ec);
    const county::CountyFolder half{fs::absolute(options.data).string() + ".making"};
    fs::remove_all(half.root, ec);
    fs::create_directories(half.root, ec);
    if (ec)
        return console.fail(
            {Code::storage, "cannot make a folder beside " + options.data.string() + ": " + ec.message(), {}});
    county::CountyData data;
    std::int64_t entries = 0;
    auto made = makeIn(half, options, console, data, entries);
    console.progressEnd();
    if (!made) {
        fs::remove_all(half.root, ec);
        return console.fail(made.error());
    }
    if (fs::exists(target.root, ec)) {
        if (fs::exists(target.database(), ec)) {
            auto lock = FolderLock::take(target.root);
            if (!lock) {
                fs::remove_all(half.root, ec);
                return console.fail(lock.error());
            }
        } else if (!fs::is_empty(target.root, ec)) {
            fs::remove_all(half.root, ec);
            return console.fail({Code::conflict, options.data.string() + " is not empty and holds no county", {}});
        }
        fs::remove_all(target.root, ec);
    }
    fs::rename(half.root, target.root, ec);
    if (ec)
        return console.fail({Code::storage, "cannot move the county into place: " + ec.message(), {}});
    console.say("made " + data.name.text + " in " + options.data.string() + ": " +
                std::to_string(data.resources.size()) + " resources, " + std::to_string(data.sensors.size()) +
                " sensors");
    console.tell({{"outcome", "made"},
                  {"county", data.name.text},
                  {"folder", options.data.string()},
                  {"resources", data.resources.size()},
                  {"sensors", data.sensors.size()},
                  {"entries", entries}});
    return Exit::done;
}

} // namespace tocsin::app
