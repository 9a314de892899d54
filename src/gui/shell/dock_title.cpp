#include "gui/shell/dock_title.hpp"

#include <QContextMenuEvent>
#include <QDockWidget>
#include <QMenu>

namespace tocsin::gui {

DockTitle::DockTitle(const Panel& panel, const Theme& theme, QWidget* dock) : PanelHeader(panel, theme, dock) {}

void DockTitle::contextMenuEvent(QContextMenuEvent* event) {
    auto* dock = qobject_cast<QDockWidget*>(parentWidget());
    if (dock == nullptr)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(dock->isFloating() ? tr("Back into the window") : tr("Float, for a second screen"), dock,
                    [dock] { dock->setFloating(!dock->isFloating()); });
    menu->addAction(tr("Hide (its key brings it back)"), dock, &QWidget::hide);
    menu->popup(event->globalPos());
}

} // namespace tocsin::gui
