#pragma once

#include "tocsin/ingest/decoded.hpp"
#include "tocsin/model/reading_rows.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// Reads sensors' readings, one JSON object a line:
/// {"sensor":"rhine-vaduz","time":"2026-11-20T08:00:00Z","value":3.21,"unit":"m"}
///
/// `sensor` 1–120 bytes without controls; `time` ISO 8601 (without an offset: UTC) or whole milliseconds since 1970;
/// `value` a finite number; `unit` optional, at most 32 bytes. Other keys are passed over; one of these four twice is a
/// fault. Keeps buffers between calls: use one a thread. Never throws but for want of memory.
class ReadingsDecoder {
  public:
    /// Readable bytes (of any content) that decodeLines() needs after its text.
    static constexpr std::size_t padding = 64;

    ReadingsDecoder();
    /// Puts the source's prefix before sensors, takes its units and its time zone (for times without an offset).
    explicit ReadingsDecoder(const Source& source);
    ~ReadingsDecoder();
    ReadingsDecoder(ReadingsDecoder&&) noexcept;
    ReadingsDecoder& operator=(ReadingsDecoder&&) noexcept;

    /// When what is decoded from now on came, in place of the source's.
    void came(base::Time at);
    /// One line without its line end. The error's place has column and byte within the line.
    [[nodiscard]] base::Result<model::Reading> decodeLine(std::string_view line);

    struct Progress {
        std::size_t bytes{0};   ///< taken: up to and with the last line end
        std::uint64_t lines{0}; ///< line ends taken, blank lines too
    };

    /// All whole lines of `text`, in order; what follows the last line end is left for the next call. `text` must be
    /// followed by `padding` readable bytes. Blank lines are passed over. `before` says what of the stream went before,
    /// so that the places of faults are those of the stream. A line over maxLineBytes is a fault that keeps the
    /// line's first maxLineBytes. A tail longer than maxLineBytes is such a fault too: skip to the next line end.
    Progress decodeLines(std::string_view text, const Progress& before, std::vector<model::Reading>& readings,
                         std::vector<Fault>& faults);

    /// The same, packed: several times as fast where lines are as most feeds write them. Rows are added to `into`,
    /// names to its tables (which are made if there are none), so that batches of one stream may share them.
    Progress decodeLines(std::string_view text, const Progress& before, model::ReadingRows& into,
                         std::vector<Fault>& faults);
    /// Makes the tables that `into` lacks.
    void prepare(model::ReadingRows& into) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace tocsin::ingest
