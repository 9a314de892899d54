// What is told beside those who could go: what should have ended, and what should have been checked.
#include "gui/panels/plan_words.hpp"

#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"

#include <QAbstractButton>

namespace tocsin::gui {
namespace {

using test::id;
using namespace std::chrono_literals;

class PlanWordsTest : public test::PanelTest {
  protected:
    model::Resource& one{desk.scene().state.resources.at(id<model::ResourceId>(1))};
    [[nodiscard]] PlanWords words() const { return {desk.state(), code, desk.now()}; }
};

TEST_F(PlanWordsTest, AStatusThatShouldHaveEndedIsTheReason) {
    one.status = model::ResourceStatus::maintenance;
    one.statusUntil = desk.now() - 1h;
    dispatch::Choice choice;
    choice.resource = one.id;
    choice.obstacle = dispatch::Obstacle::maintenance;
    EXPECT_EQ(words().obstacle(choice), QStringLiteral("maintenance should have ended 01:21"));
    dispatch::NeedAnswer need;
    need.need.capability = "pumping";
    need.unmet.emplace();
    need.unmet->reason = "all-out-of-service";
    need.kept.push_back(choice);
    EXPECT_TRUE(words().unmet(need).endsWith(QStringLiteral("maintenance should have ended 01:21"))) << words().unmet(need).toStdString();
    one.statusUntil = desk.now() + 1h;
    EXPECT_EQ(words().obstacle(choice), QStringLiteral("in maintenance"));
    EXPECT_TRUE(words().unmet(need).endsWith(QStringLiteral("all who have it are out of service")));
}

TEST_F(PlanWordsTest, WhatNobodyHasWeighedIsNamed) {
    model::Stock pile;
    pile.code = "pile";
    pile.name = "Steel pile";
    pile.unit = "piece";
    pile.quantity = 400;
    one.stock = {pile};
    const std::vector<model::LoadItem> load{{one.id, "pile", "Steel pile", 400, "piece"}};
    EXPECT_EQ(words().unweighed(load), QStringLiteral("the weight of Steel pile is not known"));
    one.stock.push_back(pile);
    one.stock.back().kilograms = 60;
    EXPECT_TRUE(words().unweighed(load).isEmpty()) << "one of a kind weighs as the other";
    one.stock.back().unit = "bundle";
    EXPECT_FALSE(words().unweighed(load).isEmpty());
}

TEST_F(PlanWordsTest, AnOverdueCheckIsNamedAndKeepsNobody) {
    EXPECT_TRUE(words().remark(one.id).isEmpty());
    one.checkDue = desk.now() - 1h;
    EXPECT_EQ(words().remark(one.id), QStringLiteral("check overdue since 01:21"));
    one.maintenanceDue = desk.now() - 2h;
    EXPECT_EQ(words().remark(one.id), QStringLiteral("check overdue since 01:21 · maintenance overdue since 00:21"));
    one.checkDue = one.maintenanceDue = desk.now() + 1h;
    EXPECT_TRUE(words().remark(one.id).isEmpty());
}

TEST_F(PlanWordsTest, TheCardNamesAnOverdueCheckBesideTheCandidate) {
    for (auto& [key, resource] : desk.scene().state.resources)
        resource.checkDue = desk.now() - 1h;
    DetailPanel panel(ui);
    panel.resize(416, 1000);
    panel.show();
    selection.select(id<model::IncidentId>(1));
    const auto* row = panel.findChild<QAbstractButton*>(QStringLiteral("candidate0"));
    ASSERT_NE(row, nullptr);
    EXPECT_TRUE(row->isChecked()) << "it keeps nobody";
    EXPECT_TRUE(row->accessibleDescription().contains(QStringLiteral("check overdue since 01:21"))) << row->accessibleDescription().toStdString();
}

} // namespace
} // namespace tocsin::gui
