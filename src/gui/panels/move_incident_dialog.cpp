#include "gui/panels/move_incident_dialog.hpp"

#include "gui/calls/place_field.hpp"
#include "gui/panels/commands.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/reason_words.hpp"
#include "gui/panels/send_or_say.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>
#include <utility>

namespace tocsin::gui {

namespace {

/// Whom another place of the incident turns round: its teams and loads that have not arrived, by name.
QStringList underWayTo(const UiContext& ui, model::IncidentId incident) {
    QStringList out;
    const auto& state = ui.desk.state();
    for (const auto& [id, assignment] : state.assignments) {
        if (assignment.incident != incident || assignment.state >= model::AssignmentState::onScene ||
            (assignment.purpose != model::Purpose::team && assignment.purpose != model::Purpose::supply))
            continue;
        const auto who = state.resources.find(assignment.resource);
        if (who == state.resources.end())
            continue;
        const QString name = Words::local(who->second.name, ui.language);
        const QString phone = Words::plain(who->second.phone);
        out << (phone.isEmpty() ? name : MoveIncidentDialog::tr("%1 (%2)", "who is on the way, telephone").arg(name, phone));
    }
    return out;
}

} // namespace

MoveIncidentDialog::MoveIncidentDialog(const UiContext& ui, model::IncidentId incident, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_incident(incident), m_head(textLabel(ui.theme, this)), m_stands(new FactGrid(ui.theme, this)),
      m_field(new PlaceField(ui, PlaceField::partsOf(ui), this)), m_far(textLabel(ui.theme, this)),
      m_tell(textLabel(ui.theme, this)), m_reason(new QLineEdit(this)), m_trouble(new QLabel(this)),
      m_cancel(new QPushButton(this)), m_act(new QPushButton(this)) {
    setObjectName(QStringLiteral("moveIncidentDialog"));
    setMinimumWidth(480);
    m_head->setFont(ui.theme.font(Theme::Text::rowBold));
    m_far->setObjectName(QStringLiteral("moveFar"));
    m_tell->setObjectName(QStringLiteral("moveTell"));
    m_field->line().setMaxLength(200);
    m_field->pointFrom(*this, [this] { m_reason->setFocus(Qt::OtherFocusReason); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_head);
    column->addWidget(m_stands);
    column->addWidget(m_field);
    column->addWidget(m_far);
    column->addWidget(m_tell);
    endWithReason(*column, *m_reason, *m_trouble, *m_cancel, *m_act);

    connect(m_field, &PlaceField::changed, this, &MoveIncidentDialog::check);
    connect(m_field, &PlaceField::placed, this, [this](const model::Position& where) { m_ui.selection.show(where); });
    connect(m_reason, &QLineEdit::textChanged, this, &MoveIncidentDialog::check);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, &MoveIncidentDialog::act);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (!changes.all && !changes.incidents.contains(m_incident) && changes.assignments.empty())
            return;
        facts();
        check();
    });
    words();
}

const model::Incident* MoveIncidentDialog::incident() const {
    const auto& all = m_ui.desk.state().incidents;
    const auto it = all.find(m_incident);
    return it == all.end() ? nullptr : &it->second;
}

void MoveIncidentDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    if (!std::exchange(m_shown, true)) // else it comes back from the map
        m_field->line().setFocus(Qt::OtherFocusReason);
}

void MoveIncidentDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

void MoveIncidentDialog::words() {
    const auto* about = incident();
    m_field->words();
    setWindowTitle(tr("Where the incident lies"));
    m_head->setText(about == nullptr ? QString() : tr("Another place for “%1”").arg(Words::local(about->title, m_ui.language)));
    m_reason->setPlaceholderText(tr("Reason; it goes into the duty log"));
    m_reason->setAccessibleName(tr("Reason"));
    m_cancel->setText(tr("Cancel"));
    m_act->setText(about == nullptr ? QString() : tr("Move %1 here").arg(Words::plain(about->number)));
    facts();
    check();
}

void MoveIncidentDialog::facts() {
    const auto* about = incident();
    if (about == nullptr)
        return;
    m_stands->set({{tr("Place now"), Words::local(about->place, m_ui.language), true},
                   {tr("Position now"), commands::isPlaced(about->position) ? Words::position(about->position) : tr("not given"), true}});
    const QStringList coming = underWayTo(m_ui, m_incident);
    setOrHide(m_tell, coming.isEmpty() ? QString() : tr("On the way to where it stood, and to be told: %1").arg(coming.join(tr(", "))));
}

base::LocalText MoveIncidentDialog::place() const {
    const auto* about = incident();
    const QString typed = m_field->text().trimmed();
    if (about != nullptr && typed == Words::local(about->place, m_ui.language))
        return about->place;
    return typed.toStdString();
}

void MoveIncidentDialog::check() {
    const auto* about = incident();
    const auto& to = m_field->position();
    const bool open = about != nullptr && about->state == model::IncidentState::open;
    const bool other = open && to && !(*to == about->position && place() == about->place);
    setOrHide(m_far, other && commands::isPlaced(about->position)
                         ? tr("That is %1 from where it stands now").arg(distanceWord(geo::distance(about->position, *to).value))
                         : QString());
    m_act->setEnabled(other && !m_reason->text().trimmed().isEmpty() && !m_sending && !m_ui.desk.readOnly());
}

void MoveIncidentDialog::act() {
    if (!m_act->isEnabled())
        return;
    m_sending = true;
    sendOrSay(*this, m_ui.desk,
              desk::MoveIncident{m_incident, *m_field->position(), place(), m_reason->text().trimmed().toStdString()}, *m_act,
              *m_trouble, [this] {
                  m_sending = false;
                  check();
              });
}

} // namespace tocsin::gui
