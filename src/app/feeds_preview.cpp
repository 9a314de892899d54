#include "app/feeds_service.hpp"
#include "app/fetch_once.hpp"
#include "gui/tools/post_to.hpp"
#include "tocsin/ingest/http_fetch.hpp"

#include <QPointer>

namespace tocsin::app {

namespace {

/// Waits for it.
base::Result<std::string> linked(const ingest::FeedConfig& feed, const std::string& url,
                                 const std::filesystem::path& county) {
    auto reply = fetchOnce(ingest::requestOf(feed, url), county);
    if (!reply)
        return tl::unexpected(reply.error());
    if (reply->status != 200)
        return base::fail(base::Code::unavailable, ingest::hostOf(url) + " answers with status " + std::to_string(reply->status));
    return std::move(reply->body);
}

} // namespace

void FeedsService::follow(const ingest::FeedConfig& feed, const std::string& url, QObject* context,
                          std::function<void(base::Result<std::string>)> answer) {
    m_workers.start([folder = m_session.folder.root, feed, url, context = QPointer<QObject>(context),
                     answer = std::move(answer)]() mutable {
        gui::postTo(context, [answer = std::move(answer), bytes = linked(feed, url, folder)]() mutable {
            answer(std::move(bytes));
        });
    });
}

gui::FeedsDesk::Equip FeedsService::equipment() const {
    // Photos of a preview are kept nowhere.
    return [folder = m_session.folder.root](ingest::FeedConfig& feed) { return ingest::equip(feed, folder, nullptr); };
}

} // namespace tocsin::app
