#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/base/result.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace tocsin::desk {

/// Wrong PINs, by name: after a few each further one makes the next try wait longer, up to some minutes. It is never for ever, and it is the
/// same from wherever it is tried.
class PinTries {
  public:
    static constexpr int freeTries = 5;
    static constexpr base::Duration firstWait = std::chrono::seconds(10);
    static constexpr base::Duration longestWait = std::chrono::minutes(5);

    /// How long the next try has to wait; 0: not.
    [[nodiscard]] base::Duration waitOf(const std::string& name, base::Time now);
    void noteWrong(const std::string& name, base::Time now);
    void noteRight(const std::string& name) { m_names.erase(name); }
    [[nodiscard]] int wrongOf(const std::string& name) const;

  private:
    struct Name {
        int wrong{0};
        base::Time since; ///< the wait began
        base::Duration wait{0};
    };
    std::map<std::string, Name> m_names; ///< that have a PIN: nobody else gets so far
};

/// Where PINs are hashed: a thread of its own, one try after the other, so that neither the desk nor a window waits, and nobody tries
/// many at once.
class PinWorker {
  public:
    explicit PinWorker(const base::Clock& clock) : m_clock(clock) {}
    ~PinWorker();
    PinWorker(const PinWorker&) = delete;
    PinWorker& operator=(const PinWorker&) = delete;

    using Answer = std::function<void(base::Result<void>)>;
    /// Is told of a wrong one: how many there were, and the seconds until the next may be tried.
    using Wrong = std::function<void(int tries, int seconds)>;

    /// Runs `job` there; `unless` is called instead where too many wait, or it is ending. Any thread.
    void run(std::function<void()> job, Answer unless);
    /// Within a job.
    [[nodiscard]] base::Result<void> check(const std::string& name, const std::string& pin, const std::string& record, const Wrong& wrong);

  private:
    struct Job {
        std::function<void()> run;
        Answer unless;
    };
    void loop();

    const base::Clock& m_clock;
    PinTries m_tries; ///< on the thread
    std::mutex m_mutex;
    std::condition_variable m_filled;
    std::deque<Job> m_jobs;
    bool m_ending{false};
    std::thread m_thread; ///< from the first job on
};

} // namespace tocsin::desk
