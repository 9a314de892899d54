#pragma once

#include "decode_json.hpp"

#include "tocsin/ingest/decoded.hpp"
#include "tocsin/model/warning.hpp"

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// What the warning services that speak JSON have in common.

namespace tocsin::ingest::cap {

/// A JSON value with its place. Texts are UTF-8 without controls but line ends; numbers and booleans keep their letters.
struct JsonNode {
    enum class Kind : unsigned char { null, scalar, text, array, object };
    Kind kind{Kind::null};
    std::string key; ///< under which it stands in its object
    std::string text;
    std::vector<JsonNode> items;
    std::size_t begin{0}, end{0}; ///< in the document's text

    [[nodiscard]] const JsonNode* find(std::string_view name) const; ///< the first of that name, or null
    /// The text (or number) under the first of these names that is there and not empty; "a.b" goes down.
    [[nodiscard]] const JsonNode* first(std::initializer_list<std::string_view> names) const;
    [[nodiscard]] std::string textOf(std::initializer_list<std::string_view> names) const;
    [[nodiscard]] bool isTrue(std::string_view name) const;
};

/// A whole document as a tree: at most 400,000 values.
class JsonTree {
  public:
    [[nodiscard]] static base::Result<std::unique_ptr<JsonTree>> read(std::string_view bytes);

    [[nodiscard]] const JsonNode& root() const { return m_root; }
    [[nodiscard]] base::Place place(const JsonNode& node) const { return m_input->placeAt(node.begin); }
    [[nodiscard]] std::string_view written(const JsonNode& node) const {
        return m_input->text().substr(node.begin, node.end - node.begin);
    }

  private:
    std::unique_ptr<JsonInput> m_input;
    JsonNode m_root;
};

/// A warning that is made of JSON, its deviations with their places.
class WarningDraft {
  public:
    explicit WarningDraft(const JsonTree& tree) : m_tree(tree) {}

    model::Warning warning;

    void note(const JsonNode& at, std::string_view what);
    void fault(const JsonNode& at, base::Code code, std::string what); ///< the first stays
    /// A time as ISO 8601, "2023/08/01 12:00" or YYYYMMDDhhmmss; one without an offset is in the source's zone.
    [[nodiscard]] std::optional<base::Time> time(const JsonNode& node, const Source& source, bool required);
    /// "lat,lon lat,lon …"
    void polygon(const JsonNode& node, const std::string& text, model::WarningArea& area, bool inGermany = false);
    void circle(const JsonNode& node, const std::string& text, model::WarningArea& area);
    /// Checks what must be there, and sets colour and expiry by the infos.
    [[nodiscard]] base::Result<model::Warning> finished(const JsonNode& whole);

  private:
    const JsonTree& m_tree;
    std::optional<base::Error> m_fault;
};

/// HTML as plain text: breaks and list items become lines, other tags go, references become their characters.
[[nodiscard]] std::string plainText(std::string_view html);
/// "severe" → "Severe"; what is none of these words stays.
[[nodiscard]] std::string capWord(std::string_view text, std::initializer_list<std::string_view> words);
[[nodiscard]] std::string severityWord(std::string_view text);

/// Makes each of the elements a warning; those that cannot be are faults, or the error if all are.
[[nodiscard]] base::Result<Decoded>
readEach(Format format, const JsonTree& tree, const std::vector<const JsonNode*>& elements, const Source& source,
         const std::function<base::Result<model::Warning>(const JsonNode& element)>& read);

} // namespace tocsin::ingest::cap
