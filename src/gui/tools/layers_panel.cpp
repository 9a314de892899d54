#include "gui/tools/layers_panel.hpp"

#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {
namespace {
constexpr int panelWidth = 340;
constexpr int soonMs = 250; ///< counts need not be newer
} // namespace

LayersPanel::LayersPanel(const UiContext& ui, MapView& view, QWidget* parent)
    : FloatCard(ui.theme, parent), m_ui(ui), m_view(view), m_tabs(new QTabBar(this)),
      m_close(new GlyphButton(ui.theme, QStringLiteral("close"), this)), m_pages(new QStackedWidget(this)),
      m_note(new QWidget(this)), m_noteText(textLabel(ui.theme, m_note)), m_showAll(new QPushButton(m_note)),
      m_baseLabel(textLabel(ui.theme, this, true)), m_base(new QComboBox(this)), m_list(new QVBoxLayout),
      m_scroll(new QScrollArea(this)), m_legend(new LegendPage(ui.theme, this)),
      m_views(new ViewsPage(ui.theme, this)) {
    setObjectName(QStringLiteral("layersPanel"));
    m_tabs->setObjectName(QStringLiteral("layersTabs"));
    m_base->setObjectName(QStringLiteral("baseMap"));
    m_note->setObjectName(QStringLiteral("filterNote"));
    m_showAll->setObjectName(QStringLiteral("showEverything"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setFont(ui.theme.font(Theme::Text::body));
    for (int i = 0; i < 3; ++i)
        m_tabs->addTab(QString());

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(6, 4, 6, 0);
    head->addWidget(m_tabs, 1);
    head->addWidget(m_close);
    column->addLayout(head);
    column->addWidget(hairLine(this));
    column->addWidget(m_pages, 1);

    // ---- the layers
    auto* layers = new QWidget(m_pages);
    auto* page = new QVBoxLayout(layers);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    auto* note = new QHBoxLayout(m_note);
    note->setContentsMargins(14, 6, 10, 6);
    note->addWidget(m_noteText, 1);
    note->addWidget(m_showAll);
    m_showAll->setProperty("kind", QStringLiteral("quiet"));
    page->addWidget(m_note);
    auto* base = new QHBoxLayout;
    base->setContentsMargins(14, 10, 12, 6);
    base->setSpacing(12);
    m_baseLabel->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Preferred);
    m_baseLabel->setWordWrap(false);
    base->addWidget(m_baseLabel);
    base->addSpacing(10);
    base->addWidget(m_base, 1);
    page->addLayout(base);
    auto* inside = new QWidget;
    auto* list = new QVBoxLayout(inside);
    list->setContentsMargins(2, 2, 2, 8);
    list->setSpacing(0);
    m_list->setSpacing(0);
    list->addLayout(m_list);
    list->addStretch(1);
    const auto scrolled = [this](QScrollArea* area, QWidget* widget) {
        area->setWidget(widget);
        area->setWidgetResizable(true);
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        area->setFrameShape(QFrame::NoFrame);
        area->setFocusPolicy(Qt::NoFocus);
        area->viewport()->setAutoFillBackground(false);
        widget->setAutoFillBackground(false);
        return area;
    };
    page->addWidget(scrolled(m_scroll, inside), 1);
    m_pages->addWidget(layers);
    auto* legend = scrolled(new QScrollArea(m_pages), m_legend);
    legend->setFocusPolicy(Qt::StrongFocus); // its arrows scroll
    m_pages->addWidget(legend);
    m_pages->addWidget(scrolled(new QScrollArea(m_pages), m_views));

    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_close, &QToolButton::clicked, this, &FloatCard::escaped);
    connect(this, &FloatCard::escaped, this, [this] {
        hide();
        m_view.setFocus(Qt::OtherFocusReason);
    });
    connect(m_showAll, &QPushButton::clicked, this, &LayersPanel::showEverything);
    connect(m_base, &QComboBox::activated, this, [this] {
        LayerSet set = m_view.layerSet();
        set.baseMap = m_base->currentData().toString();
        m_view.setLayerSet(set);
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &LayersPanel::refresh);
    const auto soon = [this] {
        if (isVisible() && !m_soon.isActive())
            m_soon.start();
    };
    connect(&view, &MapView::viewChanged, this, soon);
    connect(&ui.desk, &DeskBridge::changed, this, soon);
    connect(&view, &MapView::layersChanged, this, [this] {
        if (isVisible())
            refresh();
    });
    retranslate();
    hide();
}

QSize LayersPanel::sizeHint() const {
    return {panelWidth, 640};
}

LayersPanel::Page LayersPanel::page() const {
    return static_cast<Page>(std::clamp(m_tabs->currentIndex(), 0, 2));
}

void LayersPanel::openAt(Page page) {
    m_tabs->setCurrentIndex(static_cast<int>(page));
    show();
    if (page == Page::layers && !m_rows.empty())
        m_rows.front()->takeFocus();
    else
        m_tabs->setFocus(Qt::OtherFocusReason);
}

void LayersPanel::showEvent(QShowEvent* event) {
    FloatCard::showEvent(event);
    refresh();
}

LayerRow* LayersPanel::row(const QString& name) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const LayerRow* each) { return each->info().name == name; });
    return found == m_rows.end() ? nullptr : *found;
}

void LayersPanel::refresh() {
    const std::vector<LayerInfo> layers = m_view.layers();
    std::vector<LayerRow*> rows;
    QStringList filtered;
    for (const LayerInfo& info : layers) {
        LayerRow* known = row(info.name);
        if (known == nullptr) {
            known = new LayerRow(m_theme, info, this);
            connect(known, &LayerRow::changed, this, &LayersPanel::take);
            connect(known, &LayerRow::moveWanted, this, [this, known](int by) { move(known->info().name, by); });
            connect(known, &LayerRow::dragged, this, [this, known](int y, bool done) { drag(known, y, done); });
        } else {
            known->show_(info);
        }
        rows.push_back(known);
        if (info.visible && !info.filter.atRest())
            filtered << info.title;
    }
    for (LayerRow* old : m_rows)
        if (std::find(rows.begin(), rows.end(), old) == rows.end())
            old->deleteLater();
    if (rows != m_rows) {
        m_rows = std::move(rows);
        order();
    }
    m_note->setVisible(!filtered.isEmpty());
    m_noteText->setText(tr("A filter hides some of: %1").arg(filtered.join(tr(", "))));
    fillBaseMaps();
}

/// Puts the rows one below the other as m_rows has them; focus and tab order go with them.
void LayersPanel::order() {
    while (QLayoutItem* item = m_list->takeAt(0))
        delete item;
    QWidget* before = nullptr;
    for (LayerRow* each : m_rows) {
        m_list->addWidget(each);
        each->show();
        for (QWidget* stop : each->focusChain()) {
            if (before != nullptr)
                setTabOrder(before, stop);
            before = stop;
        }
    }
}

void LayersPanel::fillBaseMaps() {
    const QString chosen = m_view.layerSet().baseMap;
    QStringList names{QString()};
    for (const auto& each : m_view.baseMaps())
        if (!each.overlay)
            names << each.name;
    QStringList shown;
    for (int i = 0; i < m_base->count(); ++i)
        shown << m_base->itemData(i).toString();
    if (names != shown) {
        m_base->clear();
        for (const QString& name : names)
            m_base->addItem(name.isEmpty() ? tr("The county's own map") : name, name);
    }
    m_base->setItemText(0, tr("The county's own map"));
    m_base->setCurrentIndex(std::max(0, m_base->findData(chosen)));
}

void LayersPanel::take(const LayerSet::Layer& layer) {
    LayerSet set = m_view.layerSet();
    for (LayerSet::Layer& each : set.layers)
        if (each.name == layer.name)
            each = layer;
    m_view.setLayerSet(set);
    refresh();
}

void LayersPanel::showEverything() {
    LayerSet set = m_view.layerSet();
    for (LayerSet::Layer& each : set.layers)
        each.filter = {};
    m_view.setLayerSet(set);
    refresh();
}

void LayersPanel::move(const QString& name, int by) {
    LayerSet set = m_view.layerSet();
    const auto at =
        std::find_if(set.layers.begin(), set.layers.end(), [&](const auto& each) { return each.name == name; });
    const auto from = at - set.layers.begin();
    const auto to = from + by;
    if (at == set.layers.end() || to < 0 || to >= static_cast<std::ptrdiff_t>(set.layers.size()))
        return;
    std::swap(set.layers[static_cast<std::size_t>(from)], set.layers[static_cast<std::size_t>(to)]);
    m_view.setLayerSet(set);
    refresh();
    if (LayerRow* moved = row(name)) {
        moved->takeFocus();
        m_scroll->ensureWidgetVisible(moved);
    }
}

void LayersPanel::drag(LayerRow* dragged, int globalY, bool done) {
    // The order follows the hand at once; the map is told when it lets go.
    const auto from = std::find(m_rows.begin(), m_rows.end(), dragged);
    if (from == m_rows.end())
        return;
    std::size_t to = 0;
    while (to + 1 < m_rows.size() && globalY > m_rows[to]->mapToGlobal(QPoint(0, m_rows[to]->height())).y())
        ++to;
    const auto at = static_cast<std::size_t>(from - m_rows.begin());
    if (to != at) {
        m_rows.erase(from);
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(to), dragged);
        order();
        m_list->activate();
    }
    if (!done)
        return;
    LayerSet set = m_view.layerSet();
    LayerSet sorted = set;
    sorted.layers.clear();
    for (const LayerRow* each : m_rows)
        for (const LayerSet::Layer& layer : set.layers)
            if (layer.name == each->info().name)
                sorted.layers.push_back(layer);
    m_view.setLayerSet(sorted);
    refresh();
}

void LayersPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    FloatCard::changeEvent(event);
}

void LayersPanel::retranslate() {
    m_tabs->setTabText(0, tr("Layers"));
    m_tabs->setTabText(1, tr("Legend"));
    m_tabs->setTabText(2, tr("Views"));
    m_tabs->setAccessibleName(tr("What the map shows"));
    setAccessibleName(tr("What the map shows"));
    m_close->say(tr("Close"), tr("Esc"));
    m_showAll->setText(tr("Show all"));
    m_baseLabel->setText(tr("Base map"));
    m_base->setAccessibleName(m_baseLabel->text());
    m_legend->retranslate();
    m_views->retranslate();
    for (LayerRow* each : m_rows)
        each->retranslate();
    if (isVisible())
        refresh();
}

} // namespace tocsin::gui
