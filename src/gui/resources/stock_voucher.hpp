#pragma once

#include "tocsin/gui/ui_context.hpp"
#include "tocsin/model/journal.hpp"

#include <QString>

class QWidget;

namespace tocsin::gui {

/// The entry is a movement of stock with its document.
[[nodiscard]] bool isStockDocument(const model::Entry& entry);
/// Its voucher to be signed: number, what, from, to, who and why; rich text for a QTextDocument, in the language in force. Empty for another entry.
/// GUI thread.
[[nodiscard]] QString voucherHtml(const model::Entry& entry, const model::State& state, const QString& language);
/// Asks for a printer or a PDF file.
void printVoucher(const UiContext& ui, const model::Entry& entry, QWidget* parent);

} // namespace tocsin::gui
