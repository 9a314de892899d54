#include "gui/shell/style.hpp"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>
#include <QSlider>
#include <QStyleFactory>
#include <QStyleOption>
#include <QStyleOptionComboBox>
#include <QStyleOptionSpinBox>

namespace tocsin::gui {

namespace {

QColor mixed(const QColor& a, const QColor& b, double part) {
    return QColor::fromRgbF(static_cast<float>(a.redF() * (1 - part) + b.redF() * part),
                            static_cast<float>(a.greenF() * (1 - part) + b.greenF() * part),
                            static_cast<float>(a.blueF() * (1 - part) + b.blueF() * part));
}

void drawChevron(QPainter* painter, const QRectF& rect, const QColor& colour, bool up) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF c = rect.center();
    const double d = up ? -2.0 : 2.0;
    painter->drawPolyline(QPolygonF{{c.x() - 4, c.y() - d}, {c.x(), c.y() + d}, {c.x() + 4, c.y() - d}});
    painter->restore();
}

bool changesByWheel(const QWidget* widget) {
    return qobject_cast<const QComboBox*>(widget) != nullptr || qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
           qobject_cast<const QSlider*>(widget) != nullptr;
}

} // namespace

TocsinStyle::TocsinStyle(const Palette& palette)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), m_palette(palette) {}

void TocsinStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (changesByWheel(widget))
        widget->installEventFilter(this);
}

void TocsinStyle::unpolish(QWidget* widget) {
    widget->removeEventFilter(this);
    QProxyStyle::unpolish(widget);
}

bool TocsinStyle::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Wheel)
        return QProxyStyle::eventFilter(watched, event);
    event->ignore(); // so it goes on to what the widget stands in
    return true;
}

void TocsinStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
    const bool enabled = option != nullptr && (option->state & State_Enabled) != 0;
    const bool focused = option != nullptr && (option->state & State_HasFocus) != 0;
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
    case PE_IndicatorRadioButton: {
        const bool radio = element == PE_IndicatorRadioButton;
        const bool on = (option->state & State_On) != 0;
        const bool part = (option->state & State_NoChange) != 0;
        const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QColor fill = (on || part) ? m_palette.accent : m_palette.panel;
        QColor edge = (on || part) ? m_palette.accent : m_palette.faint;
        if (!enabled) {
            fill = (on || part) ? mixed(m_palette.accent, m_palette.panel, 0.6) : m_palette.panel;
            edge = m_palette.line;
        } else if (focused) {
            edge = m_palette.accent;
        }
        painter->setPen(QPen(edge, focused ? 1.6 : 1.0));
        painter->setBrush(radio ? m_palette.panel : fill);
        if (radio)
            painter->drawEllipse(box);
        else
            painter->drawRoundedRect(box, 3, 3);
        if (on && radio) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(fill);
            painter->drawEllipse(box.adjusted(4, 4, -4, -4));
        } else if (on || part) {
            painter->setPen(QPen(m_palette.onAccent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const auto at = [&](double x, double y) {
                return QPointF(box.left() + box.width() * x, box.top() + box.height() * y);
            };
            if (part)
                painter->drawLine(at(0.25, 0.5), at(0.75, 0.5));
            else
                painter->drawPolyline(QPolygonF{at(0.24, 0.53), at(0.43, 0.72), at(0.77, 0.30)});
        }
        painter->restore();
        return;
    }
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorSpinDown:
    case PE_IndicatorSpinUp:
        drawChevron(painter, QRectF(option->rect), enabled ? m_palette.dim : m_palette.line,
                    element == PE_IndicatorArrowUp || element == PE_IndicatorSpinUp);
        return;
    case PE_IndicatorDockWidgetResizeHandle: {
        painter->fillRect(option->rect, m_palette.panel);
        const bool hot = (option->state & State_MouseOver) != 0;
        QRect line = option->rect;
        if (line.width() < line.height())
            line = QRect(line.center().x(), line.top(), hot ? 2 : 1, line.height());
        else
            line = QRect(line.left(), line.center().y(), line.width(), hot ? 2 : 1);
        painter->fillRect(line, hot ? m_palette.accent : m_palette.line);
        return;
    }
    case PE_FrameFocusRect:
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_palette.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter->restore();
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void TocsinStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                     const QWidget* widget) const {
    if (control != CC_ComboBox && control != CC_SpinBox) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    const bool enabled = (option->state & State_Enabled) != 0;
    const bool focused = (option->state & State_HasFocus) != 0;
    const bool hot = (option->state & State_MouseOver) != 0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(focused ? m_palette.accent : (hot && enabled ? m_palette.faint : m_palette.line), 1));
    painter->setBrush(m_palette.raised);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter->restore();
    const QColor arrow = enabled ? m_palette.dim : m_palette.line;
    if (control == CC_ComboBox) {
        const QRect area = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
        drawChevron(painter, QRectF(area), arrow, false);
        return;
    }
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    if (spin != nullptr && spin->buttonSymbols != QAbstractSpinBox::NoButtons) {
        drawChevron(painter, QRectF(proxy()->subControlRect(CC_SpinBox, option, SC_SpinBoxUp, widget)), arrow, true);
        drawChevron(painter, QRectF(proxy()->subControlRect(CC_SpinBox, option, SC_SpinBoxDown, widget)), arrow, false);
    }
}

int TocsinStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_DockWidgetSeparatorExtent:
        return 5;
    case PM_DockWidgetFrameWidth:
    case PM_DockWidgetTitleMargin:
        return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_SmallIconSize:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int TocsinStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* data) const {
    switch (hint) {
    case SH_ToolTip_WakeUpDelay:
        return 350;
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ComboBox_Popup:
        return 0;
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QString styleSheetFor(const Palette& p) {
    QString css = QStringLiteral(R"(
QMainWindow, QDialog { background: @panel; }
QDockWidget { color: @text; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 6px 8px; }
QLabel[role="dim"] { color: @dim; }
QLabel[role="error"] { color: @red; }
QFrame[role="line"] { background: @line; border: none; max-height: 1px; min-height: 1px; }

QPushButton { background: @panel; color: @text; border: 1px solid @line; border-radius: 5px;
              padding: 0 14px; min-height: 32px; font-weight: bold; }
QPushButton:hover { background: @raised; border-color: @faint; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; border-color: @line; background: @panel; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[kind="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[kind="primary"]:pressed { background: @accentDown; }
QPushButton[kind="primary"]:focus { border: 1px solid @text; }
QPushButton[kind="primary"]:disabled { background: @raised; color: @faint; border-color: @line; }
QPushButton[kind="danger"] { background: @red; color: @onRed; border-color: @red; }
QPushButton[kind="danger"]:hover { background: @redHover; }
QPushButton[kind="danger"]:focus { border-color: @text; }
QPushButton[kind="danger"]:disabled { background: @raised; color: @faint; border-color: @line; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; padding: 0 8px; font-weight: normal;
                            color: @dim; }
QPushButton[kind="quiet"]:hover { background: @raised; color: @text; }
QPushButton[kind="quiet"]:focus { border-color: @accent; }
QPushButton[kind="link"] { background: transparent; border: none; padding: 0; min-height: 24px; font-weight: normal;
                           text-align: left; color: @text; }
QPushButton[kind="link"]:hover, QPushButton[kind="link"]:focus { color: @accent; text-decoration: underline; }

QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }

QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 5px; padding: 4px; }
QToolButton[kind="range"] { padding: 2px 3px; }
QToolButton:hover { background: @raised; }
QToolButton:pressed, QToolButton:checked { background: @selectedRow; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @faint; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QDateTimeEdit { background: @raised; color: @text; border: 1px solid @line;
    border-radius: 4px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit { padding: 0 10px; min-height: 30px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QDateTimeEdit { padding: 0 10px; min-height: 30px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover { border-color: @faint; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateTimeEdit:focus { border-color: @accent; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: @faint; }
QLineEdit[state="bad"], QLineEdit[state="bad"]:focus { border: 2px solid @red; }
QComboBox, QSpinBox, QDoubleSpinBox { min-height: 30px; color: @text; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @line; outline: none;
                              selection-background-color: @selectedRow; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }

QListView, QTableView, QTreeView { background: @panel; color: @text; border: none; outline: none;
    gridline-color: @line; selection-background-color: @selectedRow; selection-color: @text;
    alternate-background-color: @panel; }
QListView::item:selected, QTableView::item:selected, QTreeView::item:selected { background: @selectedRow;
    color: @text; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @dim; border: none; border-bottom: 1px solid @line;
    padding: 6px 8px; }
QTableCornerButton::section { background: @panel; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @thumb; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QMenu { background: @raised; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 7px 28px 7px 14px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: @selectedRow; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }

QTabBar { background: @panel; }
QTabBar::tab { background: @panel; color: @dim; padding: 7px 14px; border: none; border-top: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-top: 2px solid @accent; background: @raised; }
QTabBar::tab:hover { color: @text; }
QTabWidget::pane { border: none; }

QProgressBar { background: @raised; color: @text; border: none; border-radius: 3px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QGroupBox { border: 1px solid @line; border-radius: 6px; margin-top: 10px; padding: 10px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; color: @dim; }
QCheckBox, QRadioButton { color: @text; background: transparent; }
QSplitter::handle { background: @line; }
QStatusBar { background: @panel; color: @dim; }
)");
    const auto put = [&css](const char* name, const QColor& colour) {
        css.replace(QRegularExpression(QStringLiteral("@") + QLatin1String(name) + QStringLiteral("\\b")),
                    colour.name());
    };
    put("window", p.window);
    put("panel", p.panel);
    put("raised", p.raised);
    put("line", p.line);
    put("text", p.text);
    put("dim", p.dim);
    put("faint", p.faint);
    put("accent", p.accent);
    put("accentHover", mixed(p.accent, p.text, 0.15));
    put("accentDown", mixed(p.accent, p.panel, 0.2));
    put("onAccent", p.onAccent);
    put("selectedRow", p.selectedRow);
    put("thumb", mixed(p.line, p.faint, 0.35));
    put("red", p.grade[0]);
    put("redHover", mixed(p.grade[0], p.text, 0.12));
    put("onRed", p.onGrade[0]);
    return css;
}

} // namespace tocsin::gui
