#include "gui/map/label_board.hpp"
#include "gui/map/town_names.hpp"
#include "tocsin/gui/theme.hpp"

#include <QLineF>
#include <gtest/gtest.h>

// The names that the base map writes stay to be read beside clusters and their words.

namespace tocsin::gui {
namespace {

constexpr double edge = 36;
const QRectF whole(0, 0, 800, 600);

QRectF about(const QPointF& c, double width, double height) {
    return {c.x() - width / 2, c.y() - height / 2, width, height};
}

class Board : public testing::Test {
  protected:
    Theme theme{Theme::Look::dark};
    LabelPrints prints{theme};
    LabelBoard board{prints, whole, whole};
    const QPointF middle{400, 300};
};

TEST_F(Board, ASymbolThatMayStandAsideLeavesANameToBeRead) {
    const QRectF name = about(middle, 70, 18);
    EXPECT_EQ(board.roomFor(middle, edge, true), middle) << "nothing is to be avoided";
    board.avoid(name);
    const auto aside = board.roomFor(middle, edge, true);
    ASSERT_TRUE(aside);
    EXPECT_FALSE(about(*aside, edge, edge).intersects(name));
    EXPECT_LE(QLineF(middle, *aside).length(), 1.6 * edge) << "a step or two";
    EXPECT_EQ(board.roomFor(middle, edge), middle) << "what has a place of its own keeps it";
}

TEST_F(Board, NothingIsLeftAwayForTheSakeOfAName) {
    board.avoid(whole);
    EXPECT_EQ(board.roomFor(middle, edge, true), middle);
    board.reserve(about(middle, edge, edge));
    const auto aside = board.roomFor(middle, edge, true);
    ASSERT_TRUE(aside) << "beside the other symbol, as without a name";
    EXPECT_FALSE(about(*aside, edge, edge).intersects(about(middle, edge, edge)));
    Label label;
    label.text = QStringLiteral("4.2 m");
    EXPECT_TRUE(board.place(*aside, about(*aside, edge, edge), label));
}

TEST_F(Board, WordsBesideASymbolTakeTheSideWhereNoNameIs) {
    Label label;
    label.text = QStringLiteral("4.2 m");
    const QRectF symbol = about(middle, edge, edge);
    const QRectF right(symbol.right(), symbol.top(), 120, edge);
    board.avoid(right);
    const auto place = board.place(middle, symbol, label);
    ASSERT_TRUE(place);
    EXPECT_FALSE(place->intersects(right));
    EXPECT_LT(place->right(), middle.x()) << "on the left";
}

TEST(TownNames, AreWhereTheMapWritesThemFromTheirZoomOn) {
    const auto at = model::Position::trusted(47.141, 9.521);
    TownNames towns;
    towns.set({{"Vaduz", at, 3}, {"Ebenholz", model::Position::trusted(47.15, 9.51), 4}, {"Mühleholz", at, 6}});
    Viewport view;
    view.size = QSizeF(800, 600);
    view.centre = map::toWorld(at);
    view.zoom = 9;
    const auto far = towns.boxes(view, whole, QStringLiteral("en"));
    ASSERT_EQ(far.size(), 1U) << "a part of a town is not written yet";
    EXPECT_NEAR(far[0].center().x(), 400, 0.5);
    EXPECT_NEAR(far[0].center().y(), 300, 0.5);
    EXPECT_GT(far[0].width(), far[0].height());
    view.zoom = 13;
    const auto near = towns.boxes(view, whole, QStringLiteral("en"));
    ASSERT_EQ(near.size(), 2U) << "and small places never";
    EXPECT_GT(near[0].height(), far[0].height()) << "names grow";
    view.zoom = 6.5;
    EXPECT_TRUE(towns.boxes(view, whole, QStringLiteral("en")).empty());
    view.zoom = 13;
    EXPECT_TRUE(towns.boxes(view, QRectF(0, 0, 100, 100), QStringLiteral("en")).empty()) << "outside";
}

TEST(TownNames, AreMeasuredInTheLanguageThatIsShown) {
    TownName town;
    town.name = base::LocalText("Vaduz");
    town.name.translations["zh_CN"] = "瓦杜兹市中心区";
    town.position = model::Position::trusted(47.141, 9.521);
    town.rank = 2;
    TownNames towns;
    towns.set({town});
    Viewport view;
    view.size = QSizeF(800, 600);
    view.centre = map::toWorld(town.position);
    view.zoom = 13;
    const auto english = towns.boxes(view, whole, QStringLiteral("en"));
    const auto chinese = towns.boxes(view, whole, QStringLiteral("zh_CN"));
    ASSERT_EQ(english.size(), 1U);
    ASSERT_EQ(chinese.size(), 1U);
    EXPECT_GT(chinese[0].width(), english[0].width());
}

} // namespace
} // namespace tocsin::gui
