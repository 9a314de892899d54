#include "tocsin/gui/tools/map_desk.hpp"

#include "gui/tools/draw_board.hpp"
#include "gui/tools/export_dialog.hpp"
#include "gui/tools/here_mark.hpp"
#include "gui/tools/layers_panel.hpp"
#include "gui/tools/measure_tool.hpp"
#include "gui/tools/place_card.hpp"
#include "gui/tools/reach_board.hpp"
#include "gui/tools/view_store.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QThreadPool>
#include <algorithm>

namespace tocsin::gui {
namespace {
constexpr int keepMs = 500; ///< a slider that is dragged is written once
}

struct MapDesk::Impl {
    Impl(MapDesk& owner, UiContext context, MapView& map, PlaceKnowledge known, std::filesystem::path settings,
         QWidget* win)
        : me(owner), ui(context), view(map), alive(&map), knowledge(std::move(known)), window(win),
          store(std::move(settings)), board(map), drawing(ui, map, board, nullptr), reach(ui, map, board, nullptr),
          panel(new LayersPanel(ui, map, &map)), mark(new HereMark(ui.theme, map)) {
        pool.setMaxThreadCount(2);
        board.setSide(panel);
        keep.setSingleShot(true);
        keep.setInterval(keepMs);
    }
    ~Impl() {
        if (alive && measuring && view.tool() == measuring.get())
            view.setTool(nullptr);
        delete card;
        delete bar;
        delete panel;
        delete mark;
        pool.clear();
        pool.waitForDone();
    }

    QAction* add(const char* english, const char* glyph, const QKeySequence& key, std::function<void()> run);
    void makeActions();
    void makeViewActions();
    void retranslate();
    void refreshActions();
    void fillMenu(QMenu& menu, const model::Position& position);
    void measure(MeasureTool::What what, std::optional<model::Position> from);
    void endMeasure();
    void draw(model::DrawingKind kind) {
        closeCard();
        drawing.draw(kind);
    }
    void closeCard();
    void rename(int slot, const QString& name);
    void showViews();
    void say(const QString& sentence) { emit me.said(sentence); }
    [[nodiscard]] std::vector<int> minutesShown() const {
        return reach.isShown() ? reach.minutes() : std::vector<int>{};
    }
    ExportDialog* picture();
    [[nodiscard]] const model::DrawingId* selectedDrawing() const { return ui.selection.as<model::DrawingId>(); }

    MapDesk& me;
    UiContext ui;
    MapView& view;
    QPointer<MapView> alive; ///< null once the view is gone: a window may end before its tools
    LayerSet shown;          ///< as last heard
    PlaceKnowledge knowledge;
    QPointer<QWidget> window;
    ViewStore store;
    QThreadPool pool;
    FloatBoard board;
    DrawBoard drawing;
    ReachBoard reach;
    QPointer<LayersPanel> panel;
    QPointer<HereMark> mark;
    QPointer<PlaceCard> card;
    std::unique_ptr<MeasureTool> measuring;
    QPointer<MeasureBar> bar;
    QPointer<ExportDialog> dialog;
    ProtectedList objects;
    QTimer keep;
    QList<QAction*> actions;
    QList<QAction*> goActions;
    QList<QAction*> saveActions;
};

// ---- actions and keys

QAction* MapDesk::Impl::add(const char* english, const char* glyph, const QKeySequence& key,
                            std::function<void()> run) {
    auto* action = new QAction(&me);
    action->setObjectName(QString::fromLatin1(english));
    action->setData(QString::fromLatin1(glyph));
    action->setProperty("keyText", key.toString(QKeySequence::NativeText));
    if (!key.isEmpty()) {
        action->setShortcut(key);
        action->setShortcutContext(Qt::ApplicationShortcut); // a floating panel is a window of its own
    }
    QObject::connect(action, &QAction::triggered, &me, std::move(run));
    if (window)
        window->addAction(action);
    actions.append(action);
    return action;
}

void MapDesk::Impl::makeActions() {
    const auto ctrl = [](Qt::Key key) { return QKeySequence(Qt::CTRL | key); };
    const auto ctrlShift = [](Qt::Key key) { return QKeySequence(Qt::CTRL | Qt::SHIFT | key); };
    const auto plain = [](QAction* action, const char* text) { // a key only where no field takes letters
        action->setProperty("keyText", QString::fromLatin1(text));
    };
    plain(add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "What the map shows: layers and filters"), "layers", {},
              [this] { me.showLayers(); }),
          "L");
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Legend of the map"), "list", {}, [this] { me.showLegend(); });
    plain(add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Measure a distance"), "measure", {},
              [this] { me.measureDistance(); }),
          "M");
    plain(add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Measure an area"), "area", {}, [this] { me.measureArea(); }),
          "Shift+M");
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Draw an area"), "area", ctrlShift(Qt::Key_A),
        [this] { draw(model::DrawingKind::area); });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Close a road"), "closure", ctrlShift(Qt::Key_C),
        [this] { draw(model::DrawingKind::closure); });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Drop a pin"), "pin", ctrlShift(Qt::Key_P),
        [this] { draw(model::DrawingKind::pin); });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Change the selected drawing"), "edit", {}, [this] {
        if (const auto* id = selectedDrawing())
            drawing.change(model::DrawingId(*id));
        else
            say(MapDesk::tr("Select a drawing on the map first."));
    });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Remove the selected drawing"), "trash", {}, [this] {
        if (const auto* id = selectedDrawing())
            drawing.remove(model::DrawingId(*id));
        else
            say(MapDesk::tr("Select a drawing on the map first."));
    });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "What is in the middle of the map"), "info", ctrl(Qt::Key_I),
        [this] { me.whatIsHere(view.centre()); });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Who can be at the selected incident in 5, 10, 15 min"), "reach", {},
        [this] {
            const auto* id = ui.selection.as<model::IncidentId>();
            const auto& all = ui.desk.state().incidents;
            const auto known = id != nullptr ? all.find(*id) : all.end();
            closeCard();
            if (known != all.end())
                reach.showAround(known->second.position, Words::local(known->second.title, ui.language));
            else
                say(MapDesk::tr("Select an incident first (F3)."));
        });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Who can be in the middle of the map in 5, 10, 15 min"), "reach", {},
        [this] { me.showReach(view.centre()); });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Where available units can be in 5, 10, 15 min"), "reach", {},
        [this] { me.showCoverage(); });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Show no more who can be where"), "close", {},
        [this] { reach.clear(); });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Save a picture of the map"), "picture", ctrl(Qt::Key_E),
        [this] { me.savePicture(); });
    add(QT_TRANSLATE_NOOP("tocsin::gui::MapDesk", "Print the map"), "print", ctrl(Qt::Key_P), [this] { me.print(); });
    makeViewActions();
}

void MapDesk::Impl::makeViewActions() {
    for (int slot = 1; slot <= ViewStore::slots_; ++slot) {
        const auto digit = static_cast<Qt::Key>(Qt::Key_0 + slot);
        goActions.append(
            add("Go to view", "bookmark", QKeySequence(Qt::CTRL | digit), [this, slot] { me.goToView(slot); }));
        saveActions.append(add("Keep this as view", "bookmark", QKeySequence(Qt::CTRL | Qt::SHIFT | digit),
                               [this, slot] { me.saveView(slot); }));
        goActions.back()->setObjectName(QStringLiteral("Go to view %1").arg(slot));
        saveActions.back()->setObjectName(QStringLiteral("Keep this as view %1").arg(slot));
    }
}

void MapDesk::Impl::refreshActions() {
    for (int slot = 1; slot <= ViewStore::slots_; ++slot) {
        const auto known = store.views().find(slot);
        const bool is = known != store.views().end();
        goActions[slot - 1]->setText(is ? MapDesk::tr("Go to view %1: %2").arg(slot).arg(known->second.name)
                                        : MapDesk::tr("Go to view %1").arg(slot));
        saveActions[slot - 1]->setText(MapDesk::tr("Keep this as view %1").arg(slot));
        // The list of keys says it once for all nine.
        goActions[slot - 1]->setProperty("keyText", is || slot == 1 ? QStringLiteral("Ctrl+%1").arg(slot) : QString());
        saveActions[slot - 1]->setProperty("keyText", slot == 1 ? QStringLiteral("Ctrl+Shift+1 … 9") : QString());
    }
}

void MapDesk::Impl::retranslate() {
    for (QAction* action : actions)
        if (!goActions.contains(action) && !saveActions.contains(action))
            action->setText(MapDesk::tr(action->objectName().toLatin1().constData()));
    refreshActions();
    drawing.retranslate();
    reach.retranslate();
}

// ---- the map's own menu

void MapDesk::Impl::fillMenu(QMenu& menu, const model::Position& position) {
    QMenu ours; // what is added here goes to the top, in this order
    const auto line = [&](const QString& text, const char* name, std::function<void()> run) {
        QAction* action = ours.addAction(text);
        action->setObjectName(QString::fromLatin1(name));
        QObject::connect(action, &QAction::triggered, &me, std::move(run));
        return action;
    };
    line(MapDesk::tr("What is here"), "whatIsHere", [this, position] { me.whatIsHere(position); });
    line(MapDesk::tr("Who can be here in 5, 10, 15 min"), "whoCanBeHere", [this, position] { me.showReach(position); });
    line(MapDesk::tr("Measure from here"), "measureFromHere",
         [this, position] { measure(MeasureTool::What::distance, position); });
    ours.addSeparator();
    const bool may = drawing.mayChange();
    line(MapDesk::tr("Close the road here …"), "closeRoadHere", [this, position] {
        drawing.drawAt(model::DrawingKind::closure, {position});
    })->setEnabled(may);
    line(MapDesk::tr("Drop a pin here …"), "pinHere", [this, position] {
        drawing.drawAt(model::DrawingKind::pin, {position});
    })->setEnabled(may);
    drawing.fillMenu(ours, position);
    ours.addSeparator();
    auto* copy = new QMenu(MapDesk::tr("Copy coordinates as"), &menu);
    copy->setObjectName(QStringLiteral("copyCoordinates"));
    fillCoordinates(*copy, position);
    QAction* before = menu.actions().isEmpty() ? nullptr : menu.actions().front();
    for (QAction* action : ours.actions()) {
        action->setParent(&menu);
        menu.insertAction(before, action);
    }
    menu.insertMenu(before, copy);
    menu.insertSeparator(before);
}

// ---- measuring

void MapDesk::Impl::measure(MeasureTool::What what, std::optional<model::Position> from) {
    drawing.leave();
    endMeasure();
    closeCard(); // it would lie over what is measured
    measuring = std::make_unique<MeasureTool>(what, ui.theme);
    QObject::connect(
        measuring.get(), &PointTool::left, &me, [this] { endMeasure(); }, Qt::QueuedConnection);
    bar = new MeasureBar(*measuring, ui.theme, &view);
    QObject::connect(
        bar, &FloatCard::escaped, &me, [this] { endMeasure(); }, Qt::QueuedConnection);
    QObject::connect(
        bar, &MeasureBar::keepWanted, &me,
        [this] {
            model::Line ring = measuring->points();
            endMeasure();
            ring.push_back(ring.front());
            drawing.drawAt(model::DrawingKind::area, ring);
        },
        Qt::QueuedConnection);
    board.addFoot(bar);
    view.setTool(measuring.get());
    if (from)
        measuring->start({*from}, false);
    bar->show();
}

void MapDesk::Impl::endMeasure() {
    if (!measuring)
        return;
    if (view.tool() == measuring.get())
        view.setTool(nullptr);
    delete bar;
    measuring.reset();
}

// ---- the card

void MapDesk::Impl::closeCard() {
    if (!card)
        return;
    const bool focused = card->isAncestorOf(view.window()->focusWidget());
    card->hide();
    card->deleteLater(); // a button of it may be the one that asks for this
    card = nullptr;
    mark->hide();
    if (focused)
        view.setFocus(Qt::OtherFocusReason);
}

ExportDialog* MapDesk::Impl::picture() {
    delete dialog;
    dialog = new ExportDialog(ui, view, pool, minutesShown(), window ? window.data() : static_cast<QWidget*>(&view));
    QObject::connect(dialog, &ExportDialog::saved, &me,
                     [this](const QString& path) { say(MapDesk::tr("The map is saved: %1").arg(path)); });
    dialog->open();
    return dialog;
}

// ---- named views

void MapDesk::Impl::showViews() {
    panel->views().show_(store.views());
    refreshActions();
}

void MapDesk::Impl::rename(int slot, const QString& name) {
    const auto known = store.views().find(slot);
    if (known == store.views().end())
        return;
    NamedView view_ = known->second;
    view_.name = name;
    store.keepView(slot, view_);
    showViews();
}

// ---- the public face

MapDesk::MapDesk(UiContext ui, MapView& view, PlaceKnowledge knowledge, std::filesystem::path settings, QWidget* window,
                 QObject* parent)
    : QObject(parent),
      m_impl(std::make_unique<Impl>(*this, ui, view, std::move(knowledge), std::move(settings), window)) {
    Impl& me = *m_impl;
    me.makeActions();
    if (const auto kept = me.store.layers())
        view.setLayerSet(*kept);
    connect(&me.keep, &QTimer::timeout, this, [this] { m_impl->store.keepLayers(m_impl->shown); });
    connect(&view, &MapView::layersChanged, this, [this] {
        m_impl->shown = m_impl->view.layerSet();
        m_impl->keep.start();
    });
    connect(&view, &MapView::layersRequested, this,
            [this] { m_impl->panel->isVisible() ? m_impl->panel->hide() : showLayers(); });
    connect(&view, &MapView::menuAboutToShow, this,
            [this](QMenu* menu, const model::Position& position) { m_impl->fillMenu(*menu, position); });
    connect(&me.drawing, &DrawBoard::said, this, &MapDesk::said);
    ViewsPage& views = me.panel->views();
    connect(&views, &ViewsPage::goWanted, this, &MapDesk::goToView);
    connect(&views, &ViewsPage::keepWanted, this, &MapDesk::saveView);
    connect(&views, &ViewsPage::renamed, this, [this](int slot, const QString& name) { m_impl->rename(slot, name); });
    connect(&views, &ViewsPage::dropWanted, this, [this](int slot) {
        m_impl->store.dropView(slot);
        m_impl->showViews();
    });
    view.installEventFilter(this);
    if (window != nullptr)
        window->installEventFilter(this);
    me.showViews();
    me.retranslate();
}

MapDesk::~MapDesk() {
    if (m_impl->keep.isActive())
        m_impl->store.keepLayers(m_impl->shown);
}

QList<QAction*> MapDesk::actions() const {
    return m_impl->actions;
}

QAction* MapDesk::action(const QString& englishName) const {
    for (QAction* each : m_impl->actions)
        if (each->objectName() == englishName)
            return each;
    return nullptr;
}

std::vector<MapFollow::Stop> MapDesk::stops() const {
    std::vector<MapFollow::Stop> all;
    for (const auto& [slot, view] : m_impl->store.views())
        all.push_back({view.name, view.centre, view.zoom});
    return all;
}

void MapDesk::setProtectedObjects(std::vector<ProtectedObject> objects) {
    m_impl->objects = std::make_shared<const std::vector<ProtectedObject>>(std::move(objects));
}

void MapDesk::showLayers() {
    m_impl->panel->openAt(LayersPanel::Page::layers);
}

void MapDesk::showLegend() {
    m_impl->panel->legend().setMinutes(m_impl->reach.minutes());
    m_impl->panel->openAt(LayersPanel::Page::legend);
}

void MapDesk::measureDistance() {
    m_impl->measure(MeasureTool::What::distance, std::nullopt);
}

void MapDesk::measureArea() {
    m_impl->measure(MeasureTool::What::area, std::nullopt);
}

void MapDesk::whatIsHere(const model::Position& position) {
    Impl& me = *m_impl;
    me.closeCard();
    me.card = new PlaceCard(me.ui, me.knowledge, me.pool, me.objects, position, me.drawing.mayChange(), &me.view);
    connect(me.card, &FloatCard::escaped, this, [this] { m_impl->closeCard(); });
    connect(me.card, &PlaceCard::openIncidentWanted, this, [this, position] {
        m_impl->closeCard();
        emit m_impl->view.openIncidentRequested(position);
    });
    connect(me.card, &PlaceCard::pinWanted, this, [this, position] {
        m_impl->closeCard();
        m_impl->drawing.drawAt(model::DrawingKind::pin, {position});
    });
    connect(me.card, &PlaceCard::measureWanted, this, [this, position] {
        m_impl->closeCard();
        m_impl->measure(MeasureTool::What::distance, position);
    });
    connect(me.card, &PlaceCard::reachWanted, this, [this, position] {
        m_impl->closeCard();
        showReach(position);
    });
    me.mark->showAt(position);
    me.board.addAt(me.card, [this, position] { return m_impl->view.toScreen(position); });
    me.card->show();
    me.card->setFocus(Qt::OtherFocusReason);
}

void MapDesk::showReach(const model::Position& position) {
    m_impl->closeCard();
    m_impl->reach.showAround(position, {});
}

void MapDesk::showCoverage() {
    m_impl->closeCard();
    m_impl->reach.showCoverage();
}

void MapDesk::saveView(int slot) {
    Impl& me = *m_impl;
    const auto known = me.store.views().find(slot);
    NamedView view;
    view.name = known != me.store.views().end() ? known->second.name : MapDesk::tr("View %1").arg(slot);
    view.centre = me.view.centre();
    view.zoom = me.view.zoom();
    view.layers = me.view.layerSet();
    me.store.keepView(slot, view);
    me.showViews();
    emit said(MapDesk::tr("Kept as view %1: Ctrl+%1 comes back here.").arg(slot));
}

void MapDesk::goToView(int slot) {
    Impl& me = *m_impl;
    const auto known = me.store.views().find(slot);
    if (known == me.store.views().end()) {
        emit said(MapDesk::tr("There is no view %1 yet: Ctrl+Shift+%1 keeps what you see.").arg(slot));
        return;
    }
    emit me.view.movedByHand(); // a person chose this: what follows something stops
    me.view.setLayerSet(known->second.layers);
    me.view.setView(known->second.centre, known->second.zoom);
}

void MapDesk::savePicture() {
    m_impl->picture();
}

void MapDesk::print() {
    m_impl->picture()->print();
}

bool MapDesk::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_impl->view && event->type() == QEvent::LanguageChange) {
        m_impl->retranslate();
    } else if (event->type() == QEvent::KeyPress && watched == m_impl->window) {
        // What reaches the window no field has wanted.
        auto* key = static_cast<QKeyEvent*>(event);
        const auto with = key->modifiers() & ~Qt::KeypadModifier;
        if (with == Qt::NoModifier && key->key() == Qt::Key_L) {
            m_impl->panel->isVisible() ? m_impl->panel->hide() : showLayers();
            return true;
        }
        if (key->key() == Qt::Key_M && (with == Qt::NoModifier || with == Qt::ShiftModifier)) {
            with == Qt::NoModifier ? measureDistance() : measureArea();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
