#include "gui/shell/dialogs.hpp"

#include "gui/shell/desk_sentences.hpp"
#include "gui/shell/pin_dialog.hpp"
#include "gui/shell/top_bar_parts.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "tocsin/model/calling.hpp"
#include "ui_shell_duty.h"
#include "ui_shell_response.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QStyle>

namespace tocsin::gui {

namespace {

constexpr int sides = 3; ///< of the sheet of keys

constexpr model::Grade kLevels[] = {model::Grade::IV, model::Grade::III, model::Grade::II, model::Grade::I};

/// Sets a dynamic property that the style sheet looks at, and makes it look.
void dress(QWidget* widget, const char* name, const char* value) {
    widget->setProperty(name, QString::fromLatin1(value));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void dressForm(const UiContext& ui, QLabel* heading, std::initializer_list<QLabel*> dim, QLabel* error,
               QPushButton* act) {
    heading->setFont(ui.theme.font(Theme::Text::title));
    for (QLabel* label : dim)
        dress(label, "role", "dim");
    dress(error, "role", "error");
    error->hide();
    dress(act, "kind", "primary");
}

} // namespace

// ---- response level

ResponseDialog::ResponseDialog(const UiContext& ui, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_form(std::make_unique<Ui::ShellResponse>()), m_callLabel(new QLabel(this)),
      m_call(new QComboBox(this)), m_callFault(new QLabel(this)) {
    m_form->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    dressForm(ui, m_form->heading, {m_form->explanation, m_form->titleLabel, m_form->reasonLabel}, m_form->error,
              m_form->act);
    const model::DeskStatus& desk = ui.desk.state().desk;
    for (int i = 0; i < 5; ++i) {
        auto* choice = new QRadioButton(this);
        choice->setMinimumHeight(28);
        if (i > 0) {
            const model::Grade grade = kLevels[i - 1];
            choice->setIcon(QIcon(Symbols::severity(grade, 20, ui.theme, devicePixelRatioF())));
            choice->setIconSize({20, 20});
            choice->setChecked(desk.responseLevel == grade);
        } else {
            choice->setChecked(!desk.responseLevel);
        }
        m_form->levels->addWidget(choice);
        m_levels.push_back(choice);
        connect(choice, &QRadioButton::toggled, this, &ResponseDialog::refresh);
    }
    m_call->setObjectName(QStringLiteral("responseCall"));
    m_callLabel->setBuddy(m_call);
    dress(m_callLabel, "role", "dim");
    m_call->addItem(QString(), QString());
    for (const auto* list : model::keptCallLists(ui.desk.state()))
        m_call->addItem(Words::plain(list->name), QString::fromStdString(list->id.toString()));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_callLabel, m_call, m_callFault}) {
        m_form->column->insertWidget(m_form->column->indexOf(m_form->error), widget);
        widget->setVisible(m_call->count() > 1);
    }
    m_callFault->setObjectName(QStringLiteral("responseCallFault"));
    m_callFault->setWordWrap(true);
    dress(m_callFault, "role", "error");
    connect(m_call, &QComboBox::currentIndexChanged, this, &ResponseDialog::refresh);
    setTabOrder(m_form->reason, m_call);
    setTabOrder(m_call, m_form->cancel);
    m_form->title->setText(Words::local(desk.responseTitle, ui.language));
    connect(m_form->title, &QLineEdit::textChanged, this, &ResponseDialog::refresh);
    connect(m_form->reason, &QLineEdit::textChanged, this, &ResponseDialog::refresh);
    connect(m_form->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_form->act, &QPushButton::clicked, this, &ResponseDialog::act);
    retranslate();
    m_form->reason->setFocus();
}

ResponseDialog::~ResponseDialog() = default;

std::optional<model::Grade> ResponseDialog::level() const {
    for (std::size_t i = 1; i < m_levels.size(); ++i) {
        if (m_levels[i]->isChecked())
            return kLevels[i - 1];
    }
    return std::nullopt;
}

void ResponseDialog::retranslate() {
    m_form->retranslateUi(this);
    m_levels[0]->setText(tr("Peacetime: no response"));
    m_callLabel->setText(tr("Then call, in turn"));
    m_call->setItemText(0, tr("nobody"));
    for (std::size_t i = 1; i < m_levels.size(); ++i)
        m_levels[i]->setText(tr("Response %1 · %2", "numeral · colour")
                                 .arg(Words::numeral(kLevels[i - 1]), Words::colour(kLevels[i - 1])));
    refresh();
}

void ResponseDialog::refresh() {
    const std::optional<model::Grade> now = m_ui.desk.state().desk.responseLevel;
    const std::optional<model::Grade> wanted = level();
    QString verb;
    if (!wanted)
        verb = tr("End the response");
    else if (!now)
        verb = tr("Start response %1").arg(Words::numeral(*wanted));
    else if (*wanted < *now)
        verb = tr("Raise to response %1").arg(Words::numeral(*wanted));
    else if (*wanted > *now)
        verb = tr("Lower to response %1").arg(Words::numeral(*wanted));
    else
        verb = tr("Keep response %1, with this title").arg(Words::numeral(*wanted));
    m_form->act->setText(verb);
    m_form->title->setEnabled(wanted.has_value());
    const auto call = chosenCall();
    const auto called = call ? call->people.size() : 0;
    const bool callable = !call || model::mayBeCalled(called);
    m_callFault->setText(callable      ? QString()
                         : called == 0 ? tr("There is nobody to call on that list now.")
                                       : tr("That list would call %1 people, and one call-down takes at most %2: begin it by itself (F12, L), where some can be taken out.")
                                             .arg(called)
                                             .arg(model::mostCalled));
    m_callFault->setVisible(!callable);
    const bool reasoned = !m_form->reason->text().trimmed().isEmpty();
    m_form->act->setEnabled(reasoned && callable && (wanted || now) && !m_ui.desk.readOnly());
    m_form->act->setToolTip(reasoned ? m_callFault->text() : tr("Write the reason first"));
}

void ResponseDialog::act() {
    desk::SetResponseLevel command;
    command.level = level();
    const model::DeskStatus& desk = m_ui.desk.state().desk;
    const QString title = m_form->title->text().trimmed();
    if (command.level) {
        // Unchanged words keep their translations.
        command.title = title == Words::local(desk.responseTitle, m_ui.language) ? desk.responseTitle
                                                                                 : base::LocalText(title.toStdString());
    }
    command.reason = m_form->reason->text().trimmed().toStdString();
    m_ui.desk.send(std::move(command), this, [this](const base::Result<desk::Done>& result) {
        if (result) {
            callDown();
            accept();
            return;
        }
        m_form->error->setText(sentenceFor(result.error()));
        m_form->error->show();
    });
}

std::optional<model::CallDown> ResponseDialog::chosenCall() const {
    const auto id = model::CallListId::parse(m_call->currentData().toString().toStdString());
    const auto& lists = m_ui.desk.state().callLists;
    const auto found = id ? lists.find(*id) : lists.end();
    if (found == lists.end())
        return std::nullopt;
    return model::callDownFrom(found->second, m_ui.desk.state(), m_ui.desk.now(), m_ui.language.toStdString());
}

void ResponseDialog::callDown() {
    // What the desk refuses of it is told by the window, and so is whose turn it is: the level itself is set.
    if (auto call = chosenCall())
        m_ui.desk.send(desk::StartCallDown{std::move(*call)});
}

void ResponseDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

// ---- duty

DutyDialog::DutyDialog(const UiContext& ui, QTimeZone zone, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_zone(std::move(zone)), m_form(std::make_unique<Ui::ShellDuty>()) {
    m_form->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    dressForm(ui, m_form->heading, {m_form->explanation, m_form->officerLabel, m_form->leaderLabel, m_form->untilLabel},
              m_form->error, m_form->act);
    const model::DeskStatus& desk = ui.desk.state().desk;
    m_form->leader->setText(QString::fromStdString(desk.leader));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(base::toUnixMicros(ui.desk.now()) / 1000, m_zone);
    m_form->until->setTime(QTime((now.time().hour() + 8) % 24, 0));
    connect(m_form->officer, &QLineEdit::textChanged, this, &DutyDialog::refresh);
    connect(m_form->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_form->act, &QPushButton::clicked, this, &DutyDialog::act);
    retranslate();
    m_form->officer->setFocus();
}

DutyDialog::~DutyDialog() = default;

void DutyDialog::retranslate() {
    m_form->retranslateUi(this);
    const model::DeskStatus& desk = m_ui.desk.state().desk;
    if (desk.onDuty.empty()) {
        m_form->heading->setText(tr("Start a shift"));
        m_form->explanation->setText(tr("From now on the log names you for what is done at this desk."));
    } else {
        m_form->heading->setText(tr("Hand over from %1").arg(QString::fromStdString(desk.onDuty)));
        m_form->explanation->setText(
            tr("Tell what is open before you leave: %1 incidents, %2 alarms waiting.")
                .arg(std::count_if(
                    m_ui.desk.state().incidents.begin(), m_ui.desk.state().incidents.end(),
                    [](const auto& incident) { return incident.second.state == model::IncidentState::open; }))
                .arg(std::count_if(m_ui.desk.state().alarms.begin(), m_ui.desk.state().alarms.end(),
                                   [](const auto& alarm) { return model::wantsAcknowledgement(alarm.second); })));
    }
    refresh();
}

void DutyDialog::refresh() {
    const QString officer = m_form->officer->text().trimmed();
    const bool handover = !m_ui.desk.state().desk.onDuty.empty();
    if (officer.isEmpty())
        m_form->act->setText(handover ? tr("Hand over") : tr("Start the shift"));
    else
        m_form->act->setText(handover ? tr("Hand over to %1").arg(officer) : tr("Start the shift of %1").arg(officer));
    m_form->act->setEnabled(!officer.isEmpty() && !m_ui.desk.readOnly());
}

base::Time DutyDialog::until() const {
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(base::toUnixMicros(m_ui.desk.now()) / 1000, m_zone);
    QDateTime end(now.date(), m_form->until->time(), m_zone);
    if (end <= now)
        end = QDateTime(now.date().addDays(1), m_form->until->time(), m_zone);
    return base::fromUnixMillis(end.toMSecsSinceEpoch());
}

/// A shift is taken by the person whose name it is: where that name has a PIN it is asked first.
void DutyDialog::act() {
    const QString officer = m_form->officer->text().trimmed();
    if (officer.toStdString() == m_ui.desk.state().desk.onDuty || !m_ui.desk.hasPin(officer) || m_ui.desk.proven(officer))
        return start();
    auto* ask = new PinDialog(m_ui, officer, PinDialog::What::give, this);
    connect(ask, &QDialog::accepted, this, &DutyDialog::start);
    ask->open();
}

void DutyDialog::start() {
    desk::StartShift command;
    command.officer = m_form->officer->text().trimmed().toStdString();
    command.leader = m_form->leader->text().trimmed().toStdString();
    command.until = until();
    m_ui.desk.send(std::move(command), this, [this](const base::Result<desk::Done>& result) {
        if (result) {
            accept();
            return;
        }
        m_form->error->setText(sentenceFor(result.error()));
        m_form->error->show();
    });
}

void DutyDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

// ---- keys

KeysDialog::KeysDialog(const UiContext& ui, const QList<Section>& sections, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    auto* heading = new QLabel(tr("Everything by keyboard"), this);
    heading->setFont(ui.theme.font(Theme::Text::title));
    column->addWidget(heading);
    auto* sheet = new QWidget(this);
    auto* grid = new QGridLayout(sheet);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    qsizetype lines = 0;
    for (const Section& section : sections)
        lines += 1 + section.actions.size();
    const int perSide = static_cast<int>((lines + sides - 1) / sides);
    int line = 0;
    const auto put = [&](QWidget* first, QWidget* second) {
        const int side = std::min(line / perSide, sides - 1);
        const int row = line - side * perSide;
        grid->addWidget(first, row, side * 3, 1, second == nullptr ? 2 : 1);
        if (second != nullptr)
            grid->addWidget(second, row, side * 3 + 1);
        ++line;
    };
    for (const Section& section : sections) {
        if (line % perSide == perSide - 1)
            ++line; // a title does not stand last, away from its keys
        auto* title = new QLabel(section.title, sheet);
        title->setFont(ui.theme.font(Theme::Text::second));
        dress(title, "role", "dim");
        put(title, nullptr);
        for (const QAction* action : section.actions) {
            auto* key = new QLabel(action->property("keyText").toString(), sheet);
            key->setFont(ui.theme.font(Theme::Text::bodyBold));
            put(key, new QLabel(action->text(), sheet));
        }
    }
    for (int side = 1; side < sides; ++side)
        grid->setColumnMinimumWidth(side * 3 - 1, 12);
    auto* scroll = new QScrollArea(this); // a small screen does not hold them all
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(sheet);
    const QSize room = parent != nullptr ? parent->window()->size() * 0.92 : QSize(1'280, 720);
    const QSize wanted = sheet->sizeHint() + QSize(24, 8);
    scroll->setMinimumSize(wanted.boundedTo(room - QSize(64, 160)));
    column->addWidget(scroll, 1);
    auto* buttons = new QHBoxLayout;
    auto* tour = new QPushButton(tr("Take the tour"), this);
    auto* close = new QPushButton(tr("Back to the desk"), this);
    dress(close, "kind", "primary");
    buttons->addWidget(tour);
    buttons->addStretch(1);
    buttons->addWidget(close);
    column->addSpacing(8);
    column->addLayout(buttons);
    connect(tour, &QPushButton::clicked, this, [this] {
        emit tourWanted();
        QDialog::close();
    });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    close->setDefault(true);
}

} // namespace tocsin::gui
