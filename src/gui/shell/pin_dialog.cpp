#include "gui/shell/pin_dialog.hpp"

#include "tocsin/base/pin_record.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

namespace tocsin::gui {

PinDialog::PinDialog(const UiContext& ui, QString name, What what, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_name(std::move(name)), m_what(what), m_title(new QLabel(this)), m_note(new QLabel(this)),
      m_pin(what == What::set ? nullptr : addField("pinNow")), m_fresh(what == What::give ? nullptr : addField("pinFresh")),
      m_again(what == What::give ? nullptr : addField("pinAgain")), m_error(new QLabel(this)), m_later(new QPushButton(this)),
      m_act(new QPushButton(this)) {
    setObjectName(QStringLiteral("pinDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(460);
    m_title->setFont(ui.theme.font(Theme::Text::title));
    m_error->setObjectName(QStringLiteral("pinError"));
    m_error->setProperty("role", QStringLiteral("error"));
    for (auto* label : {m_title, m_note, m_error}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // a name is anybody's
    }
    m_later->setObjectName(QStringLiteral("pinLater"));
    m_later->setAutoDefault(false);
    m_act->setObjectName(QStringLiteral("pinAct"));
    m_act->setProperty("kind", QStringLiteral("primary"));
    m_act->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_note);
    for (auto* field : {m_pin, m_fresh, m_again})
        if (field != nullptr)
            column->addWidget(field);
    column->addWidget(m_error);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(m_later);
    foot->addWidget(m_act);
    column->addLayout(foot);
    m_error->hide();
    connect(m_later, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, &PinDialog::act);
    words();
    (m_pin != nullptr ? m_pin : m_fresh)->setFocus();
}

QLineEdit* PinDialog::addField(const char* name) {
    auto* field = new QLineEdit(this);
    field->setObjectName(QLatin1String(name));
    field->setEchoMode(QLineEdit::Password);
    field->setMaxLength(static_cast<int>(base::mostInPin));
    connect(field, &QLineEdit::textChanged, this, &PinDialog::refresh);
    return field;
}

void PinDialog::words() {
    switch (m_what) {
    case What::give:
        m_title->setText(tr("PIN of %1").arg(m_name));
        m_note->setText(tr("This name has a PIN. Until it is given here, nobody sees contacts or approves a plan under it at this window."));
        m_act->setText(tr("Give the PIN"));
        break;
    case What::set:
        m_title->setText(tr("A PIN for %1").arg(m_name));
        m_note->setText(tr("4 to 12 digits or letters. From then on whoever wants to be %1, at any window, is asked for it. Who forgets it has "
                           "the county's administrator set another.")
                            .arg(m_name));
        m_act->setText(tr("Set the PIN"));
        break;
    case What::change:
        m_title->setText(tr("Another PIN for %1").arg(m_name));
        m_note->setText(tr("The old one first, then the new one twice. Left empty, the new one takes the PIN away: anybody may then be %1 by "
                           "typing the name.")
                            .arg(m_name));
        m_act->setText(tr("Change the PIN"));
        break;
    }
    setWindowTitle(m_title->text());
    const auto say = [](QLineEdit* field, const QString& word) {
        if (field == nullptr)
            return;
        field->setPlaceholderText(word);
        field->setAccessibleName(word);
    };
    say(m_pin, m_what == What::change ? tr("Old PIN") : tr("PIN"));
    say(m_fresh, tr("New PIN"));
    say(m_again, tr("New PIN once more"));
    m_later->setText(tr("Not now"));
    refresh();
}

void PinDialog::refresh() {
    const auto isPin = [](const QLineEdit* field) { return base::isPin(field->text().toStdString()); };
    bool whole = m_pin == nullptr || isPin(m_pin);
    if (m_fresh != nullptr) {
        const bool clears = m_what == What::change && m_fresh->text().isEmpty();
        whole = whole && m_fresh->text() == m_again->text() && (clears || isPin(m_fresh));
        if (m_what == What::change)
            m_act->setText(clears ? tr("Take the PIN away") : tr("Change the PIN"));
    }
    m_act->setEnabled(whole && !m_waits);
}

void PinDialog::act() {
    m_waits = true;
    m_error->hide();
    refresh();
    const auto answer = [this](const base::Result<void>& proved) { take(proved); };
    if (m_what == What::give)
        m_ui.desk.prove(m_name, m_pin->text(), this, answer);
    else
        m_ui.desk.changePin(m_pin == nullptr ? QString() : m_pin->text(), m_fresh->text(), this, answer);
}

void PinDialog::clear() {
    for (auto* field : {m_pin, m_fresh, m_again})
        if (field != nullptr)
            field->clear();
}

void PinDialog::take(const base::Result<void>& proved) {
    m_waits = false;
    clear();
    if (proved)
        return accept();
    m_error->setText(Words::error(proved.error()));
    m_error->show();
    (m_pin != nullptr ? m_pin : m_fresh)->setFocus();
    refresh();
}

void PinDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

} // namespace tocsin::gui
