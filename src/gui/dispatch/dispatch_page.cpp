#include "gui/dispatch/dispatch_page.hpp"

#include "gui/panels/printing.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPrinter>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>

namespace tocsin::gui {

void DispatchPage::send(desk::CommandBody body, const QString& done) {
    m_ui.desk.send(std::move(body), this, telling(done));
}

DeskBridge::Answer DispatchPage::telling(const QString& done) {
    return [this, done](const base::Result<desk::Done>& answer) {
        if (!answer)
            emit said(Words::refusal(answer.error()), true);
        else if (!done.isEmpty())
            emit said(done, false);
    };
}

AskingDialog::AskingDialog(QWidget* parent) : QDialog(parent), m_trouble(new QLabel(this)) {
    m_trouble->setObjectName(QStringLiteral("trouble"));
    m_trouble->setProperty("role", QStringLiteral("error"));
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
}

void AskingDialog::ask(DeskBridge& desk, desk::CommandBody body, DeskBridge::Answer told) {
    m_waiting = true;
    check();
    desk.send(std::move(body), parent(), [dialog = QPointer(this), told = std::move(told)](const base::Result<desk::Done>& answer) {
        const bool open = dialog != nullptr && dialog->isVisible();
        if (open)
            dialog->m_waiting = false;
        if (open && !answer) {
            dialog->m_trouble->setText(Words::refusal(answer.error()));
            dialog->m_trouble->show();
            dialog->check();
            return;
        }
        if (open)
            dialog->accept();
        if (told)
            told(answer);
    });
}

void AskingDialog::check() {
    m_act->setEnabled(!m_waiting && isWhole());
}

LineDialog::LineDialog(const UiContext& ui, const Question& question,
                       std::function<void(AskingDialog& dialog, const QString& line)> answer, QWidget* parent)
    : AskingDialog(parent), m_line(new QLineEdit(this)), m_needed(question.needed) {
    auto* act = new QPushButton(question.act, this);
    setAct(act);
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("lineDialog"));
    setWindowTitle(question.title);
    m_line->setObjectName(QStringLiteral("line"));
    m_line->setText(question.text);
    m_line->setAccessibleName(question.label);
    act->setObjectName(QStringLiteral("act"));
    act->setProperty("kind", question.grave ? QStringLiteral("danger") : QStringLiteral("primary"));
    act->setDefault(true);
    auto* heading = new QLabel(question.title, this);
    heading->setFont(ui.theme.font(Theme::Text::title));
    heading->setWordWrap(true);
    heading->setTextFormat(Qt::PlainText);
    auto* explanation = new QLabel(question.explanation, this);
    explanation->setWordWrap(true);
    explanation->setTextFormat(Qt::PlainText);
    explanation->setProperty("role", QStringLiteral("dim"));
    explanation->setVisible(!question.explanation.isEmpty());
    auto* label = new QLabel(question.label, this);
    label->setBuddy(m_line);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    column->addWidget(heading);
    column->addWidget(explanation);
    column->addWidget(label);
    column->addWidget(m_line);
    column->addWidget(trouble());
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(act);
    column->addLayout(row);
    setMinimumWidth(440);
    connect(m_line, &QLineEdit::textChanged, this, [this] { check(); });
    check();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(act, &QPushButton::clicked, this,
            [this, answer = std::move(answer)] { answer(*this, m_line->text().trimmed()); });
    m_line->setFocus();
}

bool LineDialog::isWhole() const {
    return !m_needed || !m_line->text().trimmed().isEmpty();
}

QPushButton* pageButton(const char* name, const char* kind, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setProperty("kind", QString::fromLatin1(kind));
    button->setAutoDefault(false);
    return button;
}

QLabel* emptyLabel(const UiContext& ui, const char* name, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setProperty("role", QStringLiteral("dim"));
    label->setFont(ui.theme.font(Theme::Text::row));
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setContentsMargins(40, 40, 40, 40);
    label->setMinimumHeight(140);
    return label;
}

void printHtml(const QString& title, const QString& html, QWidget* parent) {
    askToPrint(printerFor(title), parent, [html](QPrinter& to) {
        QTextDocument document;
        document.setHtml(html);
        document.print(&to);
    });
}

void copyText(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

} // namespace tocsin::gui
