#pragma once

#include "store/sql.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tocsin::store {

/// A file in a backup.
struct ArchivedFile {
    std::int64_t id{0};
    std::string path; ///< relative to the county folder, with '/'
    std::int64_t size{0};
    std::string sha256; ///< hex
};

/// What a file of a county folder is to a backup.
enum class Content : unsigned char { notOurs, desk, readings, tracks, map, settings, photo };
/// Judges a relative path; notOurs also for anything that would leave the folder.
[[nodiscard]] Content contentOf(const std::string& path);

/// Integrity of one unpacked file: a database's pages and, for the desk's, the journal's chain; its version.
[[nodiscard]] base::Result<void> checkContent(const std::filesystem::path& file, Content content);

/// A backup: one SQLite database that holds files in pieces of 1 MiB with their sizes and SHA-256. Throws what SQLite
/// throws; reads and writes a piece at a time.
class Archive {
  public:
    using Progress = std::function<void(std::int64_t bytes)>;

    /// Makes a new file. It is not safe on the disk before it is closed and synced.
    [[nodiscard]] static base::Result<Archive> create(const std::filesystem::path& file);
    /// Opens one to read; refuses what is no backup, a newer one, and one whose pages are damaged.
    [[nodiscard]] static base::Result<Archive> open(const std::filesystem::path& file);

    [[nodiscard]] base::Result<void> add(const std::string& path, const std::filesystem::path& from,
                                         const Progress& progress);
    [[nodiscard]] const std::vector<ArchivedFile>& files() const { return m_files; }
    /// Reads a file's pieces and compares size and digest; writes them to `to` unless that is empty.
    [[nodiscard]] base::Result<void> extract(const ArchivedFile& file, const std::filesystem::path& to,
                                             const Progress& progress) const;

  private:
    Archive(std::filesystem::path file, std::unique_ptr<SQLite::Database> db);
    [[nodiscard]] base::Result<void> readFiles();

    std::filesystem::path m_path;
    std::unique_ptr<SQLite::Database> m_db;
    std::vector<ArchivedFile> m_files;
};

} // namespace tocsin::store
