#include "gui/dispatch/call_lists.hpp"

#include "gui/dispatch/dispatch_page.hpp"
#include "gui/resources/table_files.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/calling.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int listIdRole = Qt::UserRole;
} // namespace

CallListsDialog::CallListsDialog(const UiContext& ui, std::function<void(model::CallListId)> start, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_start(std::move(start)), m_list(new QListWidget(this)), m_steps(new QLabel(this)),
      m_empty(emptyLabel(ui, "callListsEmpty", this)), m_new(pageButton("callListNew", "", this)),
      m_change(pageButton("callListChange", "", this)), m_remove(pageButton("callListRemove", "", this)),
      m_import(pageButton("callListsImport", "", this)), m_export(pageButton("callListsExport", "", this)),
      m_begin(pageButton("callListStart", "primary", this)), m_said(new QLabel(this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("callListsDialog"));
    setWindowTitle(tr("Call-down lists"));
    m_list->setObjectName(QStringLiteral("callLists"));
    m_list->setAccessibleName(tr("Call-down lists"));
    m_steps->setObjectName(QStringLiteral("callListSteps"));
    m_steps->setTextFormat(Qt::PlainText);
    m_steps->setWordWrap(true);
    m_empty->setText(tr("No list is kept yet. Press Insert to enter one: who is called in which order, and how long each has to answer."));
    m_new->setText(tr("New… (Insert)"));
    m_change->setText(tr("Change… (F2)"));
    m_remove->setText(tr("Remove… (Del)"));
    m_begin->setText(tr("Start… (Enter)"));
    m_import->setText(tr("Import…"));
    m_export->setText(tr("Export…"));
    m_import->setVisible(ui.tables != nullptr);
    m_export->setVisible(ui.tables != nullptr);
    m_said->setObjectName(QStringLiteral("callListsSaid"));
    m_said->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true);
    m_said->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    column->addWidget(m_list, 2);
    column->addWidget(m_empty, 2);
    column->addWidget(m_steps);
    column->addWidget(m_said);
    auto* row = new QHBoxLayout;
    for (auto* button : {m_new, m_change, m_remove})
        row->addWidget(button);
    row->addStretch();
    for (auto* button : {m_import, m_export, m_begin})
        row->addWidget(button);
    column->addLayout(row);
    resize(760, 480);
    connect(m_list, &QListWidget::currentItemChanged, this, &CallListsDialog::tell);
    connect(m_new, &QPushButton::clicked, this, [this] { edit({}); });
    connect(m_change, &QPushButton::clicked, this, [this] {
        if (const auto* list = current())
            edit(*list);
    });
    connect(m_remove, &QPushButton::clicked, this, &CallListsDialog::remove);
    connect(m_import, &QPushButton::clicked, this, [this] { TableFiles::importInto(m_ui, ResourcesDesk::Tables::callLists, this); });
    connect(m_export, &QPushButton::clicked, this, [this] {
        TableFiles::exportAll(m_ui, ResourcesDesk::Tables::callLists, this, [this](const QString& sentence, bool bad) { say(sentence, bad); });
    });
    connect(m_begin, &QPushButton::clicked, this, [this] {
        const auto* list = current();
        if (list == nullptr)
            return;
        const auto id = list->id;
        accept();
        m_start(id);
    });
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || !changes.callLists.empty())
            refresh();
    });
    refresh();
    m_list->setFocus();
}

void CallListsDialog::keyPressEvent(QKeyEvent* event) {
    const auto press = [](QPushButton* button) {
        if (button->isEnabled())
            button->click();
    };
    switch (event->key()) {
    case Qt::Key_Insert:
        return press(m_new);
    case Qt::Key_F2:
        return press(m_change);
    case Qt::Key_Delete:
        return press(m_remove);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return press(m_begin);
    default:
        QDialog::keyPressEvent(event);
    }
}

const model::CallList* CallListsDialog::current() const {
    const auto* item = m_list->currentItem();
    const auto id = item == nullptr ? std::nullopt : model::CallListId::parse(item->data(listIdRole).toString().toStdString());
    const auto& all = m_ui.desk.state().callLists;
    const auto found = id ? all.find(*id) : all.end();
    return found == all.end() ? nullptr : &found->second;
}

void CallListsDialog::refresh() {
    const auto kept = model::keptCallLists(m_ui.desk.state());
    {
        const QSignalBlocker quiet(m_list);
        const QString before = m_list->currentItem() == nullptr ? QString() : m_list->currentItem()->data(listIdRole).toString();
        m_list->clear();
        for (const auto* list : kept) {
            auto* item = new QListWidgetItem(tr("%1 · %2 steps", "name, count").arg(Words::plain(list->name)).arg(list->steps.size()), m_list);
            item->setData(listIdRole, QString::fromStdString(list->id.toString()));
            if (item->data(listIdRole).toString() == before)
                m_list->setCurrentItem(item);
        }
        if (m_list->currentItem() == nullptr && m_list->count() > 0)
            m_list->setCurrentRow(0);
    }
    m_list->setVisible(!kept.empty());
    m_empty->setVisible(kept.empty());
    tell();
}

void CallListsDialog::tell() {
    const auto* list = current();
    const bool may = !m_ui.desk.readOnly();
    m_new->setEnabled(may);
    m_import->setEnabled(may);
    m_export->setEnabled(!model::keptCallLists(m_ui.desk.state()).empty());
    for (auto* button : {m_change, m_remove, m_begin})
        button->setEnabled(may && list != nullptr);
    QStringList lines;
    if (list != nullptr) {
        for (const auto& person : model::callDownFrom(*list, m_ui.desk.state(), m_ui.desk.now(), m_ui.language.toStdString()).people)
            lines << tr("%1, %2: %3", "name, phone, minutes")
                         .arg(Words::plain(person.name), person.phone.empty() ? tr("no number") : Words::plain(person.phone),
                              Words::eta(person.wait));
    }
    const qsizetype people = lines.size();
    constexpr qsizetype mostLines = 8;
    if (lines.size() > mostLines)
        lines = lines.mid(0, mostLines) << tr("and %1 more").arg(lines.size() - mostLines);
    QString said = lines.isEmpty() ? QString() : tr("Now these would be called, in this order:\n%1").arg(lines.join(QLatin1Char('\n')));
    if (people > static_cast<qsizetype>(model::mostCalled))
        said += QLatin1Char('\n') + tr("These are %1 people, and one call-down takes at most %2: some are to be taken out before it begins.")
                                        .arg(people)
                                        .arg(model::mostCalled);
    m_steps->setText(said);
}

void CallListsDialog::edit(const model::CallList& list) {
    auto* form = new CallListForm(m_ui, list, this);
    form->open();
}

void CallListsDialog::say(const QString& sentence, bool bad) {
    m_said->setProperty("role", bad ? QStringLiteral("error") : QStringLiteral("dim"));
    m_said->style()->unpolish(m_said);
    m_said->style()->polish(m_said);
    m_said->setText(sentence);
    m_said->setVisible(!sentence.isEmpty());
}

void CallListsDialog::remove() {
    const auto* list = current();
    if (list == nullptr)
        return;
    LineDialog::Question question;
    question.title = tr("Remove the call-down list %1?").arg(Words::quoted(Words::plain(list->name)));
    question.label = tr("Reason");
    question.act = tr("Remove it");
    question.grave = true;
    auto* dialog = new LineDialog(
        m_ui, question,
        [this, id = list->id](AskingDialog& asked, const QString& reason) {
            asked.ask(m_ui.desk, desk::RemoveCallList{id, reason.toStdString()}, [this](const base::Result<desk::Done>& done) {
                if (!done)
                    say(Words::refusal(done.error()), true);
            });
        },
        this);
    dialog->open();
}

} // namespace tocsin::gui
