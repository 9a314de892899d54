#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QString>
#include <optional>
#include <vector>

class QMenu;
class QWidget;

namespace tocsin::gui {

/// What a person can do with an alarm, or with all alarms of a group at once.
enum class AlarmAct : unsigned char { acknowledge, openIncident, shelve, bringBack, outOfService, reset, hand, link };

/// The alarms that an act is meant for.
struct AlarmTarget {
    std::vector<model::AlarmId> alarms; ///< of a group: also those set aside
    friend bool operator==(const AlarmTarget&, const AlarmTarget&) = default;
};

namespace alarm_acts {

/// Those of the target to which the act can be done as they are now.
[[nodiscard]] std::vector<model::AlarmId> fitting(const UiContext& ui, const AlarmTarget& target, AlarmAct act);
/// "“Rhine at Vaduz above dyke warning”", "132 alarms".
[[nodiscard]] QString nameOf(const UiContext& ui, const std::vector<model::AlarmId>& alarms);
/// What the button says: "Acknowledge 132 alarms", of one alarm "Acknowledge “Rhine at Vaduz”". `brief`: without the
/// name of a single one.
[[nodiscard]] QString textFor(const UiContext& ui, const AlarmTarget& target, AlarmAct act, bool brief = false);
[[nodiscard]] QString keyText(AlarmAct act);             ///< "Space", "S"
[[nodiscard]] std::optional<AlarmAct> actFor(int qtKey); ///< Qt::Key_Space …
/// True if they belong to one incident already: openIncident then goes there.
[[nodiscard]] bool leadsToIncident(const UiContext& ui, const AlarmTarget& target);
/// True if there is something to do and the desk can write; going to an incident always can.
[[nodiscard]] bool possible(const UiContext& ui, const AlarmTarget& target, AlarmAct act);
/// Does it, or opens the dialog that asks what must be known first. Nothing if it is not possible.
void run(const UiContext& ui, QWidget* parent, const AlarmTarget& target, AlarmAct act);
/// Every act that is possible, each with its object and its key.
void fillMenu(const UiContext& ui, QWidget* parent, QMenu& menu, const AlarmTarget& target);

} // namespace alarm_acts
} // namespace tocsin::gui
