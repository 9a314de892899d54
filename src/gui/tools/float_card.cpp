#include "gui/tools/float_card.hpp"

#include "gui/map/map_buttons.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {
namespace {
constexpr int margin = 16;
constexpr int gap = 8;
} // namespace

void dressAs(QWidget* widget, const char* name, const char* value) {
    widget->setProperty(name, QString::fromLatin1(value));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

// ---- a button with a glyph

GlyphButton::GlyphButton(const Theme& theme, QString glyph, QWidget* parent, int px)
    : QToolButton(parent), m_theme(theme), m_glyph(std::move(glyph)), m_px(px) {
    setIconSize({px, px});
    setFixedSize(px + 12, px + 12);
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, &GlyphButton::dye);
    dye();
}

void GlyphButton::setGlyph(const QString& glyph) {
    m_glyph = glyph;
    dye();
}

void GlyphButton::say(const QString& name, const QString& key) {
    setAccessibleName(name);
    setToolTip(key.isEmpty() ? name : name + QStringLiteral("  ") + key);
}

void GlyphButton::dye() {
    setIcon(Symbols::icon(m_glyph, m_theme.colours().text, m_px));
}

// ---- the plate

FloatCard::FloatCard(const Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme) {
    setAttribute(Qt::WA_NoMousePropagation);
    setCursor(Qt::ArrowCursor);
    setFocusPolicy(Qt::NoFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FloatCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor back = m_theme.colours().scrim;
    back.setAlpha(255); // words are read through nothing
    painter.setPen(QPen(m_theme.colours().line, 1));
    painter.setBrush(back);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void FloatCard::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        emit escaped();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down: // would move the map
        return;
    default:
        QFrame::keyPressEvent(event);
    }
}

// ---- the bar

FootBar::FootBar(const Theme& theme, const QString& glyph, QWidget* parent)
    : FloatCard(theme, parent), m_glyph(new QLabel(this)), m_main(new QLabel(this)), m_second(new QLabel(this)),
      m_hint(new QLabel(this)), m_line(new QHBoxLayout(this)),
      m_close(new GlyphButton(theme, QStringLiteral("close"), this)), m_glyphName(glyph) {
    m_line->setContentsMargins(12, 6, 6, 6);
    m_line->setSpacing(10);
    m_glyph->setFixedSize(20, 20);
    m_main->setFont(theme.font(Theme::Text::rowBold));
    m_second->setFont(theme.font(Theme::Text::body));
    m_hint->setFont(theme.font(Theme::Text::second));
    m_hint->setProperty("role", QStringLiteral("dim"));
    for (QLabel* label : {m_main, m_second, m_hint})
        label->setTextFormat(Qt::PlainText);
    auto* column = new QVBoxLayout;
    column->setSpacing(1);
    auto* top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_main);
    top->addWidget(m_second, 1);
    column->addLayout(top);
    column->addWidget(m_hint);
    m_line->addWidget(m_glyph);
    m_line->addLayout(column, 1);
    m_line->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &FloatCard::escaped);
    connect(&theme, &Theme::changed, this, &FootBar::dye);
    dye();
}

void FootBar::setWords(const QString& main, const QString& second, const QString& hint) {
    const auto put = [](QLabel* label, const QString& text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    put(m_main, main);
    put(m_second, second);
    put(m_hint, hint);
    setAccessibleName(words());
    // Nothing lays the bar out but the board, which hears only this.
    QCoreApplication::postEvent(this, new QEvent(QEvent::LayoutRequest));
}

QString FootBar::words() const {
    QStringList all;
    for (const QLabel* label : {m_main, m_second, m_hint})
        if (!label->text().isEmpty())
            all << label->text();
    return all.join(QStringLiteral(" · "));
}

QPushButton* FootBar::addButton() {
    auto* button = new QPushButton(this);
    m_line->insertWidget(m_line->count() - 1, button);
    return button;
}

void FootBar::dye() {
    m_glyph->setPixmap(Symbols::glyph(m_glyphName, 20, m_theme.colours().accent, devicePixelRatioF()));
}

// ---- where all this stands

FloatBoard::FloatBoard(MapView& view) : m_view(view) {
    view.installEventFilter(this);
    for (QObject* child : view.children()) // the bar of time may open and close
        child->installEventFilter(this);
    connect(&view, &MapView::viewChanged, this, &FloatBoard::later);
}

void FloatBoard::watch(QWidget* widget) {
    widget->installEventFilter(this);
    later();
}

void FloatBoard::setSide(QWidget* panel) {
    m_side = panel;
    watch(panel);
}

void FloatBoard::addFoot(QWidget* bar) {
    m_foot.emplace_back(bar);
    watch(bar);
}

void FloatBoard::addAt(QWidget* card, Anchor anchor) {
    m_cards.emplace_back(card, std::move(anchor));
    watch(card);
    place(); // where it belongs before it is seen
}

/// What the map itself has at its lower edge: the bar of time.
bool FloatBoard::isFoot(const QWidget& widget) const {
    return qobject_cast<const FloatCard*>(&widget) == nullptr && widget.height() < m_view.height() / 3 &&
           widget.width() > m_view.width() / 2 && widget.geometry().bottom() > m_view.height() - 3 * margin;
}

QRect FloatBoard::freeArea() const {
    QRect area = m_view.rect().adjusted(margin, margin, -margin, -margin);
    for (QObject* child : m_view.children()) {
        const auto* widget = qobject_cast<const QWidget*>(child);
        if (widget == nullptr || widget->isHidden())
            continue;
        if (qobject_cast<const MapButtons*>(widget) != nullptr)
            area.setRight(std::min(area.right(), widget->geometry().left() - gap - 1));
        else if (isFoot(*widget))
            area.setBottom(std::min(area.bottom(), widget->geometry().top() - gap - 1));
    }
    return area;
}

/// Below what stands at the map's upper edge there: the search box.
int FloatBoard::topBetween(const QRect& area, int left, int right) const {
    int top = area.top();
    for (const QObject* child : m_view.children()) {
        const auto* widget = qobject_cast<const QWidget*>(child);
        if (widget != nullptr && !widget->isHidden() && qobject_cast<const FloatCard*>(widget) == nullptr &&
            widget->geometry().top() <= area.top() && widget->height() < 80 && widget->geometry().right() > left &&
            widget->geometry().left() < right)
            top = std::max(top, widget->geometry().bottom() + gap);
    }
    return top;
}

void FloatBoard::place() {
    const QRect area = freeArea();
    int right = area.right() + 1;
    if (m_side && !m_side->isHidden()) {
        const int width = std::min(m_side->sizeHint().width(), area.width());
        const int height = std::clamp(m_side->sizeHint().height(), 120, std::max(120, area.height()));
        const int top = topBetween(area, right - width, right); // on a narrow map it goes below the search box
        m_side->setGeometry(right - width, top, width, std::min(height, std::max(120, area.bottom() + 1 - top)));
        m_side->raise();
        // Bars go beside the panel where there is room for both.
        if (area.width() - width > 420)
            right -= width + gap;
    }
    int bottom = area.bottom() + 1;
    for (auto bar = m_foot.rbegin(); bar != m_foot.rend(); ++bar) {
        if (!*bar || (*bar)->isHidden())
            continue;
        const int room = right - area.left();
        // What does not fit into one line takes two from then on: to and fro would never come to rest.
        bool wraps = room < (*bar)->sizeHint().width();
        for (QLabel* label : (*bar)->findChildren<QLabel*>())
            if (label->property("role") == QLatin1String("dim")) {
                wraps = wraps || label->wordWrap();
                if (wraps && !label->wordWrap())
                    label->setWordWrap(true);
            }
        const int width = wraps ? room : std::min((*bar)->sizeHint().width(), room);
        const QLayout* inside = (*bar)->layout();
        const int height = inside != nullptr && inside->hasHeightForWidth() ? inside->heightForWidth(width)
                                                                            : (*bar)->sizeHint().height();
        (*bar)->setGeometry(area.left() + (room - width) / 2, bottom - height, width, height);
        (*bar)->raise();
        bottom -= height + gap;
    }
    std::erase_if(m_cards, [](const auto& each) { return !each.first; });
    for (const auto& [card, anchor] : m_cards) {
        if (card->isHidden() && card->testAttribute(Qt::WA_WState_ExplicitShowHide))
            continue;
        const QPointF at = anchor();
        const QSize size = card->sizeHint().boundedTo({area.width(), std::max(120, bottom - area.top())});
        const bool fitsRight = at.x() + 28 + size.width() <= right;
        int x = fitsRight ? static_cast<int>(at.x()) + 28 : static_cast<int>(at.x()) - 28 - size.width();
        int y = static_cast<int>(at.y()) - 40;
        x = std::clamp(x, area.left(), std::max(area.left(), right - size.width()));
        const int top = topBetween(area, x, x + size.width());
        y = std::clamp(y, top, std::max(top, bottom - size.height()));
        card->setGeometry(x, y, size.width(), std::min(size.height(), std::max(120, bottom - y)));
        card->raise();
    }
}

void FloatBoard::later() {
    if (m_waiting)
        return;
    m_waiting = true;
    QTimer::singleShot(0, this, [this] {
        m_waiting = false;
        place();
    });
}

bool FloatBoard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_view) {
        if (event->type() == QEvent::ChildAdded)
            static_cast<QChildEvent*>(event)->child()->installEventFilter(this);
        if (event->type() == QEvent::Resize || event->type() == QEvent::ChildAdded ||
            event->type() == QEvent::ChildRemoved)
            later();
    } else if (const auto* widget = qobject_cast<const QWidget*>(watched)) {
        const bool ours = qobject_cast<const FloatCard*>(widget) != nullptr;
        const bool wide = widget->width() > m_view.width() / 2; // as what stands at the foot is
        if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
            if (ours || wide)
                later();
        } else if (ours ? event->type() == QEvent::LayoutRequest : wide && event->type() == QEvent::Resize) {
            later();
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
