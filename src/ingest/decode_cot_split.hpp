#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tocsin::ingest {

/// The longest event that is taken; a stream that goes on longer without an end is not listened to up to the next one.
inline constexpr std::size_t maxCotEventBytes = 256U << 10U;

/// A piece at the start of a stream of Cursor on Target events.
struct CotPiece {
    enum class Kind : unsigned char {
        event,  ///< "<event …>…</event>", or "<event …/>"
        between, ///< what may stand between: white space, declarations, comments, <events> and </events>
        broken, ///< what belongs to no event, or an event that was begun and not ended
        tooLong ///< an event over the limit, as far as it is there
    };
    Kind kind{Kind::between};
    std::size_t size{0};
};

/// The first piece of `text`; nothing where more must come first. At the end of the stream (`atEnd`) there is always one
/// unless the text is empty. Looks at each byte a bounded number of times.
[[nodiscard]] std::optional<CotPiece> firstCotPiece(std::string_view text, bool atEnd);

/// Where the first "<event" begins that is a whole name (not "<events"); npos if there is none.
[[nodiscard]] std::size_t findCotEvent(std::string_view text, std::size_t from = 0);

} // namespace tocsin::ingest
