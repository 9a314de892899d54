#pragma once

#include "tocsin/model/journal.hpp"
#include "tocsin/model/state.hpp"

#include <QString>

namespace tocsin::gui {

/// What an entry of the journal says to a person, as one sentence without its time and actor, in the language in
/// force; `language` chooses among the county's own words. Names come from the entry's after-images first, then from
/// `state`. Never fails: an entry that it does not understand is named by its type.
[[nodiscard]] QString entrySentence(const model::Entry& entry, const model::State& state, const QString& language);

/// Who did it, for a column: a person's name, "desk", or the feed's name.
[[nodiscard]] QString entryActor(const model::Entry& entry);

} // namespace tocsin::gui
