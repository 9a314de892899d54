#include "gui/tools/export_dialog.hpp"

#include "gui/panels/printing.hpp"
#include "gui/tools/float_card.hpp"
#include "gui/tools/on_worker.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QPrintDialog>
#include <QPrinter>
#include <QProgressBar>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {
namespace {

constexpr int fieldsWidth = 300;
constexpr int soonMs = 60;

/// "liechtenstein 2026-11-20 0321": what a file of now is called, without what file systems dislike.
QString fileName(const UiContext& ui) {
    QString county = Words::local(ui.desk.state().desk.county, ui.language);
    county.replace(QRegularExpression(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]")), QStringLiteral("-"));
    return (county.isEmpty() ? QStringLiteral("map") : county.left(60)) +
           inDeskZone(ui.desk.now()).toString(QStringLiteral(" yyyy-MM-dd HHmm"));
}

/// Where a new picture goes until the person says otherwise: a folder that is there.
QString folderForPictures() {
    for (const auto kind : {QStandardPaths::PicturesLocation, QStandardPaths::DocumentsLocation}) {
        const QString folder = QStandardPaths::writableLocation(kind);
        if (!folder.isEmpty() && QDir(folder).exists())
            return folder;
    }
    return QDir::homePath();
}

bool isForm(const QString& suffix) {
    static const QStringList known{QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf")};
    return known.contains(suffix.toLower());
}

} // namespace

/// The sheet as it will be, small.
class ExportDialog::Preview : public QWidget {
  public:
    Preview(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
        setMinimumSize(380, 300);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    }
    void show_(const MapSheet& sheet, const SheetTarget& target) {
        QSizeF size = sheet.screenSize();
        double unit = 1;
        if (target.form == SheetForm::pdf) {
            size = pageOf(target).paintRect(QPageLayout::Point).size() * 96 / 72;
        }
        const QSizeF room = QSizeF(this->size()) - QSizeF(24, 24);
        unit = std::min(room.width() / size.width(), room.height() / size.height());
        const double ratio = devicePixelRatioF();
        m_picture = QPixmap((size * unit * ratio).toSize().expandedTo({1, 1}));
        m_picture.setDevicePixelRatio(ratio);
        QPainter painter(&m_picture);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        // Painted in the sheet's own units, so that letters break as they will.
        painter.scale(unit, unit);
        sheet.paint(painter, QRectF(QPointF(0, 0), size), 1);
        painter.end();
        update();
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.colours().window);
        if (m_picture.isNull())
            return;
        const QSizeF size = m_picture.deviceIndependentSize();
        const QRectF at((width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height());
        painter.drawPixmap(at.topLeft(), m_picture);
        painter.setPen(QPen(m_theme.colours().faint, 1));
        painter.drawRect(at.adjusted(-0.5, -0.5, 0.5, 0.5));
    }

  private:
    const Theme& m_theme;
    QPixmap m_picture;
};

ExportDialog::ExportDialog(const UiContext& ui, MapView& view, QThreadPool& pool, std::vector<int> reachMinutes,
                           QWidget* parent)
    : QDialog(parent), m_ui(ui), m_view(view), m_pool(pool), m_reachMinutes(std::move(reachMinutes)),
      m_preview(new Preview(ui.theme, this)), m_heading(new QLabel(this)), m_titleLabel(new QLabel(this)),
      m_title(new QLineEdit(this)), m_formLabel(new QLabel(this)), m_form(new QComboBox(this)),
      m_scaleLabel(new QLabel(this)), m_scale(new QComboBox(this)), m_paperLabel(new QLabel(this)),
      m_paper(new QComboBox(this)), m_orientation(new QComboBox(this)), m_legend(new QCheckBox(this)),
      m_furniture(new QCheckBox(this)), m_pathLabel(new QLabel(this)), m_path(new QLineEdit(this)),
      m_choose(new QPushButton(this)), m_light(new QPushButton(this)), m_message(new QLabel(this)),
      m_progress(new QProgressBar(this)), m_save(new QPushButton(this)), m_print(new QPushButton(this)),
      m_cancel(new QPushButton(this)) {
    setObjectName(QStringLiteral("exportDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    const std::pair<QObject*, const char*> names[] = {
        {m_title, "exportTitle"},  {m_form, "exportForm"},           {m_scale, "exportScale"},
        {m_paper, "exportPaper"},  {m_orientation, "exportTurned"},  {m_legend, "exportLegend"},
        {m_path, "exportPath"},    {m_save, "exportSave"},           {m_print, "exportPrint"},
        {m_message, "exportSays"}, {m_furniture, "exportFurniture"}, {m_light, "exportLight"},
    };
    for (const auto& [object, name] : names)
        object->setObjectName(QString::fromLatin1(name));
    m_heading->setFont(ui.theme.font(Theme::Text::title));
    for (QLabel* label : {m_titleLabel, m_formLabel, m_scaleLabel, m_paperLabel, m_pathLabel}) {
        label->setProperty("role", QStringLiteral("dim"));
        label->setFont(ui.theme.font(Theme::Text::second));
    }
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_save->setProperty("kind", QStringLiteral("primary"));
    m_save->setDefault(true);
    m_light->setProperty("kind", QStringLiteral("link"));
    m_light->setCursor(Qt::PointingHandCursor);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->hide();
    for (int i = 0; i < 3; ++i)
        m_form->addItem(QString(), i);
    for (int i = 1; i <= 3; ++i)
        m_scale->addItem(QString(), i);
    m_paper->addItem(QStringLiteral("A4"), false);
    m_paper->addItem(QStringLiteral("A3"), true);
    for (const bool landscape : {true, false})
        m_orientation->addItem(QString(), landscape);
    m_legend->setChecked(true);
    m_furniture->setChecked(true);
    m_title->setMaxLength(120);
    m_path->setText(QDir(folderForPictures()).filePath(fileName(ui) + ".png"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_preview, 1);
    auto* side = new QWidget(this);
    side->setFixedWidth(fieldsWidth + 40);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(4);
    column->addWidget(m_heading);
    column->addSpacing(8);
    const auto field = [&](QLabel* label, QWidget* widget) {
        column->addWidget(label);
        column->addWidget(widget);
        column->addSpacing(4);
        label->setBuddy(widget);
    };
    field(m_titleLabel, m_title);
    field(m_formLabel, m_form);
    field(m_scaleLabel, m_scale);
    auto* paper = new QWidget(side);
    auto* papers = new QHBoxLayout(paper);
    papers->setContentsMargins(0, 0, 0, 0);
    papers->addWidget(m_paper);
    papers->addWidget(m_orientation, 1);
    field(m_paperLabel, paper);
    column->addWidget(m_legend);
    column->addWidget(m_furniture);
    column->addWidget(m_light, 0, Qt::AlignLeft);
    column->addSpacing(8);
    column->addWidget(m_pathLabel);
    auto* place = new QHBoxLayout;
    place->addWidget(m_path, 1);
    place->addWidget(m_choose);
    column->addLayout(place);
    column->addStretch(1);
    column->addWidget(m_message);
    column->addWidget(m_progress);
    column->addSpacing(6);
    column->addWidget(m_save);
    auto* others = new QHBoxLayout;
    others->addWidget(m_print, 1);
    others->addWidget(m_cancel);
    column->addLayout(others);
    row->addWidget(side);

    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &ExportDialog::refresh);
    connect(m_form, &QComboBox::currentIndexChanged, this, &ExportDialog::formChanged);
    for (QComboBox* box : {m_scale, m_paper, m_orientation})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::later);
    for (QCheckBox* box : {m_legend, m_furniture})
        connect(box, &QCheckBox::toggled, this, &ExportDialog::later);
    connect(m_title, &QLineEdit::textChanged, this, &ExportDialog::later);
    connect(&view, &MapView::completed, this, &ExportDialog::later);
    connect(&ui.theme, &Theme::changed, this, &ExportDialog::later);
    connect(m_path, &QLineEdit::textChanged, this,
            [this] { m_save->setEnabled(!m_busy && !m_path->text().trimmed().isEmpty()); });
    connect(m_choose, &QPushButton::clicked, this, &ExportDialog::choosePath);
    connect(m_light, &QPushButton::clicked, this, [this] { m_ui.theme.setLook(Theme::Look::light); });
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::save);
    connect(m_print, &QPushButton::clicked, this, &ExportDialog::print);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    retranslate();
    formChanged();
    const QSize most = parent != nullptr ? parent->window()->size() - QSize(60, 60) : QSize(1200, 800);
    resize(QSize(1080, 680).boundedTo(most.expandedTo(QSize(800, 560))));
}

SheetContent ExportDialog::content() const {
    SheetContent content;
    content.title = m_title->text().simplified();
    content.legend = m_legend->isChecked();
    content.furniture = m_furniture->isChecked();
    content.reachMinutes = m_reachMinutes;
    return content;
}

SheetTarget ExportDialog::target() const {
    SheetTarget target;
    target.form = static_cast<SheetForm>(std::clamp(m_form->currentIndex(), 0, 2));
    target.scale = m_scale->currentData().toInt();
    target.a3 = m_paper->currentData().toBool();
    target.landscape = m_orientation->currentData().toBool();
    return target;
}

QString ExportDialog::suffix() const {
    static const QString suffixes[] = {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf")};
    return suffixes[std::clamp(m_form->currentIndex(), 0, 2)];
}

void ExportDialog::formChanged() {
    const SheetForm form = target().form;
    m_scaleLabel->setVisible(form == SheetForm::png);
    m_scale->setVisible(form == SheetForm::png);
    m_paperLabel->setVisible(form == SheetForm::pdf);
    m_paper->setVisible(form == SheetForm::pdf);
    m_orientation->setVisible(form == SheetForm::pdf);
    const QFileInfo file(m_path->text());
    if (isForm(file.suffix()))
        m_path->setText(file.path() + QLatin1Char('/') + file.completeBaseName() + QLatin1Char('.') + suffix());
    m_save->setText(tr("Save the %1", "PNG, SVG or PDF").arg(suffix().toUpper()));
    later();
}

void ExportDialog::later() {
    m_light->setVisible(m_ui.theme.look() == Theme::Look::dark);
    m_soon.start();
}

void ExportDialog::refresh() {
    m_preview->show_(MapSheet(m_ui, m_view, content()), target());
}

void ExportDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    later();
}

void ExportDialog::choosePath() {
    auto* dialog = new QFileDialog(this, tr("Where to save the map"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix());
    dialog->selectFile(QFileInfo(m_path->text()).fileName());
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void ExportDialog::say(const QString& sentence, bool bad) {
    dressAs(m_message, "role", bad ? "error" : "dim");
    m_message->setText(sentence);
}

void ExportDialog::save() {
    if (m_busy)
        return;
    QString path = m_path->text().trimmed();
    // No PDF under the name of an SVG: what the button says is written.
    if (const QString other = QFileInfo(path).suffix().toLower(); other != suffix()) {
        if (isForm(other))
            path.chop(other.size() + 1);
        path += QLatin1Char('.') + suffix();
        m_path->setText(path);
    }
    if (!QFileInfo(path).absoluteDir().exists()) {
        const QString sentence = tr("There is no folder %1.").arg(QFileInfo(path).absolutePath());
        say(sentence, true);
        emit failed(sentence);
        return;
    }
    const QString title = content().title;
    auto painted = paintSheet(MapSheet(m_ui, m_view, content()), target(), title.isEmpty() ? tr("Map") : title);
    if (!painted) {
        const QString sentence = tr("The picture cannot be made: %1.").arg(Words::sentence(painted.error().message));
        say(sentence, true);
        emit failed(sentence);
        return;
    }
    m_busy = true;
    m_save->setEnabled(false);
    m_progress->show();
    say(tr("Writing …"), false);
    onWorker(
        m_pool, this, [sheet = std::move(*painted), path] { return writeSheet(sheet, path); },
        [this, path](base::Result<void> written) {
            m_busy = false;
            m_progress->hide();
            m_save->setEnabled(true);
            if (!written) {
                const QString sentence =
                    tr("%1 cannot be written: %2.").arg(path, Words::sentence(written.error().message));
                say(sentence, true);
                emit failed(sentence);
                return;
            }
            emit saved(path);
            accept();
        });
}

void ExportDialog::print() {
    auto* printer = new QPrinter(QPrinter::HighResolution);
    printer->setPageLayout(pageOf(target()));
    printer->setDocName(printName(content().title.isEmpty() ? tr("Map") : content().title));
    auto* dialog = new QPrintDialog(printer, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Print the map"));
    QObject::connect(dialog, &QObject::destroyed, [printer] { delete printer; }); // whoever goes first
    connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), this, [this](QPrinter* to) {
        const auto printed = printSheet(MapSheet(m_ui, m_view, content()), *to);
        const QString sentence = printed
                                     ? tr("The page is with the printer.")
                                     : tr("The page cannot be printed: %1.").arg(Words::sentence(printed.error().message));
        say(sentence, !printed);
        if (!printed)
            emit failed(sentence);
    });
    dialog->open();
}

void ExportDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void ExportDialog::retranslate() {
    setWindowTitle(tr("Picture of the map"));
    m_heading->setText(tr("Picture of the map"));
    m_titleLabel->setText(tr("Title"));
    m_title->setPlaceholderText(Words::local(m_ui.desk.state().desk.county, m_ui.language));
    m_formLabel->setText(tr("Form"));
    m_form->setItemText(0, tr("PNG · a picture"));
    m_form->setItemText(1, tr("SVG · to be drawn on"));
    m_form->setItemText(2, tr("PDF · a page"));
    m_scaleLabel->setText(tr("Size"));
    for (int i = 0; i < 3; ++i)
        m_scale->setItemText(i, i == 0 ? tr("as on the screen") : tr("%1 times as sharp").arg(i + 1));
    m_paperLabel->setText(tr("Paper"));
    m_orientation->setItemText(0, tr("Landscape"));
    m_orientation->setItemText(1, tr("Portrait"));
    m_legend->setText(tr("Legend of what is seen"));
    m_furniture->setText(tr("Scale, north, time and sources"));
    m_light->setText(tr("Use the light look: better on paper"));
    m_pathLabel->setText(tr("File"));
    m_choose->setText(tr("Choose …"));
    m_print->setText(tr("Print …"));
    m_cancel->setText(tr("Cancel"));
    m_paper->setAccessibleName(m_paperLabel->text());
    m_orientation->setAccessibleName(tr("Orientation"));
    m_preview->setAccessibleName(tr("Preview"));
    m_path->setAccessibleName(m_pathLabel->text());
    m_save->setText(tr("Save the %1", "PNG, SVG or PDF").arg(suffix().toUpper()));
    later();
}

} // namespace tocsin::gui
