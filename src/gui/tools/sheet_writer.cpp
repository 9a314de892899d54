#include "gui/tools/sheet_writer.hpp"

#include "gui/panels/printing.hpp"

#include <QBuffer>
#include <QImageWriter>
#include <QPageSize>
#include <QPdfWriter>
#include <QPrinter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace tocsin::gui {
namespace {

using base::Code;
using base::fail;

constexpr int pdfDpi = 300;
constexpr double marginMm = 8;
/// A page shows letters as large as a screen of 96 points to the inch would.
constexpr double screenDpi = 96;
constexpr std::int64_t mostPixels = 150'000'000; ///< 600 MB: beyond is a slip

std::string text(const QString& words) {
    return words.toStdString();
}

base::Result<PaintedSheet> paintPng(const MapSheet& sheet, int scale) {
    const QSizeF size = sheet.screenSize();
    const QSize pixels = (size * scale).toSize();
    if (static_cast<std::int64_t>(pixels.width()) * pixels.height() > mostPixels)
        return fail(Code::tooLarge, "a picture of this size does not fit into memory");
    QImage image(pixels, QImage::Format_RGB32);
    if (image.isNull())
        return fail(Code::tooLarge, "there is not enough memory for a picture of this size");
    image.setDotsPerMeterX(qRound(screenDpi * scale / 0.0254));
    image.setDotsPerMeterY(qRound(screenDpi * scale / 0.0254));
    QPainter painter(&image);
    sheet.paint(painter, QRectF(QPointF(0, 0), QSizeF(pixels)), scale);
    painter.end();
    return PaintedSheet(std::move(image));
}

base::Result<PaintedSheet> paintSvg(const MapSheet& sheet, const QString& title) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    const QSizeF size = sheet.screenSize();
    svg.setSize(size.toSize());
    svg.setViewBox(QRectF(QPointF(0, 0), size));
    svg.setResolution(static_cast<int>(screenDpi));
    svg.setTitle(title);
    QPainter painter;
    if (!painter.begin(&svg))
        return fail(Code::internal, "the SVG could not be begun");
    sheet.paint(painter, QRectF(QPointF(0, 0), size), 1);
    painter.end();
    return PaintedSheet(buffer.data());
}

base::Result<PaintedSheet> paintPdf(const MapSheet& sheet, const SheetTarget& target, const QString& title) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter pdf(&buffer);
    pdf.setResolution(pdfDpi);
    pdf.setPageLayout(pageOf(target));
    pdf.setTitle(title);
    pdf.setCreator(QStringLiteral("Tocsin"));
    QPainter painter;
    if (!painter.begin(&pdf))
        return fail(Code::internal, "the PDF could not be begun");
    sheet.paint(painter, QRectF(0, 0, pdf.width(), pdf.height()), pdfDpi / screenDpi);
    painter.end();
    return PaintedSheet(buffer.data());
}

} // namespace

QPageLayout pageOf(const SheetTarget& target) {
    return QPageLayout(QPageSize(target.a3 ? QPageSize::A3 : QPageSize::A4),
                       target.landscape ? QPageLayout::Landscape : QPageLayout::Portrait,
                       QMarginsF(marginMm, marginMm, marginMm, marginMm), QPageLayout::Millimeter);
}

base::Result<PaintedSheet> paintSheet(const MapSheet& sheet, const SheetTarget& target, const QString& title) {
    switch (target.form) {
    case SheetForm::svg:
        return paintSvg(sheet, title);
    case SheetForm::pdf:
        return paintPdf(sheet, target, title);
    case SheetForm::png:
        break;
    }
    return paintPng(sheet, std::clamp(target.scale, 1, 3));
}

base::Result<void> writeSheet(const PaintedSheet& painted, const QString& path) {
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly))
        return fail(Code::storage, text(file.errorString()));
    bool whole = false;
    if (const auto* image = std::get_if<QImage>(&painted)) {
        QImageWriter writer(&file, "png");
        writer.setCompression(60);
        whole = writer.write(*image);
    } else {
        const auto& bytes = std::get<QByteArray>(painted);
        whole = file.write(bytes) == bytes.size();
    }
    if (!whole || !file.commit()) {
        const QString why = file.errorString();
        file.cancelWriting();
        return fail(Code::storage, text(why));
    }
    return {};
}

base::Result<void> printSheet(const MapSheet& sheet, QPrinter& printer) {
    QPainter painter;
    if (!painter.begin(&printer))
        return fail(Code::unavailable, "the printer did not take the page");
    const QRectF page(QPointF(0, 0), QSizeF(printer.pageLayout().paintRectPixels(printer.resolution()).size()));
    sheet.paint(painter, page, printer.resolution() / screenDpi);
    if (!painter.end() || !isPrinted(printer))
        return fail(Code::unavailable, "the printer did not take the page");
    return {};
}

} // namespace tocsin::gui
