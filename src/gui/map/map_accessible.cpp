#include "gui/map/map_accessible.hpp"

#include "gui/map/map_view_impl.hpp"

#include <QAccessible>
#include <algorithm>

namespace tocsin::gui {
namespace {

constexpr std::size_t mostSymbols = 400; ///< that a reader is told of; more would be no help

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* view = qobject_cast<MapView*>(object);
    return view != nullptr ? new MapAccessible(*view) : nullptr;
}

} // namespace

/// One symbol. It keeps no words of its own: it finds its hit in the layout that stands.
class MapAccessible::Symbol final : public QAccessibleInterface, public QAccessibleActionInterface {
  public:
    Symbol(const MapAccessible& map, const MapHit& hit, std::size_t index, std::uint64_t layout)
        : m_map(map), m_what(hit.what), m_layer(hit.layer), m_index(index), m_layout(layout) {}

    /// The same thing in a later layout. A cluster has no name to be known by and goes with its layout.
    [[nodiscard]] bool is(const MapHit& hit) const {
        return hit.layer == m_layer && hit.what == m_what && !std::holds_alternative<std::monostate>(m_what);
    }
    void moveTo(std::size_t index, std::uint64_t layout) {
        m_index = index;
        m_layout = layout;
    }
    [[nodiscard]] const MapHit* hit() const {
        const MapView::Impl* me = m_map.impl();
        if (me == nullptr)
            return nullptr;
        if (me->layout.number == m_layout)
            return m_index < me->hits.size() ? &me->hits[m_index] : nullptr;
        const auto found =
            std::find_if(me->hits.begin(), me->hits.end(), [this](const MapHit& each) { return is(each); });
        return found == me->hits.end() ? nullptr : &*found;
    }

    [[nodiscard]] bool isValid() const override { return hit() != nullptr; }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_map.window(); }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return const_cast<MapAccessible*>(&m_map); }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}

    [[nodiscard]] QString text(QAccessible::Text which) const override {
        const MapHit* mine = hit();
        if (mine == nullptr)
            return {};
        const QString tip = m_map.impl()->tipOf(*mine);
        const qsizetype end = tip.indexOf(QLatin1Char('\n'));
        if (which == QAccessible::Name)
            return end < 0 ? tip : tip.left(end);
        if (which == QAccessible::Description)
            return end < 0 ? QString() : tip.mid(end + 1);
        return {};
    }

    [[nodiscard]] QRect rect() const override {
        const MapHit* mine = hit();
        if (mine == nullptr)
            return {};
        const MapView::Impl& me = *m_map.impl();
        QRectF box = mine->box;
        if (box.isEmpty() && !mine->label.isEmpty())
            box = mine->label;
        if (box.isEmpty())
            box = squareAbout(mine->centre, 24);
        const QRect onView = box.translated(me.screenOf(*mine) - mine->centre).toAlignedRect();
        return {me.view.mapToGlobal(onView.topLeft()), onView.size()};
    }

    [[nodiscard]] QAccessible::Role role() const override {
        const MapHit* mine = hit();
        return mine != nullptr && MapView::Impl::canBeChosen(*mine) ? QAccessible::Button : QAccessible::Graphic;
    }

    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        const MapHit* mine = hit();
        if (mine == nullptr) {
            state.invalid = true;
            return state;
        }
        const MapView::Impl& me = *m_map.impl();
        state.focusable = MapView::Impl::canBeChosen(*mine);
        state.focused = me.view.hasFocus() && me.keyboardHit() == mine;
        state.selectable = !std::holds_alternative<std::monostate>(mine->what);
        state.selected = state.selectable && me.ui.selection.current() == mine->what;
        state.offscreen = !me.now.rect().contains(me.screenOf(*mine));
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override {
        const MapHit* mine = hit();
        return mine != nullptr && MapView::Impl::canBeChosen(*mine) ? QStringList{pressAction()} : QStringList();
    }
    void doAction(const QString& name) override {
        const MapHit* mine = hit();
        if (mine != nullptr && name == pressAction())
            m_map.impl()->choose(MapHit(*mine)); // a copy: what follows may lay the map out anew
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

  private:
    const MapAccessible& m_map; ///< takes its symbols with it
    Selected m_what;
    const SymbolLayer* m_layer;
    std::size_t m_index;
    std::uint64_t m_layout;
};

MapAccessible::MapAccessible(MapView& view) : QAccessibleWidget(&view, QAccessible::Canvas) {}

MapAccessible::~MapAccessible() {
    for (Symbol* each : m_symbols)
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(each));
}

void MapAccessible::install() {
    static const bool once = [] {
        QAccessible::installFactory(&make);
        return true;
    }();
    static_cast<void>(once);
}

void MapAccessible::announceFocus(MapView& view) {
    if (!QAccessible::isActive())
        return;
    QAccessibleInterface* map = QAccessible::queryAccessibleInterface(&view);
    QAccessibleInterface* reached = map != nullptr ? map->focusChild() : nullptr;
    if (reached == nullptr)
        return;
    QAccessibleEvent focused(reached, QAccessible::Focus);
    QAccessible::updateAccessibility(&focused);
}

MapView::Impl* MapAccessible::impl() const {
    auto* view = qobject_cast<MapView*>(object());
    return view != nullptr ? view->m_impl.get() : nullptr;
}

void MapAccessible::bringUpToDate() const {
    MapView::Impl* me = impl();
    std::vector<std::size_t> inView;
    if (me != nullptr) {
        inView = me->reachable();
        if (m_layout == me->layout.number && !m_symbols.empty())
            return;
        m_layout = me->layout.number;
    }
    if (inView.size() > mostSymbols)
        inView.resize(mostSymbols);
    std::vector<Symbol*> before;
    before.swap(m_symbols);
    for (const std::size_t index : inView) {
        const MapHit& hit = me->hits[index];
        const auto same = std::find_if(before.begin(), before.end(),
                                       [&](const Symbol* each) { return each != nullptr && each->is(hit); });
        if (same != before.end()) {
            (*same)->moveTo(index, m_layout);
            m_symbols.push_back(*same);
            *same = nullptr;
            continue;
        }
        auto* made = new Symbol(*this, hit, index, m_layout);
        QAccessible::registerAccessibleInterface(made);
        m_symbols.push_back(made);
    }
    for (Symbol* each : before)
        if (each != nullptr)
            QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(each));
}

int MapAccessible::childCount() const {
    bringUpToDate();
    return QAccessibleWidget::childCount() + static_cast<int>(m_symbols.size());
}

QAccessibleInterface* MapAccessible::child(int index) const {
    const int widgets = QAccessibleWidget::childCount();
    if (index < widgets)
        return QAccessibleWidget::child(index);
    bringUpToDate();
    const auto at = static_cast<std::size_t>(index - widgets);
    return at < m_symbols.size() ? m_symbols[at] : nullptr;
}

int MapAccessible::indexOfChild(const QAccessibleInterface* child) const {
    const auto found = std::find(m_symbols.begin(), m_symbols.end(), child);
    return found == m_symbols.end()
               ? QAccessibleWidget::indexOfChild(child)
               : QAccessibleWidget::childCount() + static_cast<int>(found - m_symbols.begin());
}

QAccessibleInterface* MapAccessible::childAt(int x, int y) const {
    for (int i = 0; i < QAccessibleWidget::childCount(); ++i)
        if (QAccessibleInterface* over = QAccessibleWidget::child(i);
            over != nullptr && !over->state().invisible && over->rect().contains(x, y))
            return over;
    bringUpToDate();
    for (Symbol* each : m_symbols)
        if (each->rect().contains(x, y))
            return each;
    return nullptr;
}

QAccessibleInterface* MapAccessible::focusChild() const {
    const MapView::Impl* me = impl();
    if (me == nullptr || !me->view.hasFocus())
        return QAccessibleWidget::focusChild();
    bringUpToDate();
    const MapHit* reached = me->keyboardHit();
    const auto found = std::find_if(m_symbols.begin(), m_symbols.end(),
                                    [&](const Symbol* each) { return reached != nullptr && each->hit() == reached; });
    return found == m_symbols.end() ? nullptr : *found;
}

} // namespace tocsin::gui
