#pragma once

#include <string>
#include <vector>

namespace tocsin::gui {

class DeskBridge;

/// Whether whoever acts at this window may have others see who reported than do `now`. Where those who may have PINs one of them
/// says who else may, theirs having been given here: else the list would be the way round all PINs.
[[nodiscard]] bool mayNameReaders(const DeskBridge& desk, const std::vector<std::string>& now, const std::vector<std::string>& wanted);

} // namespace tocsin::gui
