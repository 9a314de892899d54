#include "gui/panels/shelve_dialog.hpp"

#include "gui/panels/alarm_acts.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/send_or_say.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QButtonGroup>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

constexpr int kOther = -2; ///< the button's id: until a moment (a group's own "none" is -1)
constexpr int kMinutes[] = {15, 60, 480};

} // namespace

ShelveDialog::ShelveDialog(const UiContext& ui, std::vector<model::AlarmId> alarms, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_alarms(std::move(alarms)), m_spans(new QButtonGroup(this)),
      m_moment(new QDateTimeEdit(this)), m_hidden(textLabel(ui.theme, this, true)), m_reason(new QLineEdit(this)),
      m_trouble(textLabel(ui.theme, this)), m_act(new QPushButton(this)) {
    setObjectName(QStringLiteral("shelveDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(460);
    const QString name = alarm_acts::nameOf(m_ui, m_alarms);
    setWindowTitle(tr("Shelve %1").arg(name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* headline = sectionLabel(ui.theme, this);
    headline->setText(tr("Shelve %1 for how long?").arg(name));
    headline->setWordWrap(true);
    column->addWidget(headline);

    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    const QString texts[] = {tr("&15 min"), tr("&1 h"), tr("&8 h")};
    for (std::size_t i = 0; i < std::size(kMinutes); ++i) {
        auto* button = new QRadioButton(texts[i], this);
        m_spans->addButton(button, kMinutes[i]);
        row->addWidget(button);
    }
    auto* other = new QRadioButton(tr("&until"), this);
    m_spans->addButton(other, kOther);
    row->addWidget(other);
    m_moment->setObjectName(QStringLiteral("shelveMoment"));
    m_moment->setAccessibleName(tr("Until when"));
    m_moment->setCalendarPopup(true);
    m_moment->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    // The field shows the county's wall clock, whatever this machine's zone is: it is told that it is UTC.
    const QDateTime now = Words::dateTime(ui.desk.now());
    const QDateTime wall(now.date(), now.time(), Qt::UTC);
    m_moment->setTimeSpec(Qt::UTC);
    m_moment->setDateTimeRange(wall.addSecs(60), wall.addDays(mostDays).addSecs(-60));
    m_moment->setDateTime(wall.addSecs(qint64{2} * 3600));
    row->addWidget(m_moment, 1);
    column->addLayout(row);

    m_reason->setObjectName(QStringLiteral("shelveReason"));
    m_reason->setMaxLength(200);
    m_reason->setPlaceholderText(tr("Reason; it goes into the duty log"));
    m_reason->setAccessibleName(tr("Reason"));
    column->addWidget(m_reason);
    column->addWidget(m_hidden);
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->hide();
    column->addWidget(m_trouble);

    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    m_act->setObjectName(QStringLiteral("shelveAct"));
    m_act->setProperty("kind", QStringLiteral("primary"));
    m_act->setDefault(true);
    foot->addWidget(cancel);
    foot->addWidget(m_act);
    column->addSpacing(4);
    column->addLayout(foot);

    m_spans->button(60)->setChecked(true);
    connect(m_spans, &QButtonGroup::idToggled, this, &ShelveDialog::check);
    connect(m_moment, &QDateTimeEdit::dateTimeChanged, this, [this] {
        m_spans->button(kOther)->setChecked(true);
        check();
    });
    connect(m_reason, &QLineEdit::textChanged, this, &ShelveDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, &ShelveDialog::act);
    check();
    m_reason->setFocus();
}

base::Time ShelveDialog::until() const {
    const int span = m_spans->checkedId();
    if (span > 0)
        return m_ui.desk.now() + std::chrono::minutes(span);
    const QDateTime there(m_moment->date(), m_moment->time(), Words::dateTime(m_ui.desk.now()).timeZone());
    return base::fromUnixMillis(there.toMSecsSinceEpoch());
}

QString ShelveDialog::hidden() const {
    int grave[2] = {0, 0};
    int waiting = 0;
    for (const model::AlarmId& id : m_alarms) {
        const auto it = m_ui.desk.state().alarms.find(id);
        if (it == m_ui.desk.state().alarms.end())
            continue;
        if (it->second.severity <= model::Grade::II)
            ++grave[static_cast<int>(it->second.severity) - 1];
        waiting += model::wantsAcknowledgement(it->second) ? 1 : 0;
    }
    QStringList parts{Words::alarms(m_alarms.size())};
    if (grave[0] > 0)
        parts << tr("%1 of severity I").arg(grave[0]);
    if (grave[1] > 0)
        parts << tr("%1 of severity II").arg(grave[1]);
    if (waiting > 0)
        parts << tr("%1 that nobody has acknowledged").arg(waiting);
    return tr("Hidden until then: %1. They make no sound, stay counted under “set aside”, and come back by themselves.")
        .arg(parts.join(QStringLiteral(" · ")));
}

void ShelveDialog::check() {
    m_hidden->setText(hidden());
    m_act->setText(tr("Shelve %1 until %2")
                       .arg(m_alarms.size() == 1 ? tr("it") : Words::alarms(m_alarms.size()),
                            Words::moment(until(), m_ui.desk.now(), m_ui.language)));
    m_act->setEnabled(!m_reason->text().trimmed().isEmpty());
}

void ShelveDialog::act() {
    const QString reason = m_reason->text().trimmed();
    if (reason.isEmpty())
        return;
    sendOrSay(*this, m_ui.desk, desk::ShelveAlarms{m_alarms, until(), reason.toStdString()}, *m_act, *m_trouble,
              [this] { check(); });
}

} // namespace tocsin::gui
