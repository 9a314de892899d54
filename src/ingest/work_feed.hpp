#pragma once

#include "tocsin/ingest/feed.hpp"

#include <atomic>
#include <memory>

namespace tocsin::ingest {

/// A feed whose work outlives it until what is under way has ended. Work has start() and stop(), and is made with what
/// the feed is made with.
template <typename Work>
class WorkFeed final : public Feed {
  public:
    template <typename... Args>
    explicit WorkFeed(const Args&... args) : m_work(std::make_shared<Work>(args...)) {}
    ~WorkFeed() override { stop(); }
    WorkFeed(const WorkFeed&) = delete;
    WorkFeed& operator=(const WorkFeed&) = delete;
    base::Result<void> start() override {
        auto started = m_work->start();
        m_started = started.has_value();
        return started;
    }
    void stop() override {
        if (m_started.exchange(false))
            m_work->stop();
    }

  private:
    std::shared_ptr<Work> m_work;
    std::atomic<bool> m_started{false};
};

} // namespace tocsin::ingest
