#pragma once

#include "ingest/poll_state.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/http_fetch.hpp"

#include <deque>
#include <optional>
#include <set>
#include <string>

namespace tocsin::ingest {

/// Something to be fetched in a round.
struct PollFetch {
    enum class Kind : unsigned char { first, page, message };
    std::string url;
    Kind kind{Kind::first};
    int depth{0};        ///< how many links lead to it
    std::string key;     ///< by which an index knows it
    std::string version; ///< when it says that it was changed
};

/// One asking of a service: its answer, the further pages of it, and the messages that they name. Knows what is still
/// to be fetched and what is to be remembered; does nothing itself. Not thread safe.
class PollRound {
  public:
    PollRound(std::string address, const PollState& before, std::size_t mostFetches);

    /// The next to be fetched, if any.
    [[nodiscard]] std::optional<PollFetch> next();
    [[nodiscard]] bool hasNext() const { return !m_waiting.empty(); }

    /// The service has nothing new: what is remembered stays.
    void unchanged() { m_unchanged = true; }
    void answered(const PollFetch& fetch, const WebReply& reply, std::string digest);
    /// It is committed; `links` are what it names.
    void delivered(const PollFetch& fetch, const std::vector<Link>& links);
    /// It could not be fetched or committed: another time.
    void failed(const PollFetch& fetch, const std::string& reason);

    [[nodiscard]] bool firstFailed() const { return m_firstFailed; }
    [[nodiscard]] const std::string& reason() const { return m_reason; } ///< of the first failure
    /// For the lamp, where the service answered: "3 of its 40 messages …"; empty if there is nothing to say.
    [[nodiscard]] std::string note() const;
    /// What is to be remembered after it.
    [[nodiscard]] PollState after() const;

  private:
    void follow(const PollFetch& from, const Link& link);

    const PollState& m_before;
    const std::size_t m_mostFetches;
    std::deque<PollFetch> m_waiting;
    std::set<std::string> m_seen;     ///< addresses of this round
    std::map<std::string, std::string> m_taken;
    PollState m_validators;
    std::size_t m_planned{1}; ///< fetches
    std::size_t m_messages{0};
    std::size_t m_failures{0};
    std::size_t m_postponed{0};
    std::size_t m_badLinks{0};
    bool m_pageFailed{false};
    bool m_firstFailed{false};
    bool m_unchanged{false};
    std::string m_reason;
};

} // namespace tocsin::ingest
