#include "gui/resources/table_files.hpp"

#include "gui/resources/import_wizard.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QFileDialog>
#include <utility>

namespace tocsin::gui {

void TableFiles::askWhere(const QString& title, QWidget* parent, std::function<void(std::filesystem::path)> then) {
    auto* dialog = new QFileDialog(parent, title, QString(), tr("Excel (*.xlsx);;CSV (*.csv)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("xlsx"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("csv")) ? QStringLiteral("csv") : QStringLiteral("xlsx"));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [then = std::move(then)](const QString& path) { then(path.toStdString()); });
    dialog->open();
}

void TableFiles::importInto(const UiContext& ui, ResourcesDesk::Tables what, QWidget* parent) {
    if (ui.tables == nullptr)
        return;
    auto* wizard = new ImportWizard(ui, *ui.tables, parent, what);
    wizard->open();
}

void TableFiles::exportAll(const UiContext& ui, ResourcesDesk::Tables what, QWidget* parent, Say say) {
    if (ui.tables == nullptr)
        return;
    askWhere(what == ResourcesDesk::Tables::callLists ? tr("Export the call-down lists") : tr("Export the duty rosters"), parent,
             [desk = ui.tables, what, parent, say = std::move(say)](std::filesystem::path file) {
                 say(tr("Exporting…"), false);
                 desk->exportTables(std::move(file), what, parent, [say](const base::Result<QStringList>& written) { tell(written, say); });
             });
}

void TableFiles::tell(const base::Result<QStringList>& written, const Say& say) {
    if (written)
        say(tr("Written: %1").arg(written->join(QStringLiteral(", "))), false);
    else
        say(Words::error(written.error()), true);
}

} // namespace tocsin::gui
