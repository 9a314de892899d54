#include "gui/resources/resource_words.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/stock_level.hpp"

#include <QHash>
#include <algorithm>

namespace tocsin::gui {

Attention attentionOf(const model::Resource& r, base::Time now, const ResourcesDesk::Limits& limits) {
    Attention out;
    for (const auto& line : r.stock) {
        out.expiring = out.expiring || (line.expiry && line.quantity > 0 && *line.expiry <= now + std::chrono::hours(24 * 30));
    }
    for (const auto& level : model::stockLevels(r, now))
        out.shortStock = out.shortStock || level.isShort();
    out.checkDue = (r.checkDue && *r.checkDue <= now) || (r.maintenanceDue && *r.maintenanceDue <= now);
    // At home it is where its record says, however long ago it came there.
    out.oldPosition = r.position != r.home && r.positionTime + limits.position < now;
    out.oldCount = r.countedAt && *r.countedAt + limits.count < now;
    out.statusOverdue = model::isStatusOverdue(r, now);
    return out;
}

QString ResourceWords::attention(const Attention& a) {
    QStringList out;
    if (a.statusOverdue)
        out << tr("status overdue");
    if (a.shortStock)
        out << tr("short");
    if (a.expiring)
        out << tr("expiring");
    if (a.checkDue)
        out << tr("check due");
    if (a.oldPosition)
        out << tr("old position");
    if (a.oldCount)
        out << tr("old count");
    return out.join(QStringLiteral(" · "));
}

QString ResourceWords::status(const model::Resource& r, base::Time now, const QString& language) {
    if (!r.statusUntil || r.status == model::ResourceStatus::available)
        return Words::resourceStatus(r.status);
    return (model::isStatusOverdue(r, now) ? tr("%1 until %2, overdue", "status, when") : tr("%1 until %2", "status, when"))
        .arg(Words::resourceStatus(r.status), Words::moment(*r.statusUntil, now, language));
}

QString ResourceWords::day(const std::optional<base::Time>& time) {
    if (!time)
        return {};
    const auto iso = QString::fromStdString(base::formatTime(*time));
    return *time == std::chrono::floor<std::chrono::days>(*time) ? iso.left(10) : iso.left(16) + QLatin1Char('Z');
}

QString ResourceWords::skills(const std::vector<model::Capability>& skills) {
    QStringList out;
    for (const auto& skill : skills)
        out << tr("%1 L%2", "capability, level").arg(Words::capability(skill.code)).arg(skill.level);
    return out.join(QStringLiteral(" · "));
}

QString ResourceWords::skillCodes(const std::vector<model::Capability>& skills) {
    QStringList out;
    for (const auto& skill : skills)
        out << QStringLiteral("%1:%2").arg(QString::fromStdString(skill.code)).arg(skill.level);
    return out.join(QLatin1Char(' '));
}

QString ResourceWords::meaning(const model::Capability& skill, const model::CapabilityTables& typing, const QString& language) {
    QString out = skills({skill});
    const auto word = std::find_if(typing.capabilities.begin(), typing.capabilities.end(), [&](const auto& w) { return w.code == skill.code; });
    if (word == typing.capabilities.end())
        return typing.capabilities.empty() ? out : tr("%1: not in the county's table of capabilities").arg(out);
    QStringList more;
    if (const auto level = static_cast<std::size_t>(skill.level); level >= 1 && level <= word->levels.size())
        out = tr("%1: %2", "capability with its level, what the level asks for").arg(out, Words::local(word->levels[level - 1], language));
    QStringList codes;
    if (!word->gbt.empty())
        codes << QString::fromStdString(word->gbt);
    for (const auto& code : typing.codes) {
        const QString number = QString::fromStdString(code.code);
        if (code.code == word->gbt)
            codes[0] = number + QLatin1Char(' ') + Words::local(code.name, language);
        else if (code.capability == word->code)
            codes << number + QLatin1Char(' ') + Words::local(code.name, language);
    }
    if (!codes.isEmpty())
        more << tr("GB/T 38565 %1").arg(codes.join(QStringLiteral(", ")));
    if (!word->nims.empty())
        more << tr("like %1", "a type of team of FEMA's library").arg(QString::fromStdString(word->nims));
    more.prepend(out);
    return more.join(QStringLiteral(" · "));
}

QString ResourceWords::number(double value) {
    return value == 0 ? QString() : QString::number(value, 'g', 12);
}

QString ResourceWords::field(const QString& key) {
    static const QHash<QString, const char*> words{
        {"kind", QT_TR_NOOP("Kind")}, {"name", QT_TR_NOOP("Name")}, {"name_zh_CN", QT_TR_NOOP("Name in Chinese")},
        {"call_sign", QT_TR_NOOP("Call sign")}, {"inventory_number", QT_TR_NOOP("Inventory number")}, {"code", QT_TR_NOOP("Code")},
        {"owner", QT_TR_NOOP("Owner")}, {"owner_zh_CN", QT_TR_NOOP("Owner in Chinese")}, {"division", QT_TR_NOOP("Division")},
        {"person_in_charge", QT_TR_NOOP("Person in charge")}, {"phone", QT_TR_NOOP("Phone")}, {"capabilities", QT_TR_NOOP("Capabilities")},
        {"people", QT_TR_NOOP("People")}, {"capacity", QT_TR_NOOP("Places")}, {"occupied", QT_TR_NOOP("Taken places")},
        {"beds", QT_TR_NOOP("Beds by kind")}, {"services", QT_TR_NOOP("Services")}, {"latitude", QT_TR_NOOP("Latitude")},
        {"longitude", QT_TR_NOOP("Longitude")}, {"coordinates", QT_TR_NOOP("Coordinates")}, {"datum", QT_TR_NOOP("Datum")},
        {"place", QT_TR_NOOP("Place")}, {"place_zh_CN", QT_TR_NOOP("Place in Chinese")}, {"status", QT_TR_NOOP("Status")},
        {"speed_factor", QT_TR_NOOP("Speed factor")}, {"flies", QT_TR_NOOP("Flies")}, {"speed_class", QT_TR_NOOP("Driving profile")},
        {"weight_t", QT_TR_NOOP("Weight, t")}, {"height_m", QT_TR_NOOP("Height, m")}, {"width_m", QT_TR_NOOP("Width, m")},
        {"fording_m", QT_TR_NOOP("Fording depth, m")}, {"payload_kg", QT_TR_NOOP("Load, kg")}, {"payload_m3", QT_TR_NOOP("Load, m³")},
        {"seats", QT_TR_NOOP("Seats")}, {"crew_hours", QT_TR_NOOP("Longest hours in 24")}, {"check_due", QT_TR_NOOP("Next check")},
        {"maintenance_due", QT_TR_NOOP("Next maintenance")}, {"remarks", QT_TR_NOOP("Remarks")}, {"id", QT_TR_NOOP("Record's id")},
        {"record", QT_TR_NOOP("Belongs to")}, {"supply", QT_TR_NOOP("Supply's code")}, {"supply_name", QT_TR_NOOP("Supply")},
        {"supply_name_zh_CN", QT_TR_NOOP("Supply in Chinese")}, {"quantity", QT_TR_NOOP("Quantity")}, {"unit", QT_TR_NOOP("Unit")},
        {"minimum", QT_TR_NOOP("Minimum")}, {"batch", QT_TR_NOOP("Batch")}, {"expiry", QT_TR_NOOP("Expiry")}, {"kg_each", QT_TR_NOOP("kg each")},
        {"m3_each", QT_TR_NOOP("m³ each")}, {"person", QT_TR_NOOP("Person")}, {"role", QT_TR_NOOP("Role")}, {"skills", QT_TR_NOOP("Skills")},
        {"shift", QT_TR_NOOP("Shift")}, {"from", QT_TR_NOOP("From")}, {"until", QT_TR_NOOP("Until")}, {"per_day", QT_TR_NOOP("Each day")},
        {"lead_hours", QT_TR_NOOP("Lead time, h")}, {"free", QT_TR_NOOP("Free")}, {"list", QT_TR_NOOP("Call-down list")},
        {"step", QT_TR_NOOP("Place in the list")}, {"wait_s", QT_TR_NOOP("Seconds to answer")}};
    const auto found = words.constFind(key);
    return found == words.constEnd() ? key : tr(*found);
}

} // namespace tocsin::gui
