#include "tocsin/gui/command_palette.hpp"

#include "tocsin/gui/symbols.hpp"

#include <QAbstractListModel>
#include <QAction>
#include <QEvent>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int kWidth = 640;
constexpr int kRow = 44;
constexpr int kRowsShown = 9;
constexpr std::size_t kMost = 40;

} // namespace

class CommandPalette::Lines : public QAbstractListModel {
  public:
    using QAbstractListModel::QAbstractListModel;
    void put(const std::vector<PaletteItem>& items) {
        beginResetModel();
        m_items = &items;
        endResetModel();
    }
    int rowCount(const QModelIndex& parent) const override {
        return parent.isValid() || m_items == nullptr ? 0 : static_cast<int>(m_items->size());
    }
    QVariant data(const QModelIndex& index, int role) const override {
        if (!index.isValid() || role != Qt::DisplayRole)
            return {};
        return m_items->at(static_cast<std::size_t>(index.row())).title;
    }

  private:
    const std::vector<PaletteItem>* m_items{nullptr};
};

class CommandPalette::LinePainter : public QStyledItemDelegate {
  public:
    LinePainter(const CommandPalette& owner, QObject* parent) : QStyledItemDelegate(parent), m_owner(owner) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {kWidth - 2, kRow}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& item = m_owner.m_items.at(static_cast<std::size_t>(index.row()));
        const Theme& theme = m_owner.m_ui.theme;
        const Palette& p = theme.colours();
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QRect row = option.rect;
        if (selected) {
            painter->fillRect(row, p.selectedRow);
            painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), p.accent);
        }
        const QRectF icon(row.left() + 16, row.center().y() - 9, 20, 20);
        Symbols::paintGlyph(*painter, icon, item.glyph, selected ? p.accent : p.dim);
        int right = row.right() - 14;
        if (!item.key.isEmpty()) {
            painter->setFont(theme.font(Theme::Text::hint));
            const int width = painter->fontMetrics().horizontalAdvance(item.key) + 12;
            const QRectF box(right - width, row.center().y() - 9, width, 19);
            painter->setPen(p.line);
            painter->setBrush(p.panel);
            painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
            painter->setPen(p.dim);
            painter->drawText(box, Qt::AlignCenter, item.key);
            right -= width + 12;
        } else {
            painter->setFont(theme.font(Theme::Text::second));
            const QString kind = m_owner.kindName(item.kind);
            const int width = painter->fontMetrics().horizontalAdvance(kind);
            painter->setPen(p.dim);
            painter->drawText(QRect(right - width, row.top(), width, row.height()), Qt::AlignVCenter, kind);
            right -= width + 16;
        }
        const int left = row.left() + 48;
        painter->setFont(theme.font(Theme::Text::row));
        const QFontMetrics metrics = painter->fontMetrics();
        const QString title = metrics.elidedText(item.title, Qt::ElideRight, right - left);
        painter->setPen(p.text);
        painter->drawText(QRect(left, row.top(), right - left, row.height()), Qt::AlignVCenter, title);
        const int used = metrics.horizontalAdvance(title) + 12;
        if (!item.detail.isEmpty() && right - left - used > 40) {
            painter->setFont(theme.font(Theme::Text::second));
            painter->setPen(p.dim);
            painter->drawText(QRect(left + used, row.top() + 1, right - left - used, row.height()), Qt::AlignVCenter,
                              painter->fontMetrics().elidedText(item.detail, Qt::ElideRight, right - left - used));
        }
        painter->restore();
    }

  private:
    const CommandPalette& m_owner;
};

CommandPalette::CommandPalette(const UiContext& context, QWidget* window)
    : QFrame(window), m_ui(context), m_window(window), m_text(new QLineEdit(this)), m_list(new QListView(this)), m_nothing(new QLabel(this)),
      m_lines(new Lines(this)) {
    setObjectName(QStringLiteral("commandPalette"));
    m_pool.setMaxThreadCount(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_text);
    column->addWidget(m_list);
    column->addWidget(m_nothing);
    m_nothing->setObjectName(QStringLiteral("paletteNothing"));
    m_nothing->setProperty("role", QStringLiteral("dim"));
    m_nothing->setContentsMargins(16, 0, 16, 0);
    m_nothing->setFixedHeight(kRow);
    m_nothing->hide();
    m_text->setObjectName(QStringLiteral("paletteText"));
    m_text->setFrame(false);
    m_text->setFont(m_ui.theme.font(Theme::Text::row));
    m_text->setStyleSheet(QStringLiteral("QLineEdit, QLineEdit:focus, QLineEdit:hover { border: none; background: "
                                         "transparent; min-height: 46px; padding: 0 16px; }"));
    m_list->setModel(m_lines);
    m_list->setItemDelegate(new LinePainter(*this, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(32);
    shadow->setOffset(0, 8);
    shadow->setColor(QColor(0, 0, 0, 140));
    setGraphicsEffect(shadow);
    m_text->installEventFilter(this);
    m_window->installEventFilter(this);
    connect(m_text, &QLineEdit::textChanged, this, &CommandPalette::refill);
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex& index) { run(static_cast<std::size_t>(index.row())); });
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || !changes.sensors.empty())
            m_sensorNames.reset();
    });
    retranslate();
    hide();
}

CommandPalette::~CommandPalette() {
    m_pool.clear();
    m_pool.waitForDone();
}

void CommandPalette::openWith(const QString& text) {
    if (!isVisible())
        m_focusBefore = m_window->focusWidget();
    m_text->setText(text);
    refill();
    raise();
    QFrame::show();
    m_text->setFocus(Qt::OtherFocusReason); // a shortcut's focus would select what was typed in the map's box
    m_text->end(false);
}

QString CommandPalette::kindName(PaletteItem::Kind kind) const {
    switch (kind) {
    case PaletteItem::Kind::command:
        return tr("command");
    case PaletteItem::Kind::incident:
        return tr("incident");
    case PaletteItem::Kind::alarm:
        return tr("alarm");
    case PaletteItem::Kind::warning:
        return tr("warning");
    case PaletteItem::Kind::report:
        return tr("report");
    case PaletteItem::Kind::resource:
        return tr("resource");
    case PaletteItem::Kind::sensor:
        return tr("sensor");
    case PaletteItem::Kind::place:
        return tr("place");
    case PaletteItem::Kind::coordinates:
        return tr("coordinates");
    case PaletteItem::Kind::drawing:
        return tr("drawing");
    }
    return {};
}

void CommandPalette::refill() {
    const QString text = m_text->text().trimmed();
    m_items.clear();
    ++m_question;
    m_walked = false;
    m_pool.clear(); // letters typed meanwhile make the waiting questions stale
    m_nearNow = m_near ? std::optional(m_near()) : std::nullopt;
    m_asking = m_search && !text.isEmpty();
    addCoordinates(text);
    addCommands(text);
    if (!text.isEmpty())
        addThings(text);
    sortItems();
    publish();
    if (!text.isEmpty())
        askPlaces(text);
}

void CommandPalette::sortItems() {
    std::stable_sort(m_items.begin(), m_items.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    if (m_items.size() > kMost)
        m_items.resize(kMost);
}

void CommandPalette::publish() {
    m_lines->put(m_items);
    m_list->setCurrentIndex(m_lines->index(0, 0));
    m_list->scrollToTop();
    m_list->setVisible(!m_items.empty());
    m_nothing->setVisible(m_items.empty() && !m_asking);
    m_list->setFixedHeight(kRow * std::min(kRowsShown, static_cast<int>(m_items.size())));
    layOut();
}

void CommandPalette::layOut() {
    const int width = std::min(kWidth, m_window->width() - 32);
    const int found = m_items.empty() ? (m_nothing->isHidden() ? 0 : kRow + 1) : m_list->height() + 1;
    const int height = 50 + found;
    setGeometry((m_window->width() - width) / 2, 60, width, height);
}

void CommandPalette::run(std::size_t index) {
    if (index >= m_items.size())
        return;
    const auto what = m_items[index].run; // a command may change the items
    leave();
    if (what)
        what();
}

void CommandPalette::leave() {
    ++m_question;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    else
        m_window->setFocus(Qt::OtherFocusReason);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window && event->type() == QEvent::Resize && isVisible())
        layOut();
    if (watched != m_text)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible() &&
        static_cast<QFocusEvent*>(event)->reason() == Qt::MouseFocusReason)
        hide();
    if (event->type() == QEvent::ShortcutOverride) {
        // While the palette is open, its keys are its own.
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Up || key == Qt::Key_Down)
            event->accept();
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int rows = m_lines->rowCount({});
    const int row = m_list->currentIndex().row();
    const auto go = [this](int to) {
        m_walked = true;
        m_list->setCurrentIndex(m_lines->index(to, 0));
    };
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row >= 0)
            run(static_cast<std::size_t>(row));
        return true;
    case Qt::Key_Down:
        if (rows > 0)
            go((row + 1) % rows);
        return true;
    case Qt::Key_Up:
        if (rows > 0)
            go((row + rows - 1) % rows);
        return true;
    case Qt::Key_PageDown:
        if (rows > 0)
            go(std::min(rows - 1, row + kRowsShown));
        return true;
    case Qt::Key_PageUp:
        if (rows > 0)
            go(std::max(0, row - kRowsShown));
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void CommandPalette::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(p.line);
    painter.setBrush(p.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    if (!m_items.empty() || !m_nothing->isHidden())
        painter.fillRect(QRect(1, 48, width() - 2, 1), p.line);
}

void CommandPalette::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void CommandPalette::retranslate() {
    m_text->setPlaceholderText(tr("Command, place, incident, team, sensor, coordinates"));
    m_text->setAccessibleName(tr("Search and commands"));
    m_nothing->setText(tr("Nothing is called so: try fewer or other letters"));
    if (isVisible())
        refill();
}

} // namespace tocsin::gui
