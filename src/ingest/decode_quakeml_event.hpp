#pragma once

#include "xml_element.hpp"

#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/source.hpp"
#include "tocsin/model/earthquake.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What QuakeML 1.2 and SC3ML share: events that name a preferred origin and magnitude.

namespace tocsin::ingest::quakes {

/// A finite number as seismologists write them ("1.0e-08", "+4.5"); nothing for any other text.
[[nodiscard]] std::optional<double> numberIn(std::string_view text);

struct Dialect {
    double depthUnitsPerKm{1000};           ///< QuakeML gives metres, SC3ML kilometres
    std::string_view magnitudeValue{"mag/value"};
};

/// Makes an earthquake of an event. Errors and deviations name the place of the element.
class EventReader {
  public:
    EventReader(const XmlText& text, const Source& source, const Dialect& dialect,
                std::vector<std::string>& deviations)
        : m_text(text), m_source(source), m_dialect(dialect), m_deviations(deviations) {}

    /// `origins` and `magnitudes` are those among which the event may choose.
    [[nodiscard]] base::Result<model::Earthquake> read(const XmlElement& event,
                                                       std::span<const XmlElement* const> origins,
                                                       std::span<const XmlElement* const> magnitudes);

  private:
    [[nodiscard]] base::Error error(base::Code code, std::string message, const XmlElement& where) const;
    void deviate(std::string message, const XmlElement& where);
    /// The one that `preferred` names, else the last; null if there is none.
    const XmlElement* choose(const XmlElement& event, std::string_view preferred,
                             std::span<const XmlElement* const> among);
    void identify(const XmlElement& event, const XmlElement* origin, model::Earthquake& quake) const;
    base::Result<void> locate(const XmlElement& origin, model::Earthquake& quake);
    base::Result<void> size(const XmlElement& magnitude, model::Earthquake& quake);
    base::Result<double> number(const XmlElement& in, std::string_view path, double least, double most) const;
    void checkWords(const XmlElement& origin);
    void name(const XmlElement& event, model::Earthquake& quake);
    void judge(const XmlElement& event, const XmlElement* origin, model::Earthquake& quake);

    const XmlText& m_text;
    const Source& m_source;
    const Dialect m_dialect;
    std::vector<std::string>& m_deviations;
};

/// The event's bytes for the quarantine.
[[nodiscard]] std::string bytesOf(const XmlText& text, const XmlElement& element);

/// What a document without a usable event holds instead, for the sentence that refuses it.
struct Others {
    std::size_t picks{0};
    std::size_t arrivals{0};
    std::size_t amplitudes{0};
    std::size_t mechanisms{0};
    std::size_t magnitudes{0};
    std::size_t origins{0};
    void count(std::string_view name);
    [[nodiscard]] std::string describe() const; ///< "picks and amplitudes"; empty if nothing
};

} // namespace tocsin::ingest::quakes
