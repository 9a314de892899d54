#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/ingest/sink.hpp"

namespace tocsin::app {

/// The desk as its feeds see it. Thread safe; what the desk refuses as unusable goes to quarantine with the reason.
class DeskSink final : public ingest::Sink {
  public:
    explicit DeskSink(desk::Desk& desk) : m_desk(desk) {}
    void readings(ingest::ReadingBatch batch, std::function<void(base::Result<ingest::ReadingsReceipt>)> done) override;
    void positions(std::string feed, std::vector<model::UnitPosition> positions,
                   std::function<void(base::Result<ingest::ReadingsReceipt>)> done) override;
    void sensors(std::string feed, std::vector<model::Sensor> sensors,
                 std::function<void(ingest::Receipt)> done) override;
    void heard(const std::string& feed) override;
    void message(std::string feed, ingest::Message message, std::function<void(ingest::Receipt)> done) override;
    void quarantine(std::string feed, ingest::Format format, std::string bytes, base::Error why,
                    std::function<void(ingest::Receipt)> done) override;

  private:
    void keep(std::string feed, std::string format, std::string bytes, base::Error why,
              std::function<void(ingest::Receipt)> done);

    desk::Desk& m_desk;
};

/// What quarantine keeps of a message that the desk refused ("desk/report" …), as the message again.
[[nodiscard]] base::Result<ingest::Message> messageFrom(const std::string& word, const std::string& bytes);

} // namespace tocsin::app
