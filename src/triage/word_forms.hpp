#pragma once

#include "tocsin/triage/report_clusters.hpp"

#include <span>
#include <string>
#include <string_view>

namespace tocsin::triage {

/// How a term is written in most of the texts that have it: "Überflutet" for what is compared as "uberflutet" or as a
/// set's first word. The term itself where it is not found again. Reads no more than the first few texts.
[[nodiscard]] std::string writtenForm(const std::string& term, std::span<const std::string_view> texts,
                                      const Synonyms& synonyms);

/// Digits, with no more than one letter after them: "110", "12b".
[[nodiscard]] bool isNumber(std::string_view term);

} // namespace tocsin::triage
