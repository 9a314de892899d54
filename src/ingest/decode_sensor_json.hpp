#pragma once

#include "ingest/decode_json.hpp"
#include "tocsin/ingest/decoded.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the decoders of sensors' JSON share: a tree with places, and the making of readings.

namespace tocsin::ingest {

/// One value of a JSON document. Its views live as long as the tree.
struct JsonNode {
    enum class Kind : unsigned char { null, boolean, number, text, object, array } kind{Kind::null};
    std::string_view key;      ///< in an object
    std::string_view text;     ///< of a text
    double number{0};          ///< of a number (infinite: beyond the range of numbers) or, 0 or 1, of a boolean
    const char* at{nullptr};   ///< in the document
    std::uint32_t first{0};    ///< index of the first child; 0: none
    std::uint32_t next{0};     ///< index of the next of its parent's children; 0: none
    [[nodiscard]] bool isObject() const { return kind == Kind::object; }
    [[nodiscard]] bool isArray() const { return kind == Kind::array; }
    [[nodiscard]] bool isText() const { return kind == Kind::text; }
    [[nodiscard]] bool isNumber() const { return kind == Kind::number; }
};

/// A JSON document whose values may be asked for in any order, each with its place.
class JsonTree {
  public:
    /// Refuses, with its place, what is no JSON or has more than a million values.
    [[nodiscard]] static base::Result<std::unique_ptr<JsonTree>> read(std::string_view bytes);
    /// A document that is one text: what is sent bare, without quotes. UTF-8, or it is refused.
    [[nodiscard]] static base::Result<std::unique_ptr<JsonTree>> bareText(std::string_view bytes);

    [[nodiscard]] const JsonNode& root() const { return m_nodes.front(); }
    [[nodiscard]] const JsonNode* child(const JsonNode& of) const { return of.first == 0 ? nullptr : &m_nodes[of.first]; }
    [[nodiscard]] const JsonNode* next(const JsonNode& after) const {
        return after.next == 0 ? nullptr : &m_nodes[after.next];
    }
    /// The member of an object; null for none, or where `of` is no object.
    [[nodiscard]] const JsonNode* member(const JsonNode* of, std::string_view key) const;
    /// The text of a member that is one; else empty.
    [[nodiscard]] std::string_view textOf(const JsonNode* of, std::string_view key) const;
    /// By JSON Pointer (RFC 6901) from `from` on; null for nothing there.
    [[nodiscard]] const JsonNode* find(const JsonNode& from, std::string_view pointer) const;
    [[nodiscard]] base::Place place(const JsonNode& node) const;
    /// The value as it is written.
    [[nodiscard]] std::string_view raw(const JsonNode& node) const;

  private:
    JsonTree() = default;
    void build(simdjson::ondemand::document& document);
    void fill(std::size_t index, simdjson::ondemand::value value);
    std::size_t add(std::size_t previous, std::size_t parent, std::string_view key);

    std::unique_ptr<JsonInput> m_input;
    std::string m_text;             ///< of a bare text
    std::vector<JsonNode> m_nodes;
};

/// The whole of a document, or each of its lines where the first line is a document by itself. Faults of lines are
/// placed in the whole. `use` throws JsonFault, or returns, for each; returns for how many it did.
std::size_t eachJsonDocument(std::string_view bytes, Decoded& out,
                      const std::function<void(const JsonTree& tree, std::size_t number)>& use);

/// What `out` has become: an error instead where all parts of it are faults. `good`: documents that were understood.
[[nodiscard]] base::Result<Decoded> wholeOrFirstFault(Decoded out, std::size_t good);

/// Makes readings and sensors as a source has them: its prefix, its units.
class ReadingMaker {
  public:
    ReadingMaker(const Source& source, Decoded& out) : m_source(source), m_out(out) {}

    /// What the source calls a unit or, where a unit is empty, what it has for the property or for all.
    [[nodiscard]] std::string unit(std::string_view named, std::string_view property = {}) const;
    /// Prefix and name; refused with Code::tooLarge or malformed where no sensor can be called so.
    [[nodiscard]] base::Result<model::SensorId> sensor(std::string_view name) const;
    void reading(const model::SensorId& sensor, base::Time time, double value, std::string unit);
    void describe(const model::SensorId& sensor, std::string_view name, model::SensorKind kind, std::string unit,
                  model::Position position);
    /// At most twenty are kept.
    void note(std::string text);
    [[nodiscard]] const Source& source() const { return m_source; }
    [[nodiscard]] Decoded& out() { return m_out; }

  private:
    const Source& m_source;
    Decoded& m_out;
};

/// 1 for on, true, yes, open, wet, alarm; 0 for off, false, no, closed, dry, ok; upper or lower case.
[[nodiscard]] std::optional<double> numberOfWord(std::string_view word);
/// A decimal number and nothing else, a decimal comma allowed where asked for; not infinite, not NaN.
[[nodiscard]] std::optional<double> numberOfText(std::string_view text, bool decimalComma = false);
/// "", "-", "n/a", "nan", "null", "none", "nodata", "---": a source's way to say that there is no value.
[[nodiscard]] bool meansNothing(std::string_view text);
/// The value of a number, boolean or text (a number or a word). Absent for anything else.
[[nodiscard]] std::optional<double> numberOf(const JsonNode& node);

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size. Absent beyond the years
/// 1900 to 2200.
[[nodiscard]] std::optional<base::Time> timeOfNumber(double value);
/// A text (ISO 8601, in the source's zone where it names none; or digits) or a number. Absent for anything else.
[[nodiscard]] std::optional<base::Time> timeOf(const JsonNode& node, const Source& source);

/// Latitude and longitude in the source's datum; absent where they are no numbers, 0/0, or nowhere on earth.
[[nodiscard]] std::optional<model::Position> positionOf(const JsonNode* latitude, const JsonNode* longitude,
                                                        const Source& source);

/// What kind of sensor a name or a property tells: "water level", "Niederschlag", "雨量"; else other.
[[nodiscard]] model::SensorKind kindOf(std::string_view name, std::string_view unit);

/// A number within an object, however deep, with the names on the way to it: "gps-altitude".
using JsonNumbers = std::function<void(const std::string& path, std::string_view name, double value)>;
/// Every number and boolean, and texts that are words for on and off where `words`. At most 1,000. `skip` says which
/// members to pass over.
void eachNumber(const JsonTree& tree, const JsonNode& from, bool words,
                const std::function<bool(int depth, std::string_view key)>& skip, const JsonNumbers& use);

} // namespace tocsin::ingest
