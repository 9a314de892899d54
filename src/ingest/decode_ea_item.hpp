#pragma once

#include "decode_json.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest::ea {

/// A JSON object with its scalars as text: the Environment Agency's services write a number now as one, now as a text,
/// now as the first of an array.
class Item {
  public:
    /// Refuses what is no object and a text that is too long or holds controls.
    [[nodiscard]] static base::Result<Item> read(JsonInput& part);

    [[nodiscard]] bool has(std::string_view key) const { return m_cells.find(key) != m_cells.end(); }
    /// Empty for what is not there, null, or no scalar.
    [[nodiscard]] std::string_view text(std::string_view key) const;
    [[nodiscard]] std::optional<double> number(std::string_view key) const;
    /// The object or array as written; empty for what is none.
    [[nodiscard]] std::string_view raw(std::string_view key) const;
    /// Of a key that was read; the item's own for another.
    [[nodiscard]] base::Place place(std::string_view key) const;
    /// A key whose value was an array where one value was expected: the first was taken. Empty if there is none.
    [[nodiscard]] const std::string& listed() const { return m_listed; }

  private:
    struct Cell {
        std::string text;
        std::string_view raw;
        base::Place place;
    };
    std::map<std::string, Cell, std::less<>> m_cells;
    base::Place m_place;
    std::string m_listed;
};

} // namespace tocsin::ingest::ea
