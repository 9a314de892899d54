#include "gui/resources/import_wizard.hpp"

#include "gui/resources/resource_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace tocsin::gui {

namespace {
constexpr int filePage = 0;
constexpr int columnsPage = 1;
constexpr int trialPage = 2;
constexpr int samples = 3; ///< rows shown beside each column
} // namespace

ImportWizard::ImportWizard(const UiContext& ui, ResourcesDesk& desk, QWidget* parent, ResourcesDesk::Tables what)
    : QDialog(parent), m_ui(ui), m_desk(desk), m_what(what), m_pages(new QStackedWidget(this)), m_heading(new QLabel(this)), m_file(new QLineEdit(this)),
      m_encoding(new QComboBox(this)), m_pick(new QPushButton(tr("Choose a file…"), this)), m_tables(new QComboBox(this)),
      m_columns(new QTableWidget(0, 2 + samples, this)), m_kind(new QComboBox(this)), m_datum(new QComboBox(this)), m_outcome(new QLabel(this)),
      m_faults(new QTableWidget(0, 5, this)), m_said(new QLabel(this)), m_progress(new QProgressBar(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)), m_back(new QPushButton(tr("Back"), this)), m_next(new QPushButton(this)) {
    setObjectName(QStringLiteral("importWizard"));
    setWindowTitle(title());
    setAttribute(Qt::WA_DeleteOnClose);
    m_heading->setFont(ui.theme.font(Theme::Text::title));

    auto* file = new QWidget(this);
    auto* fileForm = new QFormLayout(file);
    const QString rosters = tr("A CSV file (UTF-8, UTF-16 or GB18030) or an XLSX file whose first row names the columns. Each row is one shift: the resource's "
                               "inventory number, call sign, name or id, its beginning and end, the person, phone and role. A shift is found again by resource, "
                               "beginning and person; those that the file does not name stay.");
    const QString calls = tr("A CSV file (UTF-8, UTF-16 or GB18030) or an XLSX file whose first row names the columns. Each row is one step: the list's name, its "
                             "place, the person and phone (or a resource whose people are called), the role and the seconds to answer. A list is found again by its "
                             "name; steps that the file does not name stay.");
    auto* hint = new QLabel(what == ResourcesDesk::Tables::rosters     ? rosters
                            : what == ResourcesDesk::Tables::callLists ? calls
                            : tr("A CSV file (UTF-8, UTF-16 or GB18030) or an XLSX file whose first row names the columns. Beside NAME.csv, NAME.stock.csv, "
                               "NAME.crew.csv, NAME.duty.csv and NAME.offers.csv are read too, and in XLSX sheets so called."), file);
    hint->setWordWrap(true);
    hint->setProperty("role", QStringLiteral("dim"));
    fileForm->addRow(hint);
    auto* fileRow = new QHBoxLayout;
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(m_pick);
    fileForm->addRow(tr("File"), fileRow);
    m_encoding->addItem(tr("find out"), QString());
    for (const char* name : {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5", "windows-1252"})
        m_encoding->addItem(QString::fromLatin1(name), QString::fromLatin1(name));
    fileForm->addRow(tr("Encoding"), m_encoding);
    m_pages->addWidget(file);

    auto* columns = new QWidget(this);
    auto* columnsColumn = new QVBoxLayout(columns);
    columnsColumn->setContentsMargins(0, 0, 0, 0);
    auto* choices = new QHBoxLayout;
    const auto labelled = [&](const QString& text, QWidget* field, bool shown = true) {
        if (!shown) {
            field->hide();
            return;
        }
        auto* label = new QLabel(text, columns);
        label->setBuddy(field);
        choices->addWidget(label);
        choices->addWidget(field);
    };
    labelled(tr("Table"), m_tables);
    const bool records = what == ResourcesDesk::Tables::resources; // only they have a kind and a place
    labelled(tr("Kind of rows that say none"), m_kind, records);
    labelled(tr("Coordinates are in"), m_datum, records);
    choices->addStretch();
    columnsColumn->addLayout(choices);
    columnsColumn->addWidget(m_columns, 1);
    m_kind->addItem(tr("each row says it"), -1);
    for (int k = 0; k < model::resourceKinds; ++k)
        m_kind->addItem(Words::resourceKind(static_cast<model::ResourceKind>(k)), k);
    m_datum->addItem(QStringLiteral("WGS-84 / CGCS2000"), static_cast<int>(model::Datum::wgs84));
    m_datum->addItem(QStringLiteral("GCJ-02"), static_cast<int>(model::Datum::gcj02));
    m_datum->addItem(QStringLiteral("BD-09"), static_cast<int>(model::Datum::bd09));
    m_columns->verticalHeader()->hide();
    m_columns->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_columns->setHorizontalHeaderLabels({tr("Column"), tr("Means"), tr("Row 1"), tr("Row 2"), tr("Row 3")});
    m_columns->horizontalHeader()->setStretchLastSection(true);
    m_pages->addWidget(columns);

    auto* trial = new QWidget(this);
    auto* trialColumn = new QVBoxLayout(trial);
    trialColumn->setContentsMargins(0, 0, 0, 0);
    trialColumn->addWidget(m_outcome);
    trialColumn->addWidget(m_faults, 1);
    m_outcome->setWordWrap(true);
    m_outcome->setObjectName(QStringLiteral("importOutcome"));
    m_faults->setObjectName(QStringLiteral("importFaults"));
    m_faults->verticalHeader()->hide();
    m_faults->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_faults->setHorizontalHeaderLabels({tr("Table"), tr("Row"), tr("Column"), tr("Value"), tr("Expected")});
    m_faults->horizontalHeader()->setStretchLastSection(true);
    m_pages->addWidget(trial);

    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setProperty("role", QStringLiteral("error"));
    m_said->hide();
    m_progress->setRange(0, 1000);
    m_progress->setFormat(QStringLiteral("%p %"));
    m_next->setProperty("kind", QStringLiteral("primary"));
    m_next->setObjectName(QStringLiteral("importNext"));
    m_next->setDefault(true);
    for (auto* button : {m_cancel, m_back, m_pick})
        button->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_heading);
    column->addWidget(m_pages, 1);
    column->addWidget(m_said);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_progress, 1);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    column->addLayout(buttons);
    resize(960, 600);

    connect(m_pick, &QPushButton::clicked, this, &ImportWizard::pick);
    connect(m_tables, &QComboBox::currentIndexChanged, this, &ImportWizard::showTable);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_stop.request_stop(); });
    connect(m_back, &QPushButton::clicked, this, [this] {
        m_pages->setCurrentIndex(std::max(0, m_pages->currentIndex() - 1));
        m_said->hide();
        idle();
    });
    connect(m_next, &QPushButton::clicked, this, [this] {
        m_said->hide();
        if (m_pages->currentIndex() == filePage)
            openFile(m_file->text().trimmed());
        else if (m_pages->currentIndex() == columnsPage)
            tryOut();
        else
            take();
    });
    idle();
}

ImportWizard::~ImportWizard() {
    m_stop.request_stop();
}

void ImportWizard::busy(const QString& what) {
    m_working = true;
    m_stop = std::stop_source();
    m_progress->setValue(0);
    m_progress->setFormat(what + QStringLiteral(" %p %"));
    m_progress->show();
    m_cancel->show();
    m_next->setEnabled(false);
    m_back->setEnabled(false);
}

void ImportWizard::idle() {
    m_working = false;
    m_progress->hide();
    m_cancel->hide();
    const int page = m_pages->currentIndex();
    m_heading->setText(page == filePage ? tr("Which file") : page == columnsPage ? tr("What the columns mean") : tr("What would become of it"));
    m_next->setText(page == filePage ? tr("Read the file") : page == columnsPage ? tr("Try it out") : tr("Take the good rows"));
    m_next->setEnabled(true);
    m_back->setEnabled(page != filePage);
}

void ImportWizard::fail(const base::Error& error) {
    idle();
    m_said->setText(error.code == base::Code::cancelled ? tr("Cancelled: nothing was changed") : Words::error(error));
    m_said->show();
}

QString ImportWizard::title() const {
    switch (m_what) {
    case ResourcesDesk::Tables::resources:
        return tr("Import resources");
    case ResourcesDesk::Tables::rosters:
        return tr("Import duty rosters");
    case ResourcesDesk::Tables::callLists:
        return tr("Import call-down lists");
    }
    return {};
}

void ImportWizard::pick() {
    auto* dialog = new QFileDialog(this, title(), m_file->text(), tr("Tables (*.csv *.xlsx *.txt *.tsv);;All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_file->setText(path);
        openFile(path);
    });
    dialog->open();
}

void ImportWizard::openFile(const QString& path) {
    if (path.isEmpty()) {
        pick();
        return;
    }
    m_file->setText(path);
    busy(tr("Reading"));
    m_desk.open(path.toStdString(), m_what, m_encoding->currentData().toString(), this, [this](base::Result<ResourcesDesk::Opened> opened) {
        if (!opened) {
            fail(opened.error());
            return;
        }
        m_opened = std::move(*opened);
        m_pages->setCurrentIndex(columnsPage);
        showColumns();
        idle();
    });
}

void ImportWizard::showColumns() {
    m_tables->clear();
    for (const auto& table : m_opened.tables)
        m_tables->addItem(tr("%1 (%2 rows, %3)").arg(table.name, Words::number(static_cast<double>(table.rows), 0), m_opened.encoding));
    m_tables->setCurrentIndex(0);
    showTable(0);
}

void ImportWizard::showTable(int which) {
    if (which < 0 || which >= static_cast<int>(m_opened.tables.size()))
        return;
    auto& table = m_opened.tables[static_cast<std::size_t>(which)];
    m_columns->setRowCount(0);
    m_columns->setRowCount(static_cast<int>(table.header.size()));
    for (int i = 0; i < table.header.size(); ++i) {
        m_columns->setItem(i, 0, new QTableWidgetItem(table.header[i]));
        auto* means = new QComboBox(m_columns);
        means->addItem(tr("not used"), QString());
        for (const auto& field : table.fields)
            means->addItem(ResourceWords::field(field), field);
        means->setCurrentIndex(std::max(0, means->findData(table.mapping[i])));
        means->setAccessibleName(table.header[i]);
        connect(means, &QComboBox::currentIndexChanged, this, [this, which, i, means] {
            m_opened.tables[static_cast<std::size_t>(which)].mapping[i] = means->currentData().toString();
        });
        m_columns->setCellWidget(i, 1, means);
        for (int s = 0; s < samples && s < static_cast<int>(table.sample.size()); ++s)
            m_columns->setItem(i, 2 + s, new QTableWidgetItem(table.sample[static_cast<std::size_t>(s)].value(i)));
    }
    m_columns->resizeColumnsToContents();
}

void ImportWizard::tryOut() {
    std::vector<QStringList> mapping;
    for (const auto& table : m_opened.tables)
        mapping.push_back(table.mapping);
    std::optional<model::ResourceKind> kind;
    if (const int k = m_kind->currentData().toInt(); k >= 0)
        kind = static_cast<model::ResourceKind>(k);
    busy(tr("Trying"));
    m_desk.tryOut(std::move(mapping), static_cast<model::Datum>(m_datum->currentData().toInt()), kind, m_stop.get_token(), this,
                  [this](double part) { m_progress->setValue(static_cast<int>(part * 1000)); },
                  [this](base::Result<ResourcesDesk::Trial> trial) {
                      if (!trial) {
                          fail(trial.error());
                          return;
                      }
                      m_pages->setCurrentIndex(trialPage);
                      showTrial(*trial);
                      idle();
                      m_next->setEnabled(trial->added + trial->changed > 0);
                  });
}

void ImportWizard::showTrial(const ResourcesDesk::Trial& trial) {
    const auto number = [](std::size_t n) { return Words::number(static_cast<double>(n), 0); };
    QString text = tr("%1 rows: %2 new, %3 changed, %4 the same, %5 that cannot be taken. Nothing is changed yet.")
                       .arg(number(trial.rows), number(trial.added), number(trial.changed), number(trial.same), number(trial.bad));
    if (trial.bad > 0)
        text += QLatin1Char(' ') + tr("The bad rows are written to bad-rows.csv with the reasons.");
    m_outcome->setText(text);
    m_faults->setVisible(!trial.faults.empty());
    m_faults->setRowCount(static_cast<int>(trial.faults.size()));
    for (int i = 0; i < m_faults->rowCount(); ++i) {
        const auto& fault = trial.faults[static_cast<std::size_t>(i)];
        const QStringList cells{fault.table, QString::number(fault.row), fault.column, fault.value, Words::sentence(fault.expected.toStdString())};
        for (int c = 0; c < cells.size(); ++c)
            m_faults->setItem(i, c, new QTableWidgetItem(cells[c]));
    }
    m_faults->resizeColumnsToContents();
}

void ImportWizard::take() {
    busy(tr("Taking"));
    m_desk.take(m_stop.get_token(), this, [this](double part) { m_progress->setValue(static_cast<int>(part * 1000)); },
                [this](base::Result<ResourcesDesk::Taken> taken) {
                    if (!taken) {
                        fail(taken.error());
                        return;
                    }
                    idle();
                    QString text = tr("%1 records were taken.").arg(Words::number(static_cast<double>(taken->taken), 0));
                    if (taken->cancelled)
                        text += QLatin1Char(' ') + tr("Cancelled: the rest was not taken.");
                    if (!taken->badFile.isEmpty())
                        text += QLatin1Char(' ') + tr("The bad rows are in %1.").arg(taken->badFile);
                    m_heading->setText(tr("Done"));
                    m_outcome->setText(text);
                    m_faults->setVisible(!taken->refused.empty());
                    m_faults->setRowCount(static_cast<int>(taken->refused.size()));
                    for (int i = 0; i < m_faults->rowCount(); ++i) {
                        const auto& [name, why] = taken->refused[static_cast<std::size_t>(i)];
                        m_faults->setItem(i, 3, new QTableWidgetItem(name));
                        m_faults->setItem(i, 4, new QTableWidgetItem(why));
                    }
                    m_next->setText(tr("Close"));
                    // This alone: the style sheet listens for the button's end too.
                    disconnect(m_next, &QPushButton::clicked, this, nullptr);
                    connect(m_next, &QPushButton::clicked, this, &QDialog::accept);
                    m_back->hide();
                });
}

} // namespace tocsin::gui
