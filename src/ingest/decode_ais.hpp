#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// ITU-R M.1371: what ships' transponders say, in six-bit armour.

namespace tocsin::ingest {

/// The bits of an AIS message.
class AisBits {
  public:
    /// Empty optional: a character that is none of the armour's. `bad` is then its index.
    [[nodiscard]] static std::optional<AisBits> unarmour(std::string_view payload, unsigned fillBits,
                                                         std::size_t* bad = nullptr);
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// Bits beyond the end are 0; at most 32.
    [[nodiscard]] std::uint32_t number(std::size_t from, std::size_t count) const;
    [[nodiscard]] std::int32_t signedNumber(std::size_t from, std::size_t count) const;
    /// Six-bit characters without the '@' and blanks at the end.
    [[nodiscard]] std::string text(std::size_t from, std::size_t characters) const;

  private:
    std::vector<std::uint8_t> m_sextets;
    std::size_t m_size{0};
};

/// What one message says. Absent is what it does not say, or says to be unknown.
struct AisMessage {
    int type{0};
    std::uint32_t mmsi{0};
    std::optional<double> latitude, longitude; ///< degrees
    std::optional<double> speed;               ///< metres a second
    std::optional<double> course;              ///< degrees over ground
    std::optional<double> altitude;            ///< metres, of aircraft
    bool accurate{false};                      ///< to ten metres
    std::optional<int> second;                 ///< of UTC
    std::optional<int> navigation;             ///< its status: 14 is an active beacon
    std::string name;
    std::string callSign;
    std::optional<int> shipType;
};

/// Types 1–3, 5, 9, 18, 19, 21, 24 and 27; for any other, type and mmsi only. Nothing if it is too short for its type.
[[nodiscard]] std::optional<AisMessage> readAis(const AisBits& bits);

} // namespace tocsin::ingest
