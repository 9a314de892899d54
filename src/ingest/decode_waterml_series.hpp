#pragma once

#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/source.hpp"
#include "tocsin/model/sensor.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

// What the formats of water services share: series of values of one quantity at one site.

namespace tocsin::ingest::water {

/// A finite number, blanks around it allowed; nothing for any other text.
[[nodiscard]] std::optional<double> numberIn(std::string_view text);

/// Part of a sensor's id: blanks and what is not printable become '-'.
[[nodiscard]] std::string idPart(std::string_view text, std::size_t most = 60);

/// As a person reads it: one line, "&#179;" and its like resolved, at most 200 bytes.
[[nodiscard]] std::string nameOf(std::string_view text);

/// What is sent in place of a value: "Ice", "Eqp", "***" …, or nothing.
[[nodiscard]] bool isFlag(std::string_view text);
/// A qualifier that says that the value beside it is none: ice, equipment, maintenance. Provisional is not one.
[[nodiscard]] bool spoilsValue(std::string_view qualifier);

/// The unit to carry: what the source's `units` say of the service's name for it, or of the quantity; else the name as
/// UDUNITS has it.
[[nodiscard]] std::string unitOf(std::string_view named, std::string_view quantity, const Source& source);
/// Of a USGS parameter code, where the service does not say it: "00065" → "ft"; empty for those not known.
[[nodiscard]] std::string_view unitOfParameter(std::string_view code);
/// By a USGS parameter code or by words ("Gage height, ft").
[[nodiscard]] model::SensorKind kindOf(std::string_view codeOrWords);

/// "2014-09-01" is the day's beginning; else as parseTimeIn.
[[nodiscard]] base::Result<base::Time> timeIn(std::string_view text, const Source& source);

/// Gathers what a document holds; counts what is none.
class Gathered {
  public:
    Gathered(Decoded& out, const Source& source) : m_out(out), m_source(source) {}

    /// Once for each id; later ones of the same id are passed over. Without a position the sensor has none on the map
    /// and is not described.
    void sensor(model::Sensor sensor, std::optional<model::Position> position);
    void reading(std::string id, base::Time time, double value, std::string unit);
    void flagged(std::string_view text, const base::Place& place);
    void deviate(std::string text);
    void fault(base::Error error, std::string_view bytes);
    /// Sites or areas that bring neither sensors nor readings.
    void described(std::size_t count, std::string_view what);
    /// Writes what was counted; the first fault as error if nothing was understood.
    [[nodiscard]] base::Result<Decoded> finish();

  private:
    Decoded& m_out;
    const Source& m_source;
    std::set<std::string> m_ids;
    std::size_t m_flagged{0};
    std::string m_firstFlag;
    std::size_t m_unplaced{0};
};

} // namespace tocsin::ingest::water
