#include "ingest/poll_round.hpp"

namespace tocsin::ingest {

namespace {

constexpr int mostDepth = 3; ///< an index of indexes of messages
constexpr std::size_t mostRemembered = 20'000;
constexpr std::size_t mostKey = 500;
constexpr std::size_t mostUnsure = 5'000;
constexpr std::size_t mostAskedAgain = 200; ///< in a round, in turn: a service without dates is not asked for all that it has each time
/// Times in listings are of a minute: what was changed just now may be changed once more and bear the same time.
constexpr std::chrono::minutes justNow{2};

} // namespace

PollRound::PollRound(std::string address, const PollState& before, std::size_t mostFetches, base::Time now)
    : m_before(before), m_mostFetches(mostFetches), m_now(now), m_lastAgain(before.lastAgain) {
    m_seen.insert(address);
    m_validators.address = before.address;
    m_waiting.push_back({std::move(address), PollFetch::Kind::first, 0, {}, {}, {}, false});
}

std::optional<PollFetch> PollRound::next() {
    if (m_waiting.empty()) {
        if (m_again.empty() || m_askedAgain >= mostAskedAgain || m_planned >= m_mostFetches)
            return std::nullopt;
        auto one = m_again.upper_bound(m_lastAgain);
        if (one == m_again.end())
            one = m_again.begin();
        ++m_askedAgain;
        ++m_planned;
        m_lastAgain = one->first;
        return std::move(m_again.extract(one).mapped());
    }
    auto fetch = std::move(m_waiting.front());
    m_waiting.pop_front();
    return fetch;
}

void PollRound::answered(const PollFetch& fetch, const WebReply& reply, std::string digest) {
    if (fetch.kind != PollFetch::Kind::first) {
        if (!fetch.key.empty() && isUnsure(fetch.version))
            m_answers[fetch.key] = {fetch.url, reply.etag, reply.lastModified, std::move(digest), false};
        return;
    }
    m_validators.etag = reply.etag;
    m_validators.lastModified = reply.lastModified;
    m_validators.digest = std::move(digest);
}

/// Whether the index would not say that it has changed.
bool PollRound::isUnsure(const std::string& version) const {
    if (version.empty())
        return true;
    const auto time = base::parseTime(version);
    return time && m_now - *time <= justNow && *time - m_now <= justNow;
}

void PollRound::remember(const PollFetch& fetch, PollAgain what) {
    if (!fetch.key.empty() && isUnsure(fetch.version) && m_unsure.size() < mostUnsure)
        m_unsure[fetch.key] = std::move(what);
}

void PollRound::askAgain(PollFetch fetch) {
    const auto known = m_before.again.find(fetch.key);
    if (known != m_before.again.end() && known->second.url == fetch.url)
        fetch.known = known->second;
    fetch.known.url = fetch.url;
    fetch.again = true;
    ++m_messages;
    m_taken[fetch.key] = fetch.version;
    m_seen.insert(fetch.url);
    const auto key = fetch.key;
    m_again.emplace(key, std::move(fetch));
}

/// What an index named that has not changed since.
void PollRound::askRemembered() {
    for (const auto& [key, one] : m_before.again) {
        const auto version = m_before.taken.find(key);
        if (version != m_before.taken.end() && !m_taken.contains(key) && !m_seen.contains(one.url))
            askAgain({one.url, PollFetch::Kind::message, 1, key, version->second, {}, false});
    }
}

void PollRound::unchanged(const PollFetch& fetch) {
    if (fetch.kind == PollFetch::Kind::first) {
        m_unchanged = true;
        askRemembered();
        return;
    }
    if (fetch.key.empty())
        return;
    if (m_taken.size() < mostRemembered)
        m_taken[fetch.key] = fetch.version;
    auto known = fetch.known;
    known.url = fetch.url;
    remember(fetch, std::move(known));
    if (fetch.known.isIndex) {
        m_indexUnchanged = true;
        askRemembered();
    }
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
    PollFetch fetch{*url, link.nextPage ? PollFetch::Kind::page : PollFetch::Kind::message, from.depth, {}, {}, {}, false};
    if (!link.nextPage) {
        fetch.depth = from.depth + 1;
        fetch.key = (link.id.empty() ? *url : link.id).substr(0, mostKey);
        fetch.version = link.updated ? base::formatTime(*link.updated) : std::string();
        const auto known = m_before.taken.find(fetch.key);
        if (known != m_before.taken.end() && known->second == fetch.version) {
            if (fetch.version.empty() || m_before.again.contains(fetch.key)) {
                askAgain(std::move(fetch));
                return;
            }
            ++m_messages;
            m_taken[fetch.key] = fetch.version;
            m_seen.insert(*url);
            return;
        }
        ++m_messages;
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
    PollAgain answer{fetch.url, {}, {}, {}, false}; // where it had nothing to say
    if (const auto answered = m_answers.find(fetch.key); answered != m_answers.end()) {
        answer = std::move(answered->second);
        m_answers.erase(answered);
    }
    answer.isIndex = !links.empty();
    remember(fetch, std::move(answer));
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
    if (fetch.again && m_unsure.size() < mostUnsure)
        m_unsure[fetch.key] = fetch.known;
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
    if (m_firstFailed)
        return m_before;
    PollState out = m_unchanged ? m_before : m_validators;
    out.again = m_unsure;
    for (const auto& [key, fetch] : m_again) // their turn comes
        if (out.again.size() < mostUnsure)
            out.again.emplace(key, fetch.known);
    out.lastAgain = m_lastAgain;
    const bool lacks = m_failures > 0 || m_postponed > 0 || m_pageFailed;
    for (auto& [key, one] : out.again)
        if (one.isIndex && lacks) // what it led to may be what failed
            one = {one.url, {}, {}, {}, true};
    if (m_unchanged) {
        for (const auto& one : m_taken)
            out.taken.insert_or_assign(one.first, one.second);
        return out;
    }
    out.taken = m_taken;
    if (lacks) {
        // The index is wanted again, though it may not have changed.
        out.etag.clear();
        out.lastModified.clear();
        out.digest.clear();
    }
    if (m_pageFailed || m_indexUnchanged) // what it would have named is still taken
        for (const auto& one : m_before.taken)
            if (out.taken.size() < mostRemembered)
                out.taken.insert(one);
    return out;
}

} // namespace tocsin::ingest
