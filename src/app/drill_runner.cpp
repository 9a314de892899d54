#include "app/drill_runner.hpp"

#include "tocsin/base/log.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/drill/crews.hpp"
#include "tocsin/drill/swarm.hpp"

#include <future>

namespace tocsin::app {

namespace {

constexpr auto tick = std::chrono::milliseconds(200);
constexpr auto shift = std::chrono::hours(8);
constexpr int tries = 50; ///< while the desk is busy
constexpr std::size_t mostUnderway = 256;

/// A drill's bytes come by the feeds by which real ones would.
const char* feedOf(drill::Inject::Kind kind) {
    switch (kind) {
    case drill::Inject::Kind::readings: return "gauges";
    case drill::Inject::Kind::report: return "phone";
    case drill::Inject::Kind::cap: return "cap";
    case drill::Inject::Kind::earthquake: return "earthquakes";
    case drill::Inject::Kind::sensors:
    case drill::Inject::Kind::note: break;
    }
    return "drill";
}

/// The county's rules and those of the scenario, which replace those of the same ids.
base::Result<std::string> rulesWith(const std::vector<detect::Rule>& more, const county::CountyFolder& folder) {
    auto text = county::readText(folder.rules());
    if (!text)
        return tl::unexpected(text.error());
    auto rules = detect::parseRules(*text);
    if (!rules)
        return tl::unexpected(rules.error());
    for (const auto& rule : more) {
        std::erase_if(*rules, [&](const detect::Rule& known) { return known.id == rule.id; });
        rules->push_back(rule);
    }
    return detect::toToml(*rules);
}

} // namespace

/// Messages on their way to the desk, as the feeds of a county have many of them underway at once. Thread safe.
class DrillRunner::Posting {
  public:
    explicit Posting(ingest::Sink& sink) : m_sink(sink) {}
    ~Posting() { wait(); }
    Posting(const Posting&) = delete;
    Posting& operator=(const Posting&) = delete;

    void post(std::string feed, ingest::Message message) {
        std::unique_lock lock(m_mutex);
        m_less.wait(lock, [this] { return m_underway < mostUnderway; });
        send(lock, std::move(feed), std::move(message));
    }
    /// Until all is committed, or has been refused too often.
    void wait() {
        std::unique_lock lock(m_mutex);
        for (int i = 0;; ++i) {
            m_less.wait(lock, [this] { return m_underway == 0; });
            if (m_again.empty() || i == tries)
                break;
            lock.unlock();
            std::this_thread::sleep_for(tick);
            lock.lock();
            for (auto& [feed, message] : std::exchange(m_again, {}))
                send(lock, std::move(feed), std::move(message));
        }
        if (!m_again.empty())
            base::log::warn("{} messages of the scenario found no room at the desk", m_again.size());
        m_again.clear();
    }

  private:
    void send(std::unique_lock<std::mutex>& lock, std::string feed, ingest::Message message) {
        ++m_underway;
        lock.unlock();
        m_sink.message(feed, message, [this, feed, message](const ingest::Receipt& receipt) {
            const std::lock_guard guard(m_mutex);
            if (receipt.outcome == ingest::Outcome::busy)
                m_again.emplace_back(feed, message);
            --m_underway;
            m_less.notify_all();
        });
        lock.lock();
    }

    ingest::Sink& m_sink;
    std::mutex m_mutex;
    std::condition_variable m_less;
    std::size_t m_underway{0};
    std::vector<std::pair<std::string, ingest::Message>> m_again;
};

std::filesystem::path scenarioFile(const std::string& name) {
    std::error_code ec;
    if (std::filesystem::is_regular_file(name, ec))
        return name;
    return resourcesFolder() / "scenarios" / (name + ".toml");
}

base::Result<std::unique_ptr<DrillRunner>> DrillRunner::start(const CountySession& county, ingest::Sink& sink,
                                                              const std::string& name, const std::string& language) {
    desk::Desk& desk = *county.desk;
    const county::Config& config = county.config;
    auto scenario = drill::loadScenario(scenarioFile(name));
    if (!scenario)
        return tl::unexpected(scenario.error());
    const auto title = scenario->title;
    auto begun =
        desk.submit(desk::Command{desk.newCommandId(), "drill", desk::StartExercise{scenario->id, title}}).get();
    if (!begun)
        return tl::unexpected(begun.error());
    const auto now = desk.snapshot();
    if (const auto rules = drill::rulesOf(*scenario, now.state.sensors); !rules.empty()) {
        auto text = rulesWith(rules, county.folder);
        if (!text)
            return tl::unexpected(text.error());
        auto changed = desk.submit(desk::Command{desk.newCommandId(), "drill", desk::ChangeRules{std::move(*text)}}).get();
        if (!changed)
            return tl::unexpected(changed.error());
    }
    if (now.state.desk.onDuty.empty() && !config.officers.empty()) {
        const auto leader = config.leaders.empty() ? std::string{} : config.leaders.front();
        (void)desk
            .submit(desk::Command{desk.newCommandId(), config.officers.front(),
                                  desk::StartShift{config.officers.front(), leader, desk.clock().now() + shift},
                                  {false, {config.officers.front(), leader}}})
            .get();
    }
    drill::ScenarioPlayer player(std::move(*scenario), now.state.sensors, *now.state.desk.exerciseStartedAt, language);
    for (const auto& sensor : player.unknownSensors())
        base::log::warn("the scenario has a curve for '{}', which is no sensor of this county", sensor.value);
    return std::unique_ptr<DrillRunner>(new DrillRunner(desk, sink, std::move(player)));
}

DrillRunner::DrillRunner(desk::Desk& desk, ingest::Sink& sink, drill::ScenarioPlayer player)
    : m_desk(desk), m_sink(sink), m_player(std::move(player)) {
    m_subscription = desk.subscribe(
        [this](desk::Snapshot first) {
            const std::lock_guard lock(m_stateMutex);
            m_state = std::move(first.state);
        },
        [this](std::shared_ptr<const desk::Delta> delta) {
            const std::lock_guard lock(m_stateMutex);
            for (const auto& changed : delta->changed)
                model::apply(m_state, changed);
        });
}

DrillRunner::~DrillRunner() {
    {
        const std::lock_guard lock(m_stopMutex);
        m_stopping = true;
    }
    m_stop.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void DrillRunner::setLanguage(const std::string& language) {
    const std::lock_guard lock(m_playerMutex);
    m_player.setLanguage(language);
}

void DrillRunner::runByItself() {
    m_thread = std::thread([this] {
        for (;;) {
            step();
            std::unique_lock lock(m_stopMutex);
            if (m_stop.wait_for(lock, tick, [this] { return m_stopping; }))
                return;
        }
    });
}

bool DrillRunner::step() {
    std::vector<drill::Inject> due;
    bool over = false;
    {
        const std::lock_guard lock(m_playerMutex);
        const auto elapsed = m_desk.clock().now() - m_player.start();
        due = m_player.due(elapsed);
        over = m_player.isOver(elapsed);
    }
    {
        Posting posting(m_sink);
        for (const auto& inject : due)
            deliver(inject, posting);
    }
    moveCrews();
    return !over;
}

/// The exercise's own network of sensors: what it describes is registered, whatever the county's feeds may do.
void DrillRunner::describe(std::vector<model::Sensor> sensors) {
    auto done = m_desk.submit(desk::Command{m_desk.newCommandId(), "feed:drill", desk::TakeSensors{"drill", std::move(sensors)}}).get();
    if (!done)
        base::log::warn("sensors of the scenario cannot be registered: {}", done.error().describe());
}

void DrillRunner::deliver(const drill::Inject& inject, Posting& posting) {
    const std::string feed = feedOf(inject.kind);
    if (inject.kind == drill::Inject::Kind::note) {
        (void)m_desk.submit(desk::Command{m_desk.newCommandId(), "drill", desk::WriteNote{inject.bytes, {}}}).get();
        return;
    }
    auto decoded = ingest::decode(inject.bytes, inject.format);
    if (!decoded) {
        base::log::warn("inject '{}' of the scenario cannot be decoded: {}", inject.id, decoded.error().describe());
        std::promise<void> kept;
        m_sink.quarantine(feed, inject.format, {decoded.error(), inject.bytes}, [&](auto) { kept.set_value(); });
        kept.get_future().wait();
        return;
    }
    ingest::ReadingBatch batch{feed, {}, std::move(decoded->faults)};
    std::vector<model::Sensor> sensors;
    for (auto& message : decoded->messages) {
        // A scenario plays what agencies send.
        if (auto* warning = std::get_if<model::Warning>(&message))
            warning->trust = model::Trust::official;
        else if (auto* quake = std::get_if<model::Earthquake>(&message))
            quake->trust = model::Trust::official;
        if (auto* reading = std::get_if<model::Reading>(&message))
            batch.readings.push_back(std::move(*reading));
        else if (auto* sensor = std::get_if<model::Sensor>(&message))
            sensors.push_back(std::move(*sensor));
        else
            posting.post(feed, std::move(message));
    }
    if (!sensors.empty())
        describe(std::move(sensors));
    for (int i = 0; i < tries && !(batch.readings.empty() && batch.faults.empty()); ++i) {
        std::promise<bool> promise;
        m_sink.readings(batch, [&](const auto& result) {
            promise.set_value(result || result.error().code != base::Code::unavailable);
        });
        if (promise.get_future().get())
            break;
        std::this_thread::sleep_for(tick);
    }
}

void DrillRunner::moveCrews() {
    std::vector<drill::CrewStep> steps;
    {
        const std::lock_guard lock(m_stateMutex);
        steps = drill::crewSteps(m_state, m_desk.clock().now());
    }
    for (const auto& crew : steps) {
        // A refusal is no fault: the dispatcher may have released the team in this moment.
        (void)m_desk
            .submit(desk::Command{m_desk.newCommandId(), "drill", desk::AdvanceAssignment{crew.assignment, crew.to}})
            .get();
    }
}

} // namespace tocsin::app
