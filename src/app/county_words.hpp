#pragma once

#include "tocsin/county/folder.hpp"
#include "tocsin/gui/report_triage.hpp"

namespace tocsin::app {

/// The county's synonyms.toml and hazard_words.toml. Where one is absent, the program's own words; where it has a fault, those too,
/// and the fault is named.
[[nodiscard]] gui::ReportWords loadReportWords(const county::CountyFolder& folder);

} // namespace tocsin::app
