#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/model/capability_tables.hpp"

#include <map>
#include <mutex>
#include <string>

namespace tocsin::app {

/// The tables as the county's config.toml has them now. Reads a file.
[[nodiscard]] base::Result<model::CapabilityTables> readCapabilities(const county::CountyFolder& folder);

/// Puts `wanted` into config.toml in the place of `seen`, under `saving`, which all who change that file hold meanwhile. Code::conflict where others
/// stand there by now; Code::refused where something is wrong in them, or where a capability that `uses` names would go. Any thread but the GUI's.
[[nodiscard]] base::Result<void> keepCapabilities(const county::CountyFolder& folder, std::mutex& saving, const model::CapabilityTables& seen,
                                                  const model::CapabilityTables& wanted, const std::map<std::string, model::CapabilityUse>& uses);

} // namespace tocsin::app
