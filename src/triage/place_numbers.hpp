#pragma once

#include "tocsin/triage/report_clusters.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tocsin::triage {

/// Numbers that belong to a word before them, as a house's does to its street: "Delmas 33", "Landstrasse 12",
/// "rue Menos prolongé #20", "幸福路12号" – each as (word as it is compared, number). Two texts that give one word
/// different numbers speak of different places. Clocks, dates, decimals and counts ("3 children") are none.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> placeNumbers(std::string_view text,
                                                                            const Synonyms& synonyms);

} // namespace tocsin::triage
