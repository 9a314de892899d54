#pragma once

#include "tocsin/base/result.hpp"

#include <QString>

namespace tocsin::gui {

/// The desk's error as a sentence for a person, in the language of the window: what it means for them first, then the
/// desk's own words.
[[nodiscard]] QString sentenceFor(const base::Error& error);

} // namespace tocsin::gui
