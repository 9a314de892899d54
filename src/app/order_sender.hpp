#pragma once

#include "app/feed_host.hpp"
#include "app/team_links.hpp"
#include "tocsin/desk/desk.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <optional>

namespace tocsin::app {

/// Sends what a team must hear (its order, another way, its recall) and what a person writes to a unit to the phone that is carried there (Cursor on
/// Target), and has the desk write down whether it was handed over. What was not tried before the program ended is tried at its next start; a phone knows
/// it again by its id. What nobody could take is offered once more to a phone that is heard or bound afterwards. Both must outlive it.
class OrderSender {
  public:
    /// As FeedHost::tell.
    using Tell = std::function<void(const std::string& callSign, const std::string& bytes, ingest::Handed done)>;
    OrderSender(desk::Desk& desk, FeedHost& host, TeamWords words);
    /// `tell` and the desk must outlive it and each other's answers.
    OrderSender(desk::Desk& desk, Tell tell, TeamWords words = {});
    ~OrderSender();
    OrderSender(const OrderSender&) = delete;
    OrderSender& operator=(const OrderSender&) = delete;

  private:
    /// A word that a team must hear and, as far as the desk knows, has not heard.
    struct Owed {
        model::Assignment assignment;
        bool found{false};                         ///< at the start, when no phone is connected yet
        std::optional<model::UnitId> to{};         ///< to which phone it went last
        std::optional<model::UnitId> again{};      ///< to which it went once more, after nobody could take it
        std::shared_ptr<std::atomic<bool>> missed{}; ///< where a miss is not written down: whether it was one
    };

    /// Gives what a unit carries from now on and did not before.
    std::optional<model::ResourceId> take(const model::Changed& changed);
    void take(const desk::Delta& delta);
    void offer(const model::Assignment& assignment, bool found = false);
    void offerAgain(const desk::Delta& delta);
    void offerToBound(const model::ResourceId& resource);
    void endPatience(base::Time now);
    void send(Owed& owed);
    void write(const model::Entry& entry);
    [[nodiscard]] const char* said(const char* english, const char* chinese) const;
    [[nodiscard]] std::string textOf(const model::Assignment& assignment, const model::Incident& about) const;

    desk::Desk& m_desk;
    const Tell m_tell;
    const TeamWords m_words;
    // The desk's thread alone touches these.
    bool m_exercise{false};
    std::map<model::IncidentId, model::Incident> m_incidents;
    std::map<model::ResourceId, model::Unit> m_units; ///< by what they carry
    std::map<model::AssignmentId, Owed> m_owed;
    base::Time m_startedAt{};
    bool m_patient{true}; ///< with what was found at the start
    base::Subscription m_subscription;
};

} // namespace tocsin::app
