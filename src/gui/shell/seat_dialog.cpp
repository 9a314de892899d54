#include "gui/shell/seat_dialog.hpp"

#include "tocsin/desk/seat_message.hpp"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int kMostLetters = 60;
}

SeatDialog::SeatDialog(const UiContext& ui, const std::vector<QString>& officers, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_title(new QLabel(this)), m_note(new QLabel(this)), m_name(new QComboBox(this)),
      m_later(new QPushButton(this)), m_sit(new QPushButton(this)) {
    setObjectName(QStringLiteral("seatDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(480);
    m_title->setFont(ui.theme.font(Theme::Text::title));
    m_note->setWordWrap(true);
    m_name->setObjectName(QStringLiteral("seatName"));
    m_name->setEditable(true);
    m_name->setInsertPolicy(QComboBox::NoInsert);
    const QString onDuty = QString::fromStdString(ui.desk.state().desk.onDuty);
    for (const QString& officer : officers)
        m_name->addItem(officer);
    m_name->lineEdit()->setMaxLength(kMostLetters);
    const auto other = std::find_if(officers.begin(), officers.end(), [&](const QString& name) { return name != onDuty; });
    m_name->setCurrentText(other == officers.end() ? QString() : *other);
    m_name->lineEdit()->selectAll();
    m_later->setObjectName(QStringLiteral("seatLater"));
    m_later->setAutoDefault(false);
    m_sit->setObjectName(QStringLiteral("seatSit"));
    m_sit->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addWidget(m_name);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(m_later);
    foot->addWidget(m_sit);
    column->addLayout(foot);
    connect(m_name, &QComboBox::currentTextChanged, this, &SeatDialog::refresh);
    connect(m_later, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_sit, &QPushButton::clicked, this, &QDialog::accept);
    words();
    m_name->setFocus();
}

QString SeatDialog::person() const {
    return m_name->currentText().trimmed();
}

void SeatDialog::words() {
    m_title->setText(tr("Who sits here?"));
    setWindowTitle(m_title->text());
    const QString onDuty = QString::fromStdString(m_ui.desk.state().desk.onDuty);
    m_note->setText(onDuty.isEmpty() ? tr("Another window runs this county's desk, and this one is a seat at it. What is done here is "
                                          "written down under this name, and others see what you have in hand.")
                                     : tr("Another window runs this county's desk, where %1 is on duty, and this one is a seat at it. What "
                                          "is done here is written down under this name, and others see what you have in hand.")
                                           .arg(onDuty));
    m_name->setAccessibleName(tr("Name of who sits here"));
    m_later->setText(tr("Later"));
    refresh();
}

void SeatDialog::refresh() {
    const QString name = person();
    m_sit->setText(name.isEmpty() ? tr("Sit down") : tr("Sit down as %1").arg(name));
    m_sit->setEnabled(!name.contains(QLatin1Char(':')) && desk::isPerson(name.toStdString()));
}

void SeatDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

} // namespace tocsin::gui
