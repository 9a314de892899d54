#include "tocsin/gui/seat_place.hpp"

#include "gui/shell/pin_dialog.hpp"
#include "gui/shell/seat_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QAbstractButton>
#include <QEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QStringList>
#include <QWidget>

namespace tocsin::gui {

namespace {

QString namesOf(const std::vector<std::string>& names) {
    QStringList out;
    for (const auto& name : names)
        out << Words::plain(name);
    return out.join(QStringLiteral(", "));
}

} // namespace

SeatPlace::SeatPlace(const UiContext& ui, std::vector<QString> officers, std::function<void(const QString&)> sit, QWidget* window)
    : QObject(window), m_ui(ui), m_officers(std::move(officers)), m_sit(std::move(sit)), m_window(window), m_who(new QAction(this)),
      m_reopen(new QAction(this)), m_readOnly(ui.desk.readOnly()) {
    m_who->setObjectName(QStringLiteral("seatWho"));
    connect(m_who, &QAction::triggered, this, &SeatPlace::ask);
    m_reopen->setObjectName(QStringLiteral("seatReopen"));
    m_reopen->setVisible(false);
    connect(m_reopen, &QAction::triggered, this, &SeatPlace::askToReopen);
    connect(&ui.desk, &DeskBridge::changed, this, &SeatPlace::take);
    window->installEventFilter(this);
    words();
}

void SeatPlace::words() {
    m_who->setText(tr("Say who sits at this window"));
    m_reopen->setText(tr("Take over the desk's settings"));
}

void SeatPlace::ask() {
    if (!m_ui.desk.ready()) { // who is on duty is not known yet
        connect(&m_ui.desk, &DeskBridge::changed, this, &SeatPlace::ask, Qt::SingleShotConnection);
        return;
    }
    auto* dialog = new SeatDialog(m_ui, m_officers, m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QString person = dialog->person();
        if (!m_ui.desk.hasPin(person) || m_ui.desk.proven(person))
            return sitDown(person);
        auto* pin = new PinDialog(m_ui, person, PinDialog::What::give, m_window); // nobody sits down here without it
        connect(pin, &QDialog::accepted, this, [this, person] { sitDown(person); });
        pin->open();
    });
    dialog->open();
}

void SeatPlace::sitDown(const QString& person) {
    m_sit(person);
    Changes changes; // who acts here is another: the title, and what is "mine"
    changes.desk = true;
    emit m_ui.desk.changed(changes);
}

void SeatPlace::take(const Changes& changes) {
    if (!changes.all || m_ui.desk.readOnly() == m_readOnly)
        return;
    m_readOnly = m_ui.desk.readOnly();
    if (const QString ended = m_ui.desk.seatEnded(); !ended.isEmpty()) {
        emit said(tr("%1. What was answered is kept; what is typed here stays until this window is closed.").arg(ended));
        return;
    }
    emit said(m_readOnly ? tr("The desk has ended. What was answered is kept; what is typed here stays. This window goes on by itself when a "
                              "desk runs again.")
                         : tr("The desk is there again: this window works as before."));
}

void SeatPlace::takeOthers(const std::vector<std::string>& names, bool readAgain) {
    if (names == m_others && readAgain == m_reopen->isVisible())
        return;
    m_others = names;
    m_reopen->setVisible(readAgain);
    if (names.empty())
        return;
    if (readAgain)
        askToReopen();
    else
        emit said(tr("The desk goes by other settings than this window: %1 was changed after it was started, and it takes that over when it is started again.")
                      .arg(namesOf(names)));
}

/// Does not wait for the answer.
void SeatPlace::askToReopen() {
    auto* box = new QMessageBox(QMessageBox::Question, m_window->windowTitle(),
                                tr("The desk goes by other settings than this window was opened with (%1). Take them over? The window closes and opens "
                                   "again: calls that are being written down are kept as drafts, what else is half typed here is lost.")
                                    .arg(namesOf(m_others)),
                                QMessageBox::NoButton, m_window);
    box->setObjectName(QStringLiteral("seatReopenBox"));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* now = box->addButton(tr("Open again"), QMessageBox::AcceptRole);
    auto* later = box->addButton(tr("Later"), QMessageBox::RejectRole);
    box->setDefaultButton(later);
    box->setEscapeButton(later);
    connect(now, &QAbstractButton::clicked, this, &SeatPlace::reopenWanted);
    box->open();
}

QString SeatPlace::unconfirmed(const std::vector<std::pair<std::string, base::Error>>& commands) {
    constexpr std::size_t most = 12;
    QStringList lines{tr("This window has closed before the desk confirmed all that was done here:")};
    for (std::size_t i = 0; i < commands.size() && i < most; ++i)
        lines << tr("%1: %2", "kind of command: why it is not confirmed").arg(QString::fromStdString(commands[i].first), Words::error(commands[i].second));
    if (commands.size() > most)
        lines << tr("… and %1 more; they stand in the program's log").arg(commands.size() - most);
    return lines.join(QLatin1Char('\n'));
}

bool SeatPlace::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
