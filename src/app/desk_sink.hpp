#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/ingest/sink.hpp"

#include <mutex>
#include <set>
#include <string>

namespace tocsin::app {

/// The desk as its feeds see it. Thread safe; what the desk refuses as unusable goes to quarantine with the reason.
class DeskSink final : public ingest::Sink {
  public:
    explicit DeskSink(desk::Desk& desk) : m_desk(desk) {}
    void readings(ingest::ReadingBatch batch, std::function<void(base::Result<ingest::ReadingsReceipt>)> done) override;
    [[nodiscard]] bool hasRoom(const std::string& feed) const override { return m_desk.hasRoom(feed); }
    void positions(std::string feed, std::vector<model::UnitPosition> positions,
                   std::function<void(base::Result<ingest::ReadingsReceipt>)> done) override;
    void sensors(std::string feed, std::vector<model::Sensor> sensors,
                 std::function<void(ingest::Receipt)> done) override;
    void heard(const std::string& feed) override;
    void message(std::string feed, ingest::Message message, std::function<void(ingest::Receipt)> done) override;
    void quarantine(std::string feed, ingest::Format format, ingest::Fault fault,
                    std::function<void(ingest::Receipt)> done) override;

    /// The feeds whose sensors are registered as they describe them; those of others are passed over, and their readings
    /// wait in quarantine until somebody has registered them. Files given by hand are always among them.
    void adopt(std::set<std::string> feeds);
    /// The feeds whose other values take the place of those stored; those of others wait in quarantine.
    void correct(std::set<std::string> feeds);
    /// Why the desk could commit nothing lately; empty once it can again.
    [[nodiscard]] std::string trouble() const;

  private:
    void note(const base::Error* error);
    void keep(std::string feed, std::string format, ingest::Fault fault, std::function<void(ingest::Receipt)> done);

    desk::Desk& m_desk;
    mutable std::mutex m_mutex; ///< guards the members below
    std::string m_trouble;
    std::set<std::string> m_adopting;
    std::set<std::string> m_correcting;
};

/// What quarantine keeps of a message or position that the desk refused ("desk/report" …), as the message again.
[[nodiscard]] base::Result<ingest::Message> messageFrom(const std::string& word, const std::string& bytes);

} // namespace tocsin::app
