#include "gui/tools/layer_row.hpp"
#include "gui/tools/layers_panel.hpp"
#include "gui/tools_support.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QSlider>
#include <QTabBar>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;

class ToolsLayers : public test::ToolsTest {
  protected:
    [[nodiscard]] LayersPanel* panel() const { return view->findChild<LayersPanel*>(); }
    [[nodiscard]] LayerRow* row(const char* name) const {
        return panel()->findChild<LayerRow*>(QStringLiteral("layer-") + QLatin1String(name));
    }
    [[nodiscard]] QStringList order() const {
        QStringList names;
        for (const auto& layer : view->layerSet().layers)
            names << layer.name;
        return names;
    }
    [[nodiscard]] LayerSet::Layer layer(const char* name) const {
        for (const auto& each : view->layerSet().layers)
            if (each.name == QLatin1String(name))
                return each;
        return {};
    }
};

TEST_F(ToolsLayers, OpensByKeyAndByTheMapsButtonAndClosesWithEscape) {
    open();
    EXPECT_FALSE(panel()->isVisible());
    QTest::keyClick(&window, Qt::Key_L);
    EXPECT_TRUE(panel()->isVisible());
    settle();
    EXPECT_TRUE(view->rect().contains(panel()->geometry())) << panel()->geometry().right();
    QTest::keyClick(row("incidents"), Qt::Key_Escape);
    EXPECT_FALSE(panel()->isVisible());
    emit view->layersRequested();
    EXPECT_TRUE(panel()->isVisible());
    emit view->layersRequested();
    EXPECT_FALSE(panel()->isVisible());
}

TEST_F(ToolsLayers, HidesAndShowsALayer) {
    open();
    tools->showLayers();
    auto* box = row("sensors")->findChild<QCheckBox*>(QStringLiteral("layerVisible"));
    ASSERT_NE(box, nullptr);
    EXPECT_TRUE(box->isChecked());
    QTest::keyClick(box, Qt::Key_Space);
    EXPECT_FALSE(layer("sensors").visible);
    LayerSet set = view->layerSet(); // what changes elsewhere shows here
    for (auto& each : set.layers)
        each.visible = true;
    view->setLayerSet(set);
    EXPECT_TRUE(box->isChecked());
}

TEST_F(ToolsLayers, AltAndArrowsChangeTheOrder) {
    open();
    tools->showLayers();
    const QStringList before = order();
    ASSERT_GT(before.size(), 3);
    LayerRow* first = row(before[0].toLatin1().constData());
    auto* box = first->findChild<QCheckBox*>(QStringLiteral("layerVisible"));
    QTest::keyClick(box, Qt::Key_Down, Qt::AltModifier);
    QStringList wanted = before;
    wanted.swapItemsAt(0, 1);
    EXPECT_EQ(order(), wanted);
    QTest::keyClick(box, Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(order(), before);
    QTest::keyClick(box, Qt::Key_Up, Qt::AltModifier); // it is the first already
    EXPECT_EQ(order(), before);
}

TEST_F(ToolsLayers, ARowIsDraggedToAnotherPlace) {
    open();
    tools->showLayers();
    settle();
    const QStringList before = order();
    LayerRow* first = row(before[0].toLatin1().constData());
    LayerRow* third = row(before[2].toLatin1().constData());
    const int to = third->mapToGlobal(QPoint(0, third->height() / 2)).y();
    emit first->dragged(to, false);
    EXPECT_EQ(order(), before); // the map hears of it when the hand lets go
    emit first->dragged(to, true);
    EXPECT_EQ(order().indexOf(before[0]), 2);
}

TEST_F(ToolsLayers, StrengthIsSetByItsSlider) {
    open();
    tools->showLayers();
    row("warnings")->setOpen(true);
    auto* slider = row("warnings")->findChild<QSlider*>(QStringLiteral("layerOpacity"));
    ASSERT_NE(slider, nullptr);
    slider->setValue(40);
    EXPECT_DOUBLE_EQ(layer("warnings").opacity, 0.4);
    auto* reset = row("warnings")->findChild<QPushButton*>(QStringLiteral("layerReset"));
    ASSERT_FALSE(reset->isHidden());
    reset->click();
    EXPECT_DOUBLE_EQ(layer("warnings").opacity, 1.0);
}

TEST_F(ToolsLayers, WhatAFilterHidesIsSaidAndTakenBack) {
    open();
    LayerSet set = view->layerSet();
    for (auto& each : set.layers)
        if (each.name == QLatin1String("reports"))
            each.filter.newest = 1h;
    view->setLayerSet(set);
    tools->showLayers();
    auto* note = find("filterNote");
    ASSERT_NE(note, nullptr);
    QString said;
    for (auto* label : note->findChildren<QLabel*>())
        said += label->text();
    EXPECT_TRUE(said.contains(QStringLiteral("Reports"))) << said.toStdString();
    find<QPushButton>("showEverything")->click();
    EXPECT_TRUE(layer("reports").filter.atRest());
    EXPECT_EQ(find("filterNote"), nullptr);
}

TEST_F(ToolsLayers, AreRememberedInTheCountysSettings) {
    open();
    tools->showLayers();
    row("sensors")->findChild<QCheckBox*>(QStringLiteral("layerVisible"))->click();
    LayerSet set = view->layerSet();
    set.layers[0].filter.leastGrade = model::Grade::II;
    view->setLayerSet(set);
    const LayerSet kept = view->layerSet();
    tools.reset(); // writes what still waits
    LayerSet plain = kept;
    for (auto& each : plain.layers) {
        each.visible = true;
        each.filter = {};
    }
    view->setLayerSet(plain);
    open();
    EXPECT_EQ(view->layerSet(), kept);
}

TEST_F(ToolsLayers, SpeakTheLanguageInForce) {
    open();
    tools->showLayers();
    auto* tabs = find<QTabBar>("layersTabs");
    ASSERT_NE(tabs, nullptr);
    EXPECT_EQ(tabs->tabText(0), QStringLiteral("Layers"));
    speak(QStringLiteral("zh_CN"));
    EXPECT_EQ(tabs->tabText(0), QStringLiteral("图层"));
    EXPECT_EQ(tools->action(QStringLiteral("Measure a distance"))->text(), QStringLiteral("测量距离"));
    speak(QStringLiteral("en"));
}

// ---- one row, with everything that it may be filtered by

class ToolsLayerRow : public test::ToolsTest {
  protected:
    ToolsLayerRow() {
        info.name = QStringLiteral("alarms");
        info.title = QStringLiteral("Alarms");
        info.glyph = QStringLiteral("alarm");
        info.kinds = {{QStringLiteral("flood"), QStringLiteral("Flood")},
                      {QStringLiteral("fire"), QStringLiteral("Fire")}};
        info.states = {{QStringLiteral("open"), QStringLiteral("Open")}};
        info.hasGrade = info.hasAge = true;
        info.all = 12;
        info.shown = 3;
        row = std::make_unique<LayerRow>(theme, info, nullptr);
        QObject::connect(row.get(), &LayerRow::changed, [this](const LayerSet::Layer& layer) {
            last = layer;
            ++told;
        });
        row->setOpen(true);
    }
    template <typename Widget>
    Widget* part(const char* name) {
        return row->findChild<Widget*>(QString::fromLatin1(name));
    }
    LayerInfo info;
    std::unique_ptr<LayerRow> row;
    LayerSet::Layer last;
    int told{0};
};

TEST_F(ToolsLayerRow, TellsEachFilter) {
    part<QCheckBox>("fire")->click();
    EXPECT_EQ(last.filter.hiddenKinds, QStringList{QStringLiteral("fire")});
    part<QCheckBox>("open")->click();
    EXPECT_EQ(last.filter.hiddenStates, QStringList{QStringLiteral("open")});
    auto* grade = part<QComboBox>("layerGrade");
    for (int i = 1; i < grade->count(); ++i)
        EXPECT_FALSE(grade->itemIcon(i).isNull()); // a shape, not a colour alone
    grade->setCurrentIndex(grade->findData(2));
    emit grade->activated(grade->currentIndex());
    EXPECT_EQ(last.filter.leastGrade, model::Grade::II);
    auto* age = part<QComboBox>("layerAge");
    age->setCurrentIndex(age->findData(24));
    emit age->activated(age->currentIndex());
    EXPECT_EQ(last.filter.newest, base::Duration(24h));
    EXPECT_EQ(last.filter.hiddenKinds.size(), 1); // the others stay
    part<QPushButton>("layerReset")->click();
    EXPECT_TRUE(last.filter.atRest());
    EXPECT_TRUE(part<QCheckBox>("fire")->isChecked());
}

TEST_F(ToolsLayerRow, ShowsWhatIsSetWithoutTelling) {
    info.filter.hiddenKinds = {QStringLiteral("flood")};
    info.filter.leastGrade = model::Grade::I;
    info.visible = false;
    row->show_(info);
    EXPECT_FALSE(part<QCheckBox>("flood")->isChecked());
    EXPECT_FALSE(part<QCheckBox>("layerVisible")->isChecked());
    EXPECT_EQ(part<QComboBox>("layerGrade")->currentData().toInt(), 1);
    EXPECT_EQ(told, 0);
}

TEST_F(ToolsLayers, TheLegendNamesEverySymbol) {
    open();
    tools->showLegend();
    const auto& groups = panel()->legend().groups();
    QStringList layers;
    for (const auto& group : groups) {
        layers << group.layer;
        EXPECT_FALSE(group.title.isEmpty());
        for (const auto& line : group.lines) {
            EXPECT_FALSE(line.words.isEmpty());
            QImage image(34, 22, QImage::Format_ARGB32);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            line.paint(painter, QRectF(image.rect()));
            painter.end();
            QImage none(image.size(), image.format());
            none.fill(Qt::transparent);
            EXPECT_NE(image, none) << line.words.toStdString();
        }
    }
    for (const auto& info : view->layers())
        EXPECT_TRUE(layers.contains(info.name)) << info.name.toStdString();
}

} // namespace
} // namespace tocsin::gui
