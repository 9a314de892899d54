#pragma once

#include "app/feed_host.hpp"
#include "tocsin/gui/feeds_desk.hpp"

#include <QObject>
#include <QThreadPool>

namespace tocsin::app {

/// Listens to a feed for the window: to the running one, where it runs as it is configured here, else to one of its own
/// that acknowledges nothing. GUI thread; `host` (may be null) and `workers` must outlive it.
[[nodiscard]] std::unique_ptr<gui::FeedsDesk::SampleListening>
listenToFeed(const ingest::FeedConfig& feed, FeedHost* host, const std::filesystem::path& folder, const base::Clock& clock,
             QThreadPool& workers, QObject* context, std::function<void(const gui::FeedsDesk::SampleProgress&)> progress,
             std::function<void(base::Result<ingest::FeedSample>)> answer);

} // namespace tocsin::app
