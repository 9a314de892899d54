#pragma once

#include "tocsin/gui/bridge.hpp"

#include <QDialog>
#include <functional>

class QAbstractButton;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace tocsin::gui {

/// The end of a dialog that was opened for one command: sends it, with the button off meanwhile. Done, the dialog is over; refused,
/// it stays and says why, and `again` enables what can be tried once more. GUI thread.
void sendOrSay(QDialog& dialog, DeskBridge& desk, desk::CommandBody body, QAbstractButton& act, QLabel& trouble,
               std::function<void()> again);

/// What such a dialog ends with that asks why: the line for the reason, the sentence of a refusal, and the two buttons, of which Enter
/// is `act`.
void endWithReason(QVBoxLayout& column, QLineEdit& reason, QLabel& trouble, QPushButton& cancel, QPushButton& act);

} // namespace tocsin::gui
