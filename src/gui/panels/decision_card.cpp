#include "gui/panels/decision_card.hpp"

#include "gui/panels/candidate_row.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/needs_editor.hpp"
#include "gui/panels/plan_calls.hpp"
#include "gui/panels/plan_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "tocsin/model/waiting.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

namespace tocsin::gui {
namespace {

constexpr int askAfterMs = 200; ///< several changes in a row are one question
constexpr int claimCheckMs = 15'000;
constexpr int heldMs = 1000; ///< that a plan waits for the cover of its choice

} // namespace

DecisionCard::DecisionCard(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_claimClock(new QTimer(this)), m_coverClock(new QTimer(this)),
      m_heldClock(new QTimer(this)), m_title(sectionLabel(ui.theme, this)), m_status(new QLabel(this)),
      m_rowsColumn(new QVBoxLayout), m_calls(new PlanCalls(ui, this)), m_hint(textLabel(ui.theme, this, true)), m_said(textLabel(ui.theme, this)),
      m_unmet(textLabel(ui.theme, this)), m_note(textLabel(ui.theme, this, true)),
      m_facts(textLabel(ui.theme, this, true)), m_voice(textLabel(ui.theme, this)), m_cover(textLabel(ui.theme, this)),
      m_told(textLabel(ui.theme, this, true)), m_coverOnMap(new QPushButton(this)),
      m_refuse(new QPushButton(this)),
      m_others(new QPushButton(this)), m_othersText(textLabel(ui.theme, this, true)), m_reason(new QLineEdit(this)),
      m_send(new KeyButton(this)), m_change(new QPushButton(this)), m_add(new KeyButton(this)) {
    setObjectName(QStringLiteral("decisionCard"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 12);
    column->setSpacing(0);

    const auto inset = [column](QWidget* widget, int above) {
        auto* row = new QHBoxLayout;
        row->setContentsMargins(12, above, 12, 0);
        row->addWidget(widget, 1);
        column->addLayout(row);
    };
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 6);
    m_status->setFont(ui.theme.font(Theme::Text::second));
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_status);
    column->addLayout(head);
    m_rowsColumn->setContentsMargins(0, 0, 0, 0);
    m_rowsColumn->setSpacing(0);
    column->addLayout(m_rowsColumn);
    column->addWidget(m_calls);
    m_add->setObjectName(QStringLiteral("addToPlanButton"));
    m_add->dress(ui.theme, QStringLiteral("Ins"), "quiet");
    auto* addRow = new QHBoxLayout;
    addRow->setContentsMargins(4, 4, 12, 0);
    addRow->addWidget(m_add, 0, Qt::AlignLeft);
    addRow->addStretch();
    column->addLayout(addRow);
    m_said->setObjectName(QStringLiteral("handSaidLabel"));
    m_said->setProperty("role", QStringLiteral("error"));
    m_said->hide();
    inset(m_hint, 0);
    inset(m_said, 4);
    inset(m_note, 8);
    inset(m_unmet, 8);
    inset(m_facts, 6);
    inset(m_voice, 6);
    inset(m_cover, 6);
    m_voice->setObjectName(QStringLiteral("voiceNote"));
    m_coverOnMap->setObjectName(QStringLiteral("coverOnMapButton"));
    m_coverOnMap->setProperty("kind", QStringLiteral("quiet"));
    m_coverOnMap->setCheckable(true);
    auto* coverRow = new QHBoxLayout;
    coverRow->setContentsMargins(4, 0, 12, 0);
    coverRow->addWidget(m_coverOnMap, 0, Qt::AlignLeft);
    coverRow->addStretch();
    column->addLayout(coverRow);
    m_told->setObjectName(QStringLiteral("toldLabel"));
    m_told->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    inset(m_told, 2);
    m_others->setProperty("kind", QStringLiteral("quiet"));
    m_others->setObjectName(QStringLiteral("whyNotButton"));
    m_others->setCheckable(true);
    m_others->setIconSize({14, 14});
    auto* othersRow = new QHBoxLayout;
    othersRow->setContentsMargins(4, 4, 12, 0);
    othersRow->addWidget(m_others, 0, Qt::AlignLeft);
    othersRow->addStretch();
    column->addLayout(othersRow);
    inset(m_othersText, 0);
    m_reason->setObjectName(QStringLiteral("reasonEdit"));
    m_reason->setMaxLength(200);
    inset(m_reason, 8);

    m_foot = new QBoxLayout(QBoxLayout::LeftToRight);
    m_foot->setContentsMargins(12, 8, 12, 0);
    m_foot->setSpacing(8);
    m_send->setObjectName(QStringLiteral("sendButton"));
    m_send->dress(ui.theme, QStringLiteral("F9"), "primary");
    m_change->setObjectName(QStringLiteral("changeNeedsButton"));
    m_foot->addWidget(m_send, 1);
    m_foot->addWidget(m_change);
    m_refuse->setObjectName(QStringLiteral("refuseButton"));
    m_foot->addWidget(m_refuse);
    column->addLayout(m_foot);

    m_claimClock->setObjectName(QStringLiteral("claimClock"));
    m_claimClock->setInterval(claimCheckMs);
    connect(m_claimClock, &QTimer::timeout, this, &DecisionCard::renewClaim);
    m_coverClock->setObjectName(QStringLiteral("coverClock"));
    m_coverClock->setSingleShot(true);
    m_coverClock->setInterval(askAfterMs);
    connect(m_coverClock, &QTimer::timeout, this, &DecisionCard::askCover);
    m_heldClock->setObjectName(QStringLiteral("heldClock"));
    m_heldClock->setSingleShot(true);
    m_heldClock->setInterval(heldMs);
    connect(m_heldClock, &QTimer::timeout, this, [this] { sendHeld(nullptr); });
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &DecisionCard::ask);
    connect(m_send, &QPushButton::clicked, this, &DecisionCard::send);
    connect(m_change, &QPushButton::clicked, this, &DecisionCard::editNeeds);
    connect(m_add, &QPushButton::clicked, this, &DecisionCard::add);
    connect(m_reason, &QLineEdit::returnPressed, this, &DecisionCard::send);
    connect(m_others, &QPushButton::toggled, this, &DecisionCard::fill);
    connect(m_coverOnMap, &QPushButton::toggled, this, &DecisionCard::showCover);
    connect(m_refuse, &QPushButton::clicked, this, [this] { judge(false); });
    connect(m_reason, &QLineEdit::textEdited, this, &DecisionCard::claim);
    connect(&m_ui.desk, &DeskBridge::recommended, this, [this](const Shared& answer) {
        if (answer && m_incident && answer->focus == *m_incident)
            show(answer);
    });
    connect(&m_ui.desk, &DeskBridge::recommendFailed, this, [this](model::IncidentId id, const QString& reason) {
        if (!m_incident || id != *m_incident)
            return;
        m_asking = false;
        m_failure = reason;
        m_answer.reset();
        fill();
    });
    connect(&m_ui.theme, &Theme::changed, this, &DecisionCard::labels);
}

const model::Decision* DecisionCard::waiting() const {
    const auto all = allWaiting();
    const auto mine = std::find_if(all.begin(), all.end(), [me = m_ui.desk.actor().toStdString()](const auto* one) { return one->by == me; });
    return mine != all.end() ? *mine : all.empty() ? nullptr : all.front();
}

std::vector<const model::Decision*> DecisionCard::allWaiting() const {
    std::vector<const model::Decision*> all;
    for (const auto& [id, decision] : m_ui.desk.state().decisions) {
        if (m_incident && decision.incident == *m_incident && decision.state == model::DecisionState::waiting)
            all.push_back(&decision);
    }
    return all;
}

const model::Decision* DecisionCard::toJudge() const {
    const auto me = m_ui.desk.actor().toStdString();
    for (const model::Decision* one : allWaiting()) {
        if (model::mayJudge(*one, m_ui.desk.state().desk.leader, me))
            return one;
    }
    return nullptr;
}

const model::Incident* DecisionCard::incident() const {
    if (!m_incident)
        return nullptr;
    const auto it = m_ui.desk.state().incidents.find(*m_incident);
    return it == m_ui.desk.state().incidents.end() ? nullptr : &it->second;
}

std::vector<DecisionCard::Asked> DecisionCard::openIncidents() const {
    std::vector<Asked> out;
    for (const auto& [id, one] : m_ui.desk.state().incidents) {
        if (one.state == model::IncidentState::open)
            out.push_back({id, one.grade, one.position, one.needs});
    }
    return out;
}

void DecisionCard::setIncident(std::optional<model::IncidentId> incident) {
    if (incident == m_incident)
        return;
    sendHeld(nullptr);
    letGo();
    m_incident = incident;
    m_answer.reset();
    m_own.clear();
    m_hand.clear();
    m_calls->forget();
    say({});
    m_failure.clear();
    m_reason->clear();
    m_others->setChecked(false);
    m_sending = false;
    m_asking = false;
    m_later.stop();
    ask();
    fill();
}

void DecisionCard::take(const Changes& changes) {
    if (!m_incident)
        return;
    // A team that only moves changes little; who is free, what is needed, who was sent and
    // which roads are closed or icy changes the answer.
    if (!changes.callLists.empty() || !changes.callDowns.empty())
        choiceChanged();
    const bool roadsDiffer = m_ui.desk.state().desk.roadWeather != m_askedWeather;
    // Another incident that is opened, closed, moved, graded or needs something else takes from what can be sent here.
    const bool others = !changes.incidents.empty() && openIncidents() != m_askedAbout;
    if (changes.all || roadsDiffer || others || changes.incidents.contains(*m_incident) || !changes.assignments.empty() ||
        !changes.resources.empty() || !changes.drawings.empty() || !changes.decisions.empty()) {
        if (!m_later.isActive())
            m_later.start(askAfterMs);
    }
}

void DecisionCard::ask() {
    const model::Incident* about = incident();
    if (!about || about->state != model::IncidentState::open || (about->needs.empty() && m_hand.empty()) || !isEnabled()) {
        m_answer.reset();
        fill();
        return;
    }
    m_asking = true;
    m_askedWeather = m_ui.desk.state().desk.roadWeather;
    m_askedAbout = openIncidents();
    m_ui.desk.recommend(*m_incident);
    labels();
}

void DecisionCard::show(const Shared& answer) {
    m_asking = false;
    m_failure.clear();
    m_answer = answer;
    m_coverOf = wanted(true);
    m_coverAsked.reset();
    m_weather = m_askedWeather;
    for (auto& [who, line] : m_hand) { // a number that a person gave stands against another that is recommended by now
        const auto chosen = line.need.need.kind == model::NeedKind::shelter
                                ? dispatch::chosenLine(*answer, *m_incident, who, model::NeedKind::shelter)
                                : std::nullopt;
        if (chosen && chosen->people != line.choice.people) {
            line.added = false;
            line.insteadPeople = chosen->people;
        }
    }
    std::erase_if(m_hand, [&](const auto& made) { // the recommendation has come to the same
        const HandLine& line = made.second;
        const auto chosen = dispatch::chosenLine(*answer, *m_incident, made.first, line.need.need.kind);
        return line.added && chosen && line.need.need.kind != model::NeedKind::supply;
    });
    std::erase_if(m_own, [&](const auto& own) {
        const auto names = [&](const std::vector<dispatch::Choice>& list) {
            return std::any_of(list.begin(), list.end(), [&](const auto& c) { return c.resource == own.first; });
        };
        const bool standsBy = answer->cover && answer->cover->standBy && answer->cover->standBy->resource == own.first;
        return !standsBy && !m_hand.contains(own.first) && std::none_of(answer->needs.begin(), answer->needs.end(), [&](const auto& need) {
            return names(need.chosen) || names(need.others);
        });
    });
    m_handChange += m_hand.empty() ? 0 : 1;
    fill();
    showCover();
    askWays();
}

QString DecisionCard::placeName(const model::Incident& about) const {
    QString place = Words::local(about.place, m_ui.language);
    const auto comma = place.indexOf(QRegularExpression(QStringLiteral("[,，、]")));
    if (comma > 0)
        place.truncate(comma);
    // "Rhine dyke km 54.2" is where, but "Rhine dyke" is what a button has room to say.
    place.remove(QRegularExpression(QStringLiteral("\\s+(km\\s*[\\d.]+|[\\d.]+\\s*km)$")));
    return place.isEmpty() ? Words::local(about.title, m_ui.language) : place;
}

void DecisionCard::fill() {
    m_offered.clear();
    if (m_answer && m_incident && toJudge() == nullptr)
        m_offered = offeredBy(*m_answer, *m_incident, m_own, m_hand);
    // Whoever waits for the leader's word already is named above, and not sent twice; the answer may be older than the plan.
    std::set<model::ResourceId> bound;
    for (const auto& [id, decision] : m_ui.desk.state().decisions) {
        for (const auto& line : decision.lines) {
            if (decision.state == model::DecisionState::waiting && line.purpose != model::Purpose::shelter)
                bound.insert(line.resource);
        }
    }
    std::erase_if(m_offered, [&](const Offered& one) { return bound.contains(one.resource); });
    fillRows();
    labels();
    choiceChanged();
}

void DecisionCard::fillRows() {
    while (m_rows.size() > m_offered.size()) {
        delete m_rows.back();
        m_rows.pop_back();
    }
    while (m_rows.size() < m_offered.size()) {
        auto* row = new CandidateRow(m_ui.theme, this);
        const std::size_t at = m_rows.size();
        row->setObjectName(QStringLiteral("candidate%1").arg(at));
        m_rowsColumn->addWidget(row);
        m_rows.push_back(row);
        // Queued: the row may be gone when it is done.
        connect(row, &CandidateRow::editWanted, this, [this, at] {
            if (at < m_offered.size())
                change(m_offered[at].resource);
        }, Qt::QueuedConnection);
        connect(row, &CandidateRow::removeWanted, this, [this, at] {
            if (at < m_offered.size())
                takeOut(m_offered[at].resource);
        }, Qt::QueuedConnection);
        connect(row, &QAbstractButton::clicked, this, [this, at](bool on) {
            if (at >= m_offered.size())
                return;
            const Offered& one = m_offered[at];
            if (on == one.recommended)
                m_own.erase(one.resource);
            else
                m_own[one.resource] = on;
            choiceChanged();
            claim();
        });
    }
    for (std::size_t i = 0; i < m_offered.size(); ++i) {
        const Offered& one = m_offered[i];
        const auto own = m_own.find(one.resource);
        m_rows[i]->setChecked(own == m_own.end() ? one.recommended : own->second);
        m_rows[i]->setChange(one.purpose() == model::Purpose::supply    ? CandidateRow::Change::load
                              : one.purpose() == model::Purpose::shelter ? CandidateRow::Change::people
                                                                         : CandidateRow::Change::nothing);
    }
}

/// What each says of itself; of a store that depends on who else is chosen.
void DecisionCard::fillTexts() {
    const auto& resources = m_ui.desk.state().resources;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        const Offered& one = m_offered[i];
        const auto it = resources.find(one.resource);
        m_rows[i]->set(it == resources.end() ? QStringLiteral("team") : Symbols::forResource(it->second),
                       it == resources.end() ? QString() : Words::local(it->second.name, m_ui.language), why(one),
                       Words::eta(one.choice == nullptr ? m_answer->cover->standBy->eta : one.choice->turnout + one.choice->eta));
    }
}

void DecisionCard::words() {
    fill();
}

std::vector<bool> DecisionCard::taken() const {
    std::vector<bool> out;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i)
        out.push_back(m_rows[i]->isChecked());
    return out;
}

bool DecisionCard::otherwise() const {
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        const bool chosen = m_rows[i]->isChecked();
        if (m_offered[i].choice != nullptr && (chosen != m_offered[i].recommended || (chosen && m_offered[i].hand != nullptr)))
            return true;
    }
    return false;
}

void DecisionCard::choiceChanged() {
    const model::Incident* about = incident();
    const bool open = about && about->state == model::IncidentState::open && !m_ui.desk.readOnly();
    const model::Decision* judged = toJudge();
    const model::Decision* waits = judged != nullptr ? judged : waiting();
    const bool pending = judged != nullptr; // to everybody else what it leaves open is offered
    const bool back = waits != nullptr && model::takesBack(*waits, m_ui.desk.state().desk.leader, m_ui.desk.actor().toStdString());
    fillTexts();
    int teams = 0;
    int others = 0;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        if (!m_rows[i]->isChecked())
            continue;
        const bool team = m_offered[i].purpose() == model::Purpose::team;
        teams += team ? 1 : 0;
        others += team ? 0 : 1;
    }
    m_send->setVisible(pending || !m_offered.empty());
    m_send->setEnabled(open && (pending || teams + others > 0) && !m_sending);
    m_refuse->setVisible(pending || back);
    m_refuse->setEnabled(!m_ui.desk.readOnly() && !m_sending);
    m_refuse->setText(back ? tr("Take back…") : tr("Refuse…"));
    if (pending) {
        m_send->setElidingText(tr("Approve and send"));
    } else if (about) {
        const QString place = placeName(*about);
        m_send->setElidingText(teams + others == 0 ? tr("Nobody is chosen")
                               : others > 0        ? tr("Send the whole plan to %1 (%2)").arg(place).arg(teams + others)
                               : teams == 1        ? tr("Send 1 team to %1").arg(place)
                                                   : tr("Send %1 teams to %2").arg(teams).arg(place));
    }
    m_change->setEnabled(open);
    m_change->setVisible(!pending);
    layFoot();
    m_add->setEnabled(open && !m_sending);
    m_add->setVisible(!pending);
    m_reason->setVisible(otherwise() && teams + others > 0);
    for (CandidateRow* row : m_rows)
        row->setEnabled(open && !m_sending);
    m_calls->offer(pending || m_offered.empty() ? nullptr : about, open && !m_sending);
    if (!m_hand.empty())
        labels(); // what is missing follows what is taken of it
    setOrHide(m_told, m_answer && !pending && !m_offered.empty() ? toldText() : QString());
    followCover();
    propose();
}

void DecisionCard::propose() {
    // The map redraws for each of these: only what differs is said.
    const Shared about = m_offered.empty() ? nullptr : m_answer;
    const auto who = taken();
    if (about == m_proposed && who == m_proposedTaken && m_handChange == m_proposedHand)
        return;
    m_proposed = about;
    m_proposedHand = m_handChange;
    m_proposedTaken = who;
    if (!about) {
        emit proposalChanged(nullptr);
        return;
    }
    auto proposal = std::make_shared<dispatch::Recommendation>();
    proposal->incident = *m_incident;
    for (std::size_t i = 0; i < m_offered.size() && i < who.size(); ++i) {
        dispatch::Candidate candidate;
        candidate.resource = m_offered[i].resource;
        if (m_offered[i].choice == nullptr) {
            candidate.eta = about->cover->standBy->eta;
            candidate.route = about->cover->standBy->route;
        } else {
            candidate.need = m_offered[i].need->need;
            candidate.eta = m_offered[i].choice->turnout + m_offered[i].choice->eta;
            candidate.route = m_offered[i].choice->route;
        }
        candidate.chosen = who[i];
        proposal->candidates.push_back(std::move(candidate));
    }
    emit proposalChanged(std::move(proposal));
}

void DecisionCard::editNeeds() {
    const model::Incident* about = incident();
    if (!about)
        return;
    auto* editor = new NeedsEditor(m_ui, *about, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    editor->open();
}

void DecisionCard::resizeEvent(QResizeEvent* event) {
    layFoot();
    QWidget::resizeEvent(event);
}

/// In a narrow dock, and where there are three of them, the act keeps the whole width: what it names must be readable.
void DecisionCard::layFoot() {
    const bool three = !m_refuse->isHidden() && !m_change->isHidden();
    m_foot->setDirection(width() < 330 || three ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void DecisionCard::paintEvent(QPaintEvent*) {
    const Palette& c = m_ui.theme.colours();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(c.line);
    p.setBrush(c.raised);
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace tocsin::gui
