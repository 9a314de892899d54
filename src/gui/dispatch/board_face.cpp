#include "gui/dispatch/board_face.hpp"

#include "tocsin/base/seconds.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::gui {

namespace {

using model::AssignmentState;

int minutes(base::Seconds s) {
    return std::max(0, static_cast<int>(std::ceil(std::min(s.value, 1e7) / 60)));
}

} // namespace

QString BoardWords::column(AssignmentState state) {
    switch (state) {
    case AssignmentState::proposed:
    case AssignmentState::notified:
        return tr("Notified");
    case AssignmentState::accepted:
        return tr("Accepted");
    case AssignmentState::enRoute:
        return tr("En route");
    case AssignmentState::onScene:
        return tr("On scene");
    case AssignmentState::released:
        break;
    }
    return tr("Released within the hour");
}

QString BoardWords::worry(const Followed& followed, Worry worry, const model::State& state, const QString& language) {
    const bool first = !followed.worries.empty() && followed.worries.front() == worry;
    const QString late = first ? Words::span(followed.late) : QString();
    switch (worry) {
    case Worry::silent:
        return first ? tr("SILENT, %1 over the roll call").arg(late) : tr("SILENT");
    case Worry::overdue:
        return first ? tr("OVERDUE by %1").arg(late) : tr("OVERDUE");
    case Worry::notAccepted: {
        const auto one = state.assignments.find(followed.id);
        if (one != state.assignments.end() && one->second.purpose == model::Purpose::shelter)
            return first ? tr("NOBODY SAID IT IS OPEN, %1 over").arg(late) : tr("NOBODY SAID IT IS OPEN");
        return first ? tr("NOT ACCEPTED, %1 over").arg(late) : tr("NOT ACCEPTED");
    }
    case Worry::notDeparted:
        return first ? tr("NOT SET OUT, %1 over").arg(late) : tr("NOT SET OUT");
    case Worry::closure: {
        const auto drawing = followed.closure ? state.drawings.find(*followed.closure) : state.drawings.end();
        const QString name = drawing == state.drawings.end() ? QString() : Words::local(drawing->second.name, language);
        const QString said = name.isEmpty() ? tr("Route crosses a closure") : tr("Route crosses the closure %1").arg(Words::quoted(name));
        const auto one = state.assignments.find(followed.id);
        if (one == state.assignments.end() || !one->second.blocked)
            return said;
        const auto& arrival = one->second.blocked->arrival;
        return arrival ? tr("%1; by another way there at %2").arg(said, Words::hourMinute(*arrival)) : tr("%1; no way is left").arg(said);
    }
    case Worry::crewHours:
        return tr("Crew hours: relieve them");
    }
    return {};
}

CardFace BoardWords::face(const Followed& followed, const model::State& state, const QString& language, base::Time now) {
    CardFace out;
    out.followed = followed;
    out.id = followed.id;
    const auto found = state.assignments.find(followed.id);
    if (found == state.assignments.end())
        return out;
    const model::Assignment& one = found->second;
    out.incident = one.incident;
    out.state = one.state == AssignmentState::proposed ? AssignmentState::notified : one.state;
    const auto resource = state.resources.find(one.resource);
    const bool known = resource != state.resources.end();
    out.glyph = known ? Symbols::forResource(resource->second) : QStringLiteral("team");
    out.name = known ? Words::local(resource->second.name, language) : tr("a team");
    if (const auto incident = state.incidents.find(one.incident); incident != state.incidents.end()) {
        const auto& place = incident->second.place.empty() ? incident->second.title : incident->second.place;
        out.place = Words::plain(incident->second.number) + QStringLiteral(" · ") + Words::local(place, language);
    }
    QStringList task;
    if (!one.order.empty())
        task << tr("order %1").arg(Words::plain(one.order.substr(one.order.rfind('/') + 1)));
    switch (one.purpose) {
    case model::Purpose::team:
        if (!one.capability.empty())
            task << Words::capability(one.capability);
        break;
    case model::Purpose::supply:
        for (const auto& item : one.load)
            task << QStringLiteral("%1 %2 %3").arg(Words::number(item.quantity), Words::unit(item.unit), Words::local(item.name, language)).simplified();
        break;
    case model::Purpose::shelter:
        task << tr("shelter for %1").arg(Words::people(one.people));
        break;
    case model::Purpose::standBy:
        task << tr("stand by");
        break;
    }
    out.task = task.join(QStringLiteral(" · "));
    const QString since = Words::age(now - followed.since);
    out.clock = tr("%1 for %2", "step, time").arg(Words::assignmentState(one.state), since);
    if (followed.left) {
        if (followed.moving) {
            out.late = followed.left->value < 0;
            out.arrival = out.late ? tr("%1 late").arg(Words::age(base::toDuration(*followed.left * -1)))
                                   : Words::age(base::toDuration(*followed.left));
        } else if (followed.left->value > 0) {
            out.arrival = followed.turnout.value > 0 ? tr("there in %1").arg(Words::eta(*followed.left))
                                                     : tr("%1 away").arg(Words::eta(*followed.left));
        }
        if (followed.leftHigh.value > 0)
            out.range = tr("%1–%2 min").arg(minutes(followed.leftLow)).arg(minutes(followed.leftHigh));
    } else {
        out.arrival = one.blocked && model::isOnItsWay(one) ? tr("no way") : since;
    }
    for (const Worry which : followed.worries)
        out.warnings << worry(followed, which, state, language);
    if (followed.limitHours > 0) {
        const double hours = std::chrono::duration<double, std::ratio<3600>>(followed.bound).count();
        out.hours = tr("%1 of %2 h").arg(Words::number(hours, 1), Words::number(followed.limitHours));
        out.hoursPart = std::clamp(hours / followed.limitHours, 0.0, 1.0);
    }
    return out;
}

QString BoardWords::summary(const std::vector<Followed>& all) {
    std::array<int, worries> counts{};
    for (const auto& one : all) {
        for (const Worry w : one.worries)
            ++counts.at(static_cast<std::size_t>(w));
    }
    QStringList out;
    const auto add = [&](Worry w, const QString& words) {
        if (counts.at(static_cast<std::size_t>(w)) > 0)
            out << words.arg(counts.at(static_cast<std::size_t>(w)));
    };
    add(Worry::silent, tr("%1 silent"));
    add(Worry::overdue, tr("%1 overdue"));
    add(Worry::notAccepted, tr("%1 not accepted"));
    add(Worry::notDeparted, tr("%1 not set out"));
    add(Worry::closure, tr("%1 before a closure"));
    add(Worry::crewHours, tr("%1 over crew hours"));
    return out.join(QStringLiteral(" · "));
}

QString BoardWords::spoken(const CardFace& face) {
    QStringList parts{face.name, column(face.state)};
    parts << face.warnings << face.place << face.task << face.arrival << face.range << face.hours;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

} // namespace tocsin::gui
