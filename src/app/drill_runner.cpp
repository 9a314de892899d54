#include "app/drill_runner.hpp"

#include "app/county_session.hpp"
#include "tocsin/drill/crews.hpp"

#include <future>
#include <spdlog/spdlog.h>

namespace tocsin::app {

namespace {

constexpr auto tick = std::chrono::milliseconds(200);
constexpr auto shift = std::chrono::hours(8);
constexpr int tries = 50; ///< while the desk is busy

/// A drill's bytes come by the feeds by which real ones would.
const char* feedOf(drill::Inject::Kind kind) {
    switch (kind) {
    case drill::Inject::Kind::readings: return "gauges";
    case drill::Inject::Kind::report: return "phone";
    case drill::Inject::Kind::cap: return "cap";
    case drill::Inject::Kind::note: break;
    }
    return "drill";
}

} // namespace

std::filesystem::path scenarioFile(const std::string& name) {
    std::error_code ec;
    if (std::filesystem::is_regular_file(name, ec))
        return name;
    return resourcesFolder() / "scenarios" / (name + ".toml");
}

base::Result<std::unique_ptr<DrillRunner>> DrillRunner::start(desk::Desk& desk, ingest::Sink& sink,
                                                              const county::Config& config, const std::string& name,
                                                              const std::string& language) {
    auto scenario = drill::loadScenario(scenarioFile(name));
    if (!scenario)
        return tl::unexpected(scenario.error());
    const auto title = scenario->title;
    auto begun =
        desk.submit(desk::Command{desk.newCommandId(), "drill", desk::StartExercise{scenario->id, title}}).get();
    if (!begun)
        return tl::unexpected(begun.error());
    const auto now = desk.snapshot();
    if (now.state.desk.onDuty.empty() && !config.officers.empty()) {
        const auto leader = config.leaders.empty() ? std::string{} : config.leaders.front();
        (void)desk
            .submit(desk::Command{desk.newCommandId(), config.officers.front(),
                                  desk::StartShift{config.officers.front(), leader, desk.clock().now() + shift}})
            .get();
    }
    drill::ScenarioPlayer player(std::move(*scenario), now.state.sensors, *now.state.desk.exerciseStartedAt, language);
    for (const auto& sensor : player.unknownSensors())
        spdlog::warn("the scenario has a curve for '{}', which is no sensor of this county", sensor.value);
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
    for (const auto& inject : due)
        deliver(inject);
    moveCrews();
    return !over;
}

void DrillRunner::deliver(const drill::Inject& inject) {
    const std::string feed = feedOf(inject.kind);
    if (inject.kind == drill::Inject::Kind::note) {
        (void)m_desk.submit(desk::Command{m_desk.newCommandId(), "drill", desk::WriteNote{inject.bytes, {}}}).get();
        return;
    }
    auto decoded = ingest::decode(inject.bytes, inject.format);
    if (!decoded) {
        spdlog::warn("inject '{}' of the scenario cannot be decoded: {}", inject.id, decoded.error().describe());
        std::promise<void> kept;
        m_sink.quarantine(feed, inject.format, inject.bytes, decoded.error(), [&](auto) { kept.set_value(); });
        kept.get_future().wait();
        return;
    }
    ingest::ReadingBatch batch{feed, {}, std::move(decoded->faults)};
    for (auto& message : decoded->messages) {
        if (auto* reading = std::get_if<model::Reading>(&message)) {
            batch.readings.push_back(std::move(*reading));
            continue;
        }
        for (int i = 0; i < tries; ++i) {
            std::promise<ingest::Receipt> promise;
            m_sink.message(feed, message, [&](ingest::Receipt receipt) { promise.set_value(std::move(receipt)); });
            if (promise.get_future().get().outcome != ingest::Outcome::busy)
                break;
            std::this_thread::sleep_for(tick);
        }
    }
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
