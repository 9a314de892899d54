#include "gui/dispatch/board_view.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int headHeight = 36;
constexpr int gap = 8;
constexpr int cardHeight = 98;
constexpr int warningHeight = 22;
constexpr int narrowest = 200;

int columnOf(model::AssignmentState state) {
    return std::clamp(static_cast<int>(state) - static_cast<int>(model::AssignmentState::notified), 0, BoardView::columns - 1);
}
model::AssignmentState stateOf(int column) {
    return static_cast<model::AssignmentState>(column + static_cast<int>(model::AssignmentState::notified));
}

} // namespace

BoardView::BoardView(const UiContext& ui, QWidget* parent) : QAbstractScrollArea(parent), m_ui(ui) {
    setObjectName(QStringLiteral("boardView"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setMouseTracking(false);
    verticalScrollBar()->setSingleStep(40);
    connect(&ui.theme, &Theme::changed, viewport(), [this] { viewport()->update(); });
}

void BoardView::setEmptyText(const QString& text) {
    m_empty = text;
    viewport()->update();
}

void BoardView::setCards(std::vector<CardFace> cards) {
    const auto before = currentPlaced();
    m_cards = std::move(cards);
    std::set<model::AssignmentId> there;
    for (const auto& card : m_cards)
        there.insert(card.id);
    std::erase_if(m_selected, [&](const auto& id) { return !there.contains(id); });
    place();
    if (m_current && !there.contains(*m_current)) {
        m_current.reset();
        if (before && !m_placed.empty())
            m_current = m_cards[m_placed[std::min(*before, m_placed.size() - 1)].card].id;
        emit currentChanged();
    }
    viewport()->update();
}

void BoardView::place() {
    m_placed.clear();
    std::array<int, columns> top{};
    top.fill(headHeight + gap);
    m_counts = {};
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const int column = columnOf(m_cards[i].state);
        const auto c = static_cast<std::size_t>(column);
        const int height = cardHeight + warningHeight * static_cast<int>(m_cards[i].warnings.size());
        m_placed.push_back({i, column, top.at(c), height});
        top.at(c) += height + gap;
        ++m_counts.at(c);
    }
    std::stable_sort(m_placed.begin(), m_placed.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
    const int whole = *std::max_element(top.begin(), top.end());
    verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    horizontalScrollBar()->setRange(0, std::max(0, columns * columnWidth() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

int BoardView::columnWidth() const {
    return std::max(narrowest, viewport()->width() / columns);
}

int BoardView::columnAt(int x) const {
    return std::clamp((x + horizontalScrollBar()->value()) / columnWidth(), 0, columns - 1);
}

QRect BoardView::rectOf(const Placed& placed) const {
    return {placed.column * columnWidth() + gap / 2 - horizontalScrollBar()->value(), placed.top - verticalScrollBar()->value(),
            columnWidth() - gap, placed.height};
}

QRect BoardView::cardRect(model::AssignmentId id) const {
    for (const auto& placed : m_placed) {
        if (m_cards[placed.card].id == id)
            return rectOf(placed);
    }
    return {};
}

QRect BoardView::columnRect(model::AssignmentState state) const {
    return {columnOf(state) * columnWidth() - horizontalScrollBar()->value(), 0, columnWidth(), viewport()->height()};
}

std::optional<std::size_t> BoardView::at(QPoint point) const {
    if (point.y() < headHeight)
        return std::nullopt;
    for (std::size_t i = 0; i < m_placed.size(); ++i) {
        if (rectOf(m_placed[i]).contains(point))
            return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> BoardView::currentPlaced() const {
    for (std::size_t i = 0; m_current && i < m_placed.size(); ++i) {
        if (m_cards[m_placed[i].card].id == *m_current)
            return i;
    }
    return std::nullopt;
}

const CardFace* BoardView::current() const {
    const auto i = currentPlaced();
    return i ? &m_cards[m_placed[*i].card] : nullptr;
}

std::vector<model::AssignmentId> BoardView::chosen() const {
    if (!m_selected.empty())
        return {m_selected.begin(), m_selected.end()};
    return m_current ? std::vector{*m_current} : std::vector<model::AssignmentId>{};
}

void BoardView::setCurrent(model::AssignmentId id) {
    for (std::size_t i = 0; i < m_placed.size(); ++i) {
        if (m_cards[m_placed[i].card].id == id)
            choose(i, false);
    }
}

void BoardView::choose(std::size_t placed, bool keep) {
    const auto& id = m_cards[m_placed[placed].card].id;
    if (keep) {
        if (m_current && m_selected.empty())
            m_selected.insert(*m_current);
        m_selected.insert(id);
    } else {
        m_selected.clear();
    }
    m_current = id;
    show(m_placed[placed]);
    announce();
    viewport()->update();
    emit currentChanged();
}

void BoardView::show(const Placed& placed) {
    auto* bar = verticalScrollBar();
    if (placed.top - bar->value() < headHeight + gap)
        bar->setValue(placed.top - headHeight - gap);
    else if (placed.top + placed.height - bar->value() > viewport()->height())
        bar->setValue(placed.top + placed.height + gap - viewport()->height());
    auto* across = horizontalScrollBar();
    const int left = placed.column * columnWidth();
    across->setValue(std::clamp(across->value(), left + columnWidth() - viewport()->width(), left));
}

void BoardView::announce() {
    if (const auto* face = current()) {
        setAccessibleDescription(BoardWords::spoken(*face));
        QAccessibleEvent event(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void BoardView::step(int along, int across) {
    if (m_placed.empty())
        return;
    const bool keep = (QApplication::keyboardModifiers() & Qt::ShiftModifier) != 0;
    const auto now = currentPlaced();
    if (!now) {
        choose(0, false);
        return;
    }
    const auto& here = m_placed[*now];
    if (along != 0) {
        const auto next = static_cast<std::ptrdiff_t>(*now) + along;
        if (next >= 0 && next < static_cast<std::ptrdiff_t>(m_placed.size()) &&
            m_placed[static_cast<std::size_t>(next)].column == here.column)
            choose(static_cast<std::size_t>(next), keep);
        return;
    }
    // To the nearest column that has cards, to the card at the same height.
    for (int column = here.column + across; column >= 0 && column < columns; column += across) {
        std::optional<std::size_t> best;
        for (std::size_t i = 0; i < m_placed.size(); ++i) {
            if (m_placed[i].column == column &&
                (!best || std::abs(m_placed[i].top - here.top) < std::abs(m_placed[*best].top - here.top)))
                best = i;
        }
        if (best) {
            choose(*best, keep);
            return;
        }
    }
}

void BoardView::keyPressEvent(QKeyEvent* event) {
    const bool control = (event->modifiers() & Qt::ControlModifier) != 0;
    switch (event->key()) {
    case Qt::Key_Up:
        return step(-1, 0);
    case Qt::Key_Down:
        return step(1, 0);
    case Qt::Key_Left:
        return step(0, -1);
    case Qt::Key_Right:
        return control ? emit stepWanted() : step(0, 1);
    case Qt::Key_Space:
        if (!event->isAutoRepeat())
            emit stepWanted();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current)
            emit opened(*m_current);
        return;
    case Qt::Key_A:
        if (control) {
            m_selected.clear();
            for (const auto& card : m_cards) {
                if (card.state != model::AssignmentState::released)
                    m_selected.insert(card.id);
            }
            viewport()->update();
            emit currentChanged();
            return;
        }
        break;
    case Qt::Key_R:
        if (!control)
            return emit releaseWanted();
        break;
    case Qt::Key_C:
        if (!control)
            return emit rollCallWanted();
        break;
    case Qt::Key_T:
        if (!control)
            return (event->modifiers() & Qt::ShiftModifier) != 0 ? emit newOrdersWanted() : emit orderWanted();
        break;
    case Qt::Key_Escape:
        if (m_dragging || m_selected.size() > 1) {
            m_dragging = false;
            m_pressed.reset();
            m_selected.clear();
            viewport()->update();
            return emit currentChanged();
        }
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void BoardView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    const auto hit = at(event->position().toPoint());
    if (!hit)
        return;
    const auto id = m_cards[m_placed[*hit].card].id;
    if (event->modifiers() & Qt::ControlModifier && m_selected.contains(id)) {
        m_selected.erase(id);
        viewport()->update();
        return;
    }
    if (!m_selected.contains(id) || (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)))
        choose(*hit, (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) != 0);
    m_pressed = event->position().toPoint();
    m_grip = *m_pressed - rectOf(m_placed[*hit]).topLeft();
}

void BoardView::mouseMoveEvent(QMouseEvent* event) {
    m_mouse = event->position().toPoint();
    if (!m_pressed)
        return;
    if (!m_dragging && (m_mouse - *m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_dragging = true;
        viewport()->setCursor(Qt::ClosedHandCursor);
    }
    if (m_dragging)
        viewport()->update();
}

void BoardView::mouseReleaseEvent(QMouseEvent* event) {
    const bool dropped = m_dragging;
    m_dragging = false;
    m_pressed.reset();
    viewport()->unsetCursor();
    viewport()->update();
    if (dropped && viewport()->rect().contains(event->position().toPoint()))
        emit droppedOn(stateOf(columnAt(event->position().toPoint().x())));
}

void BoardView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const auto hit = at(event->position().toPoint()))
        emit opened(m_cards[m_placed[*hit].card].id);
}

void BoardView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    if (!m_current && !m_placed.empty())
        choose(0, false);
    viewport()->update();
}

void BoardView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    place();
}

void BoardView::paintEvent(QPaintEvent* event) {
    const Palette& c = m_ui.theme.colours();
    QPainter p(viewport());
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(event->rect(), c.window);
    const int target = m_dragging ? columnAt(m_mouse.x()) : -1;
    if (target >= 0) {
        QColor tint = c.selectedRow;
        p.fillRect(columnRect(stateOf(target)), tint);
    }
    if (m_cards.empty()) {
        p.setFont(m_ui.theme.font(Theme::Text::row));
        p.setPen(c.dim);
        p.drawText(viewport()->rect().adjusted(60, headHeight, -60, 0), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
    }
    for (const auto& placed : m_placed) {
        const QRect box = rectOf(placed);
        if (box.bottom() < headHeight || !box.intersects(event->rect()))
            continue;
        const auto& face = m_cards[placed.card];
        const bool current = m_current && face.id == *m_current;
        if (face.state == model::AssignmentState::released)
            p.setOpacity(0.55);
        paintCard(p, box, face, current && hasFocus(), current || m_selected.contains(face.id));
        p.setOpacity(1);
    }
    for (int i = 0; i < columns; ++i) {
        const QRect head(i * columnWidth() - horizontalScrollBar()->value(), 0, columnWidth(), headHeight);
        p.fillRect(head, c.panel);
        p.setFont(m_ui.theme.font(Theme::Text::bodyBold));
        p.setPen(c.text);
        const QString name = BoardWords::column(stateOf(i));
        p.drawText(head.adjusted(12, 0, -40, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   p.fontMetrics().elidedText(name, Qt::ElideRight, head.width() - 52));
        p.setPen(c.dim);
        p.drawText(head.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter,
                   QString::number(m_counts.at(static_cast<std::size_t>(i))));
        p.fillRect(QRect(head.left(), head.bottom(), head.width(), 1), c.line);
        if (i > 0)
            p.fillRect(QRect(head.left(), 0, 1, viewport()->height()), c.line);
    }
    if (m_dragging) {
        if (const auto i = currentPlaced()) {
            p.setOpacity(0.85);
            paintCard(p, QRect(m_mouse - m_grip, rectOf(m_placed[*i]).size()), m_cards[m_placed[*i].card], true, true);
        }
    }
}

void BoardView::paintCard(QPainter& p, const QRect& box, const CardFace& face, bool current, bool selected) const {
    const Palette& c = m_ui.theme.colours();
    const bool worried = !face.warnings.isEmpty();
    p.setPen(QPen(current ? c.accent : c.line, current ? 2 : 1));
    p.setBrush(selected ? c.selectedRow : c.panel);
    p.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 5, 5);
    if (worried)
        p.fillRect(QRect(box.left() + 1, box.top() + 5, 5, box.height() - 10), m_ui.theme.grade(face.followed.severity));
    const int left = box.left() + 14;
    const int right = box.right() - 10;
    int y = box.top() + 8;
    const QRectF badge(left, y + 1, 22, 22);
    p.setPen(Qt::NoPen);
    p.setBrush(c.accent);
    p.drawRoundedRect(badge, 4, 4);
    Symbols::paintGlyph(p, badge.adjusted(3, 3, -3, -3), face.glyph, c.onAccent);
    const auto row = [&](const QString& lead, Theme::Text leadFont, const QColor& leadColour, const QString& trail,
                         Theme::Text trailFont, const QColor& trailColour, int indent, int height) {
        p.setFont(m_ui.theme.font(trailFont));
        const int wide = trail.isEmpty() ? 0 : p.fontMetrics().horizontalAdvance(trail) + 8;
        p.setPen(trailColour);
        p.drawText(QRect(left, y, right - left, height), Qt::AlignRight | Qt::AlignVCenter, trail);
        p.setFont(m_ui.theme.font(leadFont));
        p.setPen(leadColour);
        const int room = right - left - indent - wide;
        p.drawText(QRect(left + indent, y, room, height), Qt::AlignLeft | Qt::AlignVCenter,
                   p.fontMetrics().elidedText(lead, Qt::ElideMiddle, room));
        y += height;
    };
    row(face.name, Theme::Text::bodyBold, c.text, face.arrival, Theme::Text::rowBold,
        face.late ? m_ui.theme.grade(face.followed.severity) : c.text, 30, 24);
    y += 2;
    row(face.place, Theme::Text::second, c.text, face.range, Theme::Text::second, c.dim, 0, 19);
    row(face.task, Theme::Text::second, c.dim, {}, Theme::Text::second, c.dim, 0, 19);
    row(face.clock, Theme::Text::hint, c.dim, face.hours, Theme::Text::hint, c.dim, 0, 18);
    if (!face.hours.isEmpty()) {
        // The bar stands below its figure; three quarters and the limit are told by its height, too.
        const QRect track(right - 74, y, 74, face.hoursPart >= 0.75 ? 4 : 2);
        p.fillRect(track, c.line);
        p.fillRect(QRect(track.left(), track.top(), static_cast<int>(track.width() * face.hoursPart), track.height()),
                   face.hoursPart >= 1 ? m_ui.theme.grade(model::Grade::III) : c.accent);
    }
    y = box.top() + cardHeight - 4;
    for (const QString& warning : face.warnings) {
        Symbols::paintSeverity(p, QRectF(left, y + 1, 17, 17), face.followed.severity, m_ui.theme);
        p.setFont(m_ui.theme.font(Theme::Text::bodyBold));
        p.setPen(c.text);
        p.drawText(QRect(left + 24, y, right - left - 24, 20), Qt::AlignLeft | Qt::AlignVCenter,
                   p.fontMetrics().elidedText(warning, Qt::ElideRight, right - left - 24));
        y += warningHeight;
    }
}

} // namespace tocsin::gui
