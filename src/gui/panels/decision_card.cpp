#include "gui/panels/decision_card.hpp"

#include "gui/panels/candidate_row.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/needs_editor.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

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

} // namespace

DecisionCard::DecisionCard(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_title(sectionLabel(ui.theme, this)), m_status(new QLabel(this)),
      m_rowsColumn(new QVBoxLayout), m_unmet(textLabel(ui.theme, this)), m_note(textLabel(ui.theme, this, true)),
      m_others(new QPushButton(this)), m_othersText(textLabel(ui.theme, this, true)), m_reason(new QLineEdit(this)),
      m_send(new KeyButton(this)), m_change(new QPushButton(this)) {
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
    inset(m_note, 8);
    inset(m_unmet, 8);
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
    column->addLayout(m_foot);

    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &DecisionCard::ask);
    connect(m_send, &QPushButton::clicked, this, &DecisionCard::send);
    connect(m_change, &QPushButton::clicked, this, &DecisionCard::editNeeds);
    connect(m_reason, &QLineEdit::returnPressed, this, &DecisionCard::send);
    connect(m_others, &QPushButton::toggled, this, &DecisionCard::fill);
    connect(&m_ui.desk, &DeskBridge::recommended, this, [this](const Shared& recommendation) {
        if (recommendation && m_incident && recommendation->incident == *m_incident)
            show(recommendation);
    });
    connect(&m_ui.desk, &DeskBridge::recommendFailed, this, [this](model::IncidentId id, const QString& reason) {
        if (!m_incident || id != *m_incident)
            return;
        m_asking = false;
        m_failure = reason;
        m_recommendation.reset();
        fill();
    });
    connect(&m_ui.theme, &Theme::changed, this, &DecisionCard::labels);
}

const model::Incident* DecisionCard::incident() const {
    if (!m_incident)
        return nullptr;
    const auto it = m_ui.desk.state().incidents.find(*m_incident);
    return it == m_ui.desk.state().incidents.end() ? nullptr : &it->second;
}

void DecisionCard::setIncident(std::optional<model::IncidentId> incident) {
    if (incident == m_incident)
        return;
    m_incident = incident;
    m_recommendation.reset();
    m_own.clear();
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
    // which roads are closed changes the answer.
    if (changes.all || changes.incidents.contains(*m_incident) || !changes.assignments.empty() ||
        !changes.resources.empty() || !changes.drawings.empty()) {
        if (!m_later.isActive())
            m_later.start(askAfterMs);
    }
}

void DecisionCard::ask() {
    const model::Incident* about = incident();
    if (!about || about->state != model::IncidentState::open || about->needs.empty() || !isEnabled()) {
        m_recommendation.reset();
        fill();
        return;
    }
    m_asking = true;
    m_ui.desk.recommend(*m_incident);
    labels();
}

void DecisionCard::show(const Shared& recommendation) {
    m_asking = false;
    m_failure.clear();
    m_recommendation = recommendation;
    std::erase_if(m_own, [&](const auto& own) {
        return std::none_of(recommendation->candidates.begin(), recommendation->candidates.end(),
                            [&](const auto& c) { return c.resource == own.first; });
    });
    fill();
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

QString DecisionCard::why(const dispatch::Candidate& candidate) const {
    QStringList parts;
    if (!candidate.chosen && candidate.behind.value >= 30)
        parts << tr("second choice: %1 later").arg(Words::eta(candidate.behind));
    else if (!candidate.chosen)
        parts << tr("second choice");
    parts << tr("%1 L%2", "capability, level").arg(Words::capability(candidate.need.capability)).arg(candidate.level);
    const auto& resources = m_ui.desk.state().resources;
    if (const auto it = resources.find(candidate.resource); it != resources.end() && it->second.people > 0)
        parts << Words::people(it->second.people);
    if (!candidate.via.empty())
        parts << tr("via %1").arg(Words::plain(candidate.via));
    return parts.join(QStringLiteral(" · "));
}

void DecisionCard::fill() {
    m_offered.clear();
    std::set<model::ResourceId> seen;
    if (m_recommendation) {
        for (const dispatch::Candidate& c : m_recommendation->candidates) {
            if (c.chosen && seen.insert(c.resource).second)
                m_offered.push_back(&c);
        }
        // One second choice for each need; the others are behind "Why not others".
        std::set<std::string> offered;
        for (const dispatch::Candidate& c : m_recommendation->candidates) {
            if (c.chosen || c.obstacle != dispatch::Obstacle::none || seen.contains(c.resource))
                continue;
            if (m_own.contains(c.resource) || offered.insert(c.need.capability).second) {
                seen.insert(c.resource);
                m_offered.push_back(&c);
            }
        }
    }
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
        connect(row, &QAbstractButton::clicked, this, [this, at](bool on) {
            if (at >= m_offered.size())
                return;
            const dispatch::Candidate& c = *m_offered[at];
            if (on == c.chosen)
                m_own.erase(c.resource);
            else
                m_own[c.resource] = on;
            choiceChanged();
        });
    }
    const auto& resources = m_ui.desk.state().resources;
    for (std::size_t i = 0; i < m_offered.size(); ++i) {
        const dispatch::Candidate& c = *m_offered[i];
        const auto own = m_own.find(c.resource);
        m_rows[i]->setChecked(own == m_own.end() ? c.chosen : own->second);
        const auto it = resources.find(c.resource);
        m_rows[i]->set(it == resources.end() ? QStringLiteral("team") : Symbols::forResource(it->second),
                       it == resources.end() ? QString() : Words::local(it->second.name, m_ui.language), why(c),
                       Words::eta(c.eta));
    }
    labels();
    choiceChanged();
}

void DecisionCard::words() {
    fill();
}

void DecisionCard::labels() {
    m_title->setText(tr("Who should go"));
    m_reason->setPlaceholderText(tr("Why otherwise? One word is enough"));
    m_change->setText(tr("Change"));
    m_change->setToolTip(tr("Change what this incident needs"));
    const model::Incident* about = incident();
    QString status;
    if (m_asking && !m_recommendation)
        status = tr("searching…");
    else if (m_recommendation && !m_offered.empty())
        status = (m_recommendation->optimal ? tr("optimum proven · %1") : tr("best found · %1"))
                     .arg(Words::milliseconds(m_recommendation->took));
    m_status->setText(status);
    QPalette ink = m_status->palette();
    ink.setColor(QPalette::WindowText, m_ui.theme.colours().accent);
    m_status->setPalette(ink);

    QString note;
    if (!m_failure.isEmpty())
        note = m_failure;
    else if (about && about->needs.empty())
        note = tr("No plan names who is needed. Press Change to say it.");
    else if (m_recommendation && m_offered.empty() && m_recommendation->unmet.empty())
        note = tr("All that is needed is on its way or there.");
    setOrHide(m_note, note);

    QStringList unmet;
    QStringList others;
    std::size_t aside = 0;
    if (m_recommendation) {
        for (const dispatch::UnmetNeed& need : m_recommendation->unmet)
            unmet << Words::unmet(need);
        const auto& resources = m_ui.desk.state().resources;
        for (const dispatch::Candidate& c : m_recommendation->candidates) {
            if (std::any_of(m_offered.begin(), m_offered.end(),
                            [&](const auto* o) { return o->resource == c.resource; }))
                continue;
            const auto it = resources.find(c.resource);
            if (it == resources.end())
                continue;
            const QString reason =
                c.obstacle == dispatch::Obstacle::none
                    ? (c.behind.value >= 30 ? tr("%1 later").arg(Words::eta(c.behind)) : Words::eta(c.eta))
                    : Words::obstacle(c.obstacle);
            others << tr("%1 (%2): %3", "who, for what, why not")
                          .arg(Words::local(it->second.name, m_ui.language), Words::capability(c.need.capability),
                               reason);
        }
        others.removeDuplicates();
        aside = m_recommendation->considered;
    }
    setOrHide(m_unmet, unmet.isEmpty() ? QString() : tr("Not met: ") + unmet.join(tr("; ")));
    m_others->setVisible(m_recommendation && aside > 0 && !m_offered.empty());
    m_others->setText(tr("Why not others · %1 considered").arg(aside));
    m_others->setIcon(
        Symbols::icon(m_others->isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                      m_ui.theme.colours().dim, 14));
    setOrHide(m_othersText, !m_others->isChecked() ? QString()
                            : others.isEmpty()     ? tr("Nobody else with what is needed could come sooner.")
                                                   : others.join(QLatin1Char('\n')));
}

std::vector<const dispatch::Candidate*> DecisionCard::chosen() const {
    std::vector<const dispatch::Candidate*> out;
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        if (m_rows[i]->isChecked())
            out.push_back(m_offered[i]);
    }
    return out;
}

bool DecisionCard::otherwise() const {
    for (std::size_t i = 0; i < m_offered.size() && i < m_rows.size(); ++i) {
        if (m_rows[i]->isChecked() != m_offered[i]->chosen)
            return true;
    }
    return false;
}

void DecisionCard::choiceChanged() {
    const model::Incident* about = incident();
    const auto going = chosen();
    const bool open = about && about->state == model::IncidentState::open && !m_ui.desk.readOnly();
    m_send->setVisible(!m_offered.empty());
    m_send->setEnabled(open && !going.empty() && !m_sending);
    if (about) {
        const QString place = placeName(*about);
        m_send->setElidingText(going.empty()       ? tr("Nobody is chosen")
                               : going.size() == 1 ? tr("Send 1 team to %1").arg(place)
                                                   : tr("Send %1 teams to %2").arg(going.size()).arg(place));
    }
    m_change->setEnabled(open);
    m_reason->setVisible(otherwise() && !going.empty());
    for (CandidateRow* row : m_rows)
        row->setEnabled(open && !m_sending);

    propose(going);
}

void DecisionCard::propose(const std::vector<const dispatch::Candidate*>& going) {
    // The map redraws for each of these: only what differs is said.
    Shared about = m_offered.empty() ? nullptr : m_recommendation;
    std::vector<model::ResourceId> who;
    for (const dispatch::Candidate* c : going)
        who.push_back(c->resource);
    if (about == m_proposed && who == m_proposedWho)
        return;
    m_proposed = about;
    m_proposedWho = who;
    if (!about) {
        emit proposalChanged(nullptr);
        return;
    }
    auto proposal = std::make_shared<dispatch::Recommendation>(*about);
    for (dispatch::Candidate& c : proposal->candidates) {
        c.chosen = std::any_of(going.begin(), going.end(), [&](const auto* g) {
            return g->resource == c.resource && g->need.capability == c.need.capability;
        });
    }
    emit proposalChanged(std::move(proposal));
}

void DecisionCard::send() {
    const auto going = chosen();
    if (!m_incident || !m_send->isEnabled() || !m_send->isVisibleTo(this) || going.empty())
        return;
    const QString reason = m_reason->text().trimmed();
    if (otherwise() && reason.isEmpty()) {
        m_reason->setFocus();
        return;
    }
    desk::SendTeams command;
    command.incident = *m_incident;
    for (const dispatch::Candidate* c : going) {
        desk::SendTeam team;
        team.resource = c->resource;
        team.capability = c->need.capability;
        team.eta = c->eta;
        team.route = c->route;
        team.reason = otherwise() ? reason.toStdString() : std::string("recommended");
        command.teams.push_back(std::move(team));
    }
    m_sending = true;
    choiceChanged();
    m_ui.desk.send(std::move(command), this, [this, about = *m_incident](const base::Result<desk::Done>& done) {
        if (m_incident != about)
            return;
        m_sending = false;
        if (done) {
            m_own.clear();
            m_reason->clear();
            m_recommendation.reset();
        }
        // Sent or refused, the picture on which the proposal stood is an old one.
        ask();
        fill();
    });
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
    // In a narrow dock the act keeps the whole width: what it names must be readable.
    m_foot->setDirection(width() < 330 ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    QWidget::resizeEvent(event);
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
