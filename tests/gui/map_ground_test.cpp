#include "gui/fake_bridge.hpp"
#include "gui/map/tile_layer.hpp"
#include "gui/map_tiles.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using test::PlainTiles;
using Kind = map::MapStatus::Kind;

/// A map with nothing on it but its ground.
class MapGround : public ::testing::Test {
  protected:
    MapGround() : desk(test::Scene{}), view(UiContext{desk, theme, selection, language}, &county) {
        view.resize(1000, 700);
        view.show();
        view.setView(model::Position::trusted(47.1265, 9.5180), 13.5);
        settle();
    }
    void settle() {
        for (int i = 0; i < 500 && !view.isComplete(); ++i)
            QApplication::processEvents();
        QApplication::processEvents();
        shown = view.grab().toImage();
    }
    [[nodiscard]] QColor middle() const { return shown.pixelColor(500, 350); }
    void choose(const QString& name) {
        LayerSet set = view.layerSet();
        set.baseMap = name;
        view.setLayerSet(set);
        settle();
    }
    /// The chip that says this; null: nobody does.
    [[nodiscard]] QAbstractButton* chipThatSays(const char* part) const {
        for (auto* each : view.findChildren<QAbstractButton*>())
            if (each->isVisible() && each->text().contains(QLatin1String(part)))
                return each;
        return nullptr;
    }

    PlainTiles county{0xff336699};
    PlainTiles aerial{0xff997733};
    PlainTiles names{0x80008000};
    test::FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{"en"};
    MapView view;
    QImage shown;
};

TEST_F(MapGround, AnotherBaseMapIsChosenAndLeftAgain) {
    EXPECT_EQ(middle(), QColor(0x33, 0x66, 0x99));
    view.setBaseMaps({{QStringLiteral("Aerial"), &aerial, QStringLiteral("© Survey"), false}});
    settle();
    EXPECT_EQ(middle(), QColor(0x33, 0x66, 0x99)); // to choose from, not chosen
    EXPECT_FALSE(view.attribution().contains(QStringLiteral("Survey")));
    choose(QStringLiteral("Aerial"));
    EXPECT_EQ(middle(), QColor(0x99, 0x77, 0x33));
    EXPECT_EQ(view.attribution(), QStringLiteral("© Survey"));
    EXPECT_EQ(view.layerSet().baseMap, QStringLiteral("Aerial"));
    choose(QStringLiteral("one that is gone"));
    EXPECT_EQ(middle(), QColor(0x33, 0x66, 0x99));
    EXPECT_TRUE(view.layerSet().baseMap.isEmpty());
}

TEST_F(MapGround, AnOverlayLiesAboveWhicheverBaseMapIsChosen) {
    view.setBaseMaps({{QStringLiteral("Aerial"), &aerial, {}, false},
                      {QStringLiteral("Names"), &names, QStringLiteral("© Names"), true}});
    settle();
    EXPECT_NEAR(middle().red(), 0x33 / 2, 2); // half of the ground shines through
    EXPECT_NEAR(middle().green(), (0x80 + 0x66) / 2, 2);
    EXPECT_TRUE(view.attribution().contains(QStringLiteral("© Names")));
    choose(QStringLiteral("Aerial"));
    EXPECT_NEAR(middle().red(), 0x99 / 2, 2);
    choose(QStringLiteral("Names")); // is no base map
    EXPECT_TRUE(view.layerSet().baseMap.isEmpty());
    view.setBaseMaps({});
    settle();
    EXPECT_EQ(middle(), QColor(0x33, 0x66, 0x99));
}

TEST_F(MapGround, WhatIsWrongThoughTilesAreShownIsSaidQuietly) {
    const QImage before = shown;
    county.say(Kind::ready, "The relief cannot be read: dem.tif, tile 3.");
    settle();
    QAbstractButton* chip = chipThatSays("dem.tif");
    ASSERT_NE(chip, nullptr);
    EXPECT_EQ(chip->accessibleName(), chip->text());
    EXPECT_GE(chip->width(), chip->sizeHint().width());
    // Not in the middle of the map, where the big notice stands.
    EXPECT_EQ(shown.copy(300, 400, 400, 250), before.copy(300, 400, 400, 250));
    chip->click();
    EXPECT_FALSE(chip->isVisible());
    county.say(Kind::ready, "The relief cannot be read: dem.tif, tile 3.");
    settle();
    EXPECT_FALSE(chip->isVisible()); // it was put away
    county.say(Kind::ready, "The service answers 403.");
    settle();
    EXPECT_NE(chipThatSays("403"), nullptr);
    county.say(Kind::ready, "");
    settle();
    EXPECT_FALSE(chip->isVisible());
}

TEST_F(MapGround, OnlyWhatIsShownSaysWhatIsWrongWithIt) {
    aerial.say(Kind::ready, "Forbidden.");
    names.say(Kind::broken, "These are vector tiles.");
    view.setBaseMaps({{QStringLiteral("Aerial"), &aerial, {}, false}, {QStringLiteral("Names"), &names, {}, true}});
    settle();
    EXPECT_EQ(chipThatSays("Forbidden"), nullptr);
    EXPECT_NE(chipThatSays("Names: These are vector tiles."), nullptr);
    choose(QStringLiteral("Aerial"));
    EXPECT_NE(chipThatSays("Aerial: Forbidden."), nullptr);
    view.setBaseMaps({});
    settle();
    EXPECT_EQ(chipThatSays("vector"), nullptr);
}

TEST_F(MapGround, ALongComplaintIsCutAndWrapped) {
    county.say(Kind::ready, std::string(5000, 'x') + " <html>");
    settle();
    QAbstractButton* chip = chipThatSays("xxx");
    ASSERT_NE(chip, nullptr);
    EXPECT_LE(chip->text().size(), 260);
    EXPECT_TRUE(view.rect().contains(chip->geometry()));
}

TEST(TilesThatDoNotCome, AreAskedForAgainMoreAndMoreSeldom) {
    PlainTiles source;
    source.highest = 5;
    TileLayer layer(&source);
    EXPECT_FALSE(layer.asksAgainAfter());
    Viewport view;
    view.size = QSizeF(600, 400);
    view.centre = map::toWorld(model::Position::trusted(47.1265, 9.5180));
    view.zoom = 13;
    layer.show(view, 1, map::MapLook::light, QStringLiteral("en"));
    QApplication::processEvents();
    ASSERT_FALSE(layer.isComplete());
    const std::size_t first = source.asked;
    EXPECT_GT(first, 0U);
    const std::optional<int> wait = layer.asksAgainAfter();
    ASSERT_TRUE(wait);
    EXPECT_GE(*wait, 1000); // a source that is down is not pestered
    layer.askAgain();
    EXPECT_EQ(source.asked, 2 * first);
    EXPECT_EQ(layer.asksAgainAfter(), std::optional<int>(2 * *wait));
    for (int i = 0; i < 20; ++i)
        layer.askAgain();
    EXPECT_LE(*layer.asksAgainAfter(), 120'000); // and never given up

    source.highest = 30; // it has recovered
    layer.askAgain();
    QApplication::processEvents();
    EXPECT_TRUE(layer.isComplete());
    EXPECT_FALSE(layer.asksAgainAfter());
    const std::size_t all = source.asked;
    layer.askAgain();
    EXPECT_EQ(source.asked, all);
}

} // namespace
} // namespace tocsin::gui
