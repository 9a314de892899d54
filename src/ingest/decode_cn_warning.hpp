#pragma once

#include "tocsin/ingest/decoded.hpp"
#include "tocsin/model/grade.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest {

namespace cn {

/// 红 I, 橙 II, 黄 III, 蓝 IV, in Chinese, in English or as 特别重大 … 一般 and Ⅰ … Ⅳ; nothing where it says none.
[[nodiscard]] std::optional<model::Grade> gradeIn(std::string_view text);
/// The kind of warning behind a national code: "11B03" → "暴雨"; empty where it is not known.
[[nodiscard]] std::string_view eventOf(std::string_view nationalCode);
/// "红色" … "蓝色"
[[nodiscard]] std::string_view colourWord(model::Grade grade);
/// CAP's severity of a colour: red Extreme, orange Severe, yellow Moderate, blue Minor.
[[nodiscard]] std::string_view severityOf(model::Grade grade);

/// GB/T 35965.1: "ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N" (31 characters; without "_N" 29).
struct Identifier {
    std::string division; ///< six digits of the sender's division
    std::string sender;   ///< the fourteen characters before the time
    base::Time sent;      ///< the clock in it is China's
};
[[nodiscard]] std::optional<Identifier> identifierFrom(std::string_view text);

} // namespace cn

/// Chinese warnings in JSON: QWeather's "warning" and "alerts" answers, the national portal's lists, and single warnings
/// with national codes (11Bxx).
[[nodiscard]] base::Result<Decoded> decodeCnWarning(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
