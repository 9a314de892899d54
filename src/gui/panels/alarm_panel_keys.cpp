// What keys and buttons of the alarm panel do.
#include "gui/panels/alarm_acts.hpp"
#include "gui/panels/alarm_finder.hpp"
#include "gui/panels/load_sheet.hpp"
#include "gui/panels/row_list.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "ui_alarm_panel.h"

#include <QMenu>

namespace tocsin::gui {
namespace {

constexpr int kWideFrom = 370; ///< px; more than the least width with both buttons

} // namespace

void AlarmPanel::openIncident() {
    alarm_acts::run(m_ui, this, target(), AlarmAct::openIncident);
}

void AlarmPanel::openLoad() {
    LoadSheet::showIn(m_ui, *window());
}

void AlarmPanel::showMore() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    alarm_acts::fillMenu(m_ui, this, *menu, target());
    menu->popup(m_form->moreButton->mapToGlobal(QPoint(0, m_form->moreButton->height())));
}

bool AlarmPanel::command(int key) {
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        return fold(key);
    case Qt::Key_Return:
        if (!fold(key))
            openIncident();
        return true;
    case Qt::Key_Space:
        acknowledge();
        return true;
    case Qt::Key_A:
        m_form->asideButton->toggle();
        return true;
    case Qt::Key_M:
        m_form->mineButton->toggle();
        return true;
    case Qt::Key_L:
        openLoad();
        return true;
    case Qt::Key_F2: // from the commands; in the list it is the window's, who calls takeFocus()
        nextUnacknowledged();
        return true;
    case Qt::Key_F:
        if (m_finder->isOffered())
            m_finder->takeFocus();
        return m_finder->isOffered();
    default:
        break;
    }
    const auto act = alarm_acts::actFor(key);
    if (act)
        alarm_acts::run(m_ui, this, target(), *act);
    return act.has_value();
}

std::vector<RowPanel::KeyAct> AlarmPanel::keyActs() const {
    const AlarmTarget all = target();
    const auto act = [&](int key, AlarmAct what, const char* english, const char* glyph) {
        return KeyAct{key,
                      alarm_acts::keyText(what),
                      english,
                      tr(english),
                      alarm_acts::textFor(m_ui, all, what),
                      QString::fromLatin1(glyph),
                      alarm_acts::possible(m_ui, all, what)};
    };
    const auto view = [](int key, const QString& keyText, const char* english, const char* glyph) {
        return KeyAct{key, keyText, english, tr(english), tr(english), QString::fromLatin1(glyph), true};
    };
    return {act(Qt::Key_I, AlarmAct::openIncident, QT_TR_NOOP("Open an incident from the alarm"), "incident"),
            act(Qt::Key_K, AlarmAct::link, QT_TR_NOOP("Link the alarm to an incident"), "link"),
            act(Qt::Key_S, AlarmAct::shelve, QT_TR_NOOP("Shelve the alarm for a time"), "clock"),
            act(Qt::Key_O, AlarmAct::outOfService, QT_TR_NOOP("Take the alarm out of service"), "bell-off"),
            act(Qt::Key_R, AlarmAct::reset, QT_TR_NOOP("Reset a latched alarm"), "undo"),
            act(Qt::Key_H, AlarmAct::hand, QT_TR_NOOP("Hand the alarm to another"), "person"),
            act(Qt::Key_U, AlarmAct::bringBack, QT_TR_NOOP("Bring back what was set aside"), "bell"),
            view(Qt::Key_A, QStringLiteral("A"), QT_TR_NOOP("Alarms that are set aside"), "list"),
            view(Qt::Key_M, QStringLiteral("M"), QT_TR_NOOP("Only alarms that no other has"), "filter"),
            view(Qt::Key_L, QStringLiteral("L"), QT_TR_NOOP("What the alarm load is made of"), "alarm"),
            view(Qt::Key_F2, QStringLiteral("F2"), QT_TR_NOOP("Next alarm that nobody has acknowledged"), "bell"),
            {0, QStringLiteral("F"), "", tr("Find in a large group that is open"), {}, {}, true},
            {0, QStringLiteral("→ ←"), "", tr("Open and close a group"), {}, {}, true}};
}

void AlarmPanel::resizeEvent(QResizeEvent* event) {
    RowPanel::resizeEvent(event);
    // A narrow panel keeps what must be read: how many are acknowledged at once. I and the menu do the other.
    m_form->openIncidentButton->setVisible(width() >= kWideFrom);
}

} // namespace tocsin::gui
