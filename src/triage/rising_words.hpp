#pragma once

#include "triage/report_memory.hpp"

namespace tocsin::triage {

/// HotSpots::trending.
[[nodiscard]] std::vector<TrendingTerm> risingWords(const ReportMemory& memory, base::Time now, std::size_t most);

} // namespace tocsin::triage
