#include "store/archive.hpp"

#include "store/track_file.hpp"

#include "store/digest.hpp"
#include "store/journal_verify.hpp"
#include "store/month_file.hpp"

#include <algorithm>
#include <fstream>
#include <limits>

namespace tocsin::store {

namespace fs = std::filesystem;
using base::Code;

namespace {

constexpr int formatVersion = 1;
constexpr std::size_t pieceSize = std::size_t{1} << 20U;
/// Pieces of a file are numbered from its id shifted by this.
constexpr unsigned pieceBits = 32;

constexpr const char* fileTable = "CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, "
                                  "size INTEGER NOT NULL, sha256 TEXT NOT NULL)";
constexpr const char* pieceTable = "CREATE TABLE piece (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)";

base::Result<void> checkPages(SQLite::Database& db, const fs::path& file) {
    SQLite::Statement check(db, "PRAGMA integrity_check(1)");
    if (!check.executeStep() || check.getColumn(0).getString() != "ok")
        return base::fail(Code::storage, file.string() + " is damaged: " + check.getColumn(0).getString());
    return {};
}

} // namespace

Content contentOf(const std::string& path) {
    if (path == "tocsin.db")
        return Content::desk;
    if (path == "map.gpkg")
        return Content::map;
    const fs::path relative(path);
    if (relative.is_absolute() || path.find('\\') != std::string::npos || path.find('\0') != std::string::npos)
        return Content::notOurs;
    std::size_t depth = 0;
    for (const auto& part : relative) {
        if (part.empty() || part.string().front() == '.' || ++depth > 8)
            return Content::notOurs;
    }
    const auto folder = relative.parent_path();
    if ((folder == "readings" || folder == "readings/archive") && Month::fromFileName(relative.filename().string()))
        return Content::readings;
    if (folder == "tracks" && Month::fromFileName(relative.filename().string()))
        return Content::tracks;
    if (folder == "photos" && relative.extension() == ".jpg")
        return Content::photo;
    return relative.extension() == ".toml" ? Content::settings : Content::notOurs;
}

base::Result<void> checkContent(const fs::path& file, Content content) {
    if (content == Content::settings || content == Content::photo)
        return {};
    return guarded(file, [&]() -> base::Result<void> {
        std::unique_ptr<SQLite::Database> db;
        if (content == Content::map) {
            db = openToRead(file);
        } else {
            OpenOptions options;
            options.allowOlder = true;
            auto opened = openDatabase(file, Access::readOnly,
                                       content == Content::desk     ? deskSchema()
                                       : content == Content::tracks ? tracksSchema()
                                                                    : readingsSchema(),
                                       options);
            if (!opened)
                return tl::unexpected(opened.error());
            db = std::move(*opened);
        }
        if (auto right = checkPages(*db, file); !right)
            return right;
        if (content != Content::desk)
            return {};
        auto fault = verifyJournal(*db, file, {});
        if (!fault)
            return tl::unexpected(fault.error());
        if (*fault)
            return base::fail(Code::storage, "the journal is not right at entry " + std::to_string((*fault)->seq) +
                                                 ": " + (*fault)->reason);
        return {};
    });
}

Archive::Archive(fs::path file, std::unique_ptr<SQLite::Database> db) : m_path(std::move(file)), m_db(std::move(db)) {}

base::Result<Archive> Archive::create(const fs::path& file) {
    return guarded(file, [&]() -> base::Result<Archive> {
        auto db = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db->exec("PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
        db->exec("PRAGMA application_id = " + std::to_string(backupApplicationId) +
                 "; PRAGMA user_version = " + std::to_string(formatVersion));
        db->exec(fileTable);
        db->exec(pieceTable);
        return Archive(file, std::move(db));
    });
}

base::Result<Archive> Archive::open(const fs::path& file) {
    return guarded(file, [&]() -> base::Result<Archive> {
        const auto stamp = stampOf(file);
        if (stamp.kind == FileStamp::Kind::absent)
            return base::fail(Code::notFound, file.string() + " does not exist");
        if (stamp.kind != FileStamp::Kind::sqlite || stamp.applicationId != backupApplicationId)
            return base::fail(Code::storage, file.string() + " is damaged or no Tocsin backup");
        if (stamp.version > formatVersion)
            return base::fail(Code::newer, file.string() + " was written by a newer Tocsin");
        Archive archive(file, openToRead(file));
        // Nothing but our own two tables: no view or trigger of somebody else's runs here.
        SQLite::Statement objects(*archive.m_db, "SELECT count(*), sum(sql IN (?, ?)) FROM sqlite_master "
                                                 "WHERE sql IS NOT NULL");
        objects.bind(1, fileTable);
        objects.bind(2, pieceTable);
        if (!objects.executeStep() || objects.getColumn(0).getInt() != 2 || objects.getColumn(1).getInt() != 2)
            return base::fail(Code::storage, file.string() + " is damaged or no Tocsin backup");
        if (auto right = checkPages(*archive.m_db, file); !right)
            return tl::unexpected(right.error());
        if (auto read = archive.readFiles(); !read)
            return tl::unexpected(read.error());
        return archive;
    });
}

base::Result<void> Archive::readFiles() {
    std::error_code ec;
    auto room = static_cast<std::int64_t>(fs::file_size(m_path, ec));
    SQLite::Statement rows(*m_db, "SELECT id, path, size, sha256 FROM file ORDER BY id");
    while (rows.executeStep()) {
        ArchivedFile file{rows.getColumn(0).getInt64(), rows.getColumn(1).getString(), rows.getColumn(2).getInt64(),
                          rows.getColumn(3).getString()};
        const bool sane = file.id > 0 && file.id <= std::numeric_limits<std::int32_t>::max() && file.size >= 0 &&
                          file.size <= room && contentOf(file.path) != Content::notOurs;
        if (!sane)
            return base::fail(Code::storage, m_path.string() + " is damaged: it lists a file that no backup has");
        room -= file.size;
        m_files.push_back(std::move(file));
    }
    return {};
}

base::Result<void> Archive::add(const std::string& path, const fs::path& from, const Progress& progress) {
    return guarded(m_path, [&]() -> base::Result<void> {
        std::ifstream in(from, std::ios::binary);
        if (!in)
            return base::fail(Code::storage, from.string() + " cannot be read");
        ArchivedFile file{static_cast<std::int64_t>(m_files.size()) + 1, path, 0, {}};
        RunningDigest digest;
        WriteTransaction transaction(*m_db);
        SQLite::Statement insert(*m_db, "INSERT INTO piece (id, bytes) VALUES (?, ?)");
        std::vector<char> piece(pieceSize);
        std::int64_t id = file.id << pieceBits;
        while (in) {
            in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
            const auto got = static_cast<std::size_t>(in.gcount());
            if (got == 0)
                break;
            digest.add({piece.data(), got});
            Use use(insert);
            use->bind(1, id++);
            use->bindNoCopy(2, static_cast<const void*>(piece.data()), static_cast<int>(got));
            use->exec();
            file.size += static_cast<std::int64_t>(got);
            progress(static_cast<std::int64_t>(got));
        }
        if (in.bad())
            return base::fail(Code::storage, from.string() + " cannot be read to its end");
        file.sha256 = base::toHex(digest.finish());
        SQLite::Statement row(*m_db, "INSERT INTO file (id, path, size, sha256) VALUES (?, ?, ?, ?)");
        row.bind(1, file.id);
        row.bind(2, file.path);
        row.bind(3, file.size);
        row.bind(4, file.sha256);
        row.exec();
        transaction.commit();
        m_files.push_back(std::move(file));
        return {};
    });
}

base::Result<void> Archive::extract(const ArchivedFile& file, const fs::path& to, const Progress& progress) const {
    return guarded(m_path, [&]() -> base::Result<void> {
        std::ofstream out;
        if (!to.empty())
            out.open(to, std::ios::binary | std::ios::trunc);
        RunningDigest digest;
        std::int64_t size = 0;
        SQLite::Statement pieces(*m_db, "SELECT bytes FROM piece WHERE id >= ? AND id < ? ORDER BY id");
        pieces.bind(1, file.id << pieceBits);
        pieces.bind(2, (file.id + 1) << pieceBits);
        while (pieces.executeStep() && size <= file.size) {
            const auto bytes = pieces.getColumn(0);
            const auto got = bytes.getBytes();
            digest.add({static_cast<const char*>(bytes.getBlob()), static_cast<std::size_t>(got)});
            if (!to.empty())
                out.write(static_cast<const char*>(bytes.getBlob()), got);
            size += got;
            progress(got);
        }
        if (!to.empty()) {
            out.close();
            if (!out)
                return base::fail(Code::storage, to.string() + " could not be written: the disk is full or failing");
        }
        if (size != file.size || base::toHex(digest.finish()) != file.sha256)
            return base::fail(Code::storage,
                              m_path.string() + " is damaged: " + file.path + " in it is not what was backed up");
        return {};
    });
}

} // namespace tocsin::store
