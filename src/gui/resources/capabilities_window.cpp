#include "tocsin/gui/capabilities_window.hpp"

#include "gui/resources/typing_model.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QStyle>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <tuple>

namespace tocsin::gui {

using model::TypingColumn;
using model::TypingTable;

namespace {

constexpr int wrongWidth = 260;

/// Widths that show the usual texts; the rest is a tooltip and scrolls.
int widthOf(TypingColumn column) {
    switch (column) {
    case TypingColumn::code: case TypingColumn::capability: return 150;
    case TypingColumn::gbt: case TypingColumn::kind: case TypingColumn::supply: return 120;
    case TypingColumn::nims: return 220;
    default: return 180;
    }
}

} // namespace

CapabilitiesWindow::CapabilitiesWindow(const UiContext& ui, CapabilitiesDesk& desk, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_desk(desk), m_draft(new TypingDraft(this)), m_heading(new QLabel(this)), m_tabs(new QTabWidget(this)),
      m_faults(new QLabel(this)), m_next(new QPushButton(this)), m_said(new QLabel(this)), m_again(new QPushButton(this)),
      m_save(new QPushButton(this)) {
    setObjectName(QStringLiteral("capabilitiesWindow"));
    makePage(m_pages[0], TypingTable::capabilities, QStringLiteral("capabilities"));
    makePage(m_pages[1], TypingTable::codes, QStringLiteral("codes"));
    build();
    connect(m_draft, &TypingDraft::checked, this, &CapabilitiesWindow::enable);
    connect(m_next, &QPushButton::clicked, this, &CapabilitiesWindow::nextFault);
    connect(m_again, &QPushButton::clicked, this, &CapabilitiesWindow::askAndRead);
    connect(m_save, &QPushButton::clicked, this, &CapabilitiesWindow::save);
    connect(m_tabs, &QTabWidget::currentChanged, this, &CapabilitiesWindow::enable);
    retranslate();
    read();
}

CapabilitiesWindow::~CapabilitiesWindow() = default;

void CapabilitiesWindow::makePage(Page& page, TypingTable which, const QString& name) {
    page.widget = new QWidget(this);
    page.model = new TypingModel(m_ui, *m_draft, which, this);
    page.rows = new TypingRows(*page.model, this);
    page.rows->setSourceModel(page.model);
    page.filter = new QLineEdit(page.widget);
    page.filter->setObjectName(name + QStringLiteral("Filter"));
    page.filter->setClearButtonEnabled(true);
    page.hint = new QLabel(page.widget);
    page.hint->setProperty("role", QStringLiteral("dim"));
    page.hint->setWordWrap(true);
    page.view = new QTableView(page.widget);
    page.view->setObjectName(name + QStringLiteral("Table"));
    page.view->setModel(page.rows);
    page.view->setItemDelegate(new TypingDelegate(*m_draft, *page.model, page.view));
    page.view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    page.view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed |
                               QAbstractItemView::SelectedClicked);
    page.view->setWordWrap(false);
    page.view->setTabKeyNavigation(false);
    page.view->verticalHeader()->hide();
    page.view->verticalHeader()->setDefaultSectionSize(28);
    page.view->horizontalHeader()->setHighlightSections(false);
    page.view->horizontalHeader()->setStretchLastSection(true);
    for (int section = 0; section < page.model->columnCount(); ++section)
        page.view->setColumnWidth(section, section == TypingModel::wrongSection ? wrongWidth : widthOf(page.model->columnAt(section)));
    page.empty = new QLabel(page.widget);
    page.empty->setProperty("role", QStringLiteral("dim"));
    page.empty->setAlignment(Qt::AlignCenter);
    page.empty->setWordWrap(true);
    const auto button = [&](const char* what) {
        auto* made = new QPushButton(page.widget);
        made->setObjectName(name + QString::fromLatin1(what));
        made->setAutoDefault(false);
        return made;
    };
    page.add = button("Add");
    page.remove = button("Remove");
    page.import = button("Import");
    page.exports = button("Export");
    auto* column = new QVBoxLayout(page.widget);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    column->addWidget(page.hint);
    column->addWidget(page.filter);
    column->addWidget(page.view, 1);
    column->addWidget(page.empty, 1);
    auto* below = new QHBoxLayout;
    for (auto* one : {page.add, page.remove, page.import, page.exports})
        below->addWidget(one);
    below->addStretch(1);
    column->addLayout(below);

    connect(page.filter, &QLineEdit::textChanged, this, [this, &page](const QString& text) {
        page.rows->showThoseWith(text.trimmed());
        enable();
    });
    connect(page.view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CapabilitiesWindow::enable);
    connect(page.add, &QPushButton::clicked, this, &CapabilitiesWindow::addRow);
    connect(page.remove, &QPushButton::clicked, this, &CapabilitiesWindow::removeRows);
    connect(page.import, &QPushButton::clicked, this, &CapabilitiesWindow::importFile);
    connect(page.exports, &QPushButton::clicked, this, &CapabilitiesWindow::exportFile);
}

void CapabilitiesWindow::build() {
    m_heading->setFont(m_ui.theme.font(Theme::Text::title));
    m_tabs->setObjectName(QStringLiteral("capabilityTabs"));
    m_tabs->setDocumentMode(true);
    for (auto& page : m_pages)
        m_tabs->addTab(page.widget, QString());
    m_faults->setObjectName(QStringLiteral("capabilityFaults"));
    m_faults->setWordWrap(true);
    m_faults->setTextFormat(Qt::PlainText);
    m_next->setObjectName(QStringLiteral("nextCapabilityFault"));
    m_said->setObjectName(QStringLiteral("capabilitiesSaid"));
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_again->setObjectName(QStringLiteral("readCapabilities"));
    m_save->setObjectName(QStringLiteral("saveCapabilities"));
    m_save->setProperty("kind", QStringLiteral("primary"));
    for (auto* button : {m_next, m_again, m_save})
        button->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(6);
    column->addWidget(m_heading);
    column->addWidget(m_tabs, 1);
    auto* wrong = new QHBoxLayout;
    wrong->addWidget(m_faults, 1);
    wrong->addWidget(m_next);
    column->addLayout(wrong);
    auto* last = new QHBoxLayout;
    last->addWidget(m_said, 1);
    last->addWidget(m_again);
    last->addWidget(m_save);
    column->addLayout(last);
    resize(1180, 660);
}

void CapabilitiesWindow::retranslate() {
    setWindowTitle(tr("Capabilities and codes"));
    m_heading->setText(tr("Capabilities and codes"));
    m_tabs->setTabText(0, tr("Capabilities"));
    m_tabs->setTabText(1, tr("Codes of GB/T 38565"));
    m_pages[0].hint->setText(tr("What teams, plans and needs ask for, by its code; what each level asks for; the type of team in FEMA's library that it is like; "
                                "its code of GB/T 38565. Records are found by all of them."));
    m_pages[1].hint->setText(tr("Codes of GB/T 38565-2020, seven digits, and what each stands for here: a capability, a kind of resource, or the county's own "
                                "code of a supply. With none of these it is the supply's code itself."));
    m_pages[0].view->setAccessibleName(tr("Capabilities"));
    m_pages[1].view->setAccessibleName(tr("Codes of GB/T 38565"));
    for (auto& page : m_pages) {
        page.filter->setPlaceholderText(tr("Show rows with these letters"));
        page.filter->setAccessibleName(tr("Filter the rows"));
        page.add->setText(tr("Add a row"));
        page.remove->setText(tr("Remove the rows"));
        page.import->setText(tr("Import…"));
        page.exports->setText(tr("Export…"));
        page.model->retranslate();
    }
    m_next->setText(tr("Next error"));
    m_again->setText(tr("Read again"));
    m_save->setText(tr("Save"));
    enable();
}

void CapabilitiesWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void CapabilitiesWindow::keyPressEvent(QKeyEvent* event) {
    auto& now = page();
    if (event->matches(QKeySequence::Save)) {
        endEditing();
        save();
    } else if (event->matches(QKeySequence::Find)) {
        now.filter->setFocus();
        now.filter->selectAll();
    } else if (event->matches(QKeySequence::New)) {
        addRow();
    } else if (event->key() == Qt::Key_Delete && event->modifiers() == Qt::ControlModifier) {
        removeRows();
    } else if (event->key() == Qt::Key_Escape && now.filter->hasFocus() && !now.filter->text().isEmpty()) {
        now.filter->clear();
    } else if (event->key() == Qt::Key_J && event->modifiers() == Qt::ControlModifier) {
        nextFault();
    } else {
        QDialog::keyPressEvent(event);
    }
}

bool CapabilitiesWindow::isDirty() const {
    return m_draft->isDirty();
}

void CapabilitiesWindow::reject() {
    if (!isDirty()) {
        QDialog::reject();
        return;
    }
    auto* ask = new QMessageBox(QMessageBox::Question, windowTitle(), tr("The changed tables are not saved."), QMessageBox::NoButton, this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    auto* drop = ask->addButton(tr("Discard changes"), QMessageBox::DestructiveRole);
    ask->setDefaultButton(ask->addButton(tr("Go on editing"), QMessageBox::RejectRole));
    connect(drop, &QPushButton::clicked, this, [this] { QDialog::reject(); });
    ask->open();
}

CapabilitiesWindow::Page& CapabilitiesWindow::page() {
    return m_pages[m_tabs->currentIndex() == 1 ? 1 : 0];
}

void CapabilitiesWindow::endEditing() {
    // The focus leaves the cell's editor, which takes what was typed.
    if (auto* inside = focusWidget(); inside != nullptr && page().view->isAncestorOf(inside))
        page().view->setFocus();
}

void CapabilitiesWindow::read() {
    m_waiting = true;
    enable();
    m_desk.read(this, [this](base::Result<CapabilitiesDesk::Tables> tables) {
        m_waiting = false;
        m_read = tables.has_value();
        if (tables) {
            m_draft->set(std::move(*tables), m_desk.uses());
            say({});
        } else {
            say(tr("config.toml cannot be read: %1").arg(Words::error(tables.error())), true);
        }
        enable();
    });
}

void CapabilitiesWindow::askAndRead() {
    if (!isDirty()) {
        read();
        return;
    }
    auto* ask = new QMessageBox(QMessageBox::Question, windowTitle(), tr("The changed tables are not saved."), QMessageBox::NoButton, this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    auto* drop = ask->addButton(tr("Discard changes"), QMessageBox::DestructiveRole);
    ask->setDefaultButton(ask->addButton(tr("Go on editing"), QMessageBox::RejectRole));
    connect(drop, &QPushButton::clicked, this, &CapabilitiesWindow::read);
    ask->open();
}

void CapabilitiesWindow::save() {
    if (!m_save->isEnabled())
        return;
    m_draft->setUses(m_desk.uses());
    if (!m_draft->isGood()) {
        nextFault();
        say(tr("Nothing is saved while something is wrong."), true);
        return;
    }
    m_waiting = true;
    say(tr("Saving…"));
    enable();
    m_desk.save(m_draft->seen(), m_draft->tables(), this, [this](const base::Result<void>& done) {
        m_waiting = false;
        if (done) {
            m_draft->set(m_draft->tables(), m_desk.uses());
            say(tr("Saved and in force"));
        } else if (done.error().code == base::Code::conflict) {
            say(tr("Somebody else has changed these tables in config.toml meanwhile: nothing is saved. Export yours to keep them, then read again."), true);
        } else {
            say(Words::refusal(done.error()), true);
        }
        enable();
    });
}

void CapabilitiesWindow::goTo(Page& page, int row, int section, bool edit) {
    m_tabs->setCurrentWidget(page.widget);
    const auto source = page.model->index(row, section);
    if (!page.rows->mapFromSource(source).isValid())
        page.filter->clear();
    const auto shown = page.rows->mapFromSource(source);
    page.view->setCurrentIndex(shown);
    page.view->scrollTo(shown);
    page.view->setFocus();
    if (edit)
        page.view->edit(shown);
}

void CapabilitiesWindow::addRow() {
    auto& now = page();
    if (!now.add->isEnabled())
        return;
    now.filter->clear();
    m_draft->add(now.model->which());
    goTo(now, now.model->rowCount() - 1, 0, true);
}

void CapabilitiesWindow::removeRows() {
    auto& now = page();
    if (!now.remove->isEnabled())
        return;
    std::set<std::size_t> rows;
    for (const auto& index : now.view->selectionModel()->selectedIndexes())
        rows.insert(static_cast<std::size_t>(now.rows->mapToSource(index).row()));
    QStringList kept;
    if (now.model->which() == TypingTable::capabilities) {
        m_draft->setUses(m_desk.uses());
        for (const auto row : rows) {
            if (const auto* use = m_draft->usedBy(row))
                kept << tr("%1 cannot be removed: %2.")
                            .arg(QString::fromStdString(m_draft->cell(TypingTable::capabilities, row, TypingColumn::code)),
                                 TypingWords::kept(*use, m_ui.language));
        }
    }
    if (!kept.isEmpty()) { // all or nothing
        say(kept.join(QLatin1Char('\n')), true);
        return;
    }
    const int first = static_cast<int>(*rows.begin());
    m_draft->remove(now.model->which(), rows);
    say({});
    if (const int last = now.rows->rowCount(); last > 0)
        now.view->setCurrentIndex(now.rows->index(std::min(first, last - 1), 0));
}

void CapabilitiesWindow::importFile() {
    const auto which = page().model->which();
    auto* dialog = new QFileDialog(this, tr("Import rows"), QString(), tr("Tables (*.csv *.txt *.xlsx);;All files (*)"));
    dialog->setAcceptMode(QFileDialog::AcceptOpen);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, which](const QString& path) {
        m_waiting = true;
        enable();
        m_desk.importFrom(path.toStdString(), which, m_draft->tables(), this, [this](base::Result<CapabilitiesDesk::Tables> tables) {
            m_waiting = false;
            if (tables) {
                m_draft->take(std::move(*tables));
                say(tr("The file's rows stand in the table; nothing is saved yet. Rows that it does not have have stayed."));
            } else {
                say(tr("The file is not taken: %1").arg(Words::error(tables.error())), true);
            }
            enable();
        });
    });
    dialog->open();
}

void CapabilitiesWindow::exportFile() {
    const auto which = page().model->which();
    auto* dialog = new QFileDialog(this, tr("Export the table"), QString(), tr("CSV (*.csv)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(which == TypingTable::codes ? QStringLiteral("gbt38565.csv") : QStringLiteral("capabilities.csv"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, which](const QString& path) {
        m_desk.exportTo(path.toStdString(), which, m_draft->tables(), this, [this, path](const base::Result<void>& written) {
            if (written)
                say(tr("Written: %1").arg(path));
            else
                say(Words::error(written.error()), true);
        });
    });
    dialog->open();
}

/// After the current cell, in the order of the pages, and round.
void CapabilitiesWindow::nextFault() {
    using At = std::tuple<int, int, int>; // page, row, section
    std::set<At> all;
    for (const auto& fault : m_draft->faults()) {
        const int at = fault.table == TypingTable::codes ? 1 : 0;
        all.emplace(at, static_cast<int>(fault.row), m_pages[static_cast<std::size_t>(at)].model->sectionOf(fault.column));
    }
    for (const auto row : m_draft->renamed())
        all.emplace(0, static_cast<int>(row), 0);
    if (all.empty())
        return;
    const auto current = page().rows->mapToSource(page().view->currentIndex());
    auto next = all.upper_bound({m_tabs->currentIndex(), current.row(), current.column()});
    if (next == all.end())
        next = all.begin();
    goTo(m_pages[static_cast<std::size_t>(std::get<0>(*next))], std::get<1>(*next), std::get<2>(*next), false);
}

void CapabilitiesWindow::enable() {
    const bool may = !m_ui.desk.readOnly() && !m_waiting && m_read;
    for (auto& one : m_pages) {
        one.model->setEditable(may);
        one.add->setEnabled(may);
        one.import->setEnabled(may);
        one.exports->setEnabled(m_read);
        one.remove->setEnabled(may && one.view->selectionModel()->hasSelection());
        one.view->setColumnHidden(TypingModel::wrongSection, m_draft->isGood());
        const bool none = one.rows->rowCount() == 0;
        one.view->setVisible(!none);
        one.empty->setVisible(none);
        one.empty->setText(!m_read                     ? m_waiting ? tr("Reading…") : QString()
                           : one.model->rowCount() > 0 ? tr("No row has these letters. Esc in the filter empties it.")
                                                       : tr("The table is empty: add a row, or import one."));
    }
    const auto wrong = m_draft->faults().size() + m_draft->renamed().size();
    m_faults->setText(wrong == 0   ? QString()
                      : wrong == 1 ? tr("1 error is marked in its cell. Ctrl+J goes there.")
                                   : tr("%1 errors are marked in their cells. Ctrl+J goes to the next one.").arg(wrong));
    m_next->setVisible(wrong > 0);
    m_again->setEnabled(!m_waiting);
    m_save->setEnabled(may && isDirty());
}

void CapabilitiesWindow::say(const QString& sentence, bool bad) {
    m_said->setProperty("role", bad ? QStringLiteral("error") : QStringLiteral("dim"));
    m_said->style()->unpolish(m_said);
    m_said->style()->polish(m_said);
    m_said->setText(sentence);
}

} // namespace tocsin::gui
