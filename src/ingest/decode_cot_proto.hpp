#pragma once

#include "tocsin/base/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest {

// TAK protocol version 1, as ATAK's takproto/README and its .proto files describe it: Cursor on Target in protobuf.

/// The first byte of each frame, in the mesh and in a stream.
inline constexpr char takMagic = '\xBF';

/// What stands at the start of some bytes: "BF version BF" before a datagram's one message, or "BF length" before each
/// message of a stream.
struct TakFrame {
    std::size_t version{1};  ///< 0: the message is XML
    std::size_t head{0};     ///< bytes before the message
    std::size_t size{0};     ///< of the message
    bool whole{true};        ///< all of the message is there
};
/// A datagram's or a file's: told apart by what follows. Nothing where it is no frame.
[[nodiscard]] std::optional<TakFrame> takFrame(std::string_view bytes);
/// A stream's. Nothing where more must come first; malformed where the length is none, tooLarge over maxCotEventBytes.
[[nodiscard]] base::Result<std::optional<TakFrame>> takStreamFrame(std::string_view bytes);

/// The <event> that says what a TakMessage says; empty where it carries none (who can talk which version). What its
/// xmlDetail has stands before what is typed, and so counts where both say something. Code::malformed, with the byte
/// in `message`, where it is no such message. The XML is as good as the sender's xmlDetail: it must be parsed.
[[nodiscard]] base::Result<std::string> takMessageAsXml(std::string_view message);

} // namespace tocsin::ingest
