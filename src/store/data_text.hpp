#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::store {

/// Appends the value to `out`, byte for byte as its dump() gives it and throwing as that does, without the pieces that
/// dump() makes on its way: each entry of the journal is written by this.
void appendJson(std::string& out, const nlohmann::json& value);

/// An entry's data as the text that is hashed and stored, and where in it each member stands: what is projected of an
/// after-image is a part of this text, so that it is encoded once.
class DataText {
  public:
    /// Throws nlohmann::json::exception for what is no JSON (text that is not UTF-8, binary values).
    explicit DataText(const nlohmann::json& data);

    [[nodiscard]] const std::string& text() const { return m_text; }
    /// The n-th (from 0) of the values under a key: itself, or an element where it is an array. Empty if there is none.
    [[nodiscard]] std::string_view member(std::string_view key, std::size_t n) const;

  private:
    struct Part {
        std::string_view key; ///< of the data, which must live as long
        std::size_t begin;
        std::size_t size;
    };
    std::string m_text;
    std::vector<Part> m_parts; ///< in the order of the text, which is that of the keys
};

} // namespace tocsin::store
