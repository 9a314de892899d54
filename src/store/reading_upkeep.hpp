#pragma once

#include "store/month_file.hpp"
#include "store/reading_merge.hpp"

#include <memory>
#include <set>

namespace tocsin::store {

/// Keeps one month's file in order: merges what was appended, moves an old month's readings to the archive, gives
/// room back. It writes through the file's own connection, a slice at a time, each committed; what a slice leaves
/// unfinished nobody reads. Throws SQLite::Exception and Damaged; it can be asked again after either.
class MonthUpkeep {
  public:
    explicit MonthUpkeep(MonthFile& file) : m_file(file) {}

    /// One slice of about so many readings; false if there was nothing to do. `toArchive`: the month is old enough.
    [[nodiscard]] base::Result<bool> step(std::size_t readings, bool toArchive);
    /// How many times as many small runs wait as would be merged.
    [[nodiscard]] std::size_t behind();

  private:
    [[nodiscard]] bool clearSome();
    [[nodiscard]] bool startMerge();
    [[nodiscard]] base::Result<bool> startArchive();
    [[nodiscard]] bool giveBackSome();
    void start(std::vector<Run> inputs, bool toArchive);
    void proceed(std::size_t readings);
    void finish();
    [[nodiscard]] base::Result<void> openArchive();
    void finishArchive();
    void abandon();
    /// Those that may be merged.
    [[nodiscard]] std::vector<Run> mergeable();

    MonthFile& m_file;
    std::unique_ptr<Merge> m_merge;
    std::int64_t m_run{0};                         ///< that m_merge writes
    std::unique_ptr<SQLite::Database> m_archiveDb; ///< while m_merge writes there
    std::unique_ptr<Pieces> m_archive;
    std::set<std::int64_t> m_damaged; ///< runs that could not be read
    bool m_mayClear{true};
    bool m_mayGiveBack{true};
};

} // namespace tocsin::store
