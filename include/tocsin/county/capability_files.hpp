#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/capability_tables.hpp"

#include <filesystem>
#include <string>

namespace tocsin::county {

/// One of the two tables as a CSV that a spreadsheet opens and readTyping() reads again.
[[nodiscard]] std::string typingCsv(const model::CapabilityTables& tables, model::TypingTable which);

/// The rows of a CSV (encoding found out, as for records) or of an XLSX's first sheet, in the file's order; the other table is empty. Cells are
/// taken as they are: model::checkTyping() judges them. An unknown or missing column is an error that names it, so is a row with too many cells.
[[nodiscard]] base::Result<model::CapabilityTables> readTyping(const std::filesystem::path& file, model::TypingTable which);

/// `rows` over `present`: a row whose code is there takes its place, with the translations that a file has no column for; others come after.
[[nodiscard]] model::CapabilityTables mergedTyping(model::CapabilityTables present, const model::CapabilityTables& rows);

} // namespace tocsin::county
