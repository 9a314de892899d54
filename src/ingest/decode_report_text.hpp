#pragma once

#include "decode_json.hpp"

#include "tocsin/ingest/decoded.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the decoders of other people's reports share: they take what can be understood and note what was odd.

namespace tocsin::ingest {

inline constexpr std::size_t maxReportCharacters = 4'000;
inline constexpr std::size_t maxNotes = 50;

/// Notes deviations, at most 50 and a last one that says so.
class Notes {
  public:
    explicit Notes(std::vector<std::string>& out) : m_out(out) {}
    void add(const base::Place& place, std::string_view what);

  private:
    std::vector<std::string>& m_out;
};

/// Text that may be shown: trimmed, without controls (line ends stay where `lines`), cut after `most` characters.
/// `text` is UTF-8.
[[nodiscard]] std::string tidy(std::string_view text, std::size_t most, bool lines = false);
/// The same, noting where something was cut off.
[[nodiscard]] std::string tidy(std::string_view text, std::size_t most, bool lines, std::string_view what,
                               const base::Place& place, Notes& notes);
/// HTML as the text that a reader would see: tags gone, the common entities as characters. Never fails.
[[nodiscard]] std::string textOfHtml(std::string_view html);
/// A number as written, in the C locale, with nothing after it.
[[nodiscard]] std::optional<double> numberOf(std::string_view text);
/// WGS-84 of coordinates in the source's datum; empty with a note where they are none. 0, 0 is what programs write that
/// know no place.
[[nodiscard]] std::optional<model::Position> placeOf(double latitude, double longitude, const Source& source,
                                                     const base::Place& at, Notes& notes);
/// A category that the desk knows ("flood", "fire" …) by the common words of other services, else "".
[[nodiscard]] std::string knownCategory(std::string_view words);
/// An id for what has none of its own: the same content is the same report.
[[nodiscard]] std::string contentId(std::string_view content);

/// The bytes of base64 text, line ends passed over; nothing if it is none.
[[nodiscard]] std::optional<std::string> base64Decode(std::string_view text);

/// One element of a JSON document with the way back to its place.
class JsonElement {
  public:
    /// `raw` is one element as JsonInput::elements gave it. Over 2 MiB it is refused.
    [[nodiscard]] static base::Result<JsonElement> read(const JsonInput& input, std::string_view raw);
    [[nodiscard]] const nlohmann::json& value() const { return m_value; }
    /// Where a member of the outermost object begins; the element's own place if it has none of that name.
    [[nodiscard]] base::Place at(std::string_view key = {}) const;

  private:
    nlohmann::json m_value;
    const JsonInput* m_input{nullptr};
    const char* m_begin{nullptr};
    std::map<std::string, std::size_t, std::less<>> m_keys;
};

/// A text, number or truth value as text; empty for anything else, null and absent.
[[nodiscard]] std::string scalarText(const nlohmann::json& object, std::string_view key);
/// A number, be it written as text; empty if it is none.
[[nodiscard]] std::optional<double> scalarNumber(const nlohmann::json& object, std::string_view key);
/// The object under a key, or an empty one.
[[nodiscard]] const nlohmann::json& objectIn(const nlohmann::json& object, std::string_view key);

} // namespace tocsin::ingest
