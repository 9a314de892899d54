#include "gui/panels/sentence.hpp"

// What the duty log says of citizens' reports and of calls.

namespace tocsin::gui {

QString Sentence::report(const std::string& what) const {
    const model::Report* report = subject(m_images.reports, m_state.reports);
    const QString text = report ? Words::quoted(Words::shortened(Words::plain(report->text), 90)) : tr("a report");
    if (what == "received") {
        if (!report)
            return tr("Report received");
        QString said = report->place.empty()
                           ? tr("Report by %1: %2").arg(Words::feed(report->feed), text)
                           : tr("Report by %1 from %2: %3").arg(Words::feed(report->feed), Words::plain(report->place), text);
        if (!field("namesake").isEmpty())
            said = tr("%1 (another report came under the same id before)").arg(said);
        return said;
    }
    if (what == "judged") {
        if (m_images.reports.size() > 1)
            return tr("Judged %1").arg(Words::reports(m_images.reports.size()));
        if (report && report->state == model::ReportState::dismissed)
            return tr("Dismissed the report %1").arg(text);
        if (report && report->state == model::ReportState::pending)
            return tr("Back to triage: %1").arg(text);
        if (report && report->state == model::ReportState::needsMore)
            return report->note.empty() ? tr("More is needed of the report %1").arg(text)
                                        : tr("More is needed of the report %1: %2").arg(text, Words::plain(report->note));
        return tr("Verified the report %1").arg(text);
    }
    return reportHandled(what, report, m_images.reports.size() > 1 ? Words::reports(m_images.reports.size()) : text);
}

/// Who has it in hand, calling back, where it belongs.
QString Sentence::reportHandled(const std::string& what, const model::Report* report, const QString& text) const {
    if (what == "updated" && m_entry.data.contains("before"))
        return tr("The sender changed the report, now: %1").arg(text);
    if (what == "updated")
        return report && !report->status.empty() ? tr("The sender of %1 says: %2").arg(text, Words::plain(report->status))
                                                 : tr("Report updated: %1").arg(text);
    if (what == "claimed")
        return tr("Took in hand %1").arg(text);
    if (what == "released")
        return tr("Let go of %1").arg(text);
    if (what == "call-back-planned")
        return report && report->callBack ? tr("To be called back by %1: %2").arg(moment(report->callBack->due), text)
                                          : tr("To be called back: %1").arg(text);
    if (what == "called-back") {
        if (!report || !report->callBack)
            return tr("Called back about %1").arg(text);
        return report->callBack->reached
                   ? tr("Called back about %1: %2").arg(text, Words::plain(report->callBack->result))
                   : tr("Called back about %1, nobody answered").arg(text);
    }
    if (what == "no-incident")
        return report && report->noIncident ? tr("No incident, %1: %2").arg(text, Words::plain(report->noIncident->why))
                                            : tr("No incident, %1").arg(text);
    if (what == "placed")
        return report && report->position ? tr("Placed %1 at %2").arg(text, Words::position(*report->position))
                                          : tr("Placed %1").arg(text);
    return {};
}

QString Sentence::cluster(const std::string& what) const {
    const QString count = field("count").isEmpty() ? QStringLiteral("?") : field("count");
    if (what == "joined")
        return tr("Reports that speak of one event: %1").arg(count);
    if (what == "split")
        return tr("Reports that speak of another event: %1").arg(count);
    if (what == "undone")
        return tr("Taken back: which reports speak of one event");
    return {};
}

/// A call to the desk, or that somebody looked at who told a report.
QString Sentence::call(const std::string& thing, const std::string& what) const {
    const model::Report* report = subject(m_images.reports, m_state.reports);
    const QString text = report ? Words::quoted(Words::shortened(Words::plain(report->text), 90)) : tr("a report");
    if (thing == "contact")
        return what == "shown" ? tr("Looked at who told %1").arg(text) : QString();
    const QString place = report ? Words::plain(report->place) : QString();
    if (what == "recorded")
        return place.isEmpty() ? tr("Call recorded: %1").arg(text) : tr("Call from %1 recorded: %2").arg(place, text);
    if (what == "amended")
        return place.isEmpty() ? tr("Call amended: %1").arg(text) : tr("Call from %1 amended: %2").arg(place, text);
    return {};
}

} // namespace tocsin::gui
