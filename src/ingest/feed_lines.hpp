#pragma once

#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/readings_ndjson.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// Whole lines at the start of a text.
struct LineCut {
    std::size_t bytes{0};   ///< with the last line's end
    std::size_t lines{0};   ///< all of them
    std::size_t counted{0}; ///< without the blank ones
};

/// At most `mostLines` lines in at most `mostBytes` bytes, but at least one if there is a whole line.
[[nodiscard]] LineCut cutLines(std::string_view text, std::size_t mostLines, std::size_t mostBytes);

/// As the decoder of readings sees it; `line` without its end.
[[nodiscard]] bool isBlank(std::string_view line);

/// What lines of readings hold.
struct DecodedLines {
    std::vector<model::Reading> readings;
    std::vector<Fault> faults;
    std::vector<std::uint64_t> faultOrdinals; ///< for each fault: its line among these that are not blank, from 1
};

/// Decodes lines (the last one's end may be missing); a bad line is a fault and never spoils another. `before` is what
/// went before in the stream, so that the faults' places are those of the stream. `bytes` is padded meanwhile.
[[nodiscard]] DecodedLines decodeLines(std::string& bytes, const ReadingsDecoder::Progress& before = {});

/// The same, packed.
struct DecodedRows {
    model::ReadingRows rows;
    std::vector<Fault> faults; ///< their places are within these lines
    std::vector<std::uint64_t> faultOrdinals;
};
/// `tables` has the tables to use; `expected` is about how many readings there are, which came at `received`.
[[nodiscard]] DecodedRows decodeRows(std::string& bytes, std::size_t expected, const Source& source, base::Time received,
                                     const model::ReadingRows& tables);

/// True for a line of fields none of which is a number: it says what stands in the columns.
[[nodiscard]] bool isHeading(std::string_view line);

/// Whether a format's lines are the rows of a table, whose first one may be a heading.
[[nodiscard]] bool isTable(Format format);
/// The first line that is not blank, with its end, where it is a heading; else empty.
[[nodiscard]] std::string headingOf(std::string_view lines);
/// What the first of these lines are of, among the formats that come line by line; unknown: nothing that is known.
[[nodiscard]] Format formatOfLines(std::string_view lines);

/// Lines of any other format. What cannot be decoded at all is one fault.
struct OtherLines {
    Decoded decoded; ///< places of faults are within these lines
    std::vector<std::uint64_t> faultOrdinals;
};
/// `heading`: the stream's first line with its end, where the format has one; else empty.
[[nodiscard]] OtherLines decodeOther(const std::string& bytes, const std::string& heading, Format format,
                                     const Source& source);

} // namespace tocsin::ingest
