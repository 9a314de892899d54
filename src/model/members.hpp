#pragma once

#include "model/enums.hpp"

#include <nlohmann/json.hpp>

namespace tocsin::model {

/// A member that is as it is at first is not written: entries stay small, and old journals read the same.
template <typename T>
void put(nlohmann::json& out, const char* key, const T& value, const T& usual = T{}) {
    if (!(value == usual))
        out[key] = value;
}
template <typename T>
void get(const nlohmann::json& in, const char* key, T& value) {
    if (const auto found = in.find(key); found != in.end())
        found->get_to(value);
}
/// The same for an enumeration, as its word.
template <typename Enum>
void putWord(nlohmann::json& out, const char* key, Enum value, Enum usual) {
    if (value != usual)
        out[key] = toString(value);
}
template <typename Enum>
void getWord(const nlohmann::json& in, const char* key, Enum& value, std::optional<Enum> (*from)(std::string_view)) {
    if (const auto found = in.find(key); found != in.end())
        value = wordFrom(*found, from);
}

} // namespace tocsin::model
