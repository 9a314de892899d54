#include "gui/shell/focus_heir.hpp"

#include <QApplication>
#include <QEvent>
#include <QWidget>

namespace tocsin::gui {

QWidget* focusHeir(const QWidget& loser) {
    if (!loser.isWindow() || !loser.isHidden() || loser.parentWidget() == nullptr)
        return nullptr;
    auto* heir = loser.parentWidget()->window();
    return heir->isVisible() ? heir : nullptr;
}

FocusHeir::FocusHeir(QObject* parent) : QObject(parent) {
    QApplication::instance()->installEventFilter(this);
}

/// A window that closes is hidden by its state before it loses the keys, and has lost them when it is told so.
bool FocusHeir::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::WindowDeactivate && watched->isWidgetType())
        if (auto* heir = focusHeir(*static_cast<QWidget*>(watched)))
            QMetaObject::invokeMethod(heir, [heir] { heir->activateWindow(); }, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
