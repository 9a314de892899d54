#include "app/cli_import.hpp"

namespace tocsin::app {

void addImportCommands(CLI::App& import, ImportWords& words, const std::function<void(CLI::App&, RunImport)>& finish) {
    const auto add = [&](const char* name, const char* what, RunImport run) {
        auto* command = import.add_subcommand(name, what);
        finish(*command, run);
        return command;
    };
    const auto datums = CLI::IsMember({"wgs84", "gcj02", "bd09"});
    const auto one = [&](CLI::App* command, const char* what) {
        command->add_option("file", words.files, what)->required()->expected(1);
    };
    const auto shapes = [&](CLI::App* command) {
        one(command, "GeoPackage, GeoJSON (.gz too), TopoJSON, Shapefile or KML");
        command->add_option("--layer", words.layer, "The file's layer, where it has several");
        command->add_option("--name", words.name, "The name under which it is kept");
        command->add_option("--title", words.title, "What people read");
        command->add_option("--name-field", words.nameField, "The field with names");
        command->add_option("--datum", words.datum, "In which the coordinates really are")->check(datums);
        command->add_option("--crs", words.crs, "EPSG:n, for a file that does not say its reference");
        command->add_option("--encoding", words.encoding, "Of its texts, such as GB18030");
        command->add_option("--source", words.source, "Who made it");
        command->add_option("--licence", words.licence, "Under which it may be used");
        command->add_flag("--strict", words.strict, "One feature that cannot be taken refuses all");
    };

    one(add("osm", "Replace the county's map by an OpenStreetMap extract; its resources stay", runImportOsm),
        ".osm.pbf, .osm, .osm.gz, .osm.bz2");

    auto* boundaries = add("boundaries", "Areas of counties, townships, villages or a grid", runImportBoundaries);
    shapes(boundaries);
    boundaries->add_option("--level", words.level, "What they are; county without it")
        ->check(CLI::IsMember({"county", "township", "village", "grid"}));
    boundaries->add_option("--code-field", words.codeField, "The field with codes");

    shapes(add("layer", "Any points, lines or areas", runImportLayer));

    auto* elevation = add("elevation", "Heights: shaded relief and contours", runImportElevation);
    elevation->add_option("files", words.files, "GeoTIFF, HGT or zipped HGT; several are one picture")->required();
    elevation->add_option("--crs", words.crs, "EPSG:n, for a file that does not say its reference");

    auto* population = add("population", "Who lives where", runImportPopulation);
    one(population, "GeoTIFF of persons in each cell, or CSV with latitude, longitude and population");
    population->add_option("--crs", words.crs, "EPSG:n, for a file that does not say its reference");
    population->add_option("--datum", words.datum, "Of a table's coordinates")->check(datums);
    population->add_flag("--strict", words.strict, "One bad row refuses all");

    auto* sensors = add("sensors", "Register sensors, and change those that are; they are found again by their id", runImportSensors);
    one(sensors, "CSV or XLSX: id, name, name_zh, kind, unit, latitude, longitude, silent_after, lowest, highest, retired");
    sensors->add_flag("--dry-run", words.dryRun, "Say what would become of it, and change nothing");
    sensors->add_flag("--any-unit", words.anyUnit, "Take units, too, that nobody can bring to others");
    sensors->add_option("--encoding", words.encoding, "Of the text, such as GB18030; found out without it");
    sensors->add_option("--datum", words.datum, "Of the coordinates")->check(datums);

    auto* tiles = add("tiles", "A base map of ready-made raster tiles", runImportTiles);
    one(tiles, "An MBTiles file of PNG, JPEG or WebP");
    tiles->add_option("--name", words.name, "What the base map is called");

    auto* base = add("base", "A base map that comes over the network", runImportBase);
    base->add_option("--name", words.name, "What it is called")->required();
    base->add_option("--url", words.url, "With {z} {x} {y} or {-y}, {s} for a host, {key}")->required();
    base->add_option("--key", words.key, "What stands for {key}");
    base->add_option("--host", words.hosts, "What stands for {s}; may be said several times")->expected(1);
    base->add_option("--attribution", words.attribution, "Whose map it is");
    base->add_option("--datum", words.datum, "In which the map is drawn")->check(datums);
    base->add_option("--highest-zoom", words.highestZoom, "The last zoom that it has")->check(CLI::Range(0, 22));
    base->add_flag("--overlay", words.overlay, "Names or lines over another base map");

    add("list", "What was imported", runImportList);
    add("remove", "Take an imported layer, base map, the elevation or the population away", runImportRemove)
        ->add_option("name", words.name, "As 'tocsin import list' says it")
        ->required();
}

} // namespace tocsin::app
