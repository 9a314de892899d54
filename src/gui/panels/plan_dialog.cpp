#include "gui/panels/plan_dialog.hpp"

#include "gui/dispatch/dispatch_words.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/send_or_say.hpp"
#include "tocsin/desk/plans.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {
namespace {

constexpr std::array grades{model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV};
constexpr std::array hows{desk::PlanMerge::keep, desk::PlanMerge::replace, desk::PlanMerge::add};
constexpr std::array howNames{"planKeep", "planReplace", "planAdd"};

} // namespace

QString planName(const model::Plan& plan, const QString& language) {
    const QString title = Words::local(plan.title, language);
    return title.isEmpty() ? Words::plain(plan.id) : title;
}

PlanDialog::PlanDialog(const UiContext& ui, model::IncidentId incident, Asks asks, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_incident(incident), m_asks(asks), m_head(textLabel(ui.theme, this)),
      m_explanation(textLabel(ui.theme, this, true)), m_gradeLabel(new QLabel(this)), m_grade(new QComboBox(this)),
      m_planLabel(new QLabel(this)), m_plan(new QComboBox(this)), m_how{}, m_before(textLabel(ui.theme, this, true)),
      m_after(textLabel(ui.theme, this)), m_reason(new QLineEdit(this)), m_trouble(new QLabel(this)),
      m_cancel(new QPushButton(this)), m_act(new QPushButton(this)) {
    setObjectName(QStringLiteral("planDialog"));
    setMinimumWidth(460);
    m_head->setFont(ui.theme.font(Theme::Text::rowBold));
    m_grade->setObjectName(QStringLiteral("grade"));
    m_plan->setObjectName(QStringLiteral("plan"));
    m_before->setObjectName(QStringLiteral("needsBefore"));
    m_after->setObjectName(QStringLiteral("needsAfter"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_head);
    column->addWidget(m_explanation);
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(16);
    fields->setColumnStretch(1, 1);
    fields->addWidget(m_gradeLabel, 0, 0);
    fields->addWidget(m_grade, 0, 1);
    fields->addWidget(m_planLabel, 1, 0);
    fields->addWidget(m_plan, 1, 1);
    column->addLayout(fields);
    m_gradeLabel->setBuddy(m_grade);
    m_planLabel->setBuddy(m_plan);
    for (std::size_t i = 0; i < m_how.size(); ++i) {
        m_how.at(i) = new QRadioButton(this);
        m_how.at(i)->setObjectName(QString::fromLatin1(howNames.at(i)));
        column->addWidget(m_how.at(i));
        connect(m_how.at(i), &QRadioButton::clicked, this, [this] {
            m_chosen = true;
            check();
        });
    }
    column->addWidget(m_before);
    column->addWidget(m_after);
    endWithReason(*column, *m_reason, *m_trouble, *m_cancel, *m_act);

    const bool asksGrade = asks == Asks::grade;
    m_gradeLabel->setVisible(asksGrade);
    m_grade->setVisible(asksGrade);
    for (const model::Grade grade : grades)
        m_grade->addItem(QIcon(Symbols::severity(grade, 18, ui.theme, devicePixelRatioF())), QString(), static_cast<int>(grade));
    for (const model::Plan& plan : ui.desk.plans())
        m_plan->addItem(QString(), Words::plain(plan.id));
    if (const auto* about = this->incident()) {
        m_grade->setCurrentIndex(static_cast<int>(about->grade) - 1);
        m_plan->setCurrentIndex(std::max(0, m_plan->findData(Words::plain(about->plan))));
    }
    m_how[static_cast<std::size_t>(asksGrade ? desk::PlanMerge::keep : desk::PlanMerge::add)]->setChecked(true);
    connect(m_grade, &QComboBox::currentIndexChanged, this, &PlanDialog::regraded);
    connect(m_plan, &QComboBox::currentIndexChanged, this, &PlanDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &PlanDialog::check);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, &PlanDialog::act);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.incidents.contains(m_incident) || !changes.assignments.empty())
            check();
    });
    words();
    (asksGrade ? m_grade : m_plan)->setFocus();
}

const model::Incident* PlanDialog::incident() const {
    const auto& all = m_ui.desk.state().incidents;
    const auto it = all.find(m_incident);
    return it == all.end() ? nullptr : &it->second;
}

model::Grade PlanDialog::grade() const {
    return static_cast<model::Grade>(std::clamp(m_grade->currentData().toInt(), 1, 4));
}

const model::Plan* PlanDialog::plan() const {
    return model::planOf(m_ui.desk.plans(), m_plan->currentData().toString().toStdString());
}

std::optional<desk::PlanChange> PlanDialog::change() const {
    const auto* chosen = plan();
    const auto* about = incident();
    const auto how = std::find_if(m_how.begin(), m_how.end(), [](const auto* each) { return each->isChecked(); });
    if (chosen == nullptr || about == nullptr || how == m_how.end())
        return std::nullopt;
    const auto needs = hows.at(static_cast<std::size_t>(how - m_how.begin()));
    // With another grade "keep" means the plan, too; where only the plan is asked for, it means its needs.
    if (m_asks == Asks::grade && needs == desk::PlanMerge::keep)
        return std::nullopt;
    return desk::PlanChange{chosen->id, needs};
}

/// Nobody is to be forgotten where it becomes graver, and nobody taken away where it becomes milder, unless a person says so.
void PlanDialog::regraded() {
    const auto* about = incident();
    if (about == nullptr)
        return;
    const auto* offered = desk::planFor(m_ui.desk.plans(), about->hazard, grade());
    {
        const QSignalBlocker quiet(m_plan);
        if (offered != nullptr)
            m_plan->setCurrentIndex(m_plan->findData(Words::plain(offered->id)));
    }
    if (!m_chosen) {
        const bool graver = grade() < about->grade && offered != nullptr && offered->id != about->plan;
        m_how[static_cast<std::size_t>(graver ? desk::PlanMerge::add : desk::PlanMerge::keep)]->setChecked(true);
    }
    check();
}

void PlanDialog::check() {
    const auto* about = incident();
    const auto* chosen = plan();
    m_planLabel->setVisible(chosen != nullptr);
    m_plan->setVisible(chosen != nullptr);
    for (auto* each : m_how)
        each->setVisible(chosen != nullptr);
    const auto next = change();
    m_plan->setEnabled(m_asks == Asks::plan || next.has_value());
    const auto list = [this](const std::vector<model::Need>& needs) {
        QStringList out;
        for (const model::Need& need : needs)
            out << DispatchWords::need(need, m_ui.language, m_ui.desk.state());
        return out.isEmpty() ? tr("nobody and nothing") : out.join(tr(", "));
    };
    const bool open = about != nullptr && about->state == model::IncidentState::open;
    std::vector<model::Need> after;
    if (about != nullptr) {
        after = next ? desk::needsWith(m_ui.desk.state(), *about, *chosen, next->needs) : about->needs;
        m_before->setText(tr("Needed now: %1").arg(list(about->needs)));
        m_after->setText(after == about->needs ? tr("Needed then: the same") : tr("Needed then: %1").arg(list(after)));
    }
    const bool differs = open && (m_asks == Asks::grade ? grade() != about->grade
                                                       : next && (next->plan != about->plan || after != about->needs));
    const bool reasoned = m_asks == Asks::plan || !m_reason->text().trimmed().isEmpty();
    m_act->setEnabled(differs && reasoned && !m_sending && !m_ui.desk.readOnly());
}

void PlanDialog::act() {
    const auto* about = incident();
    if (about == nullptr || !m_act->isEnabled())
        return;
    const auto reason = m_reason->text().trimmed().toStdString();
    const auto next = change();
    m_sending = true;
    desk::CommandBody body = m_asks == Asks::grade ? desk::CommandBody(desk::GradeIncident{m_incident, grade(), reason, next})
                                                   : desk::CommandBody(desk::SetPlan{m_incident, *next, reason});
    sendOrSay(*this, m_ui.desk, std::move(body), *m_act, *m_trouble, [this] {
        m_sending = false;
        check();
    });
}

void PlanDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

void PlanDialog::words() {
    const auto* about = incident();
    const QString title = about == nullptr ? QString() : Words::local(about->title, m_ui.language);
    const QString number = about == nullptr ? QString() : Words::plain(about->number);
    const bool asksGrade = m_asks == Asks::grade;
    m_head->setText(asksGrade ? tr("Another grade for “%1”").arg(title) : tr("Another plan for “%1”").arg(title));
    setWindowTitle(m_head->text());
    m_explanation->setText(asksGrade ? tr("The grade decides who is told, and how soon. Its plan may want others than were asked for.")
                                     : tr("The plan says who is needed and what is done first."));
    m_gradeLabel->setText(tr("&Grade"));
    m_planLabel->setText(tr("&Plan"));
    m_grade->setAccessibleName(tr("Grade"));
    m_plan->setAccessibleName(tr("Plan"));
    {
        const QSignalBlocker quiet(m_plan);
        const auto& plans = m_ui.desk.plans();
        for (int i = 0; i < m_plan->count(); ++i)
            m_plan->setItemText(i, planName(plans[static_cast<std::size_t>(i)], m_ui.language));
        for (int i = 0; i < m_grade->count(); ++i)
            m_grade->setItemText(i, Words::grade(grades.at(static_cast<std::size_t>(i))));
    }
    m_how[0]->setText(asksGrade ? tr("&Keep the plan and the needs that stand") : tr("&Keep the needs that stand"));
    m_how[1]->setText(tr("&Replace the needs by the plan's; what is served already stays"));
    m_how[2]->setText(tr("&Add what the plan wants more"));
    m_reason->setPlaceholderText(asksGrade ? tr("Reason; it goes into the duty log") : tr("Reason, if there is one; it goes into the duty log"));
    m_reason->setAccessibleName(tr("Reason"));
    m_cancel->setText(tr("Cancel"));
    m_act->setText(asksGrade ? tr("Grade %1 anew").arg(number) : tr("Give %1 this plan").arg(number));
    check();
}

} // namespace tocsin::gui
