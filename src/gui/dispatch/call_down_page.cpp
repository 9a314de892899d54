#include "gui/dispatch/call_down_page.hpp"

#include "gui/dispatch/call_lists.hpp"
#include "gui/dispatch/dispatch_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int idRole = Qt::UserRole;
constexpr int phonePx = 34; ///< read from a metre away, with a receiver in the hand
} // namespace

CallDownPage::CallDownPage(const UiContext& ui, QWidget* parent)
    : DispatchPage(ui, parent), m_list(new QListWidget(this)), m_title(new QLabel(this)), m_turn(new QLabel(this)),
      m_phone(new QLabel(this)), m_left(new QLabel(this)), m_people(new QTableWidget(this)),
      m_empty(emptyLabel(ui, "callDownEmpty", this)), m_detail(new QWidget(this)),
      m_new(pageButton("callDownNew", "primary", this)),
      m_lists(pageButton("callDownLists", "", this)), m_answered(pageButton("callDownAnswered", "primary", this)),
      m_noAnswer(pageButton("callDownNoAnswer", "", this)), m_end(pageButton("callDownEnd", "", this)) {
    m_list->setObjectName(QStringLiteral("callDownList"));
    m_people->setObjectName(QStringLiteral("callDownPeople"));
    m_turn->setObjectName(QStringLiteral("callDownTurn"));
    m_phone->setObjectName(QStringLiteral("callDownPhone"));
    m_left->setObjectName(QStringLiteral("callDownLeft"));
    for (auto* label : {m_title, m_turn, m_phone, m_left})
        label->setTextFormat(Qt::PlainText);
    m_title->setFont(ui.theme.font(Theme::Text::title));
    m_title->setWordWrap(true);
    m_turn->setFont(ui.theme.font(Theme::Text::clock));
    QFont large = ui.theme.font(Theme::Text::clock);
    large.setPixelSize(phonePx);
    m_phone->setFont(large);
    m_phone->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_left->setFont(ui.theme.font(Theme::Text::rowBold));
    m_people->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_people->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_people->setSelectionMode(QAbstractItemView::SingleSelection);
    m_people->verticalHeader()->setVisible(false);
    m_people->setColumnCount(6);
    m_people->horizontalHeader()->setStretchLastSection(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_new);
    row->addWidget(m_lists);
    row->addStretch();
    row->addWidget(m_answered);
    row->addWidget(m_noAnswer);
    row->addWidget(m_end);
    column->addLayout(row);
    auto* inside = new QVBoxLayout(m_detail);
    inside->setContentsMargins(16, 8, 16, 8);
    inside->addWidget(m_title);
    inside->addSpacing(6);
    inside->addWidget(m_turn);
    inside->addWidget(m_phone);
    inside->addWidget(m_left);
    inside->addSpacing(6);
    inside->addWidget(m_people, 1);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_list);
    split->addWidget(m_detail);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 3);
    split->setSizes({320, 900});
    split->setChildrenCollapsible(false);
    column->addWidget(m_empty, 1);
    column->addWidget(split, 1);
    connect(m_list, &QListWidget::currentItemChanged, this, &CallDownPage::choose);
    connect(m_new, &QPushButton::clicked, this, [this] { begin(); });
    connect(m_lists, &QPushButton::clicked, this, &CallDownPage::lists);
    connect(m_answered, &QPushButton::clicked, this, &CallDownPage::answered);
    connect(m_noAnswer, &QPushButton::clicked, this, &CallDownPage::noAnswer);
    connect(m_end, &QPushButton::clicked, this, &CallDownPage::end);
    // A list takes plain letters to look for names: here they are acts.
    m_list->installEventFilter(this);
    m_people->installEventFilter(this);
}

void CallDownPage::takeFocus() {
    // Where nobody is being called the keys still have somewhere to go.
    if (m_list->isVisibleTo(this))
        m_list->setFocus();
    else
        m_new->setFocus();
}

void CallDownPage::retranslate() {
    m_new->setText(tr("New call-down…"));
    m_lists->setText(tr("Lists… (L)"));
    m_answered->setText(tr("Answered (A)"));
    m_noAnswer->setText(tr("No answer (N)"));
    m_end->setText(tr("End it…"));
    m_list->setAccessibleName(tr("Call-downs"));
    m_people->setAccessibleName(tr("People on the list"));
    m_people->setHorizontalHeaderLabels({tr("Name"), tr("Role"), tr("Phone"), tr("Turn from"), tr("Answered"), tr("Said")});
    m_empty->setText(tr("Nobody is being called. Begin a call-down: people are called in turn until one, by name, has answered. L shows the lists that are kept for it."));
    refresh();
}

bool CallDownPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && (watched == m_list || watched == m_people)) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_A || key->key() == Qt::Key_N || key->key() == Qt::Key_L) && key->modifiers() == Qt::NoModifier) {
            keyPressEvent(static_cast<QKeyEvent*>(event));
            return true;
        }
    }
    return DispatchPage::eventFilter(watched, event);
}

void CallDownPage::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_A && m_answered->isEnabled())
        return answered();
    if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_N && m_noAnswer->isEnabled())
        return noAnswer();
    if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_L)
        return lists();
    DispatchPage::keyPressEvent(event);
}

void CallDownPage::refresh() {
    std::vector<const model::CallDown*> all;
    for (const auto& [id, list] : m_ui.desk.state().callDowns)
        all.push_back(&list);
    // Those that wait for somebody first, then the newest.
    std::stable_sort(all.begin(), all.end(), [](const auto* a, const auto* b) {
        const auto rank = [](const auto* list) {
            return list->state == model::CallDownState::exhausted ? 0 : list->state == model::CallDownState::running ? 1 : 2;
        };
        return rank(a) != rank(b) ? rank(a) < rank(b) : a->startedAt > b->startedAt;
    });
    m_empty->setVisible(all.empty());
    m_detail->parentWidget()->setVisible(!all.empty());
    {
        const QSignalBlocker quiet(m_list);
        const QString kept = m_list->currentItem() == nullptr ? QString() : m_list->currentItem()->data(idRole).toString();
        while (m_list->count() > static_cast<int>(all.size()))
            delete m_list->takeItem(m_list->count() - 1);
        while (m_list->count() < static_cast<int>(all.size()))
            m_list->addItem(QString());
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto* item = m_list->item(static_cast<int>(i));
            const QString id = QString::fromStdString(all[i]->id.toString());
            item->setData(idRole, id);
            item->setText(tr("%1\n%2 · %3", "title, when, state")
                              .arg(Words::plain(all[i]->title), Words::moment(all[i]->startedAt, m_ui.desk.now(), m_ui.language),
                                   DispatchWords::callDownState(*all[i])));
            if (id == kept)
                m_list->setCurrentItem(item);
        }
        if (m_list->currentItem() == nullptr && m_list->count() > 0)
            m_list->setCurrentRow(0);
    }
    choose();
}

const model::CallDown* CallDownPage::current() const {
    const auto* item = m_list->currentItem();
    const auto id = item == nullptr ? std::nullopt : model::CallDownId::parse(item->data(idRole).toString().toStdString());
    const auto& all = m_ui.desk.state().callDowns;
    const auto found = id ? all.find(*id) : all.end();
    return found == all.end() ? nullptr : &found->second;
}

int CallDownPage::person() const {
    const auto* list = current();
    const int chosen = m_people->selectionModel()->hasSelection() ? m_people->currentRow() : -1;
    return chosen >= 0 ? chosen : (list == nullptr ? 0 : list->at);
}

void CallDownPage::choose() {
    const auto* list = current();
    const bool open = list != nullptr && (list->state == model::CallDownState::running || list->state == model::CallDownState::exhausted);
    const bool may = open && !m_ui.desk.readOnly();
    m_new->setEnabled(!m_ui.desk.readOnly());
    for (auto* button : {m_answered, m_noAnswer, m_end})
        button->setEnabled(may);
    if (list == nullptr)
        return;
    QStringList about{Words::plain(list->title)};
    if (list->incident)
        about << DispatchWords::incident(m_ui.desk.state(), *list->incident, m_ui.language);
    if (list->resource)
        about << DispatchWords::resource(m_ui.desk.state(), *list->resource, m_ui.language);
    m_title->setText(about.join(QStringLiteral(" · ")));
    const auto at = static_cast<std::size_t>(std::clamp(list->at, 0, static_cast<int>(list->people.size()) - 1));
    const auto& one = list->people[at];
    const auto now = m_ui.desk.now();
    switch (list->state) {
    case model::CallDownState::running:
        m_turn->setText(one.role.empty() ? tr("Call now: %1").arg(Words::plain(one.name))
                                         : tr("Call now: %1, %2", "name, role").arg(Words::plain(one.name), Words::plain(one.role)));
        m_phone->setText(one.phone.empty() ? tr("no number") : Words::plain(one.phone));
        m_left->setText(list->nextAt ? tr("%1 left, then the next one's turn (%2 of %3)")
                                           .arg(Words::age(*list->nextAt - now))
                                           .arg(at + 1)
                                           .arg(list->people.size())
                                     : QString());
        break;
    case model::CallDownState::exhausted:
        m_turn->setText(model::turnsPassed(*list) > 0 ? tr("At its end: not all were called") : tr("Nobody has answered"));
        m_phone->setText({});
        m_left->setText(tr("Choose whom to call again, or end it and begin another list."));
        break;
    case model::CallDownState::answered: {
        m_turn->setText(tr("%1 has answered").arg(Words::plain(list->answeredBy)));
        m_phone->setText({});
        const auto who = std::find_if(list->people.begin(), list->people.end(),
                                      [](const auto& person) { return person.answeredAt.has_value(); });
        m_left->setText(who == list->people.end() ? QString()
                                                  : tr("At %1: %2").arg(Words::clock(*who->answeredAt), Words::plain(who->result)));
        break;
    }
    case model::CallDownState::ended:
        m_turn->setText(tr("Ended"));
        m_phone->setText({});
        m_left->setText({});
        break;
    }
    const int row = m_people->selectionModel()->hasSelection() ? m_people->currentRow() : -1;
    m_people->setRowCount(static_cast<int>(list->people.size()));
    for (std::size_t i = 0; i < list->people.size(); ++i) {
        const auto& person = list->people[i];
        const bool turn = list->state == model::CallDownState::running && i == at;
        const QString cells[] = {(turn ? QStringLiteral("▶ ") : QString()) + Words::plain(person.name),
                                 Words::plain(person.role),
                                 Words::plain(person.phone),
                                 person.askedAt ? Words::clock(*person.askedAt) : QString(),
                                 person.answeredAt ? Words::clock(*person.answeredAt) : QString(),
                                 person.result == model::noAnswer     ? tr("no answer")
                                 : person.result == model::turnPassed ? tr("turn passed, nobody said that they were called")
                                                                      : Words::plain(person.result)};
        for (int c = 0; c < 6; ++c) {
            auto* item = m_people->item(static_cast<int>(i), c);
            if (item == nullptr) {
                item = new QTableWidgetItem;
                m_people->setItem(static_cast<int>(i), c, item);
            }
            item->setText(cells[c]);
            item->setFont(m_ui.theme.font(turn ? Theme::Text::bodyBold : Theme::Text::body));
        }
    }
    if (row >= 0 && row < m_people->rowCount())
        m_people->selectRow(row);
    if (m_people->columnWidth(0) < 150) {
        constexpr int widths[] = {190, 150, 170, 90, 90};
        for (int c = 0; c < 5; ++c)
            m_people->setColumnWidth(c, widths[c]);
    }
}

void CallDownPage::answered() {
    const auto* list = current();
    if (list == nullptr)
        return;
    const int n = person();
    LineDialog::Question question;
    question.title = tr("%1 has answered").arg(Words::plain(list->people[static_cast<std::size_t>(n)].name));
    question.explanation = tr("The name, the time and what was said go into the duty log as the proof.");
    question.label = tr("What was said");
    question.act = tr("Write it down");
    question.needed = true;
    auto* dialog = new LineDialog(m_ui, question,
                                  [this, id = list->id, n](AskingDialog& asked, const QString& text) {
                                      asked.ask(m_ui.desk, desk::AnswerCallDown{id, n, true, text.toStdString()}, telling({}));
                                  },
                                  this);
    dialog->open();
}

void CallDownPage::noAnswer() {
    if (const auto* list = current()) {
        send(desk::AnswerCallDown{list->id, person(), false, {}});
        m_people->clearSelection();
    }
}

void CallDownPage::end() {
    const auto* list = current();
    if (list == nullptr)
        return;
    LineDialog::Question question;
    question.title = tr("End the call-down %1?").arg(Words::quoted(Words::plain(list->title)));
    question.label = tr("Reason");
    question.act = tr("End it");
    question.needed = true;
    question.grave = true;
    auto* dialog = new LineDialog(
        m_ui, question,
        [this, id = list->id](AskingDialog& asked, const QString& reason) {
            asked.ask(m_ui.desk, desk::EndCallDown{id, reason.toStdString()}, telling({}));
        },
        this);
    dialog->open();
}

void CallDownPage::begin(std::optional<model::CallListId> list) {
    auto* form = new CallDownForm(m_ui, [this](model::CallDown started) { send(desk::StartCallDown{std::move(started)}); }, this);
    if (list)
        form->choose(*list);
    form->open();
}

void CallDownPage::lists() {
    auto* dialog = new CallListsDialog(m_ui, [this](model::CallListId id) { begin(id); }, this);
    dialog->open();
}

} // namespace tocsin::gui
