#pragma once

#include "tocsin/base/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// A report as the page's form sends it: the first value of each field.
using SentFields = std::map<std::string, std::string>;

/// As the JSON that the decoder of reports judges. Code::malformed where it is not UTF-8. Pure.
[[nodiscard]] base::Result<std::string> formToJson(const SentFields& fields);

/// What a person sees of a form with files that was refused: each field as it was sent, also those that no report has. Of its files
/// only that they are none of these: photos without a report are nobody's.
[[nodiscard]] std::string fieldsAsJson(const SentFields& fields);

/// A refused form as it was kept, urlencoded or as fieldsAsJson() has it, as the JSON that formToJson() would have made of it; nothing
/// where it is neither. Pure.
[[nodiscard]] std::optional<std::string> keptForm(std::string_view bytes);

} // namespace tocsin::ingest
