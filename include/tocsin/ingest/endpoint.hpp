#pragma once

#include "tocsin/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// Where a server listens: a numeric address and the port that it really has.
struct Endpoint {
    std::string host;
    std::uint16_t port{0};

    /// "127.0.0.1:8080", "[::1]:8080".
    [[nodiscard]] std::string toString() const;
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Takes "HOST:PORT", "[IPV6]:PORT", ":PORT" and "PORT" (both mean loopback). HOST may be a name; it is not resolved
/// here.
[[nodiscard]] base::Result<Endpoint> parseEndpoint(std::string_view text);

} // namespace tocsin::ingest
