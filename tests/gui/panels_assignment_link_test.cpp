#include "gui/panels/assignment_row.hpp"
#include "gui/panels_support.hpp"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>

// The address of a team's own page, in the menu of its line.

namespace tocsin::gui {
namespace {

class AssignmentLink : public test::PanelTest {
  protected:
    /// The line of the menu that is open.
    QAction* opened(AssignmentRow& row) {
        const QPoint at(20, 20);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, at, row.mapToGlobal(at));
        QCoreApplication::sendEvent(&row, &event);
        auto* copy = row.findChild<QAction*>(QStringLiteral("copyTeamLink"));
        EXPECT_NE(copy, nullptr);
        return copy;
    }
    [[nodiscard]] model::AssignmentId any() { return desk.state().assignments.begin()->first; }
};

TEST_F(AssignmentLink, isCopiedWhereTheDeskIs) {
    ui.teamLink = [](model::AssignmentId, QObject*, const std::function<void(const TeamLink&)>& told) {
        told({QStringLiteral("https://desk.example/team/1"), TeamLink::Reach::phones, {}});
    };
    AssignmentRow row(ui, any(), nullptr);
    auto* copy = opened(row);
    ASSERT_TRUE(copy != nullptr && copy->isEnabled());
    copy->trigger();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), "https://desk.example/team/1");
}

TEST_F(AssignmentLink, isAskedForAtASeatAndSaysWhatItIsGoodFor) {
    std::function<void(const TeamLink&)> answer;
    ui.teamLink = [&](model::AssignmentId, QObject*, std::function<void(const TeamLink&)> told) {
        answer = std::move(told);
    };
    AssignmentRow row(ui, any(), nullptr);
    auto* copy = opened(row);
    ASSERT_TRUE(copy != nullptr && answer);
    EXPECT_FALSE(copy->isEnabled());
    EXPECT_TRUE(copy->text().contains("Asking the desk"));
    answer({QStringLiteral("http://127.0.0.1:7780/team/1"), TeamLink::Reach::thisMachine, {}});
    EXPECT_TRUE(copy->isEnabled());
    EXPECT_TRUE(copy->text().contains("no phone can reach it")) << copy->text().toStdString();
}

TEST_F(AssignmentLink, saysWhyThereIsNone) {
    ui.teamLink = [](model::AssignmentId, QObject*, const std::function<void(const TeamLink&)>& told) {
        told({{}, TeamLink::Reach::unknown, "the desk is busy: try again"});
    };
    AssignmentRow row(ui, any(), nullptr);
    auto* copy = opened(row);
    ASSERT_NE(copy, nullptr);
    EXPECT_FALSE(copy->isEnabled());
    EXPECT_TRUE(copy->text().contains("try again", Qt::CaseInsensitive)) << copy->text().toStdString();
}

} // namespace
} // namespace tocsin::gui
