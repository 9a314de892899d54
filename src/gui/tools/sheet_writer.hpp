#pragma once

#include "gui/tools/map_sheet.hpp"
#include "tocsin/base/result.hpp"

#include <QByteArray>
#include <QImage>
#include <QPageLayout>
#include <variant>

class QPrinter;

namespace tocsin::gui {

enum class SheetForm : unsigned char { png, svg, pdf };

struct SheetTarget {
    SheetForm form{SheetForm::png};
    int scale{1}; ///< png: pixels for one of the screen's, 1…3
    bool a3{false};
    bool landscape{true};
};

/// What was painted and is still to be encoded or written.
using PaintedSheet = std::variant<QImage, QByteArray>;

/// Paints the sheet. GUI thread, as MapView::paintInto demands; everything else is writeSheet()'s.
[[nodiscard]] base::Result<PaintedSheet> paintSheet(const MapSheet& sheet, const SheetTarget& target,
                                                    const QString& title);
/// Encodes and writes beside the place, then renames: what was there stays whole if anything fails. Any thread.
[[nodiscard]] base::Result<void> writeSheet(const PaintedSheet& painted, const QString& path);

/// Paints one page. GUI thread.
[[nodiscard]] base::Result<void> printSheet(const MapSheet& sheet, QPrinter& printer);

[[nodiscard]] QPageLayout pageOf(const SheetTarget& target);

} // namespace tocsin::gui
