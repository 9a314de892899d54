#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/store/store.hpp"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace tocsin::app {

/// Decodes something that stands in quarantine, as the feed that it came by is configured now (equipped). It came when it
/// came: what says no time of its own gets that of the item. Blocks where photos are stored.
[[nodiscard]] base::Result<ingest::Decoded> decodeAgain(const store::QuarantineItem& item, const ingest::FeedConfig& feed);

/// Takes again what stands in quarantine. Blocks until all is committed: on a worker.
class TakingAgain {
  public:
    struct Parts {
        std::filesystem::path database;
        desk::Desk& desk;
        std::function<base::Result<ingest::FeedConfig>(const std::string& feed)> feed; ///< equipped
        std::function<void(const std::string& feed, ingest::Decoded, ingest::Courier::Done)> deliver;
        std::stop_token ending{}; ///< the desk closes: nothing is waited for any more
    };
    explicit TakingAgain(Parts parts) : m_parts(std::move(parts)) {}

    /// One item. What is then stored, known, or in quarantine anew with today's reason is judged as taken; what cannot be
    /// decoded, or is refused whole for the same reason, stays where it is.
    [[nodiscard]] base::Result<ingest::Delivered> one(std::int64_t item);
    /// All open items of its feed whose reason is alike, oldest first, judged many in one entry. `progress` after each of
    /// those and at the end; a stop leaves the rest where it is.
    [[nodiscard]] gui::FeedsDesk::TakenAgain alike(std::int64_t item, const std::stop_token& stop,
                                                   const std::function<void(const gui::FeedsDesk::TakenAgain&)>& progress);

  private:
    [[nodiscard]] base::Result<ingest::Delivered> deliver(store::Store& store, std::int64_t item,
                                                          const ingest::FeedConfig* known);
    struct Tried {
        std::int64_t item{0};
        std::int64_t seen{0}; ///< before it was delivered
    };
    [[nodiscard]] base::Result<void> judge(const store::Store& store, const std::vector<Tried>& tried);

    Parts m_parts;
};

} // namespace tocsin::app
