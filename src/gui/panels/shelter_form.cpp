#include "gui/panels/shelter_form.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/load_plan.hpp"
#include "gui/panels/plan_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/promises.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {

ShelterPlaces placesOf(const model::State& state, model::ResourceId shelter) {
    ShelterPlaces out;
    const auto found = state.resources.find(shelter);
    if (found == state.resources.end())
        return out;
    out.capacity = found->second.capacity;
    out.occupied = found->second.occupied;
    const auto promised = model::peoplePromised(state);
    const auto coming = promised.find(shelter);
    out.promised = coming == promised.end() ? 0 : coming->second;
    return out;
}

ShelterForm::ShelterForm(const UiContext& ui, const Question& question, std::function<void(int people)> taken, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_question(question), m_taken(std::move(taken)), m_headline(textLabel(ui.theme, this)),
      m_places(textLabel(ui.theme, this, true)), m_label(new QLabel(this)), m_people(new QLineEdit(this)), m_met(textLabel(ui.theme, this)),
      m_fault(textLabel(ui.theme, this)), m_act(new QPushButton(this)), m_cancel(new QPushButton(this)) {
    setObjectName(QStringLiteral("shelterForm"));
    setMinimumWidth(420);
    m_headline->setFont(ui.theme.font(Theme::Text::rowBold));
    m_places->setObjectName(QStringLiteral("shelterPlaces"));
    m_people->setObjectName(QStringLiteral("shelterPeople"));
    m_people->setMaxLength(20);
    m_people->setText(QString::number(question.people));
    m_label->setBuddy(m_people);
    m_met->setObjectName(QStringLiteral("shelterMet"));
    m_fault->setObjectName(QStringLiteral("shelterFault"));
    m_fault->setProperty("role", QStringLiteral("error"));
    m_act->setObjectName(QStringLiteral("shelterTake"));
    m_act->setProperty("kind", QStringLiteral("primary"));
    m_act->setDefault(true);
    m_cancel->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_headline, m_places, m_label, m_people, m_met, m_fault})
        column->addWidget(widget);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(m_cancel);
    foot->addWidget(m_act);
    column->addLayout(foot);
    connect(m_people, &QLineEdit::textChanged, this, &ShelterForm::judge);
    connect(m_act, &QPushButton::clicked, this, &ShelterForm::take);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    // Places are taken and left while the form stands open.
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.resources.contains(m_question.shelter) || !changes.assignments.empty())
            judge();
    });
    words();
    m_people->setFocus();
    m_people->selectAll();
}

int ShelterForm::peopleFrom(const QString& text, int free, QString& fault) {
    const QString plain = LoadPlan::plainDigits(text);
    fault.clear();
    bool number = false;
    const qlonglong people = QLocale::c().toLongLong(plain, &number);
    if (plain.isEmpty())
        fault = tr("Type how many people go there.");
    else if (!number || plain.contains(QLatin1Char(',')))
        fault = tr("“%1” is no whole number of people.").arg(text.trimmed().left(40));
    else if (people < 1)
        fault = tr("At least one person goes there. Delete takes it out of the plan.");
    else if (people > free)
        fault = free == 1 ? tr("1 place is free there, not %1.").arg(people) : tr("%1 places are free there, not %2.").arg(free).arg(people);
    return fault.isEmpty() ? static_cast<int>(people) : 0;
}

void ShelterForm::judge() {
    const auto places = placesOf(m_ui.desk.state(), m_question.shelter);
    m_places->setText((places.capacity == 1 ? tr("%1 place: %2 taken, %3 promised to people on their way, %4 free")
                                            : tr("%1 places: %2 taken, %3 promised to people on their way, %4 free"))
                          .arg(places.capacity)
                          .arg(places.occupied)
                          .arg(places.promised)
                          .arg(places.free()));
    QString fault;
    const int people = peopleFrom(m_people->text(), places.free(), fault);
    QString met;
    if (m_question.open > 0 && people > 0) {
        const double missing = m_question.open - m_question.others - people;
        const QString so = tr("Shelter for %1 of %2", "people, people who need it")
                               .arg(Words::number(m_question.others + people, 0), Words::people(static_cast<int>(std::min(m_question.open, 1e9))));
        met = missing > 0 ? tr("%1, %2 missing").arg(so, Words::number(missing, 0))
                          : missing < 0 ? tr("%1, %2 more than is needed").arg(so, Words::number(-missing, 0)) : so;
    }
    setOrHide(m_met, met);
    setOrHide(m_fault, fault);
    m_act->setEnabled(people > 0);
}

void ShelterForm::take() {
    QString fault;
    const int people = peopleFrom(m_people->text(), placesOf(m_ui.desk.state(), m_question.shelter).free(), fault);
    if (people == 0)
        return judge();
    accept();
    m_taken(people);
}

void ShelterForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

void ShelterForm::words() {
    setWindowTitle(tr("Shelter"));
    m_headline->setText(tr("How many go to %1").arg(PlanWords(m_ui.desk.state(), m_ui.language).name(m_question.shelter)));
    m_label->setText(tr("People"));
    m_people->setAccessibleName(tr("People who go there"));
    m_act->setText(tr("Take this number"));
    m_cancel->setText(tr("Cancel"));
    judge();
}

} // namespace tocsin::gui
