#include "gui/dispatch/decision_page.hpp"

#include "gui/dispatch/decision_story.hpp"
#include "gui/dispatch/dispatch_words.hpp"
#include "gui/dispatch/leaders_word.hpp"
#include "gui/panels/drill_mark.hpp"
#include "gui/panels/plan_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace tocsin::gui {

namespace {

constexpr int idRole = Qt::UserRole;

/// Its words, as the page's own.
class Card {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::DecisionPage)
  public:
    Card(const model::State& state, const model::Decision& decision, const QString& language, base::Time now)
        : m_state(state), m_decision(decision), m_language(language), m_now(now) {}

    QString make() {
        head();
        lines();
        others();
        unmet();
        cover();
        notices();
        calls();
        return m_out;
    }

  private:
    void title(const QString& text) { m_out += QStringLiteral("<h3>%1</h3>").arg(text.toHtmlEscaped()); }
    void say(const QString& text) { m_out += QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()); }
    void row(const QStringList& cells, bool heading = false) {
        m_out += QStringLiteral("<tr>");
        for (const QString& cell : cells)
            m_out += (heading ? QStringLiteral("<th align=\"left\">%1</th>") : QStringLiteral("<td>%1</td>")).arg(cell.toHtmlEscaped());
        m_out += QStringLiteral("</tr>");
    }
    void table() { m_out += QStringLiteral("<table cellspacing=\"0\" cellpadding=\"6\" border=\"0\" width=\"100%\">"); }
    void endTable() { m_out += QStringLiteral("</table>"); }
    QString who(model::ResourceId id) const { return DispatchWords::resource(m_state, id, m_language); }
    /// From the order, where it was known how long setting out takes; else from setting out.
    static QString predicted(const model::DecisionLine& line) {
        const auto words = [&](base::Seconds eta) { return Words::eta(line.turnout + eta); };
        return withTurnout(line.etaHigh.value > 0 ? tr("%1 (%2–%3)").arg(words(line.eta), words(line.etaLow), words(line.etaHigh)) : words(line.eta), line.turnout);
    }
    static QString withTurnout(const QString& time, base::Seconds turnout) {
        return turnout.value > 0 ? tr("%1, of it %2 until setting out").arg(time, Words::eta(turnout)) : time;
    }

    QString loadText(const std::vector<model::LoadItem>& items) const {
        QStringList load;
        for (const auto& item : items)
            load << DispatchWords::amount(item.quantity, item.unit) + QLatin1Char(' ') + Words::local(item.name, m_language);
        return load.join(QStringLiteral(", "));
    }

    /// Of cards of before the whole need was kept there is the capability alone, or a supply's code.
    QString wanted(const model::Need& need) const {
        const bool old = need.kind == model::NeedKind::team && need.quantity <= 0;
        return old ? Words::capability(need.capability) : DispatchWords::need(need, m_language, m_state);
    }

    void head() {
        const auto& d = m_decision;
        m_out += QStringLiteral("<h2>%1</h2>").arg(DispatchWords::incident(m_state, d.incident, m_language).toHtmlEscaped());
        say(tr("%1, by %2: %3", "when, who, state")
                .arg(Words::moment(d.at, m_now, m_language), Words::plain(d.by), DispatchWords::decisionState(d)));
        const bool takenBack = d.state == model::DecisionState::refused && d.judgedBy == d.by;
        if (takenBack && !d.judgement.empty())
            say(tr("Taken back because: %1").arg(Words::plain(d.judgement)));
        if (d.judgedAt && !takenBack)
            say(d.judgement.empty()
                    ? tr("Leader's word: %1 at %2").arg(Words::plain(d.judgedBy), Words::moment(*d.judgedAt, m_now, m_language))
                    : tr("Leader's word: %1 at %2: %3")
                          .arg(Words::plain(d.judgedBy), Words::moment(*d.judgedAt, m_now, m_language), Words::plain(d.judgement)));
        if (!d.reason.empty())
            say(tr("Otherwise than recommended, because: %1").arg(Words::plain(d.reason)));
        say(d.optimal ? tr("The recommendation was proven to be the best there is.")
                      : tr("The recommendation was the best found, not proven to be the optimum: %1.").arg(PlanWords::reasons(dispatch::optimumWords(d))));
        if (d.factsAt != base::Time{} && d.at - d.factsAt > std::chrono::minutes(1))
            say(tr("It rested on facts that were %1 old.").arg(Words::span(d.at - d.factsAt)));
    }

    void lines() {
        title(m_decision.state == model::DecisionState::sent ? tr("Who was sent, and what happened") : tr("Who would be sent"));
        table();
        row({tr("Who"), tr("For"), tr("Predicted"), tr("Really"), tr("Difference"), tr("Why")}, true);
        for (const auto& outcome : outcomesOf(m_state, m_decision)) {
            const auto& line = outcome.line;
            QString really;
            QString difference;
            if (outcome.took) {
                really = withTurnout(Words::eta(*outcome.took), outcome.turnout);
                const double behind = outcome.behind.value;
                const QString words = Words::eta(base::Seconds(std::abs(behind)));
                difference = std::abs(behind) < 30 ? tr("as predicted")
                             : behind > 0          ? tr("%1 later").arg(words)
                                                   : tr("%1 earlier").arg(words);
                if (line.etaHigh.value > 0)
                    difference += outcome.within ? tr(", within the interval") : tr(", outside the interval");
            } else if (outcome.untold) {
                really = tr("there at %1", "when").arg(Words::moment(*outcome.assignment->arrivedAt, m_now, m_language));
                difference = tr("when it set out was not told");
            } else if (outcome.assignment != nullptr) {
                really = Words::assignmentState(outcome.assignment->state);
            }
            QString what;
            switch (line.purpose) {
            case model::Purpose::shelter:
                what = tr("shelter for %1").arg(Words::people(line.people));
                break;
            case model::Purpose::standBy:
                what = line.stops.empty() ? tr("stand by") : tr("stand by at %1").arg(Words::local(line.stops.back().place, m_language));
                break;
            case model::Purpose::supply:
                what = loadText(line.load);
                break;
            case model::Purpose::team:
                what = DispatchWords::need(line.need, m_language, m_state);
                break;
            }
            if (!line.instead.empty())
                what = tr("%1 (recommended: %2)", "a load as a person changed it; the load as it was").arg(what, loadText(line.instead));
            if (line.insteadPeople > 0)
                what = tr("%1 (recommended: %2)", "how many people as a person changed it; as it was").arg(what, Words::people(line.insteadPeople));
            if (!line.obstacle.empty())
                what = tr("%1, although: %2", "for what; what spoke against it").arg(what, DispatchWords::obstacle(line.obstacle));
            row({line.byHand && line.instead.empty() && line.insteadPeople == 0 ? tr("%1 (added by hand)").arg(who(line.resource))
                 : line.byHand                       ? tr("%1 (changed by hand)").arg(who(line.resource))
                 : line.recommended                  ? who(line.resource)
                                                     : tr("%1 (chosen instead)").arg(who(line.resource)),
                 what,
                 line.purpose == model::Purpose::shelter ? QString() : predicted(line), really,
                 difference, line.reason == model::asRecommended ? tr("as recommended") : Words::plain(line.reason)});
        }
        endTable();
        QStringList leave;
        for (const auto& id : m_decision.releases) {
            if (const auto one = m_state.assignments.find(id); one != m_state.assignments.end())
                leave << tr("%1 (%2)", "who, from which incident")
                             .arg(who(one->second.resource), DispatchWords::incident(m_state, one->second.incident, m_language));
        }
        if (!leave.isEmpty())
            say(tr("Orders given up for it: %1").arg(leave.join(tr(", "))));
    }

    void others() {
        if (m_decision.others.empty())
            return;
        title(tr("Who else was looked at"));
        table();
        row({tr("Who"), tr("For"), tr("Would take"), tr("Would cost"), tr("Remark")}, true);
        constexpr std::size_t most = 30;
        for (std::size_t i = 0; i < std::min(most, m_decision.others.size()); ++i) {
            const auto& other = m_decision.others[i];
            const QString obstacle = DispatchWords::obstacle(other.obstacle);
            row({who(other.resource), wanted(other.need),
                 other.eta.value > 0 ? Words::eta(other.eta) : QString(),
                 other.costs.value > 0 ? tr("%1 more").arg(Words::eta(other.costs)) : QString(),
                 other.recommended ? tr("recommended, not chosen") : obstacle});
        }
        endTable();
        if (m_decision.others.size() > most)
            say(tr("and %1 more").arg(m_decision.others.size() - most));
    }

    void unmet() {
        if (m_decision.unmet.empty())
            return;
        title(tr("What stayed open"));
        for (const auto& gap : m_decision.unmet) {
            dispatch::UnmetNeed said;
            said.need = gap.need;
            said.missing = static_cast<int>(gap.missing);
            said.reason = gap.reason;
            say(gap.need.kind == model::NeedKind::team
                    ? Words::unmet(said)
                    : tr("%1: %2 missing").arg(DispatchWords::need(gap.need, m_language, m_state), Words::number(gap.missing)));
        }
    }

    void cover() {
        if (m_decision.coverLate) {
            title(tr("If the next call comes"));
            say(tr("Not reckoned for this choice before it was sent."));
            return;
        }
        if (m_decision.peopleCoveredBefore <= 0 && m_decision.peopleCoveredAfter <= 0)
            return;
        title(tr("If the next call comes"));
        say((m_decision.coverOfPlaces ? tr("Places on the roads within the target time: %1 before, %2 after (%3).")
                                      : tr("People within the target time: %1 before, %2 after (%3)."))
                .arg(Words::number(m_decision.peopleCoveredBefore, 0), Words::number(m_decision.peopleCoveredAfter, 0),
                     (m_decision.peopleCoveredAfter >= m_decision.peopleCoveredBefore ? QStringLiteral("+") : QString()) +
                         Words::number(m_decision.peopleCoveredAfter - m_decision.peopleCoveredBefore, 0)));
    }

    void notices() {
        if (m_decision.notices.empty())
            return;
        title(tr("Who is to be told"));
        for (const auto& notice : m_decision.notices)
            say(Words::plain(notice));
    }

    void calls() {
        if (m_decision.callLists.empty())
            return;
        title(tr("Call-downs that begin with it"));
        for (const auto& id : m_decision.callLists) {
            const auto list = m_state.callLists.find(id);
            if (list != m_state.callLists.end())
                say(Words::plain(list->second.name));
        }
    }

    const model::State& m_state;
    const model::Decision& m_decision;
    const QString& m_language;
    base::Time m_now;
    QString m_out;
};

} // namespace

QString decisionHtml(const model::State& state, const model::Decision& decision, const QString& language, base::Time now) {
    return drillHtml(state, decision.incident) + Card(state, decision, language, now).make();
}

DecisionPage::DecisionPage(const UiContext& ui, QWidget* parent)
    : DispatchPage(ui, parent), m_list(new QListWidget(this)), m_card(new QTextBrowser(this)),
      m_empty(emptyLabel(ui, "decisionEmpty", this)), m_waits(new QLabel(this)), m_approve(pageButton("decisionApprove", "primary", this)),
      m_refuse(pageButton("decisionRefuse", "danger", this)), m_print(pageButton("decisionPrint", "", this)) {
    m_list->setObjectName(QStringLiteral("decisionList"));
    m_card->setObjectName(QStringLiteral("decisionCard"));
    m_waits->setObjectName(QStringLiteral("decisionWaits"));
    m_waits->setTextFormat(Qt::PlainText);
    m_waits->setWordWrap(true);
    m_card->setOpenLinks(false);
    m_card->setFont(ui.theme.font(Theme::Text::body));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_waits, 1);
    row->addWidget(m_approve);
    row->addWidget(m_refuse);
    row->addWidget(m_print);
    column->addLayout(row);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_list);
    split->addWidget(m_card);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 3);
    split->setSizes({340, 900});
    split->setChildrenCollapsible(false);
    column->addWidget(m_empty, 1);
    column->addWidget(split, 1);
    connect(m_list, &QListWidget::currentItemChanged, this, &DecisionPage::choose);
    connect(m_approve, &QPushButton::clicked, this, &DecisionPage::approve);
    connect(m_refuse, &QPushButton::clicked, this, &DecisionPage::refuse);
    connect(m_print, &QPushButton::clicked, this, [this] {
        if (const auto* decision = current())
            printHtml(tr("Decision"), decisionHtml(m_ui.desk.state(), *decision, m_ui.language, m_ui.desk.now()), this);
    });
}

void DecisionPage::takeFocus() {
    m_list->setFocus();
}

void DecisionPage::retranslate() {
    m_list->setAccessibleName(tr("Decisions"));
    m_card->setAccessibleName(tr("The decision and what became of it"));
    m_approve->setText(tr("Approve and send"));
    m_refuse->setText(tr("Refuse…"));
    m_print->setText(tr("Print…"));
    m_empty->setText(tr("Nothing was decided yet. Select an incident (F3) and send its plan (F9): the card stands here, and "
                        "later beside it what really happened."));
    refresh();
}

void DecisionPage::refresh() {
    const auto all = decisionsOf(m_ui.desk.state());
    m_empty->setVisible(all.empty());
    m_list->parentWidget()->setVisible(!all.empty());
    {
        const QSignalBlocker quiet(m_list);
        const QString kept = m_list->currentItem() == nullptr ? QString() : m_list->currentItem()->data(idRole).toString();
        while (m_list->count() > static_cast<int>(all.size()))
            delete m_list->takeItem(m_list->count() - 1);
        while (m_list->count() < static_cast<int>(all.size()))
            m_list->addItem(QString());
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto* item = m_list->item(static_cast<int>(i));
            const QString id = QString::fromStdString(all[i]->id.toString());
            item->setData(idRole, id);
            item->setText(tr("%1\n%2 · %3", "incident, when, state")
                              .arg(DispatchWords::incident(m_ui.desk.state(), all[i]->incident, m_ui.language),
                                   Words::moment(all[i]->at, m_ui.desk.now(), m_ui.language),
                                   DispatchWords::decisionState(*all[i])));
            item->setFont(m_ui.theme.font(all[i]->state == model::DecisionState::waiting ? Theme::Text::bodyBold : Theme::Text::body));
            if (id == kept)
                m_list->setCurrentItem(item);
        }
        if (m_list->currentItem() == nullptr && m_list->count() > 0)
            m_list->setCurrentRow(0);
    }
    choose();
}

const model::Decision* DecisionPage::current() const {
    const auto* item = m_list->currentItem();
    const auto id = item == nullptr ? std::nullopt : model::DecisionId::parse(item->data(idRole).toString().toStdString());
    const auto& all = m_ui.desk.state().decisions;
    const auto found = id ? all.find(*id) : all.end();
    return found == all.end() ? nullptr : &found->second;
}

void DecisionPage::select(model::DecisionId id) {
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(idRole).toString().toStdString() == id.toString())
            m_list->setCurrentRow(i);
    }
}

void DecisionPage::choose() {
    const auto* decision = current();
    const bool waits = decision != nullptr && decision->state == model::DecisionState::waiting;
    const auto word = waits ? leadersWord(m_ui.desk, *decision, m_leaders) : LeadersWord();
    m_waits->setText(waits && !word.gives ? word.waitsFor() : QString());
    m_approve->setVisible(word.gives);
    m_refuse->setVisible(word.gives || word.takesBack);
    m_approve->setEnabled(word.gives && !m_ui.desk.readOnly());
    m_refuse->setEnabled((word.gives || word.takesBack) && !m_ui.desk.readOnly());
    m_refuse->setText(word.takesBack ? tr("Take back…") : tr("Refuse…"));
    m_print->setEnabled(decision != nullptr);
    const QString html = decision == nullptr ? QString()
                                             : decisionHtml(m_ui.desk.state(), *decision, m_ui.language, m_ui.desk.now());
    if (html == m_shown)
        return;
    m_shown = html;
    const int at = m_card->verticalScrollBar()->value();
    m_card->setHtml(html);
    m_card->verticalScrollBar()->setValue(at);
}

void DecisionPage::approve() {
    const auto* decision = current();
    if (decision != nullptr && decision->state == model::DecisionState::waiting && leadersWord(m_ui.desk, *decision, m_leaders).gives)
        m_ui.desk.approve(decision->id, this, telling(tr("Approved and sent")));
}

void DecisionPage::refuse() {
    const auto* decision = current();
    if (decision == nullptr || decision->state != model::DecisionState::waiting)
        return;
    const auto word = leadersWord(m_ui.desk, *decision, m_leaders);
    if (!word.gives && !word.takesBack)
        return;
    const bool back = word.takesBack;
    LineDialog::Question question;
    question.title = back ? tr("Take this plan back?") : tr("Refuse to send this?");
    question.explanation = back ? tr("What it takes is free again at once.")
                                : tr("%1 proposed it; what it takes is free again at once.").arg(Words::plain(decision->by));
    question.label = tr("Reason");
    question.act = back ? tr("Take it back") : tr("Refuse");
    question.needed = !back;
    question.grave = true;
    auto* dialog = new LineDialog(m_ui, question,
                                  [this, id = decision->id, back](AskingDialog& asked, const QString& reason) {
                                      asked.ask(m_ui.desk, desk::JudgeDecision{id, false, reason.toStdString()},
                                                telling(back ? tr("Taken back") : tr("Refused")));
                                  },
                                  this);
    dialog->open();
}

} // namespace tocsin::gui
