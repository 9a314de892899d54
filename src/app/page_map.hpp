#pragma once

#include "tocsin/county/config.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/ingest/page_map.hpp"

#include <memory>

namespace tocsin::app {

/// The county's drawn map for the citizens' page: of the files and the cache that the window's map has, drawn on a
/// thread of its own, so that a thousand phones slow neither the window nor the feeds. A map imported meanwhile is read anew,
/// its names as well.
[[nodiscard]] std::shared_ptr<ingest::PageMap> makePageMap(const county::CountyFolder& folder,
                                                           const county::Config& config);

} // namespace tocsin::app
