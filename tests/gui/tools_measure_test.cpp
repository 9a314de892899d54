#include "gui/tools/measure_tool.hpp"
#include "gui/tools/measures.hpp"
#include "gui/tools_support.hpp"
#include "tocsin/geo/measure.hpp"

#include <QClipboard>
#include <QPushButton>

namespace tocsin::gui {
namespace {

class ToolsMeasure : public test::ToolsTest {
  protected:
    [[nodiscard]] MeasureTool* tool() const { return dynamic_cast<MeasureTool*>(view->tool()); }
};

TEST(ToolsMeasures, AreSaidWithThreeFiguresThatCount) {
    EXPECT_EQ(Measures::distance(base::Metres(4.26)).toStdString(), "4.3 m");
    EXPECT_EQ(Measures::distance(base::Metres(34.4)).toStdString(), "34 m");
    EXPECT_EQ(Measures::distance(base::Metres(1254)).toStdString(), "1.25 km");
    EXPECT_EQ(Measures::distance(base::Metres(12'340)).toStdString(), "12.3 km");
    EXPECT_EQ(Measures::distance(base::Metres(1'234'000)).toStdString(), "1,234 km");
    EXPECT_EQ(Measures::area(base::SquareMetres(350)).toStdString(), "350 m²");
    EXPECT_EQ(Measures::area(base::SquareMetres(12'500)).toStdString(), "1.25 ha");
    EXPECT_EQ(Measures::area(base::SquareMetres(12'300'000)).toStdString(), "12.3 km²");
    EXPECT_EQ(Measures::bearing(base::Degrees(45.2)).toStdString(), "045° NE");
    EXPECT_EQ(Measures::bearing(base::Degrees(359.8)).toStdString(), "000° N");
}

TEST_F(ToolsMeasure, ADistanceGrowsWithThePointerAndEndsWithADoubleClick) {
    open();
    tools->measureDistance();
    ASSERT_NE(tool(), nullptr);
    click({300, 300});
    mouse(QEvent::MouseMove, {500, 300});
    const QString live = tool()->value();
    EXPECT_EQ(live, Measures::distance(geo::distance(at(300, 300), at(500, 300))));
    click({500, 300});
    doubleClick({500, 500});
    EXPECT_TRUE(tool()->isFinished());
    ASSERT_EQ(tool()->points().size(), 3U);
    EXPECT_EQ(tool()->value(), Measures::distance(geo::length({at(300, 300), at(500, 300), at(500, 500)})));
    EXPECT_TRUE(tool()->second().contains(QStringLiteral("180° S"))) << tool()->second().toStdString();
    mouse(QEvent::MouseMove, {800, 100}); // the value stays when the pointer goes on
    EXPECT_EQ(tool()->shape().size(), 3U);
}

TEST_F(ToolsMeasure, BackspaceTakesThePointBackAndEscapeLeaves) {
    open();
    tools->measureDistance();
    click({300, 300});
    click({400, 300});
    click({400, 400});
    key(Qt::Key_Backspace);
    EXPECT_EQ(tool()->points().size(), 2U);
    key(Qt::Key_Return);
    EXPECT_TRUE(tool()->isFinished());
    key(Qt::Key_Escape);
    settle();
    EXPECT_EQ(view->tool(), nullptr);
    EXPECT_EQ(find("measureBar"), nullptr);
}

TEST_F(ToolsMeasure, WorksWithoutAMouse) {
    open();
    QTest::keyClick(&window, Qt::Key_M);
    ASSERT_NE(tool(), nullptr);
    EXPECT_TRUE(view->hasFocus());
    key(Qt::Key_Space);
    const model::Position first = view->centre();
    view->setView(model::Position::trusted(47.13, 9.53), 13.5);
    key(Qt::Key_Space);
    key(Qt::Key_Return);
    ASSERT_EQ(tool()->points().size(), 2U);
    EXPECT_EQ(tool()->points().front(), first);
    EXPECT_TRUE(tool()->isFinished());
    QTest::keyClick(&window, Qt::Key_M, Qt::ShiftModifier);
    ASSERT_NE(tool(), nullptr);
    EXPECT_EQ(tool()->what(), MeasureTool::What::area);
}

TEST_F(ToolsMeasure, AnAreaHasAnEdgeCanBeCopiedAndBecomesADrawing) {
    open();
    tools->measureArea();
    click({300, 300});
    click({500, 300});
    click({500, 500});
    doubleClick({300, 500});
    const model::Line ring{at(300, 300), at(500, 300), at(500, 500), at(300, 500), at(300, 300)};
    EXPECT_EQ(tool()->value(), Measures::area(geo::area(ring)));
    EXPECT_TRUE(tool()->second().contains(Measures::distance(geo::length(ring))));
    auto* copy = find<QPushButton>("copyMeasure");
    ASSERT_NE(copy, nullptr);
    copy->click();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith(Measures::area(geo::area(ring))));
    auto* keep = find<QPushButton>("keepMeasured");
    ASSERT_NE(keep, nullptr);
    keep->click();
    settle();
    ASSERT_NE(find("drawForm"), nullptr);
    auto* put = find<QPushButton>("drawKeep");
    ASSERT_NE(put, nullptr);
    put->click();
    const auto* sent = desk.lastSent<desk::PutDrawing>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->drawing.kind, model::DrawingKind::area);
    ASSERT_EQ(sent->drawing.line.size(), 5U);
    EXPECT_TRUE(model::isRing(sent->drawing.line));
}

TEST_F(ToolsMeasure, TheMapIsStillPannedWhileMeasuring) {
    open();
    tools->measureDistance();
    click({300, 300});
    const model::Position before = view->centre();
    drag({600, 400}, {500, 400});
    EXPECT_EQ(tool()->points().size(), 1U);
    EXPECT_FALSE(view->centre() == before);
}

} // namespace
} // namespace tocsin::gui
