#include "tocsin/store/backup.hpp"

#include "store/archive.hpp"
#include "store/files.hpp"

#include <SQLiteCpp/Backup.h>
#include <algorithm>
#include <sqlite3.h>

namespace tocsin::store {

namespace fs = std::filesystem;
using base::Code;

namespace {

/// A file or folder that is deleted with all that belongs to it, unless it was given its final name.
class Temporary {
  public:
    explicit Temporary(fs::path path) : m_path(std::move(path)) {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary() { clear(); }
    [[nodiscard]] const fs::path& path() const { return m_path; }
    void clear() const {
        std::error_code ec;
        fs::remove_all(m_path, ec);
        for (const char* suffix : {"-journal", "-wal", "-shm"})
            fs::remove(m_path.string() + suffix, ec);
    }

  private:
    fs::path m_path;
};

/// A name beside `path` that nothing has.
fs::path besides(const fs::path& path, const std::string& what) {
    for (int n = 1;; ++n) {
        auto candidate = fs::path(path.string() + "." + what + std::to_string(n));
        std::error_code ec;
        if (!fs::exists(fs::symlink_status(candidate, ec)))
            return candidate;
    }
}

/// Counts bytes of work and tells whole percents, each once.
class Percent {
  public:
    Percent(std::int64_t all, const std::function<void(int)>& tell)
        : m_all(std::max<std::int64_t>(all, 1)), m_tell(tell) {}
    void add(std::int64_t bytes) {
        m_done += bytes;
        // The databases may have grown since they were measured.
        const int now = static_cast<int>(std::min<std::int64_t>(99, m_done * 100 / m_all));
        if (now > m_told && m_tell)
            m_tell(m_told = now);
    }
    void finish() const {
        if (m_tell)
            m_tell(100);
    }

  private:
    std::int64_t m_all;
    std::int64_t m_done{0};
    int m_told{-1};
    const std::function<void(int)>& m_tell;
};

struct Source {
    std::string path;
    Content content{Content::notOurs};
    std::int64_t size{0};
};

/// What of the folder goes into a backup. The desk's database first: what it concluded from readings was committed
/// after them, so that readings copied later hold all that it names.
base::Result<std::vector<Source>> sourcesOf(const fs::path& folder) {
    std::vector<Source> sources;
    std::error_code ec;
    for (auto it = fs::recursive_directory_iterator(folder, ec); !ec && it != fs::recursive_directory_iterator();
         it.increment(ec)) {
        std::error_code one;
        if (!it->is_regular_file(one) || it->is_symlink(one))
            continue;
        Source source;
        source.path = it->path().lexically_relative(folder).generic_string();
        source.content = contentOf(source.path);
        source.size = static_cast<std::int64_t>(it->file_size(one));
        if (source.content != Content::notOurs && !one)
            sources.push_back(std::move(source));
    }
    if (ec)
        return base::fail(Code::storage, "the folder " + folder.string() + " cannot be read (" + ec.message() + ")");
    std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
        return std::tie(a.content, a.path) < std::tie(b.content, b.path);
    });
    if (sources.empty() || sources.front().content != Content::desk)
        return base::fail(Code::notFound, folder.string() + " is no county folder: it has no tocsin.db");
    return sources;
}

/// SQLite's online backup, from one snapshot: writers go on meanwhile.
base::Result<void> copyDatabase(const fs::path& from, const fs::path& to, Percent& percent) {
    return guarded(from, [&]() -> base::Result<void> {
        auto source = openToRead(from);
        // The snapshot is taken here and held; a copy in steps would else begin anew after every commit.
        source->exec("BEGIN");
        source->execAndGet("SELECT count(*) FROM sqlite_master");
        SQLite::Database copy(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        copy.exec("PRAGMA synchronous = OFF");
        {
            SQLite::Backup backup(copy, *source);
            int before = 0;
            for (int state = SQLITE_OK; state != SQLITE_DONE;) {
                state = backup.executeStep(2000);
                if (state == SQLITE_BUSY || state == SQLITE_LOCKED)
                    return base::fail(Code::unavailable, from.string() + " is in use by another program");
                const int left = backup.getRemainingPageCount();
                const int all = backup.getTotalPageCount();
                percent.add(static_cast<std::int64_t>(all - left - before) * 4096);
                before = all - left;
            }
        }
        // A copy that needs no log beside it.
        copy.exec("PRAGMA journal_mode = DELETE");
        return {};
    });
}

base::Result<void> addAll(Archive& archive, const fs::path& folder, const std::vector<Source>& sources,
                          const fs::path& out, Percent& percent) {
    const auto progress = [&percent](std::int64_t bytes) { percent.add(bytes); };
    for (const auto& source : sources) {
        const auto from = folder / source.path;
        if (source.content == Content::settings || source.content == Content::photo) {
            if (auto added = archive.add(source.path, from, progress); !added)
                return added;
            continue;
        }
        if (source.content != Content::desk && stampOf(from).kind == FileStamp::Kind::empty)
            continue; // just being made
        const Temporary copy(besides(out, "copy"));
        if (auto copied = copyDatabase(from, copy.path(), percent); !copied)
            return copied;
        if (auto right = checkContent(copy.path(), source.content); !right) {
            auto error = right.error();
            error.message = source.path + " cannot be backed up: " + error.message;
            return tl::unexpected(std::move(error));
        }
        percent.add(source.size);
        if (auto added = archive.add(source.path, copy.path(), progress); !added)
            return added;
    }
    return {};
}

std::int64_t totalOf(const std::vector<Source>& sources) {
    std::int64_t total = 0;
    for (const auto& source : sources)
        total += source.size;
    return total;
}

base::Result<void> giveName(const fs::path& from, const fs::path& to) {
    std::error_code ec;
    fs::rename(from, to, ec);
    if (ec)
        return base::fail(Code::storage, to.string() + " cannot be made (" + ec.message() + ")");
    return syncToDisk(to.has_parent_path() ? to.parent_path() : fs::path("."));
}

/// Refuses to write over anything that is not an earlier backup.
base::Result<void> checkOut(const fs::path& out) {
    std::error_code ec;
    if (!fs::exists(fs::symlink_status(out, ec)))
        return {};
    if (!fs::is_regular_file(out, ec) || stampOf(out).applicationId != backupApplicationId)
        return base::fail(Code::refused, out.string() + " is there already and no backup: it was not touched");
    return {};
}

/// Unpacks and checks everything into `folder`, which is new.
base::Result<void> unpack(const Archive& archive, const fs::path& folder, Percent& percent) {
    if (auto made = makeFolder(folder); !made)
        return made;
    const auto progress = [&percent](std::int64_t bytes) { percent.add(bytes); };
    bool desk = false;
    for (const auto& file : archive.files()) {
        const auto to = folder / file.path;
        std::error_code ec;
        fs::create_directories(to.parent_path(), ec);
        if (ec)
            return base::fail(Code::storage, to.parent_path().string() + " cannot be made (" + ec.message() + ")");
        if (auto extracted = archive.extract(file, to, progress); !extracted)
            return extracted;
        const auto content = contentOf(file.path);
        desk = desk || content == Content::desk;
        if (auto right = checkContent(to, content); !right)
            return right;
        if (auto synced = syncToDisk(to); !synced)
            return synced;
        if (auto synced = syncToDisk(to.parent_path()); !synced)
            return synced;
    }
    if (!desk)
        return base::fail(Code::storage, "the backup is damaged: it has no tocsin.db");
    return syncToDisk(folder);
}

} // namespace

base::Result<void> backup(const fs::path& countyFolder, const fs::path& out,
                          const std::function<void(int percent)>& progress) {
    return guarded(out, [&]() -> base::Result<void> {
        const auto sources = sourcesOf(countyFolder);
        if (!sources)
            return tl::unexpected(sources.error());
        if (auto free = checkOut(out); !free)
            return free;
        Percent percent(totalOf(*sources) * 4, progress);
        const Temporary part(besides(out, "part"));
        {
            auto archive = Archive::create(part.path());
            if (!archive)
                return tl::unexpected(archive.error());
            if (auto added = addAll(*archive, countyFolder, *sources, out, percent); !added)
                return added;
        }
        if (auto synced = syncToDisk(part.path()); !synced)
            return synced;
        {
            const auto written = Archive::open(part.path());
            if (!written)
                return tl::unexpected(written.error());
            for (const auto& file : written->files()) {
                auto same = written->extract(file, {}, [&percent](std::int64_t bytes) { percent.add(bytes); });
                if (!same)
                    return same;
            }
        }
        if (auto named = giveName(part.path(), out); !named)
            return named;
        percent.finish();
        return {};
    });
}

base::Result<void> restore(const fs::path& in, const fs::path& countyFolder,
                           const std::function<void(int percent)>& progress) {
    return guarded(in, [&]() -> base::Result<void> {
        auto folder = fs::absolute(countyFolder).lexically_normal();
        if (!folder.has_filename())
            folder = folder.parent_path(); // "county/" names the same folder
        std::error_code ec;
        if (fs::exists(fs::symlink_status(folder, ec)) && !(fs::is_directory(folder, ec) && fs::is_empty(folder, ec)))
            return base::fail(Code::refused, folder.string() + " is there already and not empty: it was not touched");
        const auto archive = Archive::open(in);
        if (!archive)
            return tl::unexpected(archive.error());
        std::int64_t total = 0;
        for (const auto& file : archive->files())
            total += file.size;
        Percent percent(total, progress);
        const Temporary part(besides(folder, "restoring"));
        if (auto unpacked = unpack(*archive, part.path(), percent); !unpacked)
            return unpacked;
        if (auto named = giveName(part.path(), folder); !named)
            return named;
        percent.finish();
        return {};
    });
}

} // namespace tocsin::store
