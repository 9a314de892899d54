#include "tocsin/gui/rules_window.hpp"

#include "gui/rules/rule_trial.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>

// Saving: first it is looked when the changed rules would have fired, on the desk's worker; who doubts is asked.

namespace tocsin::gui {

void RulesWindow::save() {
    if (m_tabs->currentWidget() == m_text && m_soon.isActive())
        textEdited();
    if (m_refused || m_changed.empty())
        return;
    if (m_looking) { // pressed again: who is in a hurry does not wait
        stopLooking();
        if (m_desk.text() == m_before) {
            send();
        } else {
            judge();
            ask({tr("Other rules were put in force meanwhile. Yours take their place.")});
        }
        return;
    }
    m_trial->cancel(); // one worker looks at the past
    m_looking = true;
    m_stop = std::stop_source();
    const auto asked = ++m_asked;
    m_progress->setValue(0);
    m_progress->show();
    m_save->setText(tr("Put in force without waiting"));
    say(tr("Looking when the changed rules would have fired …"), false);
    m_desk.lookBack(
        m_rules, m_stop.get_token(), this,
        [this, asked](double part) {
            if (asked == m_asked)
                m_progress->setValue(static_cast<int>(part * 1000));
        },
        [this, asked](const base::Result<std::vector<detect::Remark>>& past) {
            if (asked == m_asked)
                found(past);
        });
}

void RulesWindow::found(const base::Result<std::vector<detect::Remark>>& past) {
    stopLooking();
    QStringList doubts;
    if (m_desk.text() != m_before)
        doubts << tr("Other rules were put in force meanwhile. Yours take their place.");
    if (!past)
        doubts << tr("The stored past could not be looked over: %1").arg(Words::refusal(past.error()));
    else
        m_past = *past;
    for (const auto& remark : m_past)
        doubts << Words::plain(remark.rule) + QStringLiteral(": ") + Words::local(remark.text, m_ui.language);
    judge();
    if (doubts.isEmpty())
        send();
    else
        ask(doubts);
}

void RulesWindow::ask(const QStringList& doubts) {
    constexpr qsizetype mostShown = 6;
    QStringList shown = doubts.mid(0, mostShown);
    if (doubts.size() > mostShown)
        shown << tr("… and %1 more").arg(doubts.size() - mostShown);
    auto* box = new QMessageBox(QMessageBox::Warning, windowTitle(), tr("Put the rules in force all the same?"),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("rulesDoubtful"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(shown.join(QLatin1Char('\n')));
    auto* go = box->addButton(tr("Put in force all the same"), QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(tr("Go on editing"), QMessageBox::RejectRole));
    connect(go, &QPushButton::clicked, this, &RulesWindow::send);
    box->open();
}

void RulesWindow::stopLooking() {
    m_stop.request_stop();
    ++m_asked; // what still comes of it is not waited for
    m_looking = false;
    m_progress->hide();
}

void RulesWindow::touched() {
    m_past.clear();
    if (!m_looking)
        return;
    stopLooking();
    judge();
}

void RulesWindow::send() {
    m_save->setEnabled(false);
    // The text as it was written keeps its comments.
    const std::string text =
        m_tabs->currentWidget() == m_text ? m_text->toPlainText().toStdString() : detect::toToml(m_rules);
    m_desk.save(text, this, [this](const base::Result<void>& done) {
        if (!done) {
            judge();
            say(Words::refusal(done.error()), true);
            return;
        }
        reload();
        say(tr("In force now, and in the duty log."), false);
    });
}

} // namespace tocsin::gui
