#include "gui/map/map_view_impl.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QGestureEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineF>
#include <QMenu>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QSet>
#include <QStyleHints>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {

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
        if (const MapHit* hit = m_impl->hitAt(help->pos()); hit != nullptr && !m_impl->isMoved())
            QToolTip::showText(help->globalPos(), m_impl->tipOf(*hit), this,
                               QRect(help->pos() - QPoint(12, 12), QSize(24, 24)));
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Gesture || event->type() == QEvent::NativeGesture)
        return m_impl->gesture(*event) || QWidget::event(event);
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
        m_impl->tellHidden();
        m_impl->tellNotices();
        m_impl->groundChanged();
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
    if (event->source() != Qt::MouseEventNotSynthesized && me.pinching)
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
    else
        me.closeSpider();
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

bool MapView::Impl::gesture(QEvent& event) {
    const auto begin = [this] {
        if (!pinching)
            byHand();
        pinching = true;
        pressed = dragging = false; // the first finger's press was not a drag
        pinchFrom = now.zoom;
    };
    const auto end = [this] {
        pinching = false;
        comeToRest();
    };
    if (event.type() == QEvent::NativeGesture) {
        const auto& native = static_cast<const QNativeGestureEvent&>(event);
        if (native.gestureType() == Qt::BeginNativeGesture)
            begin();
        else if (native.gestureType() == Qt::EndNativeGesture && pinching)
            end();
        else if (native.gestureType() == Qt::ZoomNativeGesture)
            zoomTo(now.zoom + std::log2(std::clamp(1 + native.value(), 0.5, 2.0)), native.position());
        else if (native.gestureType() == Qt::SmartZoomNativeGesture)
            zoomBy(2, native.position());
        else
            return false;
        return true;
    }
    auto* pinch = static_cast<QPinchGesture*>(static_cast<QGestureEvent&>(event).gesture(Qt::PinchGesture));
    if (pinch == nullptr)
        return false;
    static_cast<QGestureEvent&>(event).accept(pinch);
    if (pinch->state() == Qt::GestureStarted)
        begin();
    const QPointF anchor = view.mapFromGlobal(pinch->centerPoint());
    const QPointF before = view.mapFromGlobal(pinch->lastCenterPoint());
    if (pinch->state() == Qt::GestureUpdated) { // two fingers pan as they pinch
        now.panBy(anchor - before);
        // Summed up here: Qt takes one and the same touch twice at times, and has it twice in its total scale. Then
        // the last step's factor is this step's own.
        if (pinch->scaleFactor() != pinch->lastScaleFactor())
            pinchFrom += std::log2(std::clamp(pinch->scaleFactor(), 0.1, 10.0));
        zoomTo(pinchFrom, anchor);
    }
    if (pinch->state() == Qt::GestureFinished || pinch->state() == Qt::GestureCanceled)
        end();
    return true;
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
        if (const MapHit* hit = me.keyboardHit())
            return me.choose(MapHit(*hit));
        break;
    case Qt::Key_Escape:
        if (me.spider) {
            me.keyboardAt.reset();
            return me.closeSpider();
        }
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
    const MapHit* focused = me.keyboardHit();
    const QPointF middle = focused != nullptr ? me.screenOf(*focused) : me.now.rect().center();
    const QPointF point = byKey ? middle : QPointF(event->pos());
    const model::Position position = fromScreen(point);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* open = menu->addAction(QCoreApplication::translate("tocsin::gui::MapView", "Open incident here"));
    open->setEnabled(!me.ui.desk.readOnly() && !isPast());
    connect(open, &QAction::triggered, this, [this, position] { emit openIncidentRequested(position); });
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
