#include "desk/pin_worker.hpp"

#include "tocsin/base/pin_record.hpp"

#include <algorithm>
#include <utility>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostJobs = 32;

int secondsOf(base::Duration wait) {
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count());
}

} // namespace

base::Duration PinTries::waitOf(const std::string& name, base::Time now) {
    const auto found = m_names.find(name);
    if (found == m_names.end())
        return base::Duration(0);
    auto& one = found->second;
    one.since = std::min(one.since, now); // a clock that was set back must not make it longer
    return std::max(one.since + one.wait - now, base::Duration(0));
}

void PinTries::noteWrong(const std::string& name, base::Time now) {
    auto& one = m_names[name];
    one.wrong = std::min(one.wrong + 1, 1'000);
    one.since = now;
    if (one.wrong >= freeTries)
        one.wait = std::min(one.wait == base::Duration(0) ? firstWait : one.wait * 2, longestWait);
}

int PinTries::wrongOf(const std::string& name) const {
    const auto found = m_names.find(name);
    return found == m_names.end() ? 0 : found->second.wrong;
}

PinWorker::~PinWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_filled.notify_one();
    if (m_thread.joinable())
        m_thread.join();
    for (const auto& job : m_jobs)
        job.unless(fail(Code::unavailable, "the desk is ending"));
}

void PinWorker::run(std::function<void()> job, Answer unless) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_ending && m_jobs.size() < mostJobs) {
            m_jobs.push_back({std::move(job), std::move(unless)});
            if (!m_thread.joinable())
                m_thread = std::thread([this] { loop(); });
            m_filled.notify_one();
            return;
        }
    }
    unless(fail(Code::unavailable, "the desk is busy: try again"));
}

void PinWorker::loop() {
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_filled.wait(lock, [this] { return m_ending || !m_jobs.empty(); });
        if (m_ending)
            return;
        const auto job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job.run();
    }
}

base::Result<void> PinWorker::check(const std::string& name, const std::string& pin, const std::string& record, const Wrong& wrong) {
    if (const auto wait = m_tries.waitOf(name, m_clock.now()); wait > base::Duration(0))
        return fail(Code::refused, "too many wrong PINs for " + name + ": the next can be tried in " + std::to_string(secondsOf(wait)) + " s");
    if (base::matchesPin(pin, record)) {
        m_tries.noteRight(name);
        return {};
    }
    const auto now = m_clock.now();
    m_tries.noteWrong(name, now);
    const auto seconds = secondsOf(m_tries.waitOf(name, now));
    wrong(m_tries.wrongOf(name), seconds);
    if (seconds > 0)
        return fail(Code::refused, "that is not the PIN of " + name + ": the next can be tried in " + std::to_string(seconds) + " s");
    return fail(Code::refused, "that is not the PIN of " + name);
}

} // namespace tocsin::desk
