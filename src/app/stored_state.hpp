#pragma once

#include "app/county_session.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/model/state.hpp"

#include <memory>

namespace tocsin::app {

/// The county's state beside a desk that may be running.
[[nodiscard]] base::Result<model::State> storedState(const county::CountyFolder& folder);

/// What an import goes into.
struct ImportTarget {
    std::unique_ptr<CountySession> session; ///< null for a dry run
    model::State state;
};

/// The county opened to be written, or for a dry run only what is stored.
[[nodiscard]] base::Result<ImportTarget> importTarget(const county::CountyFolder& folder, bool dryRun);

} // namespace tocsin::app
