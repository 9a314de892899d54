#pragma once

#include "tocsin/gui/bridge.hpp"

#include <QString>
#include <string>
#include <vector>

namespace tocsin::gui {

/// What the person at this window may do about a plan that waits for the leader's word, as the desk will judge it.
struct LeadersWord {
    bool gives{false};     ///< approves or refuses it
    bool takesBack{false}; ///< proposed it, and does not give the word
    bool pinFirst{false};  ///< gives it, once the PIN was given at this window
    QString from;          ///< who gives it; empty: no leader is entered, and whoever did not propose it does

    /// "Waits for the word of R. Hoop", for whoever is not asked for it.
    [[nodiscard]] QString waitsFor() const;
};

/// `leaders`: whom the county names. Where one of them has a PIN and no leader is on duty, only those who have one give
/// it.
[[nodiscard]] LeadersWord leadersWord(const DeskBridge& desk, const model::Decision& decision,
                                      const std::vector<std::string>& leaders);

} // namespace tocsin::gui
