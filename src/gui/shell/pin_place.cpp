#include "tocsin/gui/pin_place.hpp"

#include "gui/shell/pin_dialog.hpp"

#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <algorithm>
#include <utility>

namespace tocsin::gui {

PinPlace::PinPlace(const UiContext& ui, std::vector<QString> rights, QWidget* window)
    : QObject(window), m_ui(ui), m_rights(std::move(rights)), m_window(window), m_own(new QAction(this)), m_readOnly(ui.desk.readOnly()) {
    m_own->setObjectName(QStringLiteral("ownPin"));
    connect(m_own, &QAction::triggered, this, &PinPlace::open);
    connect(&ui.desk, &DeskBridge::changed, this, &PinPlace::take);
    window->installEventFilter(this);
    words();
}

void PinPlace::words() {
    m_own->setText(tr("My PIN: give, set or change it"));
}

bool PinPlace::hasRight(const QString& name) const {
    return std::find(m_rights.begin(), m_rights.end(), name) != m_rights.end() ||
           name == QString::fromStdString(m_ui.desk.state().desk.leader);
}

void PinPlace::open() {
    const QString name = m_ui.desk.actor();
    if (!m_dialog.isNull()) {
        if (m_dialog->name() == name && m_dialog->isVisible()) {
            m_dialog->raise();
            m_dialog->activateWindow();
            return;
        }
        m_dialog->close(); // of who sat here before
    }
    const auto what = !m_ui.desk.hasPin(name)  ? PinDialog::What::set
                      : m_ui.desk.proven(name) ? PinDialog::What::change
                                               : PinDialog::What::give;
    // Beside the window and not before it: what else is to be done does not wait for it.
    m_dialog = new PinDialog(m_ui, name, what, m_window);
    m_dialog->show();
}

void PinPlace::take(const Changes& changes) {
    if (!(changes.all || changes.desk) || !m_ui.desk.ready())
        return;
    const QString actor = m_ui.desk.actor();
    const bool has = m_ui.desk.hasPin(actor);
    const bool readOnly = m_ui.desk.readOnly();
    const bool isNew = actor != m_actor || has != m_had || readOnly != m_readOnly;
    m_actor = actor;
    m_had = has;
    m_readOnly = readOnly;
    if (!isNew || readOnly)
        return;
    m_asksOnceSeen = has && !m_ui.desk.proven(actor) && !m_window->isVisible();
    if (has && !m_ui.desk.proven(actor) && m_window->isVisible())
        open();
    else if (!has && hasRight(actor) && m_told.insert(actor).second)
        emit said(tr("%1 has a right here (contacts, or leading) and no PIN: anybody can take this name. Set one: Ctrl+K, My PIN.").arg(actor));
}

bool PinPlace::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    if (event->type() == QEvent::Show && std::exchange(m_asksOnceSeen, false))
        QTimer::singleShot(0, this, [this] {
            const QString actor = m_ui.desk.actor();
            if (m_ui.desk.hasPin(actor) && !m_ui.desk.proven(actor))
                open();
        });
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
