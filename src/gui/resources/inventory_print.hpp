#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QString>
#include <vector>

class QWidget;

namespace tocsin::gui {

/// The records as a printable inventory: rich text for a QTextDocument, in the window's language.
[[nodiscard]] QString inventoryHtml(const UiContext& ui, const std::vector<model::ResourceId>& ids);
/// Asks for a printer or a PDF file and prints tables on it, across the page.
void printTables(const QString& html, QWidget* parent);
void printInventory(const UiContext& ui, const std::vector<model::ResourceId>& ids, QWidget* parent);

} // namespace tocsin::gui
