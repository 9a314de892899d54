#include "app/feed_listening.hpp"

#include "tocsin/ingest/sample_feed.hpp"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <algorithm>

namespace tocsin::app {

using base::Code;
using ingest::FeedSample;

namespace {

constexpr int lookMs = 250;
constexpr int quietMs = 1'000;     ///< a stream that says nothing for so long has said something whole
constexpr int patienceMs = 60'000; ///< for something to come
constexpr std::size_t mostBytes = 256U << 10U;
constexpr std::size_t enoughBytes = 64U << 10U;

/// Runs as it is configured here: what it is sent is what this one would be sent.
bool isTheSame(const ingest::FeedConfig& running, const ingest::FeedConfig& wanted) {
    if (!running.enabled || running.transport != wanted.transport)
        return false;
    if (wanted.transport == ingest::Transport::httpPush)
        return running.name == wanted.name;
    return running.address == wanted.address && running.topics == wanted.topics && running.user == wanted.user;
}

class Listening final : public QObject, public gui::FeedsDesk::SampleListening {
  public:
    using Progress = std::function<void(const gui::FeedsDesk::SampleProgress&)>;
    using Answer = std::function<void(base::Result<FeedSample>)>;
    Listening(QThreadPool& workers, QObject* context, Progress progress, Answer answer)
        : m_workers(workers), m_context(context), m_progress(std::move(progress)), m_answer(std::move(answer)) {
        m_since.start();
        m_quiet.start();
        connect(&m_timer, &QTimer::timeout, this, [this] { look(); });
        m_timer.start(lookMs);
    }
    ~Listening() override {
        if (m_running != nullptr)
            m_running->endSample();
        // Its connections take a moment to close: not on the window's thread.
        if (m_own)
            m_workers.start([own = std::shared_ptr<ingest::SampleFeed>(std::move(m_own))]() mutable { own.reset(); });
    }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    void to(ingest::FeedCounters& running) {
        m_running = &running;
        running.beginSample(mostBytes);
    }
    void to(base::Result<std::unique_ptr<ingest::SampleFeed>> own) {
        if (own)
            m_own = std::move(*own);
        else
            m_error = own.error();
    }
    void enough() override { m_enough = true; }

  private:
    void look() {
        if (!m_context)
            return m_timer.stop();
        if (m_error)
            return end(tl::unexpected(*m_error));
        auto sample = m_running != nullptr ? m_running->sample() : m_own->sample();
        if (sample.pieces != m_pieces) {
            m_pieces = sample.pieces;
            m_quiet.restart();
        }
        const bool message = !sample.topic.empty();
        const bool some = !sample.bytes.empty();
        if (some && (message || m_enough || sample.bytes.size() >= enoughBytes || m_quiet.hasExpired(quietMs)))
            return end(std::move(sample));
        if (m_since.hasExpired(patienceMs))
            return end(some ? base::Result<FeedSample>(std::move(sample))
                            : base::fail(Code::notFound, "nothing has come within a minute"));
        gui::FeedsDesk::SampleProgress progress;
        progress.bytes = sample.bytes.size();
        progress.left = std::chrono::seconds(std::max<qint64>(0, patienceMs - m_since.elapsed()) / 1'000);
        progress.trouble = m_own ? m_own->trouble() : troubleOf(m_running->status());
        m_progress(progress);
    }
    static std::string troubleOf(const ingest::FeedStatus& status) {
        const bool down = status.state == ingest::FeedState::waiting || status.state == ingest::FeedState::failed;
        return down ? status.stateReason : std::string();
    }
    /// Not from within our own timer: the one who is told lets this go.
    void end(base::Result<FeedSample> sample) {
        m_timer.stop();
        QTimer::singleShot(0, m_context, [self = QPointer<Listening>(this), answer = std::move(m_answer),
                                          sample = std::move(sample)]() mutable {
            if (self)
                answer(std::move(sample));
        });
    }

    QThreadPool& m_workers;
    QPointer<QObject> m_context;
    Progress m_progress;
    Answer m_answer;
    QTimer m_timer;
    QElapsedTimer m_since;
    QElapsedTimer m_quiet; ///< since something came
    ingest::FeedCounters* m_running{nullptr};
    std::unique_ptr<ingest::SampleFeed> m_own;
    std::optional<base::Error> m_error;
    std::size_t m_pieces{0};
    bool m_enough{false};
};

} // namespace

std::unique_ptr<gui::FeedsDesk::SampleListening>
listenToFeed(const ingest::FeedConfig& feed, FeedHost* host, const std::filesystem::path& folder, const base::Clock& clock,
             QThreadPool& workers, QObject* context, std::function<void(const gui::FeedsDesk::SampleProgress&)> progress,
             std::function<void(base::Result<FeedSample>)> answer) {
    auto listening = std::make_unique<Listening>(workers, context, std::move(progress), std::move(answer));
    const auto running = host == nullptr ? std::vector<ingest::FeedConfig>{} : host->feeds();
    const auto same = std::find_if(running.begin(), running.end(), [&](const auto& one) { return isTheSame(one, feed); });
    if (same != running.end())
        listening->to(host->board().feed(same->name));
    else
        listening->to(ingest::SampleFeed::start(feed, folder, clock, mostBytes));
    return listening;
}

} // namespace tocsin::app
