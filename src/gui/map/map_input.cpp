#include "gui/map/map_view_impl.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineF>
#include <QMenu>
#include <QMouseEvent>
#include <QSet>
#include <QStyleHints>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>

namespace tocsin::gui {

const MapHit* MapView::Impl::hitAt(const QPointF& point) const {
    // Laid out from the gravest down, so the first that is hit lies on top; a whole area only where nothing else is.
    const MapHit* area = nullptr;
    for (const MapHit& hit : hits) {
        if (!hit.area.contains(point))
            continue;
        if (!std::holds_alternative<model::WarningId>(hit.what))
            return &hit;
        if (area == nullptr)
            area = &hit;
    }
    return area;
}

QString MapView::Impl::nameOf(const Selected& what) const {
    const model::State& desk = state();
    if (const auto* id = std::get_if<model::ResourceId>(&what)) {
        const auto found = desk.resources.find(*id);
        if (found != desk.resources.end())
            return Words::local(found->second.name, ui.language) + QStringLiteral(" · ") +
                   Words::resourceStatus(found->second.status);
    } else if (const auto* alarm = std::get_if<model::AlarmId>(&what)) {
        const auto found = desk.alarms.find(*alarm);
        if (found != desk.alarms.end())
            return Words::numeral(found->second.severity) + QStringLiteral(" · ") +
                   Words::local(found->second.title, ui.language);
    }
    return {};
}

void MapView::Impl::choose(const MapHit& hit) {
    if (hit.members.size() > 1)
        openCluster(hit);
    else if (!std::holds_alternative<std::monostate>(hit.what))
        ui.selection.select(hit.what);
}

void MapView::Impl::openCluster(const MapHit& hit) {
    double spread = 0;
    for (const model::Position& p : hit.places)
        spread = std::max(spread, QLineF(now.toScreen(p), now.toScreen(hit.places.front())).length());
    if (spread > 3 && target.zoom < highestViewZoom - 0.6) {
        view.fit(hit.places);
        return;
    }
    // They stand in one place: a list says what nearer cannot.
    auto* menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Selected& member : hit.members) {
        QAction* action = menu->addAction(nameOf(member));
        QObject::connect(action, &QAction::triggered, &view, [this, member] { ui.selection.select(member); });
    }
    menu->popup(view.mapToGlobal(hit.centre.toPoint() + QPoint(14, 14)));
}

void MapView::Impl::focusHit(int step) {
    std::vector<const MapHit*> order;
    for (const MapHit& hit : hits)
        if (!hit.area.isEmpty() && now.rect().contains(hit.centre))
            order.push_back(&hit);
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->rank < b->rank; });
    int at = -1;
    if (keyboardAt)
        for (int i = 0; i < static_cast<int>(order.size()); ++i)
            if (order[static_cast<std::size_t>(i)]->what == *keyboardAt &&
                QLineF(order[static_cast<std::size_t>(i)]->centre, keyboardPoint).length() < 60)
                at = i;
    at = at < 0 ? (step > 0 ? 0 : static_cast<int>(order.size()) - 1) : at + step;
    if (at < 0 || at >= static_cast<int>(order.size())) {
        keyboardAt.reset();
        view.setAccessibleDescription({});
        return;
    }
    const MapHit& hit = *order[static_cast<std::size_t>(at)];
    keyboardAt = hit.what;
    keyboardPoint = hit.centre;
    view.setAccessibleDescription(hit.tip);
    QToolTip::showText(view.mapToGlobal(hit.centre.toPoint() + QPoint(18, 18)), hit.tip, &view);
}

bool MapView::focusNextPrevChild(bool next) {
    if (!hasFocus())
        return QWidget::focusNextPrevChild(next);
    m_impl->focusHit(next ? 1 : -1);
    update();
    return m_impl->keyboardAt ? true : QWidget::focusNextPrevChild(next);
}

bool MapView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const MapHit* hit = m_impl->hitAt(help->pos()); hit != nullptr && !m_impl->dragging)
            QToolTip::showText(help->globalPos(), hit->tip, this, hit->area.boundingRect().toAlignedRect());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        m_impl->moveTimer();
    if (event->type() == QEvent::ScreenChangeInternal || event->type() == QEvent::Show)
        m_impl->settle(); // another screen may have other pixels
    if (event->type() == QEvent::LayoutRequest)
        m_impl->place();
    return QWidget::event(event);
}

void MapView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(QCoreApplication::translate("tocsin::gui::MapView", "Situation map"));
        m_impl->buttons->setWords();
        m_impl->settle();
        update();
    }
    QWidget::changeEvent(event);
}

void MapView::mousePressEvent(QMouseEvent* event) {
    if (m_impl->tool != nullptr && m_impl->tool->pressed(*event)) {
        m_impl->toolDrags = true;
        update();
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    m_impl->pressed = true;
    m_impl->dragging = false;
    m_impl->pressedAt = m_impl->draggedFrom = event->position();
}

void MapView::mouseMoveEvent(QMouseEvent* event) {
    Impl& me = *m_impl;
    if (me.tool != nullptr && !me.dragging) {
        const bool taken = me.tool->moved(*event);
        if (taken)
            update();
        if (taken || me.toolDrags)
            return;
    }
    if (!me.pressed && me.tool != nullptr)
        return;
    if (!me.pressed) {
        const MapHit* hit = me.hitAt(event->position());
        setCursor(hit != nullptr ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    const double far = QLineF(me.pressedAt, event->position()).length();
    if (!me.dragging && far < QGuiApplication::styleHints()->startDragDistance())
        return;
    if (!me.dragging)
        me.byHand();
    me.dragging = true;
    setCursor(Qt::ClosedHandCursor);
    me.panBy(event->position() - me.draggedFrom, false);
    me.draggedFrom = event->position();
}

void MapView::mouseReleaseEvent(QMouseEvent* event) {
    Impl& me = *m_impl;
    if (me.toolDrags) {
        me.toolDrags = false;
        if (me.tool != nullptr)
            static_cast<void>(me.tool->released(*event));
        update();
        return;
    }
    if (event->button() != Qt::LeftButton || !me.pressed)
        return;
    me.pressed = false;
    if (me.dragging) {
        me.dragging = false;
        setCursor(me.tool != nullptr ? me.tool->cursor() : QCursor(Qt::ArrowCursor));
        emit viewChanged();
        return;
    }
    if (me.tool != nullptr && me.tool->clicked(*event)) {
        update();
        return;
    }
    if (const MapHit* hit = me.hitAt(event->position()))
        me.choose(MapHit(*hit)); // a copy: what follows may lay the map out anew
}

void MapView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (m_impl->tool != nullptr && m_impl->tool->doubleClicked(*event)) {
        update();
        return;
    }
    if (event->button() == Qt::LeftButton && m_impl->hitAt(event->position()) == nullptr) {
        m_impl->byHand();
        m_impl->zoomBy(2, event->position());
    }
}

void MapView::wheelEvent(QWheelEvent* event) {
    Impl& me = *m_impl;
    me.wheel += event->angleDelta().y();
    const int steps = me.wheel / 120;
    if (steps != 0) {
        me.wheel -= steps * 120;
        me.byHand();
        me.zoomBy(steps, event->position());
    }
    event->accept();
}

void MapView::keyPressEvent(QKeyEvent* event) {
    Impl& me = *m_impl;
    if (me.tool != nullptr && me.tool->key(*event)) {
        update();
        return;
    }
    const QSet<int> moves{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up,   Qt::Key_Down,
                          Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Minus, Qt::Key_0};
    if (moves.contains(event->key()))
        me.byHand();
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? 320 : 90;
    switch (event->key()) {
    case Qt::Key_Left:
        return me.panBy({step, 0}, true);
    case Qt::Key_Right:
        return me.panBy({-step, 0}, true);
    case Qt::Key_Up:
        return me.panBy({0, step}, true);
    case Qt::Key_Down:
        return me.panBy({0, -step}, true);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return me.zoomBy(1, me.now.rect().center());
    case Qt::Key_Minus:
        return me.zoomBy(-1, me.now.rect().center());
    case Qt::Key_0:
        return showCounty();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        for (const MapHit& hit : me.hits)
            if (me.keyboardAt && hit.what == *me.keyboardAt && QLineF(hit.centre, me.keyboardPoint).length() < 60)
                return me.choose(MapHit(hit));
        break;
    case Qt::Key_Escape:
        if (me.keyboardAt || !std::holds_alternative<std::monostate>(me.ui.selection.current())) {
            me.keyboardAt.reset();
            me.ui.selection.clear();
            update();
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void MapView::contextMenuEvent(QContextMenuEvent* event) {
    Impl& me = *m_impl;
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPointF point = byKey ? (me.keyboardAt ? me.keyboardPoint : me.now.rect().center()) : QPointF(event->pos());
    const model::Position position = fromScreen(point);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* open = menu->addAction(QCoreApplication::translate("tocsin::gui::MapView", "Open incident here"));
    open->setEnabled(!me.ui.desk.readOnly() && !isPast());
    connect(open, &QAction::triggered, this, [this, position] { emit openIncidentRequested(position); });
    QAction* copy = menu->addAction(QCoreApplication::translate("tocsin::gui::MapView", "Copy coordinates"));
    connect(copy, &QAction::triggered, this, [position] {
        QGuiApplication::clipboard()->setText(
            QStringLiteral("%1, %2").arg(position.latitude(), 0, 'f', 6).arg(position.longitude(), 0, 'f', 6));
    });
    QAction* centre = menu->addAction(QCoreApplication::translate("tocsin::gui::MapView", "Centre the map here"));
    connect(centre, &QAction::triggered, this, [this, position] { showPlace(position); });
    menu->addSeparator();
    QAction* where = menu->addAction(Words::position(position));
    where->setEnabled(false);
    emit menuAboutToShow(menu, position);
    menu->popup(byKey ? mapToGlobal(point.toPoint()) : event->globalPos());
}

void MapView::leaveEvent(QEvent* event) {
    if (m_impl->tool == nullptr)
        setCursor(Qt::ArrowCursor);
    QWidget::leaveEvent(event);
}

} // namespace tocsin::gui
