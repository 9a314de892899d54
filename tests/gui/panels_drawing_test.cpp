#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

namespace tocsin::gui {
namespace {

using model::Position;
using test::id;

class DrawingTest : public test::PanelTest {
  protected:
    DrawingTest() : panel(ui) {
        panel.resize(416, 1000);
        panel.show();
    }
    /// A drawing that the desk knows.
    model::DrawingId draw(model::DrawingKind kind, model::Line line, const std::string& name = "Rheinstrasse") {
        model::Drawing drawing;
        drawing.id = id<model::DrawingId>(++m_drawn);
        drawing.kind = kind;
        drawing.name = name;
        drawing.by = "M. Keller";
        drawing.drawnAt = test::sceneNow();
        drawing.line = std::move(line);
        desk.send(desk::PutDrawing{drawing});
        desk.sent.clear();
        return drawing.id;
    }
    template <typename Widget = QAbstractButton>
    [[nodiscard]] Widget* find(const char* name) const {
        for (auto* found : panel.findChildren<Widget*>(QString::fromLatin1(name))) {
            if (found->isVisibleTo(&panel))
                return found;
        }
        return nullptr;
    }
    [[nodiscard]] bool reads(const QString& text) const {
        QCoreApplication::processEvents(); // what was just made is shown by the event loop
        const auto labels = panel.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* l) { return l->isVisibleTo(&panel) && l->text().contains(text); });
    }
    static model::Line square() {
        return {Position::trusted(47.1, 9.5), Position::trusted(47.11, 9.5), Position::trusted(47.11, 9.51),
                Position::trusted(47.1, 9.51), Position::trusted(47.1, 9.5)};
    }
    DetailPanel panel;

  private:
    unsigned m_drawn{0};
};

TEST_F(DrawingTest, aClosureSaysWhoDrewItHowLongItIsAndIsLifted) {
    const auto closure =
        draw(model::DrawingKind::closure, {Position::trusted(47.1, 9.5), Position::trusted(47.12, 9.5)});
    selection.select(closure);
    EXPECT_EQ(panel.panelTitle(), QStringLiteral("Closure"));
    EXPECT_TRUE(reads(QStringLiteral("Rheinstrasse")));
    EXPECT_TRUE(reads(QStringLiteral("M. Keller")));
    EXPECT_TRUE(reads(QStringLiteral("2.2 km")));
    auto* remove = find("removeDrawingButton");
    ASSERT_NE(remove, nullptr);
    EXPECT_EQ(remove->text(), QString::fromUtf8("Lift closure “Rheinstrasse”"));
    remove->click();
    const auto* sent = desk.lastSent<desk::RemoveDrawing>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->drawing, closure);
    EXPECT_EQ(find("removeDrawingButton"), nullptr) << "it is removed";
    EXPECT_TRUE(reads(QStringLiteral("removed")));
}

TEST_F(DrawingTest, aNameTypedIsSavedAndNothingElseChanges) {
    const auto area = draw(model::DrawingKind::area, square());
    selection.select(area);
    EXPECT_EQ(panel.panelTitle(), QStringLiteral("Area"));
    EXPECT_TRUE(reads(QString::fromUtf8("km²")) || reads(QStringLiteral("ha")));
    auto* name = find<QLineEdit>("drawingNameEdit");
    ASSERT_NE(name, nullptr);
    EXPECT_EQ(name->text(), QStringLiteral("Rheinstrasse"));
    EXPECT_FALSE(find("saveDrawingButton")->isEnabled());
    name->setText(QString::fromUtf8("集结区"));
    QTest::keyClick(name, Qt::Key_Return);
    const auto* sent = desk.lastSent<desk::PutDrawing>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->drawing.id, area);
    EXPECT_EQ(sent->drawing.name.text, "集结区");
    EXPECT_EQ(sent->drawing.line, square());
    EXPECT_FALSE(find("saveDrawingButton")->isEnabled()) << "nothing is left to save";
}

TEST_F(DrawingTest, whatIsTypedStaysWhenSomebodyElseChangesTheNote) {
    const auto pin = draw(model::DrawingKind::pin, {Position::trusted(47.1, 9.5)});
    selection.select(pin);
    find<QLineEdit>("drawingNameEdit")->setText(QStringLiteral("Command post"));
    auto other = desk.state().drawings.at(pin);
    other.note = "by the church";
    desk.send(desk::PutDrawing{other});
    EXPECT_EQ(find<QLineEdit>("drawingNameEdit")->text(), QStringLiteral("Command post"));
    EXPECT_EQ(find<QLineEdit>("drawingNoteEdit")->text(), QStringLiteral("by the church"));
    desk.sent.clear();
    find("saveDrawingButton")->click();
    EXPECT_EQ(desk.lastSent<desk::PutDrawing>()->drawing.note, "by the church");
}

TEST_F(DrawingTest, aRefusalIsRead) {
    selection.select(draw(model::DrawingKind::pin, {Position::trusted(47.1, 9.5)}));
    desk.refuseNext = base::Error{base::Code::conflict, "the drawing was removed already", {}};
    find("removeDrawingButton")->click();
    EXPECT_TRUE(reads(QStringLiteral("removed already")));
    EXPECT_TRUE(find("removeDrawingButton")->isEnabled());
}

TEST_F(DrawingTest, aReadOnlyDeskShowsAndChangesNothing) {
    desk.isReadOnly = true;
    selection.select(draw(model::DrawingKind::area, square()));
    EXPECT_FALSE(find("removeDrawingButton")->isEnabled());
    auto* name = find<QLineEdit>("drawingNameEdit");
    EXPECT_TRUE(name->isReadOnly());
    name->setText(QStringLiteral("x"));
    QTest::keyClick(name, Qt::Key_Return);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(DrawingTest, aTeamThatDrivesTowardsAClosureIsMarked) {
    const auto& state = desk.state();
    const auto running = std::find_if(state.assignments.begin(), state.assignments.end(), [](const auto& item) {
        return item.second.state == model::AssignmentState::enRoute && item.second.route.points.size() > 1;
    });
    ASSERT_NE(running, state.assignments.end());
    selection.select(running->second.incident);
    EXPECT_FALSE(reads(QStringLiteral("closure")));
    const auto marked = [&] {
        const auto widgets = panel.findChildren<QWidget*>();
        return std::any_of(widgets.begin(), widgets.end(), [&](const QWidget* w) {
            return w->isVisibleTo(&panel) &&
                   w->accessibleDescription().contains(QStringLiteral("Route crosses the closure"));
        });
    };
    EXPECT_FALSE(marked());
    const auto end = running->second.route.points.back();
    const auto shifted = [&](double by) { return Position::trusted(end.latitude() + by, end.longitude() + by); };
    const auto closure = draw(model::DrawingKind::closure, {shifted(-0.001), end, shifted(0.001)});
    EXPECT_TRUE(marked());
    selection.select(closure);
    EXPECT_TRUE(reads(QStringLiteral("Lies on the way of")));
    selection.select(running->second.incident);
    desk.send(desk::RemoveDrawing{closure});
    EXPECT_FALSE(marked());
}

TEST_F(DrawingTest, chineseHasEveryWord) {
    selection.select(draw(model::DrawingKind::closure, {Position::trusted(47.1, 9.5), Position::trusted(47.12, 9.5)}));
    speak(QStringLiteral("zh_CN"));
    EXPECT_EQ(panel.panelTitle(), QString::fromUtf8("封路"));
    EXPECT_EQ(find("removeDrawingButton")->text(), QString::fromUtf8("解除封路“Rheinstrasse”"));
}

} // namespace
} // namespace tocsin::gui
