#pragma once

#include "app/feed_host.hpp"
#include "tocsin/desk/desk.hpp"

#include <map>

namespace tocsin::app {

/// Sends each task order, as it goes out, to the phone that the team carries (Cursor on Target). Both must outlive it.
class OrderSender {
  public:
    OrderSender(desk::Desk& desk, FeedHost& host);
    ~OrderSender();
    OrderSender(const OrderSender&) = delete;
    OrderSender& operator=(const OrderSender&) = delete;

  private:
    void take(const model::Changed& changed);
    void send(const model::Assignment& assignment);

    desk::Desk& m_desk;
    FeedHost& m_host;
    // The desk's thread alone touches these.
    bool m_exercise{false};
    std::map<model::IncidentId, model::Incident> m_incidents;
    std::map<model::ResourceId, model::Unit> m_units; ///< by what they carry
    base::Subscription m_subscription;
};

} // namespace tocsin::app
