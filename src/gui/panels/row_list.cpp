#include "gui/panels/row_list.hpp"

#include "gui/panels/jump_bar.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStringList>
#include <utility>

namespace tocsin::gui {
namespace {

constexpr int padX = 16;
constexpr int shapeSize = 22;
constexpr int textLeft = 48;

/// How many a group stands for, and how often it was made louder.
QString badgesOf(const RowFace& face) {
    QStringList parts;
    if (face.count > 0)
        parts << QLocale().toString(static_cast<qulonglong>(face.count));
    if (face.louder > 0)
        parts << (face.louder > 1 ? QStringLiteral("▲%1").arg(face.louder) : QStringLiteral("▲"));
    return parts.join(QLatin1Char(' '));
}

} // namespace

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QVariant held = index.data(RowSource::faceRole);
    if (!held.canConvert<RowFace>())
        return;
    const auto face = held.value<RowFace>();
    const Palette& c = m_theme.colours();
    QRect r = option.rect;
    const bool dense = r.height() < rowHeight;
    const bool selected = (option.state & QStyle::State_Selected) != 0;

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected)
        painter->fillRect(r, c.selectedRow);
    else if ((option.state & QStyle::State_MouseOver) != 0)
        painter->fillRect(r, c.raised);
    if (face.edge) {
        // Seen out of the corner of the eye: what nobody has acknowledged lies on a wash of its colour, and what was
        // escalated on more of it. Nothing blinks.
        QColor wash = m_theme.grade(face.grade);
        wash.setAlphaF(face.louder > 0 ? 0.30F : (selected ? 0.10F : 0.13F));
        painter->fillRect(r, wash);
    }
    painter->fillRect(r.left(), r.bottom(), r.width(), 1, c.line);
    if (face.edge)
        painter->fillRect(r.left(), r.top(), face.louder > 0 ? 8 : 4, r.height() - 1, m_theme.grade(face.grade));
    if (face.fold != RowFace::Fold::none) {
        painter->setPen(QPen(c.dim, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF m(r.right() - padX + 10, r.top() + (dense ? 14 : 20));
        if (face.fold == RowFace::Fold::open)
            painter->drawPolyline(QPolygonF{m + QPointF(-4, -2), m + QPointF(0, 2), m + QPointF(4, -2)});
        else
            painter->drawPolyline(QPolygonF{m + QPointF(-2, -4), m + QPointF(2, 0), m + QPointF(-2, 4)});
    }
    r.setLeft(r.left() + face.depth * 20);
    if (face.depth > 0)
        painter->fillRect(r.left() + 6, r.top() + 4, 1, r.height() - 9, c.line);

    const QRectF shape(r.left() + padX, r.top() + (dense ? 9 : 12), shapeSize, shapeSize);
    switch (face.shape) {
    case RowFace::Shape::severity:
        Symbols::paintSeverity(*painter, shape, face.grade, m_theme, face.filled);
        break;
    case RowFace::Shape::incident:
        Symbols::paintIncident(*painter, shape.adjusted(-1, -1, 1, 1), face.grade, face.glyph, m_theme);
        break;
    case RowFace::Shape::report:
        Symbols::paintReport(*painter, shape.adjusted(1, 1, -1, -1), face.verified, face.faded ? c.faint : c.text,
                             Qt::transparent);
        break;
    case RowFace::Shape::glyph:
        Symbols::paintGlyph(*painter, shape, face.glyph, face.faded ? c.faint : c.text);
        break;
    }

    const int right = r.right() + 1 - padX;
    QRect titleLine(r.left() + textLeft, r.top() + (dense ? 3 : 10), right - r.left() - textLeft, 20);
    const QRect secondLine(titleLine.left(), r.top() + (dense ? 22 : 31), titleLine.width(), 18);
    if (face.fold != RowFace::Fold::none)
        titleLine.setRight(titleLine.right() - 6);

    const auto line = [&](const QRect& room, Theme::Text leftFont, const QColor& leftColour, const QString& left,
                          Theme::Text rightFont, const QColor& rightColour, const QString& rightText) {
        int used = 0;
        if (!rightText.isEmpty()) {
            painter->setFont(m_theme.font(rightFont));
            painter->setPen(rightColour);
            used = painter->fontMetrics().horizontalAdvance(rightText) + 12;
            painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, rightText);
        }
        const QRect rest = room.adjusted(0, 0, -used, 0);
        const QString badges = badgesOf(face);
        const bool badged = &room == &titleLine && !badges.isEmpty();
        int badge = 0;
        if (badged) {
            painter->setFont(m_theme.font(Theme::Text::second));
            badge = painter->fontMetrics().horizontalAdvance(badges) + 14;
        }
        painter->setFont(m_theme.font(leftFont));
        painter->setPen(leftColour);
        const QString shown =
            painter->fontMetrics().elidedText(left, Qt::ElideRight, rest.width() - (badge > 0 ? badge + 6 : 0));
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, shown);
        if (!badged)
            return;
        const QRectF pill(rest.left() + painter->fontMetrics().horizontalAdvance(shown) + 6, rest.center().y() - 8,
                          badge, 18);
        painter->setPen(Qt::NoPen);
        painter->setBrush(face.louder > 0 ? m_theme.grade(face.grade) : c.raised);
        painter->drawRoundedRect(pill, 9, 9);
        painter->setFont(m_theme.font(Theme::Text::second));
        painter->setPen(face.louder > 0 ? m_theme.onGrade(face.grade) : c.text);
        painter->drawText(pill, Qt::AlignCenter, badges);
    };
    line(titleLine, face.bold ? Theme::Text::rowBold : Theme::Text::row, face.faded ? c.dim : c.text, face.title,
         Theme::Text::bodyBold, c.text, face.topRight);
    line(secondLine, Theme::Text::second, c.dim, face.second, Theme::Text::second, c.dim, face.bottomRight);

    if (selected && (option.state & QStyle::State_HasFocus) != 0) {
        painter->setPen(c.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(face.edge ? 4.5 : 0.5, 0.5, -0.5, -1.5));
    }
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, m_rowHeight};
}

RowList::RowList(QWidget* parent) : QListView(parent), m_bar(new JumpBar(this)) {
    setVerticalScrollBar(m_bar);
    m_bar->setRowHeight(rowHeight());
    setUniformItemSizes(true);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    verticalScrollBar()->setSingleStep(20);
}

void RowList::dress(const Theme& theme) {
    m_theme = &theme;
    m_delegate = new RowDelegate(theme, this);
    setItemDelegate(m_delegate);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void RowList::setDense(bool dense) {
    const int wanted = dense ? RowDelegate::denseHeight : RowDelegate::rowHeight;
    if (m_delegate == nullptr || m_delegate->height() == wanted)
        return;
    m_delegate->setHeight(wanted);
    m_bar->setRowHeight(wanted);
    doItemsLayout();
}

void RowList::setEmptyText(const QString& headline, const QString& text) {
    m_emptyHeadline = headline;
    m_emptyText = text;
    viewport()->update();
}

QSize RowList::sizeHint() const {
    const int rows = model() ? std::clamp(model()->rowCount(), 2, 6) : 2;
    return {384, rows * RowDelegate::rowHeight};
}

void RowList::keyPressEvent(QKeyEvent* event) {
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == 0;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool folds = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (plain && (folds || event->key() == Qt::Key_Escape) && onKey && onKey(event->key()))
        return;
    const bool printed = !event->text().isEmpty() && event->text().front().isPrint();
    if (plain && (enter || printed)) {
        // Never the view's own search by letters: letters are commands here, or the window's.
        const int key = enter ? static_cast<int>(Qt::Key_Return) : event->key();
        event->setAccepted(onKey && (event->isAutoRepeat() || onKey(key)));
        return;
    }
    QListView::keyPressEvent(event);
}

/// The row of a group, if this is on its mark.
QModelIndex RowList::foldAt(const QPoint& place) const {
    const QModelIndex index = onFold ? indexAt(place) : QModelIndex();
    if (!index.isValid() || place.x() <= visualRect(index).right() - RowDelegate::foldWidth)
        return {};
    return index.data(RowSource::faceRole).value<RowFace>().fold == RowFace::Fold::none ? QModelIndex() : index;
}

bool RowList::fold(const QMouseEvent& event) {
    const QModelIndex index = event.button() == Qt::LeftButton ? foldAt(event.position().toPoint()) : QModelIndex();
    m_folding = index.isValid();
    if (m_folding)
        onFold(index);
    return m_folding;
}

void RowList::mousePressEvent(QMouseEvent* event) {
    if (!fold(*event))
        QListView::mousePressEvent(event);
}

void RowList::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!fold(*event)) // on the mark it is a second click
        QListView::mouseDoubleClickEvent(event);
}

void RowList::mouseMoveEvent(QMouseEvent* event) {
    if (m_folding)
        return;
    viewport()->setCursor(foldAt(event->position().toPoint()).isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QListView::mouseMoveEvent(event);
}

void RowList::mouseReleaseEvent(QMouseEvent* event) {
    if (!std::exchange(m_folding, false))
        QListView::mouseReleaseEvent(event);
}

void RowList::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (m_theme == nullptr || model() == nullptr || model()->rowCount() > 0)
        return;
    const Palette& c = m_theme->colours();
    QPainter p(viewport());
    QRect room = viewport()->rect().adjusted(padX, 12, -padX, -8);
    p.setFont(m_theme->font(Theme::Text::row));
    p.setPen(c.dim);
    QRect used;
    p.drawText(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyHeadline, &used);
    room.setTop(used.bottom() + 6);
    p.setFont(m_theme->font(Theme::Text::second));
    p.setPen(c.faint);
    // Half a line says nothing: where the list is too low for all of it the headline has to do.
    if (p.boundingRect(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyText).bottom() <= room.bottom())
        p.drawText(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

} // namespace tocsin::gui
