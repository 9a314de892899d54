#pragma once

#include "app/county_session.hpp"
#include "tocsin/gui/bridge.hpp"
#include "tocsin/gui/capabilities_desk.hpp"

#include <QPointer>
#include <QThreadPool>

namespace tocsin::app {

/// The tables of capabilities and codes as the window edits them. GUI thread; session and bridge must outlive it.
class CapabilitiesService final : public gui::CapabilitiesDesk {
  public:
    /// `taken` is told on the GUI's thread of the tables that are in force from now on, perhaps the same, while `context` is there.
    CapabilitiesService(CountySession& session, gui::DeskBridge& bridge, QObject* context, std::function<void(const Tables&)> taken);
    ~CapabilitiesService() override;

    void read(QObject* context, std::function<void(base::Result<Tables>)> answer) override;
    [[nodiscard]] std::map<std::string, model::CapabilityUse> uses() const override;
    void save(Tables seen, Tables wanted, QObject* context, std::function<void(base::Result<void>)> answer) override;
    void importFrom(std::filesystem::path file, model::TypingTable which, Tables present, QObject* context,
                    std::function<void(base::Result<Tables>)> answer) override;
    void exportTo(std::filesystem::path file, model::TypingTable which, Tables tables, QObject* context,
                  std::function<void(base::Result<void>)> answer) override;

  private:
    void pass(Tables tables); ///< on a worker

    CountySession& m_session;
    gui::DeskBridge& m_bridge;
    QPointer<QObject> m_context;
    std::function<void(const Tables&)> m_taken;
    QThreadPool m_workers; ///< one thread
};

} // namespace tocsin::app
