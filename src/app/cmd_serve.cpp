#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "app/drill_runner.hpp"
#include "app/feed_host.hpp"
#include "app/page_map.hpp"
#include "app/order_sender.hpp"
#include "app/quarantine_lamps.hpp"
#include "app/report_shelf.hpp"
#include "app/team_links.hpp"

#include <csignal>
#include <pthread.h>
#include <unistd.h>

namespace tocsin::app {

int runServe(const ServeOptions& options, const Console& console) {
    // Blocked before any thread is made, so that all inherit it and this one alone waits for them.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    auto session = openCounty(options.data, Wish::write);
    if (!session)
        return console.fail(session.error());
    auto& county = **session;
    DeskSink sink(*county.desk);
    ReportShelf shelf(*county.desk);
    const auto links = openTeamLinks(county);
    FeedHost feeds({county.config, county.folder.root, county.feeds, *county.clock, *county.ids, sink,
                            county.folder.photos(),
                            [&sink](std::set<std::string> who) { sink.adopt(std::move(who)); },
                            [&sink](std::set<std::string> who) { sink.correct(std::move(who)); }, [&sink] { return sink.trouble(); },
                            [&shelf](const ingest::ReportQuery& query) { return shelf.find(query); },
                            makePageMap(county.folder, county.config), links});
    const OrderSender orders(*county.desk, feeds, teamWords(county));
    const auto ways = watchWays(county);
    const QuarantineLamps lamps(*county.desk, feeds.board());
    if (auto ok = feeds.listen(options.readings, options.http); !ok)
        return console.fail(ok.error());
    std::unique_ptr<DrillRunner> drill;
    if (!options.scenario.empty()) {
        auto started = DrillRunner::start(county, sink, options.scenario, "en");
        if (!started)
            return console.fail(started.error());
        drill = std::move(*started);
        drill->runByItself();
    }
    openSeats(county, [&](model::AssignmentId id) { return teamPageOf(links.get(), feeds.publicDoor(), id); }); // orders must find their way out already
    // One line of JSON, with --json or without: programs wait for it.
    const nlohmann::json ready{{"outcome", "ready"},
                               {"county", county.config.name.text},
                               {"readings", feeds.readingsAt().toString()},
                               {"http", feeds.httpAt().toString()},
                               {"page", feeds.webAddress() + "/"},
                               {"pid", ::getpid()}};
    std::printf("%s\n", ready.dump().c_str());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ending, &signal);
    county.seats.reset(); // before what carries orders out
    return Exit::done;
}

} // namespace tocsin::app
