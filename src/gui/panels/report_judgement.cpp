#include "gui/panels/report_judgement.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/proposal_words.hpp"
#include "gui/panels/reason_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace tocsin::gui {

namespace {

constexpr std::size_t mostSame = 8;
constexpr std::array acts{ReportAct::claim,    ReportAct::verify, ReportAct::needMore,     ReportAct::dismiss,
                          ReportAct::callBack, ReportAct::join,   ReportAct::split,        ReportAct::undo,
                          ReportAct::openIncident, ReportAct::link,  ReportAct::place, ReportAct::decline};

void clear(QVBoxLayout& column) {
    while (auto* item = column.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

ReportJudgement::ReportJudgement(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_triage(ui.reports != nullptr ? *ui.reports : *new ReportTriage(this)), m_hand(textLabel(ui.theme, this)), m_callBack(textLabel(ui.theme, this)),
      m_proposalTitle(textLabel(ui.theme, this)), m_proposal(new QVBoxLayout), m_reasonsTitle(sectionLabel(ui.theme, this)), m_reasons(new QVBoxLayout), m_sameTitle(sectionLabel(ui.theme, this)),
      m_same(new QVBoxLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_hand->setObjectName(QStringLiteral("reportHand"));
    m_callBack->setObjectName(QStringLiteral("reportCallBack"));
    m_proposalTitle->setObjectName(QStringLiteral("reportProposal"));
    m_proposalTitle->setFont(ui.theme.font(Theme::Text::bodyBold));
    m_proposal->setSpacing(4);
    m_reasons->setSpacing(4);
    m_same->setSpacing(4);
    column->addWidget(m_hand);
    column->addWidget(m_callBack);
    column->addWidget(m_proposalTitle);
    column->addLayout(m_proposal);
    column->addWidget(m_reasonsTitle);
    column->addLayout(m_reasons);
    column->addWidget(m_sameTitle);
    column->addLayout(m_same);
    auto* grid = new QGridLayout;
    grid->setSpacing(8);
    int at = 0;
    for (const auto act : acts) {
        auto* button = new KeyButton(this);
        button->dress(ui.theme, report_acts::keyText(act), act == ReportAct::openIncident ? "primary" : nullptr);
        button->setObjectName(QStringLiteral("reportAct%1").arg(static_cast<int>(act)));
        connect(button, &QPushButton::clicked, this, [this, act, button] { report_acts::run(m_ui, button, target(act), act); });
        grid->addWidget(button, at / 2, at % 2);
        m_acts.emplace_back(act, button);
        ++at;
    }
    column->addSpacing(4);
    column->addLayout(grid);
    connect(&m_triage, &ReportTriage::changed, this, [this] {
        if (isVisible())
            refresh();
    });
}

const model::Report* ReportJudgement::report() const {
    const auto& all = m_ui.desk.state().reports;
    const auto it = all.find(m_report);
    return it == all.end() ? nullptr : &it->second;
}

/// Joining and opening are for the whole group, judging for this one: a person reads it here by itself.
ReportTarget ReportJudgement::target(ReportAct act) const {
    ReportTarget target;
    target.reports = {m_report};
    const bool proposes = act == ReportAct::openIncident || act == ReportAct::decline;
    if (act != ReportAct::join && act != ReportAct::link && !proposes)
        return target;
    const auto* r = report();
    if (proposes && r != nullptr && r->incident)
        return target; // it goes to the one that it has
    if (const auto* group = m_triage.groupOf(m_report)) {
        target.group = *group;
        // What is only proposed is not taken along unasked: where it may be an incident, it says of how many reports.
        if (act == ReportAct::join || group->proposed.empty() || (proposes && m_triage.proposalOf(m_report) != nullptr))
            target.reports = group->reports;
    }
    return target;
}

void ReportJudgement::show(model::ReportId report) {
    m_report = report;
    refresh();
}

void ReportJudgement::fill(QVBoxLayout& column, std::vector<Line>& shown, std::vector<Line> lines) {
    if (shown == lines && column.count() == static_cast<int>(lines.size()))
        return;
    clear(column);
    for (const auto& line : lines) {
        auto* row = new QWidget(this);
        auto* across = new QHBoxLayout(row);
        across->setContentsMargins(0, 0, 0, 0);
        across->setSpacing(8);
        auto* mark = new QLabel(line.mark, row);
        mark->setFont(m_ui.theme.font(Theme::Text::body));
        mark->setFixedWidth(16);
        mark->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
        across->addWidget(mark);
        if (line.report) {
            auto* link = new QPushButton(line.text, row);
            link->setProperty("kind", QStringLiteral("link"));
            link->setToolTip(line.whole);
            link->setAccessibleName(line.text + QStringLiteral(", ") + line.whole);
            connect(link, &QPushButton::clicked, this, [this, id = *line.report] { m_ui.selection.select(id); });
            auto* both = new QVBoxLayout;
            both->setSpacing(0);
            both->addWidget(link, 0, Qt::AlignLeft);
            auto* why = textLabel(m_ui.theme, row, true);
            why->setText(line.whole);
            both->addWidget(why);
            across->addLayout(both, 1);
        } else {
            auto* text = textLabel(m_ui.theme, row);
            text->setText(line.text);
            across->addWidget(text, 1);
        }
        column.addWidget(row);
    }
    shown = std::move(lines);
}

std::vector<ReportJudgement::Line> ReportJudgement::reasons() const {
    std::vector<Line> out;
    for (const auto& reason : m_triage.credibilityOf(m_report))
        out.push_back({reason.speaksFor ? QStringLiteral("▲") : QStringLiteral("▽"), reasonSentence(reason, m_ui), {}, {}});
    return out;
}

std::vector<ReportJudgement::Line> ReportJudgement::proposed() const {
    std::vector<Line> out;
    const auto* r = report();
    const auto* proposal = r == nullptr || r->incident ? nullptr : m_triage.proposalOf(m_report);
    if (proposal == nullptr)
        return out;
    for (const auto& reason : proposal->reasons)
        out.push_back({QStringLiteral("▲"), proposalReason(reason, m_ui), {}, {}});
    return out;
}

/// Who has said of the report's group that it is no incident, and why; empty: nobody has.
QString ReportJudgement::declined() const {
    const auto* r = report();
    const auto* group = m_triage.groupOf(m_report);
    if (r == nullptr || r->incident)
        return {};
    const auto* no = group != nullptr ? triage::declinedOf(*group, m_ui.desk.state()) : r->noIncident ? &*r->noIncident : nullptr;
    return no == nullptr ? QString()
                         : tr("◇ No incident (%1, %2): %3")
                               .arg(Words::plain(no->by), Words::moment(no->at, m_ui.desk.now(), m_ui.language),
                                    Words::plain(no->why));
}

std::vector<ReportJudgement::Line> ReportJudgement::same() const {
    std::vector<Line> out;
    const auto* group = m_triage.groupOf(m_report);
    if (group == nullptr)
        return out;
    const auto& all = m_ui.desk.state().reports;
    for (const auto& id : group->reports) {
        const auto it = all.find(id);
        if (id == m_report || it == all.end())
            continue;
        if (out.size() == mostSame) {
            out.push_back({{}, tr("… and %1 more").arg(group->reports.size() - 1 - mostSame), {}, {}});
            break;
        }
        const bool proposed = std::find(group->proposed.begin(), group->proposed.end(), id) != group->proposed.end();
        const auto why = group->why.find(id);
        QString whole = proposed ? tr("proposed") : tr("joined by a person");
        if (why != group->why.end())
            whole += QStringLiteral(": ") + whySame(why->second);
        out.push_back({proposed ? QStringLiteral("○") : QStringLiteral("●"),
                       Words::quoted(Words::shortened(Words::plain(it->second.text).simplified(), 60)), whole, id});
    }
    return out;
}

void ReportJudgement::tick() {
    const auto* r = report();
    if (r == nullptr)
        return;
    const auto now = m_ui.desk.now();
    const auto by = model::claimant(*r, now);
    QString hand;
    if (model::isJudged(r->state))
        hand = {};
    else if (by.empty() && !r->claimedBy.empty() && r->claimedAt)
        hand = tr("In nobody's hands: %1 took it %2 ago and has not acted on it")
                   .arg(Words::plain(r->claimedBy), Words::span(now - *r->claimedAt));
    else if (by.empty())
        hand = tr("In nobody's hands");
    else if (QString::fromUtf8(by) == m_ui.desk.actor())
        hand = tr("You have it in hand");
    else
        hand = tr("%1 has it in hand").arg(QString::fromUtf8(by));
    if (!r->note.empty())
        hand += (hand.isEmpty() ? QString() : QStringLiteral("\n")) + tr("Note: %1").arg(Words::plain(r->note));
    setOrHide(m_hand, hand);
    QString call;
    if (r->callBack) {
        const auto& task = *r->callBack;
        if (!task.doneAt) {
            const auto left = task.due - now;
            call = left < base::Duration{0}
                       ? tr("☎ Call back overdue by %1 (asked by %2)").arg(Words::age(-left), Words::plain(task.askedBy))
                       : tr("☎ Call back in %1 (asked by %2)").arg(Words::age(left), Words::plain(task.askedBy));
        } else if (task.reached) {
            call = tr("☎ Called back by %1: %2").arg(Words::plain(task.doneBy), Words::plain(task.result));
        } else {
            call = tr("☎ %1 called back, nobody answered").arg(Words::plain(task.doneBy));
        }
    }
    setOrHide(m_callBack, call);
}

void ReportJudgement::refresh() {
    const auto* r = report();
    if (r == nullptr)
        return;
    auto proposal = proposed();
    setOrHide(m_proposalTitle, proposal.empty() ? declined() : proposalBrief(*m_triage.proposalOf(m_report), m_ui));
    fill(*m_proposal, m_proposalLines, std::move(proposal));
    auto why = reasons();
    m_reasonsTitle->setText(tr("To believe it, or not"));
    m_reasonsTitle->setVisible(!why.empty());
    fill(*m_reasons, m_reasonLines, std::move(why));
    auto others = same();
    m_sameTitle->setText(tr("May be the same event"));
    m_sameTitle->setVisible(!others.empty());
    fill(*m_same, m_sameLines, std::move(others));
    for (const auto& [act, button] : m_acts) {
        const auto what = target(act);
        button->setElidingText(report_acts::textFor(m_ui, what, act));
        const bool can = report_acts::possible(m_ui, what, act);
        button->setEnabled(can);
        // Acts that make no sense here are not shown grey: they would only be in the way.
        if (act == ReportAct::join || act == ReportAct::split || act == ReportAct::undo || act == ReportAct::callBack ||
            act == ReportAct::place || act == ReportAct::decline)
            button->setVisible(can);
    }
    tick();
}

} // namespace tocsin::gui
