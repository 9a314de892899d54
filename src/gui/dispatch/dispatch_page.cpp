#include "gui/dispatch/dispatch_page.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>
#include <memory>

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

LineDialog::LineDialog(const UiContext& ui, const Question& question, std::function<void(const QString& line)> answer,
                       QWidget* parent)
    : QDialog(parent), m_line(new QLineEdit(this)), m_act(new QPushButton(question.act, this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("lineDialog"));
    setWindowTitle(question.title);
    m_line->setObjectName(QStringLiteral("line"));
    m_line->setText(question.text);
    m_line->setAccessibleName(question.label);
    m_act->setObjectName(QStringLiteral("act"));
    m_act->setProperty("kind", question.grave ? QStringLiteral("danger") : QStringLiteral("primary"));
    m_act->setDefault(true);
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
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(m_act);
    column->addLayout(row);
    setMinimumWidth(440);
    const auto check = [this, needed = question.needed] {
        m_act->setEnabled(!needed || !m_line->text().trimmed().isEmpty());
    };
    connect(m_line, &QLineEdit::textChanged, this, check);
    check();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_act, &QPushButton::clicked, this, [this, answer = std::move(answer)] {
        const QString line = m_line->text().trimmed();
        accept();
        answer(line);
    });
    m_line->setFocus();
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
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(title);
    auto* dialog = new QPrintDialog(printer.get(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), dialog, [printer, html](QPrinter* to) {
        QTextDocument document;
        document.setHtml(html);
        document.print(to);
    });
    dialog->open();
}

void copyText(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

} // namespace tocsin::gui
