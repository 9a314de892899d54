#pragma once

#include "tocsin/gui/bridge.hpp"

#include <QPointer>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace tocsin::gui {

/// A thread of its own that owns the journal's replay and answers one question after the other. Of questions for
/// pictures only the newest waits; one that is being worked on is finished, so that dragging shows something. The files
/// are opened at the first question. All functions: GUI thread; destroying it stops the work and waits.
class PastWorker {
  public:
    /// `post` runs a function on the GUI's thread, unless the bridge is gone.
    PastWorker(std::filesystem::path database, std::filesystem::path readingsFolder,
               std::function<void(std::function<void()>)> post);
    ~PastWorker();
    PastWorker(const PastWorker&) = delete;
    PastWorker& operator=(const PastWorker&) = delete;

    using Picture = DeskBridge::PastPicture;
    void pictureAt(base::Time at, QObject* context, std::function<void(base::Result<Picture>)> answer);
    void journalSpan(QObject* context, std::function<void(base::Result<desk::JournalSpan>)> answer);

  private:
    using Job = std::function<void(const std::stop_token&)>;
    void ask(std::optional<Job>& slot, Job job);
    void run(const std::stop_token& stop);
    /// The replay, opened when it is needed; null and `fault` set when it cannot be.
    [[nodiscard]] desk::Replay* replay(base::Error& fault);
    template <typename Value, typename Question>
    [[nodiscard]] Job jobOf(QObject* context, std::function<void(base::Result<Value>)> answer, Question question);

    std::filesystem::path m_database;
    std::filesystem::path m_readingsFolder;
    std::function<void(std::function<void()>)> m_post;
    std::unique_ptr<desk::Replay> m_replay; ///< the worker's own
    std::mutex m_mutex;
    std::condition_variable_any m_filled;
    std::optional<Job> m_picture; ///< waiting
    std::optional<Job> m_span;
    std::jthread m_thread; ///< started with the first question
};

} // namespace tocsin::gui
