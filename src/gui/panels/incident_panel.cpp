#include "tocsin/gui/panels/incident_panel.hpp"

#include "gui/panels/incident_acts.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels/row_model.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "ui_incident_panel.h"

#include <QMenu>
#include <QStringList>
#include <map>
#include <set>

namespace tocsin::gui {

class IncidentPanel::Model : public RowModel {
  public:
    Model(const UiContext& ui, QObject* parent) : RowModel(parent), m_ui(ui) {}

    [[nodiscard]] static std::optional<Order> orderOf(const model::Incident& incident) {
        if (incident.state != model::IncidentState::open)
            return std::nullopt;
        return Order{static_cast<int>(incident.grade), 0, -base::toUnixMicros(incident.openedAt)};
    }

    /// Running assignments of each incident; counted again only when an assignment changed.
    void countTeams() {
        m_teams.clear();
        for (const auto& [id, assignment] : m_ui.desk.state().assignments) {
            if (assignment.state != model::AssignmentState::released)
                ++m_teams[assignment.incident];
        }
    }

  protected:
    [[nodiscard]] RowFace face(const base::Uuid& id) const override {
        RowFace f;
        f.shape = RowFace::Shape::incident;
        const model::State& state = m_ui.desk.state();
        const auto it = state.incidents.find(model::IncidentId(id));
        if (it == state.incidents.end())
            return f;
        const model::Incident& incident = it->second;
        f.grade = incident.grade;
        f.glyph = Symbols::forHazard(incident.hazard, incident.hazardClass);
        f.title = Words::local(incident.title, m_ui.language);
        f.topRight = Words::age(m_ui.desk.now() - incident.openedAt);
        const auto teams = m_teams.find(incident.id);
        const int count = teams == m_teams.end() ? 0 : teams->second;
        f.bottomRight = count == 0 ? IncidentPanel::tr("no team yet") : Words::teams(static_cast<std::size_t>(count));

        QStringList parts{Words::numeral(incident.grade) + QStringLiteral(" · ") + Words::plain(incident.number)};
        if (const QString place = Words::local(incident.place, m_ui.language); !place.isEmpty())
            parts << place;
        int verified = 0;
        for (const model::ReportId& report : incident.reports) {
            const auto r = state.reports.find(report);
            verified += r != state.reports.end() && r->second.state == model::ReportState::verified ? 1 : 0;
        }
        if (!incident.reports.empty())
            parts << Words::reports(incident.reports.size()) +
                         (verified > 0 ? IncidentPanel::tr(", %1 verified").arg(verified) : QString());
        f.second = parts.join(QStringLiteral(" · "));
        return f;
    }

  private:
    UiContext m_ui;
    std::map<model::IncidentId, int> m_teams;
};

IncidentPanel::IncidentPanel(const UiContext& context, QWidget* parent)
    : RowPanel(context, QStringLiteral("incidentPanel"), QStringLiteral("F3"), parent),
      m_form(std::make_unique<Ui::IncidentPanel>()), m_model(new Model(context, this)) {
    m_form->setupUi(this);
    setUp(*m_form->list, *m_model);
    m_form->list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_form->list, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        const auto chosen = currentId();
        if (chosen.isNull())
            return;
        auto* menu = new QMenu(this);
        menu->setObjectName(QStringLiteral("incidentMenu"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        incident_acts::fillMenu(m_ui, this, *menu, model::IncidentId(chosen));
        menu->popup(m_form->list->viewport()->mapToGlobal(at));
    });
}

IncidentPanel::~IncidentPanel() = default;

QString IncidentPanel::panelTitle() const {
    return tr("Incidents");
}
QString IncidentPanel::panelCount() const {
    return m_open == 0 ? tr("none open") : tr("%1 open").arg(m_open);
}

QString IncidentPanel::emptyText() const {
    return tr(
        "What the desk works on stands here. Select an alarm or a report and press I, or press N for an incident of "
        "your own.");
}

void IncidentPanel::take(const Changes& changes) {
    const model::State& state = m_ui.desk.state();
    if (changes.all || !changes.assignments.empty())
        m_model->countTeams();
    if (changes.all) {
        std::vector<std::pair<base::Uuid, RowModel::Order>> rows;
        for (const auto& [id, incident] : state.incidents) {
            if (const auto order = Model::orderOf(incident))
                rows.emplace_back(id.value, *order);
        }
        m_model->putAll(rows);
    } else {
        std::set<model::IncidentId> touched = changes.incidents;
        for (const model::AssignmentId& id : changes.assignments) {
            if (const auto it = state.assignments.find(id); it != state.assignments.end())
                touched.insert(it->second.incident);
        }
        for (const model::ReportId& id : changes.reports) {
            if (const auto it = state.reports.find(id); it != state.reports.end() && it->second.incident)
                touched.insert(*it->second.incident);
        }
        for (const model::IncidentId& id : touched) {
            const auto it = state.incidents.find(id);
            m_model->put(id.value, it == state.incidents.end() ? std::nullopt : Model::orderOf(it->second));
        }
    }
    if (m_open != m_model->rowCount() || changes.all) {
        m_open = m_model->rowCount();
        emit titleChanged();
    }
}

bool IncidentPanel::command(int key) {
    if (key == Qt::Key_Return) {
        emit detailsWanted();
        return true;
    }
    const auto act = incident_acts::actFor(key);
    if (act)
        incident_acts::run(m_ui, this, model::IncidentId(currentId()), *act);
    return act.has_value();
}

std::vector<RowPanel::KeyAct> IncidentPanel::keyActs() const {
    const auto act = [this](int key, IncidentAct what, const char* english, const char* glyph) {
        return KeyAct{key,
                      incident_acts::keyText(what),
                      english,
                      tr(english),
                      tr(english),
                      QString::fromLatin1(glyph),
                      incident_acts::possible(m_ui, model::IncidentId(currentId()), what)};
    };
    return {act(Qt::Key_P, IncidentAct::move, QT_TR_NOOP("Another place for the incident"), "pin"),
            act(Qt::Key_L, IncidentAct::plan, QT_TR_NOOP("Another plan for the incident"), "list"),
            act(Qt::Key_E, IncidentAct::grade, QT_TR_NOOP("Another grade for the incident"), "incident"),
            {Qt::Key_Return, tr("Enter", "key"), "", tr("To the incident's details"), {}, {}, true}};
}

Selected IncidentPanel::selectedFor(const base::Uuid& id) const {
    return model::IncidentId(id);
}

base::Uuid IncidentPanel::idIn(const Selected& selected) const {
    const auto* id = std::get_if<model::IncidentId>(&selected);
    return id ? id->value : base::Uuid{};
}

void IncidentPanel::words() {
    m_form->retranslateUi(this);
    m_form->list->setEmptyText(tr("No incident is open"), emptyText());
}

} // namespace tocsin::gui
