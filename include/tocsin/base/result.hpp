#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace tocsin::base {

/// What went wrong, coarsely enough that a caller can act on it.
enum class Code : std::uint8_t {
    malformed,   ///< input cannot be understood; `place` says where
    tooLarge,    ///< input or a part of it is over its limit
    outOfRange,  ///< a number is outside what it may be
    notFound,    ///< what was named does not exist
    conflict,    ///< it contradicts the present state (assigned twice, closed already)
    refused,     ///< a rule of the desk forbids it
    unavailable, ///< try again later: locked, full queue, shutting down
    storage,     ///< disk full, damaged or unreadable file
    newer,       ///< written by a newer program
    cancelled,
    internal,
};

/// Where in the input a fault lies. Lines and columns count from 1, bytes from 0. Absent: not known for this format.
struct Place {
    std::optional<std::uint64_t> line;
    std::optional<std::uint64_t> column;
    std::optional<std::uint64_t> byte;

    friend bool operator==(const Place&, const Place&) = default;
};

/// An error that a person can read: `message` is one English sentence without a final stop.
struct Error {
    Code code{Code::internal};
    std::string message;
    Place place{};

    /// "line 3, column 14: message", or "byte 120: message", or just the message.
    [[nodiscard]] std::string describe() const;
};

/// The stable lower-case word of a code, as printed with --json.
[[nodiscard]] const char* toString(Code code);

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Code code, std::string message, Place place = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), place});
}

} // namespace tocsin::base
