#include "tocsin/gui/resources_window.hpp"

#include "gui/resources/ask_dialog.hpp"
#include "gui/resources/import_wizard.hpp"
#include "gui/resources/inventory_print.hpp"
#include "gui/resources/resource_form.hpp"
#include "gui/resources/resource_history.hpp"
#include "gui/resources/resource_table.hpp"
#include "gui/resources/resource_words.hpp"
#include "gui/resources/table_files.hpp"
#include "gui/tools/register_layout.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int soonMs = 60;
constexpr std::size_t mostAtOnce = 5'000; ///< the desk takes no more in one command
} // namespace

ResourcesWindow::ResourcesWindow(const UiContext& ui, ResourcesDesk& resources, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_desk(resources), m_table(new ResourceTable(ui, resources, this)), m_heading(new QLabel(this)),
      m_hint(new QLabel(this)), m_search(new QLineEdit(this)), m_kind(new QComboBox(this)), m_status(new QComboBox(this)),
      m_attention(new QComboBox(this)), m_view(new QTableView(this)), m_empty(new QLabel(this)), m_count(new QLabel(this)),
      m_new(new QPushButton(this)), m_setStatus(new QPushButton(this)), m_stock(new QPushButton(this)), m_counted(new QPushButton(this)),
      m_checked(new QPushButton(this)), m_bulk(new QPushButton(this)), m_retire(new QPushButton(this)), m_roster(new QPushButton(this)),
      m_import(new QPushButton(this)), m_export(new QPushButton(this)), m_print(new QPushButton(this)), m_typing(new QPushButton(this)), m_tabs(new QTabWidget(this)),
      m_form(new ResourceForm(ui, resources, this)), m_history(new ResourceHistory(ui, this)), m_said(new QLabel(this)),
      m_discard(new QPushButton(this)), m_save(new QPushButton(this)) {
    setObjectName(QStringLiteral("resourcesWindow"));
    build();
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &ResourcesWindow::look);
    connect(m_search, &QLineEdit::textChanged, &m_soon, qOverload<>(&QTimer::start));
    for (auto* box : {m_kind, m_status, m_attention})
        connect(box, &QComboBox::currentIndexChanged, this, &ResourcesWindow::look);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ResourcesWindow::enable);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ResourcesWindow::choose);
    connect(m_form, &ResourceForm::edited, this, &ResourcesWindow::enable);
    connect(m_save, &QPushButton::clicked, this, &ResourcesWindow::save);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        m_form->show(m_form->seen());
        say({});
        enable();
    });
    connect(m_setStatus, &QPushButton::clicked, this, [this] { ResourceDialogs::status(m_ui, chosen(), this); });
    connect(m_stock, &QPushButton::clicked, this, [this] { ResourceDialogs::stock(m_ui, chosen().front(), this); });
    connect(m_counted, &QPushButton::clicked, this, [this] { ResourceDialogs::count(m_ui, chosen().front(), this); });
    connect(m_checked, &QPushButton::clicked, this, [this] { ResourceDialogs::check(m_ui, chosen().front(), this); });
    connect(m_bulk, &QPushButton::clicked, this, [this] { ResourceDialogs::bulk(m_ui, chosen(), this); });
    connect(m_retire, &QPushButton::clicked, this, [this] { ResourceDialogs::retire(m_ui, chosen(), this); });
    connect(m_roster, &QPushButton::clicked, this, [this] { emit rosterWanted(m_form->seen().id); });
    connect(m_import, &QPushButton::clicked, this, &ResourcesWindow::importFile);
    connect(m_export, &QPushButton::clicked, this, &ResourcesWindow::exportFile);
    connect(m_print, &QPushButton::clicked, this, &ResourcesWindow::print);
    connect(m_typing, &QPushButton::clicked, this, &ResourcesWindow::capabilitiesWanted);
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (isVisible() && !changes.alarms.empty())
            count(); // a status that is overdue is told by an alarm, and by no change of the record
        if (!changes.all && changes.resources.empty())
            return;
        m_table->take(changes);
        // New and retired ones, and those whose state a filter asks for; typing is not disturbed for each of a flood.
        m_soon.start(changes.resources.size() > 1 ? 500 : soonMs);
        if (!m_form->isDirty() && (changes.all || changes.resources.contains(m_form->seen().id)))
            choose();
    });
    connect(&ui.theme, &Theme::changed, m_table, &ResourceTable::retranslate);
    retranslate();
    look();
}

ResourcesWindow::~ResourcesWindow() = default;

void ResourcesWindow::build() {
    m_search->setObjectName(QStringLiteral("resourceSearch"));
    m_search->setClearButtonEnabled(true);
    m_view->setObjectName(QStringLiteral("resourceTable"));
    m_attention->setObjectName(QStringLiteral("resourceAttention"));
    m_save->setObjectName(QStringLiteral("saveResource"));
    m_typing->setObjectName(QStringLiteral("openCapabilities"));
    m_said->setObjectName(QStringLiteral("resourcesSaid"));
    m_empty->setObjectName(QStringLiteral("resourcesEmpty"));
    m_count->setObjectName(QStringLiteral("resourcesCount"));
    m_heading->setFont(m_ui.theme.font(Theme::Text::title));
    m_hint->setProperty("role", QStringLiteral("dim"));
    m_hint->setWordWrap(true);
    m_count->setProperty("role", QStringLiteral("dim"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setProperty("role", QStringLiteral("dim"));
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_save->setProperty("kind", QStringLiteral("primary"));
    m_view->setModel(m_table);
    setUpRegister(*m_view);
    for (auto* button : {m_new, m_setStatus, m_stock, m_counted, m_checked, m_bulk, m_retire, m_roster, m_import, m_export, m_print, m_typing,
                         m_discard, m_save})
        button->setAutoDefault(false);
    for (int k = -1; k < model::resourceKinds; ++k)
        m_kind->addItem(QString(), k);
    for (int s = -1; s < model::resourceStatuses; ++s)
        m_status->addItem(QString(), s);
    for (int a = 0; a < 7; ++a)
        m_attention->addItem(QString(), a);

    auto* left = new QWidget(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(16, 0, 8, 0);
    leftColumn->setSpacing(6);
    auto* filters = new QHBoxLayout;
    filters->addWidget(m_search, 1);
    filters->addWidget(m_kind);
    filters->addWidget(m_status);
    filters->addWidget(m_attention);
    leftColumn->addLayout(filters);
    leftColumn->addWidget(m_view, 1);
    leftColumn->addWidget(m_empty, 1);
    leftColumn->addWidget(m_count);
    auto* acts = new QHBoxLayout;
    for (auto* button : {m_new, m_setStatus, m_stock, m_counted, m_checked, m_bulk, m_retire})
        acts->addWidget(button);
    acts->addStretch();
    leftColumn->addLayout(acts);
    auto* files = new QHBoxLayout;
    for (auto* button : {m_import, m_export, m_print, m_roster, m_typing})
        files->addWidget(button);
    files->addStretch();
    leftColumn->addLayout(files);

    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_form, QString());
    m_tabs->addTab(m_history, QString());
    auto* right = new QWidget(this);
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 16, 0);
    rightColumn->addWidget(m_tabs, 1);
    rightColumn->addWidget(m_said);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_discard);
    buttons->addWidget(m_save);
    rightColumn->addLayout(buttons);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ResourcesWindow::history);

    layOutRegister(*this, {m_heading, m_hint}, left, right);
    resize(1240, 720);
}

void ResourcesWindow::retranslate() {
    setWindowTitle(tr("Resource database"));
    m_heading->setText(tr("Resource database"));
    m_hint->setText(tr("Teams, vehicles, stock, shelters, hospitals, experts, enterprises, volunteers and partners. Who goes where is decided at the incidents."));
    m_search->setPlaceholderText(tr("Find by any word: name, call sign, number, place, person, phone, supply"));
    m_search->setAccessibleName(tr("Find a resource"));
    m_kind->setItemText(0, tr("All kinds"));
    for (int k = 0; k < model::resourceKinds; ++k)
        m_kind->setItemText(k + 1, Words::resourceKind(static_cast<model::ResourceKind>(k)));
    m_status->setItemText(0, tr("Any status"));
    for (int s = 0; s < model::resourceStatuses; ++s)
        m_status->setItemText(s + 1, Words::resourceStatus(static_cast<model::ResourceStatus>(s)));
    const QStringList only{tr("All records"), tr("Needs attention"), tr("Short stock"), tr("Expiring within 30 days"), tr("Check or maintenance due"),
                           tr("Old position or count"), tr("Status overdue")};
    for (int i = 0; i < only.size(); ++i)
        m_attention->setItemText(i, only[i]);
    m_kind->setAccessibleName(tr("Kind"));
    m_status->setAccessibleName(tr("Status"));
    m_attention->setAccessibleName(tr("What needs attention"));
    m_view->setAccessibleName(tr("Resources"));
    m_new->setText(tr("New"));
    m_setStatus->setText(tr("Status…"));
    m_stock->setText(tr("Stock…"));
    m_counted->setText(tr("Count…"));
    m_checked->setText(tr("Check…"));
    m_bulk->setText(tr("Change all…"));
    m_retire->setText(tr("Retire…"));
    m_roster->setText(tr("Duty rosters"));
    m_import->setText(tr("Import…"));
    m_export->setText(tr("Export…"));
    m_print->setText(tr("Print the inventory…"));
    m_typing->setText(tr("Capabilities and codes…"));
    m_tabs->setTabText(0, tr("Record"));
    m_tabs->setTabText(1, tr("History"));
    m_discard->setText(tr("Discard changes"));
    m_save->setText(tr("Save"));
    auto* menu = new QMenu(m_new);
    for (int k = 0; k < model::resourceKinds; ++k)
        menu->addAction(Symbols::icon(Symbols::forResourceKind(static_cast<model::ResourceKind>(k)), m_ui.theme.colours().dim),
                        Words::resourceKind(static_cast<model::ResourceKind>(k)), this,
                        [this, k] { newRecord(static_cast<model::ResourceKind>(k)); });
    delete m_new->menu();
    m_new->setMenu(menu);
    m_form->retranslate();
    m_history->retranslate();
    m_table->retranslate();
    count();
    enable();
}

void ResourcesWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void ResourcesWindow::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Save)) {
        save();
        return;
    }
    if (event->matches(QKeySequence::Find)) {
        m_search->setFocus();
        m_search->selectAll();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_search->hasFocus() && !m_search->text().isEmpty()) {
        m_search->clear();
        return;
    }
    const bool goesOn = event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (goesOn && m_search->hasFocus() && m_table->rowCount() > 0) { // from what was looked for to what was found
        m_view->setFocus();
        if (m_view->selectionModel()->selectedRows().isEmpty())
            m_view->selectRow(0);
        return;
    }
    if (event->matches(QKeySequence::New)) {
        m_new->showMenu();
        return;
    }
    QDialog::keyPressEvent(event);
}

bool ResourcesWindow::isDirty() const {
    return m_form->isDirty();
}

void ResourcesWindow::reject() {
    if (!isDirty()) {
        QDialog::reject();
        return;
    }
    auto* ask = new QMessageBox(QMessageBox::Question, windowTitle(), tr("The changed record is not saved."), QMessageBox::NoButton, this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    auto* drop = ask->addButton(tr("Discard changes"), QMessageBox::DestructiveRole);
    ask->setDefaultButton(ask->addButton(tr("Go on editing"), QMessageBox::RejectRole));
    connect(drop, &QPushButton::clicked, this, [this] { QDialog::reject(); });
    ask->open();
}

void ResourcesWindow::look() {
    m_soon.stop();
    ResourceTable::Ask ask;
    if (const int k = m_kind->currentData().toInt(); k >= 0)
        ask.kind = static_cast<model::ResourceKind>(k);
    if (const int s = m_status->currentData().toInt(); s >= 0)
        ask.status = static_cast<model::ResourceStatus>(s);
    ask.only = static_cast<ResourceTable::Only>(m_attention->currentData().toInt());
    const int question = ++m_question;
    const auto show = [this](ResourceTable::Ask what) {
        const auto kept = m_table->at(m_view->currentIndex().row());
        const auto id = kept == nullptr ? model::ResourceId() : kept->id;
        const bool kindChanged = m_table->asked().kind != what.kind;
        {
            // The form keeps its record: only a person's own choice changes it.
            const QSignalBlocker quiet(m_view->selectionModel());
            m_table->show(std::move(what));
            if (const int row = m_table->rowOf(id); row >= 0)
                m_view->selectRow(row);
        }
        if (kindChanged || m_view->columnWidth(0) < 150) {
            m_view->resizeColumnsToContents(); // of the rows in view only
            m_view->setColumnWidth(0, 230);
        }
        count();
        enable();
    };
    const QString text = m_search->text().trimmed();
    if (text.isEmpty()) {
        show(std::move(ask));
        return;
    }
    m_desk.search(text, ask.kind, this, [this, question, ask, show](ResourcesDesk::Found found) mutable {
        if (question != m_question)
            return; // a newer one was asked
        ask.found = std::move(found.ids);
        show(std::move(ask));
    });
}

void ResourcesWindow::count() {
    const bool none = m_table->rowCount() == 0;
    const auto& all = m_ui.desk.state().resources;
    const bool nothing = std::none_of(all.begin(), all.end(), [](const auto& item) { return !item.second.retired; });
    m_view->setVisible(!none);
    m_empty->setVisible(none);
    m_empty->setText(nothing ? tr("The database is empty. Import a table (CSV or XLSX), or press New to write the first record.")
                             : tr("No record fits. Change the words or the filters; Esc in the search empties it."));
    const QString records = tr("%1 of %2 records").arg(Words::number(m_table->rowCount(), 0), Words::number(static_cast<double>(all.size()), 0));
    const auto overdue = std::count_if(all.begin(), all.end(), [now = m_ui.desk.now()](const auto& item) { return model::isStatusOverdue(item.second, now); });
    m_count->setText(overdue == 0 ? records : tr("%1 · statuses overdue: %2", "records, how many").arg(records, Words::number(static_cast<double>(overdue), 0)));
}

std::vector<model::ResourceId> ResourcesWindow::chosen() const {
    std::vector<model::ResourceId> out;
    for (const auto& index : m_view->selectionModel()->selectedRows()) {
        if (const auto* r = m_table->at(index.row()))
            out.push_back(r->id);
    }
    return out;
}

void ResourcesWindow::enable() {
    const auto rows = m_view->selectionModel()->selectedRows();
    const bool may = !m_ui.desk.readOnly();
    const bool any = may && !rows.isEmpty() && static_cast<std::size_t>(rows.size()) <= mostAtOnce;
    const bool one = may && rows.size() == 1;
    m_new->setEnabled(may);
    m_setStatus->setEnabled(any);
    m_stock->setEnabled(one);
    m_counted->setEnabled(one);
    m_checked->setEnabled(one);
    m_bulk->setEnabled(any);
    m_retire->setEnabled(any);
    m_import->setEnabled(may);
    m_save->setEnabled(may && m_form->isDirty());
    m_discard->setEnabled(m_form->isDirty());
    m_form->setReadOnly(!may);
}

void ResourcesWindow::choose() {
    const auto* r = m_table->at(m_view->currentIndex().row());
    if (m_form->isDirty()) {
        if (r != nullptr && r->id != m_form->seen().id)
            say(tr("The changed record is not saved: save or discard it to see another."), true);
        return;
    }
    if (r == nullptr)
        m_form->clear();
    else
        m_form->show(*r);
    say({});
    history();
    enable();
}

void ResourcesWindow::history() {
    m_history->show(m_tabs->currentWidget() == m_history ? m_form->seen().id : model::ResourceId());
}

void ResourcesWindow::select(model::ResourceId id) {
    if (m_table->rowOf(id) < 0) {
        const QSignalBlocker quiet(m_search);
        m_search->clear();
        m_kind->setCurrentIndex(0);
        m_status->setCurrentIndex(0);
        m_attention->setCurrentIndex(0);
        look();
    }
    if (const int row = m_table->rowOf(id); row >= 0) {
        m_view->selectRow(row);
        m_view->scrollTo(m_table->index(row, 0), QAbstractItemView::PositionAtCenter);
    }
}

void ResourcesWindow::newRecord(model::ResourceKind kind) {
    if (m_form->isDirty()) {
        say(tr("The changed record is not saved: save or discard it to see another."), true);
        return;
    }
    model::Resource fresh;
    fresh.kind = kind;
    m_view->clearSelection();
    m_form->show(fresh);
    m_tabs->setCurrentIndex(0);
    if (auto* name = m_form->findChild<QLineEdit*>(QStringLiteral("field-name")))
        name->setFocus();
    say(tr("A new record: at least a name and coordinates."));
}

void ResourcesWindow::save() {
    if (!m_form->isDirty() || m_ui.desk.readOnly())
        return;
    QStringList faults;
    auto record = m_form->record(faults);
    if (record.name.empty())
        faults.prepend(tr("A name is expected"));
    if (record.position == model::Position{})
        faults << tr("Coordinates are expected");
    if (!faults.isEmpty()) {
        say(faults.join(QLatin1Char('\n')), true);
        return;
    }
    desk::PutResources command;
    command.how = "edit";
    if (!record.id.isNull())
        command.seen.push_back(m_form->seen());
    command.resources.push_back(record);
    m_save->setEnabled(false);
    m_ui.desk.send(std::move(command), this, [this, record](const base::Result<desk::Done>& done) {
        if (!done) {
            say(Words::refusal(done.error()), true);
            enable();
            return;
        }
        const auto id = done->ids.empty() ? std::optional(record.id) : model::ResourceId::parse(done->ids.front());
        const auto& all = m_ui.desk.state().resources;
        auto shown = record;
        if (id) {
            shown.id = *id;
            if (const auto it = all.find(*id); it != all.end())
                shown = it->second;
        }
        m_form->show(shown);
        say(tr("Saved"));
        look();
        enable();
    });
}

void ResourcesWindow::importFile() {
    auto* wizard = new ImportWizard(m_ui, m_desk, this);
    connect(wizard, &QDialog::finished, this, &ResourcesWindow::look);
    wizard->open();
}

void ResourcesWindow::exportFile() {
    TableFiles::askWhere(tr("Export the records that are listed"), this, [this](std::filesystem::path file) {
        say(tr("Exporting…"));
        m_desk.exportTo(std::move(file), m_table->ids(), this, [this](const base::Result<QStringList>& written) {
            TableFiles::tell(written, [this](const QString& sentence, bool bad) { say(sentence, bad); });
        });
    });
}

void ResourcesWindow::print() {
    printInventory(m_ui, m_table->ids(), this);
}

void ResourcesWindow::say(const QString& sentence, bool bad) {
    m_said->setProperty("role", bad ? QStringLiteral("error") : QStringLiteral("dim"));
    m_said->style()->unpolish(m_said);
    m_said->style()->polish(m_said);
    m_said->setText(sentence);
    m_said->setVisible(!sentence.isEmpty());
}

} // namespace tocsin::gui
