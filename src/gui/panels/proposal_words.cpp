#include "gui/panels/proposal_words.hpp"

#include "gui/panels/reason_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QStringList>

namespace tocsin::gui {

namespace {

struct ProposalWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::ProposalWords)
};

constexpr int longestTitle = 80;

/// "3 reports tell of dead, a call counts 2".
QString told(const QString& sentence, const triage::ProposalReason& reason) {
    if (reason.people == 0)
        return sentence;
    const QString counted = ProposalWords::tr("a call counts %1", "people").arg(Words::number(reason.people, 0));
    return reason.count == 0 ? counted : sentence + QStringLiteral(", ") + counted;
}

} // namespace

QString proposalTitle(const triage::IncidentProposal& proposal) {
    QString what = Words::hazard(proposal.hazard);
    if (proposal.hazard == "other" && !proposal.terms.empty()) {
        QStringList said;
        for (const auto& term : proposal.terms)
            said << Words::plain(term);
        what = said.join(QLatin1Char(' '));
    }
    if (!what.isEmpty())
        what[0] = what[0].toUpper();
    const QString where = Words::plain(proposal.place.text).simplified();
    return Words::shortened(where.isEmpty() ? what : ProposalWords::tr("%1, %2", "an incident's title: what, where").arg(what, where),
                            longestTitle);
}

QString proposalBrief(const triage::IncidentProposal& proposal, const UiContext& ui) {
    if (proposal.incident) {
        const auto& all = ui.desk.state().incidents;
        const auto found = all.find(*proposal.incident);
        return ProposalWords::tr("◆ may belong to incident %1")
            .arg(found == all.end() ? QString() : Words::plain(found->second.number));
    }
    return ProposalWords::tr("◆ may be an incident: %1 · %2").arg(proposalTitle(proposal), Words::grade(proposal.grade));
}

QString proposalReason(const triage::ProposalReason& reason, const UiContext& ui) {
    using What = triage::ProposalReason::What;
    const QString count = Words::number(static_cast<double>(reason.count), 0);
    QString said;
    switch (reason.what) {
    case What::manyReports:
        said = ProposalWords::tr("%1 senders tell of it").arg(count);
        break;
    case What::deadTold:
        said = told(ProposalWords::tr("People dead: %1").arg(Words::reports(reason.count)), reason);
        break;
    case What::trappedTold:
        said = told(ProposalWords::tr("People trapped: %1").arg(Words::reports(reason.count)), reason);
        break;
    case What::hurtTold:
        said = told(ProposalWords::tr("People hurt, ill or missing: %1").arg(Words::reports(reason.count)), reason);
        break;
    case What::alarmNear: {
        QString title;
        const auto& all = ui.desk.state().alarms;
        if (const auto found = reason.alarm ? all.find(*reason.alarm) : all.end(); found != all.end())
            title = Words::local(found->second.title, ui.language);
        said = ProposalWords::tr("An alarm of the same stands %1 away: %2").arg(distanceWord(reason.metres), title);
        if (reason.count > 1)
            said += QStringLiteral(" · ") + ProposalWords::tr("%1 in all", "alarms").arg(count);
        break;
    }
    }
    return reason.grade == model::Grade::IV
               ? said
               : said + QStringLiteral(" → ") + Words::grade(reason.grade);
}

} // namespace tocsin::gui
