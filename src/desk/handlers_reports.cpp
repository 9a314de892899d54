#include "desk/handlers.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <set>

// What people do with citizens' reports one by one: judge, take in hand, call back, put in their place. Clusters of
// them are in handlers_clusters.cpp.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t noteText = 4'000;
constexpr auto longestPlan = std::chrono::hours(24 * 30);

/// The reports named, each once, in the order named; none or all.
base::Result<std::vector<model::Report>> reportsOf(const model::State& state, const std::vector<model::ReportId>& ids) {
    if (ids.empty())
        return fail(Code::refused, "no report is named");
    if (ids.size() > mostReportsAtOnce)
        return fail(Code::tooLarge, "more than " + std::to_string(mostReportsAtOnce) + " reports at once");
    std::vector<model::Report> out;
    std::set<model::ReportId> seen;
    for (const auto& id : ids) {
        const auto found = state.reports.find(id);
        if (found == state.reports.end())
            return fail(Code::notFound, "there is no such report");
        if (seen.insert(id).second)
            out.push_back(found->second);
    }
    return out;
}

/// One entry for all of them: its subject is the report, or "reports" where there are several.
Effect effectOf(std::string type, const std::vector<model::Report>& after) {
    Effect effect;
    Event event{std::move(type), after.size() == 1 ? after.front().id.toString() : "reports", nlohmann::json::object()};
    for (const auto& report : after) {
        model::addChange(event.data, report);
        effect.ids.push_back(report.id.toString());
    }
    event.data["count"] = after.size();
    effect.events.push_back(std::move(event));
    return effect;
}

std::string these(std::size_t count) {
    return count == 1 ? "the report" : "each of these reports";
}

void release(model::Report& report) {
    report.claimedBy.clear();
    report.claimedAt.reset();
}

/// Who else has some of them in hand.
std::set<std::string> others(const std::vector<model::Report>& reports, const std::string& actor, base::Time now) {
    std::set<std::string> out;
    for (const auto& report : reports) {
        if (const auto by = model::claimant(report, now); !by.empty() && by != actor)
            out.emplace(by);
    }
    return out;
}

base::Result<void> refuseFor(const std::set<std::string>& who, std::size_t asked) {
    if (who.empty())
        return {};
    return fail(Code::conflict, *who.begin() + " has " + (asked == 1 ? "this report" : "one of these reports") +
                                    " in hand: ask, or take it over");
}

base::Result<Effect> judge(const model::State& state, const JudgeReports& c, base::Time now, const std::string& actor) {
    auto reports = reportsOf(state, c.reports);
    if (!reports)
        return tl::unexpected(reports.error());
    const bool mustSay = c.state == model::ReportState::needsMore;
    if (auto ok = checkText(c.note, mustSay ? "what is still missing" : "the note", noteText, !mustSay); !ok)
        return tl::unexpected(ok.error());
    const auto asked = reports->size();
    // Those that were judged so already, perhaps a moment ago by somebody else, are passed over.
    std::erase_if(*reports, [&](const model::Report& report) {
        return report.state == c.state && (c.note.empty() || report.note == c.note);
    });
    if (reports->empty())
        return fail(Code::conflict, these(asked) + " is " + std::string(toString(c.state)) + " already");
    const auto from = others(*reports, actor, now);
    if (auto ok = refuseFor(from, asked); !ok && !c.over)
        return tl::unexpected(ok.error());
    for (auto& report : *reports) {
        report.state = c.state;
        report.judgedBy = actor;
        report.judgedAt = now;
        report.note = c.note;
        release(report);
    }
    auto effect = effectOf("report.judged", *reports);
    effect.events.front().data["state"] = toString(c.state);
    if (!from.empty())
        effect.events.front().data["from"] = from;
    return effect;
}

/// The report, if somebody can be called back about it.
base::Result<model::Report> toCall(const model::State& state, model::ReportId id) {
    const auto found = state.reports.find(id);
    if (found == state.reports.end())
        return fail(Code::notFound, "there is no such report");
    if (!found->second.hasContact)
        return fail(Code::refused, "nobody left a number with this report: nobody can be called back");
    return found->second;
}

} // namespace

void renewClaim(model::Report& report, const std::string& actor, base::Time now) {
    if (!actor.empty() && model::claimant(report, now) == actor)
        report.claimedAt = now;
}

base::Result<Effect> Handlers::operator()(const JudgeReport& c) {
    return judge(m_state, {{c.report}, c.state, c.note, c.over}, m_now, m_actor);
}

base::Result<Effect> Handlers::operator()(const JudgeReports& c) {
    return judge(m_state, c, m_now, m_actor);
}

base::Result<Effect> Handlers::operator()(const ClaimReports& c) {
    auto reports = reportsOf(m_state, c.reports);
    if (!reports)
        return tl::unexpected(reports.error());
    const auto asked = reports->size();
    std::erase_if(*reports, [](const model::Report& report) { return model::isJudged(report.state); });
    if (reports->empty())
        return fail(Code::conflict, these(asked) + " is judged already: nobody need take it in hand");
    const auto from = others(*reports, m_actor, m_now);
    if (auto ok = refuseFor(from, asked); !ok && !c.over)
        return tl::unexpected(ok.error());
    for (auto& report : *reports) {
        report.claimedBy = m_actor;
        report.claimedAt = m_now;
    }
    auto effect = effectOf("report.claimed", *reports);
    if (!from.empty())
        effect.events.front().data["from"] = from;
    return effect;
}

base::Result<Effect> Handlers::operator()(const ReleaseReports& c) {
    auto reports = reportsOf(m_state, c.reports);
    if (!reports)
        return tl::unexpected(reports.error());
    const auto asked = reports->size();
    for (const auto& report : *reports) {
        const auto by = model::claimant(report, m_now);
        if (!by.empty() && by != m_actor)
            return fail(Code::conflict, std::string(by) + " has " +
                                            (asked == 1 ? "this report" : "one of these reports") +
                                            " in hand, not " + m_actor);
    }
    // A stale claim counts as none, but its traces are wiped.
    std::erase_if(*reports, [](const model::Report& report) { return report.claimedBy.empty(); });
    if (reports->empty())
        return fail(Code::conflict, "nobody has " + std::string(asked == 1 ? "the report" : "these reports") + " in hand");
    for (auto& report : *reports)
        release(report);
    return effectOf("report.released", *reports);
}

base::Result<Effect> Handlers::operator()(const DeclineIncident& c) {
    auto reports = reportsOf(m_state, c.reports);
    if (!reports)
        return tl::unexpected(reports.error());
    if (auto ok = checkText(c.why, "why it is no incident", noteText, false); !ok)
        return tl::unexpected(ok.error());
    if (c.senders < 0)
        return fail(Code::outOfRange, "the number of senders is below zero");
    const auto asked = reports->size();
    std::erase_if(*reports, [](const model::Report& report) { return report.incident.has_value(); });
    if (reports->empty())
        return fail(Code::conflict, these(asked) + " belongs to an incident already");
    std::string by;
    std::erase_if(*reports, [&](const model::Report& report) {
        const bool said = report.noIncident && report.noIncident->senders == c.senders && report.noIncident->danger == c.danger;
        if (said)
            by = report.noIncident->by;
        return said;
    });
    if (reports->empty())
        return fail(Code::conflict, by + " has said already that " + these(asked) + " is no incident");
    for (auto& report : *reports) {
        report.noIncident = model::NoIncident{m_actor, m_now, c.why, c.senders, c.danger};
        renewClaim(report, m_actor, m_now);
    }
    auto effect = effectOf("report.no-incident", *reports);
    effect.events.front().data["reason"] = c.why;
    return effect;
}

base::Result<Effect> Handlers::operator()(const PlanCallBack& c) {
    auto report = toCall(m_state, c.report);
    if (!report)
        return tl::unexpected(report.error());
    if (c.due < m_now)
        return fail(Code::outOfRange, "the time for calling back is over already");
    if (c.due > m_now + longestPlan)
        return fail(Code::outOfRange, "calling back is planned for at most 30 days from now");
    const auto& planned = report->callBack;
    if (planned && !planned->doneAt && planned->due == c.due)
        return fail(Code::conflict, "calling back is planned for that time already");
    report->callBack = model::CallBack{};
    report->callBack->due = c.due;
    report->callBack->askedBy = m_actor;
    renewClaim(*report, m_actor, m_now);
    auto effect = effectOf("report.call-back-planned", {*report});
    effect.events.front().data["until"] = base::formatTime(c.due);
    return effect;
}

base::Result<Effect> Handlers::operator()(const EndCallBack& c) {
    auto report = toCall(m_state, c.report);
    if (!report)
        return tl::unexpected(report.error());
    if (auto ok = checkText(c.result, "what was said", noteText, !c.reached); !ok)
        return tl::unexpected(ok.error());
    if (report->callBack && report->callBack->doneAt)
        return fail(Code::conflict, report->callBack->doneBy + " has called back already: plan another call first");
    if (!report->callBack) { // somebody has rung up without planning it first
        report->callBack = model::CallBack{};
        report->callBack->due = m_now;
        report->callBack->askedBy = m_actor;
    }
    report->callBack->doneAt = m_now;
    report->callBack->doneBy = m_actor;
    report->callBack->reached = c.reached;
    report->callBack->result = c.result;
    renewClaim(*report, m_actor, m_now);
    return effectOf("report.called-back", {*report});
}

base::Result<Effect> Handlers::operator()(const PlaceReport& c) {
    auto reports = reportsOf(m_state, {c.report});
    if (!reports)
        return tl::unexpected(reports.error());
    if (auto ok = checkText(c.how, "how the place became known", 100); !ok)
        return tl::unexpected(ok.error());
    auto& report = reports->front();
    if (report.position == c.position)
        return fail(Code::conflict, "the report is at that place already");
    const auto before = report.position;
    if (!report.placed)
        report.placed = model::Placed{before};
    report.position = c.position;
    report.accuracyMetres.reset(); // was that of the place before
    renewClaim(report, m_actor, m_now);
    auto effect = effectOf("report.placed", *reports);
    auto& data = effect.events.front().data;
    data["how"] = c.how;
    data["before"] = before; // the sender's own stand in report.received, too
    return effect;
}

} // namespace tocsin::desk
