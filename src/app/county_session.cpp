#include "app/county_session.hpp"

#include "app/county_area.hpp"
#include "app/county_words.hpp"
#include "app/feed_host.hpp"
#include "app/populated.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/desk/plans.hpp"
#include "tocsin/triage/warning_hazard.hpp"

#include <QDateTime>
#include <QTimeZone>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

#ifndef TOCSIN_RESOURCES_BUILD
#define TOCSIN_RESOURCES_BUILD "resources"
#endif

namespace tocsin::app {

namespace fs = std::filesystem;
using base::Code;
using base::fail;

base::Result<FolderLock> FolderLock::take(const fs::path& folder) {
    const auto file = folder / "desk.lock";
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        return fail(Code::storage, "the county folder cannot be written: " + folder.string());
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        ::close(fd);
        return fail(Code::unavailable, "a desk is running on this county folder already: " + folder.string());
    }
    return FolderLock(fd);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
}

FolderLock::~FolderLock() {
    if (m_fd >= 0)
        ::close(m_fd);
}

base::Result<std::vector<ingest::FeedConfig>> loadFeeds(const county::CountyFolder& folder) {
    auto text = county::readText(folder.config());
    if (!text)
        return tl::unexpected(text.error());
    auto feeds = ingest::parseFeeds(*text);
    if (!feeds)
        return fail(feeds.error().code, "config.toml, " + feeds.error().describe(), feeds.error().place);
    return feeds;
}

base::Result<std::vector<model::Plan>> loadPlans(const county::CountyFolder& folder) {
    auto text = county::readText(folder.plans());
    if (!text)
        return tl::unexpected(text.error());
    auto plans = desk::parsePlans(*text);
    if (!plans)
        return fail(plans.error().code, "plans.toml, " + plans.error().describe(), plans.error().place);
    return plans;
}

namespace {

/// As clocks show a moment there.
std::function<std::string(base::Time)> clockOf(const std::string& zone) {
    const QTimeZone named(QByteArray::fromStdString(zone));
    return [there = named.isValid() ? named : QTimeZone::utc()](base::Time at) {
        const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
        return QDateTime::fromMSecsSinceEpoch(milliseconds, there).toString(QStringLiteral("HH:mm")).toStdString();
    };
}

/// What the files say, whoever writes.
base::Result<std::unique_ptr<CountySession>> readFiles(const county::CountyFolder& folder) {
    auto session = std::make_unique<CountySession>();
    session->folder = folder;
    session->roads = std::make_shared<CountyRoads>(folder);
    session->settings = settingsOf(folder);
    auto config = county::loadConfig(folder);
    if (!config)
        return fail(config.error().code, "config.toml, " + config.error().describe(), config.error().place);
    session->config = std::move(*config);
    auto feeds = loadFeeds(folder);
    if (!feeds)
        return tl::unexpected(feeds.error());
    session->feeds = std::move(*feeds);
    return session;
}

base::Result<std::unique_ptr<CountySession>> openWith(const county::CountyFolder& folder, store::Access access,
                                                      const base::Clock* clock) {
    auto files = readFiles(folder);
    if (!files)
        return files;
    auto session = std::move(*files);
    if (access == store::Access::readWrite) {
        auto lock = FolderLock::take(folder.root);
        if (!lock)
            return tl::unexpected(lock.error());
        session->lock = std::make_unique<FolderLock>(std::move(*lock));
    }
    if (clock != nullptr)
        session->clock = clock;
    session->ids = std::make_unique<base::RandomIdSource>(*session->clock);
    auto plans = loadPlans(folder);
    if (!plans)
        return tl::unexpected(plans.error());
    auto store = store::Store::open(folder.database(), access);
    if (!store)
        return tl::unexpected(store.error());
    const bool writes = access == store::Access::readWrite;
    auto rules = loadRules(folder, **store, writes);
    if (!rules)
        return tl::unexpected(rules.error());
    if (!rules->trouble.empty())
        base::log::warn("{}", rules->trouble.text);
    auto readings = store::ReadingStore::open(folder.readings(), access);
    if (!readings)
        return tl::unexpected(readings.error());
    // Without tracks the desk works, and says so to whoever sends positions.
    auto tracks = store::TrackStore::open(folder.tracks(), access);
    if (!tracks)
        base::log::warn("positions of units are not kept: {}", tracks.error().message);
    auto follows = dispatchRules(session->config.dispatch);
    follows.countyClock = clockOf(session->config.timeZone);
    auto own = ownAlarms(session->config.ownAlarms);
    if (!own)
        return tl::unexpected(own.error());
    auto desk = desk::Desk::start({std::move(*store), std::move(*readings), detect::Detector(std::move(rules->rules)),
                                   std::move(*plans), *session->clock, *session->ids, !writes,
                                   tracks ? std::move(*tracks) : nullptr, watchesOf(session->config.watches, session->feeds),
                                   session->config.contactReaders,
                                   store::UpkeepPolicy{.rawFor = session->config.rawReadingsFor},
                                   areaOf(folder, session->config), std::move(follows), {}, session->config.leaders, {}, std::move(*own),
                                   [words = loadReportWords(folder).hazards](const model::WarningInfo& part) {
                                       return triage::hazardOfWarning(words, part);
                                   }});
    if (!desk)
        return tl::unexpected(desk.error());
    session->desk = std::move(*desk);
    session->rules = std::move(*rules);
    if (writes)
        session->rulesKeeper = std::make_unique<RulesKeeper>(*session->desk, folder, session->rules);
    return session;
}

} // namespace

LoadedRules rulesAt(const county::CountyFolder& folder, const std::vector<detect::Rule>& inForce) {
    if (auto store = store::Store::open(folder.database(), store::Access::readOnly)) {
        if (auto files = loadRules(folder, **store, false); files && files->rules == inForce)
            return std::move(*files);
    }
    LoadedRules out{inForce, {}};
    out.text = out.file = detect::toToml(inForce);
    return out;
}

namespace {

/// A place at the desk that runs on this folder. It may be just starting, as where two windows are opened at once.
base::Result<std::unique_ptr<CountySession>> sitDown(const county::CountyFolder& folder) {
    constexpr auto patience = std::chrono::seconds(10); // a large county takes its time to open
    constexpr auto pause = std::chrono::milliseconds(200);
    const auto begun = std::chrono::steady_clock::now();
    auto files = readFiles(folder);
    if (!files)
        return files;
    auto session = std::move(*files);
    session->ids = std::make_unique<base::RandomIdSource>(*session->clock);
    for (;;) {
        auto seat = SeatDesk::start({seatSocketOf(fs::absolute(folder.root)), folder.database(), *session->clock, *session->ids, {}});
        if (seat) {
            session->seat = seat->get();
            session->desk = std::move(*seat);
            session->seat->sit("seat " + std::to_string(session->seat->seat())); // until somebody says who
            session->rules = rulesAt(folder, *session->seat->rules());
            return session;
        }
        if (seat.error().code != Code::unavailable || std::chrono::steady_clock::now() - begun > patience)
            return tl::unexpected(seat.error());
        std::this_thread::sleep_for(pause);
    }
}

} // namespace

fs::path CountySession::windowFile() const {
    return seat == nullptr ? folder.root / "window.ini" : folder.root / ("window-seat-" + std::to_string(seat->seat()) + ".ini");
}

fs::path CountySession::drafts() const {
    return seat == nullptr ? folder.drafts() : folder.drafts() / ("seat-" + std::to_string(seat->seat()));
}

void openSeats(CountySession& session, std::function<desk::TeamPage(model::AssignmentId)> pages) {
    auto seats = SeatServer::open(*session.desk, session.folder.root);
    if (seats) {
        session.seats = std::move(*seats);
        session.seats->tellSettings(session.settings);
        session.seats->setTeamPages(std::move(pages));
    } else {
        base::log::warn("{}", seats.error().message);
    }
}

base::Result<std::unique_ptr<CountySession>> openCounty(const fs::path& root, Wish wish, const base::Clock* clock) {
    const county::CountyFolder folder{root};
    std::error_code ec;
    if (!fs::exists(folder.database(), ec))
        return fail(Code::notFound, "there is no county in " + root.string() + ": make one with 'tocsin init --demo'");
    auto session = openWith(folder, store::Access::readWrite, clock);
    if (session || wish == Wish::write || session.error().code == Code::newer)
        return session;
    auto reason = session.error().message;
    if (wish == Wish::writeOrSit && session.error().code == Code::unavailable) {
        auto seat = sitDown(folder);
        if (seat)
            return seat;
        if (auto again = openWith(folder, store::Access::readWrite, clock))
            return again; // the desk that held the folder has ended meanwhile
        reason += "; there is no seat at it: " + seat.error().message;
    }
    auto readOnly = openWith(folder, store::Access::readOnly, clock);
    if (!readOnly)
        return session; // the first reason says more
    (*readOnly)->readOnlyReason = reason;
    return readOnly;
}

base::Result<std::shared_ptr<const route::RoadGraph>> loadRoads(const county::CountyFolder& folder) {
    auto profiles = county::loadProfiles(folder);
    if (!profiles) {
        base::log::warn("{}: the profiles that came with the program are used", profiles.error().describe());
        return route::RoadGraph::load(folder.map());
    }
    return route::RoadGraph::load(folder.map(), std::move(*profiles));
}

std::shared_ptr<const route::RoadGraph> CountyRoads::get() {
    std::call_once(m_once, [this] {
        if (auto loaded = loadRoads(m_folder))
            m_roads = std::move(*loaded);
        else
            base::log::warn("there is no road network: {}", loaded.error().message);
    });
    return m_roads;
}

std::unique_ptr<WayWatch> watchWays(const CountySession& session) {
    auto profiles = county::loadProfiles(session.folder); // a fault in them is said by who reads the roads
    return std::make_unique<WayWatch>(*session.desk, WayWatch::Parts{weightsOf(session.config),
                                                                     profiles ? std::move(*profiles) : route::defaultProfiles(),
                                                                     [roads = session.roads] { return roads->get(); }});
}

fs::path defaultDataFolder() {
    if (const char* own = std::getenv("TOCSIN_DATA"); own != nullptr && *own != '\0')
        return own;
    if (const char* xdg = std::getenv("XDG_DATA_HOME"); xdg != nullptr && *xdg != '\0')
        return fs::path(xdg) / "tocsin";
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr ? home : ".") / ".local" / "share" / "tocsin";
}

fs::path resourcesFolder() {
    if (const char* own = std::getenv("TOCSIN_RESOURCES"); own != nullptr && *own != '\0')
        return own;
    std::error_code ec;
    const auto program = fs::read_symlink("/proc/self/exe", ec).parent_path();
    for (const auto& candidate : {program / "resources", program / ".." / "share" / "tocsin"}) {
        if (fs::is_directory(candidate / "demo", ec))
            return candidate;
    }
    return TOCSIN_RESOURCES_BUILD;
}

base::Result<desk::OwnAlarms> ownAlarms(const std::map<std::string, county::OwnAlarmWord>& words) {
    desk::OwnAlarms own;
    for (const auto& [rule, word] : words) {
        if (rule != "*" && !desk::isDesksOwn(rule))
            return base::fail(base::Code::malformed, "config.toml: [alarms.own." + rule + "]: the desk has no alarms of its own of that name");
        own[rule] = {word.escalateAfter, word.tell, word.flapCount, word.flapWithin};
    }
    return own;
}

desk::DispatchRules dispatchRules(const county::DispatchWord& word) {
    desk::DispatchRules rules;
    rules.approvalFrom = word.approvalFrom;
    rules.approveWithin = word.approveWithin;
    rules.acceptWithin = word.acceptWithin;
    rules.departWithin = word.departWithin;
    rules.rollCall = word.rollCall;
    rules.grace = word.grace;
    rules.crewHours = word.crewHours;
    rules.claim = word.claim;
    return rules;
}

} // namespace tocsin::app
