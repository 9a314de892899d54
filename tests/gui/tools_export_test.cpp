#include "gui/panels/printing.hpp"
#include "gui/tools/export_dialog.hpp"
#include "gui/tools/sheet_writer.hpp"
#include "gui/tools_support.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPrinter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSvgRenderer>

namespace tocsin::gui {
namespace {

class ToolsExport : public test::ToolsTest {
  protected:
    ToolsExport() {
        open();
        tools->savePicture();
        dialog = window.findChild<ExportDialog*>();
    }
    template <typename Widget>
    Widget* part(const char* name) {
        return dialog->findChild<Widget*>(QString::fromLatin1(name));
    }
    /// Saves in a form, and gives the bytes.
    QByteArray save(int form, const QString& name) {
        part<QComboBox>("exportForm")->setCurrentIndex(form);
        const QString path = folder.filePath(name);
        part<QLineEdit>("exportPath")->setText(path);
        part<QLineEdit>("exportTitle")->setText(QStringLiteral("Dyke at km 54"));
        QSignalSpy saved(dialog, &ExportDialog::saved);
        QPointer<ExportDialog> alive = dialog;
        part<QPushButton>("exportSave")->click();
        EXPECT_TRUE(until([&] { return saved.count() == 1 || !alive; }));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    ExportDialog* dialog{nullptr};
};

TEST_F(ToolsExport, APngIsAsSharpAsAsked) {
    ASSERT_NE(dialog, nullptr);
    part<QComboBox>("exportScale")->setCurrentIndex(1);
    const QByteArray bytes = save(0, QStringLiteral("map.png"));
    const QImage image = QImage::fromData(bytes, "png");
    ASSERT_FALSE(image.isNull());
    EXPECT_GT(image.width(), 2 * view->width());
    EXPECT_GT(image.height(), 2 * view->height());
    EXPECT_EQ(QDir(folder.path()).entryList({QStringLiteral("map.png*")}, QDir::Files).size(),
              1); // nothing is left beside
}

TEST_F(ToolsExport, AnSvgOpensAgainAndKeepsWords) {
    const QByteArray bytes = save(1, QStringLiteral("map.svg"));
    QSvgRenderer svg(bytes);
    ASSERT_TRUE(svg.isValid());
    EXPECT_GT(svg.defaultSize().width(), view->width());
    EXPECT_TRUE(bytes.contains("Dyke at km 54"));
    EXPECT_TRUE(bytes.contains("EXERCISE"));
    EXPECT_TRUE(bytes.contains("UTC+01:00"));
}

TEST_F(ToolsExport, APdfIsOnePageOfTheAskedPaper) {
    part<QComboBox>("exportPaper")->setCurrentIndex(1);  // A3
    part<QComboBox>("exportTurned")->setCurrentIndex(1); // portrait
    const QByteArray bytes = save(2, QStringLiteral("map.pdf"));
    EXPECT_TRUE(bytes.startsWith("%PDF-"));
    EXPECT_TRUE(bytes.contains("%%EOF"));
    EXPECT_EQ(bytes.count("/Type /Page\n"), 1);
    const auto box =
        QRegularExpression(QStringLiteral("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]")).match(QString::fromLatin1(bytes));
    ASSERT_TRUE(box.hasMatch());
    EXPECT_NEAR(box.captured(1).toDouble(), 842, 1);
    EXPECT_NEAR(box.captured(2).toDouble(), 1191, 1);
}

TEST_F(ToolsExport, AFileIsCalledByWhatIsInIt) {
    part<QComboBox>("exportForm")->setCurrentIndex(2);
    part<QLineEdit>("exportPath")->setText(folder.filePath(QStringLiteral("dyke.svg")));
    QSignalSpy saved(dialog, &ExportDialog::saved);
    part<QPushButton>("exportSave")->click();
    ASSERT_TRUE(until([&] { return saved.count() == 1; }));
    EXPECT_FALSE(QFile::exists(folder.filePath(QStringLiteral("dyke.svg"))));
    EXPECT_TRUE(QFile::exists(folder.filePath(QStringLiteral("dyke.pdf"))));
}

TEST_F(ToolsExport, AFolderThatIsNotThereIsNamed) {
    part<QLineEdit>("exportPath")->setText(folder.filePath(QStringLiteral("none/map.png")));
    QSignalSpy failed(dialog, &ExportDialog::failed);
    part<QPushButton>("exportSave")->click();
    ASSERT_EQ(failed.count(), 1);
    EXPECT_TRUE(part<QLabel>("exportSays")->text().contains(folder.filePath(QStringLiteral("none"))));
    EXPECT_TRUE(part<QPushButton>("exportSave")->isEnabled());
}

TEST_F(ToolsExport, APlaceThatCannotBeWrittenLeavesWhatWasThere) {
    const QString path = folder.filePath(QStringLiteral("map.png"));
    ASSERT_TRUE(QDir().mkdir(path)); // a folder of that name
    part<QLineEdit>("exportPath")->setText(path);
    QSignalSpy failed(dialog, &ExportDialog::failed);
    part<QPushButton>("exportSave")->click();
    ASSERT_TRUE(until([&] { return failed.count() == 1; }));
    EXPECT_TRUE(failed.front().front().toString().contains(path));
    EXPECT_TRUE(QDir(path).exists());
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).filter(QStringLiteral("map.png")).size(), 0);
}

TEST_F(ToolsExport, ThePageGoesToThePrinter) {
    QPrinter printer(QPrinter::ScreenResolution);
    printer.setOutputFormat(QPrinter::PdfFormat);
    const QString path = folder.filePath(QStringLiteral("printed.pdf"));
    printer.setOutputFileName(path);
    const MapSheet sheet(ui, *view, {});
    ASSERT_TRUE(printSheet(sheet, printer));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.read(5) == "%PDF-");
}

TEST(Printing, ATitleIsTheNameOfAFile) {
    EXPECT_EQ(printName(QStringLiteral("Task order 2026-0001/2")), QStringLiteral("Task order 2026-0001-2"));
    EXPECT_EQ(printName(QStringLiteral("N/S: a\\b\n*?")), QStringLiteral("N-S- a-b --"));
    EXPECT_EQ(printName(QString(300, QChar(0x6c34))).size(), 80);
    EXPECT_EQ(printerFor(QStringLiteral("Task order 2026-0001/2"))->docName(), QStringLiteral("Task order 2026-0001-2"));
}

TEST_F(ToolsExport, AFileThatLacksItsEndIsNotPrinted) {
    QPrinter printer(QPrinter::ScreenResolution);
    printer.setOutputFormat(QPrinter::PdfFormat);
    const QString path = folder.filePath(QStringLiteral("order.pdf"));
    printer.setOutputFileName(path);
    EXPECT_FALSE(isPrinted(printer)) << "nothing is there";
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("%PDF-1.4 and then the disk was full");
    file.flush();
    EXPECT_FALSE(isPrinted(printer));
    file.write("\n%%EOF\n");
    file.close();
    EXPECT_TRUE(isPrinted(printer));
}

TEST_F(ToolsExport, TheMapKeepsItsShapeAndTheLegendItsRoom) {
    const MapSheet sheet(ui, *view, {});
    for (const QRectF& page : {QRectF(0, 0, 1123, 794), QRectF(0, 0, 794, 1123), QRectF(0, 0, 400, 300)}) {
        const QRectF map = sheet.mapRect(page, 1);
        EXPECT_TRUE(page.contains(map));
        EXPECT_NEAR(map.width() / map.height(), double(view->width()) / view->height(), 1e-6);
    }
    const QRectF own = sheet.mapRect(QRectF(QPointF(0, 0), sheet.screenSize()), 1);
    EXPECT_NEAR(own.width(), view->width(), 0.5);
    EXPECT_NEAR(own.height(), view->height(), 0.5);
}

TEST(ToolsMoment, NamesTheZone) {
    Words::useZone(QTimeZone("Europe/Vaduz"));
    EXPECT_EQ(momentInFull(test::sceneNow(), QStringLiteral("en")).toStdString(), "20 Nov 2026 03:21:44 UTC+01:00");
    Words::useZone(QTimeZone("America/New_York"));
    EXPECT_EQ(momentInFull(test::sceneNow(), QStringLiteral("en")).toStdString(), "19 Nov 2026 21:21:44 UTC−05:00");
}

} // namespace
} // namespace tocsin::gui
