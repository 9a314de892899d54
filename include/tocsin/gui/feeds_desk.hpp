#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/ingest/feeds.hpp"

#include <QObject>
#include <functional>
#include <string>
#include <vector>

namespace tocsin::gui {

/// Every feed's lamp, now; cheap.
using FeedStatusSource = std::function<std::vector<ingest::FeedStatus>()>;

/// What the window may ask of the feeds. GUI thread only; what takes long runs elsewhere, and `answer` is called on the
/// GUI's thread unless `context` is gone by then.
class FeedsDesk {
  public:
    virtual ~FeedsDesk() = default;

    /// Every feed's lamp, now. Cheap: may be asked each second.
    [[nodiscard]] virtual std::vector<ingest::FeedStatus> status() const = 0;
    /// As config.toml has them.
    [[nodiscard]] virtual std::vector<ingest::FeedConfig> configs() const = 0;
    /// Writes them into config.toml (all else there stays) and brings the running feeds in line: those that are unchanged
    /// run on.
    virtual void save(std::vector<ingest::FeedConfig> feeds, QObject* context,
                      std::function<void(base::Result<void>)> answer) = 0;
    /// Some bytes as this feed would get them: what its address answers, its newest file, the first message of its topic
    /// (waiting at most ten seconds). Nothing is delivered.
    virtual void sample(const ingest::FeedConfig& feed, QObject* context,
                        std::function<void(base::Result<std::string>)> answer) = 0;
    /// Decodes what stands in quarantine anew, as its feed is configured now, and delivers it. What is then stored or
    /// known is judged as taken; else it stays where it is, and the error says why.
    virtual void takeAgain(std::int64_t item, QObject* context,
                           std::function<void(base::Result<ingest::Delivered>)> answer) = 0;
};

} // namespace tocsin::gui
