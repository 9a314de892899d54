#include "gui/tools/reach_board.hpp"
#include "gui/tools_support.hpp"

#include <QComboBox>

namespace tocsin::gui {
namespace {

class ToolsReach : public test::ToolsTest {
  protected:
    ToolsReach() : board(*view), reach(ui, *view, board, nullptr) {}
    [[nodiscard]] QString said() const {
        auto* bar = find<FootBar>("reachBar");
        return bar == nullptr ? QString() : bar->words();
    }
    void drawingChanged() {
        Changes changes;
        changes.drawings.insert(test::id<model::DrawingId>(1));
        desk.tell(changes);
    }
    FloatBoard board;
    ReachBoard reach;
    model::Position here{model::Position::trusted(47.13, 9.51)};
};

TEST_F(ToolsReach, AsksWhoCanComeToAPlace) {
    reach.showAround(here, QStringLiteral("Rhine bridge"));
    ASSERT_EQ(desk.reachAsked.size(), 1U);
    EXPECT_EQ(desk.reachAsked[0].direction, route::ReachDirection::toPlace);
    EXPECT_DOUBLE_EQ(desk.reachAsked[0].seconds, 900);
    EXPECT_TRUE(said().startsWith(QStringLiteral("Who can be at Rhine bridge"))) << said().toStdString();
    auto* bands = find<QComboBox>("reachBands");
    bands->setCurrentIndex(1);
    emit bands->activated(1);
    EXPECT_DOUBLE_EQ(desk.reachAsked.back().seconds, 1800);
    QTest::keyClick(find("reachBar"), Qt::Key_Escape);
    settle();
    EXPECT_FALSE(reach.isShown());
    EXPECT_EQ(find("reachBar"), nullptr);
}

TEST_F(ToolsReach, CoverageComesFromTheAvailableUnitsWithACapability) {
    reach.showCoverage();
    ASSERT_EQ(desk.reachAsked.size(), 1U);
    EXPECT_EQ(desk.reachAsked[0].direction, route::ReachDirection::fromPlaces);
    EXPECT_EQ(desk.reachAsked[0].places.size(), 2U); // Triesen 3 and Water 1: the others are away, fly or stand
    auto* capability = find<QComboBox>("reachCapability");
    ASSERT_NE(capability, nullptr);
    capability->setCurrentIndex(capability->findData(QStringLiteral("water-rescue")));
    emit capability->activated(capability->currentIndex());
    ASSERT_EQ(desk.reachAsked.back().places.size(), 1U);
    EXPECT_EQ(desk.reachAsked.back().places[0], desk.state().resources.at(test::id<model::ResourceId>(4)).position);
}

TEST_F(ToolsReach, IsAskedAgainWhenRoadsCloseButNotForEveryStroke) {
    reach.setRest(std::chrono::milliseconds(1));
    reach.showAround(here, {});
    ASSERT_TRUE(until([&] {
        drawingChanged();
        return desk.reachAsked.size() >= 2;
    }));
    reach.setRest(std::chrono::hours(1));
    ASSERT_TRUE(until([&] { // the question that starts the long rest
        drawingChanged();
        return desk.reachAsked.size() >= 3;
    }));
    const auto asked = desk.reachAsked.size();
    for (int i = 0; i < 20; ++i)
        drawingChanged();
    settle();
    EXPECT_EQ(desk.reachAsked.size(), asked);
}

TEST_F(ToolsReach, CoverageFollowsWhoIsAvailable) {
    reach.setRest(std::chrono::milliseconds(1));
    reach.showCoverage();
    Changes changes;
    const auto team = test::id<model::ResourceId>(3);
    changes.resources.insert(team);
    desk.tell(changes); // nothing that matters has changed
    settle();
    const auto before = desk.reachAsked.size();
    EXPECT_EQ(before, 1U);
    desk.scene().state.resources[team].status = model::ResourceStatus::assigned;
    desk.tell(changes);
    ASSERT_TRUE(until([&] { return desk.reachAsked.size() > before; }));
    EXPECT_EQ(desk.reachAsked.back().places.size(), 1U);
}

TEST_F(ToolsReach, AnOldAnswerIsDropped) {
    desk.hold = true;
    reach.showAround(here, QStringLiteral("first"));
    EXPECT_TRUE(said().contains(QStringLiteral("Reckoning ways")));
    reach.showAround(here, QStringLiteral("second"));
    ASSERT_EQ(desk.held.size(), 2U);
    desk.held[0]();
    EXPECT_TRUE(said().contains(QStringLiteral("Reckoning ways")));
    desk.held[1]();
    EXPECT_FALSE(said().contains(QStringLiteral("Reckoning ways")));
    reach.clear();
    desk.held[1](); // nobody waits for it any more
    EXPECT_FALSE(reach.isShown());
}

} // namespace
} // namespace tocsin::gui
