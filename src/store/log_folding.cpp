#include "store/log_folding.hpp"

#include <algorithm>
#include <memory>

namespace tocsin::store {

namespace {

/// How often the thread goes over what came meanwhile.
constexpr int mostRounds = 8;
/// A log so many times as long as it should be waits for the thread: the disk does not keep up.
constexpr int mostBehind = 16;

struct Folded {
    int pages{0}; ///< of the log
    int done{0};
    bool failed{false};
};

/// As far as it can be done without waiting for anybody.
Folded foldNow(SQLite::Database& db) {
    Folded folded;
    folded.failed = sqlite3_wal_checkpoint_v2(db.getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &folded.pages, &folded.done) != SQLITE_OK;
    return folded;
}

} // namespace

LogFolding::LogFolding(SQLite::Database& writer, std::filesystem::path file, int pages)
    : m_writer(writer), m_file(std::move(file)), m_most(pages), m_next(pages) {
    // In the place of SQLite's own hook, which folds in within the commit.
    sqlite3_wal_hook(m_writer.getHandle(), &LogFolding::committed, this);
}

LogFolding::~LogFolding() {
    sqlite3_wal_hook(m_writer.getHandle(), nullptr, nullptr);
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

int LogFolding::committed(void* self, sqlite3* /*db*/, const char* /*name*/, int pages) {
    static_cast<LogFolding*>(self)->m_pages = pages;
    return SQLITE_OK;
}

void LogFolding::afterCommit() {
    if (m_state == State::done)
        foldRest();
    if (m_pages < m_next)
        return;
    if (m_state == State::idle)
        ask();
    if (m_pages >= m_next + mostBehind * m_most) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_state == State::done; });
    }
}

void LogFolding::ask() {
    {
        const std::lock_guard lock(m_mutex);
        m_state = State::asked;
    }
    m_changed.notify_all();
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
}

void LogFolding::foldRest() {
    m_state = State::idle;
    const auto rest = foldNow(m_writer);
    // Somebody reads what is old, or the disk is full: the log goes on, and is tried again when it has grown.
    m_next = rest.failed || rest.done < rest.pages ? std::max(rest.pages, m_pages) + m_most : m_most;
    m_pages = 0; // as the next commit says
}

void LogFolding::run() {
    std::unique_ptr<SQLite::Database> own;
    std::unique_lock lock(m_mutex);
    while (!m_ends) {
        m_changed.wait(lock, [this] { return m_ends || m_state == State::asked; });
        if (m_ends)
            return;
        lock.unlock();
        try {
            if (!own) {
                own = std::make_unique<SQLite::Database>(m_file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
                own->exec("PRAGMA synchronous = FULL");
            }
            fold(*own);
        } catch (const SQLite::Exception&) {
            own.reset(); // the writer folds in all of it, and meets the same error where it matters
        }
        lock.lock();
        m_state = State::done;
        m_changed.notify_all();
    }
}

void LogFolding::fold(SQLite::Database& own) const {
    int before = 0;
    for (int round = 0; round < mostRounds; ++round) {
        const auto folded = foldNow(own);
        if (folded.failed || folded.done < folded.pages || folded.pages - before < m_most / 8)
            return;
        before = folded.pages;
    }
}

} // namespace tocsin::store
