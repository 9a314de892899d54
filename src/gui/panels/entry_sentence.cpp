#include "tocsin/gui/panels/entry_sentence.hpp"

#include "gui/dispatch/dispatch_words.hpp"
#include "gui/panels/sentence.hpp"

#include <QCoreApplication>
#include <QStringList>
#include <nlohmann/json.hpp>
#include <optional>
#include <variant>
#include <vector>

namespace tocsin::gui {

EntryImages entryImages(const nlohmann::json& data) {
    EntryImages images;
    try {
        for (model::Changed& changed : model::changesOf(data))
            std::visit([&](auto& value) { images.add(std::move(value)); }, changed);
    } catch (const std::exception&) {
        // An image that today's code cannot read: the sentence then says less, but it says it.
    }
    return images;
}

QString textField(const nlohmann::json& data, const char* key) {
    if (!data.is_object())
        return {};
    const auto it = data.find(key);
    if (it == data.end())
        return {};
    if (it->is_string())
        return QString::fromStdString(it->get<std::string>());
    if (it->is_number_integer())
        return QString::number(it->get<std::int64_t>());
    return {};
}

QString localField(const nlohmann::json& data, const char* key, const QString& language) {
    if (!data.is_object() || !data.contains(key) || !data.at(key).is_object())
        return textField(data, key);
    const nlohmann::json& words = data.at(key);
    const QString own = textField(words, language.toUtf8().constData());
    return own.isEmpty() ? textField(words, "text") : own;
}

QString Sentence::marker(const std::string& what) const {
    // A marker that is drawn anew has what it was before beside it.
    const model::Drawing* drawn = nullptr;
    for (const model::Drawing& one : m_images.drawings)
        if (drawn == nullptr || !one.removedAt)
            drawn = &one;
    if (drawn == nullptr)
        return {};
    const QString name = Words::quoted(local(drawn->name));
    const QString by = Words::plain(drawn->by);
    if (what == "placed")
        return tr("Marker %1 from the field, by %2").arg(name, by);
    if (what == "changed")
        return tr("Marker %1 changed in the field, by %2").arg(name, by);
    if (what == "removed")
        return tr("Marker %1 removed in the field").arg(name);
    return {};
}

QString Sentence::unit(const std::string& what) const {
    if (m_entry.type == "chat.received") {
        const auto message = m_entry.data.find("message");
        if (message == m_entry.data.end())
            return {};
        const QString room = textField(*message, "room");
        const QString from = textField(*message, "callSign").isEmpty() ? textField(*message, "from")
                                                                      : textField(*message, "callSign");
        const QString text = Words::quoted(Words::shortened(textField(*message, "text"), 400));
        return room.isEmpty() ? tr("%1 writes: %2").arg(from, text)
                              : tr("%1 to %2: %3", "who writes, in which chat room, what").arg(from, room, text);
    }
    if (m_entry.type == "chat.sent") {
        const auto message = m_entry.data.find("message");
        if (message == m_entry.data.end())
            return {};
        return tr("Written to %1: %2", "a unit, what").arg(textField(*message, "callSign"),
                                                           Words::quoted(Words::shortened(textField(*message, "text"), 400)));
    }
    if (m_entry.type == "chat.handed")
        return tr("What was written to %1 was handed to its phone").arg(field("callSign"));
    if (m_entry.type == "chat.missed")
        return tr("What was written to %1 could not be handed over: call it by voice").arg(field("callSign"));
    if (m_entry.type == "resource.moved") {
        const model::Resource* resource = m_images.resources.empty() ? nullptr : &m_images.resources.front();
        return resource ? tr("%1 is at %2 now").arg(resourceName(resource), Words::position(resource->position)) : QString();
    }
    const model::Unit* unit = nullptr;
    for (const model::Unit& one : m_images.units)
        if (one.id.value == m_entry.subject)
            unit = &one;
    if (unit == nullptr)
        return {};
    const QString name = Words::plain(unit->callSign.empty() ? unit->id.value : unit->callSign);
    if (what == "heard")
        return tr("Unit %1 heard for the first time").arg(name);
    if (what == "changed")
        return tr("Unit %1 says something else of itself now").arg(name);
    if (what == "unbound")
        return tr("Unit %1 carries no resource any more").arg(name);
    if (what == "bound") {
        const model::Resource* resource = nullptr;
        if (unit->resource)
            resource = find(m_images.resources, m_state.resources, *unit->resource);
        return tr("Unit %1 carries %2").arg(name, resourceName(resource));
    }
    return {};
}

QString Sentence::withPlan(const QString& sentence) const {
    const QString plan = localField(m_entry.data, "planTitle", m_language);
    const QString missing = field("planMissing");
    if (plan.isEmpty())
        return missing.isEmpty() ? sentence : tr("%1; there is no plan called %2").arg(sentence, Words::quoted(missing));
    const QString by = field("planBy");
    const QString how = field("planNeeds");
    if (by == QLatin1String("alarm"))
        return tr("%1; plan %2, which the alarm's rule suggests").arg(sentence, Words::quoted(plan));
    if (how == QLatin1String("replace"))
        return tr("%1; plan %2 in the place of its needs").arg(sentence, Words::quoted(plan));
    if (how == QLatin1String("add"))
        return tr("%1; plan %2, what was missing added").arg(sentence, Words::quoted(plan));
    if (how == QLatin1String("keep"))
        return tr("%1; plan %2, its needs stay").arg(sentence, Words::quoted(plan));
    return missing.isEmpty() ? tr("%1; plan %2").arg(sentence, Words::quoted(plan))
                             : tr("%1; plan %2, since there is none called %3").arg(sentence, Words::quoted(plan), Words::quoted(missing));
}

QString Sentence::incidentOpened(const model::Incident& incident, const QString& name) const {
    for (const model::AlarmId& id : incident.alarms) {
        if (const model::Alarm* from = find(m_images.alarms, m_state.alarms, id))
            return tr("Incident %1 %2 opened from the alarm %3")
                .arg(Words::plain(incident.number), name, Words::quoted(local(from->title)));
    }
    for (const model::ReportId& id : incident.reports) {
        if (const model::Report* from = find(m_images.reports, m_state.reports, id))
            return tr("Incident %1 %2 opened from the report %3")
                .arg(Words::plain(incident.number), name, Words::quoted(Words::shortened(Words::plain(from->text), 60)));
    }
    return tr("Incident %1 %2 opened, %3").arg(Words::plain(incident.number), name, Words::grade(incident.grade));
}

QString Sentence::incidentMoved(const model::Incident* incident, const QString& name) const {
    if (incident == nullptr)
        return tr("An incident was moved to another place");
    const QString place = local(incident->place);
    const QString where = place.isEmpty() ? Words::position(incident->position) : place + QLatin1Char(' ') + Words::position(incident->position);
    const QString from = localField(m_entry.data, "placeBefore", m_language);
    QString out = from.isEmpty() ? tr("%1 moved to %2").arg(name, where) : tr("%1 moved from %2 to %3").arg(name, from, where);
    QStringList coming;
    for (const model::Assignment& one : m_images.assignments)
        coming << resourceName(find(m_images.resources, m_state.resources, one.resource));
    return coming.isEmpty() ? out : tr("%1; to be told on their way: %2").arg(out, coming.join(tr(", ")));
}

QString Sentence::incident(const std::string& what) const {
    const model::Incident* incident = subject(m_images.incidents, m_state.incidents);
    const QString name = incidentName(incident);
    if (what == "opened") {
        if (!incident)
            return tr("Incident opened");
        return withPlan(incidentOpened(*incident, name));
    }
    if (what == "linked") {
        QStringList parts;
        if (!m_images.alarms.empty())
            parts << Words::alarms(m_images.alarms.size());
        if (!m_images.reports.empty())
            parts << Words::reports(m_images.reports.size());
        return parts.isEmpty() ? tr("Joined to %1").arg(name)
                               : tr("Joined %1 to %2").arg(parts.join(tr(" and ")), name);
    }
    if (what == "graded")
        return withReason(withPlan(incident ? tr("%1 is %2").arg(name, Words::grade(incident->grade)) : tr("Grade set")));
    if (what == "planned")
        return withReason(withPlan(tr("Another plan for %1").arg(name)));
    if (what == "moved")
        return withReason(incidentMoved(incident, name));
    if (what == "needs-set") {
        QStringList needs;
        if (incident) {
            for (const model::Need& need : incident->needs)
                needs << DispatchWords::need(need, m_language, m_state);
        }
        return needs.isEmpty() ? tr("%1 needs nobody").arg(name) : tr("%1 needs %2").arg(name, needs.join(tr(", ")));
    }
    if (what == "closed")
        return withReason(tr("Closed %1").arg(name));
    return {};
}

QString Sentence::assignment(const std::string& what) const {
    const auto say = [&](const model::Assignment& a) {
        const model::Resource* resource = find(m_images.resources, m_state.resources, a.resource);
        const model::Incident* incident = find(m_images.incidents, m_state.incidents, a.incident);
        const QString who = resourceName(resource);
        const QString where = incidentName(incident);
        if (what == "proposed")
            return tr("Proposed %1 for %2, %3").arg(who, where, Words::eta(a.eta));
        if (what == "notified")
            return tr("Notified %1 for %2").arg(who, where);
        if (what == "accepted")
            return tr("%1 accepted %2").arg(who, where);
        if (what == "en-route")
            return tr("%1 en route to %2, %3").arg(who, where, Words::eta(a.eta));
        if (what == "on-scene")
            return tr("%1 on scene at %2").arg(who, where);
        if (what == "released")
            return tr("%1 released from %2").arg(who, where);
        if (what == "told") {
            const QString word = a.word == model::TeamWord::recall  ? tr("the recall")
                                 : a.word == model::TeamWord::way   ? tr("another way")
                                 : a.word == model::TeamWord::moved ? tr("the new place")
                                                                    : tr("the order");
            if (a.reached == model::Reached::waits) // of before, when only a new place was told so
                return tr("Told to %1: %2", "a team, what").arg(who, tr("the new place"));
            if (a.reached == model::Reached::phone)
                return tr("Handed to the phone of %1: %2", "a team, what").arg(who, word);
            return a.reached == model::Reached::voice ? tr("Told to %1 by voice: %2", "a team, what").arg(who, word)
                                                      : tr("Reached no phone of %1, to be told by voice: %2", "a team, what").arg(who, word);
        }
        return QString();
    };
    if (m_images.assignments.size() > 1 && (what == "proposed" || what == "notified")) {
        QStringList names;
        for (const model::Assignment& a : m_images.assignments)
            names << resourceName(find(m_images.resources, m_state.resources, a.resource));
        const model::Incident* incident =
            find(m_images.incidents, m_state.incidents, m_images.assignments.front().incident);
        return (what == "proposed" ? tr("Proposed %1 for %2") : tr("Notified %1 for %2"))
            .arg(names.join(tr(", ")), incidentName(incident));
    }
    if (const model::Assignment* a = subject(m_images.assignments, m_state.assignments))
        return say(*a);
    return say(model::Assignment{});
}

QString Sentence::warning(const std::string& what) const {
    const model::Warning* warning = subject(m_images.warnings, m_state.warnings);
    QString name = tr("a warning");
    if (warning) {
        const model::WarningInfo* info = model::infoFor(*warning, m_language.toStdString());
        name = info ? Words::plain(info->headline.empty() ? info->event : info->headline)
                    : Words::plain(warning->identifier);
    }
    if (what == "received" || what == "updated") {
        if (!warning)
            return what == "received" ? tr("Warning received") : tr("Warning updated");
        const QString colour = Words::colour(warning->colour);
        if (warning->state == model::WarningState::held)
            return tr("Warning held back, its signature is not trusted: %1, %2").arg(name, colour);
        if (what == "updated")
            return warning->expires
                       ? tr("Warning updated: %1, %2, until %3").arg(name, colour, moment(*warning->expires))
                       : tr("Warning updated: %1, %2").arg(name, colour);
        return warning->expires ? tr("Warning in force: %1, %2, until %3").arg(name, colour, moment(*warning->expires))
                                : tr("Warning in force: %1, %2").arg(name, colour);
    }
    if (what == "cancelled")
        return warning && warning->state == model::WarningState::held
                   ? tr("Cancellation held back, its signature is not trusted: %1").arg(name)
                   : tr("Warning cancelled: %1").arg(name);
    if (what == "cancel-ignored")
        return tr("Cancellation that takes nothing back, for what it names is not here or is trusted more: %1").arg(name);
    if (what == "accepted")
        return warning && warning->msgType == "Cancel" ? tr("Cancellation that was held back accepted: %1").arg(name)
                                                       : tr("Warning that was held back put in force: %1").arg(name);
    if (what == "expired")
        return tr("Warning over: %1").arg(name);
    return {};
}

QString Sentence::earthquake(const std::string& what) const {
    const model::Earthquake* quake = subject(m_images.earthquakes, m_state.earthquakes);
    if (!quake)
        return what == "received" ? tr("Earthquake reported") : tr("Earthquake updated");
    const QString magnitude = quake->magnitude ? Words::number(*quake->magnitude, 1) : QStringLiteral("?");
    if (what == "received")
        return tr("Earthquake M %1, %2").arg(magnitude, Words::plain(quake->place));
    if (what == "updated")
        return tr("Earthquake now M %1, %2").arg(magnitude, Words::plain(quake->place));
    return {};
}

QString Sentence::drawing(const std::string& kind, const std::string& what) const {
    const model::Drawing* drawing = subject(m_images.drawings, m_state.drawings);
    QString name = drawing ? local(drawing->name) : QString();
    name = name.isEmpty() ? tr("without a name") : Words::quoted(name);
    QString out;
    if (kind == "closure") {
        if (what == "placed")
            out = tr("Roads closed: %1").arg(name);
        else if (what == "changed")
            out = tr("Closure changed: %1").arg(name);
        else if (what == "removed")
            return tr("Closure lifted: %1").arg(name);
    } else if (kind == "area") {
        if (what == "placed")
            out = tr("Area drawn: %1").arg(name);
        else if (what == "changed")
            out = tr("Area changed: %1").arg(name);
        else if (what == "removed")
            return tr("Area removed: %1").arg(name);
    } else {
        if (what == "placed")
            out = tr("Pin set: %1").arg(name);
        else if (what == "changed")
            out = tr("Pin changed: %1").arg(name);
        else if (what == "removed")
            return tr("Pin removed: %1").arg(name);
    }
    return out.isEmpty() || !drawing || !drawing->until ? out : tr("%1, until %2").arg(out, moment(*drawing->until));
}

QString Sentence::ofDesk() const {
    const std::string& type = m_entry.type;
    const model::DeskStatus& desk = m_images.desk ? *m_images.desk : m_state.desk;
    if (type == "county.named")
        return tr("The county is named %1").arg(local(desk.county));
    if (type == "sensor.registered")
        return m_images.sensors.size() == 1 ? tr("Sensor registered: %1").arg(local(m_images.sensors.front().name))
                                            : tr("%1 sensors registered").arg(m_images.sensors.size());
    if (type == "sensor.changed")
        return m_images.sensors.size() == 1 ? tr("Sensor changed in the register: %1").arg(local(m_images.sensors.front().name))
                                            : tr("%1 sensors changed in the register").arg(m_images.sensors.size());
    if (type == "resource.registered")
        return m_images.resources.size() == 1
                   ? tr("Resource registered: %1").arg(local(m_images.resources.front().name))
                   : tr("%1 resources registered").arg(m_images.resources.size());
    if (type == "note.written") {
        const auto id = model::IncidentId::parse(m_entry.subject);
        const model::Incident* about = id ? find(m_images.incidents, m_state.incidents, *id) : nullptr;
        const QString text = field("text");
        return about ? tr("%1: %2", "incident, note").arg(local(about->title), text) : text;
    }
    if (type == "level.set") {
        if (!desk.responseLevel)
            return withReason(tr("Response ended, back to peacetime"));
        const QString title = local(desk.responseTitle);
        return withReason(title.isEmpty()
                              ? tr("Response level %1").arg(Words::numeral(*desk.responseLevel))
                              : tr("Response level %1 · %2").arg(Words::numeral(*desk.responseLevel), title));
    }
    if (type == "shift.started") {
        QString out = desk.leader.empty()
                          ? tr("Shift begun: %1").arg(Words::plain(desk.onDuty))
                          : tr("Shift begun: %1, leader %2").arg(Words::plain(desk.onDuty), Words::plain(desk.leader));
        return desk.dutyUntil ? tr("%1, until %2").arg(out, moment(*desk.dutyUntil)) : out;
    }
    if (type == "name.pin-set")
        return tr("%1 has a PIN from now on").arg(Words::plain(m_entry.subject));
    if (type == "name.pin-changed")
        return tr("The PIN of %1 was changed").arg(Words::plain(m_entry.subject));
    if (type == "name.pin-cleared")
        return tr("%1 has no PIN any more").arg(Words::plain(m_entry.subject));
    if (type == "name.pin-wrong") {
        const int seat = field("seat").toInt();
        return tr("A wrong PIN for %1 at %2, %3 in a row: the next try waits %4 s")
            .arg(Words::plain(m_entry.subject), seat == 0 ? tr("the desk's own window") : tr("seat %1").arg(seat), field("count"), field("seconds"));
    }
    if (type == "sound.muted")
        return desk.soundMutedUntil ? tr("Alarm sound muted until %1").arg(moment(*desk.soundMutedUntil))
                                    : tr("Alarm sound muted");
    if (type == "sound.unmuted")
        return tr("Alarm sound on again");
    if (type == "clock.set-back")
        return tr("The clock was set back: claims and what is waited for go on for the time they had left");
    if (type == "roads.weather")
        return tr("Roads: %1").arg(Words::roadWeather(desk.roadWeather));
    if (type == "exercise.started") {
        const QString given = localField(m_entry.data, "title", m_language);
        const QString title = given.isEmpty() ? Words::plain(desk.scenario) : given;
        return title.isEmpty() ? tr("Exercise begun") : tr("Exercise begun: %1").arg(title);
    }
    if (type == "exercise.ended")
        return tr("Exercise ended");
    if (type == "sensor.adopted") {
        const QString feed = Words::feed(field("feed").toStdString());
        return m_images.sensors.size() == 1
                   ? tr("Sensor of %1: %2").arg(feed, local(m_images.sensors.front().name))
                   : tr("%1 sensors of %2").arg(m_images.sensors.size()).arg(feed);
    }
    if (type == "reading.corrected")
        return corrected();
    if (type == "quarantine.shown")
        return tr("Looked at number %1 in quarantine, of %2, which may say who reported")
            .arg(field("item"), Words::feed(field("feed").toStdString()));
    if (type == "quarantine.judged") {
        const auto items = m_entry.data.find("items");
        if (items != m_entry.data.end() && items->is_array())
            return field("state") == QLatin1String("dismissed")
                       ? withReason(tr("%1 inputs in quarantine are wanted no more").arg(items->size()))
                       : tr("%1 inputs in quarantine were taken again").arg(items->size());
        return field("state") == QLatin1String("dismissed")
                   ? withReason(tr("Number %1 in quarantine is wanted no more").arg(field("item")))
                   : tr("Number %1 in quarantine was taken again").arg(field("item"));
    }
    if (type == "input.quarantined") {
        const QString feed = field("feed").isEmpty() ? entryActor(m_entry) : Words::feed(field("feed").toStdString());
        const QString count = field("count");
        return withReason(count.isEmpty() || count == QLatin1String("1")
                              ? tr("An input of %1 cannot be read and is kept aside").arg(feed)
                              : tr("%1 inputs of %2 cannot be read and are kept aside").arg(count, feed));
    }
    return {};
}

QString entryActor(const model::Entry& entry) {
    return Words::feed(entry.actor);
}

QString entrySentence(const model::Entry& entry, const model::State& state, const QString& language) {
    return Sentence(entry, state, language).make();
}

} // namespace tocsin::gui
