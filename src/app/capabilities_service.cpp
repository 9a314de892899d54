#include "app/capabilities_service.hpp"

#include "app/capability_keeping.hpp"
#include "gui/tools/on_worker.hpp"
#include "tocsin/county/capability_files.hpp"

namespace tocsin::app {

CapabilitiesService::CapabilitiesService(CountySession& session, gui::DeskBridge& bridge, QObject* context,
                                         std::function<void(const Tables&)> taken)
    : m_session(session), m_bridge(bridge), m_context(context), m_taken(std::move(taken)) {
    m_workers.setMaxThreadCount(1);
}

CapabilitiesService::~CapabilitiesService() {
    m_workers.waitForDone();
}

void CapabilitiesService::read(QObject* context, std::function<void(base::Result<Tables>)> answer) {
    m_workers.start([this, context = QPointer<QObject>(context), answer = std::move(answer)]() mutable {
        auto read = readCapabilities(m_session.folder);
        if (read) // what somebody has written into the file by hand is in force once it is seen
            pass(*read);
        gui::postTo(context, [answer = std::move(answer), read = std::move(read)]() mutable { answer(std::move(read)); });
    });
}

/// These are in force here from now on, and so at the desk's seats.
void CapabilitiesService::pass(Tables tables) {
    gui::postTo(m_context, [this, tables = std::move(tables), now = settingsOf(m_session.folder)] {
        m_session.settings[typingSettings] = now.at(typingSettings);
        if (m_session.seats)
            m_session.seats->tellSettings(m_session.settings);
        m_taken(tables);
    });
}

std::map<std::string, model::CapabilityUse> CapabilitiesService::uses() const {
    return model::capabilityUses(m_bridge.state(), m_bridge.plans());
}

void CapabilitiesService::save(Tables seen, Tables wanted, QObject* context, std::function<void(base::Result<void>)> answer) {
    m_workers.start([this, seen = std::move(seen), wanted = std::move(wanted), uses = uses(), context = QPointer<QObject>(context),
                     answer = std::move(answer), readOnly = m_bridge.readOnly() || m_bridge.isSeat()]() mutable {
        auto kept = readOnly ? base::Result<void>(base::fail(base::Code::refused, "this desk is read-only"))
                             : keepCapabilities(m_session.folder, m_session.configSaving, seen, wanted, uses);
        if (kept) // also where the window that asked has been closed
            pass(std::move(wanted));
        gui::postTo(context, [answer = std::move(answer), kept = std::move(kept)] { answer(kept); });
    });
}

void CapabilitiesService::importFrom(std::filesystem::path file, model::TypingTable which, Tables present, QObject* context,
                                     std::function<void(base::Result<Tables>)> answer) {
    gui::onWorker(
        m_workers, context,
        [file = std::move(file), which, present = std::move(present)]() -> base::Result<Tables> {
            const auto rows = county::readTyping(file, which);
            if (!rows)
                return tl::unexpected(rows.error());
            return county::mergedTyping(present, *rows);
        },
        std::move(answer));
}

void CapabilitiesService::exportTo(std::filesystem::path file, model::TypingTable which, Tables tables, QObject* context,
                                   std::function<void(base::Result<void>)> answer) {
    gui::onWorker(
        m_workers, context,
        [file = std::move(file), which, tables = std::move(tables)] { return county::writeText(file, county::typingCsv(tables, which)); },
        std::move(answer));
}

} // namespace tocsin::app
