#pragma once

#include "tocsin/county/config.hpp"
#include "tocsin/ingest/endpoint.hpp"

#include <functional>
#include <string>

namespace tocsin::app {

/// The HTTP door as a phone asks for it, which stands elsewhere than the desk.
struct PublicDoor {
    std::string address{}; ///< "https://desk.example:7780"; empty: nothing listens
    bool phones{false};    ///< false: this machine alone can open it
    friend bool operator==(const PublicDoor&, const PublicDoor&) = default;
};

/// What config.toml names, else where it is bound; where that is every address, this machine's, as `own` says it (given whether it is to
/// be of IPv4; empty: it has none beyond itself).
[[nodiscard]] PublicDoor publicDoorOf(const county::Config& config, const ingest::Endpoint& boundTo,
                                      const std::function<std::string(bool v4)>& own);

/// The first address of this machine, of IPv4 or of IPv6, by which others may reach it; empty: none. Asks the system, not the network.
[[nodiscard]] std::string ownAddress(bool v4);

} // namespace tocsin::app
