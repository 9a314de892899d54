#include "gui/resources/roster_words.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::gui {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostNamed = 3;
constexpr std::size_t mostSpans = 4;
constexpr base::Duration shortest = 10min;
constexpr base::Duration longest = 24h * 14; ///< a week on call, and a slip of the pen in the month is still found

} // namespace

QString RosterWords::now(const model::Resource& resource, base::Time now, const QString& language) {
    if (resource.duty.empty())
        return tr("No shifts are entered");
    const auto duty = dutyNow(resource, now);
    QStringList out;
    switch (resource.status) {
    case model::ResourceStatus::available:
    case model::ResourceStatus::assigned:
        break;
    default:
        out << Words::resourceStatus(resource.status);
    }
    for (std::size_t i = 0; i < std::min(mostNamed, duty.on.size()); ++i)
        out << tr("%1 until %2").arg(Words::plain(duty.on[i].person), Words::moment(duty.on[i].until, now, language));
    if (duty.on.size() > mostNamed)
        out << tr("and %1 more").arg(duty.on.size() - mostNamed);
    if (duty.on.empty())
        out << tr("Nobody on duty");
    if (duty.next)
        out << tr("next: %1 from %2").arg(Words::plain(duty.next->person), Words::moment(duty.next->from, now, language));
    else
        out << tr("nobody next");
    return out.join(QStringLiteral(" · "));
}

QString RosterWords::now(const model::Resource& resource, const std::string& person, base::Time now, const QString& language) {
    model::Resource one;
    std::copy_if(resource.duty.begin(), resource.duty.end(), std::back_inserter(one.duty),
                 [&](const auto& turn) { return turn.person == person; });
    const auto duty = dutyNow(one, now);
    if (!duty.on.empty())
        return tr("on duty until %1").arg(Words::moment(duty.on.back().until, now, language));
    return duty.next ? tr("off duty, next from %1").arg(Words::moment(duty.next->from, now, language)) : tr("off duty");
}

QString RosterWords::turn(const model::DutyTurn& turn, base::Time now, const QString& language) {
    return tr("%1, %2", "who, when").arg(Words::plain(turn.person), span({turn.from, turn.until}, now, language));
}

QString RosterWords::span(RosterSpan span, base::Time now, const QString& language) {
    // The day is said again only where it is another.
    const bool sameDay = Words::dateTime(span.from).date() == Words::dateTime(span.until).date();
    return tr("%1 – %2", "from, until")
        .arg(Words::moment(span.from, now, language),
             sameDay ? Words::hourMinute(span.until) : Words::moment(span.until, now, language));
}

QString RosterWords::gap(const CapabilityGap& gap, base::Time now, const QString& language) {
    QString what = gap.level > 1 ? tr("%1 L%2", "capability, level").arg(Words::capability(gap.code)).arg(gap.level)
                                 : Words::capability(gap.code);
    if (!gap.needed.empty()) {
        QStringList numbers;
        for (const auto& number : gap.needed)
            numbers << Words::plain(number);
        what = tr("%1, needed at %2", "capability, incidents").arg(what, numbers.join(QStringLiteral(", ")));
    }
    if (gap.nobody)
        return tr("%1: nobody in the database has it").arg(what);
    QStringList when;
    for (std::size_t i = 0; i < std::min(mostSpans, gap.when.size()); ++i)
        when << span(gap.when[i], now, language);
    if (gap.when.size() > mostSpans)
        when << tr("and %1 more times").arg(gap.when.size() - mostSpans);
    return tr("%1: nobody on duty %2").arg(what, when.join(QStringLiteral(", ")));
}

QString RosterWords::fault(const model::Resource& resource, const model::DutyTurn& shift, base::Time now, const QString& language) {
    if (shift.person.empty())
        return tr("Say who is on duty.");
    if (shift.until <= shift.from)
        return tr("The shift ends before it begins.");
    if (shift.until - shift.from < shortest)
        return tr("A shift is at least %1 long.").arg(Words::span(shortest));
    if (shift.until - shift.from > longest)
        return tr("A shift of more than %1 days: is the day right?").arg(longest / 24h);
    const auto other = std::find_if(resource.duty.begin(), resource.duty.end(), [&](const auto& one) {
        return one.person == shift.person && one.from < shift.until && shift.from < one.until;
    });
    return other == resource.duty.end() ? QString() : tr("It overlaps another shift: %1.").arg(turn(*other, now, language));
}

QString RosterWords::elsewhere(const model::State& state, const model::Resource& resource, const model::DutyTurn& shift, base::Time now,
                               const QString& language) {
    for (const auto& [id, other] : state.resources) {
        if (id == resource.id || other.retired)
            continue;
        for (const auto& one : other.duty) {
            if (one.person == shift.person && one.phone == shift.phone && one.from < shift.until && shift.from < one.until)
                return tr("At that time %1 is on duty with %2 (%3).")
                    .arg(Words::plain(shift.person), Words::local(other.name, language), span({one.from, one.until}, now, language));
        }
    }
    return {};
}

} // namespace tocsin::gui
