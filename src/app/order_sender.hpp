#pragma once

#include "app/feed_host.hpp"
#include "tocsin/desk/desk.hpp"

#include <map>

namespace tocsin::app {

/// Sends what a team must hear (its order, another way, its recall) and what a person writes to a unit to the phone that is carried there (Cursor on
/// Target), and has the desk write down whether it was handed over. What was not tried before the program ended is tried at its next start; a phone knows
/// it again by its id. Both must outlive it.
class OrderSender {
  public:
    /// As FeedHost::tell.
    using Tell = std::function<void(const std::string& callSign, const std::string& bytes, ingest::Handed done)>;
    OrderSender(desk::Desk& desk, FeedHost& host);
    /// `tell` and the desk must outlive it and each other's answers.
    OrderSender(desk::Desk& desk, Tell tell);
    ~OrderSender();
    OrderSender(const OrderSender&) = delete;
    OrderSender& operator=(const OrderSender&) = delete;

  private:
    void take(const model::Changed& changed);
    void offer(const model::Assignment& assignment);
    void write(const model::Entry& entry);
    [[nodiscard]] std::string textOf(const model::Assignment& assignment, const model::Incident& about) const;

    desk::Desk& m_desk;
    const Tell m_tell;
    // The desk's thread alone touches these.
    bool m_exercise{false};
    std::map<model::IncidentId, model::Incident> m_incidents;
    std::map<model::ResourceId, model::Unit> m_units; ///< by what they carry
    std::map<model::AssignmentId, base::Time> m_underWay; ///< words that nobody has answered for yet, by when they were given
    base::Subscription m_subscription;
};

} // namespace tocsin::app
