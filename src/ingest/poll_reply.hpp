#pragma once

#include "ingest/poll_round.hpp"
#include "tocsin/ingest/feed_config.hpp"

#include <optional>
#include <string_view>

namespace tocsin::ingest {

/// What a status of HTTP means to a person who looks at the lamp.
[[nodiscard]] std::string_view statusWords(long status);
/// The host is too busy, or asked too often: that is said of all its addresses.
[[nodiscard]] bool isOverloaded(long status);

/// A page for people instead of data: an error page, or that of a network that wants a password first.
[[nodiscard]] bool isWebPage(std::string_view body);

/// As what a body is decoded. An index is one whatever format its messages are said to have.
[[nodiscard]] std::optional<Format> formatOf(const FeedConfig& config, const PollFetch& fetch, std::string_view body);

/// "https://example.org:8443" of an address.
[[nodiscard]] std::string_view originOf(std::string_view url);

} // namespace tocsin::ingest
