#pragma once

#include "tocsin/county/folder.hpp"
#include "tocsin/triage/report_clusters.hpp"

namespace tocsin::app {

/// The county's synonyms.toml. Where it is absent, or has a fault (which is told in the program's log), the program's own.
[[nodiscard]] triage::Synonyms loadSynonyms(const county::CountyFolder& folder);

} // namespace tocsin::app
