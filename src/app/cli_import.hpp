#pragma once

#include "app/commands.hpp"

#include <CLI/CLI.hpp>
#include <functional>

namespace tocsin::app {

using RunImport = int (*)(const ImportWords&, const Console&);

/// The commands under `tocsin import`. What they are told lands in `words`, which must outlive them; `finish` gives
/// each its shared options and says what it runs.
void addImportCommands(CLI::App& import, ImportWords& words, const std::function<void(CLI::App&, RunImport)>& finish);

} // namespace tocsin::app
