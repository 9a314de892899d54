#include "app/feeds_service.hpp"
#include "gui/tools/post_to.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/gui/contact_right.hpp"

#include <QPointer>

// What of the desk itself is open to others, as the window shows and changes it.

namespace tocsin::app {

namespace {

/// The desk would not start with a file that is not there: told before it is written.
base::Result<void> findFiles(const county::DoorWords& doors, const std::filesystem::path& folder) {
    for (const auto* file : {&doors.certificate, &doors.key}) {
        std::error_code none;
        if (!file->empty() && !std::filesystem::is_regular_file(folder / *file, none))
            return base::fail(base::Code::notFound, "there is no file " + (folder / *file).string());
    }
    return {};
}

} // namespace

gui::FeedsDesk::Doors FeedsService::doors() const {
    const std::lock_guard lock(m_wordsMutex);
    return {m_doors.readings,    m_doors.http,           m_doors.certificate,    m_doors.key,      m_doors.pushKeys,
            m_doors.open311Keys, m_doors.open311Publish, m_doors.contactReaders, m_host != nullptr,
            m_session.config.leaders, m_doors.connections, m_doors.connectionsPerAddress, m_doors.publicAddress};
}

void FeedsService::saveDoors(Doors doors, QObject* context, std::function<void(base::Result<void>)> answer) {
    // Asked here, and not only by the page: whoever saves is who sits at the window now.
    if (!gui::mayNameReaders(m_bridge, this->doors().contactReaders, doors.contactReaders)) {
        gui::postTo(QPointer<QObject>(context), [answer = std::move(answer)] {
            answer(base::fail(base::Code::refused, "who may see who reported is changed by one of those who may, once their PIN was given at this window"));
        });
        return;
    }
    m_workers.start([this, doors = std::move(doors), context = QPointer<QObject>(context), answer = std::move(answer)]() mutable {
        const auto work = [&]() -> base::Result<void> {
            if (m_host == nullptr)
                return base::fail(base::Code::refused, s_readOnly);
            const county::DoorWords words{doors.readings,    doors.http,           doors.certificate,   doors.key, doors.pushKeys,
                                          doors.open311Keys, doors.open311Publish, doors.contactReaders,
                                          doors.connections, doors.connectionsPerAddress, doors.publicAddress};
            if (auto ok = findFiles(words, m_session.folder.root); !ok)
                return ok;
            const std::lock_guard lock(m_session.configSaving);
            const auto changed = county::rewriteText(m_session.folder.config(), [&](const auto& text) { return county::withDoors(text, words); });
            if (!changed)
                return tl::unexpected(changed.error());
            const auto read = county::parseConfig(*changed);
            if (!read)
                return tl::unexpected(read.error());
            const std::lock_guard own(m_wordsMutex);
            m_doors = county::doorsOf(*read);
            return {};
        };
        gui::postTo(context, [answer = std::move(answer), done = work()] { answer(done); });
    });
}

} // namespace tocsin::app
