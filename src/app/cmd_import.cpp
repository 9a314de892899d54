#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/interrupt.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/county/base_map_import.hpp"
#include "tocsin/county/elevation.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/population.hpp"
#include "tocsin/county/vector_import.hpp"

#include <cmath>

namespace tocsin::app {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Of numbers from a few to millions, as people read them.
std::string counted(double number) {
    std::string digits = std::to_string(static_cast<std::int64_t>(std::llround(number)));
    for (int at = static_cast<int>(digits.size()) - 3; at > (digits.starts_with('-') ? 1 : 0); at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::optional<model::Datum> datumOf(const std::string& word) {
    if (word == "gcj02")
        return model::Datum::gcj02;
    if (word == "bd09")
        return model::Datum::bd09;
    if (word == "wgs84")
        return model::Datum::wgs84;
    return std::nullopt;
}

const char* datumWord(model::Datum datum) {
    return datum == model::Datum::gcj02 ? "gcj02" : datum == model::Datum::bd09 ? "bd09" : "wgs84";
}

/// Runs an import with a progress line and Ctrl+C.
template <typename Work>
auto withProgress(const Console& console, Work&& work) {
    const Interrupt interrupt;
    const auto result =
        work([&](const county::Progress& p) { console.progress(p.stage, p.fraction); }, interrupt.token());
    console.progressEnd();
    return result;
}

/// A desk that runs reads its files at its start.
void sayRestart(const Console& console, const ImportWords& words) {
    std::error_code ec;
    if (fs::exists(words.data / "desk.lock", ec) && !FolderLock::take(words.data))
        console.say("a desk is running on this county: it shows the new data when it is started again");
}

template <typename List>
void tellLeftOut(const Console& console, const List& list, std::size_t count, const char* what) {
    for (const auto& [number, why] : list)
        std::fprintf(stderr, "tocsin: left out %s %lld: %s\n", what, static_cast<long long>(number), why.c_str());
    if (count > list.size())
        std::fprintf(stderr, "tocsin: and %zu more were left out\n", count - list.size());
    (void)console;
}

int importShapes(const ImportWords& words, const Console& console, std::optional<county::BoundaryLevel> level) {
    county::VectorImportOptions options;
    options.boundary = level;
    options.layer = words.layer;
    options.name = words.name;
    options.title = words.title;
    options.nameField = words.nameField;
    options.codeField = words.codeField;
    options.crs = words.crs;
    options.datum = datumOf(words.datum);
    options.encoding = words.encoding;
    options.source = words.source;
    options.licence = words.licence;
    options.strict = words.strict;
    options.made = base::SystemClock().now();
    const county::CountyFolder folder{words.data};
    const auto done = withProgress(console, [&](const auto& progress, const auto& cancel) {
        return county::importVector(folder, words.files.front(), options, progress, cancel);
    });
    if (!done)
        return console.fail(done.error());
    json layers = json::array();
    std::string names;
    for (const auto& layer : done->layers) {
        layers.push_back({{"name", layer.name}, {"geometry", layer.geometry}, {"features", layer.features}});
        names += (names.empty() ? "" : ", ") + layer.name;
    }
    json leftOut = json::array();
    for (const auto& one : done->leftOut)
        leftOut.push_back({{"feature", one.feature}, {"reason", one.why}});
    if (!console.json())
        tellLeftOut(console, done->leftOut, done->leftOutCount, "feature");
    console.say((done->replaced ? "replaced " : "imported ") + names + ": " +
                counted(static_cast<double>(done->taken)) + " features" +
                (done->repaired > 0 ? ", " + counted(static_cast<double>(done->repaired)) + " repaired" : "") +
                (done->leftOutCount > 0 ? ", " + counted(static_cast<double>(done->leftOutCount)) + " left out" : "") +
                (done->nameField.empty() ? "; no field has names" : "; names from " + done->nameField) +
                (done->codeField.empty() ? "" : ", codes from " + done->codeField));
    if (done->elsewhere && !console.json())
        std::fprintf(stderr,
                     "tocsin: nothing of it lies in the county: is it the right file, in the right reference?\n");
    console.tell({{"outcome", "imported"},
                  {"elsewhere", done->elsewhere},
                  {"layers", layers},
                  {"taken", done->taken},
                  {"repaired", done->repaired},
                  {"left_out", done->leftOutCount},
                  {"left_out_first", leftOut},
                  {"recoded_texts", done->recoded},
                  {"name_field", done->nameField},
                  {"code_field", done->codeField},
                  {"replaced", done->replaced}});
    sayRestart(console, words);
    return Exit::done;
}

} // namespace

int runImportOsm(const ImportWords& words, const Console& console) {
    const county::CountyFolder folder{words.data};
    std::error_code ec;
    if (!fs::exists(folder.config(), ec))
        return console.fail({base::Code::notFound,
                             "there is no county in " + words.data.string() + ": make one with 'tocsin init' first",
                             {}});
    const auto config = county::loadConfig(folder);
    if (!config)
        return console.fail(config.error());
    county::ImportOptions options;
    options.county = config->name;
    options.made = base::SystemClock().now();
    const auto done = withProgress(console, [&](const auto& progress, const auto& cancel) {
        return county::importOsm(words.files.front(), folder.map(), options, progress, cancel);
    });
    if (!done)
        return console.fail(done.error());
    if (const auto graded = county::gradeRoads(folder); !graded)
        return console.fail(graded.error());
    console.say("replaced the map of " + config->name.text + ": " + counted(static_cast<double>(done->roadArcs)) +
                " road arcs, " + counted(static_cast<double>(done->gazetteerNames)) +
                " names; resources, sensors and the journal stay as they were");
    console.tell({{"outcome", "imported"},
                  {"county", config->name.text},
                  {"nodes", done->nodes},
                  {"ways", done->ways},
                  {"relations", done->relations},
                  {"road_arcs", done->roadArcs},
                  {"names", done->gazetteerNames}});
    sayRestart(console, words);
    return Exit::done;
}

int runImportBoundaries(const ImportWords& words, const Console& console) {
    return importShapes(words, console, county::boundaryLevelFrom(words.level).value_or(county::BoundaryLevel::county));
}

int runImportLayer(const ImportWords& words, const Console& console) {
    return importShapes(words, console, std::nullopt);
}

int runImportElevation(const ImportWords& words, const Console& console) {
    const std::vector<fs::path> files(words.files.begin(), words.files.end());
    const auto done = withProgress(console, [&](const auto& progress, const auto& cancel) {
        return county::importElevation({words.data}, files, {words.crs, 0}, progress, cancel);
    });
    if (!done)
        return console.fail(done.error());
    const auto percent = static_cast<int>(std::lround(done->covered * 100));
    console.say("imported heights from " + counted(done->lowest) + " m to " + counted(done->highest) + " m over " +
                std::to_string(percent) + " % of the county; " + counted(static_cast<double>(done->contours)) +
                " contours, one each " + counted(done->interval) + " m");
    console.tell({{"outcome", "imported"},
                  {"width", done->width},
                  {"height", done->height},
                  {"lowest", done->lowest},
                  {"highest", done->highest},
                  {"covered", done->covered},
                  {"interval", done->interval},
                  {"contours", done->contours}});
    sayRestart(console, words);
    return Exit::done;
}

int runImportPopulation(const ImportWords& words, const Console& console) {
    const county::PopulationOptions options{words.crs, datumOf(words.datum).value_or(model::Datum::wgs84),
                                            words.strict};
    const auto done = withProgress(console, [&](const auto& progress, const auto& cancel) {
        return county::importPopulation({words.data}, words.files.front(), options, progress, cancel);
    });
    if (!done)
        return console.fail(done.error());
    json leftOut = json::array();
    for (const auto& [line, why] : done->leftOut)
        leftOut.push_back({{"line", line}, {"reason", why}});
    if (!console.json())
        tellLeftOut(console, done->leftOut, done->leftOutCount, "line");
    console.say(
        "imported " + counted(done->total) + " persons in and around the county" +
        (std::isfinite(done->fileTotal) ? " of " + counted(done->fileTotal) + " in the file" : "") +
        (done->leftOutCount > 0 ? ", " + counted(static_cast<double>(done->leftOutCount)) + " rows left out" : ""));
    console.tell({{"outcome", "imported"},
                  {"persons", done->total},
                  {"file_persons", std::isfinite(done->fileTotal) ? json(done->fileTotal) : json()},
                  {"rows", done->rows},
                  {"left_out", done->leftOutCount},
                  {"left_out_first", leftOut},
                  {"width", done->width},
                  {"height", done->height}});
    sayRestart(console, words);
    return Exit::done;
}

int runImportTiles(const ImportWords& words, const Console& console) {
    const auto done = withProgress(console, [&](const auto& progress, const auto& cancel) {
        return county::importTiles({words.data}, words.files.front(), words.name, progress, cancel);
    });
    if (!done)
        return console.fail(done.error());
    console.say("imported the base map " + done->name + ": " + counted(static_cast<double>(done->tiles)) + " " +
                done->format + " tiles, zoom " + std::to_string(done->lowestZoom) + " to " +
                std::to_string(done->highestZoom));
    console.tell({{"outcome", "imported"},
                  {"name", done->name},
                  {"file", done->file},
                  {"format", done->format},
                  {"tiles", done->tiles},
                  {"lowest_zoom", done->lowestZoom},
                  {"highest_zoom", done->highestZoom}});
    sayRestart(console, words);
    return Exit::done;
}

int runImportBase(const ImportWords& words, const Console& console) {
    county::BaseMap map;
    map.name = words.name;
    map.url = words.url;
    map.key = words.key;
    map.hosts = words.hosts;
    map.attribution = words.attribution;
    map.highestZoom = words.highestZoom;
    map.datum = datumOf(words.datum).value_or(model::Datum::wgs84);
    map.overlay = words.overlay;
    if (const auto done = county::addBaseMap({words.data}, map); !done)
        return console.fail(done.error());
    console.say("added the base map " + words.name + " to config.toml");
    console.tell({{"outcome", "added"}, {"name", words.name}});
    sayRestart(console, words);
    return Exit::done;
}

int runImportList(const ImportWords& words, const Console& console) {
    const county::CountyFolder folder{words.data};
    const auto config = county::loadConfig(folder);
    if (!config)
        return console.fail(config.error());
    const auto layers = county::listOverlays(folder);
    if (!layers)
        return console.fail(layers.error());
    bool any = false;
    const auto row = [&](const std::string& name, const std::string& kind, const std::string& what, json object) {
        console.say(name + "  " + kind + "  " + what);
        object["name"] = name;
        object["kind"] = kind;
        console.tell(object);
        any = true;
    };
    for (const auto& layer : *layers)
        row(layer.name, layer.kind,
            counted(static_cast<double>(layer.features)) + " " + layer.geometry + "s  " + layer.title + "  from " +
                layer.source + (layer.datum == "wgs84" ? "" : ", was " + layer.datum),
            {{"title", layer.title},
             {"geometry", layer.geometry},
             {"features", layer.features},
             {"source", layer.source},
             {"licence", layer.licence},
             {"datum", layer.datum},
             {"made", layer.made}});
    std::error_code ec;
    if (fs::exists(folder.elevation(), ec))
        row("elevation", "elevation", "heights, shaded relief, contours", json::object());
    if (fs::exists(folder.population(), ec))
        row("population", "population", "persons in each cell", json::object());
    for (const auto& map : config->baseMaps)
        row(map.name.text, "base", map.url.empty() ? map.file : map.url,
            {{"url", map.url}, {"file", map.file}, {"datum", datumWord(map.datum)}, {"overlay", map.overlay}});
    if (!any)
        console.say("nothing was imported; see 'tocsin import --help'");
    return Exit::done;
}

int runImportRemove(const ImportWords& words, const Console& console) {
    const county::CountyFolder folder{words.data};
    base::Result<void> done;
    std::error_code ec;
    std::vector<fs::path> files;
    if (words.name == "elevation")
        files = {folder.elevation(), folder.relief(), folder.contours()};
    else if (words.name == "population")
        files = {folder.population()};
    if (!files.empty()) {
        if (!fs::exists(files.front(), ec))
            done = base::fail(base::Code::notFound, "there is no " + words.name + " to remove");
        for (const auto& file : files)
            fs::remove(file, ec);
    } else if (done = county::removeOverlay(folder, words.name); !done && done.error().code == base::Code::notFound) {
        const auto base = county::removeBaseMap(folder, words.name);
        if (base || base.error().code != base::Code::notFound)
            done = base;
        else
            done.error().message = base.error().message.starts_with("there is no base map")
                                       ? "nothing that was imported is called " + words.name
                                       : base.error().message;
    }
    if (!done)
        return console.fail(done.error());
    console.say("removed " + words.name);
    console.tell({{"outcome", "removed"}, {"name", words.name}});
    sayRestart(console, words);
    return Exit::done;
}

} // namespace tocsin::app
