#pragma once

#include <QString>
#include <functional>
#include <memory>

class QPrinter;
class QWidget;

namespace tocsin::gui {

/// A title as the name of a document: where the page becomes a file, the print dialog proposes that name, so nothing in it may stand for a
/// folder or be what a file's name cannot hold.
[[nodiscard]] QString printName(const QString& title);
/// A printer for a document of this title, for a dialog that asks which.
[[nodiscard]] std::shared_ptr<QPrinter> printerFor(const QString& title);
/// Whether what was printed last is whole. Only of a file can that be seen: on a full disk it lacks its end.
[[nodiscard]] bool isPrinted(const QPrinter& printer);
/// Asks over `parent` where to print, and has it printed; says so where that was not done whole, as Qt itself does not. Returns at once.
void askToPrint(std::shared_ptr<QPrinter> printer, QWidget* parent, std::function<void(QPrinter& to)> print);

} // namespace tocsin::gui
