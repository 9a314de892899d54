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
    PollAgain known;     ///< what is remembered of it, where it was taken before
    bool again{false};   ///< taken before: it may be as it was
};

/// One asking of a service: its answer, the further pages of it, and the messages that they name. Knows what is still
/// to be fetched and what is to be remembered; does nothing itself. Not thread safe.
class PollRound {
  public:
    PollRound(std::string address, const PollState& before, std::size_t mostFetches, base::Time now = {});

    /// The next to be fetched, if any.
    [[nodiscard]] std::optional<PollFetch> next();

    /// It is what it was. Of the service itself: what is remembered stays, and messages that may have changed all the same are asked for.
    void unchanged(const PollFetch& fetch);
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
    [[nodiscard]] bool isUnsure(const std::string& version) const;
    void askAgain(PollFetch fetch);
    void askRemembered();
    void remember(const PollFetch& fetch, PollAgain what);

    const PollState& m_before;
    const std::size_t m_mostFetches;
    const base::Time m_now;
    std::deque<PollFetch> m_waiting;
    std::map<std::string, PollFetch> m_again; ///< after those that wait: taken before, and perhaps not as they were
    std::size_t m_askedAgain{0};
    std::string m_lastAgain;
    std::map<std::string, PollAgain> m_answers; ///< that are being committed
    std::map<std::string, PollAgain> m_unsure;  ///< to be asked for next time
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
    bool m_indexUnchanged{false}; ///< one further down: what it leads to is not named in this round
    std::string m_reason;
};

} // namespace tocsin::ingest
