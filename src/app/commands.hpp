#pragma once

#include "app/console.hpp"
#include "tocsin/county/records.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// One function a subcommand. Each returns an Exit code and prints through its Console.
namespace tocsin::app {

struct InitOptions {
    std::filesystem::path data;
    bool demo{false};
    std::string osm;
    std::string name;
    bool force{false}; ///< replace a county that is there
};
int runInit(const InitOptions& options, const Console& console);

/// One kind of import a function; each leaves the county as it was unless it is done whole.
struct ImportWords {
    std::filesystem::path data;
    std::vector<std::string> files;
    std::string name;
    std::string title;
    std::string layer;
    std::string level;
    std::string nameField;
    std::string codeField;
    std::string crs;
    std::string datum;
    std::string encoding;
    std::string source;
    std::string licence;
    std::string url;
    std::string key;
    std::string attribution;
    std::vector<std::string> hosts;
    int highestZoom{18};
    bool overlay{false};
    bool strict{false};
    bool dryRun{false};
    bool anyUnit{false};
};
int runImportOsm(const ImportWords& words, const Console& console);
int runImportBoundaries(const ImportWords& words, const Console& console);
int runImportLayer(const ImportWords& words, const Console& console);
int runImportElevation(const ImportWords& words, const Console& console);
int runImportPopulation(const ImportWords& words, const Console& console);
/// Exit::refused when rows could not be taken; the others are.
int runImportSensors(const ImportWords& words, const Console& console);
int runExportSensors(const std::filesystem::path& data, const std::string& out, const Console& console);

struct ReadingsWords {
    std::filesystem::path data;
    std::string sensor; ///< its id
    std::string out;    ///< empty or "-": standard output
    std::string from;   ///< a time of measuring; empty: the first
    std::string to;     ///< empty: the last
};
/// All that is stored of a sensor, of archived months too: with both its times, and what of it sets nothing off.
int runExportReadings(const ReadingsWords& words, const Console& console);
int runImportTiles(const ImportWords& words, const Console& console);
int runImportBase(const ImportWords& words, const Console& console);
int runImportList(const ImportWords& words, const Console& console);
int runImportRemove(const ImportWords& words, const Console& console);

struct ServeOptions {
    std::filesystem::path data;
    std::string readings; ///< HOST:PORT; empty: as config.toml says
    std::string http;
    std::string scenario; ///< play this one (exercise counties only)
};
int runServe(const ServeOptions& options, const Console& console);

struct FilesOptions {
    std::filesystem::path data;
    std::vector<std::string> files;
    std::string format;
    std::string feed; ///< of config.toml: read them as this feed's
    bool eachFile{false}; ///< check: of folders tell every file, too
};
int runIngest(const FilesOptions& options, const Console& console);
/// Files, and folders with all below them. Exit::refused when something of them would go to quarantine.
int runCheck(const FilesOptions& options, const Console& console);

int runJournalVerify(const std::filesystem::path& data, const Console& console);
int runJournalExport(const std::filesystem::path& data, const std::string& out, const Console& console);
int runJournalRebuild(const std::filesystem::path& data, const Console& console);

/// Exit::refused when a rule cannot be read or is wrong; doubtful ones are only told. `file` empty: the county's own.
int runRulesCheck(const std::filesystem::path& data, const std::string& file, const Console& console);

struct RulesOptions {
    std::filesystem::path data;
    std::string file; ///< empty: the county's rules.toml
    std::string rule; ///< its id
    std::string from; ///< a time; empty: 30 days before `to`
    std::string to;   ///< empty: now
};
/// When a rule would have fired over the stored past.
int runRulesBacktest(const RulesOptions& options, const Console& console);

/// Which reports may speak of one event, and why: one object a group.
int runReportGroups(const std::filesystem::path& data, const Console& console);
/// Places and words that are reported more than usual; `at` is a time, empty: now.
int runReportHotSpots(const std::filesystem::path& data, const std::string& at, const Console& console);

/// What `tocsin resources` is told.
struct ResourceWords {
    std::filesystem::path data;
    std::string text;   ///< what is searched
    std::string file;
    std::string kind;   ///< of those listed; of an import's rows that say none
    std::string status;
    std::string encoding;
    std::string datum;
    std::string mapping; ///< a file
    std::string bad;     ///< where the bad rows go
    std::optional<county::RecordTable> table{}; ///< what the file's first table is; absent: found out
    bool dryRun{false};
};
int runResourcesList(const ResourceWords& words, const Console& console);
int runResourcesSearch(const ResourceWords& words, const Console& console);
/// Exit::refused when rows could not be taken; the others are.
int runResourcesImport(const ResourceWords& words, const Console& console);
int runResourcesExport(const ResourceWords& words, const Console& console);
/// The duty rosters or the call-down lists alone.
int runTablesExport(const ResourceWords& words, county::RecordTable table, const Console& console);
/// Short or expiring stock, checks that are due. Exit::refused when there is any.
int runResourcesCheck(const ResourceWords& words, const Console& console);

struct PinWords {
    std::filesystem::path data;
    std::string name;
    bool clear{false}; ///< take it away
};
/// Sets the PIN of a name to what standard input says, where no desk runs on the county.
int runPin(const PinWords& words, const Console& console);

int runBackup(const std::filesystem::path& data, const std::string& out, const Console& console);
int runRestore(const std::filesystem::path& data, const std::string& in, const Console& console);

struct RecommendWords {
    std::string incident;
    bool all{false};
    double seconds{2};
};
int runRecommend(const std::filesystem::path& data, const RecommendWords& words, const Console& console);

struct DrillOptions {
    std::filesystem::path data;
    std::string scenario;
    std::string speed{"1"}; ///< a factor, or "max"
    std::string until;      ///< stop here: "90s", "20min"; empty: the whole scenario
};
int runDrill(const DrillOptions& options, const Console& console);

struct WindowOptions {
    std::filesystem::path data;
    std::string language; ///< empty: as last time, else the system's
    std::string theme;    ///< "dark", "light"; empty: as last time
    std::string scenario; ///< empty: as config.toml says
    bool noScenario{false};
    std::string readings;
    std::string http;
    std::string person; ///< who sits here, where another window runs the desk; empty: it is asked
};
int runWindow(const WindowOptions& options, int argc, char** argv, const Console& console);

struct ScreenshotOptions {
    std::filesystem::path data;
    std::string out;
    std::string size{"1920x1080"};
    std::string language;
    std::string theme;
    std::string select;
    std::optional<double> zoom; ///< 6…19; absent: as the county's settings say
    std::string centre;         ///< "LAT,LON"; empty: likewise
    bool mapOnly{false};        ///< the map without the window round it
    std::string page;           ///< of the dispatch window: "board", "timeline", …; it is drawn instead
};
int runScreenshot(const ScreenshotOptions& options, int argc, char** argv, const Console& console);

} // namespace tocsin::app
