#include "tocsin/gui/seat_place.hpp"

#include "gui/shell/seat_dialog.hpp"

#include <QEvent>
#include <QWidget>

namespace tocsin::gui {

SeatPlace::SeatPlace(const UiContext& ui, std::vector<QString> officers, std::function<void(const QString&)> sit, QWidget* window)
    : QObject(window), m_ui(ui), m_officers(std::move(officers)), m_sit(std::move(sit)), m_window(window), m_who(new QAction(this)),
      m_readOnly(ui.desk.readOnly()) {
    m_who->setObjectName(QStringLiteral("seatWho"));
    connect(m_who, &QAction::triggered, this, &SeatPlace::ask);
    connect(&ui.desk, &DeskBridge::changed, this, &SeatPlace::take);
    window->installEventFilter(this);
    words();
}

void SeatPlace::words() {
    m_who->setText(tr("Say who sits at this window"));
}

void SeatPlace::ask() {
    if (!m_ui.desk.ready()) { // who is on duty is not known yet
        connect(&m_ui.desk, &DeskBridge::changed, this, &SeatPlace::ask, Qt::SingleShotConnection);
        return;
    }
    auto* dialog = new SeatDialog(m_ui, m_officers, m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_sit(dialog->person());
        Changes changes; // who acts here is another: the title, and what is "mine"
        changes.desk = true;
        emit m_ui.desk.changed(changes);
    });
    dialog->open();
}

void SeatPlace::take(const Changes& changes) {
    if (!changes.all || m_ui.desk.readOnly() == m_readOnly)
        return;
    m_readOnly = m_ui.desk.readOnly();
    emit said(m_readOnly ? tr("The desk has ended. What was answered is kept; what is typed here stays. This window goes on by itself when a "
                              "desk runs again.")
                         : tr("The desk is there again: this window works as before."));
}

bool SeatPlace::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
