#pragma once

#include "store/sql.hpp"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace tocsin::store {

/// Folds a database's write-ahead log into it on a thread of its own, so that no commit waits for the pages of thousands of
/// others. SQLite begins a log anew only where all of it is folded in: the thread goes on until little is left, and that
/// little is the writer's. Made, asked and destroyed by the writer's thread, before the writer's connection goes.
class LogFolding {
  public:
    /// `pages`: how long the log may grow before it is folded in.
    LogFolding(SQLite::Database& writer, std::filesystem::path file, int pages);
    LogFolding(const LogFolding&) = delete;
    LogFolding& operator=(const LogFolding&) = delete;
    ~LogFolding();

    /// To be called outside a transaction, after a commit. The thread begins when it is first needed.
    void afterCommit();

  private:
    enum class State : std::uint8_t { idle, asked, done };

    static int committed(void* self, sqlite3* db, const char* name, int pages);
    void ask();
    void run();
    void fold(SQLite::Database& own) const;
    /// What the thread left.
    void foldRest();

    SQLite::Database& m_writer;
    const std::filesystem::path m_file;
    const int m_most;
    int m_pages{0}; ///< of the log after the last commit
    int m_next;     ///< from so many pages on the thread is asked
    std::atomic<State> m_state{State::idle};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_ends{false};
    std::thread m_thread;
};

} // namespace tocsin::store
