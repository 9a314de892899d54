#include "gui/panels/printing.hpp"

#include <QCoreApplication>
#include <QFile>
#include <QMessageBox>
#include <QPointer>
#include <QPrintDialog>
#include <QPrinter>
#include <QRegularExpression>
#include <algorithm>
#include <utility>

namespace tocsin::gui {

namespace {

constexpr qsizetype longestName = 80; ///< characters: in Chinese 240 of the 255 bytes that a file's name may have
constexpr qint64 tail = 64;           ///< bytes in which the end of a PDF file stands

class Printing {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::Printing)
};

void tellUnprinted(const QPrinter& printer, QWidget* parent) {
    if (isPrinted(printer))
        return;
    const QString name = printer.outputFileName();
    auto* said = new QMessageBox(QMessageBox::Warning, Printing::tr("Not printed"),
                                 name.isEmpty() ? Printing::tr("The printer did not take the page.")
                                                : Printing::tr("%1 could not be written whole: is the disk full, or may nobody write there?").arg(name),
                                 QMessageBox::Close, parent);
    said->setObjectName(QStringLiteral("notPrinted"));
    said->setTextFormat(Qt::PlainText);
    said->setAttribute(Qt::WA_DeleteOnClose);
    said->open();
}

} // namespace

QString printName(const QString& title) {
    static const QRegularExpression unfit(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]"));
    QString name = title.simplified();
    name.replace(unfit, QStringLiteral("-"));
    return name.left(longestName).trimmed();
}

std::shared_ptr<QPrinter> printerFor(const QString& title) {
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(printName(title));
    return printer;
}

bool isPrinted(const QPrinter& printer) {
    if (printer.printerState() == QPrinter::Error)
        return false;
    if (printer.outputFormat() != QPrinter::PdfFormat || printer.outputFileName().isEmpty())
        return true;
    QFile file(printer.outputFileName());
    return file.open(QIODevice::ReadOnly) && file.seek(std::max<qint64>(0, file.size() - tail)) && file.readAll().contains("%%EOF");
}

void askToPrint(std::shared_ptr<QPrinter> printer, QWidget* parent, std::function<void(QPrinter& to)> print) {
    auto* dialog = new QPrintDialog(printer.get(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), dialog,
                     [printer = std::move(printer), print = std::move(print), over = QPointer<QWidget>(parent)](QPrinter* to) {
                         print(*to);
                         tellUnprinted(*to, over);
                     });
    dialog->open();
}

} // namespace tocsin::gui
