#include "app/cli.hpp"

#include "app/cli_import.hpp"
#include "app/commands.hpp"
#include "app/county_session.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <functional>
#include <iostream>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

namespace tocsin::app {

namespace {

/// What all subcommands share.
struct Common {
    std::string data = defaultDataFolder().string();
    bool json{false};

    void addTo(CLI::App& app, bool withJson = true) {
        app.add_option("--data", data, "The county's folder")->capture_default_str();
        if (withJson)
            app.add_flag("--json", json, "Print for programs: one JSON object a line");
    }
};

using Run = std::function<int(const Console&)>;

class CommandLine {
  public:
    CommandLine(int argc, char** argv) : m_argc(argc), m_argv(argv) {
        m_app.set_version_flag("--version", "tocsin " TOCSIN_VERSION);
        m_app.require_subcommand(0, 1);
        m_app.footer(
            "With no subcommand it opens the desk. Exit codes: 0 done, 1 refused or found wrong, 2 called wrongly.");
        addWindow();
        addInit();
        addImport();
        addExport();
        addServe();
        addFiles();
        addJournal();
        addRules();
        addReports();
        addResources();
        addPin();
        addBackup();
        addRecommend();
        addDrill();
        addScreenshot();
    }

    int run() {
        try {
            m_app.parse(m_argc, m_argv);
        } catch (const CLI::ParseError& e) {
            const int code = m_app.exit(e);
            return code == 0 ? Exit::done : Exit::calledWrongly;
        }
        const auto chosen = m_app.get_subcommands();
        for (const auto* option : m_app.get_options()) {
            if (chosen.empty() || option->count() == 0 || option->check_name("--data"))
                continue;
            const auto& command = chosen.front()->get_name();
            std::cerr << option->get_name() << " is the window's own: " << command << " would not hear of it. Write it behind " << command << ".\n";
            return Exit::calledWrongly;
        }
        return m_run(Console(m_common.json));
    }

  private:
    CLI::App* add(const char* name, const char* what, Run run, bool withJson = true) {
        auto* command = m_app.add_subcommand(name, what);
        m_common.addTo(*command, withJson);
        command->callback([this, run = std::move(run)] { m_run = run; });
        return command;
    }

    void addWindow() {
        m_common.addTo(m_app, false);
        m_app.add_option("--lang", m_window.language, "Language of the window: en, zh_CN");
        m_app.add_option("--theme", m_window.theme, "dark or light")->check(CLI::IsMember({"dark", "light"}));
        m_app.add_option("--scenario", m_window.scenario, "Play this scenario (exercise counties only)");
        m_app.add_flag("--no-scenario", m_window.noScenario, "Play none");
        m_app.add_option("--as", m_window.person, "Who sits at this window, where another one runs the desk already");
        m_app.add_option("--readings", m_window.readings, "HOST:PORT for readings over TCP");
        m_app.add_option("--http", m_window.http, "HOST:PORT for reports and messages over HTTP");
        m_run = [this](const Console& console) {
            m_window.data = m_common.data;
            return runWindow(m_window, m_argc, m_argv, console);
        };
    }

    void addInit() {
        auto* command = add("init", "Make a county folder", [this](const Console& console) {
            m_init.data = m_common.data;
            return runInit(m_init, console);
        });
        command->add_flag("--demo", m_init.demo, "The demo county: Liechtenstein with an invented register");
        command->add_option("--osm", m_init.osm, "An OpenStreetMap extract: .osm.pbf, .osm, .osm.gz, .osm.bz2")
            ->check(CLI::ExistingFile);
        command->add_option("--name", m_init.name, "The county's name");
        command->add_flag("--force", m_init.force, "Replace the county that is there, journal and all");
    }

    void addImport() {
        auto* import = m_app.add_subcommand("import", "Take in maps, boundaries, heights, population, sensors, tiles, rosters and call-down lists");
        import->require_subcommand(1);
        addImportCommands(*import, m_import, [this](CLI::App& command, RunImport work) {
            m_common.addTo(command);
            command.callback([this, work] {
                m_run = [this, work](const Console& console) {
                    m_import.data = m_common.data;
                    return work(m_import, console);
                };
            });
        });
        importTable(*import, "rosters", "Take duty rosters: a row a turn, found again by record, beginning and person", county::RecordTable::duty);
        importTable(*import, "call-lists", "Take call-down lists: a row a step; a list is found again by its name, a step by its person or record",
                    county::RecordTable::calls);
    }

    void importTable(CLI::App& import, const char* name, const char* what, county::RecordTable table) {
        auto* command = import.add_subcommand(name, what);
        m_common.addTo(*command);
        command->add_option("file", m_resources.file, "NAME.csv or NAME.xlsx; its first table is taken for this")->required();
        command->add_flag("--dry-run", m_resources.dryRun, "Say what would become of it, and change nothing");
        command->add_option("--mapping", m_resources.mapping, "A file with lines 'column = field'");
        command->add_option("--encoding", m_resources.encoding, "Of the text, such as GB18030; found out without it");
        command->add_option("--bad", m_resources.bad, "Where rows go that cannot be taken; bad-rows.csv beside the file without it");
        command->callback([this, table] {
            m_run = [this, table](const Console& console) {
                m_resources.data = m_common.data;
                m_resources.table = table;
                return runResourcesImport(m_resources, console);
            };
        });
    }

    void exportTable(CLI::App& out, const char* name, const char* what, county::RecordTable table) {
        auto* command = out.add_subcommand(name, what);
        m_common.addTo(*command);
        command->add_option("file", m_resources.file, "NAME.csv or NAME.xlsx")->required();
        command->callback([this, table] {
            m_run = [this, table](const Console& console) {
                m_resources.data = m_common.data;
                return runTablesExport(m_resources, table, console);
            };
        });
    }

    void addExport() {
        auto* out = m_app.add_subcommand("export", "Write tables: the register of sensors, readings");
        out->require_subcommand(1);
        auto* sensors = out->add_subcommand("sensors", "The register of sensors, retired ones with it, as CSV");
        m_common.addTo(*sensors);
        sensors->add_option("out", m_out, "File; standard output without it");
        sensors->callback([this] { m_run = [this](const Console& console) { return runExportSensors(m_common.data, m_out, console); }; });
        exportTable(*out, "rosters", "The duty rosters of all resources", county::RecordTable::duty);
        exportTable(*out, "call-lists", "The call-down lists that are kept", county::RecordTable::calls);
        addExportReadings(*out);
    }

    void addExportReadings(CLI::App& out) {
        auto* readings = out.add_subcommand("readings", "All stored readings of a sensor as CSV: when measured, when received, flags");
        m_common.addTo(*readings);
        readings->add_option("sensor", m_readings.sensor, "Its id in the register")->required();
        readings->add_option("out", m_readings.out, "File; standard output without it");
        readings->add_option("--from", m_readings.from, "Measured from this time on: 2026-11-20T08:00:00Z; else from the first");
        readings->add_option("--to", m_readings.to, "Measured until this time; else to the last");
        readings->callback([this] {
            m_run = [this](const Console& console) {
                m_readings.data = m_common.data;
                return runExportReadings(m_readings, console);
            };
        });
    }

    void addServe() {
        auto* command = add("serve", "Run the desk without its window", [this](const Console& console) {
            m_serve.data = m_common.data;
            return runServe(m_serve, console);
        });
        command->add_option("--readings", m_serve.readings, "HOST:PORT for readings; port 0 picks one");
        command->add_option("--http", m_serve.http, "HOST:PORT for HTTP; port 0 picks one");
        command->add_option("--scenario", m_serve.scenario, "Play this scenario (exercise counties only)");
    }

    void addFiles() {
        auto* ingest = add("ingest", "Decode files as a feed would, and store them", [this](const Console& console) {
            m_files.data = m_common.data;
            return runIngest(m_files, console);
        });
        ingest->add_option("files", m_files.files, "Files; - is standard input")->required();
        ingest->add_option("--format", m_files.format, "Such as cap, quakeml or nmea; else by content");
        ingest->add_option("--feed", m_files.feed, "As this feed of config.toml would: datum, zone, units, mapping");
        auto* check = add("check", "Decode and judge files and folders as a watched folder's feed would; nothing is stored", [this](const Console& console) {
            m_files.data = m_common.data;
            return runCheck(m_files, console);
        });
        check->add_option("paths", m_files.files, "Files, folders with all below them; - is standard input")->required();
        check->add_flag("--files", m_files.eachFile, "Of folders tell each file, too: what it is, what it holds, where it strays, what is refused");
        check->add_option("--format", m_files.format, "Such as cap, quakeml or nmea; else by content");
        check->add_option("--feed", m_files.feed, "As this feed of config.toml would: datum, zone, units, mapping");
    }

    void addJournal() {
        auto* journal = m_app.add_subcommand("journal", "Verify, export or rebuild the journal");
        journal->require_subcommand(1);
        const auto sub = [&](const char* name, const char* what, Run run) {
            auto* command = journal->add_subcommand(name, what);
            m_common.addTo(*command);
            command->callback([this, run = std::move(run)] { m_run = run; });
            return command;
        };
        sub("verify", "Check the hash chain; names the first bad entry",
            [this](const Console& console) { return runJournalVerify(m_common.data, console); });
        sub("export", "Write the entries as CloudEvents, one JSON object a line", [this](const Console& console) {
            return runJournalExport(m_common.data, m_out, console);
        })->add_option("out", m_out, "File; standard output without it");
        sub("rebuild", "Make the tables again from the journal",
            [this](const Console& console) { return runJournalRebuild(m_common.data, console); });
    }

    void addRules() {
        auto* rules = m_app.add_subcommand("rules", "Check the alarms' rules, or try one on the stored past");
        rules->require_subcommand(1);
        const auto sub = [&](const char* name, const char* what, Run run) {
            auto* command = rules->add_subcommand(name, what);
            m_common.addTo(*command);
            command->callback([this, run = std::move(run)] { m_run = run; });
            return command;
        };
        sub("check", "Read a file of rules and say what is wrong or doubtful", [this](const Console& console) {
            return runRulesCheck(m_common.data, m_rules.file, console);
        })->add_option("file", m_rules.file, "The county's rules.toml without it");
        auto* past = sub("backtest", "When a rule would have fired", [this](const Console& console) {
            m_rules.data = m_common.data;
            return runRulesBacktest(m_rules, console);
        });
        past->add_option("rule", m_rules.rule, "The rule's id")->required();
        past->add_option("--file", m_rules.file, "Rules of this file instead of the county's");
        past->add_option("--from", m_rules.from, "A time such as 2026-11-20T08:00Z; else 30 days before the end");
        past->add_option("--to", m_rules.to, "A time; else now");
    }

    void addReports() {
        auto* reports = m_app.add_subcommand("reports", "What is found in citizens' reports, beside a desk that may be running");
        reports->require_subcommand(1);
        const auto sub = [&](const char* name, const char* what, Run run) {
            auto* command = reports->add_subcommand(name, what);
            m_common.addTo(*command);
            command->callback([this, run = std::move(run)] { m_run = run; });
            return command;
        };
        sub("groups", "Which reports may speak of one event, and why",
            [this](const Console& console) { return runReportGroups(m_common.data, console); });
        sub("hotspots", "Places and words that are reported more than usual", [this](const Console& console) {
            return runReportHotSpots(m_common.data, m_at, console);
        })->add_option("--at", m_at, "A time such as 2026-11-20T08:00Z; else now");
    }

    void addResources() {
        auto* resources = m_app.add_subcommand("resources", "The resource database: list, search, import, export, check");
        resources->require_subcommand(1);
        const auto sub = [&](const char* name, const char* what, int (*act)(const ResourceWords&, const Console&)) {
            auto* command = resources->add_subcommand(name, what);
            m_common.addTo(*command);
            command->callback([this, act] {
                m_run = [this, act](const Console& console) {
                    m_resources.data = m_common.data;
                    return act(m_resources, console);
                };
            });
            return command;
        };
        const auto filters = [this](CLI::App* command) {
            command->add_option("--kind", m_resources.kind, "team, vehicle, warehouse, shelter, hospital, expert, mobileFacility, station, enterprise, volunteer, gridMember, partner");
            command->add_option("--status", m_resources.status, "available, assigned, outOfService, maintenance, offDuty");
        };
        filters(sub("list", "All that is there", runResourcesList));
        auto* search = sub("search", "By words in Chinese or Latin, of any length", runResourcesSearch);
        search->add_option("text", m_resources.text, "What is looked for")->required();
        filters(search);
        auto* in = sub("import", "Take a CSV or XLSX file; records are found again by inventory number, call sign, or kind and name",
                       runResourcesImport);
        in->add_option("file", m_resources.file, "NAME.csv (with NAME.stock.csv, .crew, .duty, .offers beside it) or NAME.xlsx")->required();
        in->add_flag("--dry-run", m_resources.dryRun, "Say what would become of it, and change nothing");
        in->add_option("--mapping", m_resources.mapping, "A file with lines 'column = field'");
        in->add_option("--kind", m_resources.kind, "Of rows that say none");
        in->add_option("--encoding", m_resources.encoding, "Of the text, such as GB18030; found out without it");
        in->add_option("--datum", m_resources.datum, "Of the coordinates")->check(CLI::IsMember({"wgs84", "gcj02", "bd09"}));
        in->add_option("--bad", m_resources.bad, "Where rows go that cannot be taken; bad-rows.csv beside the file without it");
        auto* out = sub("export", "Write a CSV or XLSX file that can be imported again", runResourcesExport);
        out->add_option("file", m_resources.file, "NAME.csv or NAME.xlsx")->required();
        filters(out);
        sub("check", "What is short, expires or is due", runResourcesCheck);
    }

    void addPin() {
        auto* command = add("pin", "Set the PIN of a name, read from standard input, while no desk runs on the county", [this](const Console& console) {
            m_pin.data = m_common.data;
            return runPin(m_pin, console);
        });
        command->add_option("name", m_pin.name, "Whose, exactly as the county writes the name")->required();
        command->add_flag("--clear", m_pin.clear, "Take it away instead");
    }

    void addBackup() {
        add("backup", "Copy the county into one file while the desk runs; the copy is checked",
            [this](const Console& console) { return runBackup(m_common.data, m_out, console); })
            ->add_option("out", m_out, "The backup file to write")
            ->required();
        add("restore", "Unpack a backup into an empty county folder; it is checked first",
            [this](const Console& console) { return runRestore(m_common.data, m_out, console); })
            ->add_option("in", m_out, "The backup file")
            ->required();
    }

    void addRecommend() {
        auto* command =
            add("recommend", "Who should go, over all open incidents at once, and why",
                [this](const Console& console) { return runRecommend(m_common.data, m_recommend, console); });
        auto* which = command->add_option_group("which")->require_option(1);
        which->add_option("--incident", m_recommend.incident, "Tell about this one: its id, its number, or 'last'");
        which->add_flag("--all", m_recommend.all, "Tell about all open incidents");
        command->add_option("--seconds", m_recommend.seconds, "Time for solving; then the best found, with its gap")
            ->check(CLI::Range(0.001, 3600.0))
            ->capture_default_str();
    }

    void addDrill() {
        auto* drill = m_app.add_subcommand("drill", "Play scenarios");
        drill->require_subcommand(1);
        auto* command = drill->add_subcommand("run", "Play a scenario without a trainer");
        m_common.addTo(*command);
        command->add_option("scenario", m_drill.scenario, "Its name under resources/scenarios, or a file")->required();
        command->add_option("--speed", m_drill.speed, "Times real time, or max")->capture_default_str();
        command->add_option("--until", m_drill.until, "Stop at this time of the scenario: 90s, 20min");
        command->callback([this] {
            m_run = [this](const Console& console) {
                m_drill.data = m_common.data;
                return runDrill(m_drill, console);
            };
        });
    }

    void addScreenshot() {
        auto* command =
            add("screenshot", "Draw the window into a PNG file, off-screen", [this](const Console& console) {
                m_shot.data = m_common.data;
                return runScreenshot(m_shot, m_argc, m_argv, console);
            });
        command->add_option("out", m_shot.out, "The PNG file to write")->required();
        command->add_option("--size", m_shot.size, "WIDTHxHEIGHT in pixels")->capture_default_str();
        command->add_option("--lang", m_shot.language, "en, zh_CN");
        command->add_option("--theme", m_shot.theme, "dark or light")->check(CLI::IsMember({"dark", "light"}));
        command->add_option("--select", m_shot.select,
                            "Id of what is selected: an incident, alarm, resource, sensor …");
        command->add_option("--zoom", m_shot.zoom, "How near the map looks, 6 to 19")->check(CLI::Range(6.0, 19.0));
        command->add_option("--centre", m_shot.centre, "LAT,LON of the map's middle");
        command->add_flag("--map-only", m_shot.mapOnly, "The map without the window round it");
        command->add_option("--dispatch", m_shot.page, "A page of the window of those who were sent, instead of the desk")
            ->check(CLI::IsMember({"board", "timeline", "supplies", "call-downs", "aid", "decisions"}));
    }

    int m_argc;
    char** m_argv;
    CLI::App m_app{"Tocsin, a county's emergency command desk", "tocsin"};
    Common m_common;
    Run m_run;
    WindowOptions m_window;
    InitOptions m_init;
    ImportWords m_import;
    ReadingsWords m_readings;
    ServeOptions m_serve;
    FilesOptions m_files;
    PinWords m_pin;
    DrillOptions m_drill;
    RulesOptions m_rules;
    ResourceWords m_resources;
    std::string m_at;
    ScreenshotOptions m_shot;
    std::string m_out;
    RecommendWords m_recommend;
};

/// Thousands of senders may be connected: the soft limit goes up to what the system allows.
void allowManyFiles() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    constexpr rlim_t enough = 110'000; // [listen] connections goes to 100,000
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, enough));
    (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int runCommandLine(int argc, char** argv) {
    // Standard output belongs to answers; the log goes to standard error.
    spdlog::set_default_logger(spdlog::stderr_logger_mt("tocsin"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    allowManyFiles();
    std::signal(SIGPIPE, SIG_IGN); // a reader that went away is an error of that write, not of the desk
    std::signal(SIGXFSZ, SIG_IGN); // and so is a file that has become as large as it may
    try {
        return CommandLine(argc, argv).run();
    } catch (const std::exception& e) {
        std::fprintf(stderr, "tocsin: unexpected error: %s\n", e.what());
        return Exit::refused;
    }
}

} // namespace tocsin::app
