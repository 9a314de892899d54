#pragma once

#include "decode_place.hpp"

#include "tocsin/base/time.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <simdjson.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

inline constexpr int maxJsonDepth = 64;

struct JsonObjection {
    std::size_t offset{0};
    std::string message;
    bool tooDeep{false};
};

/// Called for each key of an object: its depth (1 in the outermost object), the raw key between its quotes, its offset.
using JsonKeys = std::function<void(int depth, std::string_view key, std::size_t offset)>;

/// Reads JSON (RFC 8259) without keeping anything and tells the first fault of form. `text` is UTF-8 without a byte
/// order mark. simdjson is fast but tells no place, and skips what it is not asked for; this does neither.
[[nodiscard]] std::optional<JsonObjection> checkJson(std::string_view text, const JsonKeys& keys = {});

/// Leaves a decoder from within; caught where it began. The place is already known.
struct JsonFault {
    base::Error error;
};

/// A well-formed JSON document, ready to be walked once by simdjson, with the place of everything that it hands out.
class JsonInput {
  public:
    /// Refuses, with its place, what is not UTF-8 or not JSON.
    [[nodiscard]] static base::Result<std::unique_ptr<JsonInput>> read(std::string_view bytes);
    JsonInput(const JsonInput&) = delete;
    JsonInput& operator=(const JsonInput&) = delete;

    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] base::Place place(const char* inDocument) const;
    [[nodiscard]] base::Place placeAt(std::size_t offset) const { return m_lines->at(m_base + offset); }

    /// A part of this document (as elements() gave it) to be walked by itself, with places in the whole.
    [[nodiscard]] std::unique_ptr<JsonInput> part(std::string_view element) const;
    /// The elements of an array as they are written, at most `most`; to be called inside of walk().
    [[nodiscard]] std::vector<std::string_view> elements(simdjson::ondemand::array array, std::size_t most) const;

    /// Calls `use` with the document; what it throws becomes the error.
    template <typename Result>
    [[nodiscard]] base::Result<Result> walk(const std::function<Result(simdjson::ondemand::document&)>& use);

    [[noreturn]] void fail(base::Code code, std::string message, const char* where) const;

  private:
    JsonInput() = default;

    std::string_view m_text;
    std::shared_ptr<const TextLines> m_lines; ///< of the whole document
    std::size_t m_base{0};                    ///< where m_text begins in it
    simdjson::padded_string m_padded;
    simdjson::ondemand::parser m_parser;
};

/// A value and where it stands. Each reading function throws JsonFault that names the field. Ask one of them once.
class JsonField {
  public:
    JsonField(const JsonInput& input, std::string_view name, simdjson::ondemand::value value, const char* at)
        : m_input(&input), m_name(name), m_value(value), m_at(at) {}

    [[nodiscard]] const char* at() const { return m_at; }
    [[nodiscard]] std::string_view name() const { return m_name; }
    [[nodiscard]] bool isNull();
    /// Finite and within the range.
    [[nodiscard]] double number(double least, double most);
    [[nodiscard]] std::int64_t integer(std::int64_t least, std::int64_t most);
    /// UTF-8 without controls (line ends and tabs too if `allowLines`), at most `most` characters; trimmed.
    [[nodiscard]] std::string string(std::size_t most, bool allowLines = false);
    [[nodiscard]] simdjson::ondemand::object object();
    [[nodiscard]] simdjson::ondemand::array array();
    /// An ISO 8601 text or a number of milliseconds since 1970.
    [[nodiscard]] base::Time time();
    [[noreturn]] void fail(base::Code code, std::string_view what) const;

  private:
    const JsonInput* m_input;
    std::string_view m_name;
    simdjson::ondemand::value m_value;
    const char* m_at;
};

/// Walks an object's fields in their order. A key of `known` that comes twice is a fault; others go to `unknown`.
void eachField(const JsonInput& input, simdjson::ondemand::object object, std::span<const std::string_view> known,
               const std::function<void(std::size_t index, JsonField& field)>& use,
               const std::function<void(std::string_view key, const char* at)>& unknown = {});

template <typename Result>
base::Result<Result> JsonInput::walk(const std::function<Result(simdjson::ondemand::document&)>& use) {
    try {
        simdjson::ondemand::document document = m_parser.iterate(m_padded);
        return use(document);
    } catch (const JsonFault& fault) {
        return tl::unexpected<base::Error>(fault.error);
    } catch (const simdjson::simdjson_error& e) {
        // The form was checked before, so this is a text or number that JSON allows and nobody can hold.
        return base::fail(base::Code::malformed, std::string("JSON: ") + e.what(), placeAt(0));
    }
}

} // namespace tocsin::ingest
