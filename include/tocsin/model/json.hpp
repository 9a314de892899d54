#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// How the small types stand in the journal's JSON. Reading throws nlohmann::json::exception or std::invalid_argument:
/// the journal was written by us, so a fault there is damage and not an everyday answer.
namespace nlohmann {

template <>
struct adl_serializer<tocsin::base::Time> {
    static void to_json(json& out, const tocsin::base::Time& v) { out = tocsin::base::formatTime(v); }
    static void from_json(const json& in, tocsin::base::Time& v) {
        auto parsed = tocsin::base::parseTime(in.get_ref<const std::string&>());
        if (!parsed)
            throw std::invalid_argument("not a time: " + parsed.error().message);
        v = *parsed;
    }
};

template <typename Tag>
struct adl_serializer<tocsin::base::Id<Tag>> {
    static void to_json(json& out, const tocsin::base::Id<Tag>& v) { out = v.toString(); }
    static void from_json(const json& in, tocsin::base::Id<Tag>& v) {
        auto parsed = tocsin::base::Id<Tag>::parse(in.get_ref<const std::string&>());
        if (!parsed)
            throw std::invalid_argument("not an id");
        v = *parsed;
    }
};

template <>
struct adl_serializer<tocsin::model::SensorId> {
    static void to_json(json& out, const tocsin::model::SensorId& v) { out = v.value; }
    static void from_json(const json& in, tocsin::model::SensorId& v) { v.value = in.get<std::string>(); }
};

template <>
struct adl_serializer<tocsin::model::UnitId> {
    static void to_json(json& out, const tocsin::model::UnitId& v) { out = v.value; }
    static void from_json(const json& in, tocsin::model::UnitId& v) { v.value = in.get<std::string>(); }
};

template <typename Tag>
struct adl_serializer<tocsin::base::Quantity<Tag>> {
    static void to_json(json& out, const tocsin::base::Quantity<Tag>& v) { out = v.value; }
    static void from_json(const json& in, tocsin::base::Quantity<Tag>& v) { v.value = in.get<double>(); }
};

/// A plain string where there is no translation, else {"text": …, "zh_CN": …}.
template <>
struct adl_serializer<tocsin::base::LocalText> {
    static void to_json(json& out, const tocsin::base::LocalText& v) {
        if (v.translations.empty()) {
            out = v.text;
            return;
        }
        out = json::object();
        out["text"] = v.text;
        for (const auto& [language, text] : v.translations)
            out[language] = text;
    }
    static void from_json(const json& in, tocsin::base::LocalText& v) {
        v = {};
        if (in.is_string()) {
            v.text = in.get<std::string>();
            return;
        }
        for (const auto& [key, text] : in.items()) {
            if (key == "text")
                v.text = text.get<std::string>();
            else
                v.translations[key] = text.get<std::string>();
        }
    }
};

/// [longitude, latitude], as GeoJSON orders them.
template <>
struct adl_serializer<tocsin::model::Position> {
    static void to_json(json& out, const tocsin::model::Position& v) {
        out = json::array({v.longitude(), v.latitude()});
    }
    static void from_json(const json& in, tocsin::model::Position& v) {
        v = tocsin::model::Position::trusted(in.at(1).get<double>(), in.at(0).get<double>());
    }
};

template <typename T>
struct adl_serializer<std::optional<T>> {
    static void to_json(json& out, const std::optional<T>& v) {
        if (v)
            out = *v;
        else
            out = nullptr;
    }
    static void from_json(const json& in, std::optional<T>& v) {
        if (in.is_null())
            v.reset();
        else
            v = in.get<T>();
    }
};

} // namespace nlohmann
