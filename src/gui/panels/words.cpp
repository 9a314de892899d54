#include "tocsin/gui/panels/words.hpp"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::gui {
namespace {

QTimeZone& zoneInUse() {
    static QTimeZone zone = QTimeZone::systemTimeZone();
    return zone;
}

std::int64_t wholeSeconds(base::Duration time) {
    return std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

QString two(std::int64_t n) {
    return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0'));
}

} // namespace

void Words::useZone(const QTimeZone& zone) {
    if (zone.isValid())
        zoneInUse() = zone;
}

QDateTime Words::dateTime(base::Time time) {
    return QDateTime::fromMSecsSinceEpoch(base::toUnixMicros(time) / 1000, zoneInUse());
}

QString Words::local(const base::LocalText& text, const QString& language) {
    return QString::fromStdString(text.in(language.toStdString()));
}

QString Words::age(base::Duration since) {
    const std::int64_t s = wholeSeconds(since);
    if (s < 3600)
        return two(s / 60) + QLatin1Char(':') + two(s % 60);
    if (s < 24 * 3600)
        return tr("%1 h %2").arg(s / 3600).arg(two(s % 3600 / 60));
    return tr("%1 d %2 h").arg(s / 86400).arg(s % 86400 / 3600);
}

QString Words::span(base::Duration time) {
    const std::int64_t minutes = (wholeSeconds(time) + 30) / 60;
    if (minutes < 60)
        return tr("%1 min").arg(minutes);
    return tr("%1 h %2 min").arg(minutes / 60).arg(two(minutes % 60));
}

QString Words::ago(base::Duration since) {
    if (since < std::chrono::minutes(1))
        return tr("just now");
    return tr("%1 ago", "how long").arg(since < std::chrono::hours(24) ? span(since) : age(since));
}

QString Words::eta(base::Seconds time) {
    if (!std::isfinite(time.value))
        return tr("never");
    const auto minutes =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(std::min(time.value, 1e9) / 60.0)));
    if (minutes < 60)
        return tr("%1 min").arg(minutes);
    return tr("%1 h %2 min").arg(minutes / 60).arg(two(minutes % 60));
}

QString Words::clock(base::Time time) {
    return dateTime(time).toString(QStringLiteral("HH:mm:ss"));
}
QString Words::hourMinute(base::Time time) {
    return dateTime(time).toString(QStringLiteral("HH:mm"));
}

QString Words::moment(base::Time time, base::Time now, const QString& language) {
    const QDateTime then = dateTime(time);
    if (then.date() == dateTime(now).date())
        return then.toString(QStringLiteral("HH:mm"));
    return QLocale(language).toString(then, language.startsWith(QLatin1String("zh")) ? QStringLiteral("M月d日 HH:mm")
                                                                                     : QStringLiteral("d MMM HH:mm"));
}

QString Words::milliseconds(base::Duration time) {
    return tr("%1 ms").arg(
        std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::milliseconds>(time).count()));
}

QString Words::numeral(model::Grade grade) {
    static constexpr std::array names{"I", "II", "III", "IV"};
    return QString::fromLatin1(names.at(static_cast<std::size_t>(grade) - 1));
}

QString Words::grade(model::Grade grade) {
    switch (grade) {
    case model::Grade::I:
        return tr("grade I · extraordinary");
    case model::Grade::II:
        return tr("grade II · major");
    case model::Grade::III:
        return tr("grade III · considerable");
    case model::Grade::IV:
        return tr("grade IV · ordinary");
    }
    return {};
}

QString Words::colour(model::Grade grade) {
    switch (grade) {
    case model::Grade::I:
        return tr("red");
    case model::Grade::II:
        return tr("orange");
    case model::Grade::III:
        return tr("yellow");
    case model::Grade::IV:
        return tr("blue");
    }
    return {};
}

QString Words::severity(model::Grade grade) {
    return tr("%1 · %2", "numeral, colour").arg(numeral(grade), colour(grade));
}

QString Words::hazardClass(model::HazardClass value) {
    switch (value) {
    case model::HazardClass::naturalDisaster:
        return tr("natural disaster");
    case model::HazardClass::accident:
        return tr("accident");
    case model::HazardClass::publicHealth:
        return tr("public health");
    case model::HazardClass::socialSecurity:
        return tr("social security");
    }
    return {};
}

QString Words::alarmState(const model::Alarm& alarm) {
    switch (alarm.state) {
    case model::AlarmState::normal:
        return tr("NORMAL");
    case model::AlarmState::unacknowledged:
        return tr("UNACK");
    case model::AlarmState::acknowledged:
        return alarm.acknowledgedBy.empty() ? tr("ACK") : tr("ACK · %1").arg(initials(alarm.acknowledgedBy));
    case model::AlarmState::returnedUnacknowledged:
        return tr("RTN");
    case model::AlarmState::latched:
        return model::wantsAcknowledgement(alarm) ? tr("LATCHED · UNACK") : tr("LATCHED");
    case model::AlarmState::shelved:
        return alarm.until ? tr("SHELVED · %1", "until").arg(hourMinute(*alarm.until)) : tr("SHELVED");
    case model::AlarmState::suppressed:
        return tr("SUPPRESSED");
    case model::AlarmState::outOfService:
        return tr("OUT");
    }
    return {};
}

QString Words::alarmStateLong(const model::Alarm& alarm) {
    switch (alarm.state) {
    case model::AlarmState::normal:
        return tr("over");
    case model::AlarmState::unacknowledged:
        return tr("unacknowledged");
    case model::AlarmState::acknowledged:
        return alarm.acknowledgedBy.empty() ? tr("acknowledged")
                                            : tr("acknowledged by %1").arg(plain(alarm.acknowledgedBy));
    case model::AlarmState::returnedUnacknowledged:
        return tr("back to normal, unacknowledged");
    case model::AlarmState::latched:
        return model::wantsAcknowledgement(alarm) ? tr("latched, unacknowledged")
                                                  : tr("latched: stays until somebody resets it");
    case model::AlarmState::shelved:
        return alarm.until ? tr("shelved until %1").arg(hourMinute(*alarm.until)) : tr("shelved");
    case model::AlarmState::suppressed:
        return tr("suppressed by design");
    case model::AlarmState::outOfService:
        return tr("out of service");
    }
    return {};
}

QString Words::reportState(model::ReportState state) {
    switch (state) {
    case model::ReportState::pending:
        return tr("to triage");
    case model::ReportState::needsMore:
        return tr("needs more");
    case model::ReportState::verified:
        return tr("verified");
    case model::ReportState::dismissed:
        return tr("dismissed");
    }
    return {};
}

QString Words::warningState(model::WarningState state) {
    switch (state) {
    case model::WarningState::inForce:
        return tr("in force");
    case model::WarningState::superseded:
        return tr("superseded");
    case model::WarningState::cancelled:
        return tr("cancelled");
    case model::WarningState::expired:
        return tr("expired");
    case model::WarningState::held:
        return tr("held back, not in force");
    }
    return {};
}

QString Words::trust(model::Trust trust) {
    switch (trust) {
    case model::Trust::official:
        return QStringLiteral("■ ") + tr("official");
    case model::Trust::known:
        return QStringLiteral("◆ ") + tr("known source");
    case model::Trust::unverified:
        break;
    }
    return QStringLiteral("○ ") + tr("unverified source");
}

QString Words::resourceKind(model::ResourceKind kind) {
    switch (kind) {
    case model::ResourceKind::team:
        return tr("team");
    case model::ResourceKind::vehicle:
        return tr("vehicle");
    case model::ResourceKind::warehouse:
        return tr("warehouse");
    case model::ResourceKind::shelter:
        return tr("shelter");
    case model::ResourceKind::hospital:
        return tr("hospital");
    case model::ResourceKind::expert:
        return tr("expert");
    case model::ResourceKind::mobileFacility:
        return tr("mobile facility");
    case model::ResourceKind::station:
        return tr("station");
    case model::ResourceKind::enterprise:
        return tr("enterprise");
    case model::ResourceKind::volunteer:
        return tr("volunteer");
    case model::ResourceKind::gridMember:
        return tr("grid member");
    case model::ResourceKind::partner:
        return tr("mutual-aid partner");
    }
    return {};
}

QString Words::resourceStatus(model::ResourceStatus status) {
    switch (status) {
    case model::ResourceStatus::available:
        return tr("available");
    case model::ResourceStatus::assigned:
        return tr("assigned");
    case model::ResourceStatus::outOfService:
        return tr("out of service");
    case model::ResourceStatus::maintenance:
        return tr("in maintenance");
    case model::ResourceStatus::offDuty:
        return tr("off duty");
    }
    return {};
}

QString Words::need(const model::Need& need) {
    if (need.kind == model::NeedKind::supply)
        return tr("%1 × %2 %3", "supply, amount, unit").arg(plain(need.supply), number(need.amount), plain(need.unit));
    if (need.kind == model::NeedKind::shelter)
        return tr("shelter × %1", "people").arg(people(need.quantity));
    return tr("%1 L%2 × %3", "capability, level, quantity")
        .arg(capability(need.capability))
        .arg(need.level)
        .arg(need.quantity);
}

QString Words::assignmentState(model::AssignmentState state) {
    switch (state) {
    case model::AssignmentState::proposed:
        return tr("proposed");
    case model::AssignmentState::notified:
        return tr("notified");
    case model::AssignmentState::accepted:
        return tr("accepted");
    case model::AssignmentState::enRoute:
        return tr("en route");
    case model::AssignmentState::onScene:
        return tr("on scene");
    case model::AssignmentState::released:
        return tr("released");
    }
    return {};
}

QString Words::nextStep(model::AssignmentState to) {
    switch (to) {
    case model::AssignmentState::proposed:
        return tr("Propose");
    case model::AssignmentState::notified:
        return tr("Notify");
    case model::AssignmentState::accepted:
        return tr("Mark accepted");
    case model::AssignmentState::enRoute:
        return tr("Mark en route");
    case model::AssignmentState::onScene:
        return tr("Mark on scene");
    case model::AssignmentState::released:
        return tr("Release");
    }
    return {};
}

QString Words::sensorKind(model::SensorKind kind) {
    switch (kind) {
    case model::SensorKind::riverLevel:
        return tr("river level");
    case model::SensorKind::rain:
        return tr("rain");
    case model::SensorKind::soilMovement:
        return tr("soil movement");
    case model::SensorKind::seismicIntensity:
        return tr("seismic intensity");
    case model::SensorKind::smoke:
        return tr("smoke");
    case model::SensorKind::weather:
        return tr("weather");
    case model::SensorKind::other:
        return tr("sensor");
    }
    return {};
}

QString Words::obstacle(dispatch::Obstacle obstacle) {
    switch (obstacle) {
    case dispatch::Obstacle::none:
        return tr("farther away");
    case dispatch::Obstacle::busy:
        return tr("busy elsewhere");
    case dispatch::Obstacle::outOfService:
        return tr("out of service");
    case dispatch::Obstacle::lacksCapability:
        return tr("lacks the capability");
    case dispatch::Obstacle::lowLevel:
        return tr("level too low");
    case dispatch::Obstacle::noRoad:
        return tr("no road leads there");
    case dispatch::Obstacle::cannotTravel:
        return tr("cannot travel by itself");
    case dispatch::Obstacle::maintenance:
        return tr("in maintenance");
    case dispatch::Obstacle::offDuty:
        return tr("off duty");
    case dispatch::Obstacle::overCrewHours:
        return tr("crew has worked too long");
    case dispatch::Obstacle::positionTooOld:
        return tr("position too old");
    case dispatch::Obstacle::tooFar:
        return tr("too far to help in time");
    case dispatch::Obstacle::claimed:
        return tr("another is deciding about it");
    case dispatch::Obstacle::noPayload:
        return tr("cannot carry it");
    case dispatch::Obstacle::promised:
        return tr("what it has is promised to others", "a store");
    case dispatch::Obstacle::expired:
        return tr("what it has has expired", "a store");
    case dispatch::Obstacle::otherUnit:
        return tr("counts it in another unit", "a store");
    case dispatch::Obstacle::noneLeft:
        return tr("has none left", "a store");
    case dispatch::Obstacle::full:
        return tr("no place is free", "a shelter");
    case dispatch::Obstacle::oldCount:
        return tr("nearer, but counted too long ago to rely on", "a store, a shelter");
    case dispatch::Obstacle::worseInAll:
        return tr("nearer, but the plan as a whole is better without it", "a store, a shelter");
    }
    return {};
}

QString Words::unmet(const dispatch::UnmetNeed& need) {
    const QString what = capability(need.need.capability);
    if (need.reason == "none-has-capability")
        return tr("%1: %2 missing, nobody has it").arg(what).arg(need.missing);
    if (need.reason == "all-busy")
        return tr("%1: %2 missing, all who have it are busy").arg(what).arg(need.missing);
    if (need.reason == "no-road")
        return tr("%1: %2 missing, no road leads there").arg(what).arg(need.missing);
    if (need.reason == "none-has-level")
        return tr("%1: %2 missing, nobody has the level").arg(what).arg(need.missing);
    if (need.reason == "over-crew-hours")
        return tr("%1: %2 missing, crews have worked too long").arg(what).arg(need.missing);
    if (need.reason == "claimed")
        return tr("%1: %2 missing, another is deciding about them").arg(what).arg(need.missing);
    return tr("%1: %2 missing").arg(what).arg(need.missing);
}

QString Words::alarms(std::size_t count) {
    return count == 1 ? tr("1 alarm") : tr("%1 alarms").arg(count);
}
QString Words::reports(std::size_t count) {
    return count == 1 ? tr("1 report") : tr("%1 reports").arg(count);
}
QString Words::teams(std::size_t count) {
    return count == 1 ? tr("1 team") : tr("%1 teams").arg(count);
}
QString Words::people(int count) {
    return count == 1 ? tr("1 person") : tr("%1 people").arg(number(count, 0));
}

QString Words::number(double value, int decimals) {
    if (!std::isfinite(value))
        return QStringLiteral("–");
    QLocale locale(QLocale::English);
    if (decimals < 0) {
        decimals = 2;
        const double hundredths = std::round(value * 100.0);
        if (std::fmod(hundredths, 100.0) == 0.0)
            decimals = 0;
        else if (std::fmod(hundredths, 10.0) == 0.0)
            decimals = 1;
    }
    return locale.toString(value, 'f', decimals);
}

QString Words::value(double value, const std::string& unit) {
    // Levels read best with their centimetres even when those are zero: the column does not jump.
    const int decimals = unit == "m" ? 2 : (std::abs(value) >= 100 ? 0 : (std::abs(value) >= 10 ? 1 : -1));
    const QString shown = number(value, decimals);
    return unit.empty() ? shown : shown + QChar(0x00a0) + plain(unit);
}

QString Words::rate(base::Time t0, double v0, base::Time t1, double v1, const std::string& unit) {
    const double hours = std::chrono::duration<double, std::ratio<3600>>(t1 - t0).count();
    if (hours < 1.0 / 6.0 || (unit != "m" && unit != "cm" && unit != "mm"))
        return {}; // of a length it is worth saying; volts an hour are nobody's business
    double perHour = std::abs(v1 - v0) / hours;
    QString per = plain(unit);
    if (unit == "m") {
        perHour *= 100;
        per = QStringLiteral("cm");
    }
    if (perHour < 0.05)
        return {};
    return number(perHour, perHour < 10 ? 1 : 0) + QChar(0x00a0) + per + QStringLiteral("/h");
}

QString Words::trendArrow(double before, double now) {
    const double step = std::max(1e-9, 1e-4 * std::abs(before));
    if (now > before + step)
        return QStringLiteral("▲");
    if (now < before - step)
        return QStringLiteral("▼");
    return {};
}

QString Words::initials(const std::string& name) {
    const QString whole = plain(name).trimmed();
    QString out;
    bool start = true;
    for (const QChar c : whole) {
        if (c.isLetterOrNumber()) {
            if (c.script() == QChar::Script_Han)
                return whole; // a Chinese name is short as it is
            if (start)
                out += c.toUpper();
            start = false;
        } else {
            start = true;
        }
    }
    return out.size() >= 2 ? out.left(3) : whole;
}

QString Words::position(model::Position position) {
    return QStringLiteral("%1° %2, %3° %4")
        .arg(std::abs(position.latitude()), 0, 'f', 4)
        .arg(position.latitude() < 0 ? QLatin1Char('S') : QLatin1Char('N'))
        .arg(std::abs(position.longitude()), 0, 'f', 4)
        .arg(position.longitude() < 0 ? QLatin1Char('W') : QLatin1Char('E'));
}

QString Words::quoted(const QString& text) {
    return tr("“%1”").arg(text);
}

QString Words::shortened(const QString& text, int most) {
    const QString line = text.simplified();
    if (line.size() <= most)
        return line;
    int cut = most - 1;
    const auto space = line.lastIndexOf(QLatin1Char(' '), cut);
    if (space > most * 2 / 3)
        cut = static_cast<int>(space);
    return line.left(cut) + QChar(0x2026);
}

} // namespace tocsin::gui
