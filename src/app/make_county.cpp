#include "app/make_county.hpp"

#include "app/county_session.hpp"
#include "app/rules_file.hpp"
#include "tocsin/desk/plans.hpp"

#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace tocsin::app {

namespace fs = std::filesystem;
using base::Code;
using base::fail;

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
    // Before the desk draws ids on its own thread: at every run they are drawn in the same order.
    std::vector<model::CommandId> commands;
    for (int i = 0; i < 3; ++i)
        commands.push_back(ids.make<model::CommandId>());
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
    for (std::size_t i = 0; i < bodies.size(); ++i) { // one after the other
        auto done = (*desk)->submit({commands[i], "init", std::move(bodies[i])}).get();
        if (!done)
            return tl::unexpected(done.error());
        entries += static_cast<std::int64_t>(done->entries.size());
    }
    return entries;
}

base::Result<MadeCounty> makeIn(const county::CountyFolder& folder, const MakeCountyOptions& options,
                                const county::ProgressSink& progress, const std::stop_token& cancel) {
    const base::ManualClock fixed(demoMade);
    base::SeededIdSource seeded(demoMade);
    const base::SystemClock real;
    base::RandomIdSource random(real);
    const base::Clock& clock = options.demo ? static_cast<const base::Clock&>(fixed) : real;
    base::IdSource& ids = options.demo ? static_cast<base::IdSource&>(seeded) : random;

    auto data = options.demo ? county::makeDemoCounty(resourcesFolder(), folder.map(), progress, cancel)
                             : county::makeOwnCounty(resourcesFolder(), options.osm, folder.map(), options.name,
                                                     real.now(), random, progress, cancel);
    if (!data)
        return tl::unexpected(data.error());
    if (auto written = county::writeCountyFiles(folder, *data, true); !written)
        return tl::unexpected(written.error());
    auto entries = registerCounty(folder, *data, options.demo, clock, ids);
    if (!entries)
        return tl::unexpected(entries.error());
    // So that a slip in the file before its first start finds good ones.
    if (auto kept = keepFirstRules(folder); !kept)
        return tl::unexpected(kept.error());
    return MadeCounty{std::move(*data), *entries};
}

/// The folder's path without links, dots and a slash at its end: its neighbours are named after it.
base::Result<fs::path> placeOf(const fs::path& data) {
    if (data.empty())
        return fail(Code::malformed, "the county's folder has no name");
    std::error_code ec;
    auto place = fs::weakly_canonical(fs::absolute(data, ec), ec).lexically_normal();
    if (!ec && !place.has_filename())
        place = place.parent_path();
    if (ec || !place.has_filename())
        return fail(Code::storage, data.string() + " cannot be a county's folder");
    return place;
}

/// Whether the county may be made at `place`; checked before the work and again before the move.
base::Result<void> mayBeMade(const county::CountyFolder& place, bool replace) {
    std::error_code ec;
    if (!fs::exists(place.root, ec))
        return {};
    if (!fs::is_directory(place.root, ec))
        return fail(Code::conflict, place.root.string() + " is a file, not a folder");
    if (fs::exists(place.database(), ec)) {
        if (!replace)
            return fail(Code::conflict, "there is a county in " + place.root.string() + " already");
    } else if (!fs::is_empty(place.root, ec)) {
        return fail(Code::conflict, place.root.string() + " is not empty and holds no county");
    }
    return {};
}

/// The folder being made: held by a lock, removed unless it was moved into its place.
class HalfFolder {
  public:
    /// Clears away what an earlier try left there.
    static base::Result<HalfFolder> make(const fs::path& place) {
        const fs::path path = place.string() + ".making";
        std::error_code ec;
        if (fs::exists(path, ec)) {
            // Its lock is free unless somebody is at work in it this moment.
            if (auto lock = FolderLock::take(path); !lock)
                return fail(Code::unavailable, "another program is making this county now");
            fs::remove_all(path, ec);
        }
        fs::create_directories(path, ec);
        if (ec)
            return fail(Code::storage, "cannot make a folder beside " + place.string() + ": " + ec.message());
        auto lock = FolderLock::take(path);
        if (!lock) {
            fs::remove_all(path, ec);
            return tl::unexpected(lock.error());
        }
        return HalfFolder(path, std::move(*lock));
    }
    HalfFolder(HalfFolder&& other) noexcept
        : m_folder(std::exchange(other.m_folder, {})), m_lock(std::move(other.m_lock)) {}
    HalfFolder& operator=(HalfFolder&&) = delete;
    HalfFolder(const HalfFolder&) = delete;
    HalfFolder& operator=(const HalfFolder&) = delete;
    ~HalfFolder() {
        std::error_code ec;
        if (!m_folder.root.empty())
            fs::remove_all(m_folder.root, ec);
    }
    [[nodiscard]] const county::CountyFolder& folder() const { return m_folder; }

    /// In one step: `place` holds the new county, and what it held before lies here and is removed at the end.
    base::Result<void> moveTo(const fs::path& place) {
        std::error_code ec;
        const auto failed = [&] {
            return fail(Code::storage, "cannot move the county into place: " + std::system_category().message(errno));
        };
        if (!fs::exists(place, ec) || fs::is_empty(place, ec)) {
            if (::rename(m_folder.root.c_str(), place.c_str()) != 0)
                return failed();
            m_folder.root.clear();
            return {};
        }
        if (::renameat2(AT_FDCWD, m_folder.root.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0)
            return {};
        if (errno != EINVAL && errno != ENOSYS)
            return failed();
        // A file system that cannot exchange: the old folder steps aside, and comes back should the second step fail.
        const fs::path aside = place.string() + ".replaced";
        fs::remove_all(aside, ec);
        if (::rename(place.c_str(), aside.c_str()) != 0)
            return failed();
        if (::rename(m_folder.root.c_str(), place.c_str()) != 0) {
            auto error = failed();
            fs::rename(aside, place, ec);
            return error;
        }
        m_folder.root = aside;
        return {};
    }

  private:
    HalfFolder(fs::path path, FolderLock lock) : m_folder{std::move(path)}, m_lock(std::move(lock)) {}
    county::CountyFolder m_folder;
    FolderLock m_lock;
};

/// A crash between the two steps above leaves the place empty and the old county beside it.
void bringBack(const fs::path& place) {
    std::error_code ec;
    const fs::path aside = place.string() + ".replaced";
    if (!fs::exists(aside, ec))
        return;
    if (fs::exists(place, ec))
        fs::remove_all(aside, ec);
    else
        fs::rename(aside, place, ec);
}

} // namespace

base::Result<MadeCounty> makeCounty(const MakeCountyOptions& options, const county::ProgressSink& progress,
                                    std::stop_token cancel) {
    auto place = placeOf(options.data);
    if (!place)
        return tl::unexpected(place.error());
    const county::CountyFolder target{*place};
    std::error_code ec;
    fs::create_directories(place->parent_path(), ec);
    bringBack(*place);
    if (auto may = mayBeMade(target, options.replace); !may)
        return tl::unexpected(may.error());
    std::optional<FolderLock> held; // so that no desk opens the county that is about to go
    if (fs::exists(target.database(), ec)) {
        auto lock = FolderLock::take(*place);
        if (!lock)
            return tl::unexpected(lock.error());
        held.emplace(std::move(*lock));
    }
    auto half = HalfFolder::make(*place);
    if (!half)
        return tl::unexpected(half.error());
    auto made = makeIn(half->folder(), options, progress, cancel);
    if (!made)
        return made;
    if (cancel.stop_requested())
        return fail(Code::cancelled, "making the county was cancelled");
    if (auto may = mayBeMade(target, options.replace); !may)
        return tl::unexpected(may.error());
    if (auto moved = half->moveTo(*place); !moved)
        return tl::unexpected(moved.error());
    return made;
}

} // namespace tocsin::app
