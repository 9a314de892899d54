#pragma once

#include "app/county_session.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/base/subscription.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/drill/scenario_player.hpp"
#include "tocsin/ingest/sink.hpp"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace tocsin::app {

/// The file of a scenario that is named by its stem under resources/scenarios, or by its path.
[[nodiscard]] std::filesystem::path scenarioFile(const std::string& name);

/// Plays a scenario on a desk in exercise mode: what is due goes through the decoders and the sink as a feed's bytes
/// would, and simulated crews answer for the teams that are sent.
class DrillRunner {
  public:
    /// Starts the exercise on the desk (closing what the last one left open); the scenario's time 0 is now. While
    /// nobody is on duty, the county's first officer and leader take the shift. Rules that the scenario brings with its
    /// swarms of sensors join the county's until the desk ends.
    [[nodiscard]] static base::Result<std::unique_ptr<DrillRunner>> start(const CountySession& county,
                                                                          ingest::Sink& sink,
                                                                          const std::string& scenario,
                                                                          const std::string& language);
    ~DrillRunner();
    DrillRunner(const DrillRunner&) = delete;
    DrillRunner& operator=(const DrillRunner&) = delete;

    /// Does what is due by the desk's clock and waits until all of it is committed. False once the scenario is over.
    bool step();
    /// Calls step() on a thread of its own from now on, until destroyed.
    void runByItself();
    [[nodiscard]] base::Duration duration() const { return m_player.scenario().duration; }
    /// The desk's time at scenario time 0.
    [[nodiscard]] base::Time begin() const { return m_player.start(); }
    void setLanguage(const std::string& language);

  private:
    DrillRunner(desk::Desk& desk, ingest::Sink& sink, drill::ScenarioPlayer player);
    class Posting;
    void deliver(const drill::Inject& inject, Posting& posting);
    void describe(std::vector<model::Sensor> sensors);
    void moveCrews();

    desk::Desk& m_desk;
    ingest::Sink& m_sink;
    std::mutex m_playerMutex;
    drill::ScenarioPlayer m_player;

    std::mutex m_stateMutex;
    model::State m_state; ///< what crews need to know: kept up by deltas
    base::Subscription m_subscription;

    std::mutex m_stopMutex;
    std::condition_variable m_stop;
    bool m_stopping{false};
    std::thread m_thread;
};

} // namespace tocsin::app
