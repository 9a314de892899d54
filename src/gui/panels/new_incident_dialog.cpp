#include "tocsin/gui/panels/new_incident_dialog.hpp"

#include "gui/calls/place_field.hpp"
#include "gui/panels/commands.hpp"
#include "gui/panels/plan_dialog.hpp"
#include "tocsin/desk/plans.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "ui_new_incident_dialog.h"

#include <QEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <utility>

namespace tocsin::gui {
namespace {

constexpr std::array grades{model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV};
constexpr std::array classes{model::HazardClass::naturalDisaster, model::HazardClass::accident,
                             model::HazardClass::publicHealth, model::HazardClass::socialSecurity};
constexpr qsizetype mostFrom = 4; ///< alarms and reports that are named; the others are counted

QString written(const model::Position& position) {
    return QStringLiteral("%1, %2").arg(position.latitude(), 0, 'f', 5).arg(position.longitude(), 0, 'f', 5);
}

} // namespace

NewIncidentDialog::NewIncidentDialog(const UiContext& ui, desk::OpenIncident draft, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_draft(std::move(draft)), m_form(std::make_unique<Ui::NewIncidentDialog>()),
      m_place(new PlaceField(ui, PlaceField::partsOf(ui), this)) {
    m_form->setupUi(this);
    m_form->placeRow->addWidget(m_place);
    m_form->placeLabel->setBuddy(&m_place->line());
    m_place->line().setObjectName(QStringLiteral("place"));
    m_place->line().setMaxLength(200);
    m_place->pointFrom(*this, [this] {
        (m_form->title->text().trimmed().isEmpty() ? static_cast<QWidget*>(m_form->title) : m_form->openButton)->setFocus();
    });
    setTabOrder(m_form->grade, &m_place->line());
    setTabOrder(&m_place->line(), &m_place->mapButton());
    setTabOrder(&m_place->mapButton(), m_form->position);
    m_form->headline->setFont(ui.theme.font(Theme::Text::title));
    m_form->trouble->hide();
    for (const model::Plan& plan : ui.desk.plans()) {
        if (std::find(m_hazards.begin(), m_hazards.end(), plan.hazard) == m_hazards.end())
            m_hazards.push_back(plan.hazard);
    }
    if (!m_draft.hazard.empty() && std::find(m_hazards.begin(), m_hazards.end(), m_draft.hazard) == m_hazards.end())
        m_hazards.push_back(m_draft.hazard);
    for (const std::string& hazard : m_hazards)
        m_form->hazard->addItem(QString(), Words::plain(hazard));
    for (const model::HazardClass value : classes)
        m_form->hazardClass->addItem(QString(), static_cast<int>(value));
    for (const model::Grade grade : grades)
        m_form->grade->addItem(QIcon(Symbols::severity(grade, 18, ui.theme, devicePixelRatioF())), QString(),
                               static_cast<int>(grade));
    m_form->title->setText(Words::local(m_draft.title, ui.language));
    const bool placed = commands::isPlaced(m_draft.position);
    m_place->fill(Words::local(m_draft.place, ui.language), placed ? std::optional(m_draft.position) : std::nullopt);
    if (placed)
        m_form->position->setText(written(m_draft.position));
    m_form->hazard->setCurrentIndex(std::max(0, m_form->hazard->findData(Words::plain(m_draft.hazard))));
    m_form->hazardClass->setCurrentIndex(m_form->hazardClass->findData(static_cast<int>(m_draft.hazardClass)));
    m_form->grade->setCurrentIndex(static_cast<int>(m_draft.grade) - 1);
    connect(m_form->title, &QLineEdit::textChanged, this, &NewIncidentDialog::check);
    connect(m_form->position, &QLineEdit::textChanged, this, &NewIncidentDialog::check);
    connect(m_form->position, &QLineEdit::textEdited, this, [this] { m_place->fill(m_place->text(), position()); });
    connect(m_place, &PlaceField::placed, this, [this](const model::Position& where) {
        m_form->position->setText(written(where));
        m_ui.selection.show(where);
    });
    connect(m_place, &PlaceField::changed, this, [this] {
        if (!m_place->position() && position()) // the name is gone, the position stands in its own line
            m_place->fill(m_place->text(), position());
    });
    for (const QComboBox* each : {m_form->hazard, m_form->grade})
        connect(each, &QComboBox::currentIndexChanged, this, &NewIncidentDialog::hint);
    connect(m_form->openButton, &QPushButton::clicked, this, &NewIncidentDialog::open_);
    connect(m_form->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    words();
    m_form->title->setFocus();
    m_form->title->selectAll();
}

NewIncidentDialog::~NewIncidentDialog() = default;

NewIncidentDialog* NewIncidentDialog::at(const UiContext& ui, std::optional<model::Position> position,
                                         QWidget* parent) {
    desk::OpenIncident draft;
    draft.position = position.value_or(model::Position());
    return new NewIncidentDialog(ui, std::move(draft), parent);
}

NewIncidentDialog* NewIncidentDialog::fromSelection(const UiContext& ui, QWidget* parent) {
    const model::State& state = ui.desk.state();
    if (const auto* id = ui.selection.as<model::AlarmId>()) {
        if (const auto it = state.alarms.find(*id); it != state.alarms.end() && !it->second.incident)
            return new NewIncidentDialog(ui, commands::draftFrom(ui, it->second), parent);
    }
    if (const auto* id = ui.selection.as<model::ReportId>()) {
        if (const auto it = state.reports.find(*id); it != state.reports.end() && !it->second.incident)
            return new NewIncidentDialog(ui, commands::draftFrom(ui, it->second), parent);
    }
    desk::OpenIncident draft;
    if (const auto* id = ui.selection.as<model::SensorId>()) {
        if (const auto it = state.sensors.find(*id); it != state.sensors.end()) {
            draft.position = it->second.position;
            draft.place = it->second.place;
        }
    } else if (const auto* resource = ui.selection.as<model::ResourceId>()) {
        if (const auto it = state.resources.find(*resource); it != state.resources.end()) {
            draft.position = it->second.position;
            draft.place = it->second.place;
        }
    }
    return new NewIncidentDialog(ui, std::move(draft), parent);
}

std::optional<model::Position> NewIncidentDialog::position() const {
    const QString text = m_form->position->text().trimmed();
    const QStringList parts = text.split(QRegularExpression(QStringLiteral("[,;，；\\s]+")), Qt::SkipEmptyParts);
    if (parts.size() != 2)
        return std::nullopt;
    bool north = false;
    bool east = false;
    model::OutsidePosition outside;
    outside.latitude = parts[0].toDouble(&north);
    outside.longitude = parts[1].toDouble(&east);
    if (!north || !east)
        return std::nullopt;
    const auto checked = model::Position::checked(outside);
    return checked ? std::optional(*checked) : std::nullopt;
}

std::string NewIncidentDialog::hazard() const {
    return m_form->hazard->currentData().toString().toStdString();
}

model::Grade NewIncidentDialog::grade() const {
    return static_cast<model::Grade>(std::clamp(m_form->grade->currentData().toInt(), 1, 4));
}

bool NewIncidentDialog::asDrafted() const {
    return hazard() == m_draft.hazard && grade() == m_draft.grade;
}

void NewIncidentDialog::hint() {
    const auto& plans = m_ui.desk.plans();
    const auto* suggested = asDrafted() ? model::planOf(plans, m_draft.plan) : nullptr;
    const auto* plan = suggested != nullptr ? suggested : desk::planFor(plans, hazard(), grade());
    const QString name = plan == nullptr ? QString() : Words::quoted(planName(*plan, m_ui.language));
    m_form->hint->setText(plan == nullptr       ? tr("There is no plan for this hazard: say afterwards who is needed.")
                          : suggested == nullptr ? tr("The plan %1 says who is needed; you can change it afterwards.").arg(name)
                                                 : tr("The plan %1, which the alarm's rule suggests, says who is needed; you can "
                                                      "change it afterwards.")
                                                       .arg(name));
}

void NewIncidentDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    if (std::exchange(m_shown, true) || position())
        return; // it comes back from the map, or knows where it is
    m_place->line().setFocus(Qt::OtherFocusReason);
    m_place->line().selectAll(); // the sender's own words: looked up, and gone with the first letter
    m_place->look();
}

void NewIncidentDialog::check() {
    const bool titled = !m_form->title->text().trimmed().isEmpty();
    const bool placed = position().has_value();
    m_form->openButton->setEnabled(titled && placed && !m_ui.desk.readOnly());
    if (!placed)
        m_form->trouble->setText(m_form->position->text().trimmed().isEmpty()
                                     ? tr("Where is it? Without a place nobody can be sent: choose one, write coordinates or point at the map.")
                                     : tr("The position is latitude, longitude in degrees: 47.1410, 9.5209"));
    m_form->trouble->setVisible(!placed);
}

void NewIncidentDialog::open_() {
    const auto where = position();
    if (!where)
        return;
    desk::OpenIncident command = m_draft;
    // What the person left as it was keeps its other languages.
    if (const QString title = m_form->title->text().trimmed(); title != Words::local(m_draft.title, m_ui.language))
        command.title = title.toStdString();
    if (const QString place = m_place->text().trimmed(); place != Words::local(m_draft.place, m_ui.language))
        command.place = place.toStdString();
    if (!asDrafted())
        command.plan.clear();
    command.hazard = hazard();
    command.hazardClass = static_cast<model::HazardClass>(m_form->hazardClass->currentData().toInt());
    command.grade = grade();
    command.position = *where;
    m_form->openButton->setEnabled(false);
    m_ui.desk.send(std::move(command), this, [this](const base::Result<desk::Done>& done) {
        if (!done) {
            m_form->trouble->setText(Words::refusal(done.error()));
            m_form->trouble->show();
            m_form->openButton->setEnabled(true);
            return;
        }
        if (!done->ids.empty()) {
            if (const auto id = model::IncidentId::parse(done->ids.front()))
                m_ui.selection.select(*id);
        }
        accept();
    });
}

void NewIncidentDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

void NewIncidentDialog::words() {
    m_form->retranslateUi(this);
    m_place->words();
    QStringList from;
    const model::State& state = m_ui.desk.state();
    for (const model::AlarmId& id : m_draft.alarms) {
        if (const auto it = state.alarms.find(id); it != state.alarms.end())
            from << tr("from the alarm %1").arg(Words::quoted(Words::local(it->second.title, m_ui.language)));
    }
    for (const model::ReportId& id : m_draft.reports) {
        if (from.size() >= mostFrom) {
            from << tr("and %1 more").arg(m_draft.alarms.size() + m_draft.reports.size() - static_cast<std::size_t>(from.size()));
            break;
        }
        if (const auto it = state.reports.find(id); it != state.reports.end())
            from << tr("from the report %1").arg(Words::quoted(Words::shortened(Words::plain(it->second.text), 50)));
    }
    m_form->source->setText(from.join(QStringLiteral(", ")));
    m_form->source->setVisible(!from.isEmpty());
    for (int i = 0; i < m_form->hazard->count(); ++i)
        m_form->hazard->setItemText(i, Words::hazard(m_hazards[static_cast<std::size_t>(i)]));
    for (int i = 0; i < m_form->hazardClass->count(); ++i)
        m_form->hazardClass->setItemText(i, Words::hazardClass(classes.at(static_cast<std::size_t>(i))));
    for (int i = 0; i < m_form->grade->count(); ++i)
        m_form->grade->setItemText(i, Words::grade(grades.at(static_cast<std::size_t>(i))));
    hint();
    check();
}

} // namespace tocsin::gui
