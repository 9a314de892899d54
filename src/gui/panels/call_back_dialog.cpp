#include "gui/panels/call_back_dialog.hpp"

#include "gui/panels/send_or_say.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace tocsin::gui {

CallBackDialog::CallBackDialog(const UiContext& ui, model::ReportId report, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_report(report), m_reached(new QRadioButton(tr("Reached: this was said"), this)),
      m_not(new QRadioButton(tr("Nobody answered"), this)), m_said(new QPlainTextEdit(this)), m_trouble(new QLabel(this)),
      m_end(new QPushButton(tr("Write down the call"), this)) {
    setObjectName(QStringLiteral("callBackDialog"));
    setWindowTitle(tr("Called back"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* head = new QLabel(this);
    head->setFont(ui.theme.font(Theme::Text::rowBold));
    head->setWordWrap(true);
    const auto& all = ui.desk.state().reports;
    if (const auto it = all.find(report); it != all.end())
        head->setText(Words::quoted(Words::shortened(Words::plain(it->second.text).simplified(), 120)));
    column->addWidget(head);
    m_reached->setObjectName(QStringLiteral("callReached"));
    m_not->setObjectName(QStringLiteral("callNotReached"));
    m_said->setObjectName(QStringLiteral("callSaid"));
    m_said->setAccessibleName(tr("What was said"));
    m_said->setPlaceholderText(tr("What was said"));
    m_said->setTabChangesFocus(true);
    m_said->setFixedHeight(88);
    m_end->setObjectName(QStringLiteral("callEnd"));
    m_end->setProperty("kind", QStringLiteral("primary"));
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    column->addWidget(m_reached);
    column->addWidget(m_said);
    column->addWidget(m_not);
    column->addWidget(m_trouble);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_end);
    column->addLayout(buttons);
    m_reached->setChecked(true);
    connect(m_reached, &QRadioButton::toggled, this, &CallBackDialog::check);
    connect(m_said, &QPlainTextEdit::textChanged, this, &CallBackDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_end, &QPushButton::clicked, this, &CallBackDialog::end);
    m_said->setFocus();
    resize(460, sizeHint().height());
    check();
}

void CallBackDialog::check() {
    m_said->setEnabled(m_reached->isChecked());
    m_end->setEnabled(m_not->isChecked() || !m_said->toPlainText().trimmed().isEmpty());
}

void CallBackDialog::end() {
    const bool reached = m_reached->isChecked();
    const std::string said = reached ? m_said->toPlainText().trimmed().toStdString() : std::string();
    sendOrSay(*this, m_ui.desk, desk::EndCallBack{m_report, reached, said}, *m_end, *m_trouble, [this] { check(); });
}

} // namespace tocsin::gui
