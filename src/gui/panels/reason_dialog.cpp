#include "gui/panels/reason_dialog.hpp"

#include "gui/panels/send_or_say.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "ui_reason_dialog.h"

namespace tocsin::gui {

ReasonDialog::ReasonDialog(const UiContext& ui, Question question, Make make, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_make(std::move(make)), m_needed(question.needed), m_form(std::make_unique<Ui::ReasonDialog>()) {
    m_form->setupUi(this);
    setWindowTitle(question.title);
    m_form->headline->setFont(ui.theme.font(Theme::Text::rowBold));
    m_form->headline->setText(question.title);
    m_form->explanation->setText(question.explanation);
    m_form->explanation->setVisible(!question.explanation.isEmpty());
    m_form->trouble->hide();
    m_form->actButton->setText(question.act);
    m_form->actButton->setProperty("kind", question.grave ? QStringLiteral("danger") : QStringLiteral("primary"));
    m_form->option->setText(question.option);
    m_form->option->setVisible(!question.option.isEmpty() && question.taken);
    if (question.taken) {
        m_form->option->setChecked(*question.taken);
        connect(m_form->option, &QCheckBox::toggled, this, [taken = question.taken](bool on) { *taken = on; });
    }
    connect(m_form->reason, &QLineEdit::textChanged, this, &ReasonDialog::check);
    connect(m_form->actButton, &QPushButton::clicked, this, &ReasonDialog::act);
    connect(m_form->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    check();
    m_form->reason->setFocus();
}

ReasonDialog::~ReasonDialog() = default;

void ReasonDialog::check() {
    m_form->actButton->setEnabled(!m_needed || !m_form->reason->text().trimmed().isEmpty());
}

void ReasonDialog::act() {
    const QString reason = m_form->reason->text().trimmed();
    if (m_needed && reason.isEmpty())
        return;
    sendOrSay(*this, m_ui.desk, m_make(reason.toStdString()), *m_form->actButton, *m_form->trouble,
              [this] { check(); });
}

} // namespace tocsin::gui
