#include "tocsin/gui/panels/alarm_panel.hpp"

#include "gui/panels/commands.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels/row_model.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "ui_alarm_panel.h"

#include <QStringList>

namespace tocsin::gui {

class AlarmPanel::Model : public RowModel {
  public:
    Model(const UiContext& ui, QObject* parent) : RowModel(parent), m_ui(ui) {}

    [[nodiscard]] static std::optional<Order> orderOf(const model::Alarm& alarm) {
        if (!model::isActive(alarm.state))
            return std::nullopt; // over and seen: the duty log keeps it
        const bool aside = alarm.state == model::AlarmState::shelved || alarm.state == model::AlarmState::suppressed ||
                           alarm.state == model::AlarmState::outOfService;
        const int wanted = model::wantsAcknowledgement(alarm.state) ? 0 : (aside ? 2 : 1);
        return Order{static_cast<int>(alarm.severity), wanted, -base::toUnixMicros(alarm.raisedAt)};
    }

  protected:
    [[nodiscard]] RowFace face(const base::Uuid& id) const override {
        RowFace f;
        const auto it = m_ui.desk.state().alarms.find(model::AlarmId(id));
        if (it == m_ui.desk.state().alarms.end())
            return f;
        const model::Alarm& alarm = it->second;
        f.grade = alarm.severity;
        f.filled = alarm.state != model::AlarmState::returnedUnacknowledged;
        f.title = Words::local(alarm.title, m_ui.language);
        f.second = why(alarm);
        f.topRight = Words::age(m_ui.desk.now() - alarm.raisedAt);
        f.bottomRight = Words::alarmState(alarm);
        f.bold = f.edge = alarm.state == model::AlarmState::unacknowledged;
        f.faded = alarm.state == model::AlarmState::shelved || alarm.state == model::AlarmState::suppressed;
        return f;
    }

  private:
    [[nodiscard]] QString why(const model::Alarm& alarm) const {
        if (alarm.state == model::AlarmState::returnedUnacknowledged)
            return AlarmPanel::tr("Back to normal, not yet acknowledged");
        const auto& now = m_ui.desk.sensorsNow();
        // A beacon has no value; how long somebody has been silent is no reading.
        const auto newest = alarm.source.empty() ? now.find(alarm.sensor) : now.end();
        const double value = newest == now.end() ? alarm.value : newest->second.value;
        QString shown = Words::value(value, alarm.unit);
        if (newest != now.end()) {
            if (const QString arrow = Words::trendArrow(newest->second.previous, value); !arrow.isEmpty())
                shown += QLatin1Char(' ') + arrow;
            if (!alarm.saw.empty()) {
                const QString rate = Words::rate(alarm.saw.front().time, alarm.saw.front().value, newest->second.time,
                                                 value, alarm.unit);
                if (!rate.isEmpty())
                    shown += QLatin1Char(' ') + rate;
            }
        }
        QStringList parts;
        if (alarm.source.empty() || alarm.threshold != 0)
            parts << shown << AlarmPanel::tr("limit %1").arg(Words::value(alarm.threshold, alarm.unit));
        const QString place = Words::local(alarm.place, m_ui.language);
        if (!place.isEmpty() && !Words::local(alarm.title, m_ui.language).contains(place))
            parts << place;
        if (parts.isEmpty())
            parts << Words::position(alarm.position);
        return parts.join(QStringLiteral(" · "));
    }

    UiContext m_ui;
};

AlarmPanel::AlarmPanel(const UiContext& context, QWidget* parent)
    : RowPanel(context, QStringLiteral("alarmPanel"), QStringLiteral("F2"), parent),
      m_form(std::make_unique<Ui::AlarmPanel>()), m_model(new Model(context, this)) {
    m_form->setupUi(this);
    m_form->acknowledgeButton->dress(m_ui.theme, tr("Space"));
    m_form->openIncidentButton->dress(m_ui.theme, QStringLiteral("I"));
    connect(m_form->acknowledgeButton, &QPushButton::clicked, this, &AlarmPanel::acknowledge);
    connect(m_form->openIncidentButton, &QPushButton::clicked, this, &AlarmPanel::openIncident);
    setUp(*m_form->list, *m_model);
}

AlarmPanel::~AlarmPanel() = default;

QString AlarmPanel::panelTitle() const {
    return tr("Alarms");
}

QString AlarmPanel::panelCount() const {
    if (m_active == 0)
        return tr("none");
    return tr("%1 unacknowledged · %2 active").arg(m_unacknowledged).arg(m_active);
}

QString AlarmPanel::emptyText() const {
    return tr(
        "When a sensor crosses a limit, its alarm stands here, gravest first. Press Space to acknowledge it, I to "
        "open an incident from it.");
}

void AlarmPanel::take(const Changes& changes) {
    const auto& alarms = m_ui.desk.state().alarms;
    if (changes.all) {
        std::vector<std::pair<base::Uuid, RowModel::Order>> rows;
        for (const auto& [id, alarm] : alarms) {
            if (const auto order = Model::orderOf(alarm))
                rows.emplace_back(id.value, *order);
        }
        m_model->putAll(rows);
    } else {
        for (const model::AlarmId& id : changes.alarms) {
            const auto it = alarms.find(id);
            m_model->put(id.value, it == alarms.end() ? std::nullopt : Model::orderOf(it->second));
        }
        if (!changes.readings.empty())
            m_form->list->viewport()->update(); // the values on the rows
    }
    if (!changes.all && changes.alarms.empty())
        return;
    m_unacknowledged = m_active = 0;
    for (const auto& [id, alarm] : alarms) {
        m_active += model::isActive(alarm.state) ? 1 : 0;
        m_unacknowledged += model::wantsAcknowledgement(alarm.state) ? 1 : 0;
    }
    emit titleChanged();
}

const model::Alarm* AlarmPanel::current() const {
    const auto& alarms = m_ui.desk.state().alarms;
    const auto it = alarms.find(model::AlarmId(currentId()));
    return it == alarms.end() ? nullptr : &it->second;
}

void AlarmPanel::acknowledge() {
    const model::Alarm* alarm = current();
    if (!alarm) {
        if (m_model->rowCount() > 0)
            m_form->list->setCurrentIndex(m_model->index(0));
        return;
    }
    if (model::wantsAcknowledgement(alarm->state) && !m_ui.desk.readOnly())
        m_ui.desk.send(desk::AcknowledgeAlarm{alarm->id});
}

void AlarmPanel::openIncident() {
    if (const model::Alarm* alarm = current(); alarm && (alarm->incident || !m_ui.desk.readOnly()))
        commands::openIncident(m_ui, this, *alarm);
}

bool AlarmPanel::command(int key) {
    if (key == Qt::Key_Space)
        acknowledge();
    else if (key == Qt::Key_Return || key == Qt::Key_I)
        openIncident();
    else
        return false;
    return true;
}

void AlarmPanel::currentMoved() {
    const model::Alarm* alarm = current();
    const bool canWrite = !m_ui.desk.readOnly();
    m_form->acknowledgeButton->setEnabled(alarm && canWrite && model::wantsAcknowledgement(alarm->state));
    m_form->openIncidentButton->setEnabled(alarm && (canWrite || alarm->incident));
    m_form->openIncidentButton->setText(alarm && alarm->incident ? tr("Go to incident") : tr("Open incident"));
}

Selected AlarmPanel::selectedFor(const base::Uuid& id) const {
    return model::AlarmId(id);
}

base::Uuid AlarmPanel::idIn(const Selected& selected) const {
    const auto* id = std::get_if<model::AlarmId>(&selected);
    return id ? id->value : base::Uuid{};
}

void AlarmPanel::words() {
    m_form->retranslateUi(this);
    m_form->acknowledgeButton->setKey(tr("Space"));
    m_form->list->setEmptyText(tr("No alarm"), emptyText());
    currentMoved();
}

} // namespace tocsin::gui
