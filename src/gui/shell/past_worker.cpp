#include "gui/shell/past_worker.hpp"

namespace tocsin::gui {

PastWorker::PastWorker(std::filesystem::path database, std::filesystem::path readingsFolder,
                       std::function<void(std::function<void()>)> post)
    : m_database(std::move(database)), m_readingsFolder(std::move(readingsFolder)), m_post(std::move(post)) {}

PastWorker::~PastWorker() {
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_thread.join();
    }
}

desk::Replay* PastWorker::replay(base::Error& fault) {
    if (!m_replay) {
        auto opened = desk::Replay::open(m_database, m_readingsFolder);
        if (!opened) {
            fault = opened.error();
            return nullptr;
        }
        m_replay = std::move(*opened);
    }
    return m_replay.get();
}

template <typename Value, typename Question>
PastWorker::Job PastWorker::jobOf(QObject* context, std::function<void(base::Result<Value>)> answer,
                                  Question question) {
    const bool tied = context != nullptr;
    const QPointer<QObject> guard(context);
    return
        [this, tied, guard, answer = std::move(answer), question = std::move(question)](const std::stop_token& stop) {
            base::Error fault;
            auto* past = replay(fault);
            auto value = std::make_shared<base::Result<Value>>(
                past == nullptr ? base::Result<Value>(tl::unexpected(fault)) : question(*past, stop));
            m_post([tied, guard, answer, value] {
                if (answer && (!tied || !guard.isNull()))
                    answer(*value);
            });
        };
}

void PastWorker::pictureAt(base::Time at, QObject* context, std::function<void(base::Result<Picture>)> answer) {
    ask(m_picture, jobOf<Picture>(context, std::move(answer), [at](desk::Replay& past, const std::stop_token& stop) {
            return past.pictureAt(at, stop);
        }));
}

void PastWorker::journalSpan(QObject* context, std::function<void(base::Result<desk::JournalSpan>)> answer) {
    ask(m_span, jobOf<desk::JournalSpan>(context, std::move(answer),
                                         [](desk::Replay& past, const std::stop_token&) { return past.span(); }));
}

void PastWorker::ask(std::optional<Job>& slot, Job job) {
    {
        const std::lock_guard lock(m_mutex);
        // A span that waits is about to be what the newer question wants too, but its asker is another: both are told.
        if (&slot == &m_span && slot) {
            slot = [first = std::move(*slot), second = std::move(job)](const std::stop_token& stop) {
                first(stop);
                second(stop);
            };
        } else {
            slot = std::move(job);
        }
    }
    m_filled.notify_one();
    if (!m_thread.joinable())
        m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void PastWorker::run(const std::stop_token& stop) {
    for (;;) {
        std::optional<Job> job;
        {
            std::unique_lock lock(m_mutex);
            if (!m_filled.wait(lock, stop, [this] { return m_span || m_picture; }))
                return;
            auto& next = m_span ? m_span : m_picture;
            job.swap(next);
        }
        (*job)(stop);
    }
}

} // namespace tocsin::gui
