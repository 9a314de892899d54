#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/seat_message.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tocsin::app {

/// What a seat knows: the journal, read up to where its desk is committed and applied as the desk applies it; and what the
/// desk tells beside it. Tells each change to its listeners. Everything on the seat's thread, but plans().
class SeatPicture {
  public:
    explicit SeatPicture(std::filesystem::path database) : m_database(std::move(database)) {}

    /// Begins with a desk's first word, or goes on where this stands: if it is still the same journal.
    [[nodiscard]] base::Result<void> follow(const desk::SeatWelcome& welcome);
    /// Reads the journal up to an entry that is committed.
    [[nodiscard]] base::Result<void> catchUp(std::int64_t to);
    [[nodiscard]] base::Result<void> catchUpToItsEnd() { return catchUp(m_store->lastSeq()); }
    [[nodiscard]] base::Result<void> take(desk::SeatNews news);
    [[nodiscard]] base::Result<std::vector<model::Entry>> entriesOf(const model::CommandId& command) const { return m_store->entriesOf(command); }

    [[nodiscard]] desk::Snapshot now() const;
    [[nodiscard]] const desk::RulesInForce& rules() const { return m_rules; }
    [[nodiscard]] int listen(desk::Desk::Listener listener);
    void forget(int listener) { m_listeners.erase(listener); }
    void publish(const std::shared_ptr<const desk::Delta>& delta);
    /// The desk's. What was given stays where it is, also once others are in force. Any thread.
    [[nodiscard]] const std::vector<model::Plan>& plans() const { return *m_plans; }

  private:
    base::Result<void> load();
    base::Result<void> goOn(std::int64_t seq);
    base::Result<void> takeRules(const desk::SeatWelcome& welcome);
    void takePlans(const std::vector<model::Plan>& plans);
    base::Result<void> note(const model::Entry& entry, desk::Delta& delta);
    [[nodiscard]] base::Result<base::Digest> hashOf(std::int64_t seq) const;

    std::filesystem::path m_database;
    std::unique_ptr<store::Store> m_store; ///< to read
    model::State m_state;
    std::map<model::SensorId, desk::SensorNow> m_sensors;
    std::map<model::UnitId, desk::UnitNow> m_units;
    std::map<std::string, store::QuarantineTally> m_tallies;
    desk::RulesInForce m_rules{std::make_shared<const std::vector<detect::Rule>>()};
    std::deque<std::vector<model::Plan>> m_allPlans = std::deque<std::vector<model::Plan>>(1); ///< those in force last
    std::atomic<const std::vector<model::Plan>*> m_plans{&m_allPlans.front()};
    std::int64_t m_seq{0}; ///< the state is after this entry …
    base::Digest m_hash{}; ///< … whose hash this is
    bool m_loaded{false};
    bool m_fresh{false}; ///< the next news bring the whole picture
    std::map<int, desk::Desk::Listener> m_listeners;
    int m_nextListener{1};
};

} // namespace tocsin::app
