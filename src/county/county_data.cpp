#include "tocsin/county/county_data.hpp"

#include "county/demo_register.hpp"
#include "county/facility_resources.hpp"
#include "county/placer.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/folder.hpp"

#include <cmath>
#include <cstdio>

namespace tocsin::county {
namespace {

namespace fs = std::filesystem;

/// The demo county never changes: neither do its dates and ids.
constexpr std::int64_t demoMillis = 1'795'161'600'000; // 2026-11-20T08:00:00Z
constexpr std::uint64_t demoSeed = 423;

base::Result<void> readInto(std::string& out, const fs::path& file) {
    auto text = readText(file);
    if (!text)
        return tl::unexpected(text.error());
    out = std::move(*text);
    return {};
}

std::string ownConfig(const ImportSummary& map, const base::LocalText& name, const std::string& words) {
    std::string zh;
    if (const auto& chinese = name.in("zh_CN"); chinese != name.text)
        zh = ", zh_CN = " + tomlQuoted(chinese);
    // A zoom at which the county's longer side fills a window of some 1,000 points.
    const double degrees =
        std::max({map.bounds.east - map.bounds.west, (map.bounds.north - map.bounds.south) * 1.5, 0.01});
    char view[160];
    std::snprintf(view, sizeof view, "centre = { latitude = %.5f, longitude = %.5f }\nzoom = %.1f\n",
                  map.bounds.centre().latitude(), map.bounds.centre().longitude(),
                  std::clamp(std::log2(360.0 / degrees * 4.0), 3.0, 15.0));
    return "# The county's settings. Edit freely; the desk reads this file at its start.\n\n"
           "[county]\nname = { text = " +
           tomlQuoted(name.text) + zh +
           " }\n# The IANA name of the county's time zone, such as \"Asia/Shanghai\".\ntime_zone = \"UTC\"\ndivision = "
           "\"\"\n\n"
           "[desk]\n# In exercise mode everything is a drill: screens are watermarked and nothing leaves the desk.\n"
           "exercise = false\nscenario = \"\"\nautoplay = false\n\n"
           "[duty]\nofficers = []\nleaders = []\n\n"
           "[listen]\n# host:port; loopback only unless you say otherwise, port 0 picks a free one.\n"
           "readings = \"127.0.0.1:7701\"\nhttp = \"127.0.0.1:7780\"\n\n[map]\n" +
           view + "languages = [\"zh\", \"en\"]\n\n" + words;
}

} // namespace

base::Result<CountyData> makeDemoCounty(const fs::path& resourcesDir, const fs::path& mapFile,
                                        const ProgressSink& progress, std::stop_token cancel) {
    const fs::path folder = resourcesDir / "demo";
    const auto names = loadDemoNames(folder);
    if (!names)
        return tl::unexpected(names.error());
    CountyData data;
    data.name = names->of("Liechtenstein");
    std::string words;
    for (const auto& [text, file] : {std::pair{&data.configToml, folder / "config.toml"},
                                     {&words, resourcesDir / "capabilities" / "default.toml"},
                                     {&data.rulesToml, resourcesDir / "rules" / "demo.toml"},
                                     {&data.synonymsToml, resourcesDir / "synonyms" / "default.toml"},
                                     {&data.hazardWordsToml, resourcesDir / "hazard_words" / "default.toml"},
                                     {&data.plansToml, resourcesDir / "plans" / "demo.toml"},
                                     {&data.profilesToml, resourcesDir / "profiles" / "default.toml"}})
        if (auto read = readInto(*text, file); !read)
            return tl::unexpected(read.error());
    data.configToml += '\n' + words;
    if (auto read = readInto(data.suppliesCsv, folder / "supplies.csv"); !read)
        return tl::unexpected(read.error());

    ImportOptions options;
    options.county = data.name;
    options.names = names->all;
    options.made = base::fromUnixMillis(demoMillis);
    const auto map = importOsm(folder / "liechtenstein.osm.pbf", mapFile, options, progress, cancel);
    if (!map)
        return tl::unexpected(map.error());
    data.centre = map->centre;
    data.bounds = map->bounds;
    data.map = *map;

    const auto placer = Placer::open(mapFile);
    if (!placer)
        return tl::unexpected(placer.error());
    base::SeededIdSource ids(options.made, demoSeed);
    try {
        DemoRegister demo(folder, **placer, *names, ids, options.made);
        data.resources = demo.resources();
        data.sensors = demo.sensors();
    } catch (const base::Error& error) {
        return tl::unexpected(error);
    }
    return data;
}

base::Result<CountyData> makeOwnCounty(const fs::path& resourcesDir, const fs::path& osmFile, const fs::path& mapFile,
                                       const base::LocalText& name, base::Time now, base::IdSource& ids,
                                       const ProgressSink& progress, std::stop_token cancel) {
    CountyData data;
    std::string words;
    for (const auto& [text, file] : {std::pair{&words, resourcesDir / "capabilities" / "default.toml"},
                                     {&data.rulesToml, resourcesDir / "rules" / "basic.toml"},
                                     {&data.synonymsToml, resourcesDir / "synonyms" / "default.toml"},
                                     {&data.hazardWordsToml, resourcesDir / "hazard_words" / "default.toml"},
                                     {&data.plansToml, resourcesDir / "plans" / "demo.toml"},
                                     {&data.profilesToml, resourcesDir / "profiles" / "default.toml"}})
        if (auto read = readInto(*text, file); !read)
            return tl::unexpected(read.error());
    ImportOptions options;
    options.county = name;
    options.made = now;
    const auto map = importOsm(osmFile, mapFile, options, progress, cancel);
    if (!map)
        return tl::unexpected(map.error());
    data.name = map->county.empty() ? base::LocalText(osmFile.stem().stem().string()) : map->county;
    data.centre = map->centre;
    data.bounds = map->bounds;
    data.map = *map;
    data.configToml = ownConfig(*map, data.name, words);
    const auto placer = Placer::open(mapFile);
    if (!placer)
        return tl::unexpected(placer.error());
    data.resources = facilityResources((*placer)->facilities(), ids, now);
    return data;
}

} // namespace tocsin::county
