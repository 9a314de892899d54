#include "gui/panels/send_or_say.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {

void sendOrSay(QDialog& dialog, DeskBridge& desk, desk::CommandBody body, QAbstractButton& act, QLabel& trouble,
               std::function<void()> again) {
    act.setEnabled(false);
    desk.send(std::move(body), &dialog,
              [&dialog, &trouble, again = std::move(again)](const base::Result<desk::Done>& done) {
                  if (done) {
                      dialog.accept();
                      return;
                  }
                  trouble.setText(Words::refusal(done.error()));
                  trouble.show();
                  again();
              });
}

void endWithReason(QVBoxLayout& column, QLineEdit& reason, QLabel& trouble, QPushButton& cancel, QPushButton& act) {
    reason.setObjectName(QStringLiteral("reason"));
    reason.setMaxLength(200);
    trouble.setObjectName(QStringLiteral("trouble"));
    trouble.setProperty("role", QStringLiteral("error"));
    trouble.setTextFormat(Qt::PlainText);
    trouble.setWordWrap(true);
    trouble.hide();
    act.setObjectName(QStringLiteral("actButton"));
    act.setProperty("kind", QStringLiteral("primary"));
    act.setDefault(true);
    cancel.setAutoDefault(false);
    column.addWidget(&reason);
    column.addWidget(&trouble);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(&cancel);
    buttons->addWidget(&act);
    column.addLayout(buttons);
}

} // namespace tocsin::gui
