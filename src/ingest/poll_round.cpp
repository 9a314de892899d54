#include "ingest/poll_round.hpp"

namespace tocsin::ingest {

namespace {

constexpr int mostDepth = 3; ///< an index of indexes of messages
constexpr std::size_t mostRemembered = 20'000;
constexpr std::size_t mostKey = 500;

} // namespace

PollRound::PollRound(std::string address, const PollState& before, std::size_t mostFetches)
    : m_before(before), m_mostFetches(mostFetches) {
    m_seen.insert(address);
    m_validators.address = before.address;
    m_waiting.push_back({std::move(address), PollFetch::Kind::first, 0, {}, {}});
}

std::optional<PollFetch> PollRound::next() {
    if (m_waiting.empty())
        return std::nullopt;
    auto fetch = std::move(m_waiting.front());
    m_waiting.pop_front();
    return fetch;
}

void PollRound::answered(const PollFetch& fetch, const WebReply& reply, std::string digest) {
    if (fetch.kind != PollFetch::Kind::first)
        return;
    m_validators.etag = reply.etag;
    m_validators.lastModified = reply.lastModified;
    m_validators.digest = std::move(digest);
}

void PollRound::follow(const PollFetch& from, const Link& link) {
    auto url = resolveUrl(from.url, link.url);
    if (!url) {
        ++m_badLinks;
        if (m_reason.empty())
            m_reason = url.error().message;
        return;
    }
    if (m_seen.contains(*url))
        return;
    PollFetch fetch{*url, link.nextPage ? PollFetch::Kind::page : PollFetch::Kind::message, from.depth, {}, {}};
    if (!link.nextPage) {
        fetch.depth = from.depth + 1;
        fetch.key = (link.id.empty() ? *url : link.id).substr(0, mostKey);
        fetch.version = link.updated ? base::formatTime(*link.updated) : std::string();
        ++m_messages;
        const auto known = m_before.taken.find(fetch.key);
        if (known != m_before.taken.end() && known->second == fetch.version) {
            m_taken[fetch.key] = fetch.version;
            m_seen.insert(*url);
            return;
        }
    }
    if (m_planned >= m_mostFetches) {
        ++m_postponed;
        return;
    }
    ++m_planned;
    m_seen.insert(*url);
    if (link.nextPage)
        m_waiting.push_front(std::move(fetch));
    else
        m_waiting.push_back(std::move(fetch));
}

void PollRound::delivered(const PollFetch& fetch, const std::vector<Link>& links) {
    if (!fetch.key.empty() && m_taken.size() < mostRemembered)
        m_taken[fetch.key] = fetch.version;
    if (fetch.depth >= mostDepth)
        return;
    for (const auto& link : links)
        follow(fetch, link);
}

void PollRound::failed(const PollFetch& fetch, const std::string& reason) {
    if (m_reason.empty())
        m_reason = reason;
    m_firstFailed = m_firstFailed || fetch.kind == PollFetch::Kind::first;
    m_pageFailed = m_pageFailed || fetch.kind == PollFetch::Kind::page;
    if (fetch.kind == PollFetch::Kind::message)
        ++m_failures;
}

std::string PollRound::note() const {
    if (m_failures > 0)
        return std::to_string(m_failures) + " of its " + std::to_string(m_messages) +
               " messages could not be taken and will be tried again: " + m_reason;
    if (m_pageFailed)
        return "a further page could not be taken and will be tried again: " + m_reason;
    if (m_postponed > 0)
        return std::to_string(m_postponed) + " of its messages wait for the next time: more than " +
               std::to_string(m_mostFetches) + " are not fetched at once";
    if (m_badLinks > 0)
        return std::to_string(m_badLinks) + " of its links lead nowhere: " + m_reason;
    return {};
}

PollState PollRound::after() const {
    if (m_unchanged || m_firstFailed)
        return m_before;
    PollState out = m_validators;
    out.taken = m_taken;
    if (m_failures > 0 || m_postponed > 0 || m_pageFailed) {
        // The index is wanted again, though it may not have changed.
        out.etag.clear();
        out.lastModified.clear();
        out.digest.clear();
    }
    if (m_pageFailed) // what it would have named is still taken
        for (const auto& one : m_before.taken)
            if (out.taken.size() < mostRemembered)
                out.taken.insert(one);
    return out;
}

} // namespace tocsin::ingest
