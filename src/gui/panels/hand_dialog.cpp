#include "gui/panels/hand_dialog.hpp"

#include "gui/panels/alarm_acts.hpp"
#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "gui/panels/send_or_say.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

QStringList HandDialog::others(const UiContext& ui) {
    QStringList names;
    const auto add = [&](const std::string& name) {
        const QString shown = Words::plain(name);
        if (!shown.isEmpty() && shown != ui.desk.actor() && !names.contains(shown))
            names << shown;
    };
    const model::DeskStatus& desk = ui.desk.state().desk;
    add(desk.leader);
    for (const auto& [owner, count] : ui.desk.alarmWatch().load().byOwner)
        add(owner);
    add(desk.onDuty);
    return names;
}

HandDialog::HandDialog(const UiContext& ui, std::vector<model::AlarmId> alarms, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_alarms(std::move(alarms)), m_who(new QComboBox(this)),
      m_trouble(textLabel(ui.theme, this)), m_act(new QPushButton(this)) {
    setObjectName(QStringLiteral("handDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(420);
    const QString name = alarm_acts::nameOf(m_ui, m_alarms);
    setWindowTitle(tr("Hand over %1").arg(name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* headline = sectionLabel(ui.theme, this);
    headline->setText(tr("Hand over %1 to whom?").arg(name));
    headline->setWordWrap(true);
    column->addWidget(headline);
    m_who->setObjectName(QStringLiteral("handWho"));
    m_who->setAccessibleName(tr("To whom"));
    m_who->setEditable(true);
    m_who->lineEdit()->setMaxLength(80);
    m_who->lineEdit()->setPlaceholderText(tr("Name of somebody on duty"));
    const bool handed = std::any_of(m_alarms.begin(), m_alarms.end(), [this](model::AlarmId id) {
        const auto it = m_ui.desk.state().alarms.find(id);
        return it != m_ui.desk.state().alarms.end() && !it->second.owner.empty();
    });
    for (const QString& other : others(m_ui))
        m_who->addItem(other, other);
    if (handed)
        m_who->addItem(tr("back to whoever has the desk"), QString());
    column->addWidget(m_who);
    auto* meaning = textLabel(ui.theme, this, true);
    meaning->setText(
        tr("They stay in the list, with the name beside them. Nobody is told by this program: call, too."));
    column->addWidget(meaning);
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->hide();
    column->addWidget(m_trouble);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    m_act->setObjectName(QStringLiteral("handAct"));
    m_act->setProperty("kind", QStringLiteral("primary"));
    m_act->setDefault(true);
    foot->addWidget(cancel);
    foot->addWidget(m_act);
    column->addSpacing(4);
    column->addLayout(foot);
    connect(m_who, &QComboBox::currentTextChanged, this, &HandDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, &HandDialog::act);
    check();
    m_who->setFocus();
}

void HandDialog::check() {
    m_act->setText(tr("Hand over %1").arg(Words::alarms(m_alarms.size())));
    m_act->setEnabled(!m_who->currentText().trimmed().isEmpty());
}

void HandDialog::act() {
    const int known = m_who->findText(m_who->currentText(), Qt::MatchExactly);
    const QString who = known >= 0 ? m_who->itemData(known).toString() : m_who->currentText().trimmed();
    sendOrSay(*this, m_ui.desk, desk::HandAlarms{m_alarms, who.toStdString()}, *m_act, *m_trouble, [this] { check(); });
}

} // namespace tocsin::gui
