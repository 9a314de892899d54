#include "app/quarantine_lamps.hpp"

#include <algorithm>

namespace tocsin::app {

namespace {

void tell(ingest::FeedBoard& board, const std::map<std::string, store::QuarantineTally>& tallies) {
    const auto count = [](std::int64_t number) { return static_cast<std::uint64_t>(std::max<std::int64_t>(0, number)); };
    for (const auto& [feed, tally] : tallies)
        board.setInQuarantine(feed, count(tally.open), count(tally.cut));
}

} // namespace

QuarantineLamps::QuarantineLamps(desk::Desk& desk, ingest::FeedBoard& board)
    : m_subscription(desk.subscribe([&board](const desk::Snapshot& snapshot) { tell(board, snapshot.quarantine); },
                                    [&board](const std::shared_ptr<const desk::Delta>& delta) {
                                        tell(board, delta->quarantine);
                                    })) {}

QuarantineLamps::~QuarantineLamps() {
    m_subscription.reset();
}

} // namespace tocsin::app
