#include "gui/panels/proposal_words.hpp"
#include "gui/panels/report_rows.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QStringList>

// What a row of the triage queue says: a report, a group, or a line of a flood.

namespace tocsin::gui {

QString ReportRows::second(const model::Report& report, const Row& row) const {
    QStringList parts;
    const auto now = m_ui.desk.now();
    const auto* proposal = report.incident ? nullptr : m_triage.proposalOf(report.id);
    if (proposal != nullptr && (row.members > 1 || proposal->incident)) // of a member only that it has come since
        parts << proposalBrief(*proposal, m_ui);
    if (proposal == nullptr && report.noIncident && !report.incident)
        parts << tr("no incident, says %1").arg(Words::plain(report.noIncident->by));
    if (model::callsBack(report)) {
        const auto left = report.callBack->due - now;
        parts << (left < base::Duration{0} ? tr("☎ call back overdue by %1").arg(Words::age(-left))
                                           : tr("☎ call back in %1").arg(Words::age(left)));
    }
    if (const auto by = model::claimant(report, now); !by.empty())
        parts << tr("%1 has it").arg(Words::plain(std::string(by)));
    if (!report.place.empty())
        parts << Words::plain(report.place);
    else if (report.position)
        parts << Words::position(*report.position);
    else
        parts << tr("no place given");
    if (row.members > 1 && !m_open.contains(row.id)) {
        const auto* group = m_triage.groupOf(report.id);
        if (group != nullptr && !group->proposed.empty())
            parts << (group->cluster ? tr("%1 more proposed").arg(group->proposed.size()) : tr("proposed as one event"));
        else
            parts << tr("one event");
    } else {
        parts << Words::feed(report.feed);
    }
    if (!report.category.empty())
        parts << Words::reportCategory(report.category);
    return parts.join(QStringLiteral(" · "));
}

RowFace ReportRows::faceOf(const triage::ReportLine& line, const Row& row) const {
    using Level = triage::ReportLine::Level;
    RowFace f;
    f.shape = RowFace::Shape::report;
    const QString kind = Words::reportCategory(line.category);
    switch (line.level) {
    case Level::areaAndCategory: {
        QString where = Words::plain(line.place).simplified();
        if (where.isEmpty())
            where = line.centre ? Words::position(*line.centre) : tr("no place given");
        f.title = where + QStringLiteral(" · ") + kind;
        break;
    }
    case Level::category:
        f.title = line.areas > 1 ? tr("%1 · %2 more areas").arg(kind).arg(line.areas) : tr("%1 · elsewhere").arg(kind);
        break;
    case Level::everything:
        f.title = tr("Everything else");
        break;
    }
    QStringList parts;
    if (line.dead > 0)
        parts << tr("%1 tell of dead").arg(line.dead);
    if (line.trapped > 0)
        parts << tr("%1 of people trapped").arg(line.trapped);
    if (line.inDanger > 0 && line.trapped == 0 && line.dead == 0)
        parts << tr("%1 of people in danger").arg(line.inDanger);
    if (line.due > 0)
        parts << tr("☎ %1 to call back now").arg(line.due);
    parts.prepend(tr("%1 in %2 groups").arg(Words::reports(line.reports)).arg(line.blocks.size()));
    f.second = parts.join(QStringLiteral(" · "));
    f.topRight = Words::age(m_ui.desk.now() - line.newest);
    const bool open = m_open.contains(row.id);
    f.count = open ? 0 : line.reports;
    f.fold = open ? RowFace::Fold::open : RowFace::Fold::closed;
    f.bold = line.inDanger > 0;
    return f;
}

RowFace ReportRows::face(const base::Uuid& id) const {
    RowFace f;
    f.shape = RowFace::Shape::report;
    const auto it = m_ui.desk.state().reports.find(model::ReportId(id));
    const Row* found = rowOf(id);
    if (const auto* line = lineAt(id))
        return faceOf(*line, *found);
    if (it == m_ui.desk.state().reports.end() || found == nullptr)
        return f;
    const model::Report& report = it->second;
    const Row& row = *found;
    const auto now = m_ui.desk.now();
    f.verified = report.state == model::ReportState::verified;
    f.title = Words::quoted(Words::plain(report.text).simplified());
    f.topRight = Words::age(now - report.receivedAt);
    f.bottomRight = Words::reportState(report.state);
    f.second = second(report, row);
    const bool closed = row.members > 1 && !m_open.contains(id);
    f.count = closed ? row.members : 0;
    f.fold = row.members > 1 ? (closed ? RowFace::Fold::closed : RowFace::Fold::open) : RowFace::Fold::none;
    f.depth = row.depth;
    f.faded = model::isJudged(report.state) && !model::callsBack(report);
    f.bold = isUnclaimed(report, now);
    return f;
}

} // namespace tocsin::gui
