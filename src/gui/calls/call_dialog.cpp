#include "tocsin/gui/call_dialog.hpp"

#include "gui/calls/call_dialog_impl.hpp"
#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

namespace tocsin::gui {

namespace {

constexpr int pauseMs = 400;      ///< of no key, after which the draft is written
constexpr int lookMs = 180;       ///< after which the same is looked for
constexpr int sideWidth = 320;
constexpr int scrollBarWidth = 12;

} // namespace

CallDialog::Impl::Impl(CallDialog& self, Parts&& given, CallDraft&& begun)
    : q(self), parts(std::move(given)), draft(std::move(begun)) {
    build();
    addKeys();
    pause.setSingleShot(true);
    pause.setInterval(pauseMs);
    looking.setSingleShot(true);
    looking.setInterval(lookMs);
    connect(&pause, &QTimer::timeout, &q, [this] { keep(); });
    connect(&looking, &QTimer::timeout, &q, [this] { look(); });
    connect(&seconds, &QTimer::timeout, &q, [this] { tick(); });
    seconds.start(1'000);
    connect(form, &CallForm::changed, &q, [this] { changed(); });
    connect(&form->place(), &PlaceField::placed, &q, &CallDialog::placed);
    connect(&form->place(), &PlaceField::mapWanted, &q, &CallDialog::mapWanted);
    connect(same, &LikenessList::sameChanged, &q, [this] {
        nameButtons();
        if (same->same())
            recordButton->setFocus(Qt::OtherFocusReason); // Enter once more records it
    });
    connect(&parts.ui.desk, &DeskBridge::changed, &q, [this](const Changes& changes) {
        if (changes.all || !changes.reports.empty() || !changes.incidents.empty() || !changes.alarms.empty())
            looking.start();
    });
    connect(&parts.ui.theme, &Theme::changed, &q, [this] { words(); });
    if (parts.drafts) {
        connect(parts.drafts.get(), &CallDrafts::failed, &q, [this](const QString& id, const QString& reason) {
            if (id == draft.id)
                say(CallDialog::tr("What you type cannot be kept on disk: %1").arg(reason));
        });
        connect(parts.drafts.get(), &CallDrafts::saved, &q, [this](const QString& id) {
            if (id == draft.id && !busy)
                say({});
        });
    }
    words();
    look();
    form->place().line().setFocus();
}

void CallDialog::Impl::build() {
    q.setObjectName(QStringLiteral("callDialog"));
    q.setModal(false);
    q.setSizeGripEnabled(true);
    auto* column = new QVBoxLayout(&q);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    title = new QLabel(&q);
    title->setFont(parts.ui.theme.font(Theme::Text::title));
    title->setTextFormat(Qt::PlainText);
    clock = new QLabel(&q);
    clock->setObjectName(QStringLiteral("callClock"));
    clock->setFont(parts.ui.theme.font(Theme::Text::clock));
    head->addWidget(title, 1);
    head->addWidget(clock);
    column->addLayout(head);

    auto* body = new QHBoxLayout;
    body->setSpacing(16);
    scroll = new QScrollArea(&q);
    scroll->setObjectName(QStringLiteral("callFormScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* inner = new QWidget(scroll);
    auto* pad = new QVBoxLayout(inner);
    pad->setContentsMargins(1, 1, 10, 1);
    form = new CallForm(parts.ui, {parts.search, parts.knowledge.address, parts.near}, draft, inner);
    form->place().mapButton().setVisible(parts.mayPoint);
    pad->addWidget(form);
    scroll->setWidget(inner);
    body->addWidget(scroll, 1);
    auto* side = new QVBoxLayout;
    side->setSpacing(6);
    buildSide(*side);
    auto* sideBox = new QWidget(&q);
    sideBox->setFixedWidth(sideWidth);
    side->setContentsMargins(0, 0, 0, 0);
    sideBox->setLayout(side);
    body->addWidget(sideBox);
    column->addLayout(body, 1);
    column->addWidget(hairLine(&q));
    buildFoot(*column);
}

void CallDialog::Impl::buildSide(QVBoxLayout& side) {
    askTitle = sectionLabel(parts.ui.theme, &q);
    questions = textLabel(parts.ui.theme, &q);
    questions->setObjectName(QStringLiteral("callQuestions"));
    questions->setFont(parts.ui.theme.font(Theme::Text::row));
    sameTitle = sectionLabel(parts.ui.theme, &q);
    same = new LikenessList(parts.ui, &q);
    side.addWidget(askTitle);
    side.addWidget(questions);
    side.addSpacing(8);
    side.addWidget(sameTitle);
    side.addWidget(same);
    side.addStretch(1);
}

void CallDialog::Impl::buildFoot(QVBoxLayout& column) {
    state = textLabel(parts.ui.theme, &q, true);
    state->setObjectName(QStringLiteral("callState"));
    column.addWidget(state);
    acts = new QWidget(&q);
    auto* row = new QHBoxLayout(acts);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    openButton = new KeyButton(acts);
    openButton->setObjectName(QStringLiteral("callOpenButton"));
    openButton->dress(parts.ui.theme, QStringLiteral("Ctrl+⇧+↵"));
    recordButton = new KeyButton(acts);
    recordButton->setObjectName(QStringLiteral("callRecordButton"));
    recordButton->dress(parts.ui.theme, QStringLiteral("Ctrl+↵"), "primary");
    row->addStretch(1);
    row->addWidget(openButton);
    row->addWidget(recordButton);
    column.addWidget(acts);
    leaving = new QWidget(&q);
    leaving->setObjectName(QStringLiteral("callLeaving"));
    auto* ask = new QHBoxLayout(leaving);
    ask->setContentsMargins(0, 0, 0, 0);
    ask->setSpacing(8);
    leavingText = textLabel(parts.ui.theme, leaving);
    const auto button = [this](const QString& key, const char* kind) {
        auto* made = new KeyButton(leaving);
        made->dress(parts.ui.theme, key, kind);
        return made;
    };
    stayButton = button(QStringLiteral("Esc"), nullptr);
    dropButton = button({}, nullptr);
    keepButton = button({}, "primary");
    stayButton->setObjectName(QStringLiteral("callStayButton"));
    dropButton->setObjectName(QStringLiteral("callDropButton"));
    keepButton->setObjectName(QStringLiteral("callKeepButton"));
    ask->addWidget(leavingText, 1);
    for (QPushButton* each : {stayButton, dropButton, keepButton})
        ask->addWidget(each);
    column.addWidget(leaving);
    leaving->hide();
    connect(recordButton, &QPushButton::clicked, &q, &CallDialog::record);
    connect(openButton, &QPushButton::clicked, &q, &CallDialog::recordAndOpen);
    connect(stayButton, &QPushButton::clicked, &q, [this] { this->ask(false); });
    connect(dropButton, &QPushButton::clicked, &q, [this] { leave(false); });
    connect(keepButton, &QPushButton::clicked, &q, [this] { leave(true); });
}

void CallDialog::Impl::addKeys() {
    const auto on = [this](const QKeySequence& key, auto act) {
        connect(new QShortcut(key, &q), &QShortcut::activated, &q, act);
    };
    for (const Qt::Key enter : {Qt::Key_Return, Qt::Key_Enter}) {
        on(QKeySequence(QKeyCombination(Qt::ControlModifier, enter)), [this] { q.record(); });
        on(QKeySequence(QKeyCombination(Qt::ControlModifier | Qt::ShiftModifier, enter)), [this] { q.recordAndOpen(); });
    }
    for (const char section : {'W', 'T', 'H', 'N', 'C', 'M'})
        on(QKeySequence(QStringLiteral("Alt+") + QLatin1Char(section)), [this, section] { form->goTo(section); });
    for (int number = 0; number <= 9; ++number)
        on(QKeySequence(QStringLiteral("Alt+%1").arg(number)), [this, number] { form->chooseCategory(number); });
    on(QKeySequence(QStringLiteral("Alt+S")), [this] { same->focusFirst(); });
    if (parts.mayPoint)
        on(QKeySequence(QStringLiteral("Alt+P")), [this] { emit q.mapWanted(); });
}

void CallDialog::Impl::words() {
    const base::Time now = parts.ui.desk.now();
    const QString moment = Words::moment(draft.startedAt, now, parts.ui.language);
    title->setText(draft.amends ? CallDialog::tr("Amend the call of %1").arg(moment) : CallDialog::tr("Call of %1").arg(moment));
    askTitle->setText(CallDialog::tr("Ask"));
    sameTitle->setText(CallDialog::tr("Perhaps the same (Alt+S)"));
    leavingText->setText(draft.amends ? CallDialog::tr("The changes are not recorded yet.")
                                      : CallDialog::tr("The call is not recorded yet."));
    stayButton->setText(CallDialog::tr("Go on"));
    dropButton->setText(draft.amends ? CallDialog::tr("Discard the changes") : CallDialog::tr("Discard the call"));
    keepButton->setText(CallDialog::tr("Keep as a draft"));
    clock->setToolTip(CallDialog::tr("How long the call has been going on"));
    form->words();
    // Never narrower than the words of the language: nothing is cut off at the form's right.
    scroll->setMinimumWidth(scroll->widget()->minimumSizeHint().width() + scrollBarWidth);
    same->words();
    nameButtons();
    tick();
}

// ---- the dialog

CallDialog::CallDialog(Parts parts, QWidget* parent)
    : CallDialog(std::move(parts), CallDraft{}, parent) {}

CallDialog::CallDialog(Parts parts, CallDraft draft, QWidget* parent) : QDialog(parent) {
    if (draft.id.isEmpty())
        draft = CallDraft::begun(parts.ui.desk.now());
    m_impl = std::make_unique<Impl>(*this, std::move(parts), std::move(draft));
    resize(1'080, 628);
}

CallDialog::~CallDialog() {
    m_impl->keep();
}

const QString& CallDialog::callId() const {
    return m_impl->draft.id;
}

bool CallDialog::isEmpty() const {
    return m_impl->draft.empty();
}

void CallDialog::place(const model::Position& position) {
    m_impl->form->place().place(position);
}

void CallDialog::record() {
    m_impl->record(false);
}

void CallDialog::recordAndOpen() {
    m_impl->record(true);
}

void CallDialog::reject() {
    m_impl->form->read(m_impl->draft);
    const bool untouched = m_impl->draft.amends && !m_impl->touched;
    if (m_impl->over || m_impl->draft.empty() || untouched) {
        if (!m_impl->over && m_impl->parts.drafts && !untouched)
            m_impl->parts.drafts->remove(m_impl->draft.id);
        m_impl->over = true;
        QDialog::reject();
    } else {
        m_impl->ask(m_impl->leaving->isHidden()); // Escape once more goes on
    }
}

bool CallDialog::event(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && m_impl)
        m_impl->words();
    return QDialog::event(event);
}

} // namespace tocsin::gui
