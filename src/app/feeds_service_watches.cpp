#include "app/feeds_service.hpp"
#include "gui/tools/post_to.hpp"
#include "tocsin/county/folder.hpp"

#include <QPointer>

// Who ought to speak, as the window lists and changes it.

namespace tocsin::app {

namespace {

county::WatchWord wordOf(const desk::Watch& watch) {
    county::WatchWord word;
    word.id = watch.id;
    word.name = watch.name;
    word.feeds = watch.feeds;
    for (const auto& sensor : watch.sensors)
        word.sensors.push_back(sensor.value);
    for (const auto& unit : watch.units)
        word.units.push_back(unit.value);
    word.silentAfter = watch.silentAfter;
    word.severity = watch.severity;
    word.position = watch.position;
    return word;
}

} // namespace

std::vector<county::WatchWord> FeedsService::watchWords() const {
    const std::lock_guard lock(m_wordsMutex);
    return m_watches;
}

std::vector<desk::Watch> FeedsService::watches() const {
    auto out = watchesOf(watchWords(), {});
    for (auto& watch : out)
        watch.id.erase(0, std::string_view("watch:").size()); // the desk's word for where it comes from
    return out;
}

void FeedsService::saveWatches(std::vector<desk::Watch> watches, QObject* context,
                               std::function<void(base::Result<void>)> answer) {
    m_workers.start([this, watches = std::move(watches), context = QPointer<QObject>(context),
                     answer = std::move(answer)]() mutable {
        const auto work = [&]() -> base::Result<void> {
            if (m_host == nullptr)
                return base::fail(base::Code::refused, s_readOnly);
            std::vector<county::WatchWord> words;
            for (const auto& watch : watches)
                words.push_back(wordOf(watch));
            const std::lock_guard lock(m_session.configSaving);
            const auto changed = county::rewriteText(m_session.folder.config(), [&](const auto& text) { return county::withWatches(text, words); });
            if (!changed)
                return tl::unexpected(changed.error());
            {
                const std::lock_guard own(m_wordsMutex);
                m_watches = std::move(words);
            }
            m_session.desk->watch(watchesOf(watchWords(), m_host->feeds()));
            return {};
        };
        gui::postTo(context, [answer = std::move(answer), done = work()] { answer(done); });
    });
}

} // namespace tocsin::app
