#pragma once

#include "tocsin/gui/resources_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QCoreApplication>
#include <QString>
#include <functional>

class QWidget;

namespace tocsin::gui {

/// Tables into and out of files, as every window asks for them. GUI thread.
class TableFiles {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::TableFiles)
  public:
    using Say = std::function<void(const QString& sentence, bool bad)>;

    /// Asks for a new file, XLSX or CSV.
    static void askWhere(const QString& title, QWidget* parent, std::function<void(std::filesystem::path)> then);
    /// Does nothing where the window has no tables.
    static void importInto(const UiContext& ui, ResourcesDesk::Tables what, QWidget* parent);
    /// All rosters or all call-down lists; `say` is told what became of it, unless `parent` is gone by then.
    static void exportAll(const UiContext& ui, ResourcesDesk::Tables what, QWidget* parent, Say say);
    /// "Written: a, b", or why not.
    static void tell(const base::Result<QStringList>& written, const Say& say);
};

} // namespace tocsin::gui
