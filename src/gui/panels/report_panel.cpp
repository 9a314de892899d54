#include "tocsin/gui/panels/report_panel.hpp"

#include "gui/panels/commands.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels/row_model.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "ui_report_panel.h"

#include <QMenu>
#include <QStringList>

namespace tocsin::gui {

class ReportPanel::Model : public RowModel {
  public:
    Model(const UiContext& ui, QObject* parent) : RowModel(parent), m_ui(ui) {}

    /// To triage first; then what is verified and belongs to no incident yet. The rest is in the incidents and the log.
    [[nodiscard]] static std::optional<Order> orderOf(const model::Report& report) {
        if (report.state == model::ReportState::dismissed || report.incident)
            return std::nullopt;
        return Order{report.state == model::ReportState::pending ? 0 : 1, 0, -base::toUnixMicros(report.receivedAt)};
    }

  protected:
    [[nodiscard]] RowFace face(const base::Uuid& id) const override {
        RowFace f;
        f.shape = RowFace::Shape::report;
        const auto it = m_ui.desk.state().reports.find(model::ReportId(id));
        if (it == m_ui.desk.state().reports.end())
            return f;
        const model::Report& report = it->second;
        f.verified = report.state == model::ReportState::verified;
        f.title = Words::quoted(Words::plain(report.text).simplified());
        f.topRight = Words::age(m_ui.desk.now() - report.receivedAt);
        f.bottomRight = Words::reportState(report.state);
        QStringList parts;
        if (!report.place.empty())
            parts << Words::plain(report.place);
        else if (report.position)
            parts << Words::position(*report.position);
        else
            parts << ReportPanel::tr("no place given");
        parts << Words::feed(report.feed);
        if (!report.category.empty())
            parts << Words::reportCategory(report.category);
        f.second = parts.join(QStringLiteral(" · "));
        return f;
    }

  private:
    UiContext m_ui;
};

ReportPanel::ReportPanel(const UiContext& context, QWidget* parent)
    : RowPanel(context, QStringLiteral("reportPanel"), QStringLiteral("F4"), parent),
      m_form(std::make_unique<Ui::ReportPanel>()), m_model(new Model(context, this)) {
    m_form->setupUi(this);
    m_form->verifyButton->dress(m_ui.theme, QStringLiteral("V"));
    m_form->dismissButton->dress(m_ui.theme, QStringLiteral("D"));
    m_form->incidentButton->dress(m_ui.theme, QStringLiteral("I"));
    connect(m_form->verifyButton, &QPushButton::clicked, this, &ReportPanel::verify);
    connect(m_form->dismissButton, &QPushButton::clicked, this, &ReportPanel::dismiss);
    connect(m_form->incidentButton, &QPushButton::clicked, this, &ReportPanel::link);
    setUp(*m_form->list, *m_model);
}

ReportPanel::~ReportPanel() = default;

QString ReportPanel::panelTitle() const {
    return tr("Reports to triage");
}
QString ReportPanel::panelCount() const {
    return m_pending == 0 ? tr("none") : QString::number(m_pending);
}

QString ReportPanel::emptyText() const {
    return tr(
        "What citizens report stands here. Call back, then press V to verify or D to dismiss; I makes an incident of "
        "it.");
}

void ReportPanel::take(const Changes& changes) {
    const auto& reports = m_ui.desk.state().reports;
    if (changes.all) {
        std::vector<std::pair<base::Uuid, RowModel::Order>> rows;
        for (const auto& [id, report] : reports) {
            if (const auto order = Model::orderOf(report))
                rows.emplace_back(id.value, *order);
        }
        m_model->putAll(rows);
    } else if (changes.reports.empty()) {
        return;
    } else {
        for (const model::ReportId& id : changes.reports) {
            const auto it = reports.find(id);
            m_model->put(id.value, it == reports.end() ? std::nullopt : Model::orderOf(it->second));
        }
    }
    m_pending = static_cast<int>(std::count_if(reports.begin(), reports.end(), [](const auto& r) {
        return r.second.state == model::ReportState::pending && !r.second.incident;
    }));
    emit titleChanged();
}

const model::Report* ReportPanel::current() const {
    const auto& reports = m_ui.desk.state().reports;
    const auto it = reports.find(model::ReportId(currentId()));
    return it == reports.end() ? nullptr : &it->second;
}

void ReportPanel::verify() {
    if (const model::Report* report = current(); report && !m_ui.desk.readOnly())
        m_ui.desk.send(desk::JudgeReport{report->id, model::ReportState::verified});
}

void ReportPanel::dismiss() {
    if (const model::Report* report = current(); report && !m_ui.desk.readOnly())
        m_ui.desk.send(desk::JudgeReport{report->id, model::ReportState::dismissed});
}

void ReportPanel::openIncident() {
    if (const model::Report* report = current(); report && (report->incident || !m_ui.desk.readOnly()))
        commands::openIncident(m_ui, this, *report);
}

void ReportPanel::link() {
    const model::Report* report = current();
    if (!report || m_ui.desk.readOnly())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* fresh = menu->addAction(tr("Open a new incident from it"));
    connect(fresh, &QAction::triggered, this, &ReportPanel::openIncident);
    menu->addSeparator();
    menu->addSection(tr("Link to"));
    commands::fillLinkMenu(m_ui, *menu, *report);
    menu->popup(m_form->incidentButton->mapToGlobal(QPoint(0, m_form->incidentButton->height())));
}

bool ReportPanel::command(int key) {
    switch (key) {
    case Qt::Key_V:
        verify();
        break;
    case Qt::Key_D:
        dismiss();
        break;
    case Qt::Key_L:
        link();
        break;
    case Qt::Key_I:
    case Qt::Key_Return:
        openIncident();
        break;
    default:
        return false;
    }
    return true;
}

void ReportPanel::currentMoved() {
    const model::Report* report = current();
    const bool can = report && !m_ui.desk.readOnly();
    m_form->verifyButton->setEnabled(can && report->state != model::ReportState::verified);
    m_form->dismissButton->setEnabled(can && report->state != model::ReportState::dismissed);
    m_form->incidentButton->setEnabled(can);
}

Selected ReportPanel::selectedFor(const base::Uuid& id) const {
    return model::ReportId(id);
}

base::Uuid ReportPanel::idIn(const Selected& selected) const {
    const auto* id = std::get_if<model::ReportId>(&selected);
    return id ? id->value : base::Uuid{};
}

void ReportPanel::words() {
    m_form->retranslateUi(this);
    m_form->list->setEmptyText(tr("Nothing to triage"), emptyText());
}

} // namespace tocsin::gui
