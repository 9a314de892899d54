#include "gui/panels/alarm_faces.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QLocale>
#include <QStringList>
#include <algorithm>

namespace tocsin::gui {

const model::Alarm* AlarmFaces::find(model::AlarmId id) const {
    const auto& all = m_ui.desk.state().alarms;
    const auto it = all.find(id);
    return it == all.end() ? nullptr : &it->second;
}

QString AlarmFaces::titleOf(model::AlarmId id) const {
    const model::Alarm* alarm = find(id);
    return alarm ? Words::local(alarm->title, m_ui.language) : QString();
}

QString AlarmFaces::stateOf(const model::Alarm& alarm) const {
    const QString state = Words::alarmState(alarm);
    return alarm.owner.empty() ? state
                               : tr("%1 → %2", "state, to whom it was handed").arg(state, Words::initials(alarm.owner));
}

QString AlarmFaces::valueAndLimit(const model::Alarm& alarm) const {
    if (!alarm.source.empty() && !alarm.threshold)
        return {};
    QString value = Words::value(alarm.value, alarm.unit);
    if (alarm.over > base::Duration{0}) {
        const auto hours = std::chrono::duration_cast<std::chrono::hours>(alarm.over);
        value = tr("%1 in %2", "sum, time").arg(value, hours == alarm.over ? tr("%1 h").arg(hours.count())
                                                                           : Words::span(alarm.over));
    }
    return alarm.threshold ? tr("%1, limit %2", "value, limit").arg(value, Words::value(*alarm.threshold, alarm.unit))
                           : value;
}

std::optional<model::AlarmForecast> AlarmFaces::forecastOf(const model::Alarm& alarm) const {
    const auto now = m_ui.desk.now();
    if (!alarm.forecast || !alarm.threshold || alarm.forecast->reaches <= now)
        return std::nullopt;
    const auto newest = m_ui.desk.sensorsNow().find(alarm.sensor);
    if (newest == m_ui.desk.sensorsNow().end())
        return alarm.forecast;
    const bool rises = alarm.value < *alarm.threshold; // the alarm's own value was short of it
    if (rises ? newest->second.value >= *alarm.threshold : newest->second.value <= *alarm.threshold)
        return std::nullopt;
    const auto& rules = m_ui.desk.rules();
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const auto& one) { return one.id == alarm.rule; });
    const auto* crossing = rule == rules.end() ? nullptr : std::get_if<detect::Crossing>(&rule->condition);
    if (crossing != nullptr && now - newest->second.time > crossing->over / 2)
        return std::nullopt;
    return alarm.forecast;
}

QString AlarmFaces::whomToCall(const model::Alarm& alarm) const {
    if (alarm.escalatedTo.empty() || alarm.escalated == 0 || !model::wantsAcknowledgement(alarm))
        return {};
    return tr("now: call %1", "person").arg(Words::either(alarm.escalatedTo));
}

RowFace AlarmFaces::alarm(const model::Alarm& alarm) const {
    RowFace f;
    const bool waits = model::wantsAcknowledgement(alarm);
    f.grade = alarm.severity;
    f.filled = alarm.state != model::AlarmState::returnedUnacknowledged &&
               (alarm.state != model::AlarmState::latched || alarm.holds);
    f.title = Words::local(alarm.title, m_ui.language);
    f.second = why(alarm);
    const base::Time now = m_ui.desk.now();
    const QString age = Words::age(now - alarm.raisedAt);
    const bool back = waits && model::asksSince(alarm) > alarm.raisedAt; // it stands in order by that
    f.topRight = back ? tr("%1 · back %2", "ages: since it was raised, since it came back").arg(age, Words::age(now - model::asksSince(alarm)))
                      : age;
    f.bottomRight = stateOf(alarm);
    f.edge = waits;
    f.bold = waits;
    f.faded = model::isSetAside(alarm.state);
    f.louder = waits ? alarm.escalated : 0;
    if (const QString call = whomToCall(alarm); !call.isEmpty())
        f.second = call + QStringLiteral(" · ") + f.second;
    QStringList whole{f.title, Words::severity(alarm.severity) + QStringLiteral(" · ") + Words::alarmStateLong(alarm),
                      f.second, tr("%1 old").arg(age)};
    if (back)
        whole << tr("came back %1", "how long ago").arg(Words::ago(now - model::asksSince(alarm)));
    if (f.louder > 0)
        whole << tr("made louder %1 times: nobody has acknowledged it").arg(f.louder);
    if (!alarm.owner.empty())
        whole << tr("handed to %1").arg(Words::plain(alarm.owner));
    f.whole = whole.join(QLatin1Char('\n'));
    return f;
}

QString AlarmFaces::why(const model::Alarm& alarm) const {
    if (model::isSetAside(alarm.state))
        return whyAside(alarm);
    if (alarm.state == model::AlarmState::returnedUnacknowledged)
        return tr("Back to normal, not yet acknowledged");
    if (alarm.state == model::AlarmState::latched)
        return alarm.holds ? tr("Latched: R resets it") : tr("Back to normal, latched: R resets it");
    const auto& now = m_ui.desk.sensorsNow();
    // A beacon has no value; how long somebody has been silent is no reading.
    const auto newest = alarm.source.empty() ? now.find(alarm.sensor) : now.end();
    const double value = newest == now.end() ? alarm.value : newest->second.value;
    QString shown = Words::value(value, alarm.unit);
    if (newest != now.end()) {
        if (const QString arrow = Words::trendArrow(newest->second.previous, value); !arrow.isEmpty())
            shown += QLatin1Char(' ') + arrow;
        if (!alarm.saw.empty()) {
            const QString rate =
                Words::rate(alarm.saw.front().time, alarm.saw.front().value, newest->second.time, value, alarm.unit);
            if (!rate.isEmpty())
                shown += QLatin1Char(' ') + rate;
        }
    }
    QStringList parts;
    if (alarm.over > base::Duration{0}) { // a sum: the newest reading is no part of what is compared
        parts << valueAndLimit(alarm);
    } else if (alarm.source.empty() || alarm.threshold) {
        parts << shown;
        if (alarm.threshold)
            parts << tr("limit %1").arg(Words::value(*alarm.threshold, alarm.unit));
    }
    if (const auto forecast = forecastOf(alarm))
        parts.insert(0, tr("limit at %1 ± %2").arg(Words::hourMinute(forecast->reaches), Words::span(forecast->plusMinus)));
    if (alarm.flapping)
        parts << tr("comes and goes");
    const QString place = Words::local(alarm.place, m_ui.language);
    if (!place.isEmpty() && !Words::local(alarm.title, m_ui.language).contains(place))
        parts << place;
    if (parts.isEmpty())
        parts << Words::position(alarm.position);
    return parts.join(QStringLiteral(" · "));
}

QString AlarmFaces::whyAside(const model::Alarm& alarm) const {
    if (alarm.state == model::AlarmState::suppressed) {
        const QString by = alarm.suppressedBy ? titleOf(*alarm.suppressedBy) : QString();
        return by.isEmpty() ? tr("muted by design") : tr("muted by %1").arg(Words::quoted(by));
    }
    QString who = Words::plain(alarm.stateBy);
    const QString reason = Words::plain(alarm.stateReason);
    if (!who.isEmpty() && !reason.isEmpty())
        who += QStringLiteral(": ") + reason;
    else
        who += reason;
    if (alarm.state != model::AlarmState::shelved || !alarm.until)
        return who;
    const QString until = tr("until %1").arg(Words::moment(*alarm.until, m_ui.desk.now(), m_ui.language));
    return who.isEmpty() ? until : until + QStringLiteral(" · ") + who;
}

RowFace AlarmFaces::aside(const model::Alarm& alarm) const {
    RowFace f;
    f.grade = alarm.severity;
    f.filled = false;
    f.title = Words::local(alarm.title, m_ui.language);
    f.second = whyAside(alarm);
    f.faded = true;
    if (alarm.until)
        f.topRight = tr("%1 left", "time until an alarm comes back").arg(Words::span(*alarm.until - m_ui.desk.now()));
    switch (alarm.state) {
    case model::AlarmState::shelved:
        f.bottomRight = tr("shelved");
        break;
    case model::AlarmState::suppressed:
        f.bottomRight = tr("suppressed");
        break;
    default:
        f.bottomRight = tr("out of service");
    }
    f.whole =
        QStringList{f.title, Words::severity(alarm.severity) + QStringLiteral(" · ") + Words::alarmStateLong(alarm),
                    f.second, alarm.holds ? tr("Its condition holds now") : tr("Its condition is gone")}
            .join(QLatin1Char('\n'));
    return f;
}

QString AlarmFaces::titleOf(const triage::AlarmGroup& group) const {
    // Members stand with what nobody has seen first: the gravest is near the front, but need not be the first.
    const model::Alarm* gravest = nullptr;
    for (std::size_t i = 0; i < group.members.size() && i < 200; ++i) {
        const model::Alarm* one = find(group.members[i]);
        if (one != nullptr && (gravest == nullptr || one->severity < gravest->severity))
            gravest = one;
        if (gravest != nullptr && gravest->severity == group.severity)
            break;
    }
    const QString title = gravest ? Words::local(gravest->title, m_ui.language) : titleOf(group.first);
    return group.level == triage::AlarmGroup::Level::everything ? tr("All others: %1").arg(title) : title;
}

QString AlarmFaces::whereOf(const triage::AlarmGroup& group) const {
    const QString place = Words::local(group.place, m_ui.language);
    if (group.radiusMetres < 50)
        return place;
    const QString radius =
        group.radiusMetres < 950
            ? tr("%1 m").arg(std::max(1L, std::lround(group.radiusMetres / 50)) * 50)
            : tr("%1 km").arg(Words::number(group.radiusMetres / 1000, group.radiusMetres < 9'950 ? 1 : 0));
    return place.isEmpty() ? tr("within %1").arg(radius) : tr("within %1 of %2", "distance, place").arg(radius, place);
}

RowFace AlarmFaces::group(const triage::AlarmGroup& group, bool open) const {
    RowFace f;
    const QLocale locale;
    const auto number = [&locale](std::size_t n) { return locale.toString(static_cast<qulonglong>(n)); };
    const base::Time now = m_ui.desk.now();
    f.grade = group.severity;
    f.filled = group.worst != model::AlarmState::returnedUnacknowledged;
    f.title = titleOf(group);
    f.count = group.members.size();
    f.fold = open ? RowFace::Fold::open : RowFace::Fold::closed;
    f.edge = f.bold = group.unacknowledged > 0;
    f.topRight = Words::age(now - group.since);
    model::Alarm state;
    state.state = group.worst;
    const QString word = Words::alarmState(state);
    f.bottomRight = group.unacknowledged > 0
                        ? tr("%1 × %2", "number, state of alarms").arg(number(group.unacknowledged), word)
                        : word;
    f.louder = group.escalated;
    const model::Alarm* loudest = group.escalated > 0 ? find(group.loudest) : nullptr;
    const QString call = loudest == nullptr ? QString() : whomToCall(*loudest);
    const QString first = titleOf(group.first);
    const QString where = whereOf(group);
    const bool muting =
        !group.aside.empty() && std::all_of(group.aside.begin(), group.aside.end(), [&](model::AlarmId id) {
            const model::Alarm* one = find(id);
            return one != nullptr && one->state == model::AlarmState::suppressed;
        });
    const QString aside = group.aside.empty() ? QString()
                          : muting            ? tr("mutes %1 that follow from it").arg(number(group.aside.size()))
                                              : tr("%1 set aside").arg(number(group.aside.size()));
    QStringList parts;
    if (!call.isEmpty())
        parts << call;
    if (!aside.isEmpty())
        parts << aside;
    if (!first.isEmpty() && first != f.title)
        parts << tr("first: %1", "alarm").arg(first);
    if (!where.isEmpty())
        parts << where;
    f.second = parts.join(QStringLiteral(" · "));
    QStringList whole{tr("%1: a group of %2", "title, alarms").arg(f.title, Words::alarms(f.count)),
                      Words::severity(group.severity) + QStringLiteral(" · ") +
                          tr("%1 unacknowledged").arg(number(group.unacknowledged))};
    if (!call.isEmpty())
        whole << call;
    if (!aside.isEmpty())
        whole << aside;
    if (!first.isEmpty())
        whole << tr("first: %1, %2", "alarm, how long ago").arg(first, Words::ago(now - group.firstAt));
    whole << tr("newest: %1", "how long ago").arg(Words::ago(now - group.newest));
    if (!where.isEmpty())
        whole << where;
    whole << (open ? tr("Left closes it") : tr("Right opens it"));
    f.whole = whole.join(QLatin1Char('\n'));
    return f;
}

base::Uuid AlarmFaces::idOf(const triage::AlarmGroup& group) {
    base::Uuid id;
    std::uint64_t hash = 1469598103934665603ULL; // FNV-1a, twice over the key: two halves
    for (std::size_t half = 0; half < 2; ++half) {
        for (const char c : group.key)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        for (std::size_t i = 0; i < 8; ++i)
            id.bytes[half * 8 + i] = static_cast<std::uint8_t>(hash >> (8 * i));
    }
    id.bytes[6] = 0xf0; // no version that an alarm's own id has
    return id;
}

} // namespace tocsin::gui
