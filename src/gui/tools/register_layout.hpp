#pragma once

class QDialog;
class QLabel;
class QTableView;
class QWidget;

namespace tocsin::gui {

// What the windows of the county's registers (sensors, resources) look like.

/// A table of one row a record, several of which may be chosen. It has its model already.
void setUpRegister(QTableView& view);

/// What stands over a register.
struct RegisterHead {
    QLabel* heading;
    QLabel* hint;
};
/// The head over the table's side and the form's, with a bar between them that is drawn.
void layOutRegister(QDialog& window, RegisterHead head, QWidget* table, QWidget* form);

} // namespace tocsin::gui
