#pragma once

#include "tocsin/gui/bridge.hpp"

#include <QDialog>
#include <functional>

class QAbstractButton;
class QLabel;

namespace tocsin::gui {

/// The end of a dialog that was opened for one command: sends it, with the button off meanwhile. Done, the dialog is over; refused,
/// it stays and says why, and `again` enables what can be tried once more. GUI thread.
void sendOrSay(QDialog& dialog, DeskBridge& desk, desk::CommandBody body, QAbstractButton& act, QLabel& trouble,
               std::function<void()> again);

} // namespace tocsin::gui
