#include "gui/panels/sentence.hpp"

// What the duty log says of an alarm's life.

namespace tocsin::gui {

QString Sentence::alarmTitle(const QString& id) const {
    const auto parsed = model::AlarmId::parse(id.toStdString());
    const model::Alarm* alarm = parsed ? find(m_images.alarms, m_state.alarms, *parsed) : nullptr;
    return alarm ? Words::quoted(local(alarm->title)) : tr("an alarm");
}

QString Sentence::alarmRaised(const model::Alarm* alarm, const QString& name) const {
    if (!alarm)
        return tr("Alarm raised");
    QString out;
    if (alarm->unit.empty() && alarm->sensor.value.empty())
        out = tr("Alarm %1: %2", "an alarm without a value").arg(Words::numeral(alarm->severity), name);
    else
        out = tr("Alarm %1: %2, %3")
                  .arg(Words::numeral(alarm->severity), name, Words::value(alarm->value, alarm->unit));
    switch (alarm->state) {
    case model::AlarmState::suppressed:
        return alarm->suppressedBy
                   ? tr("%1 (muted by %2)").arg(out, alarmTitle(QString::fromStdString(alarm->suppressedBy->toString())))
                   : out;
    case model::AlarmState::shelved: return tr("%1 (it is shelved)").arg(out);
    case model::AlarmState::outOfService: return tr("%1 (it is out of service)").arg(out);
    default: return alarm->repeats > 0 ? tr("%1 (again)").arg(out) : out;
    }
}

/// By a person, and back.
QString Sentence::alarmSetAside(const std::string& what, const QString& name) const {
    const auto parsed = base::parseTime(field("until").toStdString());
    if (what == "shelved")
        return withReason(parsed ? tr("Shelved %1 until %2").arg(name, moment(*parsed)) : tr("Shelved %1").arg(name));
    if (what == "unshelved")
        return m_entry.actor == "desk" ? tr("The time on the shelf is over: %1").arg(name)
                                       : tr("Taken from the shelf: %1").arg(name);
    if (what == "out-of-service")
        return withReason(tr("Out of service: %1").arg(name));
    if (what == "in-service")
        return tr("Back in service: %1").arg(name);
    return {};
}

/// By design, or because time has passed.
QString Sentence::alarmOfItself(const std::string& what, const QString& name) const {
    if (what == "suppressed")
        return tr("%1 mutes %2").arg(alarmTitle(field("by")), name);
    if (what == "unsuppressed")
        return tr("%1 mutes %2 no more").arg(alarmTitle(field("by")), name);
    if (what == "escalated")
        return field("to").isEmpty() ? tr("Nobody has acknowledged %1: it becomes louder").arg(name)
                                     : tr("Nobody has acknowledged %1: tell %2").arg(name, Words::either(field("to").toStdString()));
    if (what == "flapping")
        return tr("Comes and goes, and counts as standing until it is quiet: %1").arg(name);
    if (what == "calm")
        return tr("Comes and goes no more: %1").arg(name);
    if (what == "updated")
        return tr("Alarm now: %1").arg(name);
    return {};
}

QString Sentence::alarm(const std::string& what) const {
    const model::Alarm* alarm = subject(m_images.alarms, m_state.alarms);
    const QString title = alarm ? local(alarm->title) : tr("an alarm");
    if (what == "raised")
        return alarmRaised(alarm, title);
    const bool many = m_images.alarms.size() > 1;
    const QString name = many ? Words::alarms(m_images.alarms.size()) : (alarm ? Words::quoted(title) : title);
    if (what == "returned")
        return withReason(tr("Back to normal: %1").arg(many ? name : title));
    if (what == "acknowledged")
        return many ? tr("Acknowledged %1 alarms").arg(m_images.alarms.size()) : tr("Acknowledged %1").arg(name);
    if (what == "reset")
        return tr("Reset %1").arg(name);
    if (what == "handed")
        return field("to").isEmpty() ? tr("%1 back to the desk").arg(name) : tr("%1 handed to %2").arg(name, Words::either(field("to").toStdString()));
    if (what == "told")
        return tr("Told %1: %2", "person, alarm").arg(Words::either(field("who").toStdString()), name);
    const QString aside = alarmSetAside(what, name);
    return aside.isEmpty() ? alarmOfItself(what, name) : aside;
}

QString Sentence::sensorsRetired(const std::string& what) const {
    const bool retired = what == "retired";
    if (m_images.sensors.size() > 1) {
        const QString many = Words::number(static_cast<double>(m_images.sensors.size()), 0);
        return withReason(retired ? tr("%1 sensors retired").arg(many) : tr("%1 retired sensors brought back").arg(many));
    }
    const QString name = m_images.sensors.empty() ? Words::plain(m_entry.subject) : local(m_images.sensors.front().name);
    return withReason(retired ? tr("Sensor retired: %1").arg(name) : tr("Retired sensor brought back: %1").arg(name));
}

QString Sentence::sensorService(const std::string& what) const {
    const QString name = m_images.sensors.empty() ? Words::plain(m_entry.subject) : local(m_images.sensors.front().name);
    return withReason(what == "in-service" ? tr("Sensor back in service: %1").arg(name)
                                           : tr("Sensor out of service: %1").arg(name));
}

/// Values that took the place of others: one with both, several as how many.
QString Sentence::corrected() const {
    const auto found = m_entry.data.find("readings");
    if (found == m_entry.data.end() || !found->is_array() || found->empty())
        return {};
    const nlohmann::json& one = found->front();
    const QString id = textField(one, "sensor");
    const auto sensor = m_state.sensors.find(model::SensorId(id.toStdString()));
    const QString name = sensor == m_state.sensors.end() ? id : local(sensor->second.name);
    const QString feed = Words::feed(field("feed").toStdString());
    if (found->size() > 1)
        return tr("%1 readings corrected as %2 says, the first of %3", "count, feed, sensor").arg(found->size()).arg(feed, name);
    const auto time = base::parseTime(textField(one, "time").toStdString());
    const std::string unit = textField(one, "unit").toStdString();
    const auto number = [&one](const char* key) {
        const auto value = one.find(key);
        return value != one.end() && value->is_number() ? value->get<double>() : 0.0;
    };
    QString now = Words::value(number("value"), unit);
    QString before = Words::value(number("before"), unit);
    if (now == before) { // they differ by less than is shown elsewhere
        now = QString::number(number("value"), 'g', 15);
        before = QString::number(number("before"), 'g', 15);
    }
    return tr("%1, %2: corrected as %3 says, %4 in place of %5", "sensor, time, feed, value, value before")
        .arg(name, time ? moment(*time) : QString(), feed, now, before);
}

} // namespace tocsin::gui
