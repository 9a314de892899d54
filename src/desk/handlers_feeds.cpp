#include "desk/earthquake_merge.hpp"
#include "desk/handlers.hpp"
#include "desk/known_again.hpp"
#include "desk/unit_book.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <set>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostText = 16'384;

bool names(const model::WarningReference& reference, const model::Warning& warning) {
    if (reference.identifier != warning.identifier || reference.sender != warning.sender)
        return false;
    const auto sent = base::parseTime(reference.sent);
    return !sent ||
           *sent == warning.sent; // an unreadable time leaves sender and identifier, which are unique by themselves
}

bool replaces(const model::Warning& newer, const model::Warning& older) {
    // Who is less believed cannot take back what one who is more believed has said.
    const auto trustOf = [](const model::Warning& w) { return w.trust.value_or(model::Trust::unverified); };
    if (trustOf(newer) < trustOf(older))
        return false;
    return (newer.msgType == "Update" || newer.msgType == "Cancel") &&
           std::any_of(newer.references.begin(), newer.references.end(),
                       [&](const auto& reference) { return names(reference, older); });
}

/// Whether it is meant for the public at all: an acknowledgement, a test or another's exercise is kept and told, and is
/// nothing that is in force.
bool warns(const model::Warning& warning, bool exercise) {
    if (warning.msgType == "Ack" || warning.msgType == "Error")
        return false;
    if (warning.capStatus == "Exercise")
        return exercise;
    return warning.capStatus != "Test" && warning.capStatus != "Draft" && warning.capStatus != "System";
}

/// In force, or held and so perhaps in force one day.
bool mayWarn(model::WarningState state) {
    return state == model::WarningState::inForce || state == model::WarningState::held;
}

/// Whether the same message came by a better way, so that its words are to be believed rather than those of before: a
/// copy that somebody altered must not keep the true one out.
bool outdoes(const model::Warning& newer, const model::Warning& known) {
    if (newer.state == model::WarningState::held)
        return false;
    return known.state == model::WarningState::held ||
           (known.trust && newer.trust.value_or(model::Trust::unverified) > *known.trust);
}

model::WarningState replacedState(const model::Warning& newer) {
    return newer.msgType == "Cancel" ? model::WarningState::cancelled : model::WarningState::superseded;
}

} // namespace

base::Result<void> checkText(std::string_view text, std::string_view what, std::size_t most, bool mayBeEmpty) {
    if (text.empty() && !mayBeEmpty)
        return fail(Code::refused, std::string(what) + " is empty");
    if (text.size() > most)
        return fail(Code::tooLarge, std::string(what) + " is longer than " + std::to_string(most) + " bytes");
    std::size_t at = 0;
    if (!base::isUtf8(text, &at))
        return fail(Code::malformed, std::string(what) + " is not UTF-8", {.line = {}, .column = {}, .byte = at});
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F)
            return fail(Code::malformed, std::string(what) + " holds a control character",
                        {.line = {}, .column = {}, .byte = i});
    }
    return {};
}

void forgetWork(model::Report& report) {
    report.judgedBy.clear();
    report.judgedAt.reset();
    report.note.clear();
    report.incident.reset();
    report.cluster.reset();
    report.claimedBy.clear();
    report.claimedAt.reset();
    report.callBack.reset();
    report.noIncident.reset();
    report.placed.reset();
}

base::Result<Effect> Handlers::operator()(const NameCounty& c) {
    if (auto ok = checkText(c.county.text, "the county's name", 200); !ok)
        return tl::unexpected(ok.error());
    auto desk = m_state.desk;
    desk.county = c.county;
    desk.exercise = c.exercise;
    return Effect{{eventOf("county.named", "desk", desk)}, {}, false};
}

base::Result<Effect> Handlers::operator()(const RegisterResources& c) {
    Effect effect;
    Event event{"resource.registered", "resources", nlohmann::json::object()};
    std::set<model::ResourceId> seen;
    std::vector<model::Resource> records;
    for (const auto& resource : c.resources) {
        if (resource.id.isNull())
            return fail(Code::refused, "a resource has no id");
        if (!seen.insert(resource.id).second)
            return fail(Code::conflict, "resource " + resource.id.toString() + " is named twice");
        if (auto ok = checkText(resource.name.text, "a resource's name", 400); !ok)
            return tl::unexpected(ok.error());
        if (runningFor(resource.id) != nullptr)
            return fail(Code::conflict, resource.name.text + " is assigned: change its record once it is released");
        auto record = resource;
        if (record.home == model::Position{})
            record.home = record.position;
        model::addChange(event.data, record);
        effect.ids.push_back(record.id.toString());
        records.push_back(std::move(record));
    }
    if (c.resources.empty())
        return fail(Code::refused, "there is no resource to register");
    event.data["count"] = c.resources.size();
    effect.events.push_back(std::move(event));
    auto bound = boundByRegister(m_state, m_units, records, m_now);
    std::move(bound.begin(), bound.end(), std::back_inserter(effect.events));
    return effect;
}

base::Result<Effect> Handlers::operator()(const TakeWarning& c) {
    const auto& in = c.warning;
    if (in.identifier.empty() || in.sender.empty())
        return fail(Code::malformed, "the warning has no identifier or no sender");
    auto known = m_store.findBySource("warning", store::sourceKey(in));
    if (!known)
        return tl::unexpected(known.error());
    const model::Warning* before = nullptr;
    if (*known) {
        const auto id = model::WarningId::parse(**known);
        const auto found = id ? m_state.warnings.find(*id) : m_state.warnings.end();
        const bool isKnown = found != m_state.warnings.end();
        // Two that bear one name, and nobody can say which is right: the second is for a person to look at.
        if (isKnown && !outdoes(in, found->second) && saysOther(in, found->second))
            return fail(Code::conflict, "a message of this sender, identifier and time is here already, and says something else");
        if (!isKnown || !outdoes(in, found->second))
            return Effect{{}, {**known}, true};
        before = &found->second;
    }

    auto warning = in;
    warning.id = before != nullptr ? before->id : m_ids.make<model::WarningId>();
    warning.receivedAt = before != nullptr ? before->receivedAt : m_now;
    const bool held = in.state == model::WarningState::held;
    // One that takes nothing back, as it is believed less or nothing that it names is here, is not told as if it had.
    const bool cancels = held || std::any_of(m_state.warnings.begin(), m_state.warnings.end(), [&](const auto& one) {
                             return one.first != warning.id && replaces(warning, one.second);
                         });
    const char* type = warning.msgType == "Update"    ? "warning.updated"
                       : warning.msgType != "Cancel" ? "warning.received"
                       : cancels                     ? "warning.cancelled"
                                                     : "warning.cancel-ignored";
    const auto subject = warning.id.toString();
    auto event = warningEvent(type, std::move(warning), held);
    event.data["feed"] = c.feed;
    return Effect{{std::move(event)}, {subject}, false};
}

Event Handlers::warningEvent(const char* type, model::Warning warning, bool held) const {
    using model::WarningState;
    warning.state = WarningState::inForce;
    if ((warning.expires && *warning.expires <= m_now) || !warns(warning, m_state.desk.exercise))
        warning.state = WarningState::expired;
    else if (held)
        warning.state = WarningState::held;
    else if (warning.msgType == "Cancel")
        warning.state = WarningState::cancelled;
    for (const auto& [id, other] : m_state.warnings) {
        // Messages come in any order: an update may be here before what it updates.
        if (id != warning.id && other.state != WarningState::held && replaces(other, warning) && mayWarn(warning.state))
            warning.state = replacedState(other);
    }
    Event event{type, warning.id.toString(), nlohmann::json::object()};
    model::addChange(event.data, warning);
    if (warning.state == WarningState::held)
        return event;
    for (const auto& [id, other] : m_state.warnings) {
        if (id != warning.id && mayWarn(other.state) && replaces(warning, other)) {
            auto replaced = other;
            replaced.state = replacedState(warning);
            model::addChange(event.data, replaced);
        }
    }
    return event;
}

base::Result<Effect> Handlers::operator()(const AcceptWarning& c) {
    const auto found = m_state.warnings.find(c.warning);
    if (found == m_state.warnings.end())
        return fail(Code::notFound, "there is no such warning");
    if (found->second.state != model::WarningState::held)
        return fail(Code::conflict, "the warning is not held");
    return Effect{{warningEvent("warning.accepted", found->second, false)}, {c.warning.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const TakeReport& c) {
    auto report = c.report;
    report.feed = c.feed;
    if (auto ok = checkText(report.text, "the report's text", mostText); !ok)
        return tl::unexpected(ok.error());
    report.sender = m_store.senderOf(report.contact);
    // By its sender's id; and where that is another thing's already, by that and what it says.
    std::string namesake;
    for (auto key = store::sourceKey(report); !key.empty();) {
        const auto known = m_store.findBySource("report", key);
        if (!known)
            return tl::unexpected(known.error());
        if (!*known)
            break;
        const auto id = model::ReportId::parse(**known);
        const auto before = id ? m_state.reports.find(*id) : m_state.reports.end();
        if (before == m_state.reports.end())
            return Effect{{}, {**known}, true};
        const bool same = !namesake.empty() || saysTheSame(report, before->second);
        if (same || livesOn(report, before->second))
            return renew(report, before->second, !same);
        namesake = **known;
        report.sourceId = idBesideNamesake(report);
        key = store::sourceKey(report);
    }
    report.id = m_ids.make<model::ReportId>();
    report.receivedAt = m_now;
    if (report.happenedAt == base::Time{})
        report.happenedAt = m_now;
    report.state = model::ReportState::pending;
    forgetWork(report);
    // Who told is kept apart: the journal goes to more people than need to know.
    const auto contact = std::exchange(report.contact, {});
    report.hasContact = !contact.empty();
    auto event = eventOf("report.received", report.id.toString(), report);
    event.data["feed"] = c.feed;
    if (!namesake.empty())
        event.data["namesake"] = namesake;
    Effect effect{{std::move(event)}, {report.id.toString()}, false};
    if (!contact.empty())
        effect.contacts.emplace_back(report.id, contact);
    return effect;
}

/// One that is known, and may have something to add: how it stands at its source, a photo, who told it. `amended`: other words, too.
base::Result<Effect> Handlers::renew(const model::Report& report, const model::Report& before, bool amended) const {
    const auto id = before.id.toString();
    auto updated = renewedBy(report, before, amended);
    if (updated == before)
        return Effect{{}, {id}, true};
    if (auto ok = checkText(updated.status, "the report's status", 100, true); !ok)
        return tl::unexpected(ok.error());
    Effect effect{{}, {id}, false};
    if (updated.hasContact != before.hasContact)
        effect.contacts.emplace_back(before.id, report.contact);
    auto event = eventOf("report.updated", id, updated);
    event.data["feed"] = report.feed;
    if (amended)
        event.data["before"] = {{"text", before.text}, {"category", before.category}, {"place", before.place}};
    effect.events.push_back(std::move(event));
    return effect;
}

base::Result<Effect> Handlers::operator()(const TakeEarthquake& c) {
    const auto& quake = c.earthquake;
    if (auto ok = checkText(quake.sourceId, "the earthquake's id", 400); !ok)
        return tl::unexpected(ok.error());
    // All that its agency's ids name: an agency may find later that two of its events are one.
    std::vector<const model::Earthquake*> known;
    auto ids = quake.otherIds;
    ids.insert(ids.begin(), quake.sourceId);
    for (const auto& sourceId : ids) {
        auto probe = quake;
        probe.sourceId = sourceId;
        auto found = m_store.findBySource("earthquake", store::sourceKey(probe));
        if (!found)
            return tl::unexpected(found.error());
        const auto id = *found ? model::EarthquakeId::parse(**found) : std::nullopt;
        const auto event = id ? m_state.earthquakes.find(*id) : m_state.earthquakes.end();
        if (event != m_state.earthquakes.end() && std::find(known.begin(), known.end(), &event->second) == known.end())
            known.push_back(&event->second);
    }
    // One that was found to be another one stays known by its id: what comes of it belongs to the one that it became.
    if (!known.empty() && known.front()->status == "deleted")
        if (const auto* live = becameOf(*known.front(), m_state))
            known = {live};
    if (known.empty())
        return newEarthquake(c);
    const auto& first = *known.front();
    if (!supersedes(quake, first))
        return Effect{{}, {first.id.toString()}, true};
    known.erase(known.begin());
    Event event{"earthquake.updated", first.id.toString(), nlohmann::json::object()};
    for (const auto* other : known) { // before the one that stays, so that their ids become its own
        auto gone = *other;
        gone.status = "deleted";
        model::addChange(event.data, gone);
    }
    model::addChange(event.data, merged(quake, first, known));
    event.data["feed"] = c.feed;
    return Effect{{std::move(event)}, {first.id.toString()}, false};
}

base::Result<Effect> Handlers::newEarthquake(const TakeEarthquake& c) {
    auto quake = c.earthquake;
    if (quake.status == "deleted")
        return Effect{{}, {}, true}; // of what nobody told the desk
    if (const auto* twin = twinOf(quake, m_state)) {
        const auto link = linkTo(quake);
        const bool isLinked = std::find(twin->otherIds.begin(), twin->otherIds.end(), link) != twin->otherIds.end();
        // Who is more believed is not only linked: from now on it is his word that stands.
        const auto trustOf = [](const model::Earthquake& q) { return q.trust.value_or(model::Trust::unverified); };
        const bool isBetter = trustOf(quake) > trustOf(*twin);
        if (isLinked && !isBetter)
            return Effect{{}, {twin->id.toString()}, true};
        auto linked = isBetter ? merged(quake, *twin, {}) : *twin;
        if (std::find(linked.otherIds.begin(), linked.otherIds.end(), link) == linked.otherIds.end())
            linked.otherIds.push_back(link);
        auto event = eventOf("earthquake.updated", linked.id.toString(), linked);
        event.data["feed"] = c.feed;
        event.data["linked"] = link;
        return Effect{{std::move(event)}, {linked.id.toString()}, false};
    }
    quake.id = m_ids.make<model::EarthquakeId>();
    auto event = eventOf("earthquake.received", quake.id.toString(), quake);
    event.data["feed"] = c.feed;
    return Effect{{std::move(event)}, {quake.id.toString()}, false};
}

Effect Handlers::expireWarnings() const {
    Effect effect;
    for (const auto& [id, warning] : m_state.warnings) {
        if (!mayWarn(warning.state) || !warning.expires || *warning.expires > m_now)
            continue;
        auto expired = warning;
        expired.state = model::WarningState::expired;
        effect.events.push_back(eventOf("warning.expired", id.toString(), expired));
    }
    return effect;
}

} // namespace tocsin::desk
