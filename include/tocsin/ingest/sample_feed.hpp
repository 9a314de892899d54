#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/ingest/feeds.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace tocsin::ingest {

/// A feed at work for nobody: what it is sent is copied and neither kept nor acknowledged, so its senders still have it
/// and the desk gets it when the feed is in use. Over MQTT it is one more subscriber, at most once, without a session.
/// On a thread of its own.
class SampleFeed {
  public:
    /// Code::refused for a feed that is pushed to (it is at the HTTP door only once it is saved) and for those that are
    /// asked (poll, folder); else what its start says.
    [[nodiscard]] static base::Result<std::unique_ptr<SampleFeed>> start(FeedConfig config,
                                                                         const std::filesystem::path& folder,
                                                                         const base::Clock& clock, std::size_t mostBytes);
    /// Ends it; waits until its connections are closed (a second or so).
    ~SampleFeed();
    SampleFeed(const SampleFeed&) = delete;
    SampleFeed& operator=(const SampleFeed&) = delete;

    /// What has come so far. Thread safe.
    [[nodiscard]] FeedSample sample() const;
    /// Why nothing can come now; empty: nothing known. Thread safe.
    [[nodiscard]] std::string trouble() const;
    /// Where it listens; empty for one that connects to others.
    [[nodiscard]] std::string listensAt() const;

  private:
    class Impl;
    explicit SampleFeed(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::ingest
