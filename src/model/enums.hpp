#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tocsin::model {

/// A table of an enumeration's words, in the order of its values from `First`.
template <typename Enum, std::size_t N, int First = 0>
struct Words {
    std::array<std::string_view, N> words;

    [[nodiscard]] constexpr std::string_view of(Enum value) const {
        const auto index = static_cast<std::size_t>(static_cast<int>(value) - First);
        return index < N ? words[index] : std::string_view{};
    }
    [[nodiscard]] constexpr std::optional<Enum> from(std::string_view text) const {
        for (std::size_t i = 0; i < N; ++i) {
            if (words[i] == text)
                return static_cast<Enum>(static_cast<int>(i) + First);
        }
        return std::nullopt;
    }
};

/// Reads an enumeration's word from the journal's JSON; throws std::invalid_argument for an unknown one.
template <typename Enum>
Enum wordFrom(const nlohmann::json& in, std::optional<Enum> (*from)(std::string_view)) {
    const auto value = from(in.get_ref<const std::string&>());
    if (!value)
        throw std::invalid_argument("unknown word: " + in.get<std::string>());
    return *value;
}

} // namespace tocsin::model
