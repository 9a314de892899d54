#include "map/tile_works.hpp"

#include <algorithm>

namespace tocsin::map {
namespace {

constexpr std::size_t mostOwed = 128;
constexpr std::size_t mostLater = 8; ///< each holds a block of tiles
constexpr std::size_t mostPauses = 4096;
constexpr std::chrono::milliseconds longestPause{60'000};

bool isSane(const TileVariant& variant) {
    return variant.pixels >= 256 && variant.pixels <= 2048 && variant.scale >= 0.5 && variant.scale <= 4;
}

void put(std::vector<std::string>& sentences, const std::string& sentence) {
    if (!sentence.empty() && std::find(sentences.begin(), sentences.end(), sentence) == sentences.end())
        sentences.push_back(sentence);
}

} // namespace

class TileWorks::Client final : public TileClient {
  public:
    Client(TileWorks& works, TileSource::TileReady ready, TileSource::StatusChanged status)
        : m_works(works), m_ready(std::move(ready)), m_status(std::move(status)) {}
    ~Client() override { m_works.leave(*this); }
    void want(const TileVariant& variant, std::vector<TileKey> tiles, const std::optional<WorldBox>& view) override {
        m_works.want(*this, variant, tiles, view);
    }

  private:
    friend class TileWorks;
    TileWorks& m_works;
    TileSource::TileReady m_ready;
    TileSource::StatusChanged m_status;
    // Under the works' mutex:
    std::deque<TileJob> m_wanted;
    std::optional<WorldBox> m_view;
    std::deque<TileJob> m_owed; ///< had a stand-in, newest last
    int m_calls{0};             ///< callbacks that run now
};

void TileWorks::start(Plan plan) {
    m_plan = std::move(plan);
    for (unsigned i = 0; i < std::clamp(m_plan.threads, 1U, 8U); ++i)
        m_threads.emplace_back([this] { work(); });
}

void TileWorks::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
    m_threads.clear();
}

std::unique_ptr<TileClient> TileWorks::connect(TileSource::TileReady ready, TileSource::StatusChanged status) {
    auto client = std::make_unique<Client>(*this, std::move(ready), std::move(status));
    MapStatus now;
    {
        const std::lock_guard lock(m_mutex);
        m_clients.push_back(client.get());
        now = m_status;
    }
    if (client->m_status)
        client->m_status(now);
    return client;
}

MapStatus TileWorks::status() const {
    const std::lock_guard lock(m_mutex);
    return m_status;
}

void TileWorks::setStatus(MapStatus status) {
    std::unique_lock lock(m_mutex);
    changeStatus(lock, std::move(status));
    m_wake.notify_all();
}

void TileWorks::setTrouble(std::string trouble) {
    std::unique_lock lock(m_mutex);
    m_trouble = std::move(trouble);
    if (m_status.kind == MapStatus::Kind::ready || (m_status.kind == MapStatus::Kind::loading && !m_trouble.empty()))
        changeStatus(lock, readyStatus());
}

void TileWorks::restart(MapStatus status) {
    std::unique_lock lock(m_mutex);
    ++m_generation;
    m_pauses.clear();
    m_waiting.clear();
    m_note.clear();
    m_trouble.clear();
    changeStatus(lock, std::move(status));
    m_wake.notify_all();
}

void TileWorks::release(const TileGroup& group) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_running.contains(group))
            m_released.insert(group);
        else
            m_waiting.erase(group);
    }
    m_wake.notify_all();
}

void TileWorks::want(Client& client, const TileVariant& variant, const std::vector<TileKey>& tiles,
                     const std::optional<WorldBox>& view) {
    {
        const std::lock_guard lock(m_mutex);
        client.m_view = view;
        client.m_wanted.clear();
        for (const TileKey& key : tiles)
            if (isSane(variant) && isValid(key))
                client.m_wanted.push_back({variant, key});
        std::erase_if(client.m_owed, [&](const TileJob& job) { return job.variant != variant; });
    }
    m_wake.notify_all();
}

void TileWorks::leave(Client& client) {
    std::unique_lock lock(m_mutex);
    std::erase(m_clients, &client);
    m_left.wait(lock, [&] { return client.m_calls == 0; });
}

/// Calls back without the lock; a client that leaves meanwhile waits for it.
template <typename Call>
void TileWorks::callEach(std::unique_lock<std::mutex>& lock, const std::vector<Client*>& clients, const Call& call) {
    for (Client* client : clients)
        ++client->m_calls;
    lock.unlock();
    for (Client* client : clients)
        call(*client);
    lock.lock();
    for (Client* client : clients)
        --client->m_calls;
    m_left.notify_all();
}

void TileWorks::changeStatus(std::unique_lock<std::mutex>& lock, MapStatus status) {
    if (status == m_status)
        return;
    m_status = std::move(status);
    const MapStatus now = m_status;
    callEach(lock, std::vector<Client*>(m_clients), [&](Client& client) {
        if (client.m_status)
            client.m_status(now);
    });
}

MapStatus TileWorks::readyStatus() const {
    std::vector<std::string> sentences;
    put(sentences, m_note);
    put(sentences, m_trouble);
    for (const Client* client : m_clients)
        for (const TileJob& job : client->m_wanted) // what nobody looks at any more is no trouble
            if (const auto pause = m_pauses.find(m_plan.groupOf(job)); pause != m_pauses.end() && sentences.size() < 3)
                put(sentences, pause->second.why);
    MapStatus status{MapStatus::Kind::ready, {}};
    for (const std::string& sentence : sentences)
        status.message += (status.message.empty() ? "" : "; ") + sentence;
    return status;
}

std::optional<TileWorks::Task> TileWorks::takeJob(std::optional<SteadyClock::time_point>& pauseEnds) {
    pauseEnds.reset();
    if (m_status.kind == MapStatus::Kind::missing || m_status.kind == MapStatus::Kind::broken)
        return std::nullopt;
    const auto now = SteadyClock::now();
    const auto free = [&](const TileJob& job) {
        const TileGroup group = m_plan.groupOf(job);
        if (m_running.contains(group) || m_waiting.contains(group))
            return false;
        const auto pause = m_pauses.find(group);
        if (pause == m_pauses.end() || pause->second.until <= now)
            return true;
        if (!pauseEnds || pause->second.until < *pauseEnds)
            pauseEnds = pause->second.until;
        return false;
    };
    for (const bool owed : {false, true})
        for (Client* client : m_clients)
            for (const TileJob& job : owed ? client->m_owed : client->m_wanted)
                if (free(job))
                    return Task{job, owed ? std::nullopt : client->m_view};
    return std::nullopt;
}

void TileWorks::work() {
    std::unique_ptr<TileMaker> maker;
    std::uint64_t generation = 0;
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        std::optional<SteadyClock::time_point> pauseEnds;
        const std::optional<Task> task = takeJob(pauseEnds);
        if (m_later.size() > mostLater) {
            doLater(lock);
            continue;
        }
        if (!task) {
            if (!m_later.empty())
                doLater(lock);
            else if (pauseEnds)
                m_wake.wait_until(lock, *pauseEnds);
            else
                m_wake.wait(lock);
            continue;
        }
        if (generation != m_generation)
            maker.reset();
        generation = m_generation;
        const TileGroup group = m_plan.groupOf(task->job);
        m_running.insert(group);
        lock.unlock();
        if (!maker)
            maker = m_plan.makeMaker();
        TileOutcome outcome = maker->make(task->job, task->view);
        lock.lock();
        if (generation == m_generation)
            settle(lock, *task, group, outcome);
        m_running.erase(group);
        if (m_released.erase(group) > 0)
            m_waiting.erase(group);
        m_wake.notify_all();
    }
    while (!m_later.empty())
        doLater(lock);
}

void TileWorks::doLater(std::unique_lock<std::mutex>& lock) {
    const auto work = std::move(m_later.front());
    m_later.pop_front();
    lock.unlock();
    work();
    lock.lock();
}

void TileWorks::settle(std::unique_lock<std::mutex>& lock, const Task& task, const TileGroup& group,
                       TileOutcome& outcome) {
    if (outcome.error && outcome.fatal) {
        const bool missing = outcome.error->code == base::Code::notFound;
        changeStatus(lock, {missing ? MapStatus::Kind::missing : MapStatus::Kind::broken, outcome.error->describe()});
        return;
    }
    if (outcome.error) {
        if (m_pauses.size() >= mostPauses)
            m_pauses.clear();
        Pause& pause = m_pauses[group];
        pause.why = outcome.error->describe();
        pause.until =
            SteadyClock::now() + std::min(longestPause, m_plan.firstPause * (1 << std::min(pause.failures, 10)));
        ++pause.failures;
        changeStatus(lock, readyStatus());
        return;
    }
    m_pauses.erase(group);
    m_note = outcome.note;
    if (outcome.wait)
        m_waiting.insert(group);
    else if (outcome.againIn)
        m_pauses[group] = {0, SteadyClock::now() + *outcome.againIn, {}};
    if (!outcome.tiles.empty())
        changeStatus(lock, readyStatus());
    for (const auto& [key, image] : outcome.tiles)
        deliver(lock, {task.job.variant, key}, image, outcome.standIn, task.view);
    if (outcome.afterwards)
        m_later.push_back(std::move(outcome.afterwards));
}

void TileWorks::deliver(std::unique_lock<std::mutex>& lock, const TileJob& done,
                        const std::shared_ptr<const TileImage>& image, bool standIn,
                        const std::optional<WorldBox>& view) {
    std::vector<Client*> takers;
    for (Client* client : m_clients) {
        if (image && image->part && client->m_view != view) // it looks elsewhere: a part of its own is painted
            continue;
        const auto wanted = std::find(client->m_wanted.begin(), client->m_wanted.end(), done);
        const auto owed = std::find(client->m_owed.begin(), client->m_owed.end(), done);
        const bool isWanted = wanted != client->m_wanted.end();
        const bool isOwed = owed != client->m_owed.end();
        if (isWanted)
            client->m_wanted.erase(wanted);
        if (isOwed && !standIn)
            client->m_owed.erase(owed);
        if (isWanted && !isOwed && standIn) {
            client->m_owed.push_back(done);
            if (client->m_owed.size() > mostOwed)
                client->m_owed.pop_front();
        }
        if (isWanted || (isOwed && !standIn)) // a second stand-in would show nothing new
            takers.push_back(client);
    }
    callEach(lock, takers, [&](Client& client) { client.m_ready(done.key, done.variant, image); });
}

} // namespace tocsin::map
