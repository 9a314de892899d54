#include "gui/panels/reason_dialog.hpp"

#include "gui/panels/send_or_say.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "ui_reason_dialog.h"

namespace tocsin::gui {

ReasonDialog::ReasonDialog(const UiContext& ui, Question question, Make make, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_make(std::move(make)), m_form(std::make_unique<Ui::ReasonDialog>()) {
    m_form->setupUi(this);
    setWindowTitle(question.title);
    m_form->headline->setFont(ui.theme.font(Theme::Text::rowBold));
    m_form->headline->setText(question.title);
    m_form->explanation->setText(question.explanation);
    m_form->explanation->setVisible(!question.explanation.isEmpty());
    m_form->trouble->hide();
    m_form->actButton->setText(question.act);
    m_form->actButton->setProperty("kind", question.grave ? QStringLiteral("danger") : QStringLiteral("primary"));
    m_form->grade->setVisible(question.grade.has_value());
    for (const model::Grade grade : {model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV})
        m_form->grade->addItem(QIcon(Symbols::severity(grade, 18, ui.theme, devicePixelRatioF())), Words::grade(grade),
                               static_cast<int>(grade));
    if (question.grade)
        m_form->grade->setCurrentIndex(static_cast<int>(*question.grade) - 1);
    connect(m_form->reason, &QLineEdit::textChanged, this, &ReasonDialog::check);
    connect(m_form->actButton, &QPushButton::clicked, this, &ReasonDialog::act);
    connect(m_form->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    check();
    m_form->reason->setFocus();
}

ReasonDialog::~ReasonDialog() = default;

void ReasonDialog::check() {
    m_form->actButton->setEnabled(!m_form->reason->text().trimmed().isEmpty());
}

void ReasonDialog::act() {
    const QString reason = m_form->reason->text().trimmed();
    if (reason.isEmpty())
        return;
    const auto grade = static_cast<model::Grade>(std::max(1, m_form->grade->currentData().toInt()));
    sendOrSay(*this, m_ui.desk, m_make(reason.toStdString(), grade), *m_form->actButton, *m_form->trouble,
              [this] { check(); });
}

} // namespace tocsin::gui
