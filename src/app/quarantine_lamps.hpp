#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/ingest/feeds.hpp"

namespace tocsin::app {

/// Tells the feeds' lamps what of each stands in quarantine, as the desk has it. Desk and board must outlive it.
class QuarantineLamps {
  public:
    QuarantineLamps(desk::Desk& desk, ingest::FeedBoard& board);
    ~QuarantineLamps();
    QuarantineLamps(const QuarantineLamps&) = delete;
    QuarantineLamps& operator=(const QuarantineLamps&) = delete;

  private:
    base::Subscription m_subscription;
};

} // namespace tocsin::app
