#pragma once

#include "decode_ais.hpp"

#include "tocsin/ingest/decoded.hpp"

#include <deque>
#include <map>
#include <unordered_map>
#include <vector>

namespace tocsin::ingest {

/// The longest line that is looked at; NMEA's own limit is 82, tag blocks and long AIS go beyond.
inline constexpr std::size_t maxNmeaLine = 1'024;

/// Sentences of one stream, one after the other: remembers the date, parts of AIS messages and ships' names. Bounded.
class NmeaReader {
  public:
    explicit NmeaReader(const Source& source) : m_source(source) {}

    /// When what comes now came: for what says no time of its own.
    void came(base::Time at) { m_source.receivedAt = at; }
    /// One line without its end. Messages are added to `out`; an error names the column within the line.
    [[nodiscard]] base::Result<void> take(std::string_view line, std::vector<Message>& out);
    /// A receiver's fix is put together from several sentences: what is put together so far.
    void flush(std::vector<Message>& out);
    /// Oddities since the last call.
    [[nodiscard]] std::vector<std::string> takeDeviations();

  private:
    struct Sentence;
    struct Fix {
        base::Time time;
        std::optional<model::Position> position;
        std::optional<double> altitude, accuracy, speed, course;
    };
    struct Parts {
        unsigned count{0};
        std::vector<std::string> payloads;
        std::size_t have{0};
    };
    using Fields = std::vector<std::string_view>;

    void deviates(std::string_view text);
    base::Result<std::string_view> withoutTagBlock(std::string_view line, std::size_t& column);
    base::Result<void> sentence(const Fields& fields, const std::vector<std::size_t>& columns, std::vector<Message>& out);
    base::Result<void> recommended(const Fields& f, const std::vector<std::size_t>& columns, std::vector<Message>& out);
    base::Result<void> fixData(const Fields& f, const std::vector<std::size_t>& columns, std::vector<Message>& out);
    base::Result<void> position(const Fields& f, const std::vector<std::size_t>& columns, std::vector<Message>& out);
    void dateAndTime(const Fields& f);
    void gatehouse(const Fields& f);
    base::Result<void> ais(const Fields& f, const std::vector<std::size_t>& columns, std::vector<Message>& out);
    void ship(const AisMessage& message, std::vector<Message>& out);
    base::Result<model::Position> placeOf(const Fields& f, const std::vector<std::size_t>& columns, std::size_t at) const;
    base::Result<base::Time> momentOf(std::string_view clock, std::string_view date, std::size_t column);
    Fix& fixAt(base::Time time, std::vector<Message>& out);
    [[nodiscard]] base::Time now() const { return m_blockTime.value_or(m_source.receivedAt); }

    Source m_source;
    std::optional<base::Time> m_known;     ///< the last full time of the receiver
    std::optional<base::Time> m_blockTime; ///< of the tag block or the gatehouse's sentence before
    std::string m_station;                 ///< of the tag block: who has heard it
    std::optional<Fix> m_fix;
    std::map<std::string, Parts, std::less<>> m_parts;
    std::deque<std::string> m_partsOrder;
    struct Ship {
        std::string name;
        std::string role;
    };
    std::unordered_map<std::uint32_t, Ship> m_ships;
    std::vector<std::string> m_deviations;
};

} // namespace tocsin::ingest
