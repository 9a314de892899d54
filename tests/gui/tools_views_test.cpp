#include "gui/preview/stand_ins.hpp"
#include "gui/tools/layers_panel.hpp"
#include "gui/tools/view_store.hpp"
#include "gui/tools_support.hpp"
#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/map_follow.hpp"
#include "tocsin/gui/time/time_desk.hpp"

#include <QLineEdit>
#include <QPushButton>
#include <cmath>
#include <map>

namespace tocsin::gui {
namespace {

class ToolsViews : public test::ToolsTest {
  protected:
    [[nodiscard]] QWidget* row(int slot) const {
        for (auto* each : view->findChildren<QWidget*>(QStringLiteral("view-%1").arg(slot)))
            if (!each->isHidden())
                return each;
        return nullptr;
    }
};

TEST_F(ToolsViews, AreKeptAndReachedByKeys) {
    open();
    LayerSet set = view->layerSet();
    set.layers.back().visible = false;
    view->setLayerSet(set);
    const model::Position centre = view->centre();
    const double zoom = view->zoom();
    QSignalSpy said(tools.get(), &MapDesk::said);
    QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_EQ(said.count(), 1);
    set.layers.back().visible = true;
    view->setLayerSet(set);
    view->setView(model::Position::trusted(47.2, 9.6), 11);
    QSignalSpy byHand(view, &MapView::movedByHand);
    QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
    EXPECT_EQ(byHand.count(), 1);
    EXPECT_NEAR(view->centre().latitude(), centre.latitude(), 1e-9);
    EXPECT_NEAR(view->zoom(), zoom, 1e-6);
    EXPECT_FALSE(view->layerSet().layers.back().visible);
    QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier); // nothing is there: a sentence says so
    EXPECT_EQ(said.count(), 2);
    EXPECT_TRUE(said.back().front().toString().contains(QStringLiteral("Ctrl+Shift+3")));
}

TEST_F(ToolsViews, AreNamedForgottenAndRemembered) {
    open();
    tools->saveView(1);
    tools->showLayers();
    ASSERT_NE(row(1), nullptr);
    auto* name = row(1)->findChild<QLineEdit*>(QStringLiteral("viewName"));
    ASSERT_NE(name, nullptr);
    name->setText(QStringLiteral("Dyke"));
    emit name->editingFinished();
    EXPECT_TRUE(tools->action(QStringLiteral("Go to view 1"))->text().contains(QStringLiteral("Dyke")));
    ASSERT_EQ(tools->stops().size(), 1U); // what goes round stops there
    EXPECT_EQ(tools->stops().front().name, QStringLiteral("Dyke"));
    EXPECT_EQ(tools->stops().front().zoom, view->zoom());
    tools.reset();
    open();
    EXPECT_TRUE(tools->action(QStringLiteral("Go to view 1"))->text().contains(QStringLiteral("Dyke")));
    row(1)->findChild<QAbstractButton*>(QStringLiteral("viewDrop"))->click();
    settle();
    EXPECT_TRUE(tools->stops().empty());
    EXPECT_NE(row(1)->findChild<QPushButton*>(QStringLiteral("viewKeep")), nullptr);
    row(1)->findChild<QPushButton*>(QStringLiteral("viewKeep"))->click();
    settle();
    EXPECT_NE(row(1)->findChild<QLineEdit*>(QStringLiteral("viewName")), nullptr);
}

TEST(ToolsViewStore, WritesAndReadsTheSame) {
    NamedView view;
    view.name = QStringLiteral("堤防");
    view.centre = model::Position::trusted(47.1, 9.5);
    view.zoom = 14.5;
    LayerSet::Layer layer;
    layer.name = QStringLiteral("alarms");
    layer.visible = false;
    layer.opacity = 0.5;
    layer.filter.hiddenKinds = {QStringLiteral("fire")};
    layer.filter.hiddenStates = {QStringLiteral("acknowledged")};
    layer.filter.leastGrade = model::Grade::III;
    layer.filter.newest = std::chrono::hours(6);
    view.layers.layers = {layer};
    view.layers.baseMap = QStringLiteral("Tianditu");
    EXPECT_EQ(namedViewFrom(toJson(view)), view);
    EXPECT_EQ(layerSetFrom(toJson(view.layers)), view.layers);
}

TEST(ToolsViewStore, LeavesOutWhatItCannotUnderstand) {
    for (const char* bad : {"", "nonsense", "[]", "{}", R"({"latitude":1e9,"longitude":0,"zoom":3})",
                            R"({"latitude":"47","longitude":9,"zoom":3})", R"({"latitude":47,"longitude":9,"zoom":-1})",
                            R"({"latitude":47,"longitude":9,"zoom":1e99})"})
        EXPECT_FALSE(namedViewFrom(bad)) << bad;
    EXPECT_FALSE(layerSetFrom(R"({"layers":7})"));
    const auto odd = layerSetFrom(
        R"({"layers":[7,{"name":""},{"name":"alarms","opacity":-4,"leastGrade":9,"newestSeconds":-1,"hiddenKinds":"x"}]})");
    ASSERT_TRUE(odd);
    ASSERT_EQ(odd->layers.size(), 1U);
    EXPECT_DOUBLE_EQ(odd->layers[0].opacity, 0.1);
    EXPECT_TRUE(odd->layers[0].filter.atRest());
}

TEST_F(ToolsViews, NoTwoActionsShareAKey) {
    open();
    QStringList keys;
    for (const QAction* action : tools->actions()) {
        EXPECT_FALSE(action->text().isEmpty());
        EXPECT_FALSE(action->data().toString().isEmpty());
        const QString key = action->shortcut().toString();
        if (!key.isEmpty()) {
            EXPECT_FALSE(keys.contains(key)) << key.toStdString();
            keys << key;
        }
    }
}

TEST_F(ToolsViews, NoTwoActionsOfTheWholeWindowShareAKey) {
    open();
    const auto nothing = [] {};
    MainWindow::Parts parts{ui, preview::makePanels(ui), language, QTimeZone("Europe/Vaduz"), {}, {}, nothing, false, false};
    parts.openFeeds = [](const QString&) {};
    parts.openRules = parts.openDispatch = parts.newCall = parts.openResources = parts.openSensors = parts.openCapabilities =
        parts.openRosters = parts.openCallDowns = nothing;
    MainWindow whole(std::move(parts));
    TimeDesk time(ui, *view, QTimeZone("Europe/Vaduz"));
    MapFollow follow(ui, *view);
    for (const auto& actions : {time.actions(), follow.actions(), tools->actions()})
        whole.addMapActions(actions);
    std::map<QString, QString> keys;
    for (const QAction* action : whole.actions()) {
        for (const auto& key : action->shortcuts()) {
            const auto [at, isNew] = keys.emplace(key.toString(QKeySequence::PortableText), action->objectName());
            EXPECT_TRUE(isNew) << key.toString().toStdString() << ": " << at->second.toStdString() << ", "
                               << action->text().toStdString();
        }
        // Keys without Ctrl or Alt that the window itself listens to.
        const QString plain = action->property("keyText").toString();
        if (action->shortcut().isEmpty() && !plain.isEmpty()) {
            EXPECT_TRUE(keys.emplace(plain, action->objectName()).second) << plain.toStdString();
        }
    }
    for (const char* known : {"F7", "F8", "Shift+F8", "F12", "Shift+F12", "Ctrl+R", "Ctrl+B", "Ctrl+Shift+B", "Ctrl+Shift+C", "Ctrl+Shift+G", "Ctrl+K", "Ctrl+E"})
        EXPECT_TRUE(keys.contains(QString::fromLatin1(known))) << known << " belongs to somebody";
}

} // namespace
} // namespace tocsin::gui
