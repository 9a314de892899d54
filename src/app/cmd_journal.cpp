#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "tocsin/store/backup.hpp"
#include "tocsin/store/store.hpp"

#include <fstream>

namespace tocsin::app {

namespace {

base::Result<std::unique_ptr<store::Store>> openStore(const std::filesystem::path& data, store::Access access) {
    const county::CountyFolder folder{data};
    std::error_code ec;
    if (!std::filesystem::exists(folder.database(), ec))
        return base::fail(base::Code::notFound, "there is no county in " + data.string());
    return store::Store::open(folder.database(), access);
}

auto progressOn(const Console& console, const char* stage) {
    return [&console, stage](std::int64_t done, std::int64_t all) {
        console.progress(stage, all > 0 ? static_cast<double>(done) / static_cast<double>(all) : 1.0);
    };
}

} // namespace

int runJournalVerify(const std::filesystem::path& data, const Console& console) {
    auto store = openStore(data, store::Access::readOnly);
    if (!store)
        return console.fail(store.error());
    auto fault = (*store)->verify(progressOn(console, "verifying"));
    console.progressEnd();
    if (!fault)
        return console.fail(fault.error());
    if (*fault) {
        console.say("entry " + std::to_string((*fault)->seq) + " is not as it was written: " + (*fault)->reason);
        console.tell({{"outcome", "broken"}, {"seq", (*fault)->seq}, {"reason", (*fault)->reason}});
        return Exit::refused;
    }
    const auto count = (*store)->lastSeq();
    console.say("the chain is intact: " + std::to_string(count) + " entries");
    console.tell({{"outcome", "intact"}, {"entries", count}});
    return Exit::done;
}

int runJournalExport(const std::filesystem::path& data, const std::string& out, const Console& console) {
    auto store = openStore(data, store::Access::readOnly);
    if (!store)
        return console.fail(store.error());
    std::ofstream file;
    const bool toFile = !out.empty() && out != "-";
    if (toFile) {
        file.open(out, std::ios::binary | std::ios::trunc);
        if (!file)
            return console.fail({base::Code::storage, "cannot write " + out, {}});
    }
    auto read = (*store)->read(1, [&](const model::Entry& entry) {
        const auto line = toCloudEvent(entry).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        if (toFile) {
            file << line << '\n';
            return static_cast<bool>(file);
        }
        return std::printf("%s\n", line.c_str()) > 0;
    });
    if (!read)
        return console.fail(read.error());
    if (toFile) {
        file.close();
        if (!file)
            return console.fail({base::Code::storage, "cannot write all of " + out + ": is the disk full?", {}});
        console.say(std::to_string((*store)->lastSeq()) + " entries written to " + out);
    }
    return Exit::done;
}

int runJournalRebuild(const std::filesystem::path& data, const Console& console) {
    auto lock = FolderLock::take(data);
    if (!lock)
        return console.fail(lock.error());
    auto store = openStore(data, store::Access::readWrite);
    if (!store)
        return console.fail(store.error());
    auto before = (*store)->projectionDigest();
    auto done = (*store)->rebuild(progressOn(console, "rebuilding"));
    console.progressEnd();
    if (!done)
        return console.fail(done.error());
    auto after = (*store)->projectionDigest();
    if (!after)
        return console.fail(after.error());
    const bool same = before && *before == *after;
    console.say(same ? "the tables were made again from the journal and are the same as before"
                     : "the tables were made again from the journal; they had differed from it");
    console.tell({{"outcome", "rebuilt"}, {"same", same}, {"digest", *after}, {"entries", (*store)->lastSeq()}});
    return Exit::done;
}

int runBackup(const std::filesystem::path& data, const std::string& out, const Console& console) {
    auto done = store::backup(data, out, [&](int percent) { console.progress("backing up", percent / 100.0); });
    console.progressEnd();
    if (!done)
        return console.fail(done.error());
    std::error_code ec;
    const auto size = std::filesystem::file_size(out, ec);
    console.say("backed up and checked: " + out + ", " + std::to_string(size / 1024) + " KiB");
    console.tell({{"outcome", "backed-up"}, {"file", out}, {"bytes", size}});
    return Exit::done;
}

int runRestore(const std::filesystem::path& data, const std::string& in, const Console& console) {
    auto done = store::restore(in, data, [&](int percent) { console.progress("restoring", percent / 100.0); });
    console.progressEnd();
    if (!done)
        return console.fail(done.error());
    console.say("restored and checked: " + data.string());
    console.tell({{"outcome", "restored"}, {"folder", data.string()}});
    return Exit::done;
}

} // namespace tocsin::app
