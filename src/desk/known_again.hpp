#pragma once

#include "tocsin/model/report.hpp"
#include "tocsin/model/warning.hpp"

#include <string>

// What comes under an id that the desk knows: the same once more, or something else. A sender's ids are his own affair (rows numbered
// from 1 in each of two tables, a message altered on its way): what one says must not vanish behind another that came before.

namespace tocsin::desk {

/// Whether a report says what is known already. Where it stands at its source (its status), its photos and who told it may be news
/// all the same.
[[nodiscard]] bool saysTheSame(const model::Report& report, const model::Report& known);

/// Whether it is the known one after its source has worked on it (Open311, Ushahidi): it has a status there, is of the same time,
/// and not told by a row's number and a day alone.
[[nodiscard]] bool livesOn(const model::Report& report, const model::Report& known);

/// The sender's id for another thing than the one that has it already: with a digest of what is said, so that the same comes to the same.
[[nodiscard]] std::string idBesideNamesake(const model::Report& report);

/// The known report with what this one has to add; equal to the known one where that is nothing. `amend`: its words, too.
[[nodiscard]] model::Report renewedBy(const model::Report& report, const model::Report& known, bool amend);

/// Whether a message says something that the known one of the same sender, identifier and time does not. A translation that is missing
/// or more of white space is nothing.
[[nodiscard]] bool saysOther(const model::Warning& message, const model::Warning& known);

} // namespace tocsin::desk
